"""A send rate that processes and machines share over Redis. Needs the extra `sesv2kit[redis]`."""

import copy
import logging
import math
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final, cast

import attrs

from .._core.exceptions import ConfigurationError
from .._core.settings import shown
from .queue import LOCK, MAX_CATCH_UP, RESERVE_EARLY, catch_up, permits_for
from .redis_account import SharedAccounts
from .share import MIN_SHARE, RecentShare

try:
    from redis import AuthenticationError, Redis, RedisError
    from redis import ConnectionError as LostConnection
    from redis.backoff import NoBackoff
    from redis.exceptions import NoPermissionError
    from redis.retry import Retry
except ModuleNotFoundError as _missing:
    raise ConfigurationError('a send rate over Redis needs an extra: pip install "sesv2kit[redis]"') from _missing

TIMEOUT: Final = 1.0
"""Seconds that Redis has to respond to a send, connecting included."""
CHECK_EVERY: Final = 1.0
"""Seconds between two checks whether Redis responds again."""
_STUCK_AFTER: Final = 10.0
"""Seconds after which an exchange with Redis is given up for good, and a new thread takes over."""
_IDLE: Final = 5.0
"""Seconds after which the thread that makes the requests to Redis ends if there are none to make."""
_MAX_BATCH: Final = 100
"""The maximum number of requests for permits in one exchange with Redis."""
_MICROSECONDS: Final = 1_000_000

_SCRIPT: Final = """
-- The generic cell rate algorithm, for requests that are reserved one after the other.
-- KEYS[1] is a hash: `next`, when the next request may leave, and `seen`, when the key was last used, in microseconds
-- of this server's clock; `total`, how many recipients were reserved.
-- ARGV has four numbers for each request: its recipients; the microseconds until the next request; the microseconds
-- that it may make up for; and the most that it may have to wait, negative for any time. The first two are negative if
-- permits come back. Those of a large request do so only as long as nothing later is reserved, which would not move up.
-- Returns the microseconds that each request has to wait, -1 for one that would have to wait longer, and `total`.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local state = redis.call('HMGET', KEYS[1], 'next', 'seen', 'total')
local next = tonumber(state[1] or now)
local seen = tonumber(state[2] or now)
local total = tonumber(state[3] or 0)
if now < seen then
  next = next - (seen - now) -- the clock was set back
end
local response = {}
for i = 1, #ARGV, 4 do
  local distance = tonumber(ARGV[i + 1])
  local catch_up = tonumber(ARGV[i + 2])
  local max_wait = tonumber(ARGV[i + 3])
  local start = math.max(next, now - catch_up)
  local wait = math.max(start - now, 0)
  if max_wait >= 0 and wait > max_wait then
    wait = -1
  elseif distance >= -catch_up or next <= now - distance then
    next = start + distance
    total = total + ARGV[i]
  end
  response[#response + 1] = wait
end
redis.call('HSET', KEYS[1], 'next', string.format('%.0f', next), 'seen', string.format('%.0f', now),
  'total', string.format('%.0f', total))
redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.max(next - now, 0) / 1000 + 3600000))
response[#response + 1] = total
return response
"""

_log = logging.getLogger("sesv2kit")


class _LostError(Exception):
    """Redis did not respond."""


