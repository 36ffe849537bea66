"""A client's credentials: kept while they are valid, and looked up once for all waiting callers (single flight)."""

import copy
import inspect
import logging
import math
import os
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, cast

from .._core.aio import current_loop, event, in_thread
from .._core.exceptions import ConfigurationError, CredentialsError
from .chain import Chain, describe
from .credentials import Credentials, CredentialsLike, RefreshableCredentials, freeze

AHEAD = 5 * 60.0
"""Seconds before their expiry at which credentials are loaded again. Those of botocore have their own times."""
RETRY_AFTER = 30.0
"""Seconds between two attempts to refresh credentials that are still valid."""
_CHECK_AFTER = 1.0
"""Seconds for which self-refreshing credentials are used unchecked, because the check is slow."""

_log = logging.getLogger("sesv2kit")


class _Kept:
    """Credentials in use."""

    __slots__ = ("check_at", "credentials", "expires_at", "refresher")

    def __init__(self, credentials: Credentials, check_at: float, expires_at: float, refresher: Any) -> None:
        self.credentials: Credentials = credentials
        self.check_at: float = check_at
        """When they have to be checked next, in epoch seconds; infinite for never."""
        self.expires_at: float = expires_at
        self.refresher: Any = refresher
        """The object of botocore that they are from, if it refreshes them; only it knows when they expire."""

    def valid_for(self, seconds: float) -> bool:
        """Return whether they are valid for a number of seconds from now."""
        if self.refresher is not None:
            return not self.refresher.refresh_needed(seconds)
        return time.time() + seconds < self.expires_at

    def postponed(self) -> "_Kept":
        """Return the same credentials, to be checked later; unchanged if they expire before that."""
        if not self.valid_for(RETRY_AFTER):
            return self
        return _Kept(self.credentials, time.time() + RETRY_AFTER, self.expires_at, self.refresher)

    @property
    def is_due(self) -> bool:
        """Whether they should be loaded again."""
        return bool(self.refresher.refresh_needed()) if self.refresher is not None else not self.valid_for(AHEAD)


class _Flight:
    """A running lookup, for which other callers wait."""

    __slots__ = ("done", "outcome", "owner")

    def __init__(self, owner: object, done: Any, outcome: Credentials | ConfigurationError | None = None) -> None:
        self.owner: object = owner
        """The process id or the event loop that it runs in; seen from any other one, it never ends."""
        self.done: Any = done
        """What others wait for: for threads a lock that the one holds which makes the lookup, for tasks an event."""
        self.outcome: Credentials | ConfigurationError | None = outcome
        """None if the lookup was cancelled or interrupted; one of the waiting callers then starts another."""

    def result(self) -> Credentials:
        """Return what was found, or raise a copy of the error, for this caller alone."""
        if isinstance(self.outcome, ConfigurationError):
            raise copy.copy(self.outcome) from self.outcome.__cause__
        return cast(Credentials, self.outcome)


