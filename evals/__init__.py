"""Evals: each is a command that prints one JSON line last. ``python -m evals.all`` runs those whose data is there."""
