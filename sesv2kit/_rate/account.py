"""The sending quotas of an account, as GetAccount returns them, and when it is called."""

import copy
import hashlib
import math
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from .._core.model import is_number
from .queue import LOCK

if TYPE_CHECKING:
    from .._core.exceptions import SESv2Error
    from ..models import SendQuota

CALL_EVERY: Final = 300.0
"""Seconds for which a response of GetAccount is used; AWS raises the quotas of an account over time."""
CALL_AGAIN: Final = 60.0
"""Seconds until GetAccount is called again after it failed, if there is an older response."""
_CLAIM: Final = 60.0
"""Seconds after which another one may call: a signal handler may have interrupted the one who had to."""
MAX_RATE: Final = 1e12
"""The highest rate, in recipients per second; a higher one counts as no limit."""


def is_rate(value: Any) -> bool:
    """Return whether a value is a number of recipients per second."""
    return is_number(value) and 0 < value <= MAX_RATE


class AccountKey(NamedTuple):
    """What the quotas of an account belong to: two different keys never share quotas.

    Attributes:
        url: The endpoint.
        region: The region that signatures name.
        owner: The account's id, or the access key id if the account id is not in it.
    """

    url: str
    region: str
    owner: str

    @property
    def digest(self) -> str:
        """A hash for the name of a key in Redis, so that it shows neither the URL nor the account."""
        return hashlib.sha256(f"{self.url}\n{self.region}\n{self.owner}".encode()).hexdigest()[:32]


class Account:
    """The sending quotas of an account, and which call of a process reads them when.

    Args:
        is_needed: Whether sends need it; False if they have another rate, and the responses only say the quota.
    """

    def __init__(self, *, is_needed: bool) -> None:
        self.max_rate: float | None = None
        """Recipients per second; None for no limit."""
        self.quota_left: float | None = None
        """Recipients that are left of the 24-hour quota; None if it is not known."""
        self.is_known: bool = not is_needed
        """False as long as sends have to wait for a first response."""
        self.failure: SESv2Error | None = None
        """How the last call ended, if it failed."""
        self.failures: int = 0
        """How many calls in a row have failed."""
        self._is_needed = is_needed
        self._next_call = -math.inf
        self._calling_process: int | None = None
        self._claimed_until = -math.inf

    def claim(self, now: float) -> bool:
        """Return whether the caller has to call GetAccount now; True for one at a time, which must `release` it."""
        # A process that was forked while a thread made the call does not have that thread.
        process = os.getpid()
        with LOCK:
            is_claimed = self._calling_process == process and now < self._claimed_until
            if not self._is_needed or is_claimed or now < self._next_call:
                return False
            self._calling_process, self._claimed_until = process, now + _CLAIM
            return True

    def release(self, now: float, failure: "SESv2Error | None" = None, pause: float = 0.0) -> None:
        """Note that the call has ended, failed, or was given up.

        Args:
            now: A monotonic time.
            failure: How it failed, if it did.
            pause: Minimum seconds until the next call; a minute after a failure if there is an older response.
        """
        with LOCK:
            self._calling_process = None
            self.failures = self.failures + 1 if failure else 0
            # A copy, without the traceback, which would keep the caller's local variables alive.
            self.failure = copy.copy(failure)
            if failure and self.is_known:
                pause = CALL_AGAIN
            self._next_call = max(self._next_call, now + pause)

    def update(self, quota: "SendQuota", now: float) -> None:
        """Take over the quotas of a response that was received at a monotonic time."""
        allowed, sent, rate = quota.max24_hour_send, quota.sent_last24_hours or 0.0, quota.max_send_rate
        with LOCK:
            self.max_rate = rate if is_rate(rate) else None
            if allowed is not None:
                self.quota_left = math.inf if allowed < 0 else max(allowed - sent, 0.0)
            self.is_known = True
            self._next_call = now + CALL_EVERY

    def spend(self, recipients: int) -> None:
        """Subtract recipients from the quota, as their mail leaves now."""
        with LOCK:
            if self.quota_left is not None:
                self.quota_left = max(self.quota_left - recipients, 0.0)

    def refund(self, recipients: int) -> None:
        """Add recipients to the quota again, as nothing was mailed to them."""
        with LOCK:
            if self.quota_left is not None:
                self.quota_left += recipients
