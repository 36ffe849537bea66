"""Jobs that import and export."""
