"""Tests of the catalogue: entries, areas, opening hours, matching, cards and storage."""
