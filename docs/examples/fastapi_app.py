"""A FastAPI app that sends mail. One client serves all requests.

    uvicorn --app-dir docs/examples fastapi_app:app

Region, credentials and endpoint come from the environment: AWS_REGION,
AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_SESV2 and so on.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from sesv2kit import AsyncSESv2Client, compose, errors


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncGenerator[dict[str, AsyncSESv2Client]]:
    """Make the client when the app starts; close it after the last request."""
    async with AsyncSESv2Client() as ses:
        yield {"ses": ses}


async def get_ses(request: Request) -> AsyncSESv2Client:
    """Return the app's client; tests replace it with `app.dependency_overrides`."""
    ses: AsyncSESv2Client = request.state.ses
    return ses


app = FastAPI(lifespan=lifespan)
Ses = Annotated[AsyncSESv2Client, Depends(get_ses)]


class Mail(BaseModel):
    """The body of the request."""

    to: str
    subject: str
    text: str
    campaign: str = "none"


class Sent(BaseModel):
    """The body of the response."""

    message_id: str


@app.post("/mails", status_code=201)
async def send_mail(mail: Mail, ses: Ses) -> Sent:
    """Send one mail."""
    composed = compose.mail(
        sender="shop@example.com",
        to=mail.to,
        subject=mail.subject,
        text=mail.text,
        headers={"X-Campaign": mail.campaign},
    )
    response = await ses.send_email(**composed.arguments)
    return Sent(message_id=response.message_id)


@app.exception_handler(errors.ParamValidationError)
async def on_bad_arguments(
    _request: Request, error: errors.ParamValidationError
) -> JSONResponse:
    """Report all problems, in the form of FastAPI's own 422. Nothing was sent."""
    problems = [
        {"loc": [problem.path], "msg": problem.message, "type": "ses"}
        for problem in error.problems
    ]
    return JSONResponse({"detail": problems}, status_code=422)


@app.exception_handler(errors.AmbiguousSendError)
async def on_ambiguous_send(
    _request: Request, _error: errors.AmbiguousSendError
) -> JSONResponse:
    """Report that the outcome is unknown; a repetition could send the mail twice."""
    return JSONResponse(
        {"detail": "The mail may have been sent. Do not repeat it blindly."},
        status_code=502,
    )


@app.exception_handler(errors.TransportError)
async def on_no_response(
    _request: Request, _error: errors.TransportError
) -> JSONResponse:
    """Ask the caller to try later: nothing was sent."""
    return try_later()


@app.exception_handler(errors.APIError)
async def on_refusal(_request: Request, error: errors.APIError) -> JSONResponse:
    """Ask the caller to try later if SES is too busy; or else report the code."""
    if error.is_retryable:
        return try_later()
    return JSONResponse(
        {"detail": f"SES refused the mail: {error.code}"}, status_code=502
    )


def try_later() -> JSONResponse:
    """Return a response: nothing was sent, and the same request may succeed later."""
    return JSONResponse(
        {"detail": "SES is busy. Nothing was sent."},
        status_code=503,
        headers={"Retry-After": "5"},
    )
