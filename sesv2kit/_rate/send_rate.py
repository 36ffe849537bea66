"""How many recipients may be mailed per second: a rate that sends keep to, as a number or the account's own.

Nothing here waits or does I/O. The requests to Redis, through which processes share a rate, are made in `redis.py`.
"""

import math
import time
from typing import TYPE_CHECKING, Any, Final, Literal

from .. import models
from .._core.exceptions import ConfigurationError
from .._core.lazy import LazyModule
from .._core.settings import shown
from .account import Account, AccountKey, is_rate
from .limiter import grown_back
from .queue import LOCK, RESERVE_EARLY, Position, RateQueue, permits_for

if TYPE_CHECKING:
    import redis

    from .redis import PermitRequest, RedisLimiter
else:
    redis = LazyModule("redis")

WhenLost = Literal["share", "wait"]
"""What sends do while Redis does not respond."""

_MIN_RATE: Final = 0.5
"""Recipients per second that throttling always leaves."""
_SETTLING: Final = 1.0
"""Seconds after a cut in which throttling does not cut the rate again: it concerns requests that left before."""
_MAX_ACCOUNTS: Final = 100
"""How many accounts' rates a process keeps."""
_CHECK_REDIS: Final = 1.0
"""Seconds until a send that waits for Redis checks whether it responds again."""


class Turn:
    """A send that waits for its turn in the queue of its process, then for its reservation if processes share the rate.

    Attributes:
        position: Where it is in the queue.
        recipients: How many recipients it has.
        is_taken: Whether its turn in the queue has come.
        is_reserved: Whether it may leave as soon as it is ready.
        ready_at: The monotonic time at which it is ready to leave, or to try a reservation again.
        request: The request to Redis for a reservation, until its response was taken.
        requested_at: The monotonic time of that request.
        has_permits: Whether the reservation is one in Redis.
    """

    __slots__ = (
        "has_permits",
        "is_reserved",
        "is_taken",
        "position",
        "ready_at",
        "recipients",
        "request",
        "requested_at",
    )

    def __init__(
        self,
        position: Position,
        recipients: int,
        is_taken: bool = False,
        is_reserved: bool = False,
        ready_at: float = -math.inf,
        request: "PermitRequest | None" = None,
        has_permits: bool = False,
    ) -> None:
        self.position: Position = position
        self.recipients: int = recipients
        self.is_taken: bool = is_taken
        self.is_reserved: bool = is_reserved
        self.ready_at: float = ready_at
        self.request: PermitRequest | None = request
        self.requested_at: float = 0.0
        self.has_permits: bool = has_permits

    @property
    def must_reserve(self) -> bool:
        """Whether the next thing to do is to `reserve`."""
        return self.is_taken and not self.is_reserved


