"""The guides about an account, its domains and its customers: their programs print what the pages show."""

import doctest
import re
import runpy
import shlex
import sys

import pytest
from support.examples import EXAMPLES
from support.pages import DOCS, ROOT, blocks_of

from sesv2kit import errors
from sesv2kit.testing import FakeSES

GUIDES = DOCS / "guides"


def shown(page: str, program: str) -> tuple[list[str], str]:
    """Return the arguments that a page runs a program with, and what the page says it prints."""
    for block in blocks_of(GUIDES / page):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:] if block.kind == "console" else ():
            command, _, printed = part.partition("\n")
            if program in command:
                return shlex.split(command)[2:], printed
    raise AssertionError(f"{page} does not run {program}")


def check_what_is_shown(
    page: str, program: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run a program in this process as the page does, and compare what it prints with the page."""
    arguments, expected = shown(page, program)
    monkeypatch.setattr(sys, "argv", [program, *arguments])
    runpy.run_path(str(ROOT / program), run_name="__main__")
    printed = capsys.readouterr().out
    assert doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS), printed


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
