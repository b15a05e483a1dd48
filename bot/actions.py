"""The closed list of what a dialogue may do."""
