"""Tests: scenes a user would recognise."""
