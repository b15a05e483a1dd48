"""The nightly link check."""
