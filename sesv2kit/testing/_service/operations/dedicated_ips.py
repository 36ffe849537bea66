"""Dedicated IP addresses and their pools."""
