"""Scripted faults: what goes wrong with the next requests of an operation."""

import re
from collections.abc import Sequence
from typing import Any, Final, Literal

import attrs

from .. import errors
from .._core.exceptions import ConfigurationError
from .._core.model import is_number
from .._core.settings import is_text
from ._service.routing import routes

Kind = Literal["error", "refuse_connection", "lose_request", "lose_answer", "stall", "truncate", "status"]
ANY = "*"
_MAX_STALL: Final = 86_400
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


@attrs.frozen(kw_only=True)
class Fault:
    """What goes wrong with a request."""

    kind: Kind
    code: str | None = None
    """The code of an `error`."""
    message: str = ""
    status: int | None = None
    """The HTTP status of an `error` or a `status`."""
    seconds: float = 0.0
    """How long a `stall` lasts."""


@attrs.define
class _Rule:
    operation: str
    left: int | None
    """How many requests it still meets; None for all."""
    fault: Fault


class Faults:
    """The faults of a fake service. Rules apply in the order in which they were made; a request meets one at most.

    `fake.faults.on("SendEmail").times(2).throttle()`
    """

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def on(self, operation: str = ANY) -> "Rule":
        """Begin a rule for the requests of an operation.

        Args:
            operation: The name of the operation, such as `SendEmail`. Default: any operation.

        Raises:
            ConfigurationError: There is no such operation.
        """
        if operation != ANY and operation not in [route.operation.name for route in routes()]:
            named = str(operation)[:50]
            raise ConfigurationError(f"there is no operation {named!r}; write it as SES does, such as SendEmail")
        return Rule(self, operation)

    def take(self, operation: str) -> Fault | None:
        """Return what goes wrong with a request that has just come; None if nothing does."""
        for rule in self._rules:
            if rule.operation in (operation, ANY) and rule.left != 0:
                if rule.left is not None:
                    rule.left -= 1
                return rule.fault
        return None

    @property
    def pending(self) -> Sequence[tuple[str, int | None, Fault]]:
        """The rules that still apply: the operation, how many requests (None for all), and the fault."""
        return [(rule.operation, rule.left, rule.fault) for rule in self._rules if rule.left != 0]

    def clear(self) -> None:
        """Remove all rules."""
        self._rules.clear()

    def add(self, operation: str, times: int | None, fault: Fault) -> None:
        """Add a rule; `on` is the way to make one."""
        self._rules.append(_Rule(operation, times, fault))


class Rule:
    """A rule that is being made: how often, and then what goes wrong. Without `times`, the next request alone."""

    def __init__(self, faults: Faults, operation: str) -> None:
        self._faults = faults
        self._operation = operation
        self._times: int | None = 1

    def times(self, number: int) -> "Rule":
        """Let it meet the next `number` requests."""
        if type(number) is not int or number < 1:
            raise ConfigurationError("times() takes an int of at least 1")
        self._times = number
        return self

    def always(self) -> "Rule":
        """Let it meet every request until `Faults.clear`."""
        self._times = None
        return self

    def throttle(self) -> None:
        """Refuse with TooManyRequestsException, as a service that gets too many requests."""
        self.error("TooManyRequestsException", "Maximum sending rate exceeded.")

    def error(self, code: str, message: str = "", status: int | None = None) -> None:
        """Refuse with an error of the service; nothing is done.

        Args:
            code: Its code, such as `MessageRejected`.
            message: Its message. Default: one that says that a test wanted it.
            status: Its HTTP status, from 400 to 599. Default: that of the code.
        """
        if not _is_code(code):
            raise ConfigurationError(f"{str(code)[:50]!r} is not a code of an error, such as MessageRejected")
        if not is_text(message):
            raise ConfigurationError("the message of an error must be a str")
        if status is not None:
            _check_status(status)
        words = message or f"{code}, as a test wanted."
        self._add(Fault(kind="error", code=code, message=words, status=status))

    def refuse_connection(self) -> None:
        """Refuse the connection, as if the service were out of reach: nothing is sent, and the client knows it.

        A server, of `fake.serve` or `sesv2kit local`, already has the connection, so there it is `lose_request`.
        """
        self._add(Fault(kind="refuse_connection"))

    def lose_request(self) -> None:
        """Break the connection before the service has the request: nothing is done, and no response comes."""
        self._add(Fault(kind="lose_request"))

    def lose_answer(self) -> None:
        """Do what the request asks for, so that a mail is sent, and break the connection without a response."""
        self._add(Fault(kind="lose_answer"))

    def stall(self, seconds: float) -> None:
        """Do what the request asks for, and respond only after some seconds of real time."""
        if not is_number(seconds) or not 0 <= seconds <= _MAX_STALL:
            raise ConfigurationError(f"stall() takes seconds from 0 to {_MAX_STALL}")
        self._add(Fault(kind="stall", seconds=seconds))

    def truncate(self) -> None:
        """Do what the request asks for, and break the connection in the middle of the response."""
        self._add(Fault(kind="truncate"))

    def status(self, status: int) -> None:
        """Respond with a page of a proxy, without any sign of the service; nothing is done."""
        _check_status(status)
        self._add(Fault(kind="status", status=status))

    def _add(self, fault: Fault) -> None:
        self._faults.add(self._operation, self._times, fault)


def _is_code(value: Any) -> bool:
    return is_text(value) and _CODE.fullmatch(value) is not None


def _check_status(status: Any) -> None:
    if type(status) is not int or not 400 <= status <= 599:
        raise ConfigurationError("a fault takes an HTTP status from 400 to 599")


def error_of(fault: Fault) -> errors.APIError:
    """Return the error that a fault of the kind `error` is."""
    return errors.find_class(fault.code, fault.message, fault.status)(
        fault.message, code=fault.code, status_code=fault.status
    )
