"""What happens while nobody talks: it reads the journal and appends to it, and never calls a turn."""
