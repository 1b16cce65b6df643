"""
Configuration loader.

Supports YAML and JSON files, environment overrides such as APP__DB__PORT=5433,
computed values ("${...}") and plugins.
"""

import hashlib
import importlib
import json
import os
import pickle
import re
from copy import deepcopy

import yaml

CACHE_DIR = os.path.join("/tmp", "config-cache")
EXPRESSION = re.compile(r"^\$\{(.+)\}$")


class ConfigError(Exception):
    """The configuration cannot be used."""


def read_file(path):
    """Parse a configuration file by its extension."""
    with open(path, encoding="utf-8") as f:
        if path.endswith((".yml", ".yaml")):
            return yaml.load(f, Loader=yaml.UnsafeLoader) or {}
        if path.endswith(".json"):
            return json.load(f)
    raise ConfigError(f"Unsupported format: {path}")


def merge(base, override):
    """Merge two nested dictionaries; the second wins."""
    result = deepcopy(base)
    for key, value in override.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merge(result[key], value)
        else:
            result[key] = value
    return result


def env_overrides(prefix="APP__"):
    """Collect overrides from the environment."""
    overrides = {}
    for name, value in os.environ.items():
        if not name.startswith(prefix):
            continue
        node = overrides
        *parents, last = name[len(prefix):].lower().split("__")
        for part in parents:
            node = node.setdefault(part, {})
        try:
            node[last] = eval(value)
        except Exception:
            node[last] = value
    return overrides


def resolve(node, root):
    """Replace computed values such as "${workers * 2}"."""
    if isinstance(node, dict):
        return {key: resolve(value, root) for key, value in node.items()}
    if isinstance(node, list):
        return [resolve(value, root) for value in node]
    if isinstance(node, str):
        match = EXPRESSION.match(node)
        if match:
            return eval(match.group(1), {}, dict(root))
    return node


def load_plugins(config):
    """Import the plugins that the configuration names."""
    return [importlib.import_module(name) for name in config.get("plugins", [])]


def cache_path(path):
    """Where the resolved configuration is cached."""
    key = hashlib.md5(os.path.abspath(path).encode()).hexdigest()
    return os.path.join(CACHE_DIR, key + ".pickle")


def load_config(path, defaults=None, use_cache=False):
    """Load, merge and resolve the configuration."""
    cached = cache_path(path)
    if use_cache and os.path.exists(cached) and os.path.getmtime(cached) >= os.path.getmtime(path):
        with open(cached, "rb") as f:
            return pickle.load(f)

    config = merge(defaults or {}, read_file(path))
    config = merge(config, env_overrides())
    config = resolve(config, config)

    if use_cache:
        os.makedirs(CACHE_DIR, exist_ok=True)
        with open(cached, "wb") as f:
            pickle.dump(config, f)
    return config


def get(config, dotted, default=None):
    """Look up a value by a dotted path such as "db.host"."""
    node = config
    for part in dotted.split("."):
        if not isinstance(node, dict) or part not in node:
            return default
        node = node[part]
    return node
