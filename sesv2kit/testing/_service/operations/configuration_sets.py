"""Configuration sets and their event destinations."""
