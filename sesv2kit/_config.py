"""Settings: arguments over environment over profile over defaults, resolved on first use."""

import os
import platform
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

import attrs
import httpx

from ._botocore import botocore
from ._credentials import CredentialsLike, CredentialsSource
from ._endpoint import resolve_endpoint
from ._exceptions import ConfigurationError
from ._version import __version__

RetryMode = Literal["standard", "off"]
Timeout = float | httpx.Timeout | None

DEFAULT_TIMEOUT = httpx.Timeout(30.0, connect=5.0)
DEFAULT_MAX_ATTEMPTS = 3
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False, "": False}


@attrs.frozen(kw_only=True)
class Arguments:
    """What the caller of a client's constructor gave."""

    region: str | None
    profile: str | None
    credentials: CredentialsLike | None
    session: Any
    endpoint_url: str | None
    use_fips: bool | None
    use_dualstack: bool | None
    retry_mode: RetryMode | None
    max_attempts: int | None
    timeout: Timeout
    check_limits: bool
    user_agent_suffix: str | None

    def __attrs_post_init__(self) -> None:
        if self.session is not None and (self.profile is not None or self.credentials is not None):
            raise ConfigurationError("session= brings its own profile and credentials; pass one or the other")
        if self.retry_mode not in (None, "standard", "off"):
            raise ConfigurationError(f"retry_mode must be 'standard' or 'off', is {self.retry_mode!r}")
        if self.max_attempts is not None and self.max_attempts < 1:
            raise ConfigurationError(f"max_attempts must be at least 1, is {self.max_attempts}")


@attrs.frozen(kw_only=True)
class Target:
    """Where a call goes and how: everything that had to be looked up."""

    url: str
    host: str
    """The Host header."""
    region: str
    user_agent: str
    retry_mode: RetryMode
    max_attempts: int
    timeout: Timeout


