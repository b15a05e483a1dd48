"""The commands of `perheovi`."""
