"""The suppression lists of the account and of tenants."""

from datetime import timedelta
from typing import Any

import pytest
from support.mails import PERSON, kinds_of, send
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

MISSING = "Email address ann@example.net does not exist on your suppression list."


def test_an_address_is_suppressed_until_it_is_deleted(fake: FakeSES, ses: SESv2Client) -> None:
    ses.put_suppressed_destination(email_address="Ann@Example.NET", reason="BOUNCE")
    found = ses.get_suppressed_destination(email_address="Ann@example.net").suppressed_destination
    assert found == models.SuppressedDestination(
        email_address="Ann@example.net", reason="BOUNCE", last_update_time=fake.clock.now
    )
    with refuses(errors.NotFoundException, MISSING):
        ses.get_suppressed_destination(email_address="ann@example.net")
    fake.clock.advance(1)
    ses.put_suppressed_destination(email_address="Ann@example.net", reason="COMPLAINT")
    found = ses.get_suppressed_destination(email_address="Ann@example.net").suppressed_destination
    assert (found.reason, found.last_update_time) == ("COMPLAINT", fake.clock.now)
    assert len(ses.list_suppressed_destinations().suppressed_destination_summaries) == 1
    ses.delete_suppressed_destination(email_address="Ann@EXAMPLE.net")
    assert not ses.list_suppressed_destinations().suppressed_destination_summaries
    with refuses(errors.NotFoundException, MISSING):
        ses.delete_suppressed_destination(email_address=PERSON)


def test_the_list_has_the_last_change_first_and_knows_filters(fake: FakeSES, ses: SESv2Client) -> None:
    start = fake.clock.now
    for name, reason in (("a", "BOUNCE"), ("b", "COMPLAINT"), ("c", "BOUNCE"), ("a", "BOUNCE")):
        ses.put_suppressed_destination(email_address=f"{name}@example.net", reason=reason)
        fake.clock.advance(60)

    def names(**wanted: Any) -> str:
        found = ses.list_suppressed_destinations(**wanted).suppressed_destination_summaries
        return "".join(summary.email_address[0] for summary in found)

    assert names() == "acb"
    assert names(reasons=["BOUNCE"]) == "ac"
    assert names(reasons=["BOUNCE", "COMPLAINT"]) == "acb"
    assert names(start_date=start + timedelta(seconds=61)) == "ac"
    assert names(end_date=start + timedelta(seconds=61)) == "b"


@pytest.mark.parametrize(
    "method", ["put_suppressed_destination", "get_suppressed_destination", "delete_suppressed_destination"]
)
def test_a_tenant_that_is_not_there(ses: SESv2Client, method: str) -> None:
    more = {"reason": "BOUNCE"} if method.startswith("put") else {}
    with refuses(errors.NotFoundException, "Tenant acme does not exist."):
        getattr(ses, method)(email_address=PERSON, tenant_name="acme", **more)
    with refuses(errors.NotFoundException, "Tenant acme does not exist."):
        ses.list_suppressed_destinations(tenant_name="acme")


def test_a_hard_bounce_and_a_complaint_suppress_an_address(fake: FakeSES, ses: SESv2Client) -> None:
    message_id = send(ses, "Ann@EXAMPLE.net", "bob@example.net")
    fake.bounce(fake.outbox[-1], "NoEmail", recipients=["Ann@EXAMPLE.net"])
    fake.complain(fake.outbox[-1], recipients=["bob@example.net"])
    found = ses.get_suppressed_destination(email_address="Ann@example.net").suppressed_destination
    assert (found.email_address, found.reason) == ("Ann@example.net", "BOUNCE")
    assert found.attributes
    assert found.attributes.message_id == message_id
    summaries = ses.list_suppressed_destinations().suppressed_destination_summaries
    assert [(one.email_address, one.reason) for one in summaries] == [
        ("bob@example.net", "COMPLAINT"),
        ("Ann@example.net", "BOUNCE"),
    ]


def test_a_tenant_has_a_list_of_its_own(fake: FakeSES, ses: SESv2Client) -> None:
    ses.create_tenant(
        tenant_name="acme",
        suppression_attributes=models.TenantSuppressionAttributes(
            suppression_scope="TENANT", suppressed_reasons=["BOUNCE"]
        ),
    )
    ses.create_tenant_resource_association(
        tenant_name="acme", resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com"
    )
    ses.put_suppressed_destination(email_address=PERSON, reason="BOUNCE", tenant_name="acme")
    found = ses.get_suppressed_destination(email_address=PERSON, tenant_name="acme").suppressed_destination
    assert found.tenant_name == "acme"
    assert len(ses.list_suppressed_destinations(tenant_name="acme").suppressed_destination_summaries) == 1
    assert not ses.list_suppressed_destinations().suppressed_destination_summaries
    send(ses)
    assert kinds_of(fake) == ["Send"]
    send(ses, tenant_name="acme")
    assert kinds_of(fake) == ["Send", "Send", "Bounce"]
    ses.delete_suppressed_destination(email_address=PERSON, tenant_name="acme")
    with refuses(errors.NotFoundException, MISSING):
        ses.get_suppressed_destination(email_address=PERSON, tenant_name="acme")