class Config:
    """The resolved settings of a client. Each is looked up once, when it is first needed."""

    def __init__(self, arguments: Arguments) -> None:
        self._given = arguments
        self.check_limits = arguments.check_limits
        self._targets: dict[str | None, Target] = {}

    def target(self, endpoint_id: str | None) -> Target | None:
        """Return what `find_target` found before; None if it was not asked yet. Never blocks."""
        return self._targets.get(endpoint_id)

    def find_target(self, endpoint_id: str | None) -> Target:
        """Look up where calls go. Reads files, so it may block.

        Raises:
            ConfigurationError: The settings don't fit together.
        """
        endpoint = resolve_endpoint(
            self.region,
            endpoint_url=self.endpoint_url,
            use_fips=self.use_fips,
            use_dualstack=self.use_dualstack,
            endpoint_id=endpoint_id,
        )
        if endpoint.signing != "sigv4" or self.region is None:
            raise ConfigurationError(f"a multi-region endpoint asks for {endpoint.signing}, which is not supported yet")
        self._targets[endpoint_id] = target = Target(
            url=endpoint.url,
            host=httpx.URL(endpoint.url).netloc.decode("ascii"),
            region=self.region,
            user_agent=self.user_agent,
            retry_mode=self.retry_mode,
            max_attempts=self.max_attempts,
            timeout=self._given.timeout,
        )
        return target

    @cached_property
    def region(self) -> str | None:
        """The AWS region; None if nothing names one."""
        session = self._given.session
        if self._given.region is None and session is not None:
            named = getattr(session, "region_name", None) or (
                session.get_config_variable("region") if hasattr(session, "get_config_variable") else None
            )
            if named:
                return cast(str, named)
        return self._text(self._given.region, ("AWS_REGION", "AWS_DEFAULT_REGION"), "region")

    @cached_property
    def endpoint_url(self) -> str | None:
        """The URL that replaces the service's own; None for the service's own."""
        url = self._text(self._given.endpoint_url, ("AWS_ENDPOINT_URL_SESV2", "AWS_ENDPOINT_URL"), "endpoint_url")
        return None if url is None else _normal_url(url)

    @cached_property
    def use_fips(self) -> bool:
        """Whether to call the FIPS endpoint."""
        return self._boolean(self._given.use_fips, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")

    @cached_property
    def use_dualstack(self) -> bool:
        """Whether to call the endpoint that also speaks IPv6."""
        return self._boolean(self._given.use_dualstack, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")

    @cached_property
    def retry_mode(self) -> RetryMode:
        """How failed attempts are repeated. `legacy` and `adaptive`, botocore's other modes, mean `standard`."""
        mode = self._text(self._given.retry_mode, ("AWS_RETRY_MODE",), "retry_mode") or "standard"
        if mode not in ("standard", "legacy", "adaptive", "off"):
            raise ConfigurationError(f"the retry mode must be standard or off, is {mode!r}")
        return "off" if mode == "off" else "standard"

    @cached_property
    def max_attempts(self) -> int:
        """How many requests a call makes at most."""
        given = None if self._given.max_attempts is None else str(self._given.max_attempts)
        text = self._text(given, ("AWS_MAX_ATTEMPTS",), "max_attempts")
        if text is None:
            return DEFAULT_MAX_ATTEMPTS
        if not text.isdecimal() or int(text) < 1:
            raise ConfigurationError(f"the number of attempts must be a whole number of at least 1, is {text!r}")
        return int(text)

    @cached_property
    def user_agent(self) -> str:
        """The User-Agent header."""
        parts = [
            f"sesv2kit/{__version__}",
            f"os/{platform.system().lower() or 'other'}",
            f"lang/python#{platform.python_version()}",
            f"cfg/retry-mode#{self.retry_mode}",
        ]
        suffix = self._given.user_agent_suffix
        if suffix and not (suffix.isascii() and suffix.isprintable()):
            raise ConfigurationError("user_agent_suffix must be printable ASCII")
        return " ".join([*parts, suffix] if suffix else parts)

    @cached_property
    def credentials(self) -> CredentialsSource:
        """Where the credentials to sign with come from."""
        named = self._given.session is not None or self._given.profile is not None
        return CredentialsSource(self._given.credentials, lambda: self._session, environment=not named)

    @cached_property
    def _session(self) -> Any:
        """The botocore session, or the boto3 session that the caller gave."""
        if self._given.session is not None:
            return self._given.session
        return botocore("session").Session(profile=self._given.profile)

    @cached_property
    def _profile(self) -> Mapping[str, Any]:
        """The profile's keys; empty without a profile, so that botocore is not loaded for nothing."""
        given = self._given
        if given.session is not None:
            read: Callable[[], Mapping[str, Any]] = getattr(given.session, "get_scoped_config", dict)
            return read()
        if given.profile is None and "AWS_PROFILE" not in os.environ and not _config_file().exists():
            return {}
        try:
            return cast("Mapping[str, Any]", self._session.get_scoped_config())
        except botocore("exceptions").BotoCoreError as error:
            raise ConfigurationError(f"the AWS profile can't be read: {error}") from error

    def _text(self, argument: str | None, variables: tuple[str, ...], key: str) -> str | None:
        if argument is not None:
            return argument
        for variable in variables:
            if os.environ.get(variable):
                return os.environ[variable]
        value = self._profile.get(key)
        return str(value) if value is not None else None

    def _boolean(self, argument: bool | None, variable: str, key: str) -> bool:
        if argument is not None:
            return argument
        text = self._text(None, (variable,), key) or ""
        if text.lower() not in _BOOLEANS:
            raise ConfigurationError(f"{variable} must be true or false, is {text!r}")
        return _BOOLEANS[text.lower()]


def _config_file() -> Path:
    return Path(os.environ.get("AWS_CONFIG_FILE") or "~/.aws/config").expanduser()


def _normal_url(url: str) -> str:
    """Return a URL as it travels, so that the signed one is the sent one: percent-encoded, the host in ASCII."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ConfigurationError(f"the endpoint URL can't be read: {error}") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo or parsed.query or parsed.fragment:
        raise ConfigurationError("the endpoint URL must be http(s)://host[:port][/path], without user or query")
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise ConfigurationError(f"the endpoint URL's port must be 1 to 65535, is {parsed.port}")
    return str(parsed)
