"""Live updates: every new mail and event, as server-sent events to the pages that are open."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any, Final

from ..testing import FakeSES
from ..testing._service.mail_log import StoredEvent, StoredMail

_MAX_WAITING: Final = 1000
"""How many updates wait for a page that does not take them; it then loads everything again."""
_BEAT: Final = 15.0
"""Seconds between signs of life, which also notice that a page is gone."""
_RELOAD: Final = {"kind": "reload"}
CHANGE: Final = {"kind": "change"}
"""Announces that a request changed something."""
_END: Final[Mapping[str, Any]] = {"kind": "end"}
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SENDS: Final = "/v2/email/outbound-"
"""How the paths of sends begin, which are updates as mails."""


class Live:
    """Hands updates from any thread to the pages that listen.

    Args:
        fake: The service.
    """

    def __init__(self, fake: FakeSES) -> None:
        self._listeners: set[tuple[asyncio.AbstractEventLoop, asyncio.Queue[Mapping[str, Any]]]] = set()
        fake.world.on_mail.append(self._on_mail)
        fake.world.on_event.append(self._on_event)

    def _on_mail(self, mail: StoredMail) -> None:
        if self._listeners:
            self.send({"kind": "mail", "id": mail.message_id, "number": mail.number})

    def _on_event(self, mail: StoredMail, event: StoredEvent) -> None:
        if self._listeners:
            self.send({"kind": "event", "id": mail.message_id, "number": mail.number, "type": event.type})

    def send(self, update: Mapping[str, Any]) -> None:
        """Hand an update to every page; callable from any thread."""
        for loop, queue in tuple(self._listeners):
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(_put, queue, update)

    def close(self) -> None:
        """End all streams, so that a server which stops need not wait for open pages."""
        self.send(_END)

    async def stream(self) -> AsyncGenerator[str]:
        """Yield updates in the form of server-sent events, until the page goes away or `close`."""
        queue: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
        listener = (asyncio.get_running_loop(), queue)
        self._listeners.add(listener)
        try:
            yield ": hello\n\n"
            while True:
                try:
                    update = await asyncio.wait_for(queue.get(), _BEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                else:
                    if update is _END:
                        return
                    yield f"data: {json.dumps(update)}\n\n"
        finally:
            self._listeners.discard(listener)


def may_change(scope: Mapping[str, Any]) -> bool:
    """Return whether a request may have changed something that pages show, other than by mails and events."""
    return scope["type"] == "http" and scope["method"] not in _SAFE and not scope["path"].startswith(_SENDS)


def _put(queue: "asyncio.Queue[Mapping[str, Any]]", update: Mapping[str, Any]) -> None:
    if queue.qsize() < _MAX_WAITING or update is _END:
        queue.put_nowait(update)
        return
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(_RELOAD)
