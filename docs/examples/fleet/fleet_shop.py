"""The mailing of the example, and its application of Celery.

Every worker imports this module.
"""

import os
from collections.abc import Sequence

from celery import Celery

import sesv2kit.fleet.celery
from sesv2kit import SendRate, SESv2Client, compose
from sesv2kit.bulk import BulkItem
from sesv2kit.fleet import Mailing, SharedJournal

DATABASE = os.environ["SHOP_DATABASE"]
REDIS = os.environ["SHOP_REDIS"]
NAME = os.environ.get("SHOP_MAILING", "july")
QUEUE = f"mail-{NAME}"


def entries_for(keys: Sequence[str]) -> list[BulkItem]:
    """Load the entries of a batch; a shop reads them from its table of users."""
    return [
        BulkItem(
            compose.bulk_entry(
                to=f"reader{key}@example.net",
                data={"name": f"Reader {key}"},
            ),
            key,
        )
        for key in keys
    ]


july = Mailing(
    NAME,
    journal=SharedJournal(DATABASE),
    entries=entries_for,
    # Over the network: the environment says which region and credentials.
    client=lambda: SESv2Client(call_timeout=5.0),
    from_email_address="Bean & Leaf <shop@example.com>",
    default_content=compose.bulk_content("news", {"name": "reader"}),
    send_rate=SendRate(
        float(os.environ.get("SHOP_RATE", "1000")),
        redis=REDIS,
        when_lost="wait",
    ),
    batch_size=int(os.environ.get("SHOP_BATCH", "500")),
    # Short, so that the batches of a killed worker are soon taken up.
    lease=10.0,
)

app = Celery("shop", broker=REDIS)
sesv2kit.fleet.celery.install(app, [july], queue=QUEUE)
