"""A mailing that the command line names as MODULE:NAME."""

import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from ..errors import SESv2Error
from .failures import UsageProblem

if TYPE_CHECKING:
    from ..fleet import Mailing


def find_mailing(place: str) -> "Mailing":
    """Import a module, and return one of its mailings. Modules of the current folder are found, too.

    Args:
        place: The module and the name in it, such as `shop.mailing:july`.

    Raises:
        UsageProblem: There is no such module or name, the module can't be imported, or the name is something else.
        ConfigurationError: The extra for fleets is missing, or the module has made a mailing with wrong arguments.
    """
    from ..fleet import Mailing

    module_name, colon, name = place.partition(":")
    if not (module_name and colon and name):
        raise UsageProblem(f"a mailing is named as MODULE:NAME, such as shop.mailing:july, not {place!r}")
    module = _import(module_name)
    found: object = module
    for part in name.split("."):
        found = getattr(found, part, None)
    if isinstance(found, Mailing):
        return found
    names = [known for known, value in vars(module).items() if isinstance(value, Mailing)]
    others = f"; its mailings are {', '.join(names)}" if names else "; it has no mailing of sesv2kit.fleet"
    if found is None:
        raise UsageProblem(f"the module {module_name} has no {name}{others}")
    raise UsageProblem(f"{place} is a {type(found).__name__} and not a Mailing{others}")


def _import(name: str) -> ModuleType:
    if "" not in sys.path and str(Path.cwd()) not in sys.path:
        sys.path.insert(0, str(Path.cwd()))
    try:
        return import_module(name)
    except SESv2Error:
        raise
    except ModuleNotFoundError as missing:
        if missing.name and f"{name}.".startswith(f"{missing.name}."):
            message = (
                f"there is no module {missing.name}; run the command in the folder that it is in, or set PYTHONPATH"
            )
            raise UsageProblem(message) from None
        raise _failed(name, missing) from None
    except Exception as error:  # noqa: BLE001 -- a module may raise anything
        raise _failed(name, error) from None


def _failed(name: str, error: Exception) -> UsageProblem:
    """Return the problem of a module that raises an error when it is imported."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.filename}, line {last.lineno}"
    return UsageProblem(
        f"the module {name} can't be imported: {type(error).__name__}: {error}\nIt was raised in {place}"
    )
