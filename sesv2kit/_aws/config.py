"""Settings: arguments over environment over profile over defaults, resolved on first use."""

import math
import os
import platform
import re
import socket
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final, cast
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import attrs

from .._core.exceptions import ConfigurationError
from .._core.http import is_header_text
from .._core.model import is_mapping
from .._core.settings import RetryMode
from .._core.timeout import DEFAULT_TIMEOUT, Phases, Timeout, is_seconds, is_timeout, phases
from .._version import __version__
from .botocore import botocore
from .credentials import CredentialsLike, CredentialsSource, MfaPrompt
from .endpoint import Endpoint, Scheme, resolve_endpoint

DEFAULT_MAX_ATTEMPTS = 3
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False, "": False}
_RETRY_MODES: Final[Mapping[str, RetryMode]] = {
    "standard": "standard",
    "legacy": "standard",  # botocore's first mode, which repeats sends that may have happened
    "adaptive": "adaptive",
    "off": "off",
}
_PLAIN_URL: Final = re.compile(r"https?://[a-z0-9]+([.-][a-z0-9]+)*(:([1-9]\d{3}|[1-5]\d{4}))?(/[A-Za-z0-9/_~-]*)?")
"""A URL that travels as it stands. Its port, if any, is of four or five digits, as no default one is."""
_REGION_SET: Final = re.compile(r"[A-Za-z0-9*-]+(,[A-Za-z0-9*-]+)*")


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _is_switch(value: Any) -> bool:
    return value is None or isinstance(value, bool)


def _is_some_time(value: Any) -> bool:
    return is_seconds(value) and (value is None or 0 < value < math.inf)


def _is_timeout(value: Any) -> bool:
    return is_timeout(value) and all(_is_some_time(seconds) for seconds in attrs.astuple(phases(value)))


_TEXT: Final = (_is_text, "must be a str")
_SWITCH: Final = (_is_switch, "must be a bool")
_CHECKS: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "region": _TEXT,
    "profile": _TEXT,
    "session": (
        lambda value: value is None or callable(getattr(value, "get_credentials", None)),
        "must be a boto3.Session or a botocore session",
    ),
    "endpoint_url": _TEXT,
    "use_fips": _SWITCH,
    "use_dualstack": _SWITCH,
    "retry_mode": (
        lambda value: value in (None, "standard", "adaptive", "off"),
        "must be 'standard', 'adaptive' or 'off'",
    ),
    "max_attempts": (
        lambda value: value is None or (type(value) is int and value >= 1),
        "must be an int of at least 1",
    ),
    "timeout": (_is_timeout, "must be seconds above 0, an httpx.Timeout of such, or None"),
    "call_timeout": (_is_some_time, "must be seconds above 0, or None"),
    "check_limits": (lambda value: isinstance(value, bool), "must be a bool"),
    "user_agent_suffix": (
        lambda value: value is None or (isinstance(value, str) and is_header_text(value)),
        "must be printable ASCII",
    ),
    "ca_bundle": (
        lambda value: value is None or (isinstance(value, str) and bool(value)) or isinstance(value, os.PathLike),
        "must be the path of a file",
    ),
    "proxy": _TEXT,
    "mfa_prompt": (lambda value: value is None or callable(value), "must be a function"),
}
"""What each argument has to be."""


@attrs.frozen(kw_only=True)
class Arguments:
    """What the caller of a client's constructor gave."""

    region: str | None = None
    profile: str | None = None
    credentials: CredentialsLike | None = attrs.field(default=None, repr=False)
    session: Any = None
    endpoint_url: str | None = None
    use_fips: bool | None = None
    use_dualstack: bool | None = None
    retry_mode: RetryMode | None = None
    max_attempts: int | None = None
    timeout: Timeout = DEFAULT_TIMEOUT
    call_timeout: float | None = None
    check_limits: bool = True
    user_agent_suffix: str | None = None
    ca_bundle: str | os.PathLike[str] | None = None
    proxy: str | None = attrs.field(default=None, repr=False)
    mfa_prompt: MfaPrompt | None = None

    def __attrs_post_init__(self) -> None:
        for name, (fits, told) in _CHECKS.items():
            if not fits(getattr(self, name)):
                raise ConfigurationError(f"{name} {told}")
        if self.session is not None and (self.profile is not None or self.credentials is not None):
            raise ConfigurationError("session= brings its own profile and credentials; pass one or the other")


@attrs.frozen(kw_only=True)
class Target:
    """Where a call goes and how: everything that had to be looked up."""

    url: str
    host: str
    """The Host header."""
    region: str
    """The region that the signature names; for `sigv4a` the set of regions."""
    signing: Scheme
    user_agent: str
    retry_mode: RetryMode
    max_attempts: int
    timeout: Phases
    call_timeout: float | None


