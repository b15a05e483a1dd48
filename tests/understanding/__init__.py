"""What is understood in a message."""
