"""The modules of botocore, which are not typed, loaded when they are first needed."""

from functools import cache
from importlib import import_module
from typing import Any


@cache
def botocore(module: str) -> Any:
    """Return a module of botocore: `botocore("auth").SigV4Auth`."""
    return import_module(f"botocore.{module}")
