"""Settings: what each has to be, and the rules of those that a client and a single call share."""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from .exceptions import ConfigurationError
from .timeout import is_seconds, is_timeout

RetryMode = Literal["standard", "adaptive", "off"]


class Rule:
    """A rule for the value of a setting."""

    __slots__ = ("fits", "message")

    def __init__(self, fits: Callable[[Any], bool], message: str) -> None:
        self.fits: Callable[[Any], bool] = fits
        self.message: str = message
        """The rule in words: `must be ...`."""


def is_text(value: Any) -> bool:
    """Return whether a value is a str."""
    return isinstance(value, str)


SWITCH: Final = Rule(lambda value: isinstance(value, bool), "must be a bool")
TEXT: Final = Rule(is_text, "must be a str")
OPTIONAL_TEXT: Final = Rule(lambda value: value is None or is_text(value), "must be a str, or None")


def check_settings(rules: Mapping[str, Rule], given: Mapping[str, object]) -> None:
    """Check settings by the rules of their names.

    Raises:
        ConfigurationError: One of them is not what it has to be.
    """
    for name, value in given.items():
        if not rules[name].fits(value):
            raise ConfigurationError(f"{name} {rules[name].message}, got {shown(value)}")


def shown(value: object) -> str:
    """Return a value for a message: None, a number or an empty str itself; else its type, as it may be a secret."""
    is_harmless = value is None or isinstance(value, int | float) or (isinstance(value, str) and not value)
    return repr(value) if is_harmless else type(value).__name__


CALL_RULES: Final[Mapping[str, Rule]] = {
    "timeout": Rule(is_timeout, "must be seconds above 0, an httpx.Timeout with such values, or None"),
    "call_timeout": Rule(is_seconds, "must be seconds above 0, or None"),
    "retry_mode": Rule(
        lambda value: value in ("standard", "adaptive", "off"), "must be 'standard', 'adaptive' or 'off'"
    ),
    "max_attempts": Rule(lambda value: type(value) is int and value >= 1, "must be an int of at least 1"),
}
"""The rule of each setting that a client takes as an argument, and a call in its `options`."""
