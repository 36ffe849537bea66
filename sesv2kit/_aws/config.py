"""Settings: an argument wins over the environment, the environment over the profile, and the profile over the default.

Settings that depend on arguments alone are resolved at once, so that a wrong argument is refused when the client is
made; all others are resolved on first use.
"""

import logging
import os
import platform
import re
from collections.abc import Mapping
from functools import cache
from typing import Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

from .._core.exceptions import ConfigurationError
from .._core.lazy import lazy_property
from .._core.settings import RetryMode
from .._core.timeout import Phases, phases
from .._version import __version__
from . import urls
from .arguments import Arguments
from .chain import Chain
from .endpoint import Endpoint, Scheme, resolve_endpoint
from .lookup import SettingsLookup
from .source import CredentialsSource

T = TypeVar("T")

DEFAULT_MAX_ATTEMPTS = 3
_RETRY_MODES: Final[Mapping[str, RetryMode]] = {
    "standard": "standard",
    "legacy": "standard",  # botocore's first mode, which repeats sends that may have happened
    "adaptive": "adaptive",
    "off": "off",
}
# A region becomes a part of the host's name; anything else would send signed requests to another host.
_REGION: Final = r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)"
_REGION_SET: Final = r"[A-Za-z0-9*-]+(,[A-Za-z0-9*-]+)*"
_COUNT: Final = r"0*[1-9][0-9]{0,8}"
_WITHOUT_IO: Final = ("region", "endpoint_url", "proxy")
"""The settings that are resolved without I/O if they are arguments."""

_log = logging.getLogger("sesv2kit")


class Target(NamedTuple):
    """The endpoint and the settings of a call: everything that had to be looked up."""

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


