"""Handlers: what takes an event."""

from inspect import isawaitable


def refuse_awaitable(result: object) -> None:
    """Check what a handler that should be sync returned.

    Raises:
        TypeError: It is async, so that nothing was done.
    """
    if isawaitable(result):
        close = getattr(result, "close", None)
        if close:
            close()
        raise TypeError("the handler is async, but has to be sync here")
