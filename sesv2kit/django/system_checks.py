"""System checks: what is wrong with the project's setting, before the first mail."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django.conf import settings
from django.core import checks

from ..client._sync import SESv2Client
from ..errors import SESv2Error
from ..events.sns import is_topic_arn
from .conf import CLIENT_ARGUMENTS, NAME, problems

_OF_TEST_RUNNER = (
    "django.core.mail.backends.locmem.EmailBackend"  # it replaces the project's backend, before the checks
)


def check_settings(**_details: Any) -> list[checks.CheckMessage]:
    """Return what is wrong with the setting; no request is made."""
    given: object = getattr(settings, NAME, {})
    if not isinstance(given, Mapping):
        return [checks.Error(f"{NAME} must be a dict", id="sesv2kit.E001")]
    setting = cast("Mapping[str, Any]", given)
    found: list[checks.CheckMessage] = [checks.Error(problem, id="sesv2kit.E002") for problem in problems(setting)]
    found = found or [
        *(checks.Error(problem, id="sesv2kit.E002") for problem in _topic_problems(setting)),
        *(checks.Error(problem, id="sesv2kit.E003") for problem in _client_problems(setting)),
    ]
    if found:
        return found
    backend = str(getattr(settings, "EMAIL_BACKEND", ""))
    if not backend.startswith("sesv2kit.") and backend != _OF_TEST_RUNNER:
        hint = 'EMAIL_BACKEND = "sesv2kit.django.EmailBackend" sends them'
        return [checks.Warning("mails do not go through SES", hint=hint, id="sesv2kit.W001")]
    return []


def _topic_problems(setting: Mapping[str, Any]) -> Iterator[str]:
    for topic in setting.get("topics", ()):
        if not is_topic_arn(topic):
            yield f"{NAME}['topics']: {topic!r} is not the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME"


def _client_problems(setting: Mapping[str, Any]) -> Iterator[str]:
    """Yield why no client can be made, or why it can't call anything."""
    try:
        with SESv2Client(**{name: value for name, value in setting.items() if name in CLIENT_ARGUMENTS}) as client:
            _endpoint = client.endpoint_url
    except SESv2Error as error:
        yield f"no client can be made: {error}"
