"""A send rate that processes and machines share over Redis. Needs the extra `sesv2kit[redis]`."""

import copy
import logging
import math
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Final, cast

import attrs

from .._core.exceptions import ConfigurationError
from .queue import LOCK, catch_up, permits_for
from .share import RecentShare

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
_MAX_BATCH: Final = 100
"""How many requests one exchange with Redis is for."""
_MICROSECONDS: Final = 1_000_000

_SCRIPT: Final = """
-- The generic cell rate algorithm, for requests that are reserved one after the other.
-- KEYS[1] is a hash: `next`, when the next request may leave, and `seen`, when the key was last used, in microseconds
-- of this server's clock; `total`, how many recipients were reserved.
-- ARGV has four numbers for each request: its recipients; the microseconds until the next request; the microseconds
-- that it may make up for; and the most that it may have to wait, negative for any time.
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
  local start = math.max(next, now - ARGV[i + 2])
  local wait = math.max(start - now, 0)
  local max_wait = tonumber(ARGV[i + 3])
  if max_wait >= 0 and wait > max_wait then
    wait = -1
  else
    next = start + ARGV[i + 1]
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


@attrs.define(eq=False)
class _Request:
    """A request for permits, and the response to it: the seconds to wait, infinite if that would be too long."""

    recipients: int
    per_second: float
    max_wait: float | None = None
    response: "Future[float]" = attrs.field(factory=Future[float])

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments of the script."""
        size = max(abs(self.recipients), 1)
        distance = permits_for(size, self.per_second) / self.per_second * self.recipients / size
        max_wait = -1.0 if self.max_wait is None else self.max_wait
        times = (distance, catch_up(size, self.per_second), max_wait)
        return (str(self.recipients), *(f"{seconds * _MICROSECONDS:.3f}" for seconds in times))


