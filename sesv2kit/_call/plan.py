"""The settings of one call: those of the client, replaced by the call's own options."""

from collections.abc import Callable

from .._aws.config import Target
from .._core.http import Headers
from .._core.serde import plain_text
from .._core.settings import RetryMode
from .._core.timeout import Phases, bounded, phases
from .._rate.send_rate import SendRateLike
from .options import RequestOptions, check_options


class Plan:
    """The settings of one call."""

    __slots__ = (
        "adaptive",
        "before_send",
        "deadline",
        "headers",
        "max_attempts",
        "resend_ambiguous",
        "send_rate",
        "timeout",
    )

    def __init__(
        self,
        timeout: Phases,
        deadline: float | None,
        adaptive: bool,
        max_attempts: int,
        resend_ambiguous: bool,
        headers: Headers,
        send_rate: SendRateLike | None,
        before_send: Callable[[], object] | None,
    ) -> None:
        self.timeout: Phases = timeout
        self.deadline: float | None = deadline
        """The `time.monotonic()` at which the call ends; None for no bound."""
        self.adaptive: bool = adaptive
        self.max_attempts: int = max_attempts
        self.resend_ambiguous: bool = resend_ambiguous
        self.headers: Headers = headers
        self.send_rate: SendRateLike | None = send_rate
        self.before_send: Callable[[], object] | None = before_send


def plan_call(
    operation: str, options: RequestOptions | None, target: Target, send_rate: SendRateLike | None, started: float
) -> Plan:
    """Return the settings of a call.

    Args:
        operation: The operation's name, for errors.
        options: The call's options.
        target: The client's settings.
        send_rate: The client's send rate.
        started: The `time.monotonic()` at which the call began.
    """
    given = check_options(operation, options)
    mode: RetryMode = given.get("retry_mode", target.retry_mode)
    call_timeout = bounded(given.get("call_timeout", target.call_timeout))
    return Plan(
        timeout=phases(given["timeout"]) if "timeout" in given else target.timeout,
        deadline=None if call_timeout is None else started + call_timeout,
        adaptive=mode == "adaptive",
        max_attempts=1 if mode == "off" else given.get("max_attempts", target.max_attempts),
        resend_ambiguous=given.get("resend_ambiguous", False),
        headers=Headers({name.lower(): plain_text(value) for name, value in given.get("headers", {}).items()}),
        send_rate=given.get("send_rate", send_rate),
        before_send=given.get("before_send"),
    )
