"""What the engine must know of JavaScript and TypeScript besides their grammar and the facts."""

from __future__ import annotations

from deburr.engine.languages.description import Description

_GLOBALS = (
    "Array ArrayBuffer BigInt Boolean DOMParser Date Error EventSource FileReader FormData Function Headers Image "
    "Intl Iterator Map Number Object Promise Proxy RangeError ReferenceError Reflect RegExp Request Response Set "
    "SharedWorker String Symbol SyntaxError TextDecoder TextEncoder TypeError URL URLSearchParams Uint8Array WeakMap "
    "WebSocket Worker XMLHttpRequest XMLSerializer addEventListener alert atob btoa clearInterval clearTimeout confirm "
    "createImageBitmap decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval fetch importScripts "
    "instanceof isFinite isNaN open parseFloat parseInt postMessage print prompt queueMicrotask "
    "requestAnimationFrame require setImmediate setInterval setTimeout structuredClone super typeof unescape"
)
DESCRIPTION = Description(
    facts="javascript",
    builtins=frozenset(_GLOBALS.split()),
    ends=frozenset({"process.exit", "process.abort", "next.navigation.redirect", "next.navigation.notFound"}),
    globals_=frozenset(
        "document location process console localStorage sessionStorage navigator history JSON Math Buffer Object Array "
        "String Number Promise URL crypto module exports Reflect jQuery $ angular React Vue Deno Bun".split()
    ),
    unwritten=frozenset({"jsx"}),
    imports=(
        r"""\b(?:require|import)\s*\(\s*['"`]([^'"`\n]{1,200})['"`]|\bfrom\s*['"]([^'"\n]{1,200})['"]"""
        r"""|\bimport\s*['"]([^'"\n]{1,200})['"]"""
    ),
    importing=("import", "require"),
)
