"""Tests of the shipped content: what a family is really shown."""
