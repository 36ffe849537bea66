"""A Django app that sends mail, in one file: from a sync view under WSGI, from an async view under ASGI.

    gunicorn --chdir docs/examples --threads 8 django_app:wsgi
    uvicorn --app-dir docs/examples django_app:asgi

Region, credentials and endpoint come from the environment: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL_SESV2 and so on.
"""

import atexit
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.management.utils import get_random_secret_key
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from sesv2kit import AsyncSESv2Client, SESv2Client, errors, models

settings.configure(ALLOWED_HOSTS=["localhost", "127.0.0.1"], ROOT_URLCONF=__name__, SECRET_KEY=get_random_secret_key())

# A client opens its connections on first use. So it can be made here, before a server forks its workers: each worker
# opens its own. All threads of a worker share `ses`, all tasks of its event loop `async_ses`.
ses = SESv2Client()
async_ses = AsyncSESv2Client()
atexit.register(ses.close)


class MailForm(forms.Form):
    """What the views take."""

    to = forms.CharField()
    subject = forms.CharField()
    text = forms.CharField()
    campaign = forms.CharField(required=False, empty_value="none")


@require_POST
def send_mail(request: HttpRequest) -> JsonResponse:
    """Send one mail."""
    form = MailForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        reply = ses.send_email(
            from_email_address="shop@example.com",
            destination=models.Destination(to_addresses=[form.cleaned_data["to"]]),
            content=content_of(form),
        )
    except errors.SESv2Error as error:
        return failure(error)
    return JsonResponse({"message_id": reply.message_id}, status=201)


@require_POST
async def send_mail_async(request: HttpRequest) -> JsonResponse:
    """Send one mail without holding a thread meanwhile."""
    form = MailForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        reply = await async_ses.send_email(
            from_email_address="shop@example.com",
            destination=models.Destination(to_addresses=[form.cleaned_data["to"]]),
            content=content_of(form),
        )
    except errors.SESv2Error as error:
        return failure(error)
    return JsonResponse({"message_id": reply.message_id}, status=201)


def content_of(form: MailForm) -> models.EmailContent:
    """Return the message that a form describes."""
    mail = form.cleaned_data
    return models.EmailContent(
        simple=models.Message(
            subject=models.Content(data=mail["subject"]),
            body=models.Body(text=models.Content(data=mail["text"])),
            headers=[models.MessageHeader(name="X-Campaign", value=mail["campaign"])],
        )
    )


def failure(error: errors.SESv2Error) -> JsonResponse:
    """Tell what became of the mail; an error that only the operator can mend is raised again, for the log."""
    match error:
        case errors.ParamValidationError(problems=problems):
            return JsonResponse({"errors": [str(problem) for problem in problems]}, status=422)
        case errors.AmbiguousSendError():
            # The mail may be on its way, so nothing is sent again.
            return JsonResponse(
                {"errors": ["The mail may or may not have been sent. Do not just repeat it."]}, status=502
            )
        case errors.TransportError() | errors.APIError(is_retryable=True):
            # Had the mail possibly been sent, this were an AmbiguousSendError.
            later = {"Retry-After": "5"}
            return JsonResponse({"errors": ["SES is busy. Nothing was sent."]}, status=503, headers=later)
        case errors.APIError(code=code):
            return JsonResponse({"errors": [f"SES refused the mail: {code}"]}, status=502)
        case _:
            raise error


urlpatterns = [path("mails", send_mail), path("async/mails", send_mail_async)]

wsgi = get_wsgi_application()
_django = get_asgi_application()


async def asgi(
    scope: dict[str, Any],
    receive: Callable[[], Awaitable[Mapping[str, Any]]],
    send: Callable[[Mapping[str, Any]], Awaitable[None]],
) -> None:
    """Hand requests to Django, and close the async client when the server stops, which Django has no place for."""
    if scope["type"] != "lifespan":
        await _django(scope, receive, send)
        return
    await receive()  # the server starts
    async with async_ses:
        await send({"type": "lifespan.startup.complete"})
        await receive()  # the server has answered its last request
    await send({"type": "lifespan.shutdown.complete"})
