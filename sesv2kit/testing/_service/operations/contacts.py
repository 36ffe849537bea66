"""Contact lists and contacts."""
