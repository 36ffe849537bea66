"""The guides about an account, its domains and its customers: their programs print what the pages show."""

import runpy
from unittest.mock import create_autospec

import pytest
from support.examples import EXAMPLES
from support.guides import check_what_is_shown
from support.pages import ROOT

from sesv2kit import SESv2Client, errors
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
