"""The arguments of a client's constructor, and what each has to be."""

import math
import os
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs

from .._core.exceptions import ConfigurationError
from .._core.http import is_header_text
from .._core.settings import RetryMode
from .._core.timeout import DEFAULT_TIMEOUT, Timeout, is_seconds, is_timeout, phases
from .credentials import CredentialsLike, MfaPrompt


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
    """The arguments of a client's constructor."""

    region: str | None = None
    profile: str | None = None
    credentials: CredentialsLike | None = attrs.field(default=None, repr=False)
    session: Any = None
    endpoint_url: str | None = attrs.field(default=None, repr=False)
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
        for name, (fits, message) in _CHECKS.items():
            if not fits(getattr(self, name)):
                raise ConfigurationError(f"{name} {message}")
        if self.session is not None and (self.profile is not None or self.credentials is not None):
            raise ConfigurationError("session= brings its own profile and credentials; pass one or the other")
