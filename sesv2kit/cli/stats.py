"""`stats`: deliveries, bounces and complaints, day by day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from .. import errors, models
from .charts import Day, page, terminal_bar, totals
from .output import note, print_json, print_line, print_table
from .session import Session, command

_METRICS: Final = {
    "sent": "SEND",
    "delivered": "DELIVERY",
    "hard_bounces": "PERMANENT_BOUNCE",
    "soft_bounces": "TRANSIENT_BOUNCE",
    "complaints": "COMPLAINT",
}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "stats")(stats)


def stats(
    session: Session,
    days: Annotated[int, typer.Option(min=1, max=60, help="How many days, today included.")] = 14,
    identity: Annotated[str | None, typer.Option(help="Only mail from this identity.")] = None,
    configuration_set: Annotated[str | None, typer.Option(help="Only mail with this configuration set.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with a chart into this file.")] = None,
) -> None:
    """Show what became of the mails of the last days, in UTC. SES counts them if VDM is enabled for the account."""
    dimensions = {"EMAIL_IDENTITY": identity, "CONFIGURATION_SET": configuration_set}
    wanted = queries(datetime.now(UTC), days, {name: value for name, value in dimensions.items() if value})
    with session.client() as ses:
        response = ses.batch_get_metric_data(queries=wanted)
        region = ses.region
    if response.errors:
        worst = response.errors[0]
        raise errors.APIError(worst.message or "", code=worst.code, operation="BatchGetMetricData")
    found = by_day(wanted[0].start_date.date(), days, response.results)
    if html is not None:
        html.write_text(page(found, f"Mail of the last {days} days, {region}"), encoding="utf-8")
        note(f"The page is in {html}")
    if session.json:
        for day in found:
            print_json(day.facts)
    elif html is None:
        _print_chart(found)


def queries(now: datetime, days: int, dimensions: Mapping[str, str]) -> Sequence[models.BatchGetMetricDataQuery]:
    """Return the queries for the last days, today included."""
    end = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return [
        models.BatchGetMetricDataQuery(
            id=name,
            namespace="VDM",
            metric=metric,
            dimensions=dimensions or None,
            start_date=end - timedelta(days=days),
            end_date=end,
        )
        for name, metric in _METRICS.items()
    ]


def by_day(first: date, days: int, results: Iterable[models.MetricDataResult]) -> Sequence[Day]:
    """Return a row for each day; a day without data has zeros."""
    counts: dict[date, dict[str, int]] = {first + timedelta(days=number): {} for number in range(days)}
    for result in results:
        for moment, value in zip(result.timestamps, result.values, strict=False):
            day = counts.get(moment.astimezone(UTC).date())
            if day is not None and result.id:
                day[result.id] = day.get(result.id, 0) + value
    return [Day(date=day, **numbers) for day, numbers in counts.items()]


def _print_chart(days: Sequence[Day]) -> None:
    most = max(day.sent for day in days)
    headers = ("Day", "Sent", "Delivered", "Hard bounces", "Soft bounces", "Complaints", "")
    rows = [(day.date.isoformat(), *day.numbers, terminal_bar(day, most)) for day in days]
    print_table(headers, rows)
    whole = totals(days)
    print_line()
    shares = (whole.share(count) for count in (whole.delivered, whole.bounces, whole.complaints))
    print_line("Of {:,} sent: {} delivered, {} bounced, {} complained".format(whole.sent, *shares))
    print_line("█ delivered   ▒ bounced   ░ nothing known yet")
