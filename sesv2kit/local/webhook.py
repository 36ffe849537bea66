"""Events on their way to webhooks of the caller's, as SNS delivers them: signed, and again after a failure."""

import queue
import threading
import time
from collections.abc import Sequence
from typing import Final

import attrs
import httpx

from ..events import Event
from ..testing import FakeSES
from ..testing._service.mail_log import StoredEvent, StoredMail
from ..testing._service.sending.happen import typed_event
from ..testing.sns import Post

_PAUSES: Final = (0.0, 1.0, 3.0, 10.0)
"""Seconds before each attempt."""
_TIMEOUT: Final = 15.0
_MAX_KEPT: Final = 200


@attrs.frozen
class Delivery:
    """What became of a post."""

    url: str
    what: str
    """The type of the event, or `SubscriptionConfirmation`."""
    attempts: int
    outcome: str
    """The HTTP status of the last response, or why there was none."""


class Webhooks:
    """Posts every event to some URLs, in the order in which the events happen.

    Args:
        fake: The service.
        urls: Where to.
    """

    def __init__(self, fake: FakeSES, urls: Sequence[str]) -> None:
        self._fake = fake
        self._urls = tuple(urls)
        self._posts: queue.SimpleQueue[tuple[str, str, Post] | None] = queue.SimpleQueue()
        self.deliveries: list[Delivery] = []
        """The last posts, newest last."""
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="sesv2kit-webhooks")
        if self._urls:
            fake.world.on_event.append(self._on_event)
            for url in self._urls:
                self._posts.put((url, "SubscriptionConfirmation", fake.sns.confirmation()))
            self._thread.start()

    def _on_event(self, mail: StoredMail, stored: StoredEvent) -> None:
        event: Event = typed_event(self._fake.world, mail, stored)
        for url in self._urls:
            self._posts.put((url, event.type, self._fake.sns.post(event)))

    def _run(self) -> None:
        with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
            while (post := self._posts.get()) is not None:
                delivery = self._deliver(client, *post)
                self.deliveries = [*self.deliveries, delivery][-_MAX_KEPT:]

    def _deliver(self, client: httpx.Client, url: str, what: str, post: Post) -> Delivery:
        attempts, outcome = 0, "not posted"
        for pause in _PAUSES:
            if self._stopped.wait(pause):
                break
            attempts += 1
            try:
                response = client.post(url, content=post.body, headers=dict(post.headers))
            except httpx.HTTPError as error:
                outcome = type(error).__name__
                continue
            outcome = f"HTTP {response.status_code}"
            if response.is_success:
                break
        return Delivery(url, what, attempts, outcome)

    def close(self) -> None:
        """Stop; what waits is not posted any more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._posts.put(None)
            self._thread.join(_TIMEOUT + 1)

    def wait(self, seconds: float = 10.0) -> bool:
        """Wait until everything is posted; returns whether it is."""
        end = time.monotonic() + seconds
        while not self._posts.empty() and time.monotonic() < end:
            time.sleep(0.01)
        return self._posts.empty()
