"""What is done with events: a status, suppression, counts, ids, and handlers in Lambda."""

import json
from collections.abc import Generator
from datetime import date
from itertools import permutations
from typing import Any
from unittest.mock import create_autospec

import pytest
from support.counting import CountingServer, answers, counting_server
from support.events import (
    BODIES,
    MAIL,
    MESSAGE_ID,
    WRAPPINGS,
    api_gateway,
    event,
    eventbridge,
    function_url,
    lambda_sns,
    sns,
)

from sesv2kit import AsyncSESv2Client, Credentials, SESv2Client, errors, events, models

pytestmark = pytest.mark.anyio


def one(kind: str, **members: Any) -> events.Event:
    """Return an event."""
    return events.parse(event(kind, **members))[0]


# Status ------------------------------------------------------------------------------------------

SOFT = one("Bounce", bounceType="Transient", bounceSubType="General")


@pytest.mark.parametrize(
    ("kinds", "state", "progress"),
    [
        ([], None, None),
        (["Subscription"], None, None),
        (["Send"], "sent", "sent"),
        (["Send", "DeliveryDelay"], "delayed", "delayed"),
        (["Send", "DeliveryDelay", "Delivery"], "delivered", "delivered"),
        (["Delivery", "Open"], "opened", "opened"),
        (["Delivery", "Open", "Click"], "clicked", "clicked"),
        (["Send", "Rendering Failure"], "failed", "sent"),
        (["Send", "Reject"], "rejected", "sent"),
        (["Send", "Delivery", "Bounce"], "bounced", "delivered"),
        (["Send", "Delivery", "Click", "Complaint"], "complained", "clicked"),
    ],
)
def test_the_status_is_the_same_in_every_order_and_with_repeats(
    kinds: list[str], state: str | None, progress: str | None
) -> None:
    for order in permutations(kinds):
        status = events.Status()
        for kind in (*order, *order):
            status = events.advance(status, one(kind))
        assert (status.state, status.progress) == (state, progress)


def test_a_soft_bounce_after_a_delivery_keeps_both() -> None:
    status = events.advance(events.advance(None, SOFT), one("Delivery"))
    assert status.states == {"bounced", "delivered"}
    assert not status.is_hard_bounce
    assert events.advance(status, one("Bounce")).is_hard_bounce
    assert events.Status(frozenset({"sent"})) == events.advance(None, one("Send"))


def test_a_status_is_stored_and_read_again() -> None:
    status = events.advance(events.advance(None, one("Bounce")), one("Open"))
    text = ",".join(sorted(status.states))
    assert events.Status(text.split(","), status.is_hard_bounce) == status
    assert events.advance(events.Status(["sent"]), one("Open")).state == "opened"


@pytest.mark.parametrize("states", ["bounced", ["bounce"], [""]])
def test_a_status_refuses_a_state_that_does_not_exist(states: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="must be among sent, delayed, "):
        events.Status(states)


# Wrong arguments ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: events.advance(None, "x"), "event must be an Event, as sesv2kit.events.parse returns, is str"),
        (lambda: events.advance("sent", one("Open")), "status must be a Status, or None"),
        (lambda: events.EventCounts().add(5), "event must be an Event, as sesv2kit.events.parse returns, is int"),
        (lambda: events.EventCounts().add_all(5), "events must be an iterable"),
        (
            lambda: events.EventCounts().add_all([None]),
            "event must be an Event, as sesv2kit.events.parse returns, is NoneType",
        ),
        (lambda: events.EventCounts(max_keys=0), "max_keys must be an int of at least 1"),
        (lambda: events.EventCounts(max_keys="9"), "max_keys must be an int of at least 1"),
        (lambda: events.event_class(5), "name must be a str"),
        (lambda: events.suppression_reason({}), "event must be an Event, as sesv2kit.events.parse returns, is dict"),
    ],
)
def test_what_is_not_an_event_is_refused(call: Any, words: str) -> None:
    with pytest.raises(errors.ConfigurationError, match=f"^{words}"):
        call()


