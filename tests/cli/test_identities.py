"""`sesv2kit identities`."""

import json

import pytest
from support.cli import Shell

from sesv2kit import models
from sesv2kit._dns import Record, records
from sesv2kit.testing import FakeSES


@pytest.fixture
def fake() -> FakeSES:
    """A fake service that verifies nothing unless it is told to."""
    return FakeSES(auto_verify=False)


def test_a_domain_from_nothing_to_verified(shell: Shell) -> None:
    out = shell.ok("identities", "create", "shop.example", "--mail-from", "mail.shop.example")
    with shell.fake.client() as ses:
        dkim = ses.get_email_identity(email_identity="shop.example").dkim_attributes
    assert dkim is not None
    assert len(dkim.tokens) == 3
    for token in dkim.tokens:
        assert f"CNAME  {token}._domainkey.shop.example\n         {token}." in out
    assert "MX     mail.shop.example\n         10 feedback-smtp.eu-west-1.amazonses.com\n" in out
    assert "TXT    mail.shop.example\n         v=spf1 include:amazonses.com ~all\n" in out
    assert "TXT    _dmarc.shop.example\n         v=DMARC1; p=none;\n" in out
    assert "May send          no" in out

    done = shell("identities", "wait", "shop.example", "--timeout", "2")
    assert (done.code, "Run the command again to go on waiting." in done.err) == (1, True)
    shell.fake.verify("shop.example")
    assert shell.ok("identities", "wait", "shop.example") == "shop.example is verified\n"
    assert json.loads(shell.ok("identities", "wait", "shop.example", "--json"))["may_send"] is True


def test_the_list(shell: Shell) -> None:
    shell.ok("identities", "create", "shop.example")
    rows = [line.split() for line in shell.ok("identities", "list").splitlines()]
    assert rows[1:] == [["example.com", "DOMAIN", "SUCCESS", "yes"], ["shop.example", "DOMAIN", "PENDING", "no"]]
    first = json.loads(shell.ok("identities", "list", "--json").splitlines()[0])
    assert first == {"identity": "example.com", "type": "DOMAIN", "status": "SUCCESS", "may_send": True}


def test_an_address_waits_for_its_link(shell: Shell) -> None:
    done = shell("identities", "create", "ann@shop.example")
    assert (done.code, "DNS" in done.out) == (0, False)
    assert "SES has mailed a link to this address" in done.err


def test_create_again_goes_on_with_mail_from(shell: Shell) -> None:
    shell.ok("identities", "create", "shop.example")
    done = shell("identities", "create", "shop.example", "--mail-from", "mail.shop.example", "--json")
    assert (done.code, done.err) == (0, "sesv2kit: shop.example is there already\n")
    assert json.loads(done.out)["mail_from"] == "mail.shop.example"
    with shell.fake.client() as ses:
        ses.create_configuration_set(configuration_set_name="web")
    assert shell("identities", "create", "shop.example", "--configuration-set", "web").code == 1


def test_records_for_a_zone_file(shell: Shell) -> None:
    shell.ok("identities", "create", "shop.example", "--mail-from", "mail.shop.example")
    lines = shell.ok("identities", "show", "shop.example", "--zone").splitlines()
    assert "mail.shop.example. 3600 IN MX 10 feedback-smtp.eu-west-1.amazonses.com." in lines
    assert '_dmarc.shop.example. 3600 IN TXT "v=DMARC1; p=none;"' in lines
    assert all(line.startswith(line.split("._domainkey")[0]) and line.endswith(".") for line in lines[:3])


def test_a_wait_without_time_is_wrong_usage(shell: Shell) -> None:
    done = shell("identities", "wait", "example.com", "--timeout", "0")
    assert (done.code, done.err) == (2, "sesv2kit: --timeout must be above 0 seconds\n")


def test_an_identity_that_is_not_there_is_1(shell: Shell) -> None:
    assert shell("identities", "show", "absent.example").code == 1


def test_an_external_dkim_key_has_a_record_with_its_selector() -> None:
    dkim = models.DkimAttributes(signing_attributes_origin="EXTERNAL", tokens=["mail2026"])
    found = records("shop.example", models.GetEmailIdentityResponse(dkim_attributes=dkim), "eu-west-1")
    assert [record.name for record in found] == ["mail2026._domainkey.shop.example", "_dmarc.shop.example"]


def test_the_zone_that_the_service_names_is_used() -> None:
    dkim = models.DkimAttributes(tokens=["abc"], signing_hosted_zone="dkim.eu-south-2.amazonses.com")
    found = records("shop.example", models.GetEmailIdentityResponse(dkim_attributes=dkim), "eu-south-2")
    assert found[0].value == "abc.dkim.eu-south-2.amazonses.com"


def test_an_identity_of_which_nothing_is_known_gets_dmarc_alone() -> None:
    assert [one.type for one in records("shop.example", models.GetEmailIdentityResponse(), None)] == ["TXT"]


def test_a_long_text_is_cut_into_strings_and_quoted() -> None:
    line = Record("TXT", "x.example", "p=" + "A" * 300 + '"', "DKIM").zone_line
    first, second = line.partition(" TXT ")[2].split(" ")
    assert (len(first), second) == (257, '"' + "A" * 47 + '\\""')
