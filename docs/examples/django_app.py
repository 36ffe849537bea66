"""A Django app that sends mail, in one file, under WSGI and under ASGI.

    gunicorn --chdir docs/examples --threads 8 django_app:wsgi
    uvicorn --app-dir docs/examples django_app:asgi

Region, credentials and endpoint come from the environment: AWS_REGION,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_SESV2 and so on.
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

from sesv2kit import AsyncSESv2Client, SESv2Client, compose, errors

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=get_random_secret_key(),
)

# A client opens its connections on first use, so it can be made here, before a server
# forks its workers: each worker opens its own. All threads of a worker share `ses`, and
# all tasks of its event loop share `async_ses`.
ses = SESv2Client()
async_ses = AsyncSESv2Client()
atexit.register(ses.close)


class MailForm(forms.Form):
    """The form that the views read."""

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
        response = ses.send_email(**mail_of(form).arguments)
    except errors.SESv2Error as error:
        return failure(error)
    return JsonResponse({"message_id": response.message_id}, status=201)


@require_POST
async def send_mail_async(request: HttpRequest) -> JsonResponse:
    """Send one mail without blocking a thread."""
    form = MailForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
    try:
        response = await async_ses.send_email(**mail_of(form).arguments)
    except errors.SESv2Error as error:
        return failure(error)
    return JsonResponse({"message_id": response.message_id}, status=201)


def mail_of(form: MailForm) -> compose.Mail:
    """Return the mail that a form describes."""
    fields = form.cleaned_data
    return compose.mail(
        sender="shop@example.com",
        to=fields["to"],
        subject=fields["subject"],
        text=fields["text"],
        headers={"X-Campaign": fields["campaign"]},
    )


def failure(error: errors.SESv2Error) -> JsonResponse:
    """Return what happened to the mail; raise what only the operator can fix."""
    match error:
        case errors.ParamValidationError(problems=problems):
            return JsonResponse(
                {"errors": [str(problem) for problem in problems]}, status=422
            )
        case errors.AmbiguousSendError():
            # The mail may be on its way, so nothing is sent again.
            return JsonResponse(
                {"errors": ["The mail may have been sent. Do not repeat it blindly."]},
                status=502,
            )
        case errors.TransportError() | errors.APIError(is_retryable=True):
            # Nothing was sent: otherwise it would be an AmbiguousSendError.
            later = {"Retry-After": "5"}
            return JsonResponse(
                {"errors": ["SES is busy. Nothing was sent."]},
                status=503,
                headers=later,
            )
        case errors.APIError(code=code):
            return JsonResponse(
                {"errors": [f"SES refused the mail: {code}"]}, status=502
            )
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
    """Pass requests to Django, and close the async client when the server stops."""
    if scope["type"] != "lifespan":
        await _django(scope, receive, send)
        return
    await receive()  # the server starts
    async with async_ses:
        await send({"type": "lifespan.startup.complete"})
        await receive()  # the server has finished its last request
    await send({"type": "lifespan.shutdown.complete"})
