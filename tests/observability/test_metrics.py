"""OpenTelemetry metrics: what is counted, and that the dashboard shows metrics that there are."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from sesv2kit import CallInfo, Hook, SESv2Client, compose, errors, events, models
from sesv2kit.bulk import BulkSender
from sesv2kit.otel import Metrics
from sesv2kit.testing import FakeSES

DASHBOARD = Path(__file__).parents[2] / "docs" / "grafana" / "sesv2kit.json"
MAIL = compose.mail(sender="shop@example.com", to="ann@example.net", subject="Hello", text="Hi")


class Collected:
    """Metrics of a provider of its own."""

    def __init__(self) -> None:
        self._reader = InMemoryMetricReader()
        self.hook = Metrics(MeterProvider([self._reader]))

    def read(self) -> dict[str, dict[tuple[str, ...], Any]]:
        """Return the points of each metric by the values of their attributes, sorted by name."""
        data: Any = self._reader.get_metrics_data()
        found: dict[str, dict[tuple[str, ...], Any]] = {}
        for metric in data.resource_metrics[0].scope_metrics[0].metrics if data else ():
            for point in metric.data.data_points:
                key = tuple(str(point.attributes[name]) for name in sorted(point.attributes))
                found.setdefault(metric.name, {})[key] = getattr(point, "value", None) or getattr(point, "count", 0)
        return found


@pytest.fixture
def collected() -> Collected:
    return Collected()


def send(ses: SESv2Client, arguments: Any) -> None:
    with suppress(errors.SESv2Error):
        ses.send_email(**arguments)


def test_sends_are_counted_by_what_became_of_them(collected: Collected) -> None:
    bad = MAIL.arguments | {"from_email_address": "nobody@elsewhere.example"}  # type: ignore[operator]
    with FakeSES() as fake, fake.client(hooks=[collected.hook]) as ses:
        send(ses, MAIL.arguments)
        send(ses, bad)
        send(ses, MAIL.arguments | {"email_tags": "no tags"})  # type: ignore[operator]
        fake.faults.on("SendEmail").lose_answer()
        send(ses, MAIL.arguments)
        fake.faults.on("SendEmail").times(2).throttle()
        send(ses, MAIL.arguments)
        ses.get_account()
        assert len(fake.outbox) == 3
    found = collected.read()
    assert found["sesv2kit.sends"] == {
        ("sent", "SendEmail"): 2,
        ("refused", "SendEmail"): 1,
        ("not_sent", "SendEmail"): 1,
        ("ambiguous", "SendEmail"): 1,
    }
    assert found["sesv2kit.retries"] == {("SendEmail",): 2}
    assert found["sesv2kit.throttles"] == {("SendEmail",): 2}
    assert found["sesv2kit.call.duration"] == {
        ("SendEmail",): 2,
        ("MessageRejected", "SendEmail"): 1,
        ("ParamValidationError", "SendEmail"): 1,
        ("AmbiguousSendError", "SendEmail"): 1,
        ("GetAccount",): 1,
    }


def test_a_call_that_another_hook_ends_before_it_begins_is_counted_without_a_duration(collected: Collected) -> None:
    class Closed(Hook):
        @contextmanager
        def around_call(self, call: CallInfo) -> Iterator[None]:  # noqa: ARG002 -- its name is fixed
            raise errors.ConfigurationError("no mail today")
            yield

    with FakeSES() as fake, fake.client(hooks=[collected.hook, Closed()]) as ses:
        send(ses, MAIL.arguments)
        assert fake.outbox == []
    found = collected.read()
    assert found["sesv2kit.sends"] == {("not_sent", "SendEmail"): 1}
    assert "sesv2kit.call.duration" not in found


def test_a_mailing_and_events_are_counted(collected: Collected) -> None:
    with FakeSES() as fake, fake.client() as ses:
        content = models.EmailTemplateContent(subject="News", text="News")
        ses.create_email_template(template_name="news", template_content=content)
        sender = BulkSender(
            ses,
            from_email_address="shop@example.com",
            default_content=compose.bulk_content("news"),
            on_progress=collected.hook.bulk("july"),
        )
        entries = [compose.bulk_entry(to=f"reader{number}@example.net") for number in range(120)]
        assert all(outcome.state == "sent" for outcome in sender.send(entries))
        for event in (fake.bounce(fake.outbox[0], "NoEmail"), fake.deliver(fake.outbox[1])):
            collected.hook.count_event(events.parse(dict(event.raw))[0])
    found = collected.read()
    assert found["sesv2kit.bulk.entries"] == {("july", "sent"): 120}
    assert found["sesv2kit.bulk.in_flight"] == {("july",): 0}
    assert found["sesv2kit.events"] == {("Permanent", "Bounce"): 1, ("Delivery",): 1}


def test_the_dashboard_shows_metrics_that_there_are() -> None:
    dashboard = json.loads(DASHBOARD.read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", ())]
    shown = {name for query in queries for name in re.findall(r"\bsesv2kit_\w+", query)}
    assert shown == {
        "sesv2kit_call_duration_seconds_bucket",
        "sesv2kit_retries_total",
        "sesv2kit_throttles_total",
        "sesv2kit_sends_total",
        "sesv2kit_bulk_entries_total",
        "sesv2kit_bulk_in_flight",
        "sesv2kit_events_total",
        "sesv2kit_fleet_batches_total",
        "sesv2kit_fleet_claims_total",
        "sesv2kit_fleet_duration_seconds_bucket",
        "sesv2kit_fleet_entries_total",
        "sesv2kit_fleet_progress",
        "sesv2kit_fleet_queue",
        "sesv2kit_fleet_renewals_total",
    }
