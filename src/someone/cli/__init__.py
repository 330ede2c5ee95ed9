"""The terminal: thin commands over an open home."""
