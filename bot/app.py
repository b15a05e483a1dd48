"""Builds every part and joins them; the one file that knows all."""
