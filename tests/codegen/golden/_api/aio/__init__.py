# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API without blocking, as the class that the async client is made of."""

from .boxes import AsyncBoxesMixin
from .letters import AsyncLettersMixin
from .waiters import AsyncWaitersMixin


class AsyncOperations(
    AsyncBoxesMixin,
    AsyncLettersMixin,
    AsyncWaitersMixin,
):
    """Every operation, paginator and waiter, for asyncio and trio."""
