"""A send rate that processes and machines share over Redis. Needs the extra `sesv2kit[redis]`."""

import copy
import json
import logging
import math
import os
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, Final, cast

import attrs

from .._core.exceptions import ConfigurationError
from ..models import SendQuota
from .account import CALL_EVERY, AccountKey
from .queue import LOCK, MAX_CATCH_UP, RESERVE_EARLY, catch_up, permits_for
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

_ACCOUNT_LOCK: Final = 10_000
"""Milliseconds that a process has to call GetAccount for all; then another one may, as the first can be gone."""
_ACCOUNT_SCRIPT: Final = """
-- What GetAccount said, for all processes; one of them calls it.
-- KEYS[1] is its last response, KEYS[2] is the lock of the process that calls it.
-- ARGV[1] is this process, ARGV[2] are the milliseconds for which it gets the lock.
-- Returns the response and the milliseconds for which it still counts; 1 if this process has the lock; or else 0.
local response = redis.call('GET', KEYS[1])
if response then
  return {response, redis.call('PTTL', KEYS[1])}
end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) or redis.call('GET', KEYS[2]) == ARGV[1] then
  return 1
end
return 0
"""

_log = logging.getLogger("sesv2kit")


class _LostError(Exception):
    """Redis did not respond."""


@attrs.frozen
class SharedAccount:
    """What GetAccount said to one process, for all that share the rate.

    Attributes:
        quota: The quotas.
        age: Seconds since the response.
    """

    quota: SendQuota
    age: float


