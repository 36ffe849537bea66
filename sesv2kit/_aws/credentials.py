"""Where credentials come from: arguments, the environment, and botocore's resolver behind a small door."""

import copy
import inspect
import logging
import math
import os
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Protocol, cast, runtime_checkable

import attrs

from .._core.aio import current_loop, event, in_thread
from .._core.exceptions import ConfigurationError, CredentialsError
from .._core.http import is_header_text
from .botocore import botocore

AHEAD = 5 * 60.0
"""Seconds before their end at which credentials are loaded anew. botocore's own have times of their own."""
RETRY_AFTER = 30.0
"""Seconds between two attempts to refresh credentials that are still valid."""
_LOOK_AFTER = 1.0
"""Seconds for which self-refreshing credentials are taken as they are, because asking them is slow."""

_log = logging.getLogger("sesv2kit")


@attrs.frozen(repr=False)
class Credentials:
    """Long-lived or temporary AWS credentials.

    Args:
        access_key: The access key id.
        secret_key: The secret access key; never shown.
        token: The session token of temporary credentials; never shown. Default: None.
        expires_at: When temporary credentials end, with a time zone. Default: None, they don't, or nobody knows.
    """

    access_key: str
    secret_key: str
    token: str | None = None
    expires_at: datetime | None = attrs.field(default=None, kw_only=True)

    def __repr__(self) -> str:
        until = f", expires_at={self.expires_at!r}" if self.expires_at else ""
        return f"Credentials(access_key={self.access_key!r}{until})"


@runtime_checkable
class RefreshableCredentials(Protocol):
    """Credentials of botocore or boto3, which refresh themselves."""

    def get_frozen_credentials(self) -> Any:
        """Return an object with `access_key`, `secret_key` and `token`."""
        ...


class CredentialsProvider(Protocol):
    """An object of yours that loads credentials, and may block while it does.

    What it returns is used until five minutes before `expires_at`, then `load` is asked again. Without
    `expires_at` it is used until the service says that it has expired. One call runs at a time. An async
    client calls it in a thread.
    """

    def load(self) -> Credentials:
        """Return credentials that are valid now; raise whatever you like if there are none."""
        ...


class AsyncCredentialsProvider(Protocol):
    """An object of yours that loads credentials without blocking; for async clients only.

    Used as a `CredentialsProvider` is. It runs in the task that needs the credentials first; if that is
    cancelled, another task that waits asks again.
    """

    async def load(self) -> Credentials:
        """Return credentials that are valid now; raise whatever you like if there are none."""
        ...


CredentialsLike = (
    Credentials
    | RefreshableCredentials
    | CredentialsProvider
    | AsyncCredentialsProvider
    | Callable[[], Credentials]
    | Callable[[], Awaitable[Credentials]]
)
"""What a client takes as `credentials`: static ones, botocore's, a provider, or a function that returns them."""

MfaPrompt = Callable[[str], str]
"""Is given a text that names the MFA device, and returns the code that it shows."""


def from_environment() -> Credentials | None:
    """Return the credentials of AWS_ACCESS_KEY_ID and its companions; None if they are not set."""
    access_key, secret_key = os.environ.get("AWS_ACCESS_KEY_ID"), os.environ.get("AWS_SECRET_ACCESS_KEY")
    if not access_key or not secret_key:
        return None
    token = os.environ.get("AWS_SESSION_TOKEN") or os.environ.get("AWS_SECURITY_TOKEN")
    end = os.environ.get("AWS_CREDENTIAL_EXPIRATION")
    try:
        expires_at = datetime.fromisoformat(end) if end else None
    except ValueError:
        raise CredentialsError(f"AWS_CREDENTIAL_EXPIRATION must be a time in ISO 8601, is {end!r}") from None
    return Credentials(access_key, secret_key, token or None, expires_at=expires_at)


def frozen(found: Any) -> Credentials:
    """Return what to sign with now; credentials that refresh themselves may ask a server for it.

    Raises:
        CredentialsError: It is not what a header can carry, or has ended. Never shows a secret.
    """
    current = found.get_frozen_credentials() if isinstance(found, RefreshableCredentials) else found
    if inspect.isawaitable(current):
        if inspect.iscoroutine(current):
            current.close()
        raise CredentialsError(
            "the AWS credentials come from an async function, which can't be waited for here: "
            "use AsyncSESv2Client, and pass the `async def` function or provider itself"
        )
    if not hasattr(current, "access_key") or not hasattr(current, "secret_key"):
        raise CredentialsError(f"AWS credentials have an access_key and a secret_key, {type(current).__name__} has not")
    credentials = Credentials(
        current.access_key,
        current.secret_key,
        getattr(current, "token", None),
        expires_at=getattr(current, "expires_at", None),
    )
    _check(credentials)
    return credentials


