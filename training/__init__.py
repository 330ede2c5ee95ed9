"""Training of what comes along with the product. Never imported by it."""