@attrs.frozen(eq=False)
class PermitRequest:
    """A request for permits, and its response.

    Attributes:
        recipients: How many permits; a negative number gives some back.
        per_second: The rate.
        left: Seconds until the send's deadline; None without one.
        response: The monotonic time at which the permits count; infinite, and nothing is reserved, if that is too late.
    """

    recipients: int
    per_second: float
    left: float | None = None
    response: Future[float] = attrs.field(factory=Future[float])

    @property
    def max_wait(self) -> float:
        """The seconds for which a send waits for the response."""
        return TIMEOUT if self.left is None else min(self.left, TIMEOUT)

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments of the script."""
        size = max(abs(self.recipients), 1)
        distance = permits_for(size, self.per_second) / self.per_second * self.recipients / size
        times = (distance, _catch_up(size, self.per_second), -1.0 if self.left is None else self.left)
        return (str(self.recipients), *(f"{seconds * _MICROSECONDS:.3f}" for seconds in times))


class RedisLimiter:
    """The permits that processes share. Redis grants them one after the other, each with the time at which it counts.

    One thread makes the requests for all sends of the process, in their order. So each send can stop waiting after a
    bounded time, whatever takes long: looking up the host, connecting, or the script.

    Args:
        redis: The server's URL, or a client of it.
        name: The key in Redis.
    """

    def __init__(self, redis: object, name: object) -> None:
        client = _connect(redis) if isinstance(redis, str) else redis
        if not isinstance(client, Redis):
            raise ConfigurationError(f"redis must be a URL or a redis.Redis client, got {shown(redis)}")
        if not isinstance(name, str) or not name or not name.isprintable():
            raise ConfigurationError(f"name must be a str of at least 1 character, all of them printable, got {name!r}")
        self.name = name
        self.accounts: SharedAccounts = SharedAccounts(client, name)
        """The responses of GetAccount, which the processes share as well."""
        self._script = client.register_script(_SCRIPT)
        self._has_responded = False
        self._process = os.getpid()
        self._recent = RecentShare()
        self._part_alone = MIN_SHARE
        """The part of the rate that this process has without Redis: its share when Redis was lost."""
        self._lost = False
        self._check_at = -math.inf
        self._found_at = -math.inf
        self._pending: SimpleQueue[PermitRequest] = SimpleQueue()
        self._exchange_began = -math.inf
        """The monotonic time at which the thread began its latest exchange with Redis; -inf if there is no thread."""
        self._released: list[tuple[float, int]] = []
        """Reservations that their sends no longer need: the time at which each counts, and its recipients."""

    @property
    def is_lost(self) -> bool:
        """Whether Redis does not respond. Reading this starts a check in the background, at most once a second."""
        if self._lost:
            self._check()
        return self._lost

    @property
    def timeout(self) -> float:
        """Seconds that Redis has to respond."""
        return TIMEOUT

    @property
    def share(self) -> float:
        """The part of the rate that this process used recently; at least a tenth if it used nothing."""
        with LOCK:
            self._notice_fork()
            return self._recent.value

    @property
    def part(self) -> float:
        """The part of the rate that this process may use: all of it, as long as Redis hands out the permits.

        Without Redis it is what this process used recently. So it is for a moment after Redis has come back: other
        processes may not have noticed yet, and go on without it.
        """
        is_alone = self.is_lost or time.monotonic() < self._found_at + CHECK_EVERY
        if not is_alone:
            return 1.0
        with LOCK:
            self._notice_fork()
            return self._part_alone

    def request(self, recipients: int, per_second: float, left: float | None = None) -> PermitRequest | None:
        """Request permits. The caller waits for the response for at most `max_wait`, then calls `take_response`.

        Args:
            recipients: How many.
            per_second: The rate, in recipients per second.
            left: Seconds until the caller's deadline; None without one.

        Returns:
            The request; None if Redis does not respond.
        """
        if self.is_lost:
            return None
        request = PermitRequest(recipients, per_second, left)
        seconds = self._take_released(request)
        if seconds is None:
            self._submit(request)
        else:
            request.response.set_result(time.monotonic() + seconds)
        return request

    def take_response(self, request: PermitRequest) -> float | None:
        """Return the response to a request for which the caller has waited.

        Returns:
            The seconds after which the permits count; infinite, and nothing is reserved, if that is more than the
            caller has; None if Redis did not respond.

        Raises:
            ConfigurationError: Redis has refused this process from the start.
        """
        if not request.response.done():
            self.abandon(request)
            if request.max_wait < TIMEOUT:
                return math.inf
            self._mark_lost("TimeoutError")
            return None
        try:
            return max(request.response.result() - time.monotonic(), 0.0)
        except _LostError:
            return None

    def abandon(self, request: PermitRequest) -> None:
        """Stop waiting for a response. If it arrives later, another send gets the reservation."""
        request.response.add_done_callback(lambda _: self._release_late(request))

    def release(self, recipients: int, seconds: float) -> None:
        """Let another send of this process have a reservation that its own send no longer needs."""
        with LOCK:
            self._released.append((time.monotonic() + seconds, recipients))

    def give_back(self, recipients: int, per_second: float) -> None:
        """Return permits that turned out not to count; does not wait for Redis."""
        if not self.is_lost:
            self._submit(PermitRequest(-recipients, per_second))

    def _take_released(self, request: PermitRequest) -> float | None:
        """Return the seconds until a released reservation counts; None if there is none that fits the request."""
        now = time.monotonic()
        latest = math.inf if request.left is None else now + request.left
        with LOCK:
            self._notice_fork()
            earliest = now - _catch_up(request.recipients, request.per_second)
            self._released = [released for released in self._released if released[0] >= earliest]
            for released in self._released:
                at, size = released
                if size >= request.recipients and at <= latest:
                    self._released.remove(released)
                    return max(at - now, 0.0)
            return None

    def _release_late(self, request: PermitRequest) -> None:
        if not request.response.exception() and request.response.result() < math.inf:
            self.release(request.recipients, request.response.result() - time.monotonic())

    # The exchange with Redis --------------------------------------------------------------------------

    def _submit(self, request: PermitRequest) -> None:
        """Add a request for the thread that makes them, and start a thread if none is running."""
        with LOCK:
            self._notice_fork()
            self._pending.put(request)
            now = time.monotonic()
            if now - self._exchange_began < _STUCK_AFTER:
                return
            self._exchange_began = now
        try:
            threading.Thread(target=self._make_requests, daemon=True).start()
        except RuntimeError:  # pragma: no cover -- there are no new threads when the interpreter ends
            self._make_requests(0)

    def _make_requests(self, idle: float = _IDLE) -> None:
        while batch := self._next_batch(idle):
            self._send_batch(batch)

    def _next_batch(self, seconds: float) -> Sequence[PermitRequest]:
        """Return the pending requests; an empty sequence if none is added for a number of seconds."""
        pending = self._pending
        while True:
            try:
                batch = [pending.get(timeout=seconds)]
                break
            except Empty:
                with LOCK:
                    if pending.empty():  # pragma: no branch -- else a request was added meanwhile
                        self._exchange_began = -math.inf
                        return ()
        with suppress(Empty):
            while len(batch) < _MAX_BATCH:
                batch.append(pending.get_nowait())
        self._exchange_began = time.monotonic()
        return batch

    def _send_batch(self, batch: Sequence[PermitRequest]) -> None:
        """Send requests to Redis in one exchange, and set their responses."""
        outcome = self._exchange(batch)
        now = self._exchange_began = time.monotonic()
        for number, request in enumerate(batch):
            if isinstance(outcome, Exception):
                request.response.set_exception(copy.copy(outcome))
            else:
                request.response.set_result(now + outcome[number])

    def _exchange(self, batch: Sequence[PermitRequest]) -> list[float] | Exception:
        """Return the seconds that each send has to wait, or the error for all if there is no response."""
        arguments = [argument for request in batch for argument in request.arguments]
        started = time.monotonic()
        try:
            *waits, total = cast("list[int]", self._script(keys=[self.name], args=arguments))
        except Exception as error:  # noqa: BLE001 -- whatever it is, mail goes on without Redis
            failure = type(error)
        else:
            seconds = [wait / _MICROSECONDS if wait >= 0 else math.inf for wait in waits]
            self._count(batch, seconds, total)
            if time.monotonic() - started > TIMEOUT:
                self._mark_lost("TimeoutError")
            else:
                self._mark_found()
            return seconds
        # Outside of the `except` block, as the frames of the error hold the password.
        if issubclass(failure, AuthenticationError | NoPermissionError) and not self._has_responded:
            return ConfigurationError(
                f"Redis refused the send rate ({failure.__name__}): correct the user and the password of its URL, or "
                "allow the user to run scripts on the keys of the rate"
            )
        self._mark_lost(failure.__name__)
        return _LostError()

    def _count(self, batch: Sequence[PermitRequest], seconds: Sequence[float], total: int) -> None:
        """Count what was reserved, for the share of this process in all reservations."""
        reserved = sum(request.recipients for request, wait in zip(batch, seconds, strict=True) if wait < math.inf)
        with LOCK:
            self._has_responded = True
            self._recent.count(reserved, total, max(request.per_second for request in batch), time.monotonic())

    def _mark_found(self) -> None:
        """Note that Redis responds; if it was lost, the rate is shared again."""
        with LOCK:
            was_lost, self._lost = self._lost, False
            if was_lost:
                self._found_at = time.monotonic()
        if was_lost:
            _log.warning("the send rate is shared over Redis again")

    def _mark_lost(self, error: str) -> None:
        """Note that Redis does not respond. The log does not show the text of the error, which can hold the URL."""
        with LOCK:
            is_first, self._lost = not self._lost, True
            if is_first:
                self._part_alone = self.share
            self._check_at = time.monotonic() + CHECK_EVERY
        if is_first:
            _log.warning("the send rate can't be shared over Redis (%s), which is checked every second", error)

    def _check(self) -> None:
        """Have the thread check whether Redis responds again, at most once a second. Does not wait."""
        now = time.monotonic()
        with LOCK:
            if now < self._check_at:
                return
            self._check_at = now + CHECK_EVERY
        self._submit(PermitRequest(0, 1.0))

    def _notice_fork(self) -> None:
        """Start afresh in a forked child, which has neither the threads of its parent nor its reservations."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._recent = RecentShare()
            self._part_alone = MIN_SHARE
            self._pending, self._released = SimpleQueue(), []
            self._exchange_began = -math.inf


def _catch_up(recipients: float, per_second: float) -> float:
    return catch_up(recipients, per_second, MAX_CATCH_UP - RESERVE_EARLY)


def _connect(url: str) -> Redis:
    # A connection that was idle can have been closed, so a lost one is tried again.
    retry = Retry(NoBackoff(), 1, supported_errors=(LostConnection,))
    try:
        # The older protocol, as it takes fewer round trips to begin with.
        client = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=retry, protocol=2
        )
        pool = client.connection_pool
        pool.connection_class(**pool.connection_kwargs)  # refuses unknown options of the URL; does not connect yet
    except (TypeError, ValueError, RedisError):
        # Not `from` the error, whose text can show a part of the password.
        raise ConfigurationError(
            "the URL of Redis can't be read: it must be redis://, rediss:// or unix://, with options that redis-py has"
        ) from None
    return client
