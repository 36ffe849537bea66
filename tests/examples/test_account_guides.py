"""The guides about an account, its domains and its customers: their programs print what the pages show."""

import runpy
from unittest.mock import create_autospec

import pytest
from support.examples import EXAMPLES
from support.guides import check_what_is_shown
from support.pages import ROOT

from sesv2kit import SESv2Client, compose, errors, models
from sesv2kit.testing import FakeSES
from sesv2kit.testing._service.service import Exchange


def test_tenants(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with FakeSES(region="eu-west-1") as fake, fake.patched():
        check_what_is_shown("tenants.md", "docs/examples/tenants/tenants.py", monkeypatch, capsys)
        assert [mail.tenant for mail in fake.outbox] == ["acme", "globex"]


@pytest.mark.parametrize(
    "operation",
    ["CreateTenant", "CreateEmailIdentity", "CreateConfigurationSet", "CreateTenantResourceAssociation"],
)
def test_a_customer_that_was_added_in_part_is_completed_by_a_second_run(operation: str) -> None:
    program = runpy.run_path(str(EXAMPLES / "tenants" / "tenants.py"))
    with FakeSES(region="eu-west-1") as fake, fake.client(retry_mode="off") as ses:
        fake.faults.on(operation).error("TooManyRequestsException")
        with pytest.raises(errors.TooManyRequestsException):
            program["add_customer"](ses, "acme", "acme.example")
        for _ in range(2):
            program["add_customer"](ses, "acme", "acme.example")
        assert program["send_for"](ses, "acme", "shop@acme.example", "ann@example.net").startswith("sent as")


def test_a_mail_of_a_tenant_that_may_have_been_sent_is_not_called_unsent() -> None:
    program = runpy.run_path(str(EXAMPLES / "tenants" / "tenants.py"))
    with FakeSES(region="eu-west-1") as fake, fake.client() as ses:
        program["add_customer"](ses, "acme", "acme.example")
        fake.faults.on("SendEmail").lose_answer()
        said = program["send_for"](ses, "acme", "shop@acme.example", "ann@example.net")
        assert said.startswith("may have been sent")
        assert len(fake.outbox) == 1
        assert program["send_for"](ses, "nobody", "shop@acme.example", "ann@example.net").startswith("not sent")


class QuickDNS(FakeSES):
    """A service that has found the DNS records by the time that somebody waits for them."""

    def exchange(self, method: str, path: str, query: str, body: bytes) -> Exchange:
        """Handle a request."""
        done = super().exchange(method, path, query, body)
        if done.operation == "PutEmailIdentityMailFromAttributes":
            self.clock.advance(300)
        return done


def new_account() -> FakeSES:
    """Return the service of an account that has nothing."""
    return QuickDNS(region="eu-west-1", sandbox=True, auto_verify=False, verified=[])


def test_a_domain_from_zero(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page, program = "domain.md", "docs/examples/domain/domain.py"
    with new_account() as fake, fake.patched(), fake.client() as ses:
        check_what_is_shown(page, program, monkeypatch, capsys)
        assert [event.type for event in fake.events if event.type != "Send"] == [
            "Delivery",
            "Bounce",
            "Delivery",
            "Complaint",
        ]
        assert {mail.configuration_set for mail in fake.outbox} == {"shop"}

        for end in ("The request is under review.", "This account is not in the sandbox."):
            runpy.run_path(str(ROOT / program), run_name="__main__")
            assert capsys.readouterr().out.endswith(f"{end}\n")
            fake.clock.advance(24 * 3600)
        assert ses.get_account().production_access_enabled


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (errors.WaiterTimeoutError("no records", operation="GetEmailIdentity"), "not yet, run this again later"),
        (errors.WaiterFailedError("no records", operation="GetEmailIdentity"), "SES has given up"),
    ],
)
def test_a_domain_whose_records_are_not_found_sends_nothing(
    error: Exception, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    program = runpy.run_path(str(EXAMPLES / "domain" / "domain.py"))
    ses = create_autospec(SESv2Client, instance=True)
    ses.wait_until_dkim_verified.side_effect = error
    assert not program["is_verified"](ses)
    assert says in capsys.readouterr().out


def health(fake: FakeSES, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run the look at the account; returns its exit code and what it prints."""
    capsys.readouterr()
    with fake.patched():
        code = runpy.run_path(str(EXAMPLES / "deliverability" / "health.py"))["main"]()
    return code, capsys.readouterr().out


def test_the_health_of_a_new_account(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    with FakeSES(verified=["shop.example"]) as fake, fake.patched(), fake.client() as ses:
        ses.put_email_identity_dkim_attributes(email_identity="shop.example", signing_enabled=False)
        with pytest.raises(SystemExit) as end:
            check_what_is_shown("deliverability.md", "docs/examples/deliverability/health.py", monkeypatch, capsys)
        assert end.value.code == 1


def test_the_health_of_an_account_that_is_set_up_and_then_gets_bounces(capsys: pytest.CaptureFixture[str]) -> None:
    with FakeSES(verified=["shop.example"]) as fake, fake.client() as ses:
        ses.put_email_identity_mail_from_attributes(
            email_identity="shop.example", mail_from_domain="bounce.shop.example"
        )
        ses.put_account_vdm_attributes(vdm_attributes=models.VdmAttributes(vdm_enabled="ENABLED"))
        for number in range(100):
            to = "bounce@simulator.amazonses.com" if number < 3 else f"reader{number}@example.net"
            mail = compose.mail(sender="a@shop.example", to=to, subject="Hello", text="Hi")
            ses.send_email(**mail.arguments)
            if number == 2:
                assert health(fake, capsys) == (0, "all is well\n")  # three mails say nothing
        fake.complain(fake.outbox[-1])
        fake.canned.recommendation(
            models.Recommendation(type="DMARC", impact="HIGH", status="OPEN", resource_arn="arn:aws:ses:x")
        )
        ses.put_account_suppression_attributes(suppressed_reasons=["BOUNCE"])
        ses.put_account_sending_attributes(sending_enabled=False)
        fake.settings.daily_quota = 110
        code, printed = health(fake, capsys)
    assert code == 1
    assert printed.splitlines() == [
        "- the account does not send",
        "- the suppression list leaves out COMPLAINT",
        "- 88% of the daily quota are used",
        "- 3.0% bounced in 7 days",
        "- 1.00% complained in 7 days",
        "- SES advises, HIGH: DMARC of arn:aws:ses:x",
        "6 problems",
    ]


def test_the_tests_of_a_project_that_comes_from_boto3_pass(capsys: pytest.CaptureFixture[str]) -> None:
    tests = EXAMPLES / "from_boto3" / "test_orders.py"  # in this process, which has loaded boto3 and moto
    code = pytest.main(["-q", "-p", "no:cacheprovider", str(tests)])
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert "3 passed" in printed
