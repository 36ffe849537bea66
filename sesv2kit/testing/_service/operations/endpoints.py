"""Endpoints of several regions."""
