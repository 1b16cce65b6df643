"""What the engine must know of Python besides its grammar and the facts."""

from __future__ import annotations

import builtins

from deburr.engine.languages.description import Description

DESCRIPTION = Description(
    facts="python",
    builtins=frozenset(dir(builtins)) | {"unicode", "raw_input", "xrange", "execfile", "reload", "basestring", "long"},
    ends=frozenset(
        "sys.exit os._exit os.abort builtins.exit builtins.quit flask.abort werkzeug.exceptions.abort bottle.abort "
        "aiohttp.web.abort sanic.exceptions.abort argparse.ArgumentParser.error".split()
    ),
    importing=("import",),
)
