# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API: its rows here, its methods in `sync` and `aio`."""
