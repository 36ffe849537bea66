"""The classes of the generated rows: operations, and their arguments, rates and paging."""

from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

from .model import Limits, Response
from .rules import MemberRule

ResponseT = TypeVar("ResponseT", bound=Response)

Kind = Literal["read", "idempotent", "write", "send"]
"""What a second, identical request does: nothing (`read`), the same as one (`idempotent`), more than one
(`write`), or a second mail (`send`)."""
Location = Literal["path", "query", "body"]
"""Where an argument travels."""


class Argument:
    """One argument of an operation and where it travels."""

    __slots__ = ("limits", "location", "member_name", "name", "required", "type", "wire_name")

    def __init__(
        self,
        name: str,
        wire_name: str,
        location: Location,
        type: Callable[[], Any],  # noqa: A002 -- the word for it
        limits: Limits | None = None,
        required: bool = False,
        member_name: str | None = None,
    ) -> None:
        self.name: str = name
        self.wire_name: str = wire_name
        self.location: Location = location
        self.type: Callable[[], Any] = type
        """Returns the core type; a function, so that no model is loaded before it is needed."""
        self.limits: Limits | None = limits
        self.required: bool = required
        self.member_name: str | None = member_name
        """Its name in AWS's model, which boto3 uses, if the wire has another one."""


class Weight:
    """A second documented rate of an operation, of the items in an argument."""

    __slots__ = ("argument", "rate")

    def __init__(self, argument: str, rate: int) -> None:
        self.argument: str = argument
        """The argument, by its Python name."""
        self.rate: int = rate
        """Items per second."""


class Page:
    """How an operation pages."""

    __slots__ = ("items", "size", "token")

    def __init__(self, items: str, token: str = "next_token", size: str = "page_size") -> None:  # noqa: S107 -- of paging
        self.items: str = items
        """The member of the response that holds the entries, by its Python name."""
        self.token: str = token
        """The token's name, in the arguments and in the response."""
        self.size: str = size
        """The argument for the maximum number of entries in a response."""


class Operation(Generic[ResponseT]):
    """An operation, as the specification describes it."""

    __slots__ = ("arguments", "errors", "kind", "method", "name", "output", "page", "path", "rate", "rules", "weight")

    def __init__(
        self,
        *,
        name: str,
        method: str,
        path: str,
        kind: Kind,
        output: Callable[[], type[ResponseT]],
        arguments: tuple[Argument, ...] = (),
        errors: tuple[str, ...] = (),
        rate: int | None = None,
        weight: Weight | None = None,
        rules: tuple[MemberRule, ...] = (),
        page: Page | None = None,
    ) -> None:
        self.name: str = name
        self.method: str = method
        self.path: str = path
        """The path; `{Name}` stands for the path argument with that wire name."""
        self.kind: Kind = kind
        self.output: Callable[[], type[ResponseT]] = output
        self.arguments: tuple[Argument, ...] = arguments
        self.errors: tuple[str, ...] = errors
        """The codes of the errors that the reference lists for it."""
        self.rate: int | None = rate
        """The documented limit in calls per second."""
        self.weight: Weight | None = weight
        self.rules: tuple[MemberRule, ...] = rules
        """The documented limits on several arguments at once."""
        self.page: Page | None = page
