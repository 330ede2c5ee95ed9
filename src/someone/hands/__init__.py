"""What she can do beside talking. Each hand acts only within the scopes that the person granted."""
