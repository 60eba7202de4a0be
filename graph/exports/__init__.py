"""Graph to files: backup, and the formats other tools read."""