def _check(found: Credentials) -> None:
    if not found.access_key or not found.secret_key:
        raise CredentialsError("the AWS credentials lack an access key or a secret key")
    parts: tuple[Any, ...] = (found.access_key, found.secret_key, found.token or "")
    if not all(isinstance(part, str) for part in parts):
        raise CredentialsError("the AWS access key, secret key and session token must be texts")
    if not is_header_text(found.secret_key):
        raise CredentialsError("the AWS secret key has characters that no key has, such as a line end")
    if not is_header_text(found.access_key + (found.token or "")):
        raise CredentialsError("the AWS access key or session token has characters that a header can't carry")
    end: Any = found.expires_at
    if end is not None and (not isinstance(end, datetime) or end.tzinfo is None):
        raise CredentialsError("expires_at of the AWS credentials must be a datetime with a time zone")
    if end is not None and end.timestamp() <= time.time():
        raise CredentialsError(f"the AWS credentials have expired, at {end.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")


@attrs.frozen
class _Kept:
    """Credentials in use."""

    credentials: Credentials
    look_at: float
    """Until when they are used without a closer look, in epoch seconds."""
    expires_at: float
    refresher: Any
    """The botocore object that they come from, if it knows when they end; it does not tell the time itself."""

    def valid_for(self, seconds: float) -> bool:
        """Return whether they last so long."""
        if self.refresher is not None:
            return not self.refresher.refresh_needed(seconds)
        return time.time() + seconds < self.expires_at

    @property
    def is_due(self) -> bool:
        """Whether they should be loaded anew."""
        return bool(self.refresher.refresh_needed()) if self.refresher is not None else not self.valid_for(AHEAD)


@attrs.define(eq=False)
class _Flight:
    """A lookup under way, for which others wait."""

    owner: object
    """The process or event loop that it runs in; it never lands in another one."""
    done: Any
    outcome: Credentials | ConfigurationError | None = None
    """None if it was given up; then one of those who wait starts another one."""

    def result(self) -> Credentials:
        """Return what was found, or raise an error of the caller's own."""
        if isinstance(self.outcome, ConfigurationError):
            raise copy.copy(self.outcome) from self.outcome.__cause__
        return cast(Credentials, self.outcome)


