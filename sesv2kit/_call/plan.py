"""What one call does: the client's settings and the call's own options, as one."""

from collections.abc import Mapping

import attrs

from .._aws.config import Target
from .._core.settings import RetryMode
from .._core.timeout import Phases, bounded, phases
from .._rate.send_rate import SendRateLike
from .options import RequestOptions, check_options


@attrs.frozen
class Plan:
    """The client's settings and the call's options, as one."""

    timeout: Phases
    call_timeout: float | None
    adaptive: bool
    max_attempts: int
    resend_ambiguous: bool
    headers: Mapping[str, str]
    send_rate: SendRateLike | None


def plan_call(
    operation: str, options: RequestOptions | None, target: Target, send_rate: SendRateLike | None = None
) -> Plan:
    """Return what a call does, by the client's settings and its own options."""
    given = check_options(operation, options)
    mode: RetryMode = given.get("retry_mode", target.retry_mode)
    return Plan(
        phases(given["timeout"]) if "timeout" in given else target.timeout,
        bounded(given.get("call_timeout", target.call_timeout)),
        mode == "adaptive",
        1 if mode == "off" else given.get("max_attempts", target.max_attempts),
        given.get("resend_ambiguous", False),
        {name.lower(): value for name, value in given.get("headers", {}).items()},
        given.get("send_rate", send_rate),
    )