class CredentialsSource:
    """A client's credentials: kept while they are valid, and looked up once for all waiting callers.

    Args:
        given: The `credentials` argument of the client.
        chain: Finds credentials if that is None.
    """

    def __init__(self, given: CredentialsLike | None, chain: Chain) -> None:
        self._chain = chain
        self._uses_chain = given is None
        self._lock = threading.RLock()
        self._kept: _Kept | None = None
        self._thread_flight: _Flight | None = None
        self._task_flight: _Flight | None = None
        self._set_up(given)

    def _set_up(self, given: Any) -> None:
        self._fetch: Callable[[], Any] = lambda: given
        self._is_fixed = False
        self._is_fetched_each_time = False
        self._is_callers_code = False
        if given is None:
            self._fetch = self._chain.load
        elif isinstance(given, RefreshableCredentials):
            self._is_fixed = _is_plain_of_botocore(given)
            self._is_fetched_each_time = not self._is_fixed
        elif callable(getattr(given, "load", None)):
            self._fetch, self._is_callers_code = given.load, True
        elif callable(given):
            self._fetch, self._is_callers_code, self._is_fetched_each_time = given, True, True
        else:
            self._is_fixed = True
        self._is_async = _is_async(self._fetch)

    def check(self) -> None:
        """Raise ConfigurationError if credentials that never change can't be used. Never blocks."""
        found = self._look_up() if self._is_fixed else None
        if isinstance(found, ConfigurationError):
            raise copy.copy(found)  # without the frames of the original, which have a secret

    def ready(self) -> Credentials | None:
        """Return what to sign with, if it is known and valid; None if it has to be loaded. Never blocks."""
        kept = self._kept
        if kept is None:
            return None
        if time.time() < kept.check_at:
            return kept.credentials
        if kept.refresher is None or kept.refresher.refresh_needed():
            return None
        # Another user of the same object may have refreshed it; reading it does not block now.
        try:
            credentials = freeze(kept.refresher)
        except Exception:  # noqa: BLE001 - `load` meets the same error, and reports it without secrets
            return None
        with self._lock:
            if self._kept is kept:  # pragma: no branch -- else another thread was faster
                self._kept = self._lasting(credentials, kept.refresher)
        return credentials

    def load(self) -> Credentials:
        """Return what to sign with now. May block; of several waiting threads, one does the work.

        Raises:
            ConfigurationError: There are none, or they can't be loaded.
        """
        # A process that was forked during a lookup has its `_Flight`, but not the thread that makes it.
        process = os.getpid()
        with self._lock:
            found = self.ready()
            if found is not None:
                return found
            flight = self._thread_flight
            if flight is None or flight.owner != process or flight.outcome is not None:
                flight = self._thread_flight = _Flight(process, threading.RLock())
        # Of the waiting threads, the next one makes the lookup if a signal handler has interrupted this one.
        with flight.done:
            if flight.outcome is None:
                self._postpone_check()
                flight.outcome = self._look_up()
                self._thread_flight = None
        return flight.result()

    async def aload(self) -> Credentials:
        """Return what to sign with now, see `load`; of several waiting tasks, one does the work.

        If that task is cancelled, another one takes over. Blocking code runs in a thread. The lookup of a
        cancelled task goes on in its thread, and `load` makes sure that it is not made twice.
        """
        loop = current_loop()
        while True:
            found = self.ready()
            if found is not None:
                return found
            flight = self._task_flight
            if flight is None or flight.owner is not loop:
                flight = self._task_flight = _Flight(loop, event())
                try:
                    flight.outcome = await self._alook_up()
                finally:
                    if self._task_flight is flight:  # pragma: no branch -- else another event loop has begun one
                        self._task_flight = None
                    flight.done.set()
            else:
                await flight.done.wait()
            if flight.outcome is not None:
                return flight.result()

    def reject(self, credentials: Credentials) -> bool:
        """Forget credentials that the service rejected as expired; return whether `load` may return others."""
        with self._lock:
            kept = self._kept
            if kept is None or _keys(kept.credentials) != _keys(credentials):
                return True
            in_environment = self._chain.from_environment() if self._uses_chain else None
            if self._is_fixed or (in_environment and _keys(in_environment) == _keys(credentials)):
                return False
            self._kept = None
            return True

    def _look_up(self) -> Credentials | ConfigurationError:
        # An error is returned, not raised, so that it does not carry the original, which may hold a secret.
        try:
            return self._keep(self._fetch())
        except Exception as error:  # noqa: BLE001 - whatever the caller's code or botocore raises
            failure = self._failure(error)
        return self._still_valid(failure)

    async def _alook_up(self) -> Credentials | ConfigurationError:
        try:
            if not self._is_async:
                return await in_thread(self.load)
            self._postpone_check()
            found = await self._fetch()
            if isinstance(found, RefreshableCredentials):
                return await in_thread(lambda: self._keep(found))
            return self._keep(found)
        except Exception as error:  # noqa: BLE001
            failure = self._failure(error)
        return self._still_valid(failure) if self._is_async else failure

    def _keep(self, found: Any) -> Credentials:
        credentials = freeze(found)
        self._kept = self._lasting(credentials, found)
        return credentials

    def _lasting(self, credentials: Credentials, found: Any) -> _Kept | None:
        """Return the credentials with the time for which they are used; None if they are fetched for every attempt."""
        now = time.time()
        refresher = found if hasattr(found, "refresh_needed") else None
        if refresher is None and credentials.expires_at is None:
            return None if self._is_fetched_each_time else _Kept(credentials, math.inf, math.inf, None)
        expires_at = credentials.expires_at.timestamp() if credentials.expires_at else math.inf
        check_at = expires_at - AHEAD if refresher is None else now + _CHECK_AFTER
        kept = _Kept(credentials, check_at, expires_at, refresher)
        return kept.postponed() if kept.is_due else kept

    def _postpone_check(self) -> None:
        """Let other callers use credentials that are still valid while they are loaded again, or if that fails."""
        with self._lock:
            if self._kept is not None:
                self._kept = self._kept.postponed()

    def _still_valid(self, failure: ConfigurationError) -> Credentials | ConfigurationError:
        kept = self._kept
        if kept is None or not kept.valid_for(0):
            return failure
        _log.warning("the AWS credentials can't be refreshed, the valid ones stay in use: %s", failure)
        return kept.credentials

    def _failure(self, error: Exception) -> ConfigurationError:
        """Return an error that says what went wrong, without a secret."""
        if isinstance(error, ConfigurationError):
            return error
        message = describe(error)
        failure = CredentialsError(f"the AWS credentials can't be resolved: {message or type(error).__name__}")
        if message is None and self._is_callers_code:
            failure.__cause__ = error
        return failure


def _keys(credentials: Credentials) -> tuple[str, str, str | None]:
    return credentials.access_key, credentials.secret_key, credentials.token


def _is_plain_of_botocore(credentials: object) -> bool:
    """Return whether the class of some credentials is botocore's `Credentials`, which never change, and no subclass."""
    module = sys.modules.get("botocore.credentials")  # it is loaded if there are such credentials
    return module is not None and type(credentials) is module.Credentials


def _is_async(function: Callable[[], Any]) -> bool:
    called: Any = getattr(function, "__call__", None)  # noqa: B004 - the method, of an object that is a function
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(called)