class CredentialsSource:
    """A client's credentials: kept while they are valid, and looked up once however many ask.

    Args:
        given: What the caller passed, if anything.
        session: Makes, or returns, the botocore session to ask otherwise.
        environment: Whether the environment's keys count; they don't when a profile or session was named.
        own_session: Whether `session` was made by the client; a caller's own is asked as it stands.
        region: Returns the region for the calls that find credentials, such as that for a role.
        mfa_prompt: Asks for the code of an MFA device, for a profile whose role wants one.
    """

    def __init__(
        self,
        given: CredentialsLike | None,
        session: Callable[[], Any],
        *,
        environment: bool,
        own_session: bool = False,
        region: Callable[[], str | None] = lambda: None,
        mfa_prompt: MfaPrompt | None = None,
    ) -> None:
        self._session = session
        self._environment = environment and given is None
        self._own_session = own_session
        self._region = region
        self._mfa_prompt = mfa_prompt
        self._lock = threading.RLock()
        self._kept: _Kept | None = None
        self._thread_flight: _Flight | None = None
        self._task_flight: _Flight | None = None
        self._set_up(given)

    def _set_up(self, given: Any) -> None:
        self._fetch: Callable[[], Any] = lambda: given
        self._is_fixed = False
        self._is_asked_each_time = False
        self._is_the_callers_code = False
        if given is None:
            self._fetch = self._from_chain
        elif isinstance(given, RefreshableCredentials):
            self._is_fixed = type(given) is botocore("credentials").Credentials
            self._is_asked_each_time = not self._is_fixed
        elif callable(getattr(given, "load", None)):
            self._fetch, self._is_the_callers_code = given.load, True
        elif callable(given):
            self._fetch, self._is_the_callers_code, self._is_asked_each_time = given, True, True
        else:
            self._is_fixed = True
        self._is_async = _is_async(self._fetch)
        if self._is_fixed:
            self._keep(given)

    def ready(self) -> Credentials | None:
        """Return what to sign with, if it is known and valid; None if it has to be loaded. Never blocks."""
        kept = self._kept
        if kept is None:
            return None
        if time.time() < kept.look_at:
            return kept.credentials
        if kept.refresher is None or kept.refresher.refresh_needed():
            return None
        # Somebody else who has the same object may have refreshed it; asking it does not block now.
        credentials = frozen(kept.refresher)
        with self._lock:
            if self._kept is kept:
                self._kept = self._lasting(credentials, kept.refresher)
        return credentials

    def load(self) -> Credentials:
        """Return what to sign with now. May block; of the threads that ask at once, one does the work.

        Raises:
            ConfigurationError: There are none, or they can't be loaded.
        """
        # A process that was forked while a thread looked credentials up has that thread's flight, not the thread.
        process = os.getpid()
        while True:
            with self._lock:
                found = self.ready()
                if found is not None:
                    return found
                flight = self._thread_flight
                leads = flight is None or flight.owner != process
                if flight is None or leads:
                    flight = self._thread_flight = _Flight(process, threading.Event())
                    self._let_others_pass()
            if leads:
                try:
                    flight.outcome = self._look_up()
                finally:
                    self._thread_flight = None
                    flight.done.set()
            else:
                flight.done.wait()
            if flight.outcome is not None:
                return flight.result()

    async def aload(self) -> Credentials:
        """Return what to sign with now, see `load`; of the tasks that ask at once, one does the work.

        If that one is cancelled, another takes over. What blocks runs in a thread, and `load` sees to it that
        the lookup of a cancelled task, which goes on in its thread, is not made twice.
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
                    if self._task_flight is flight:
                        self._task_flight = None
                    flight.done.set()
            else:
                await flight.done.wait()
            if flight.outcome is not None:
                return flight.result()

    def reject(self, credentials: Credentials) -> bool:
        """Forget credentials that the service calls expired; return whether `load` can bring others."""
        with self._lock:
            kept = self._kept
            if kept is None or _keys(kept.credentials) != _keys(credentials):
                return True
            in_environment = from_environment() if self._environment else None
            if self._is_fixed or (in_environment and _keys(in_environment) == _keys(credentials)):
                return False
            self._kept = None
            return True

    def _look_up(self) -> Credentials | ConfigurationError:
        # An error is returned, not raised, so that it does not carry the original, whose text may tell a secret.
        try:
            return self._keep(self._fetch())
        except Exception as error:  # noqa: BLE001 - whatever the caller's code or botocore raises
            failure = self._told(error)
        return self._still_valid(failure)

    async def _alook_up(self) -> Credentials | ConfigurationError:
        try:
            if not self._is_async:
                return await in_thread(self.load)
            self._let_others_pass()
            found = await self._fetch()
            if isinstance(found, RefreshableCredentials):
                return await in_thread(lambda: self._keep(found))
            return self._keep(found)
        except Exception as error:  # noqa: BLE001
            failure = self._told(error)
        return self._still_valid(failure) if self._is_async else failure

    def _keep(self, found: Any) -> Credentials:
        credentials = frozen(found)
        self._kept = self._lasting(credentials, found)
        return credentials

    def _lasting(self, credentials: Credentials, found: Any) -> _Kept | None:
        """Return how long credentials are used; None if they are asked for at every attempt."""
        now = time.time()
        refresher = found if hasattr(found, "refresh_needed") else None
        if refresher is None and credentials.expires_at is None:
            return None if self._is_asked_each_time else _Kept(credentials, math.inf, math.inf, None)
        expires_at = credentials.expires_at.timestamp() if credentials.expires_at else math.inf
        kept = _Kept(credentials, expires_at - AHEAD if refresher is None else now + _LOOK_AFTER, expires_at, refresher)
        return self._resting(kept) if kept.is_due else kept

    def _let_others_pass(self) -> None:
        """Let valid credentials be used while they are loaded anew, and for a while if that fails."""
        with self._lock:
            if self._kept is not None:
                self._kept = self._resting(self._kept)

    def _resting(self, kept: _Kept) -> _Kept:
        return attrs.evolve(kept, look_at=time.time() + RETRY_AFTER) if kept.valid_for(RETRY_AFTER) else kept

    def _still_valid(self, failure: ConfigurationError) -> Credentials | ConfigurationError:
        kept = self._kept
        if kept is None or not kept.valid_for(0):
            return failure
        _log.warning("the AWS credentials can't be refreshed, the valid ones stay in use: %s", failure)
        return kept.credentials

    def _told(self, error: Exception) -> ConfigurationError:
        """Return an error that tells what went wrong, and no secret."""
        if isinstance(error, ConfigurationError):
            return error
        told = _told_by_botocore(error)
        failure = CredentialsError(f"the AWS credentials can't be resolved: {told or type(error).__name__}")
        if told is None and self._is_the_callers_code:
            failure.__cause__ = error
        return failure

    def _from_chain(self) -> Any:
        found: Any = from_environment() if self._environment else None
        if found is None:
            session = self._session()
            found = self._resolver(session).load_credentials() if self._own_session else session.get_credentials()
        if found is None:
            raise CredentialsError(
                "no AWS credentials were found: pass credentials=, set AWS_ACCESS_KEY_ID and "
                "AWS_SECRET_ACCESS_KEY, or set up a profile"
            )
        return found

    def _resolver(self, session: Any) -> Any:
        """Return botocore's resolver without what it found before, and with the caller's MFA prompt.

        It is botocore's own, but for its provider of roles: that would ask at the terminal.
        """
        module = botocore("credentials")
        cache: dict[str, Any] = {}
        region = self._region()

        def make_client(service: str, **settings: Any) -> Any:
            return session.create_client(service, **({"region_name": region} | settings))

        resolver = module.create_credential_resolver(session, cache=cache, region_name=region)
        methods = [provider.METHOD for provider in resolver.providers]
        sources = [module.EnvProvider(), resolver.get_provider("container-role"), resolver.get_provider("iam-role")]
        resolver.providers[methods.index("assume-role")] = module.AssumeRoleProvider(
            load_config=lambda: session.full_config,
            client_creator=make_client,
            cache=cache,
            profile_name=session.get_config_variable("profile") or "default",
            prompter=self._ask_for_code,
            credential_sourcer=module.CanonicalNameCredentialSourcer(sources),
            profile_provider_builder=module.ProfileProviderBuilder(session, cache=cache, region_name=region),
        )
        return resolver

    def _ask_for_code(self, prompt: str) -> str:
        if self._mfa_prompt is None:
            raise CredentialsError(
                "the profile's role wants the code of an MFA device: pass mfa_prompt=, a function that is given a "
                "text to show and returns the code"
            )
        try:
            return str(self._mfa_prompt(prompt))
        except Exception as error:
            raise CredentialsError(f"mfa_prompt failed: {type(error).__name__}") from error


def _keys(credentials: Credentials) -> tuple[str, str, str | None]:
    return credentials.access_key, credentials.secret_key, credentials.token


def _is_async(function: Callable[[], Any]) -> bool:
    called: Any = getattr(function, "__call__", None)  # noqa: B004 - the method, of an object that is a function
    return inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(called)


# Errors of botocore that name settings and files. The others may quote what a program or server answered.
_TELLABLE = frozenset(
    {
        "ConfigNotFound",
        "ConfigParseError",
        "InfiniteLoopConfigError",
        "InvalidConfigError",
        "MissingDependencyException",
        "NoRegionError",
        "PartialCredentialsError",
        "ProfileNotFound",
        "RefreshWithMFAUnsupportedError",
        "SSOTokenLoadError",
        "UnauthorizedSSOTokenError",
        "UnknownCredentialError",
    }
)


def _told_by_botocore(error: Exception) -> str | None:
    """Return what an error of botocore says, without what may be a secret; None for an error of others."""
    exceptions = botocore("exceptions")
    name = type(error).__name__
    if isinstance(error, exceptions.ClientError):
        answer: Any = error
        told = answer.response.get("Error", {})
        # Further lines quote the request, session token included.
        message = str(told.get("Message", "")).partition("\n")[0]
        return f"{answer.operation_name}: {told.get('Code')}: {message}"
    if isinstance(error, RuntimeError) and str(error).endswith("refreshed credentials are still expired."):
        return "they had expired when they came"
    if not isinstance(error, exceptions.BotoCoreError):
        return None
    if name in _TELLABLE:
        return str(error)
    details: Any = error
    provider = details.kwargs.get("provider")
    if provider == "custom-process":
        return "credential_process failed; run the command of the profile by hand to see why"
    return f"{name} ({provider})" if provider else name
