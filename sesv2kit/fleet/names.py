"""Mailings by their names, for the tasks of engines."""

from collections.abc import Iterable

from .._core.exceptions import ConfigurationError
from .mailing import Mailing


def by_name(mailings: Iterable[Mailing]) -> dict[str, Mailing]:
    """Return mailings by their names.

    Raises:
        ConfigurationError: Two have the same name.
    """
    found: dict[str, Mailing] = {}
    for mailing in mailings:
        if mailing.name in found:
            raise ConfigurationError(f"two mailings have the name {mailing.name!r}")
        found[mailing.name] = mailing
    return found
