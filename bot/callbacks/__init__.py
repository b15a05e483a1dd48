"""Promised telephone calls: their life, their times, their queue."""
