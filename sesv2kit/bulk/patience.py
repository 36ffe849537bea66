"""How long a run goes on while the service takes nothing: throttling, outages, and refusals of entry after entry."""

from collections.abc import Sequence
from typing import Final

from .._core.exceptions import SESv2Error
from .item import Item
from .settings import Settings
from .verdict import REFUSALS_OF_ONE_ENTRY, Finished

THROTTLE_PATIENCE: Final = 900.0
"""Seconds that a run goes on while the service throttles all that it sends."""
_MAX_REFUSALS_IN_A_ROW: Final = 50
"""Entries refused one by one, with none sent in between, from which on the entries are not the cause."""


class Patience:
    """The patience of a run. The time, a monotonic one, is passed in."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._throttled_since: float | None = None
        self._outage_since: float | None = None
        self._refused_in_a_row = 0

    def begin_again(self) -> None:
        """Note that the service takes entries, or is about to."""
        self._throttled_since = self._outage_since = None

    def is_over(self, then: str, items: Sequence[Item], now: float) -> bool:
        """Return whether the service has been throttling, or out of reach, for too long.

        Args:
            then: What the entries of a request wait for: `throttled` or `outage`.
            items: These entries.
            now: The time.
        """
        if then == "throttled":
            since = self._throttled_since = now if self._throttled_since is None else self._throttled_since
            return now - since >= THROTTLE_PATIENCE
        since = self._outage_since = now if self._outage_since is None else self._outage_since
        has_retries = max(item.outages for item in items) < self._settings.max_attempts
        return not has_retries and now - since >= self._settings.outage_patience

    def find_common_reason(self, finished: Finished) -> SESv2Error | None:
        """Return an error if entry after entry is refused alone: then it is what they share that is refused."""
        if any(verdict.state == "sent" for verdict in finished.verdicts):
            self._refused_in_a_row = 0
        error = finished.verdicts[0].error
        was_sent = getattr(error, "status_code", None) is not None
        if len(finished.chunk) > 1 or not isinstance(error, REFUSALS_OF_ONE_ENTRY) or not was_sent:
            return None
        self._refused_in_a_row += 1
        return error if self._refused_in_a_row >= _MAX_REFUSALS_IN_A_ROW else None
