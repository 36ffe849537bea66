# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API, as the two classes that the clients are made of."""

from .aio.boxes import AsyncBoxesMixin
from .aio.letters import AsyncLettersMixin
from .boxes import BoxesMixin
from .letters import LettersMixin


class Operations(
    BoxesMixin,
    LettersMixin,
):
    """Every operation, blocking."""


class AsyncOperations(
    AsyncBoxesMixin,
    AsyncLettersMixin,
):
    """Every operation, for asyncio and trio."""
