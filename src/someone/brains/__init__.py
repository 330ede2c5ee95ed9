"""The language models: the one that comes along, and any other the person chooses."""
