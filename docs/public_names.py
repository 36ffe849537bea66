"""The public names of the package, all of which the reference has to have."""

from collections.abc import Container, Iterator
from importlib import import_module
from types import ModuleType
from typing import Final

MODULES: Final = (
    "sesv2kit",
    "sesv2kit.bulk",
    "sesv2kit.compose",
    "sesv2kit.convert",
    "sesv2kit.django",
    "sesv2kit.errors",
    "sesv2kit.events",
    "sesv2kit.fleet",
    "sesv2kit.local",
    "sesv2kit.models",
    "sesv2kit.testing",
)
"""The modules with an `__all__` that users import from."""


def missing(documented: Container[str]) -> Iterator[str]:
    """Yield the public names that are not among the documented ones.

    A module may export what is another's, such as an error: that is documented once.
    """
    for module_name in MODULES:
        module = import_module(module_name)
        for name in module.__all__:
            names = {f"{module_name}.{name}", *_other_names(getattr(module, name))}
            if not any(one in documented for one in names):
                yield f"{module_name}.{name}"
    for client in ("SESv2Client", "AsyncSESv2Client"):
        for name in dir(getattr(import_module("sesv2kit"), client)):
            sync_name = "close" if name == "aclose" else name
            if (
                not name.startswith("_")
                and f"sesv2kit.SESv2Client.{sync_name}" not in documented
            ):
                yield f"sesv2kit.{client}.{name}"


def _other_names(value: object) -> Iterator[str]:
    """Yield the other names under which a value may be documented."""
    if isinstance(value, ModuleType):
        yield value.__name__
    elif isinstance(value, type):
        home = value.__module__.removesuffix("._core.exceptions")
        yield f"{home}.errors.{value.__name__}"
        yield f"{value.__module__}.{value.__qualname__}"
