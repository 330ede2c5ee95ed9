"""The append-only store of her life, and the keys that protect it."""
