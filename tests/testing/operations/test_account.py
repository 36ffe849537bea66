"""The account: quotas, sending, suppression, contact details."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.mails import send, service
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = 86_400


def ask_for_production(ses: SESv2Client) -> None:
    ses.put_account_details(
        mail_type="TRANSACTIONAL", website_url="https://example.com", production_access_enabled=True
    )


def test_a_new_account_sends_and_is_healthy(ses: SESv2Client) -> None:
    account = ses.get_account()
    assert (account.sending_enabled, account.enforcement_status) == (True, "HEALTHY")
    assert account.production_access_enabled is True
    assert account.dedicated_ip_auto_warmup_enabled is True
    assert account.suppression_attributes == models.SuppressionAttributes(suppressed_reasons=["BOUNCE", "COMPLAINT"])
    assert (account.details, account.vdm_attributes) == (None, None)
    assert account.send_quota
    assert account.send_quota.max24_hour_send == -1


def test_what_was_put_is_there(ses: SESv2Client) -> None:
    vdm = models.VdmAttributes(
        vdm_enabled="ENABLED", dashboard_attributes=models.DashboardAttributes(engagement_metrics="ENABLED")
    )
    ses.put_account_dedicated_ip_warmup_attributes(auto_warmup_enabled=False)
    ses.put_account_pricing_attributes(plan="PRO")
    ses.put_account_suppression_attributes(suppressed_reasons=["COMPLAINT"])
    ses.put_account_vdm_attributes(vdm_attributes=vdm)
    account = ses.get_account()
    assert account.dedicated_ip_auto_warmup_enabled is False
    assert account.pricing_attributes == models.PricingAttributes(current_plan="PRO")
    assert account.suppression_attributes == models.SuppressionAttributes(suppressed_reasons=["COMPLAINT"])
    assert account.vdm_attributes == vdm


def test_a_put_without_its_argument_is_the_default_of_the_wire(ses: SESv2Client) -> None:
    ses.put_account_sending_attributes()
    ses.put_account_dedicated_ip_warmup_attributes()
    ses.put_account_suppression_attributes()
    account = ses.get_account()
    assert (account.sending_enabled, account.dedicated_ip_auto_warmup_enabled) == (False, False)
    assert account.suppression_attributes == models.SuppressionAttributes(suppressed_reasons=[])


def test_a_paused_account_does_not_send(fake: FakeSES, ses: SESv2Client) -> None:
    ses.put_account_sending_attributes(sending_enabled=False)
    with pytest.raises(errors.SendingPausedException):
        send(ses)
    ses.put_account_sending_attributes(sending_enabled=True)
    send(ses)
    assert len(fake.outbox) == 1


def test_the_quota_rolls_over_24_hours() -> None:
    with service(sandbox=True, verified=["example.com", "ann@example.net"], clock=NOW) as (fake, ses):

        def sent() -> float | None:
            quota = ses.get_account().send_quota
            assert quota
            assert (quota.max24_hour_send, quota.max_send_rate) == (200, 1)
            return quota.sent_last24_hours

        send(ses)
        fake.clock.advance(DAY / 2)
        send(ses)
        assert sent() == 2
        fake.clock.advance(DAY / 2 + 1)
        assert sent() == 1
        fake.clock.advance(DAY)
        assert sent() == 0


def test_details_are_kept(ses: SESv2Client) -> None:
    ses.put_account_details(
        mail_type="MARKETING",
        website_url="https://example.com",
        use_case_description="News",
        additional_contact_email_addresses=["a@example.com"],
    )
    assert ses.get_account().details == models.AccountDetails(
        mail_type="MARKETING",
        website_url="https://example.com",
        contact_language="EN",
        use_case_description="News",
        additional_contact_email_addresses=["a@example.com"],
    )


def test_production_access_is_granted_after_a_review() -> None:
    with service(sandbox=True, clock=NOW) as (fake, ses):
        ask_for_production(ses)
        account = ses.get_account()
        assert account.production_access_enabled is False
        assert account.details
        assert account.details.review_details
        assert account.details.review_details.status == "PENDING"
        with refuses(errors.ConflictException, "A request for production access is under review."):
            ask_for_production(ses)
        with pytest.raises(errors.MessageRejected):
            send(ses)
        fake.clock.advance(DAY)
        send(ses)
        account = ses.get_account()
        assert account.production_access_enabled is True
        assert account.details
        assert account.details.review_details
        assert account.details.review_details.status == "GRANTED"
        ses.put_account_details(mail_type="MARKETING", website_url="https://example.com")
        details = ses.get_account().details
        assert details
        assert details.review_details
        assert details.review_details.status == "GRANTED"


def test_the_end_of_the_sandbox_outlives_a_restart_and_not_a_reset(tmp_path: Path) -> None:
    path = tmp_path / "ses.db"
    with service(sandbox=True, clock=NOW, db=path) as (fake, ses):
        ask_for_production(ses)
        fake.clock.advance(DAY)
        assert ses.get_account().production_access_enabled is True
    with service(sandbox=True, clock=NOW, db=path) as (fake, ses):
        assert ses.get_account().production_access_enabled is True
        fake.reset()
        assert ses.get_account().production_access_enabled is False
        assert ses.get_account().details is None
