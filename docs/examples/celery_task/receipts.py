"""Receipts by Celery: one mail for each order, however often a task is delivered.

    cd docs/examples/celery_task
    celery --app receipts worker --beat --loglevel info

The broker, region and credentials come from the environment.
"""

import logging
import os
import secrets
import sqlite3
from collections.abc import Sequence
from contextlib import closing

from celery import Celery

from sesv2kit import SESv2Client, compose, errors, events

DATABASE = os.environ.get("DATABASE", "shop.db")
SCHEMA = """
    CREATE TABLE IF NOT EXISTS orders (
        number TEXT PRIMARY KEY, address TEXT NOT NULL, total TEXT NOT NULL
    );
    CREATE TABLE IF NOT EXISTS mails (
        key TEXT PRIMARY KEY,
        state TEXT NOT NULL,    -- 'to send', 'in flight', 'sent', 'failed', 'unknown'
        at INTEGER NOT NULL,    -- when it was queued, or its request left
        owner TEXT,             -- the attempt whose request left
        message_id TEXT
    );
"""
PLACE = "INSERT INTO orders (number, address, total) VALUES (?, ?, ?)"
QUEUE = "INSERT INTO mails (key, state, at) VALUES (?, 'to send', unixepoch())"
# The only way into a request: whoever changes the row may send, and nobody else.
BEGIN = """
    UPDATE mails SET state = 'in flight', owner = ?, at = unixepoch()
    WHERE key = ? AND state = 'to send' RETURNING key
"""
# An event may have come before the response; then the mail was sent.
END = """
    UPDATE mails SET state = ?, message_id = ?
    WHERE key = ? AND owner = ? AND state <> 'sent'
"""
SETTLE = """
    UPDATE mails SET state = 'sent', message_id = ?
    WHERE key = ? AND state IN ('in flight', 'unknown')
"""
LEFT = """
    UPDATE mails SET at = unixepoch()
    WHERE state = 'to send' AND at <= unixepoch() - 600 RETURNING key
"""
LOST = """
    UPDATE mails SET state = 'unknown'
    WHERE state = 'in flight' AND at <= unixepoch() - 600 RETURNING key
"""

log = logging.getLogger("shop")
app = Celery("shop", broker=os.environ.get("BROKER_URL", "redis://localhost"))
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    broker_transport_options={"visibility_timeout": 600},
    beat_schedule={"sweep": {"task": "receipts.sweep", "schedule": 60.0}},
)
# It opens connections at its first use, so each process of the worker has its own.
ses = SESv2Client(timeout=10, call_timeout=60)


def place_order(number: str, address: str, total: str) -> None:
    """Store an order with its mail, both or neither; then queue the task."""
    receipt(number, address, total)  # a wrong address is an error here, not later
    with closing(sqlite3.connect(DATABASE)) as database, database:
        database.execute(PLACE, [number, address, total])
        database.execute(QUEUE, [f"receipt-{number}"])
    send_receipt.delay(number)  # if this fails, the sweep does it later


def receipt(number: str, address: str, total: str) -> compose.Mail:
    """Return the mail of an order."""
    return compose.mail(
        sender="Shop <shop@example.com>",
        to=address,
        subject=f"Your receipt {number}",
        text=f"Thank you for your order. You have paid {total}.",
        tags={"mail": f"receipt-{number}"},
    )


@app.task
def send_receipt(number: str) -> None:
    """Send the receipt of an order, unless that was begun already."""
    query = "SELECT number, address, total FROM orders WHERE number = ?"
    (order,) = execute(query, number)
    state = send_once(f"receipt-{number}", receipt(*order))
    log.info("receipt %s: %s", number, state)


def send_once(key: str, mail: compose.Mail) -> str:
    """Send a mail whose key is to send, and return what is known of it then."""
    owner = secrets.token_hex(8)

    def begin() -> None:
        if not execute(BEGIN, owner, key):
            raise AlreadyBegunError

    def end(state: str, message_id: str | None = None) -> str:
        execute(END, state, message_id, key, owner)
        return state

    try:
        response = ses.send_email(**mail.arguments, options={"before_send": begin})
    except AlreadyBegunError:
        found = execute("SELECT state FROM mails WHERE key = ?", key)
        return f"not sent again, it is {found[0][0] if found else 'not known'}"
    except errors.AmbiguousSendError:
        return end("unknown")
    except errors.APIError as error:
        log.warning("%s was not sent: %s", key, error)
        return end("to send" if may_succeed_later(error) else "failed")
    except errors.SESv2Error as error:
        log.warning("%s was not sent: %s", key, error)
        return end("to send")
    return end("sent", response.message_id)


class AlreadyBegunError(Exception):
    """Another delivery of the task has begun to send the mail."""


def may_succeed_later(error: errors.APIError) -> bool:
    """Return whether a refusal is for now: too fast, no quota, no permission yet."""
    for_now = (
        errors.QuotaExceededError,
        errors.AccessError,
        errors.SendingStoppedError,
    )
    return error.is_retryable or isinstance(error, for_now)


@app.task
def sweep() -> None:
    """Queue what is still to send; report what was in flight when a worker died."""
    for (key,) in execute(LEFT):
        send_receipt.delay(key.removeprefix("receipt-"))
    for (key,) in execute(LOST):
        log.error("%s may have been sent: its worker died", key)


def settle(event: events.Event) -> None:
    """Take from an event that a mail was sent; call it in your webhook."""
    if isinstance(event, events.SendEvent | events.DeliveryEvent):
        for key in event.mail.tags.get("mail", ()):
            execute(SETTLE, event.message_id, key)


def execute(statement: str, *values: object) -> Sequence[tuple[str, ...]]:
    """Execute a statement in a transaction of its own, and return its rows."""
    with closing(sqlite3.connect(DATABASE)) as database, database:
        return database.execute(statement, values).fetchall()


def create_tables() -> None:
    """Create the tables if they are not there."""
    with closing(sqlite3.connect(DATABASE)) as database:
        database.executescript(SCHEMA)


create_tables()
