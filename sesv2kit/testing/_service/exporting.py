"""What an export job writes: metrics, or what became of mails, row by row."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from ... import models
from .mail_log import StoredEvent, StoredMail
from .operations.insights import count_by_day, isp_of, recipients_of
from .world import World, moment_of

Row = Mapping[str, Any]
_MAX_ROWS: Final = 10_000
_DELIVERY: Final[Mapping[str, str]] = {"Send": "SEND", "Delivery": "DELIVERY", "Complaint": "COMPLAINT"}
_ENGAGEMENT: Final[Mapping[str, str]] = {"Open": "OPEN", "Click": "CLICK"}


def rows(world: World, source: models.ExportDataSource) -> Sequence[Row]:
    """Return the rows of an export."""
    if source.metrics_data_source is not None:
        return list(_metrics(world, source.metrics_data_source))
    wanted = source.message_insights_data_source
    return list(islice(_messages(world, wanted), wanted.max_results or _MAX_ROWS)) if wanted else []


def write(found: Sequence[Row], data_format: str) -> bytes:
    """Return rows as a file of CSV, or of JSON lines."""
    if data_format == "JSON":
        return "".join(json.dumps(row) + "\n" for row in found).encode()
    text = io.StringIO(newline="")
    if found:
        writer = csv.DictWriter(text, list(found[0]))
        writer.writeheader()
        writer.writerows(found)
    return text.getvalue().encode()


def _metrics(world: World, source: models.MetricsDataSource) -> Iterator[Row]:
    for metric in source.metrics:
        for combination in _combinations({str(name): values for name, values in source.dimensions.items()}):
            wanted = {name: value for name, value in combination.items() if value != "*"}
            sends = count_by_day(world, "SEND", wanted, source.start_date, source.end_date)
            counts = count_by_day(world, str(metric.name), wanted, source.start_date, source.end_date)
            for day, count in counts.items():
                is_rate = metric.aggregation == "RATE"
                value = (count / sends[day] if sends[day] else 0.0) if is_rate else count
                yield {
                    **combination,
                    "date": day.date().isoformat(),
                    "metric": str(metric.name),
                    "aggregation": str(metric.aggregation or "VOLUME"),
                    "value": value,
                }


def _combinations(dimensions: Mapping[str, Sequence[str]]) -> Iterator[dict[str, str]]:
    found: list[dict[str, str]] = [{}]
    for name, values in dimensions.items():
        found = [{**one, name: value} for one in found for value in values]
    return iter(found)


def _messages(world: World, source: models.MessageInsightsDataSource) -> Iterator[Row]:
    start, end = source.start_date.timestamp(), source.end_date.timestamp()
    for mail in world.mails.between(start, end):
        events = world.events.of_mail(mail.message_id)
        for recipient in mail.recipients.mailboxes:
            row = _message(mail, recipient, [event for event in events if recipient in recipients_of(mail, event)])
            if _fits(row, source.include, default=True) and not _fits(row, source.exclude, default=False):
                yield row


def _message(mail: StoredMail, recipient: str, events: Sequence[StoredEvent]) -> Row:
    deliveries = [kind for event in reversed(events) if (kind := _delivery(event))]
    engagements = [_ENGAGEMENT[event.type] for event in reversed(events) if event.type in _ENGAGEMENT]
    return {
        "MessageId": mail.message_id,
        "FromEmailAddress": mail.sender,
        "Destination": recipient,
        "Subject": mail.subject,
        "Isp": isp_of(recipient),
        "SendTimestamp": moment_of(mail.sent_at).isoformat(),
        "TenantName": mail.facts.get("tenant") or "",
        "LastDeliveryEvent": deliveries[0] if deliveries else "",
        "LastEngagementEvent": engagements[0] if engagements else "",
    }


def _delivery(event: StoredEvent) -> str | None:
    """Return what an event says of the delivery; None for one that is not about it."""
    if event.type == "Bounce":
        return f"{event.body['bounceType'].upper()}_BOUNCE"
    return _DELIVERY.get(event.type)


def _fits(row: Row, filters: models.MessageInsightsFilters | None, *, default: bool) -> bool:
    """Return whether a row has one of the wanted values for each member of a filter."""
    if filters is None:
        return default
    wanted = {
        "FromEmailAddress": filters.from_email_address,
        "Destination": filters.destination,
        "Subject": filters.subject,
        "Isp": filters.isp,
        "TenantName": filters.tenant_name,
        "LastDeliveryEvent": filters.last_delivery_event,
        "LastEngagementEvent": filters.last_engagement_event,
    }
    return all(not values or row[name] in values for name, values in wanted.items())
