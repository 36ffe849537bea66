"""A send rate that processes and machines share over Redis. Needs the extra `sesv2kit[redis]`."""

import logging
import threading
import time
from typing import Final, cast

from ._exceptions import ConfigurationError

try:
    from pyrate_limiter import GCRA, Rate, RateItem, RedisStateStore, StateBucket
    from redis import ConnectionError as LostConnection
    from redis import Redis, RedisError
    from redis.backoff import NoBackoff
    from redis.retry import Retry
except ModuleNotFoundError as _missing:
    raise ConfigurationError('a send rate over Redis needs an extra: pip install "sesv2kit[redis]"') from _missing

TIMEOUT: Final = 1.0
"""Seconds that Redis has to connect, and to answer."""
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

    def __init__(self, redis: object, name: str) -> None:
        client = _connect(redis) if isinstance(redis, str) else redis
        if not isinstance(client, Redis):
            raise ConfigurationError("redis must be a URL or a redis.Redis client")
        self.name = name
        self._redis = client
        self._store = RedisStateStore(self._redis, name)
        self._asks_from = 0.0
        self._lock = threading.Lock()

    def take(self, recipients: int, rate: float) -> float:
        """Take places at a rate per second. Returns 0 if they were free, else the seconds after which to ask again."""
        if time.monotonic() < self._asks_from:
            return 0.0
        try:
            # The server's clock: those of the machines differ.
            seconds, microseconds = self._redis.time()  # pyright: ignore[reportUnknownMemberType]
            now = int(seconds) * 1000 + int(microseconds) // 1000
            bucket = StateBucket([_limit(rate, recipients)], GCRA(), self._store)
            item = RateItem(self.name, now, recipients)
            return 0.0 if bucket.put(item) else cast(int, bucket.waiting(item)) / 1000
        except RedisError as error:
            self._fail(error)
            return 0.0

    def _fail(self, error: RedisError) -> None:
        with self._lock:
            first = time.monotonic() >= self._asks_from
            self._asks_from = time.monotonic() + LEFT_ALONE
        if first:
            # The error's own text can name what stands in the URL.
            _log.warning(
                "the send rate can't be shared over Redis (%s): this process keeps to the whole rate by itself, "
                "and asks again in %g seconds",
                type(error).__name__,
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
        client = Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
            url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=retry
        )
        pool = client.connection_pool
        pool.connection_class(**pool.connection_kwargs)  # refuses unknown options of the URL; does not connect yet
    except (TypeError, ValueError):
        # Not `from` the error, whose text can show a part of the password.
        raise ConfigurationError("the URL of Redis can't be read: redis://, rediss:// or unix://, a host ...") from None
    return client
