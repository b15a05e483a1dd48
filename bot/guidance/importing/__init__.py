"""Entries from other registers: read, filtered for families, proposed and merged; never applied alone."""
