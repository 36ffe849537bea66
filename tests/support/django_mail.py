"""Django's settings about its mail backend: `MAILERS`, and `EMAIL_BACKEND`, which Django 6.1 deprecates."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.core import mail
from django.test.utils import override_settings

BACKEND = "sesv2kit.django.EmailBackend"
HAS_MAILERS = django.VERSION >= (6, 1)
NO_MAILERS = f"Django {django.get_version()} has no setting MAILERS: it came with 6.1"


@contextmanager
def settings_of(**values: Any) -> Iterator[None]:
    """Put settings in force. That Django warns of the old ones is not a failure; that they are read inside is one."""
    override = override_settings(**values)
    with deprecated_settings():
        override.enable()
    try:
        yield
    finally:
        with deprecated_settings():
            override.disable()


@contextmanager
def deprecated_settings() -> Iterator[None]:
    """Allow the old setting."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The EMAIL_BACKEND setting is deprecated")
        yield


def sending_by(backend: str, *, old: bool = not HAS_MAILERS) -> dict[str, Any]:
    """Return the setting that names the backend: the old one, or the one of the newest Django."""
    return {"EMAIL_BACKEND": backend} if old else {"MAILERS": {"default": {"BACKEND": backend}}}


def backend_with(**options: Any) -> Any:
    """Return the package's backend with options, as a project of the installed Django gets it."""
    if not HAS_MAILERS:
        return mail.get_connection(BACKEND, **options)
    with override_settings(MAILERS={"special": {"BACKEND": BACKEND, "OPTIONS": options}}):
        return mail.mailers["special"]
