"""Entries from other registers: read into our model, filtered for families, proposed and merged; never applied alone."""
