"""The page: a thin door like the command line, on this machine only."""
