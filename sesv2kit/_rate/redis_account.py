"""The sending quotas of an account, shared over Redis: one process calls GetAccount, and all use its response."""

import json
import os
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import attrs

from ..models import SendQuota
from .account import CALL_EVERY, AccountKey

if TYPE_CHECKING:
    from redis import Redis  # `redis.py` reports it if the extra is missing

_LOCK: Final = 10_000
"""Milliseconds for which one process may call GetAccount for all; then another one may, as the first can have ended."""
_SCRIPT: Final = """
-- The response of GetAccount for all processes; one of them calls it.
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


@attrs.frozen
class SharedAccount:
    """The response of GetAccount to one process, for all that share the rate.

    Attributes:
        quota: The quotas.
        age: Seconds since the response.
    """

    quota: SendQuota
    age: float


class SharedAccounts:
    """The responses of GetAccount in Redis, by account. Nothing here waits for Redis: threads make the requests.

    Args:
        redis: The client.
        name: The key of the rate; the keys of the responses begin with it.
    """

    def __init__(self, redis: "Redis", name: str) -> None:
        self._redis = redis
        self._script = redis.register_script(_SCRIPT)
        self._name = name
        self._token = uuid.uuid4().hex

    def find(self, key: AccountKey) -> Future[SharedAccount | bool]:
        """Look up the response of GetAccount to any process. The caller waits for a bounded time.

        Returns:
            The response; True if this process has to call GetAccount; False if another one is calling it.
        """
        found: Future[SharedAccount | bool] = Future()
        _in_background(lambda: found.set_result(self._find(key)))
        return found

    def share(self, key: AccountKey, quota: SendQuota | None) -> None:
        """Share the response of GetAccount; None if it refused this process, so that another one may call it."""
        _in_background(lambda: self._share(key, quota))

    def _find(self, key: AccountKey) -> SharedAccount | bool:
        with suppress(Exception):  # after any error, this process calls GetAccount itself
            process = f"{self._token}:{os.getpid()}"
            found: Any = self._script(self._keys(key), (process, _LOCK))
            if isinstance(found, int):
                return bool(found)
            rate, allowed, sent = json.loads(found[0])
            quota = SendQuota(max_send_rate=rate, max24_hour_send=allowed, sent_last24_hours=sent)
            return SharedAccount(quota, CALL_EVERY - found[1] / 1000)
        return True

    def _share(self, key: AccountKey, quota: SendQuota | None) -> None:
        response, lock = self._keys(key)
        with suppress(Exception):  # then the other processes call GetAccount themselves
            if quota:
                text = json.dumps([quota.max_send_rate, quota.max24_hour_send, quota.sent_last24_hours])
                self._redis.set(response, text, px=int(CALL_EVERY * 1000))
            self._redis.delete(lock)

    def _keys(self, key: AccountKey) -> tuple[str, str]:
        """Return the keys of a response and its lock. The braces are a hash tag: a cluster keeps both on one node."""
        response = f"{self._name}:account:{{{key.digest}}}"
        return response, f"{response}:lock"


def _in_background(work: Callable[[], object]) -> None:
    try:
        threading.Thread(target=work, daemon=True).start()
    except RuntimeError:  # pragma: no cover -- there are no new threads when the interpreter ends
        work()
