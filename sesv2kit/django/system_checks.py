"""System checks: what is wrong with the project's settings, before the first mail."""

import warnings
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, cast

import django
from django.conf import settings
from django.core import checks, mail
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from ..client._sync import SESv2Client
from ..errors import SESv2Error
from ..events.sns import is_topic_arn
from .backend import EmailBackend
from .conf import CLIENT_ARGUMENTS, NAME, problems

_HAS_MAILERS: Final = django.VERSION >= (6, 1)
_OF_TEST_RUNNER: Final = (
    "django.core.mail.backends.locmem.EmailBackend"  # it replaces the project's backends, before the checks
)
_HINT: Final = (
    'MAILERS = {"default": {"BACKEND": "sesv2kit.django.EmailBackend"}} sends them'
    if _HAS_MAILERS
    else 'EMAIL_BACKEND = "sesv2kit.django.EmailBackend" sends them'
)


def check_settings(**_details: Any) -> list[checks.CheckMessage]:
    """Return what is wrong with the settings; no request is made."""
    given: object = getattr(settings, NAME, {})
    if not isinstance(given, Mapping):
        return [checks.Error(f"{NAME} must be a dict", id="sesv2kit.E001")]
    setting = cast("Mapping[str, Any]", given)
    mailers = _mailers()
    through_ses = {alias: mailer for alias, mailer in mailers.items() if _sends_through_ses(mailer)}
    wrong = [*problems(setting), *_option_problems(through_ses)]
    found: list[checks.CheckMessage] = [checks.Error(problem, id="sesv2kit.E002") for problem in wrong]
    found = found or [
        *(checks.Error(problem, id="sesv2kit.E002") for problem in _topic_problems(setting)),
        *(checks.Error(problem, id="sesv2kit.E003") for problem in _client_problems(setting, through_ses)),
    ]
    if found:
        return found
    if not through_ses and all(mailer.get("BACKEND") != _OF_TEST_RUNNER for mailer in mailers.values()):
        return [checks.Warning("mails do not go through SES", hint=_HINT, id="sesv2kit.W001")]
    return []


def _mailers() -> Mapping[str, Mapping[str, Any]]:
    """Return the setting `MAILERS`, or what it would be in a project with the older `EMAIL_BACKEND`."""
    if _HAS_MAILERS and hasattr(settings, "MAILERS"):  # pragma: no cover -- needs Django 6.1
        return cast("Mapping[str, Mapping[str, Any]]", settings.MAILERS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Django 6.1 has warned the project when it loaded the settings
        return {"default": {"BACKEND": getattr(settings, "EMAIL_BACKEND", "")}}


def _sends_through_ses(mailer: Mapping[str, Any]) -> bool:
    """Return whether the backend of a mailer is this package's, or a subclass."""
    try:
        backend: object = import_string(mailer.get("BACKEND", ""))
    except ImportError:
        return False
    return isinstance(backend, type) and issubclass(backend, EmailBackend)


def _option_problems(aliases: Collection[str]) -> Iterator[str]:
    """Yield what Django says about the `OPTIONS` of mailers."""
    for alias in aliases if _HAS_MAILERS else ():  # pragma: no cover -- needs Django 6.1
        try:
            _mailer = mail.mailers[alias]
        except ImproperlyConfigured as error:
            yield str(error)


def _topic_problems(setting: Mapping[str, Any]) -> Iterator[str]:
    for topic in setting.get("topics", ()):
        if not is_topic_arn(topic):
            yield f"{NAME}['topics']: {topic!r} is not the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME"


def _client_problems(setting: Mapping[str, Any], mailers: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield why a client of the mailers can't be made, or why it can't call anything."""
    shared = _client_arguments(setting)
    options = {alias: _client_arguments(mailer.get("OPTIONS", {})) for alias, mailer in mailers.items()}
    clients = {f"MAILERS[{alias!r}]: " if own else "": shared | own for alias, own in options.items()} or {"": shared}
    for where, arguments in clients.items():
        try:
            with SESv2Client(**arguments) as client:
                # Without a mailer, as in a test run, the region may be among options that are not there.
                _endpoint = client.endpoint_url if mailers else None
        except SESv2Error as error:
            yield f"{where}no client can be made: {error}"


def _client_arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in CLIENT_ARGUMENTS}