@attrs.frozen(eq=False)
class Question:
    """A request for permits, and the response to it.

    Attributes:
        recipients: How many permits; a negative number gives some back.
        per_second: The rate.
        left: Seconds that the send has; None for any number.
        response: The monotonic time at which the permits count; infinite, and nothing is reserved, if that is too late.
    """

    recipients: int
    per_second: float
    left: float | None = None
    response: Future[float] = attrs.field(factory=Future[float])

    @property
    def patience(self) -> float:
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
    """The permits that processes share: Redis hands out one after the other, each with the time at which it counts.

    One thread makes the requests for all sends of the process, in their order. So what a send waits for is bounded,
    whatever takes long: looking up the name, connecting, or the script.

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
        self._account_script = client.register_script(_ACCOUNT_SCRIPT)
        self._token = uuid.uuid4().hex
        self._has_responded = False
        self._process = os.getpid()
        self._recent = RecentShare()
        self._part_alone = MIN_SHARE
        """The part of the rate that this process has without Redis: its share when Redis was lost."""
        self._lost = False
        self._check_at = -math.inf
        self._found_at = -math.inf
        self._pending: SimpleQueue[Question] = SimpleQueue()
        self._asking_since = -math.inf
        """When the thread began its latest exchange with Redis; infinitely long ago if there is no thread."""
        self._released: list[tuple[float, int]] = []
        """Reservations that nobody waits for any more: when they count, and how many recipients they are for."""

    @property
    def is_lost(self) -> bool:
        """Whether Redis does not respond. Reading it has Redis checked once in a while, in the background."""
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

    def ask(self, recipients: int, per_second: float, left: float | None = None) -> Question | None:
        """Request permits. The caller waits for the response, for as long as its patience says, and then concludes.

        Args:
            recipients: How many.
            per_second: The rate, in recipients per second.
            left: Seconds that the caller has; None for any number.

        Returns:
            The request; None if Redis does not respond.
        """
        if self.is_lost:
            return None
        question = Question(recipients, per_second, left)
        seconds = self._take_released(question)
        if seconds is None:
            self._submit(question)
        else:
            question.response.set_result(time.monotonic() + seconds)
        return question

    def conclude(self, question: Question) -> float | None:
        """Return the response to a request for which the caller has waited.

        Returns:
            The seconds after which the permits count; infinite, and nothing is reserved, if that is more than the
            caller has; None if Redis did not respond.

        Raises:
            ConfigurationError: Redis has refused this process from the start.
        """
        if not question.response.done():
            self.abandon(question)
            if question.patience < TIMEOUT:
                return math.inf
            self._lose("TimeoutError")
            return None
        try:
            return max(question.response.result() - time.monotonic(), 0.0)
        except _LostError:
            return None

    def abandon(self, question: Question) -> None:
        """Wait no more for a response. If it comes after all, the reservation is for another send."""
        question.response.add_done_callback(lambda _: self._release_late(question))

    def release(self, recipients: int, seconds: float) -> None:
        """Let another send of this process have a reservation that nobody waits for any more."""
        with LOCK:
            self._released.append((time.monotonic() + seconds, recipients))

    def give_back(self, recipients: int, per_second: float) -> None:
        """Return permits that turned out not to count; does not wait for Redis."""
        if not self.is_lost:
            self._submit(Question(-recipients, per_second))

    def _take_released(self, question: Question) -> float | None:
        """Return the seconds until a reservation that was released counts; None if none is of use."""
        now = time.monotonic()
        latest = math.inf if question.left is None else now + question.left
        with LOCK:
            self._notice_fork()
            earliest = now - _catch_up(question.recipients, question.per_second)
            self._released = [released for released in self._released if released[0] >= earliest]
            for released in self._released:
                at, size = released
                if size >= question.recipients and at <= latest:
                    self._released.remove(released)
                    return max(at - now, 0.0)
            return None

    def _release_late(self, question: Question) -> None:
        if not question.response.exception() and question.response.result() < math.inf:
            self.release(question.recipients, question.response.result() - time.monotonic())

    # The account --------------------------------------------------------------------------------------

    def find_account(self, key: AccountKey) -> Future[SharedAccount | bool]:
        """Request what GetAccount said to any process. The caller waits for the response, `TIMEOUT` at most.

        Returns:
            What it said; True if this process has to call it; False if another one does so now.
        """
        found: Future[SharedAccount | bool] = Future()
        _in_background(lambda: found.set_result(self._find_account(key)))
        return found

    def share_account(self, key: AccountKey, quota: SendQuota | None) -> None:
        """Share what GetAccount said; None if it refused this process, and another one may try. Does not wait."""
        if not self.is_lost:
            _in_background(lambda: self._share_account(key, quota))

    def _find_account(self, key: AccountKey) -> SharedAccount | bool:
        with suppress(Exception):  # whatever it is, this process calls GetAccount itself
            process = f"{self._token}:{os.getpid()}"
            found: Any = self._account_script(_account_names(self.name, key), (process, _ACCOUNT_LOCK))
            if isinstance(found, int):
                return bool(found)
            rate, allowed, sent = json.loads(found[0])
            quota = SendQuota(max_send_rate=rate, max24_hour_send=allowed, sent_last24_hours=sent)
            return SharedAccount(quota, CALL_EVERY - found[1] / 1000)
        return True

    def _share_account(self, key: AccountKey, quota: SendQuota | None) -> None:
        response, lock = _account_names(self.name, key)
        with suppress(Exception):  # then the other processes call GetAccount themselves
            if quota:
                said = json.dumps([quota.max_send_rate, quota.max24_hour_send, quota.sent_last24_hours])
                self._redis.set(response, said, px=int(CALL_EVERY * 1000))
            self._redis.delete(lock)

    # The exchange with Redis --------------------------------------------------------------------------

    def _submit(self, question: Question) -> None:
        """Have a request made, by the thread that runs already or by a new one."""
        with LOCK:
            self._notice_fork()
            self._pending.put(question)
            now = time.monotonic()
            if now - self._asking_since < _STUCK_AFTER:
                return
            self._asking_since = now
        try:
            threading.Thread(target=self._ask_all, daemon=True).start()
        except RuntimeError:  # pragma: no cover -- there are no new threads when the interpreter ends
            self._ask_all(0)

    def _ask_all(self, idle: float = _IDLE) -> None:
        while batch := self._next_batch(idle):
            self._ask(batch)

    def _next_batch(self, seconds: float) -> Sequence[Question]:
        """Return the requests that are pending; none if there are none for so many seconds."""
        pending = self._pending
        while True:
            try:
                batch = [pending.get(timeout=seconds)]
                break
            except Empty:
                with LOCK:
                    if pending.empty():  # pragma: no branch -- else a question came meanwhile
                        self._asking_since = -math.inf
                        return ()
        with suppress(Empty):
            while len(batch) < _MAX_BATCH:
                batch.append(pending.get_nowait())
        self._asking_since = time.monotonic()
        return batch

    def _ask(self, batch: Sequence[Question]) -> None:
        outcome = self._exchange(batch)
        now = self._asking_since = time.monotonic()
        for number, question in enumerate(batch):
            if isinstance(outcome, Exception):
                question.response.set_exception(copy.copy(outcome))
            else:
                question.response.set_result(now + outcome[number])

    def _exchange(self, batch: Sequence[Question]) -> list[float] | Exception:
        """Return the seconds to wait of each request, or why there is no response."""
        arguments = [argument for question in batch for argument in question.arguments]
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

    def _count(self, batch: Sequence[Question], seconds: Sequence[float], total: int) -> None:
        """Note a response, and what part of all reservations is this process's."""
        reserved = sum(question.recipients for question, wait in zip(batch, seconds, strict=True) if wait < math.inf)
        with LOCK:
            self._has_responded = True
            self._recent.count(reserved, total, max(question.per_second for question in batch), time.monotonic())

    def _find(self) -> None:
        """Share the rate over Redis again if it was lost."""
        with LOCK:
            was_lost, self._lost = self._lost, False
            if was_lost:
                self._found_at = time.monotonic()
        if was_lost:
            _log.warning("the send rate is shared over Redis again")

    def _lose(self, error: str) -> None:
        """Do without Redis for a while. The log does not have the error's own text, which can show the URL."""
        with LOCK:
            is_first, self._lost = not self._lost, True
            if is_first:
                self._part_alone = self.share
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
        self._submit(Question(0, 1.0))

    def _notice_fork(self) -> None:
        """A child does not have the threads of its parent, nor its reservations and its share."""
        if self._process != os.getpid():
            self._process = os.getpid()
            self._recent = RecentShare()
            self._part_alone = MIN_SHARE
            self._pending, self._released = SimpleQueue(), []
            self._asking_since = -math.inf


def _account_names(name: str, key: AccountKey) -> tuple[str, str]:
    """Return the keys of a response and of its lock; a cluster keeps them together because of the braces."""
    response = f"{name}:account:{{{key.digest}}}"
    return response, f"{response}:lock"


def _in_background(work: Callable[[], object]) -> None:
    try:
        threading.Thread(target=work, daemon=True).start()
    except RuntimeError:  # pragma: no cover -- there are no new threads when the interpreter ends
        work()


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
        raise ConfigurationError("the URL of Redis can't be read: redis://, rediss:// or unix://, a host ...") from None
    return client
