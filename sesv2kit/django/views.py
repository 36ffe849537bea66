"""The webhook as a view: `path("ses-events/", sesv2kit.django.webhook)`."""

from collections.abc import Callable
from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from .. import events
from ..events import django as views
from . import signals
from .conf import NAME, mail_settings


@csrf_exempt
def webhook(request: HttpRequest) -> HttpResponse:
    """Take what SNS posts, verify it, and send the signals of its events. The signature is the check, so CSRF's is off.

    The project's setting names the topics: `SESV2KIT = {"topics": ["arn:aws:sns:..."]}`.
    """
    return _receiver(tuple(mail_settings().topics))(request)


@cache
def _receiver(topics: tuple[str, ...]) -> Callable[[HttpRequest], HttpResponse]:
    if not topics:
        raise ImproperlyConfigured(f"{NAME}['topics'] must name the SNS topics that the webhook takes events of")
    return views.webhook(signals.send, events.SNSVerifier(topics))