class Config:
    """The resolved settings of a client. Each is looked up once, when it is first needed.

    Raises:
        ConfigurationError: The arguments alone show that no call can succeed.
    """

    def __init__(self, arguments: Arguments) -> None:
        arguments.check()
        self._given = arguments
        self._lookup = SettingsLookup(arguments.profile, arguments.session)
        self.check_limits: bool = arguments.check_limits
        self.timeout: Phases = phases(arguments.timeout)
        self.call_timeout: float | None = arguments.call_timeout
        self._targets: dict[str | None, Target] = {}
        for name in _WITHOUT_IO:
            if getattr(arguments, name) is not None:
                getattr(self, name)
        if arguments.credentials is not None:
            self.credentials.check()

    def target(self, endpoint_id: str | None) -> Target | None:
        """Return the result of an earlier `find_target`; None if there is none. Never blocks."""
        return self._targets.get(endpoint_id)

    def find_target(self, endpoint_id: str | None) -> Target:
        """Look up the endpoint and the settings of calls. Reads files, so it may block.

        Raises:
            ConfigurationError: The settings don't fit together, or an extra is missing.
        """
        endpoint = self._endpoint(endpoint_id)
        _warn_if_unencrypted(endpoint.url)
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
            timeout=self.timeout,
            call_timeout=self.call_timeout,
        )
        return target

    def _endpoint(self, endpoint_id: str | None) -> Endpoint:
        # An endpoint URL replaces the FIPS and dual-stack endpoints that the environment or the profile selects, as in
        # botocore. Arguments are never ignored: the rules refuse a URL together with one of them.
        url, given = self.endpoint_url, self._given
        return resolve_endpoint(
            self.region,
            endpoint_url=url,
            use_fips=bool(given.use_fips) if url else self.use_fips,
            use_dualstack=bool(given.use_dualstack) if url else self.use_dualstack,
            endpoint_id=endpoint_id,
        )

    def _region_set(self, endpoint: Endpoint) -> str:
        """Return the regions in which a SigV4a signature is valid."""
        regions = self._lookup.text(None, ("AWS_SIGV4A_SIGNING_REGION_SET",), "sigv4a_signing_region_set")
        if regions and not re.fullmatch(_REGION_SET, regions):
            raise ConfigurationError(
                "AWS_SIGV4A_SIGNING_REGION_SET, or sigv4a_signing_region_set of the AWS profile, must be regions or *, "
                f"separated by commas, is {regions!r}"
            )
        return regions or endpoint.signing_region

    @lazy_property
    def region(self) -> str | None:
        """The AWS region; None if nothing names one."""
        named = self._named_region
        if named is None:
            return None
        region = named.replace("fips-", "").replace("-fips", "")
        if not is_region(region):
            origin = "" if self._given.region is not None else "; correct AWS_REGION, or the region of the AWS profile"
            raise ConfigurationError(f"{region!r} is not an AWS region{origin}")
        return region

    @lazy_property
    def _named_region(self) -> str | None:
        """The region as it was given, which may be an old pseudo-region such as `fips-us-gov-west-1`."""
        return self._lookup.text(self._given.region, ("AWS_REGION", "AWS_DEFAULT_REGION"), "region")

    @lazy_property
    def endpoint_url(self) -> str | None:
        """The URL that replaces the service's own; None for the service's own."""
        if self._given.endpoint_url is not None:
            return _unless_error(urls.endpoint_url(self._given.endpoint_url))
        if self._lookup.boolean(None, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls"):
            return None
        return _unless_error(urls.endpoint_url(*self._lookup.endpoint_url()))

    @lazy_property
    def use_fips(self) -> bool:
        """Whether to call the FIPS endpoint."""
        if self._named_region != self.region:
            return True
        return self._lookup.boolean(self._given.use_fips, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")

    @lazy_property
    def use_dualstack(self) -> bool:
        """Whether to call the endpoint that also speaks IPv6."""
        return self._lookup.boolean(self._given.use_dualstack, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")

    @lazy_property
    def retry_mode(self) -> RetryMode:
        """How failed attempts are repeated."""
        mode = self._lookup.text(self._given.retry_mode, ("AWS_RETRY_MODE",), "retry_mode") or "standard"
        if mode not in _RETRY_MODES:
            raise ConfigurationError(
                f"AWS_RETRY_MODE, or retry_mode of the AWS profile, must be one of {', '.join(_RETRY_MODES)}, "
                f"is {mode!r}"
            )
        return _RETRY_MODES[mode]

    @lazy_property
    def max_attempts(self) -> int:
        """How many requests a call makes at most."""
        if self._given.max_attempts is not None:
            return self._given.max_attempts
        text = self._lookup.text(None, ("AWS_MAX_ATTEMPTS",), "max_attempts")
        if text is None:
            return DEFAULT_MAX_ATTEMPTS
        if not re.fullmatch(_COUNT, text):
            raise ConfigurationError(
                "AWS_MAX_ATTEMPTS, or max_attempts of the AWS profile, must be a whole number of at least 1, "
                f"is {text!r}"
            )
        return int(text)

    @lazy_property
    def ca_bundle(self) -> str | None:
        """The file of the certificates to trust; None for the usual ones."""
        given = None if self._given.ca_bundle is None else os.fspath(self._given.ca_bundle)
        named = self._lookup.text(given, ("AWS_CA_BUNDLE",), "ca_bundle")
        return named or os.environ.get("REQUESTS_CA_BUNDLE") or None

    @lazy_property
    def uses_tls(self) -> bool:
        """Whether the endpoint is an https one."""
        return self._endpoint(None).url.startswith("https:")

    @lazy_property
    def proxy(self) -> str | None:
        """The URL of the proxy to the endpoint, which may hold a password; None to go there directly."""
        if self._given.proxy is not None:
            return _unless_error(urls.proxy_url(self._given.proxy))
        endpoint = urlsplit(self._endpoint(None).url)
        return _unless_error(urls.proxy_url(urls.system_proxy(endpoint.scheme, endpoint.netloc)))

    @lazy_property
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

    @lazy_property
    def credentials(self) -> CredentialsSource:
        """The source of the credentials to sign with."""
        given = self._given
        chain = Chain(
            lambda: self._lookup.session,
            uses_environment=given.session is None and given.profile is None,
            owns_session=given.session is None,
            region=lambda: self.region,
            mfa_prompt=given.mfa_prompt,
        )
        return CredentialsSource(given.credentials, chain)


def is_region(value: object) -> bool:
    """Return whether a value can be the name of an AWS region."""
    return isinstance(value, str) and re.fullmatch(_REGION, value) is not None


@cache
def _warn_if_unencrypted(url: str) -> None:
    """Warn, once for each endpoint URL that is not encrypted, that others may read what is sent to it."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not urls.is_loopback(parts.hostname or ""):
        _log.warning(
            "the endpoint %s is not encrypted: others on the network can read mails, and the session token of "
            "temporary credentials; use https",
            url,
        )


def _unless_error(found: T | ConfigurationError) -> T:
    if isinstance(found, ConfigurationError):
        raise found
    return found
