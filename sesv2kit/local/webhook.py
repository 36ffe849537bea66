"""Events on their way to webhooks of the caller's, as SNS delivers them: signed, and again after a failure."""

import logging
import queue
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import httpx

from .._core.exceptions import ConfigurationError
from ..events import Event
from ..testing import FakeSES
from ..testing._service.mail_log import StoredEvent, StoredMail
from ..testing._service.sending.happen import typed_event
from ..testing.sns import Post

_PAUSES: Final = (0.0, 1.0, 3.0, 10.0)
"""Seconds before each attempt."""
_TIMEOUT: Final = 15.0
_END: Final = 2.0
"""Seconds that an attempt may still take at the end."""

_CONFIRMATION: Final = "SubscriptionConfirmation"
_CONFIRM_HINT: Final = (
    "; AWS has no subscription to confirm, so here sesv2kit.events.Webhook needs confirm=False, "
    "and its SNSVerifier the certificates of /_local/sns"
)

_log = logging.getLogger("sesv2kit.local")


class Webhooks:
    """Posts every event to some URLs, in the order in which the events happen. What is never taken is logged.

    Each URL has a queue and a thread of its own, so one that fails does not hold up the others.

    Args:
        fake: The service.
        urls: Where to. Each gets the confirmation of a subscription first.

    Raises:
        ConfigurationError: One is not an HTTP URL, or the extra `sns` is missing.
    """

    def __init__(self, fake: FakeSES, urls: Sequence[str]) -> None:
        self._fake = fake
        self._subscribers = [_Subscriber(_parse(url)) for url in urls]
        if self._subscribers:
            for subscriber in self._subscribers:
                subscriber.put(_CONFIRMATION, fake.sns.confirmation())
            with fake.world.database.lock:
                fake.world.on_event.append(self._on_event)
            for subscriber in self._subscribers:
                subscriber.start()

    def _on_event(self, mail: StoredMail, stored: StoredEvent) -> None:
        event: Event = typed_event(self._fake.world, mail, stored)
        for subscriber in self._subscribers:
            subscriber.put(event.type, self._fake.sns.post(event))

    def close(self) -> None:
        """Stop; what waits is not posted any more."""
        with self._fake.world.database.lock, suppress(ValueError):  # without URLs there is no listener
            self._fake.world.on_event.remove(self._on_event)
        for subscriber in self._subscribers:
            subscriber.stop()
        end = time.monotonic() + _END
        for subscriber in self._subscribers:
            subscriber.join(max(0.0, end - time.monotonic()))


class _Subscriber:
    """Posts to one URL, in a thread."""

    def __init__(self, url: httpx.URL) -> None:
        self._url = url
        self._posts: queue.SimpleQueue[tuple[str, Post] | None] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True, name="sesv2kit-webhook")

    def put(self, what: str, post: Post) -> None:
        self._posts.put((what, post))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._posts.put(None)

    def join(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _run(self) -> None:
        with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
            while (post := self._posts.get()) is not None:
                self._deliver(client, *post)

    def _deliver(self, client: httpx.Client, what: str, post: Post) -> None:
        failure = ""
        for pause in _PAUSES:
            if self._stopped.wait(pause):
                return
            try:
                response = client.post(self._url, content=post.body, headers=dict(post.headers))
            except httpx.HTTPError as error:
                failure = type(error).__name__
                continue
            if response.is_success:
                return
            failure = f"HTTP {response.status_code}"
        # Without what else is in the URL, which may be a secret.
        place = self._url.netloc.decode("ascii")
        hint = _CONFIRM_HINT if what == _CONFIRMATION else ""
        _log.warning("the webhook at %s did not take %s in %d attempts: %s%s", place, what, len(_PAUSES), failure, hint)


def _parse(text: str) -> httpx.URL:
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ConfigurationError(f"a webhook is an HTTP URL, and this is not one: {error}") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ConfigurationError("a webhook is an HTTP URL, such as http://127.0.0.1:8000/ses-events")
    return url
