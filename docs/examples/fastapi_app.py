"""A FastAPI app that sends mail. One client serves all requests, for as long as the app runs.

    uvicorn --app-dir docs/examples fastapi_app:app

Region, credentials and endpoint come from the environment: AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
AWS_ENDPOINT_URL_SESV2 and so on.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from sesv2kit import AsyncSESv2Client, errors, models


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncGenerator[dict[str, AsyncSESv2Client]]:
    """Make the client when the app starts, and close it when the app has answered its last request."""
    async with AsyncSESv2Client() as ses:
        yield {"ses": ses}


async def get_ses(request: Request) -> AsyncSESv2Client:
    """Hand out the app's client; tests put another one in its place, with `app.dependency_overrides`."""
    ses: AsyncSESv2Client = request.state.ses
    return ses


app = FastAPI(lifespan=lifespan)
Ses = Annotated[AsyncSESv2Client, Depends(get_ses)]


class Mail(BaseModel):
    """What the endpoint takes."""

    to: str
    subject: str
    text: str
    campaign: str = "none"


class Sent(BaseModel):
    """What it answers."""

    message_id: str | None


@app.post("/mails", status_code=201)
async def send_mail(mail: Mail, ses: Ses) -> Sent:
    """Send one mail."""
    reply = await ses.send_email(
        from_email_address="shop@example.com",
        destination=models.Destination(to_addresses=[mail.to]),
        content=models.EmailContent(
            simple=models.Message(
                subject=models.Content(data=mail.subject),
                body=models.Body(text=models.Content(data=mail.text)),
                headers=[models.MessageHeader(name="X-Campaign", value=mail.campaign)],
            )
        ),
    )
    return Sent(message_id=reply.message_id)


@app.exception_handler(errors.ParamValidationError)
async def on_bad_arguments(_request: Request, error: errors.ParamValidationError) -> JSONResponse:
    """Tell everything that is wrong, in the form of FastAPI's own 422. Nothing was sent."""
    problems = [{"loc": [problem.path], "msg": problem.message, "type": "ses"} for problem in error.problems]
    return JSONResponse({"detail": problems}, status_code=422)


@app.exception_handler(errors.AmbiguousSendError)
async def on_ambiguous_send(_request: Request, _error: errors.AmbiguousSendError) -> JSONResponse:
    """Say that nobody knows, and send nothing again: the mail may be on its way."""
    return JSONResponse({"detail": "The mail may or may not have been sent. Do not just repeat it."}, status_code=502)


@app.exception_handler(errors.TransportError)
async def on_no_answer(_request: Request, _error: errors.TransportError) -> JSONResponse:
    """Ask to come back: a send that gets here never reached SES, else it were an AmbiguousSendError."""
    return come_back_later()


@app.exception_handler(errors.APIError)
async def on_refusal(_request: Request, error: errors.APIError) -> JSONResponse:
    """Ask to come back if SES is too busy, after the client's own retries; else pass on the code."""
    if error.is_retryable:
        return come_back_later()
    return JSONResponse({"detail": f"SES refused the mail: {error.code}"}, status_code=502)


def come_back_later() -> JSONResponse:
    """Answer that nothing was sent, and that the same request may pass a little later."""
    return JSONResponse({"detail": "SES is busy. Nothing was sent."}, status_code=503, headers={"Retry-After": "5"})
