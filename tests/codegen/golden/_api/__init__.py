# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API, as the two classes that the clients are made of."""

from .aio.boxes import AsyncBoxesMixin
from .aio.letters import AsyncLettersMixin
from .aio.waiters import AsyncWaitersMixin
from .boxes import BoxesMixin
from .letters import LettersMixin
from .waiters import WaitersMixin


class Operations(
    BoxesMixin,
    LettersMixin,
    WaitersMixin,
):
    """Every operation, paginator and waiter, blocking."""


class AsyncOperations(
    AsyncBoxesMixin,
    AsyncLettersMixin,
    AsyncWaitersMixin,
):
    """Every operation, paginator and waiter, for asyncio and trio."""
