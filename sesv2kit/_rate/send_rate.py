"""How many recipients may be mailed a second: the rate that sends keep to, and whose account says what it is.

Nothing here waits or does I/O: the pipeline does, in steps. What is shared over Redis is in `_redis_rate.py`.
"""

import copy
import math
import os
import re
import time
from collections.abc import Mapping
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from typing import TYPE_CHECKING, Any, Final, Literal

from .._core.exceptions import ConfigurationError, SESv2Error
from .limiter import LOCK, Line, regrown

if TYPE_CHECKING:
    from redis import Redis

    from ..models import GetAccountResponse, SendQuota
    from .redis import RedisGate

ASK_EVERY: Final = 300.0
"""Seconds for which an answer to GetAccount counts; AWS raises the quotas of an account over time."""
ASK_AGAIN: Final = 60.0
"""Seconds until GetAccount is asked again after it failed, if an older answer is there to go by."""
_LEAST: Final = 0.5
"""Recipients per second that throttling always leaves."""
_MOST: Final = 1e12
"""Recipients per second that are no limit any more."""
_SETTLES: Final = 1.0
"""Seconds after a cut in which throttling says nothing new: it is about what left before."""
_ACCOUNTS: Final = 100
"""How many accounts' rates a process keeps."""
_END_OF_HEADERS: Final = re.compile(rb"\r?\n\r?\n")


class Account:
    """What GetAccount says of sending, and who asks it when.

    Args:
        is_asked: Whether sends have it asked; False if they go by another rate, and only take in what others ask.
    """

    def __init__(self, *, is_asked: bool) -> None:
        self.max_rate: float | None = None
        """Recipients per second; None for no limit."""
        self.quota_left: float | None = None
        """Recipients of the 24-hour quota; None if it is not known."""
        self.is_known: bool = not is_asked
        """False as long as sends have to wait for a first answer."""
        self.failure: SESv2Error | None = None
        """What the last question ended with, if it failed."""
        self.failures: int = 0
        """How many questions in a row have failed."""
        self._is_asked = is_asked
        self._ask_next = -math.inf
        self._asker: int | None = None

    def claim(self, now: float) -> bool:
        """Return whether the caller has to ask now; True for one at a time, who must `release` it."""
        # A process that was forked while a thread asked has no such thread.
        process = os.getpid()
        with LOCK:
            if not self._is_asked or self._asker == process or now < self._ask_next:
                return False
            self._asker = process
            return True

    def release(self, now: float, failure: SESv2Error | None = None, pause: float = 0.0) -> None:
        """Say that the question is answered, failed, or was given up.

        Args:
            now: A monotonic time.
            failure: How it failed, if it did.
            pause: Seconds until a first answer is asked for again.
        """
        with LOCK:
            self._asker = None
            self.failures = self.failures + 1 if failure else 0
            # A copy, as the error itself has a traceback, which holds on to all that the caller had.
            self.failure = copy.copy(failure)
            if failure:
                self._ask_next = now + (ASK_AGAIN if self.is_known else pause)

    def update(self, quota: "SendQuota", now: float) -> None:
        """Take in an answer."""
        allowed, sent, rate = quota.max24_hour_send, quota.sent_last24_hours or 0.0, quota.max_send_rate
        with LOCK:
            self.max_rate = rate if is_rate(rate) else None
            if allowed is not None:
                self.quota_left = math.inf if allowed < 0 else max(allowed - sent, 0.0)
            self.is_known = True
            self._ask_next = now + ASK_EVERY

    def spend(self, recipients: int) -> None:
        """Count recipients whose mail leaves now."""
        with LOCK:
            if self.quota_left is not None:
                self.quota_left = max(self.quota_left - recipients, 0.0)


