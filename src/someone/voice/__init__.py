"""Speaking: text to speech, and the live talk from her ears through the turn to her voice."""
