"""SES on your machine: the fake of `sesv2kit.testing` over HTTP, with an inbox for the browser.

`sesv2kit local` serves it, or `serve` in a program. Needs the extra `sesv2kit[local]`. docs/local.md is the guide.

How it fails, and what is lost: without `--db`, everything is lost when the program ends; with it, faults and the
position of the clock. A webhook that never takes an event loses that event, with a warning in the log.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from .._core.exceptions import ConfigurationError

if TYPE_CHECKING:
    from .app import create_app as create_app
    from .server import serve as serve

__all__ = ["create_app", "serve"]

_HOMES: Final = {"create_app": "app", "serve": "server"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        return getattr(import_module(f".{_HOMES[name]}", __name__), name)
    except ImportError as error:
        message = f"sesv2kit.local needs {error.name}: pip install 'sesv2kit[local]'"
        raise ConfigurationError(message) from error


def __dir__() -> list[str]:
    return sorted(__all__)
