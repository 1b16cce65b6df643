"""The classifier of credentials: what it is trained on, how, and how good it is. docs/secrets-model.md is its card."""
