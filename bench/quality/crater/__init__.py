"""The crater: well-kept projects at pinned versions, what the default profile says of them, and what is true of that.

`projects/NAME.toml` pins one archive by its hash and keeps every finding with a judgement and its reason; no line of
anybody's code is kept. A change of the engine shows here what it adds and takes away before anyone is bothered by it.
"""
