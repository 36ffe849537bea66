"""Names and addresses that the fake refuses, as SES does."""

import pytest
from support.refused import refuses, wire

from sesv2kit import SESv2Client, errors
from sesv2kit.testing import FakeSES

NAMES = ["a b", "a/b", "é", "a.b", "a\n"]


def invalid(noun: str, name: str) -> str:
    return f"Invalid {noun} name <{name}>: only alphanumeric ASCII characters, '_', and '-' are allowed."


@pytest.mark.parametrize("name", NAMES)
def test_names_have_letters_digits_hyphens_and_underscores(ses: SESv2Client, name: str) -> None:
    with refuses(errors.BadRequestException, invalid("configuration set", name)):
        ses.create_configuration_set(configuration_set_name=name)
    with refuses(errors.BadRequestException, invalid("tenant", name)):
        ses.create_tenant(tenant_name=name)
    with refuses(errors.BadRequestException, invalid("policy", name)):
        ses.create_email_identity_policy(email_identity="example.com", policy_name=name, policy="{}")


def test_a_name_is_not_empty(fake: FakeSES) -> None:
    status, body = wire(fake, "POST", "/v2/email/configuration-sets", {"ConfigurationSetName": ""})
    assert (status, body) == (400, {"message": invalid("configuration set", "")})


@pytest.mark.parametrize("address", ["ann", "ann@", "@example.net", "a b@example.net", "a@b@example.net"])
def test_what_is_not_an_address_is_not_suppressed(ses: SESv2Client, address: str) -> None:
    with refuses(errors.BadRequestException, "Invalid email address."):
        ses.put_suppressed_destination(email_address=address, reason="BOUNCE")
