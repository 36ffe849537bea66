"""Django's mail through Amazon SES: `MAILERS = {"default": {"BACKEND": "sesv2kit.django.EmailBackend"}}` is enough.

Before Django 6.1, `EMAIL_BACKEND = "sesv2kit.django.EmailBackend"` is.

How it fails, and what is lost: an error is a `sesv2kit.errors.SESv2Error`. The messages before the one that failed are
sent and have their `ses_message_id`; those after it are not. An `AmbiguousSendError` may have been sent, and is not
repeated. Nothing is kept for later. An event whose receiver raises is delivered again. docs/django.md is the guide.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .backend import EmailBackend as EmailBackend
    from .backend import asend_messages as asend_messages
    from .views import webhook as webhook

__all__ = ["EmailBackend", "asend_messages", "webhook"]

_HOMES: Final = {"EmailBackend": "backend", "asend_messages": "backend", "webhook": "views"}
"""Each is loaded when it is first used: Django imports this package before its settings are there."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
