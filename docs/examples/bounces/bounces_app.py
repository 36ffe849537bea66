"""A webhook with FastAPI: addresses that bounce or complain get no further mail.

SNS_TOPIC=arn:aws:sns:eu-west-1:123456789012:ses-events \
        uvicorn --app-dir docs/examples/bounces --factory bounces_app:create_app
"""

import asyncio
import logging
import os
import sqlite3
from contextlib import closing

from fastapi import FastAPI

from sesv2kit import events

DATABASE = os.environ.get("DATABASE", "users.db")
SCHEMA = """
    CREATE TABLE IF NOT EXISTS users (
        address TEXT PRIMARY KEY,    -- in lower case
        no_mail TEXT,                -- 'BOUNCE' or 'COMPLAINT'; NULL: may be mailed
        soft_bounces INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE IF NOT EXISTS seen_events (
        key TEXT PRIMARY KEY,
        seen_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    );
"""
SEEN = "INSERT INTO seen_events (key) VALUES (?) ON CONFLICT DO NOTHING"
MARK = "UPDATE users SET no_mail = ? WHERE address = ?"
COUNT = "UPDATE users SET soft_bounces = soft_bounces + 1 WHERE address = ?"

log = logging.getLogger("shop")


def create_app(
    verifier: events.SNSVerifier | None = None, *, confirm: bool = True
) -> FastAPI:
    """Return the app. SNS posts to /ses-events/, with the slash at the end.

    Args:
        verifier: Checks who posts. Default: SNS alone, for the topic in SNS_TOPIC.
        confirm: Whether to confirm the subscription when SNS asks for it.
    """
    with connect() as database:
        database.executescript(SCHEMA)
    verifier = verifier or events.SNSVerifier([os.environ["SNS_TOPIC"]])
    app = FastAPI()
    webhook = events.asgi.Webhook(on_event, verifier, confirm=confirm)
    app.mount("/ses-events", webhook)
    return app


async def on_event(event: events.Event) -> None:
    """Record an event without blocking others; an error makes SNS repeat it."""
    await asyncio.to_thread(record, event)


def record(event: events.Event) -> bool:
    """Do what an event asks for, once; return whether it is new."""
    with connect() as database:
        database.execute("BEGIN IMMEDIATE")
        with database:  # the key and the marks are committed together, or not at all
            if not database.execute(SEEN, [event.key]).rowcount:
                return False
            addresses = [address.lower() for address in event.recipients]
            match event:
                case _ if reason := events.suppression_reason(event):
                    database.executemany(MARK, [(reason, to) for to in addresses])
                case events.BounceEvent(is_hard=False):
                    database.executemany(COUNT, [(to,) for to in addresses])
                case events.RejectEvent() | events.RenderingFailureEvent():
                    log.error("never sent: %s: %s", event.message_id, event.type)
                case _:
                    pass
    return True


def may_mail(address: str) -> bool:
    """Return whether an address may be mailed; call it before each send."""
    query = "SELECT no_mail FROM users WHERE address = ?"
    with connect() as database:
        row = database.execute(query, [address.lower()]).fetchone()
    return row is None or row[0] is None


def connect() -> closing[sqlite3.Connection]:
    """Return a connection that is closed at the end of the block."""
    return closing(sqlite3.connect(DATABASE, isolation_level=None))