# Suppression -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (one("Bounce"), "BOUNCE"),
        (SOFT, None),
        (one("Bounce", bounceSubType="Suppressed"), "BOUNCE"),
        (one("Bounce", bounceSubType="OnAccountSuppressionList"), None),
        (one("Bounce", bounceSubType="OnTenantSuppressionList"), None),
        (one("Bounce", bounceSubType="EmailValidationSuppressed"), None),
        (one("Bounce", bounceSubType="UnsubscribedRecipient"), None),
        (one("Complaint"), "COMPLAINT"),
        (one("Complaint", complaintFeedbackType="not-spam"), None),
        (one("Complaint", complaintSubType="OnAccountSuppressionList"), None),
        *[(one(kind), None) for kind in BODIES if kind not in ("Bounce", "Complaint")],
    ],
)
def test_hard_bounces_and_complaints_are_reasons_and_nothing_else(found: events.Event, reason: str | None) -> None:
    assert events.suppression_reason(found) == reason


async def test_addresses_are_put_on_the_list(credentials: Credentials) -> None:
    heard: list[tuple[str, str]] = []
    server: CountingServer
    with counting_server() as server:
        server.script(*[answers(body=b"{}")] * 6)
        settings: dict[str, Any] = {"region": "eu-west-1", "credentials": credentials, "endpoint_url": server.url}
        with SESv2Client(**settings) as ses:
            suppress = events.Suppressor(ses, on_address=lambda address, reason, _: heard.append((address, reason)))
            suppress(one("Complaint"))
            suppress(SOFT)
            events.Suppressor(ses, tenant_name="acme")(one("Bounce"))
        async with AsyncSESv2Client(**settings) as async_ses:

            async def hear(address: str, reason: events.Reason, _event: events.Event) -> None:
                heard.append((address, reason))

            suppress_later = events.AsyncSuppressor(async_ses, tenant_name="acme", on_address=hear)
            await suppress_later(one("Bounce"))
            await suppress_later(one("Open"))
            await events.AsyncSuppressor(async_ses)(one("Bounce"))
        sent = [json.loads(request.body) for request in server.received]
    people = ["ann@example.net", "bob@example.org"]
    assert sent[:2] == [{"EmailAddress": address, "Reason": "COMPLAINT"} for address in people]
    tenant = {"EmailAddress": people[0], "Reason": "BOUNCE", "TenantName": "acme"}
    assert sent[2:] == [tenant, tenant, {"EmailAddress": people[0], "Reason": "BOUNCE"}]
    assert heard == [*[(address, "COMPLAINT") for address in people], (people[0], "BOUNCE")]


async def _later(_address: str, _reason: events.Reason, _event: events.Event) -> None:
    pytest.fail("called")


@pytest.mark.parametrize("given", [{}, {"client": 7}, {"on_address": "log"}, {"on_address": _later}])
def test_a_suppressor_that_would_suppress_nothing_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError):
        events.Suppressor(**given)


@pytest.mark.parametrize("given", [{}, {"client": 7}, {"on_address": "log"}])
def test_an_async_suppressor_that_would_suppress_nothing_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError):
        events.AsyncSuppressor(**given)


def test_a_suppressor_takes_no_client_of_the_other_kind(credentials: Credentials) -> None:
    settings: dict[str, Any] = {"region": "eu-west-1", "credentials": credentials}
    client: Any = AsyncSESv2Client(**settings)
    with pytest.raises(errors.ConfigurationError, match="client must be an SESv2Client, is AsyncSESv2Client"):
        events.Suppressor(client)
    client = SESv2Client(**settings)
    with pytest.raises(errors.ConfigurationError, match="client must be an AsyncSESv2Client, is SESv2Client"):
        events.AsyncSuppressor(client)


