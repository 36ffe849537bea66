"""What all commands share: the options about the account, and how a failure ends the process."""

import inspect
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import wraps
from typing import Annotated, Any, Final, TypeVar, get_type_hints

import attrs
import typer

from .. import errors
from .._version import __version__
from ..client import SESv2Client
from .failures import INTERRUPTED, OutputProblem, UsageProblem, exit_code, explain
from .output import clean, note

FunctionT = TypeVar("FunctionT", bound=Callable[..., int | None])
_PANEL: Final = "Options of all commands"

Region = Annotated[str | None, typer.Option(help="The AWS region, such as eu-west-1.", rich_help_panel=_PANEL)]
Profile = Annotated[str | None, typer.Option(help="The profile of the AWS files.", rich_help_panel=_PANEL)]
EndpointUrl = Annotated[
    str | None, typer.Option(help="The URL of the service, such as that of `sesv2kit local`.", rich_help_panel=_PANEL)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for pipes.", rich_help_panel=_PANEL)]


@attrs.define
class Session:
    """One command with the options that all commands have."""

    region: str | None = None
    profile: str | None = None
    endpoint_url: str | None = None
    json: bool = False
    arguments: tuple[str, ...] = ()
    """The command line."""

    def client(self, **settings: Any) -> SESv2Client:
        """Return a new client."""
        return SESv2Client(
            region=self.region,
            profile=self.profile,
            endpoint_url=self.endpoint_url,
            user_agent_suffix=f"sesv2kit-cli/{__version__}",
            **settings,
        )


def common(
    context: typer.Context,
    region: Region = None,
    profile: Profile = None,
    endpoint_url: EndpointUrl = None,
    json: Json = False,
) -> Session:
    """Return the session of a command; an option of the command counts before the same one of the whole line."""
    before = context.find_object(Session) or Session()
    return attrs.evolve(
        before,
        region=region or before.region,
        profile=profile or before.profile,
        endpoint_url=endpoint_url or before.endpoint_url,
        json=json or before.json,
    )


_COMMON: Final = inspect.signature(common)
_COMMON_HINTS: Final = get_type_hints(common, include_extras=True)


def command(app: typer.Typer, name: str) -> Callable[[FunctionT], FunctionT]:
    """Make a function a command. It gets the session first, and its other parameters from the command line.

    What it returns is the exit code; None is 0.

    Args:
        app: The group that it belongs to.
        name: The name of the command.
    """

    def decorate(function: FunctionT) -> FunctionT:
        hints = get_type_hints(function, include_extras=True)
        own = list(inspect.signature(function).parameters.values())[1:]
        keyword = inspect.Parameter.KEYWORD_ONLY
        parameters = [one.replace(annotation=hints[one.name], kind=keyword) for one in own]
        shared = [one.replace(annotation=_COMMON_HINTS[one.name], kind=keyword) for one in _COMMON.parameters.values()]

        @wraps(function)
        def call(**values: Any) -> None:
            given = {one.name: values.pop(one.name) for one in shared}
            with ending_the_process():
                code = function(common(**given), **values)
                if code:
                    raise typer.Exit(code)

        wrapped: Any = call
        wrapped.__signature__ = inspect.Signature([*parameters, *shared])
        wrapped.__annotations__ = {one.name: one.annotation for one in (*parameters, *shared)}
        app.command(name)(wrapped)
        return function

    return decorate


@contextmanager
def ending_the_process() -> Generator[None]:
    """Return a context in which errors become a message on stderr and an exit code."""
    try:
        yield
    except BrokenPipeError:
        raise  # typer ends the process without a word
    except (errors.SESv2Error, OutputProblem, UsageProblem, OSError, UnicodeError) as error:
        note("\n".join(f"sesv2kit: {clean(line)}" for line in explain(error).splitlines()))
        raise typer.Exit(exit_code(error)) from None
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
