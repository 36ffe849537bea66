# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""The asynchronous operations."""