@attrs.frozen
class _Profile:
    """What the shared files say."""

    keys: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """The profile's keys; those of the credentials file win, as in botocore."""
    services: Mapping[str, Any] = attrs.field(factory=dict[str, Any])
    """All `services` sections, by name."""


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
            ConfigurationError: The settings don't fit together, or an extra is missing.
        """
        endpoint = self._endpoint(endpoint_id)
        if endpoint.signing == "sigv4a":
            from .signing import load_sigv4a

            load_sigv4a()
        self._targets[endpoint_id] = target = Target(
            url=endpoint.url,
            host=urlsplit(endpoint.url).netloc,
            region=self._region_set(endpoint) if endpoint.signing == "sigv4a" else endpoint.signing_region,
            signing=endpoint.signing,
            user_agent=self.user_agent,
            retry_mode=self.retry_mode,
            max_attempts=self.max_attempts,
            timeout=phases(self._given.timeout),
            call_timeout=self._given.call_timeout,
        )
        return target

    def _endpoint(self, endpoint_id: str | None) -> Endpoint:
        # A URL of one's own is neither FIPS nor dual stack: as in botocore it wins over both, unless they are
        # arguments. Those are never ignored; the rules then refuse the pair.
        url, given = self.endpoint_url, self._given
        return resolve_endpoint(
            self.region,
            endpoint_url=url,
            use_fips=bool(given.use_fips) if url else self.use_fips,
            use_dualstack=bool(given.use_dualstack) if url else self.use_dualstack,
            endpoint_id=endpoint_id,
        )

    def _region_set(self, endpoint: Endpoint) -> str:
        """Return the regions that a SigV4a signature is good for."""
        regions = self._text(None, ("AWS_SIGV4A_SIGNING_REGION_SET",), "sigv4a_signing_region_set")
        if regions and not _REGION_SET.fullmatch(regions):
            raise ConfigurationError(
                f"the set of regions to sign for must be regions or *, with commas, is {regions!r}"
            )
        return regions or endpoint.signing_region

    @cached_property
    def region(self) -> str | None:
        """The AWS region; None if nothing names one."""
        named = self._named_region
        return named and named.replace("fips-", "").replace("-fips", "")

    @cached_property
    def _named_region(self) -> str | None:
        """The region as it was named, which may be one of the old pseudo-regions such as `fips-us-gov-west-1`."""
        return self._text(self._given.region, ("AWS_REGION", "AWS_DEFAULT_REGION"), "region")

    @cached_property
    def endpoint_url(self) -> str | None:
        """The URL that replaces the service's own; None for the service's own."""
        if self._given.endpoint_url is not None:
            return _normal_url(self._given.endpoint_url)
        if self._boolean(None, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls"):
            return None
        url = (
            os.environ.get("AWS_ENDPOINT_URL_SESV2")
            or os.environ.get("AWS_ENDPOINT_URL")
            or self._service_section.get("endpoint_url")
            or self._profile.keys.get("endpoint_url")
        )
        return _normal_url(url) if url else None

    @cached_property
    def _service_section(self) -> Mapping[str, str]:
        """What the `services` section that the profile names says of SESv2; empty if it names none."""
        name = self._profile.keys.get("services")
        if name is None:
            return {}
        services = self._profile.services.get(name)
        if not services:
            raise ConfigurationError(f"the AWS profile names the services section {name!r}, which is not there")
        section = services.get("sesv2", {})
        if not is_mapping(section):
            raise ConfigurationError(f"sesv2 in the services section {name!r} must have lines of its own, indented")
        return cast("Mapping[str, str]", section)

    @cached_property
    def use_fips(self) -> bool:
        """Whether to call the FIPS endpoint."""
        if self._named_region != self.region:
            return True
        return self._boolean(self._given.use_fips, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")

    @cached_property
    def use_dualstack(self) -> bool:
        """Whether to call the endpoint that also speaks IPv6."""
        return self._boolean(self._given.use_dualstack, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")

    @cached_property
    def retry_mode(self) -> RetryMode:
        """How failed attempts are repeated."""
        mode = self._text(self._given.retry_mode, ("AWS_RETRY_MODE",), "retry_mode") or "standard"
        if mode not in _RETRY_MODES:
            raise ConfigurationError(f"the retry mode must be one of {', '.join(_RETRY_MODES)}, is {mode!r}")
        return _RETRY_MODES[mode]

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
    def ca_bundle(self) -> str | None:
        """The file of the certificates to trust; None for the usual ones."""
        given = None if self._given.ca_bundle is None else os.fspath(self._given.ca_bundle)
        named = self._text(given, ("AWS_CA_BUNDLE",), "ca_bundle")
        return named or os.environ.get("REQUESTS_CA_BUNDLE") or None

    @cached_property
    def uses_tls(self) -> bool:
        """Whether the endpoint is an https one."""
        return self._endpoint(None).url.startswith("https:")

    @cached_property
    def proxy(self) -> str | None:
        """The URL of the proxy to the endpoint, which may hold a password; None to go there directly."""
        if self._given.proxy is not None:
            return _proxy_url(self._given.proxy) if self._given.proxy else None
        endpoint = urlsplit(self._endpoint(None).url)
        proxies = getproxies()
        named = proxies.get(endpoint.scheme) or proxies.get("all")
        return _proxy_url(named) if named and not _goes_past_proxies(endpoint.netloc) else None

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
        return " ".join([*parts, suffix] if suffix else parts)

    @cached_property
    def credentials(self) -> CredentialsSource:
        """Where the credentials to sign with come from."""
        given = self._given
        return CredentialsSource(
            given.credentials,
            lambda: self._session,
            environment=given.session is None and given.profile is None,
            own_session=given.session is None,
            region=lambda: self.region,
            mfa_prompt=given.mfa_prompt,
        )

    @cached_property
    def _session(self) -> Any:
        """The botocore session, or the boto3 session that the caller gave."""
        if self._given.session is not None:
            return self._given.session
        return botocore("session").Session(profile=self._given.profile)

    @cached_property
    def _session_settings(self) -> Mapping[str, Any]:
        """What was set on the session that the caller gave; its region is the one that it says itself."""
        session = self._given.session
        if session is None:
            return {}
        with _readable_profile():
            if not _is_botocore_session(session):
                return {"region": getattr(session, "region_name", None)}
            return {**session.instance_variables(), "region": session.get_config_variable("region")}

    @cached_property
    def _profile(self) -> _Profile:
        """What the shared files say; nothing without files, so that botocore is not loaded in vain."""
        session, profile = self._given.session, self._given.profile
        if session is None and profile is None and not _names_profile() and not _has_shared_file():
            return _Profile()
        with _readable_profile():
            if session is None or _is_botocore_session(session):
                keys: Mapping[str, Any] = self._session.get_scoped_config()
                return _Profile(keys, self._session.full_config.get("services", {}))
            # A boto3 session shows no more of its profile than the name.
            files: Mapping[str, Any] = botocore("session").Session().full_config
            keys = files["profiles"].get(getattr(session, "profile_name", "default"), {})
            return _Profile(keys, files.get("services", {}))

    def _text(self, argument: str | None, variables: tuple[str, ...], key: str) -> str | None:
        if argument is not None:
            return argument
        value = self._session_settings.get(key)
        if value is not None:
            return str(value)
        for variable in variables:
            if os.environ.get(variable):
                return os.environ[variable]
        value = self._profile.keys.get(key)
        return str(value) if value is not None else None

    def _boolean(self, argument: bool | None, variable: str, key: str) -> bool:
        if argument is not None:
            return argument
        text = self._text(None, (variable,), key) or ""
        if text.lower() not in _BOOLEANS:
            raise ConfigurationError(f"{variable}, or {key} of the AWS profile, must be true or false, is {text!r}")
        return _BOOLEANS[text.lower()]


@contextmanager
def _readable_profile() -> Generator[None]:
    try:
        yield
    except botocore("exceptions").BotoCoreError as error:
        raise ConfigurationError(f"the AWS profile can't be read: {error}") from error


def _is_botocore_session(session: Any) -> bool:
    return hasattr(session, "get_scoped_config")


def _names_profile() -> bool:
    return "AWS_PROFILE" in os.environ or "AWS_DEFAULT_PROFILE" in os.environ


def _has_shared_file() -> bool:
    names = (
        os.environ.get("AWS_CONFIG_FILE") or "~/.aws/config",
        os.environ.get("AWS_SHARED_CREDENTIALS_FILE") or "~/.aws/credentials",
    )
    # Not pathlib's functions: without a home, or the right to look, they raise.
    return any(os.path.isfile(os.path.expanduser(os.path.expandvars(name))) for name in names)  # noqa: PTH111, PTH113


def _goes_past_proxies(netloc: str) -> bool:
    """Return whether NO_PROXY, or what the system has in its place, names a host."""
    try:
        return bool(proxy_bypass(netloc))
    except (TypeError, socket.gaierror):  # as botocore does: of the system's own lookup, on Windows and macOS
        return False


def _proxy_url(text: str) -> str:
    """Return a proxy's URL with its scheme. Errors don't show it, as it may hold a password."""
    import httpx

    url = text if "://" in text else f"http://{text.removeprefix('//')}"
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL:
        parsed = httpx.URL()
    if parsed.scheme not in ("http", "https", "socks5", "socks5h") or not parsed.host:
        raise ConfigurationError("the proxy's URL must be http://host:port, or https or socks5 in place of http")
    return url


def _normal_url(url: str) -> str:
    """Return a URL as it travels, so that the signed one is the sent one: percent-encoded, the host in ASCII."""
    if _PLAIN_URL.fullmatch(url):
        return url
    import httpx  # loading it takes as long as a first call

    try:
        parsed = httpx.URL(url)
        host = parsed.host
    except (httpx.InvalidURL, ValueError) as error:
        raise ConfigurationError(f"the endpoint URL can't be read: {error}") from error
    if parsed.scheme not in ("http", "https") or not host or parsed.userinfo or parsed.query or parsed.fragment:
        raise ConfigurationError("the endpoint URL must be http(s)://host[:port][/path], without user or query")
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise ConfigurationError(f"the endpoint URL's port must be 1 to 65535, is {parsed.port}")
    return str(parsed)
