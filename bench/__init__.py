"""Benchmarks: each is a command that prints one JSON line last. ``python -m bench.all`` runs them and keeps the lines."""
