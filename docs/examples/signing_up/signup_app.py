"""A sign-up with FastAPI: the link in a mail confirms the address.

    uvicorn --app-dir docs/examples/signing_up signup_app:app

Region and credentials come from the environment, as for every client.
"""

import hashlib
import logging
import os
import secrets
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from typing import Annotated

from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from sesv2kit import AsyncSESv2Client, compose, errors

SENDER = "Shop <shop@example.com>"
PUBLIC_URL = os.environ.get("PUBLIC_URL", "http://127.0.0.1:8000")
DATABASE = os.environ.get("DATABASE", "signups.db")
SCHEMA = """
    CREATE TABLE IF NOT EXISTS users (
        address TEXT PRIMARY KEY,
        token_hash TEXT,             -- of the newest link
        asked_at INTEGER NOT NULL,   -- when that link was asked for
        mail TEXT NOT NULL,          -- 'to send', 'sent', 'unknown' or 'failed'
        is_confirmed INTEGER NOT NULL DEFAULT 0
    )
"""
# A link for a new address, or for one that has waited a minute and is not confirmed.
ASK = """
    INSERT INTO users (address, token_hash, asked_at, mail)
    VALUES (?, ?, unixepoch(), 'to send')
    ON CONFLICT (address) DO UPDATE SET token_hash = excluded.token_hash,
        asked_at = excluded.asked_at, mail = excluded.mail
    WHERE NOT is_confirmed AND asked_at <= excluded.asked_at - 60
"""
CONFIRM = """
    UPDATE users SET is_confirmed = 1, token_hash = NULL
    WHERE token_hash = ? AND asked_at > unixepoch() - 24 * 60 * 60
"""

log = logging.getLogger("shop")


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncGenerator[dict[str, AsyncSESv2Client]]:
    """Make one client for all requests; close it after the last background task."""
    execute(SCHEMA)
    async with AsyncSESv2Client(timeout=10, call_timeout=60) as ses:
        yield {"ses": ses}


async def get_ses(request: Request) -> AsyncSESv2Client:
    """Return the app's client."""
    ses: AsyncSESv2Client = request.state.ses
    return ses


app = FastAPI(lifespan=lifespan)
Ses = Annotated[AsyncSESv2Client, Depends(get_ses)]


class SignUp(BaseModel):
    """The body of a sign-up."""

    address: str = Field(max_length=320, pattern=r'^[^\s"<>]+$')  # without a name


@app.post("/sign-ups", status_code=202)
def sign_up(form: SignUp, later: BackgroundTasks, ses: Ses) -> dict[str, str]:
    """Note the address, respond, and send the mail after that."""
    token = secrets.token_urlsafe(32)
    try:
        address = compose.address("", form.address).lower()  # each has one spelling
        mail = confirmation(address, token)
    except errors.ParamValidationError as error:
        raise HTTPException(422, "This is not an address to send to.") from error
    if execute(ASK, address, hash_of(token)):
        later.add_task(send, ses, mail, address)
    # The same response for every address: nobody learns who is a customer.
    return {"detail": "Please look into your inbox."}


def confirmation(address: str, token: str) -> compose.Mail:
    """Return the mail; a wrong address is an error here, before anything is sent."""
    link = f"{PUBLIC_URL}/confirm?token={token}"
    return compose.mail(
        sender=SENDER,
        to=address,
        subject="Please confirm your address",
        text=f"Welcome! Please follow this link within a day:\n\n{link}\n",
        html=f'<p>Welcome!</p><p><a href="{link}">Confirm my address</a></p>',
        tags={"kind": "sign-up"},
    )


async def send(ses: AsyncSESv2Client, mail: compose.Mail, address: str) -> None:
    """Send a mail, and note what became of it. There is nobody left to raise to."""
    state = "sent"
    try:
        # Two mails with one link do no harm; none keeps somebody out.
        await ses.send_email(**mail.arguments, options={"resend_ambiguous": True})
    except errors.AmbiguousSendError as error:
        state = "unknown"
        log.warning("a confirmation may have been sent: %s", error)
    except errors.SESv2Error:
        state = "failed"
        log.exception("a confirmation was not sent")
    await run_in_threadpool(
        execute, "UPDATE users SET mail = ? WHERE address = ?", state, address
    )


@app.get("/confirm")
def show_button() -> HTMLResponse:
    """Show a button: the programs that scan mails follow links, and press nothing."""
    return HTMLResponse(
        '<form method="post"><button>Confirm my address</button></form>'
    )


@app.post("/confirm")
def confirm(token: str) -> HTMLResponse:
    """Confirm an address, once, within a day."""
    if not execute(CONFIRM, hash_of(token)):
        raise HTTPException(404, "This link is too old. Please sign up again.")
    return HTMLResponse("<p>Thank you. You are in.</p>")


def hash_of(token: str) -> str:
    """Return what the database keeps: who reads it can't confirm anybody."""
    return hashlib.sha256(token.encode()).hexdigest()


def execute(statement: str, *values: object) -> int:
    """Execute a statement, and return how many rows it changed."""
    with closing(sqlite3.connect(DATABASE)) as database, database:
        return database.execute(statement, values).rowcount
