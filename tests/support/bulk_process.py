"""A mailing in a process of its own, for tests that kill it."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import sesv2kit._aws.signing  # noqa: F401 -- loaded once, for all processes that are forked off this one
from sesv2kit import AsyncSESv2Client, SESv2Client
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender, OutcomeFile

from .bulk import CLIENT, SETTINGS, entry


def items(count: int) -> Iterator[BulkItem]:
    """Return entries, each with a key."""
    return (BulkItem(entry(number), key=str(number)) for number in range(count))


def mail(url: str, folder: Path, count: int, kind: str, resend_unknown: bool) -> None:
    """Send entries, with a journal; the outcomes go into a file."""
    os.environ["NO_PROXY"] = "127.0.0.1"
    settings = {**SETTINGS, "journal": folder / "journal", "max_in_flight": 4, "resend_unknown": resend_unknown}
    client = {**CLIENT, "endpoint_url": url}

    async def mail_async() -> None:
        async with AsyncSESv2Client(**client) as ses:
            async for outcome in AsyncBulkSender(ses, **settings).send(items(count)):
                told.write(outcome)

    with OutcomeFile(folder / "outcomes.jsonl") as told:
        if kind == "async":
            asyncio.run(mail_async())
            return
        with SESv2Client(**client) as ses:
            for outcome in BulkSender(ses, **settings).send(items(count)):
                told.write(outcome)