def test_a_suppressor_takes_a_stand_in_of_a_client() -> None:
    ses = create_autospec(SESv2Client, instance=True)
    events.Suppressor(ses)(one("Bounce"))
    ses.put_suppressed_destination.assert_called_once()


def test_an_address_is_not_lost_to_an_async_callback() -> None:
    with pytest.raises(TypeError, match="async"):
        events.Suppressor(on_address=lambda *given: _later(*given))(one("Bounce"))


async def test_a_suppressor_can_have_a_callback_and_no_client() -> None:
    heard: list[str] = []
    events.Suppressor(on_address=lambda address, _reason, _event: heard.append(address))(one("Bounce"))

    async def hear(address: str, _reason: events.Reason, _event: events.Event) -> None:
        heard.append(address)

    await events.AsyncSuppressor(on_address=hear)(one("Bounce"))
    assert heard == ["ann@example.net"] * 2


# Counts ------------------------------------------------------------------------------------------


def test_events_are_counted_once_by_day_and_type() -> None:
    counts = events.EventCounts()
    found = [one(kind) for kind in ("Delivery", "Delivery", "Open")]
    found.append(one("Open", timestamp="2026-11-21T00:30:00+01:00"))
    found.append(one("Open", timestamp="2026-11-22T00:30:00Z"))
    found.append(events.parse({"eventType": "Open"})[0])
    assert counts.add_all(found) == 4
    assert counts.rows() == [
        (date(2026, 11, 20), "Delivery", 1),
        (date(2026, 11, 20), "Open", 2),
        (date(2026, 11, 22), "Open", 1),
    ]
    assert counts.series("Open") == ([date(2026, 11, 20), date(2026, 11, 22)], [2, 1])


def test_the_keys_that_are_remembered_are_bounded() -> None:
    counts = events.EventCounts(max_keys=1)
    assert [counts.add(found) for found in (one("Open"), one("Open"), one("Delivery"), one("Open"))] == [
        True,
        False,
        True,
        True,
    ]


# Ids ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "header"),
    [("eu-west-1", f"<{MESSAGE_ID}@eu-west-1.amazonses.com>"), ("us-east-1", f"<{MESSAGE_ID}@email.amazonses.com>")],
)
def test_ids_turn_into_headers_and_back(region: str, header: str) -> None:
    assert events.message_id_header(MESSAGE_ID, region) == header
    assert events.ses_message_id(header) == MESSAGE_ID
    assert events.ses_message_id(f" {header.strip('<>')}\n") == MESSAGE_ID
    (found,) = events.parse(event())
    assert events.ses_message_id(found.mail.common_headers.message_id) == found.message_id  # type: ignore[arg-type, union-attr]


@pytest.mark.parametrize("header", ["", "<a@b.c>", f"<{MESSAGE_ID}@eu-west-1.amazonses.com.evil.example>", None, 7])
def test_a_header_of_others_is_refused(header: Any) -> None:
    with pytest.raises(events.EventError, match="not written by SES"):
        events.ses_message_id(header)


# Lambda ------------------------------------------------------------------------------------------


def test_a_lambda_reports_the_messages_of_sqs_that_failed() -> None:
    seen: list[str] = []

    @events.lambda_handler
    def handle(found: events.Event) -> None:
        if found.type == "Open":
            raise RuntimeError
        seen.append(found.type)

    def record(number: int, body: object) -> dict[str, Any]:
        return {"messageId": f"m-{number}", "body": body if isinstance(body, str) else json.dumps(body)}

    batch = [record(1, sns(event())), record(2, event("Open")), record(3, "nonsense"), record(4, event("Send"))]
    batch.append(record(5, sns("Successfully validated SNS topic for Amazon SES event publishing.")))
    failures = handle({"Records": batch}, None)
    assert failures == {"batchItemFailures": [{"itemIdentifier": "m-2"}, {"itemIdentifier": "m-3"}]}
    assert seen == ["Bounce", "Send"]


