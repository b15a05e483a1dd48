"""Perheovi: one door through which a Finnish family gets help early."""

__version__ = "0.1.0"