class SendRate:
    """How many recipients may be mailed per second. All that holds the same object keeps to it together.

    Pass it to clients, or to single calls, as `send_rate`. `SendEmail`, `SendBulkEmail` and
    `SendCustomVerificationEmail` then wait for their turn before each request, evenly spaced, in the order of their
    coming: a send to three recipients takes three places. It is for any number of threads, tasks and clients of one
    process; for several processes or machines, name a Redis server that they share.

    When the service throttles a send, the rate is cut to 70 %, and grows back within seconds.

    Args:
        per_second: Recipients per second, above 0 and at most 1e12. Default: None, the account's own `MaxSendRate`,
            which is read from GetAccount at the first send and again every five minutes; that needs the permission
            `ses:GetAccount`. An account that names none above 0 is not limited. Such an object is for one account and
            one region.
        redis: The URL of a Redis server (`redis://`, `rediss://` or `unix://`), or a `redis.Redis` client, through
            which processes share the rate. Needs the extra `sesv2kit[redis]`. Default: None, this process alone.
        name: The key in Redis, at least 1 printable character; those with the same name share a rate. Default:
            `sesv2kit:send-rate`.

    Raises:
        ConfigurationError: The rate is no such number, the URL or the name can't be used, or the extra is missing.

    https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html
    """

    def __init__(
        self,
        per_second: float | None = None,
        *,
        redis: "str | Redis | None" = None,
        name: str = "sesv2kit:send-rate",
    ) -> None:
        if per_second is not None and not is_rate(per_second):
            raise ConfigurationError("a send rate must be a number of recipients per second above 0, at most 1e12")
        self.account: Account = Account(is_asked=per_second is None)
        self.gate: RedisGate | None = None
        """Where other processes are asked for places; None if the rate is this process's own."""
        self._given = per_second
        self._peak = 0.0
        self._cut_at = -math.inf
        self._line: Line | None = None
        if redis is not None:
            from . import redis as _redis_rate

            self.gate = _redis_rate.RedisGate(redis, name)

    def __repr__(self) -> str:
        shown = [] if self._given is None else [f"{self._given:g}"]
        shown += [f"redis=..., name={self.gate.name!r}"] if self.gate else []
        return f"SendRate({', '.join(shown)})"

    @property
    def is_known(self) -> bool:
        """False for the account's rate before GetAccount has answered for the first time."""
        return self.account.is_known

    @property
    def per_second(self) -> float | None:
        """Recipients per second that may be mailed now; None if there is no limit, or if it is not known yet."""
        return self._rate(time.monotonic())

    @property
    def quota_left(self) -> float | None:
        """How many more recipients the account's 24-hour quota allows.

        It is what the last answer to GetAccount said, less the recipients of all requests since that kept to this
        rate. None if GetAccount was not asked; infinite if the account has no such quota. It is told, not enforced:
        the service refuses what is past the quota.
        """
        return self.account.quota_left

    def throttled(self) -> None:
        """Slow down, as after a send that the service throttled. The clients see to that by themselves."""
        now = time.monotonic()
        with LOCK:
            rate = self._rate(now)
            if rate is not None and now - self._cut_at >= _SETTLES:
                self._peak, self._cut_at = rate, now

    def update(self, account: "GetAccountResponse") -> None:
        """Take in an answer to GetAccount. A client with a send rate does so by itself with each that it gets.

        Args:
            account: What `get_account` returned.
        """
        from ..models import SendQuota

        self.account.update(account.send_quota or SendQuota(), time.monotonic())

    # A line, for the clients to stand in --------------------------------------------------------------

    def join(self, now: float, size: float) -> float:
        """Take the last `size` places, and return the first of them."""
        return self._line_at(now).join(now, size)

    def wait(self, place: float, now: float) -> float:
        """Return the seconds until a place comes up; 0 if it has."""
        return 0.0 if self._rate(now) is None else self._line_at(now).wait(place, now)

    def leave(self, place: float, now: float, size: float) -> None:
        """Give up places that were not used."""
        self._line_at(now).leave(place, now, size)

    def ask_others(self, place: float, size: int, deadline: float | None = None) -> float:
        """Take places from what all processes share; may block, until the deadline at most.

        Returns 0 if there are some, else the seconds to wait first; infinite if there was no time for an answer.
        """
        rate = self.per_second
        left = None if deadline is None else max(deadline - time.monotonic(), 0.0)
        seconds = self.gate.take(size, rate, left) if self.gate and rate else 0.0
        if 0 < seconds < math.inf:
            now = time.monotonic()
            self._line_at(now).hold(place, seconds, now)
        return seconds

    def _rate(self, now: float) -> float | None:
        limit = self.account.max_rate if self._given is None else self._given
        if limit is None or self._cut_at == -math.inf:
            return limit
        return min(limit, max(regrown(self._peak, now - self._cut_at), _LEAST))

    def _line_at(self, now: float) -> Line:
        """Return the line, which moves at the rate of now."""
        rate = self._rate(now)
        with LOCK:
            self._line = self._line or Line(rate or _LEAST, now)
            if rate:
                self._line.set_rate(rate, now)
            return self._line


SendRateLike = SendRate | float | Literal["account"]
"""What a client and a call take as `send_rate`."""

_of_accounts: Final[dict[tuple[str, str], SendRate]] = {}
"""The one that was asked for last is the last. They outlive the clients, which may be made for a single send each."""


def account_rate(url: str, access_key: str) -> SendRate:
    """Return the one rate of this process for an account, as its endpoint and access key tell it from others."""
    with LOCK:
        rate = _of_accounts.pop((url, access_key), None) or SendRate()
        _of_accounts[url, access_key] = rate
        # The keys of a role change all the time, so the oldest go.
        if len(_of_accounts) > _ACCOUNTS:
            del _of_accounts[next(iter(_of_accounts))]
        return rate


def is_rate(value: Any) -> bool:
    """Return whether a value is a number of recipients per second."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= _MOST


def is_send_rate(value: Any) -> bool:
    """Return whether a value can be a client's `send_rate`."""
    return value is None or value == "account" or isinstance(value, SendRate) or is_rate(value)


def count_recipients(arguments: Mapping[str, Any]) -> int:
    """Return how many recipients a send has, as SES counts them; at least 1."""
    entries = arguments.get("bulk_email_entries")
    if entries is not None:
        return max(sum(recipients_of(entry.destination) for entry in entries), 1)
    destination, content = arguments.get("destination"), arguments.get("content")
    if destination is None and content is not None and content.raw is not None:
        return max(_count_in_headers(bytes(content.raw.data)), 1)
    return max(recipients_of(destination), 1)


def recipients_of(destination: Any) -> int:
    """Return how many addresses a destination has."""
    if destination is None:
        return 0
    lists = (destination.to_addresses, destination.cc_addresses, destination.bcc_addresses)
    return sum(len(addresses or ()) for addresses in lists)


def _count_in_headers(mime: bytes) -> int:
    """Return how many recipients a message names itself, to whom it goes when the call names none."""
    end = _END_OF_HEADERS.search(mime)
    headers = BytesHeaderParser().parsebytes(mime[: end.start()] if end else mime)
    fields = [str(value) for name in ("To", "Cc", "Bcc") for value in headers.get_all(name, [])]
    return sum(1 for _, address in getaddresses(fields) if address)
