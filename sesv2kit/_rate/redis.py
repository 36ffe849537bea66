"""A send rate that processes and machines share over Redis. Needs the extra `sesv2kit[redis]`."""

import logging
import math
import threading
import time
from concurrent.futures import Future
from typing import Final, cast

from .._core.exceptions import ConfigurationError
from .limiter import LOCK

try:
    from pyrate_limiter import GCRA, Rate, RateItem, RedisStateStore, StateBucket
    from redis import AuthenticationError, Redis, RedisError
    from redis import ConnectionError as LostConnection
    from redis.backoff import NoBackoff
    from redis.exceptions import NoPermissionError
    from redis.retry import Retry
except ModuleNotFoundError as _missing:
    raise ConfigurationError('a send rate over Redis needs an extra: pip install "sesv2kit[redis]"') from _missing

TIMEOUT: Final = 1.0
"""Seconds that Redis has for all that a send asks of it, connecting included."""
LEFT_ALONE: Final = 5.0
"""Seconds for which Redis is not asked after it failed."""
_AHEAD: Final = 0.1
"""Seconds' worth of places that may be taken early, so that none is lost to those who come a little late."""
_INTERVAL: Final = 1_000_000
"""The milliseconds that a rate is counted in: many, so that fractions of recipients per second count."""

_log = logging.getLogger("sesv2kit")


class RedisGate:
    """Where all processes take places: the arrival time of one more recipient, kept in Redis by a Lua script.

    While Redis does not answer, the gate stands open, and each process keeps to the whole rate by itself.

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
        self._store = RedisStateStore(self._redis, name)
        self._has_answered = False
        self._asks_from = 0.0

    def take(self, recipients: int, rate: float, left: float | None = None) -> float:
        """Take places at a rate per second.

        Args:
            recipients: How many.
            rate: Recipients per second.
            left: Seconds that the caller has; None for any number.

        Returns:
            0 if they were free, else the seconds after which to ask again; infinite if they were not enough.

        Raises:
            ConfigurationError: Redis has never let this process in.
        """
        if time.monotonic() < self._asks_from:
            return 0.0
        answer: Future[float] = Future()
        # Only a thread of its own bounds all together: looking up the name, connecting, and each of the round trips.
        asking = threading.Thread(target=self._answer, args=(answer, recipients, rate), daemon=True)
        try:
            asking.start()
        except RuntimeError:  # there are no new threads when the interpreter ends
            self._answer(answer, recipients, rate)
        has_less = left is not None and left < TIMEOUT
        try:
            return answer.result(left if has_less else TIMEOUT)
        except TimeoutError:
            if has_less:
                return math.inf
            self._fail("TimeoutError")
            return 0.0

    def _answer(self, answer: "Future[float]", recipients: int, rate: float) -> None:
        """Ask Redis, and say what came of it, also if nobody waits for it any more."""
        try:
            answer.set_result(self._ask(recipients, rate))
        except BaseException as error:  # noqa: BLE001 -- it is raised where the answer is waited for
            answer.set_exception(error)

    def _ask(self, recipients: int, rate: float) -> float:
        started = time.monotonic()
        try:
            # The server's clock: those of the machines differ.
            seconds, microseconds = self._redis.time()  # pyright: ignore[reportUnknownMemberType]
            now = int(seconds) * 1000 + int(microseconds) // 1000
            bucket = StateBucket([_limit(rate, recipients)], GCRA(), self._store)
            item = RateItem(self.name, now, recipients)
            seconds_to_wait = 0.0 if bucket.put(item) else cast(int, bucket.waiting(item)) / 1000
        except RedisError as error:
            if isinstance(error, AuthenticationError | NoPermissionError) and not self._has_answered:
                told = "Redis refused the send rate: is the user, the password, or what the user may do, wrong?"
                raise ConfigurationError(f"{told} ({type(error).__name__})") from None
            self._fail(type(error).__name__)
            return 0.0
        self._has_answered = True
        if time.monotonic() - started > TIMEOUT:
            self._fail("TimeoutError")
        return seconds_to_wait

    def _fail(self, error: str) -> None:
        """Leave Redis alone for a while. The error's own text is not told: it can name what stands in the URL."""
        now = time.monotonic()
        with LOCK:
            is_first, self._asks_from = now >= self._asks_from, now + LEFT_ALONE
        if is_first:
            _log.warning(
                "the send rate can't be shared over Redis (%s): this process keeps to the whole rate by itself, "
                "and asks again in %g seconds",
                error,
                LEFT_ALONE,
            )


def _limit(per_second: float, recipients: int) -> Rate:
    """Return the limit for a send: its first place has to be free, the others may come up after it has left."""
    most = max(round(per_second * _INTERVAL / 1000), 1)
    return Rate(most, _INTERVAL, burst=recipients + int(per_second * _AHEAD))


def _connect(url: str) -> Redis:
    # A connection that was idle can have been closed, so a lost one is no reason to give up.
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
