"""What the generated rows say of an operation, and what a generated method calls."""

from collections.abc import Callable
from typing import Any, Generic, Literal, TypeVar

import attrs

from .model import Limits, Response
from .rules import Rule

ResponseT = TypeVar("ResponseT", bound=Response)

Kind = Literal["read", "idempotent", "write", "send"]
"""What a second, identical request does: nothing (`read`), the same as one (`idempotent`), more than one
(`write`), or a second mail (`send`)."""


@attrs.frozen(eq=False)
class Argument:
    """One argument of an operation and where it travels."""

    name: str
    wire_name: str
    location: Literal["path", "query", "body"]
    type: Callable[[], Any]
    """Returns the core type; a function, so that no model is loaded before it is needed."""
    limits: Limits | None = None
    required: bool = False
    member_name: str | None = None
    """Its name in AWS's model, which boto3 uses, if the wire has another one."""


@attrs.frozen(eq=False)
class Weight:
    """A second documented rate of an operation, of the items in an argument."""

    argument: str
    """The argument, by its Python name."""
    rate: int
    """Items per second."""


@attrs.frozen(eq=False)
class Page:
    """How an operation pages."""

    items: str
    """The member of the response that holds the entries, by its Python name."""
    token: str = "next_token"
    """The token's name, in the arguments and in the response."""
    size: str = "page_size"
    """The argument that says how many entries a response holds at most."""


@attrs.frozen(kw_only=True, eq=False)
class Operation(Generic[ResponseT]):
    """One operation, as the specification has it."""

    name: str
    method: str
    path: str
    """The path; `{Name}` is the place of the path argument with that wire name."""
    kind: Kind
    output: Callable[[], type[ResponseT]]
    arguments: tuple[Argument, ...] = ()
    errors: tuple[str, ...] = ()
    """The codes of the errors that the reference lists for it."""
    rate: int | None = None
    """The documented limit in calls per second."""
    weight: Weight | None = None
    rules: tuple[Rule, ...] = ()
    """The documented limits on several arguments at once."""
    page: Page | None = None
