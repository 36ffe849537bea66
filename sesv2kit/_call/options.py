"""The options of a single call."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypedDict

from .._core.callbacks import is_sync_function
from .._core.exceptions import ConfigurationError, ParamValidationError, Problem
from .._core.http import is_header_name, is_header_text
from .._core.model import is_mapping
from .._core.settings import CALL_RULES, SWITCH, RetryMode, Rule, shown
from .._core.timeout import Timeout
from .._rate.send_rate import SendRateLike, is_send_rate

_OWN_HEADERS: Final = frozenset(
    {"authorization", "connection", "content-length", "content-type", "host", "transfer-encoding", "upgrade"}
)


class RequestOptions(TypedDict, total=False):
    """The settings of a single call, which replace those of its client. A plain dict with these keys works, too."""

    timeout: Timeout
    """Seconds above 0 for each of connecting, writing, reading and waiting for a free connection, or an
    `httpx.Timeout`; None sets no limit."""
    max_attempts: int
    """How many requests the call makes at most, the first included; 1 turns retries off."""
    call_timeout: float | None
    """Seconds above 0 for the whole call, retries and the waiting between them included; None sets no bound."""
    retry_mode: RetryMode
    """`standard` repeats what is safe to repeat, `adaptive` also slows down when throttled, `off` repeats nothing."""
    resend_ambiguous: bool
    """True repeats a send, or another write, whose outcome is unknown; it may then be done twice. Default: False."""
    headers: Mapping[str, str]
    """HTTP headers to add to the request, or to replace, in printable ASCII. Refused are the signed ones
    (`authorization`, `content-type`, `host`, `x-amz-*`) and those that frame a request, such as `content-length`."""
    extra_members: Mapping[str, Any]
    """Members of the request that this version does not know, by wire name and as JSON values. They are signed and sent
    as given: in the body, or in the query of a GET or DELETE."""
    send_rate: SendRateLike | None
    """Recipients per second that sends keep to: a `SendRate`; a number, whose calls share it; `account` for the
    account's own rate; None for no limit."""
    before_send: Callable[[], object]
    """A function without arguments that is called once, after the wait for the send rate and directly before the first
    request is sent. It may block, as the async client calls it in a thread; it can't be async. An error that it raises
    ends the call, and nothing was sent."""


def check_options(operation: str, options: RequestOptions | None) -> RequestOptions:
    """Check the options of a call, and return them; an empty mapping for None.

    Raises:
        ParamValidationError: An option is unknown or not valid.
    """
    if options is not None and not is_mapping(options):
        raise ParamValidationError(operation, [Problem("options", "must be a mapping")])
    given = options or {}
    problems = [problem for name, value in given.items() for problem in _option_problems(name, value)]
    if problems:
        raise ParamValidationError(operation, problems)
    return given


SYNC_BEFORE_SEND: Final = "must be a function without arguments that is not async, as nothing is awaited"

_SEND_RATE: Final = Rule(is_send_rate, "must be a SendRate, recipients per second above 0, 'account' or None")
_RULES: Final[Mapping[str, Rule]] = {
    **CALL_RULES,
    "resend_ambiguous": SWITCH,
    "headers": Rule(is_mapping, "must be a mapping"),
    "extra_members": Rule(is_mapping, "must be a mapping"),
    "send_rate": _SEND_RATE,
    "before_send": Rule(is_sync_function, SYNC_BEFORE_SEND),
}
"""The rule of each option."""


def check_send_rate(setting: object) -> None:
    """Raise ConfigurationError if a value can't be the `send_rate` of a client or a sender."""
    if not _SEND_RATE.fits(setting):
        raise ConfigurationError(f"send_rate {_SEND_RATE.message}, got {shown(setting)}")


def _option_problems(name: str, value: Any) -> list[Problem]:
    path = f"options[{name!r}]"
    if name not in _RULES:
        return [Problem(path, f"is not an option; the options are {', '.join(_RULES)}")]
    if not _RULES[name].fits(value):
        return [Problem(path, _RULES[name].message)]
    headers: Mapping[Any, Any] = value if name == "headers" else {}
    found = [(header, header_problem(header, text)) for header, text in headers.items()]
    return [Problem(f"{path}[{header!r}]", problem) for header, problem in found if problem]


def header_problem(name: Any, value: Any) -> str | None:
    """Return what is wrong with a header that is added to those of the client; None if nothing is."""
    if not is_header_name(name):
        return "is not a header name"
    if is_own_header(name):
        return "is set by the client itself"
    return None if isinstance(value, str) and is_header_text(value) else "must be printable ASCII"


def is_own_header(name: str) -> bool:
    """Return whether a header is set by the client alone, most of them because they are signed."""
    return name.lower() in _OWN_HEADERS or name.lower().startswith("x-amz-")
