"""The arguments of a client's constructor, and the rule of each."""

import os
from collections.abc import Mapping
from typing import Any, Final

from .._core.exceptions import ConfigurationError
from .._core.http import is_header_text
from .._core.settings import CALL_RULES, OPTIONAL_TEXT, SWITCH, RetryMode, Rule, shown
from .._core.timeout import DEFAULT_TIMEOUT, Timeout
from .credentials import CredentialsLike, MfaPrompt


def _or_default(name: str) -> Rule:
    """Return the rule of a setting that is looked up in the environment if its argument is None."""
    rule = CALL_RULES[name]
    return Rule(lambda value: value is None or rule.fits(value), rule.message)


_OPTIONAL_SWITCH: Final = Rule(lambda value: value is None or isinstance(value, bool), "must be a bool, or None")
_RULES: Final[Mapping[str, Rule]] = {
    **CALL_RULES,
    "retry_mode": _or_default("retry_mode"),
    "max_attempts": _or_default("max_attempts"),
    "region": OPTIONAL_TEXT,
    "profile": OPTIONAL_TEXT,
    "session": Rule(
        lambda value: value is None or callable(getattr(value, "get_credentials", None)),
        "must be a boto3.Session or a botocore session",
    ),
    "endpoint_url": OPTIONAL_TEXT,
    "use_fips": _OPTIONAL_SWITCH,
    "use_dualstack": _OPTIONAL_SWITCH,
    "check_limits": SWITCH,
    "obey_rate_limits": SWITCH,
    "user_agent_suffix": Rule(
        lambda value: value is None or (isinstance(value, str) and is_header_text(value)),
        "must be printable ASCII",
    ),
    "ca_bundle": Rule(
        lambda value: value is None or (isinstance(value, str) and bool(value)) or isinstance(value, os.PathLike),
        "must be the path of a file",
    ),
    "proxy": OPTIONAL_TEXT,
    "mfa_prompt": Rule(lambda value: value is None or callable(value), "must be a function"),
}
"""The rule of each argument."""
_SHOWN_TEXTS: Final = frozenset({"max_attempts", "retry_mode", "user_agent_suffix"})
"""The arguments whose text an error shows. Others may hold a secret, if only by mistake."""


class Arguments:
    """The arguments of a client's constructor."""

    __slots__ = (
        "ca_bundle",
        "call_timeout",
        "check_limits",
        "credentials",
        "endpoint_url",
        "max_attempts",
        "mfa_prompt",
        "obey_rate_limits",
        "profile",
        "proxy",
        "region",
        "retry_mode",
        "session",
        "timeout",
        "use_dualstack",
        "use_fips",
        "user_agent_suffix",
    )

    def __init__(
        self,
        *,
        region: str | None = None,
        profile: str | None = None,
        credentials: CredentialsLike | None = None,
        session: Any = None,
        endpoint_url: str | None = None,
        use_fips: bool | None = None,
        use_dualstack: bool | None = None,
        retry_mode: RetryMode | None = None,
        max_attempts: int | None = None,
        timeout: Timeout = DEFAULT_TIMEOUT,
        call_timeout: float | None = None,
        check_limits: bool = True,
        obey_rate_limits: bool = False,
        user_agent_suffix: str | None = None,
        ca_bundle: str | os.PathLike[str] | None = None,
        proxy: str | None = None,
        mfa_prompt: MfaPrompt | None = None,
    ) -> None:
        self.region: str | None = region
        self.profile: str | None = profile
        self.credentials: CredentialsLike | None = credentials
        self.session: Any = session
        self.endpoint_url: str | None = endpoint_url
        self.use_fips: bool | None = use_fips
        self.use_dualstack: bool | None = use_dualstack
        self.retry_mode: RetryMode | None = retry_mode
        self.max_attempts: int | None = max_attempts
        self.timeout: Timeout = timeout
        self.call_timeout: float | None = call_timeout
        self.check_limits: bool = check_limits
        self.obey_rate_limits: bool = obey_rate_limits
        self.user_agent_suffix: str | None = user_agent_suffix
        self.ca_bundle: str | os.PathLike[str] | None = ca_bundle
        self.proxy: str | None = proxy
        self.mfa_prompt: MfaPrompt | None = mfa_prompt

    def check(self) -> None:
        """Raise ConfigurationError if an argument is not valid.

        No local variable here, or of the constructor when this raises, holds a value that may be a secret: error
        trackers record local variables.
        """
        for name, rule in _RULES.items():
            if not rule.fits(getattr(self, name)):
                raise ConfigurationError(f"{name} {rule.message}, got {_shown(name, getattr(self, name))}")
        if self.session is not None and (self.profile is not None or self.credentials is not None):
            raise ConfigurationError("session= brings its own profile and credentials; pass one or the other")


def _shown(name: str, value: object) -> str:
    return repr(value) if isinstance(value, str) and name in _SHOWN_TEXTS else shown(value)
