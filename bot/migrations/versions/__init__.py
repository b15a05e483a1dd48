"""The steps, oldest first by their dates."""