class RedisLimiter:
    """The permits that processes share: Redis hands out one after the other, each with the time at which it counts.

    One thread at a time exchanges all that the process asks for with Redis, in its order. So what a send waits for is
    bounded, whatever part of the exchange takes long: looking up the name, connecting, or the script.

    Args:
        redis: The server's URL, or a client of it.
        name: The key in Redis.
    """

    def __init__(self, redis: object, name: object) -> None:
        client = _connect(redis) if isinstance(redis, str) else redis
        if not isinstance(client, Redis):
            raise ConfigurationError("redis must be a URL or a redis.Redis client")
        if not isinstance(name, str) or not name or not name.isprintable():
            raise ConfigurationError("the name of a rate in Redis must be text, of at least 1 printable character")
        self.name = name
        self._redis = client
        self._script = client.register_script(_SCRIPT)
        self._has_responded = False
        self._process = os.getpid()
        self._recent = RecentShare()
        self._lost = False
        self._check_at = -math.inf
        self._pending: list[_Request] = []
        self._exchanging_since = -math.inf
        """When the exchange that is under way began; infinitely long ago if there is none."""
        self._released: list[tuple[float, int]] = []
        """Reservations that nobody waits for any more: when they count, and how many recipients they are for."""

    @property
    def is_lost(self) -> bool:
        """Whether Redis does not respond. Reading it has Redis checked once in a while, in the background."""
        if self._lost:
            self._check()
        return self._lost

    @property
    def share(self) -> float:
        """The part of the rate that this process used recently; at least a tenth if it used nothing."""
        with LOCK:
            self._notice_fork()
            return self._recent.value

    def reserve(self, recipients: int, per_second: float, left: float | None = None) -> float | None:
        """Reserve permits; may block for `TIMEOUT`.

        Args:
            recipients: How many.
            per_second: The rate, in recipients per second.
            left: Seconds that the caller has; None for any number.

        Returns:
            The seconds after which they count; infinite, and nothing is reserved, if that is more than the caller has;
            None if Redis does not respond.

        Raises:
            ConfigurationError: Redis has never let this process in.
        """
        if self.is_lost:
            return None
        seconds = self._take_released(recipients, per_second, left)
        if seconds is not None:
            return seconds
        request = _Request(recipients, per_second, left)
        self._submit(request)
        has_less = left is not None and left < TIMEOUT
        try:
            return request.response.result(left if has_less else TIMEOUT)
        except TimeoutError:
            # If the response comes after all, the reservation is for another send.
            request.response.add_done_callback(lambda late: self._release_late(late, recipients))
            if has_less:
                return math.inf
            self._lose("TimeoutError")
            return None
        except _LostError:
            return None

    def release(self, recipients: int, seconds: float) -> None:
        """Let another send of this process have a reservation that nobody waits for any more."""
        with LOCK:
            self._released.append((time.monotonic() + seconds, recipients))

    def give_back(self, recipients: int, per_second: float) -> None:
        """Return permits that turned out not to count; does not wait for Redis."""
        if not self.is_lost:
            self._submit(_Request(-recipients, per_second))

    def _take_released(self, recipients: int, per_second: float, left: float | None) -> float | None:
        """Return the seconds until a reservation that was released counts; None if none is of use."""
        now = time.monotonic()
        latest = math.inf if left is None else now + left
        with LOCK:
            self._notice_fork()
            earliest = now - catch_up(recipients, per_second)
            self._released = [released for released in self._released if released[0] >= earliest]
            for released in self._released:
                at, size = released
                if size >= recipients and at <= latest:
                    self._released.remove(released)
                    return max(at - now, 0.0)
            return None

    def _release_late(self, late: "Future[float]", recipients: int) -> None:
        if not late.exception() and late.result() < math.inf:
            self.release(recipients, late.result())

    # The exchange with Redis --------------------------------------------------------------------------

    def _submit(self, request: _Request) -> None:
        """Have a request exchanged with Redis, by the thread that does so already or by a new one."""
        with LOCK:
            self._notice_fork()
            self._pending.append(request)
            now = time.monotonic()
            if now - self._exchanging_since < _STUCK_AFTER:
                return
            self._exchanging_since = now
        try:
            threading.Thread(target=self._exchange_all, daemon=True).start()
        except RuntimeError:  # there are no new threads when the interpreter ends
            self._exchange_all()

    def _exchange_all(self) -> None:
        while True:
            with LOCK:
                batch, self._pending = self._pending[:_MAX_BATCH], self._pending[_MAX_BATCH:]
                self._exchanging_since = time.monotonic() if batch else -math.inf
            if not batch:
                return
            outcome = self._exchange(batch)
            for number, request in enumerate(batch):
                if isinstance(outcome, Exception):
                    request.response.set_exception(copy.copy(outcome))
                else:
                    request.response.set_result(outcome[number])

    def _exchange(self, batch: Sequence[_Request]) -> list[float] | Exception:
        """Return the seconds to wait of each request, or why there is no response."""
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
                self._lose("TimeoutError")
            else:
                self._find()
            return seconds
        # Out of the `except` block, as the traceback of the error shows what it connected with.
        if issubclass(failure, AuthenticationError | NoPermissionError) and not self._has_responded:
            return ConfigurationError(
                "Redis refused the send rate: is the user, the password, or what the user may do, wrong? "
                f"({failure.__name__})"
            )
        self._lose(failure.__name__)
        return _LostError()

    def _count(self, batch: Sequence[_Request], seconds: Sequence[float], total: int) -> None:
        """Note a response, and what part of all reservations is this process's."""
        reserved = sum(request.recipients for request, wait in zip(batch, seconds, strict=True) if wait < math.inf)
        with LOCK:
            self._has_responded = True
            self._recent.count(reserved, total, max(request.per_second for request in batch), time.monotonic())

    def _find(self) -> None:
        """Share the rate over Redis again if it was lost."""
        with LOCK:
            was_lost, self._lost = self._lost, False
        if was_lost:
            _log.warning("the send rate is shared over Redis again")

    def _lose(self, error: str) -> None:
        """Do without Redis for a while. The log does not have the error's own text, which can show the URL."""
        with LOCK:
            is_first, self._lost = not self._lost, True
            self._check_at = time.monotonic() + CHECK_EVERY
        if is_first:
            _log.warning("the send rate can't be shared over Redis (%s), which is checked every second", error)

    def _check(self) -> None:
        """Check whether Redis responds again, once in a while, and wait for nothing."""
        now = time.monotonic()
        with LOCK:
            if now < self._check_at:
                return
            self._check_at = now + CHECK_EVERY
        self._submit(_Request(0, 1.0))

    def _notice_fork(self) -> None:
        """A child does not have the threads of its parent, nor its reservations and its share."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._recent = RecentShare()
            self._pending, self._released = [], []
            self._exchanging_since = -math.inf


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
        raise ConfigurationError("the URL of Redis can't be read: redis://, rediss:// or unix://, a host ...") from None
    return client