class SendRate:
    """How many recipients may be mailed per second. All clients and calls that have the same object share its rate.

    Pass it to clients, or to single calls, as `send_rate`. `SendEmail`, `SendBulkEmail` and
    `SendCustomVerificationEmail` then wait for their turn before each request, evenly spaced, in the order in which
    they were called: a send to three recipients takes three permits. It is for any number of threads, tasks and clients
    of one process; for several processes or machines, name a Redis server that they share.

    When the service throttles a send, the rate is cut to 70 %, and grows back within seconds.

    Args:
        per_second: Recipients per second, above 0 and at most 1e12. Default: None, the account's own `MaxSendRate`,
            which is read from GetAccount at the first send and again every five minutes; that needs the permission
            `ses:GetAccount`. One call is for all rates of the process that are for the same account and, over Redis,
            for all processes. An account that names none above 0 is not limited. Such an object is for one account and
            one region.
        redis: The URL of a Redis server (`redis://`, `rediss://` or `unix://`), or a `redis.Redis` client, through
            which processes share the rate. Needs the extra `sesv2kit[redis]`. Default: None, this process alone.
        name: The key in Redis, at least 1 printable character; processes with the same name share a rate. Default:
            `sesv2kit:send-rate`.
        when_lost: What sends do while Redis does not respond. `share`: they go on at the part of the rate that this
            process used recently, at a tenth of the rate if there is none. `wait`: they wait until Redis responds or
            their `call_timeout` is over. Default: `share`.

    Raises:
        ConfigurationError: The rate is not such a number, another argument can't be used, or the extra is missing.

    https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas.html
    """

    def __init__(
        self,
        per_second: float | None = None,
        *,
        redis: "str | redis.Redis | None" = None,
        name: str = "sesv2kit:send-rate",
        when_lost: WhenLost = "share",
    ) -> None:
        if per_second is not None and not is_rate(per_second):
            raise ConfigurationError(
                f"per_second must be a number of recipients above 0, at most 1e12, or None, got {shown(per_second)}"
            )
        if when_lost not in ("share", "wait"):
            raise ConfigurationError(f"when_lost must be 'share' or 'wait', got {when_lost!r}")
        self.account: Account = Account(is_needed=per_second is None)
        self.limiter: RedisLimiter | None = None
        """Through which processes share the rate; None if the rate is this process's own."""
        self.account_key: AccountKey | None = None
        """Which account the rate is for; None if it is not the account's, or not known yet."""
        self._when_lost = when_lost
        self._given = per_second
        self._peak = 0.0
        self._cut_at = -math.inf
        self._queue: RateQueue | None = None
        self._last_ready = -math.inf
        """When the last send with a reservation may leave, and how many recipients it has."""
        self._last_recipients = 0
        if redis is not None:
            from . import redis as _redis

            self.limiter = _redis.RedisLimiter(redis, name)

    def __repr__(self) -> str:
        shown = [] if self._given is None else [f"{self._given:g}"]
        shown += [f"redis=..., name={self.limiter.name!r}"] if self.limiter else []
        shown += [f"when_lost={self._when_lost!r}"] if self._when_lost != "share" else []
        return f"SendRate({', '.join(shown)})"

    @property
    def is_known(self) -> bool:
        """False for the account's rate before the first response of GetAccount."""
        return self.account.is_known

    @property
    def per_second(self) -> float | None:
        """Recipients per second that may be mailed now; None if there is no limit, or if it is not known yet.

        While Redis does not respond, it is what this process may mail.
        """
        return self._rate(time.monotonic())

    @property
    def quota_left(self) -> float | None:
        """How many more recipients the account's 24-hour quota allows.

        It is what the last response of GetAccount said, less the recipients of all requests since that kept to this
        rate. None if there was no response; infinite if the account has no such quota. It is a report, and is not
        enforced: the service refuses what is past the quota.
        """
        return self.account.quota_left

    def throttled(self) -> None:
        """Slow down, as after a send that the service throttled. The clients call this themselves."""
        now = time.monotonic()
        with LOCK:
            rate = self._throttled_rate(now)
            if rate is not None and now - self._cut_at >= _SETTLING:
                self._peak, self._cut_at = rate, now

    def update(self, account: "models.GetAccountResponse") -> None:
        """Take over a response of GetAccount. A client with a send rate does so with each response that it gets.

        Args:
            account: What `get_account` returned.
        """
        quota = account.send_quota or models.SendQuota()
        self.account.update(quota, time.monotonic())
        self._share_account(quota)

    @property
    def must_learn_account(self) -> bool:
        """Whether the rate is that of an account, and it is not known of which."""
        return self._given is None and self.account_key is None

    def use_account(self, key: AccountKey) -> None:
        """Set the account that the sends are for: all rates of a process for the same account share its quotas."""
        with LOCK:
            self.account_key = key
            shared = account_rate(key)
            if self.account.is_known:
                shared.account = self.account
            self.account = shared.account

    def release_account(self) -> None:
        """Let another process call GetAccount, as it refused this one."""
        self._share_account(None)

    def _share_account(self, quota: "models.SendQuota | None") -> None:
        if self.limiter and self.account_key and not self.limiter.is_lost:
            self.limiter.accounts.share(self.account_key, quota)

    # For the calls that wait ----------------------------------------------------------------------------

    def join(self, now: float, recipients: int) -> Turn:
        """Join the queue of this process."""
        rate = self._rate(now)
        size = permits_for(recipients, rate) if rate else recipients
        return Turn(self._queue_at(now).join(now, size), recipients)

    def wait(self, turn: Turn, now: float) -> float:
        """Return the seconds for which a send has to wait; 0 if it may leave, or must `reserve` now."""
        if not turn.is_taken:
            # A reservation takes a moment, so it is made a little early; the send leaves when the reservation counts.
            # While some processes go on without Redis, a send leaves at its turn in this process.
            early = RESERVE_EARLY if self.limiter and self.limiter.part == 1 else 0.0
            has_limit = self._rate(now) is not None
            if has_limit and (seconds := self._queue_at(now).take(turn.position, now, early)):
                return seconds
            turn.is_taken = True
            turn.is_reserved = not (has_limit and self.limiter)
        return max(turn.ready_at - now, 0.0)

    def reserve(self, turn: Turn, now: float, deadline: float | None = None) -> "PermitRequest | None":
        """Request a reservation from Redis. The caller waits for the response, if there is one, then calls `settle`.

        Args:
            turn: A send whose turn in this process has come.
            now: The monotonic time.
            deadline: The monotonic time at which it must have left; None for no limit.
        """
        rate = self._throttled_rate(now)
        left = None if deadline is None else max(deadline - now, 0.0)
        turn.requested_at = now
        turn.request = self.limiter.request(turn.recipients, rate, left) if self.limiter and rate else None
        return turn.request

    def settle(self, turn: Turn, now: float) -> None:
        """Take the response of Redis, or go on without it.

        Raises:
            ConfigurationError: Redis has refused this process from the start.
        """
        request, turn.request = turn.request, None
        seconds = self.limiter.take_response(request) if self.limiter and request else None
        with LOCK:
            turn.has_permits = seconds is not None and seconds < math.inf
            if self._throttled_rate(now) is None:
                seconds = 0.0
            elif seconds is None and self._when_lost == "share":
                seconds = self._seconds_alone(turn, now)
            turn.is_reserved = seconds is not None
            turn.ready_at = now + (_CHECK_REDIS if seconds is None else seconds)
            if turn.ready_at < math.inf:
                # The time that a response takes must not delay the sends behind this one.
                took = now - turn.requested_at if turn.has_permits else 0.0
                self._queue_at(now).hold(turn.position, turn.ready_at - now - took, now)
            if turn.has_permits and self._last_ready < turn.ready_at:
                self._last_ready, self._last_recipients = turn.ready_at, turn.recipients

    def _seconds_alone(self, turn: Turn, now: float) -> float:
        """Return the seconds until a send may leave in a process that goes on without Redis.

        The process has a part of the rate, so its sends are further apart than with Redis. The first one keeps that
        distance from the last send that had a reservation, and the queue continues from there.
        """
        rate, queue = self._rate(now), self._queue_at(now)
        if rate and self._last_ready > -math.inf:
            distance = permits_for(self._last_recipients, rate) / rate
            seconds = max(self._last_ready + distance - now, 0.0)
            queue.move(turn.position, seconds, now)
            self._last_ready = -math.inf
            return seconds
        return queue.wait(turn.position, now)

    def leave(self, turn: Turn, now: float) -> None:
        """Leave without sending anything: the sends behind get the permits."""
        with LOCK:
            if turn.is_taken:
                self._queue_at(now).give_back(turn.position.size, now)
            else:
                self._queue_at(now).leave(turn.position, now)
        if self.limiter and turn.request:
            self.limiter.abandon(turn.request)
        if self.limiter and turn.has_permits:
            self.limiter.release(turn.recipients, turn.ready_at - now)

    def give_back(self, recipients: int) -> None:
        """Return permits of a request that the service refused, or that never reached it: nothing was mailed."""
        now = time.monotonic()
        rate = self._throttled_rate(now)
        self.account.refund(recipients)
        if rate is not None:
            self._queue_at(now).give_back(permits_for(recipients, rate), now)
        if rate is not None and self.limiter:
            self.limiter.give_back(recipients, rate)

    def _rate(self, now: float) -> float | None:
        rate = self._throttled_rate(now)
        if rate is None or self.limiter is None or self._when_lost == "wait":
            return rate
        return rate * self.limiter.part

    def _throttled_rate(self, now: float) -> float | None:
        limit = self.account.max_rate if self._given is None else self._given
        if limit is None or self._cut_at == -math.inf:
            return limit
        return min(limit, max(grown_back(self._peak, now - self._cut_at), _MIN_RATE))

    def _queue_at(self, now: float) -> RateQueue:
        """Return the queue of this process, at the rate of now."""
        rate = self._rate(now)
        with LOCK:
            self._queue = self._queue or RateQueue(rate or _MIN_RATE, now, catches_up=True)
            if rate:
                self._queue.set_rate(rate, now)
            return self._queue


SendRateLike = SendRate | float | Literal["account"]
"""What a client and a call accept as `send_rate`."""

_of_accounts: Final[dict[AccountKey, SendRate]] = {}
"""The rates of accounts, the one that was used last at the end. They outlive the clients, which may be short-lived."""


def account_rate(key: AccountKey) -> SendRate:
    """Return the one rate of this process for an account."""
    with LOCK:
        rate = _of_accounts.pop(key, None) or SendRate()
        rate.account_key = key
        _of_accounts[key] = rate
        # Access keys without an account id may change all the time, so the rate that was unused longest is dropped.
        if len(_of_accounts) > _MAX_ACCOUNTS:
            del _of_accounts[next(iter(_of_accounts))]
        return rate


def is_send_rate(value: Any) -> bool:
    """Return whether a value can be a client's `send_rate`."""
    return value is None or value == "account" or isinstance(value, SendRate) or is_rate(value)