@pytest.mark.parametrize("wrap", [api_gateway, function_url])
def test_a_lambda_verifies_nothing_so_it_refuses_http_requests(wrap: Any) -> None:
    handle = events.lambda_handler(lambda found: pytest.fail(f"handled {found}"))
    with pytest.raises(events.EventError, match=r"events\.Webhook\.handle"):
        handle(wrap(sns(event())))


class Later:
    """Can be awaited, and not be closed."""

    def __await__(self) -> Generator[None]:
        yield


def test_a_lambda_does_not_lose_events_to_an_async_handler() -> None:
    async def handle(found: events.Event) -> None:
        pytest.fail(f"handled {found}")

    with pytest.raises(TypeError, match="the handler is async"):
        events.lambda_handler(lambda _found: Later())(lambda_sns(event()))
    with pytest.raises(errors.ConfigurationError, match="handler is async"):
        events.lambda_handler(handle)


@pytest.mark.parametrize("invoked", [None, 7, "scheduled", ["Bounce"]])
def test_a_lambda_that_is_invoked_with_something_else_raises_an_error(invoked: Any) -> None:
    handle = events.lambda_handler(lambda found: pytest.fail(f"handled {found}"))
    with pytest.raises(events.EventError):
        handle(invoked)


def test_a_lambda_needs_a_function() -> None:
    function: Any = "handle"
    with pytest.raises(errors.ConfigurationError, match="handler must be a function"):
        events.lambda_handler(function)


@pytest.mark.parametrize("wrap", [lambda_sns, eventbridge])
def test_a_lambda_of_anything_else_raises_so_that_it_is_tried_again(wrap: Any) -> None:
    seen: list[str] = []

    @events.lambda_handler
    def handle(found: events.Event) -> None:
        seen.append(found.type)
        if found.type == "Open":
            raise RuntimeError("away")

    assert handle(wrap(event())) == {"batchItemFailures": []}
    with pytest.raises(RuntimeError, match="away"):
        handle(wrap(event("Open")))
    assert seen == ["Bounce", "Open"]
    with pytest.raises(errors.SESv2Error):
        handle({"Records": [{"s3": {}}]})


# End to end --------------------------------------------------------------------------------------


def test_a_mail_is_tied_to_its_events_by_its_id(credentials: Credentials) -> None:
    with counting_server() as server:
        server.script(answers(body=b"{}"), answers(body=json.dumps({"MessageId": MESSAGE_ID}).encode()))
        with SESv2Client(region="eu-west-1", credentials=credentials, endpoint_url=server.url) as ses:
            ses.create_configuration_set_event_destination(
                configuration_set_name="shop",
                event_destination_name="events",
                event_destination=models.EventDestinationDefinition(
                    enabled=True,
                    matching_event_types=["BOUNCE", "COMPLAINT"],
                    sns_destination=models.SnsDestination(topic_arn="arn:aws:sns:eu-west-1:123456789012:ses-events"),
                ),
            )
            sent = ses.send_email(
                configuration_set_name="shop",
                from_email_address="shop@example.com",
                destination=models.Destination(to_addresses=MAIL["destination"]),
                content=models.EmailContent(
                    simple=models.Message(
                        subject=models.Content(data="Hello"), body=models.Body(text=models.Content(data="Hi"))
                    )
                ),
            )
    statuses: dict[tuple[str, str], events.Status] = {}
    for wrap, _ in WRAPPINGS.values():
        for found in events.parse(wrap(event("Bounce"))):  # type: ignore[arg-type]
            for recipient in found.recipients:
                place = (found.message_id or "", recipient)
                statuses[place] = events.advance(statuses.get(place), found)
    assert {place: status.state for place, status in statuses.items()} == {
        (sent.message_id, "ann@example.net"): "bounced"
    }
