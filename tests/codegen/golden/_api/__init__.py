# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API: its rows here, its methods in `sync` and `aio`.

The rows of a domain are loaded when the first of its methods is called.
"""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from . import boxes as boxes
    from . import letters as letters
    from . import waiters as waiters
else:

    def __getattr__(name: str) -> Any:
        """Load the rows of a domain, see PEP 562."""
        if name not in (*DOMAINS, "waiters"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return import_module(f".{name}", __name__)


DOMAINS: Final = (
    "boxes",
    "letters",
)
"""The modules that hold the rows of operations."""
