# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API, blocking, as the class that the sync client is made of."""

from .boxes import BoxesMixin
from .letters import LettersMixin
from .waiters import WaitersMixin


class Operations(
    BoxesMixin,
    LettersMixin,
    WaitersMixin,
):
    """Every operation, paginator and waiter, blocking."""
