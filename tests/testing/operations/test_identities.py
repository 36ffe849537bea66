"""Identities: verification, DKIM, MAIL FROM, policies, certificates."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.mails import send, service
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DOMAIN = "example.org"
ADDRESS = "ann@example.org"
MISSING = "Email identity example.org does not exist."
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/1"
KEY = "a" * 64
FIVE_MINUTES = 300


@pytest.fixture
def slow() -> Iterator[tuple[FakeSES, SESv2Client]]:
    """Return a fake service whose identities are not verified at once, and a client of it."""
    with service(clock=NOW, auto_verify=False) as made:
        yield made


def dkim(ses: SESv2Client, name: str = DOMAIN) -> models.DkimAttributes:
    attributes = ses.get_email_identity(email_identity=name).dkim_attributes
    assert attributes
    return attributes


def test_a_domain_is_verified_at_once(ses: SESv2Client) -> None:
    tags = [models.Tag(key="team", value="shop")]
    created = ses.create_email_identity(email_identity=DOMAIN, tags=tags)
    assert (created.identity_type, created.verified_for_sending_status) == ("DOMAIN", True)
    found = ses.get_email_identity(email_identity=DOMAIN)
    assert (found.verification_status, found.feedback_forwarding_status) == ("SUCCESS", True)
    assert [*found.tags] == tags
    assert found.dkim_attributes == created.dkim_attributes
    attributes = dkim(ses)
    assert (attributes.status, attributes.signing_enabled) == ("SUCCESS", True)
    assert len(set(attributes.tokens)) == 3
    assert attributes.signing_hosted_zone == "dkim.amazonses.com"
    send(ses, sender="shop@example.org")


def test_an_address_has_no_dkim_of_its_own(ses: SESv2Client) -> None:
    assert ses.create_email_identity(email_identity=ADDRESS).identity_type == "EMAIL_ADDRESS"
    attributes = dkim(ses, ADDRESS)
    assert (attributes.status, attributes.signing_enabled, [*attributes.tokens]) == ("NOT_STARTED", False, [])


@pytest.mark.parametrize(("first", "second"), [(DOMAIN, "EXAMPLE.org"), (ADDRESS, "ann@Example.ORG")])
def test_the_case_of_a_domain_does_not_matter(ses: SESv2Client, first: str, second: str) -> None:
    ses.create_email_identity(email_identity=first)
    with refuses(errors.AlreadyExistsException, f"Email identity {second} already exist."):
        ses.create_email_identity(email_identity=second)
    assert ses.get_email_identity(email_identity=second).verified_for_sending_status


@pytest.mark.parametrize(
    "name", ["example", "a@b@example.org", "a b@example.org", "-.org", "ann@", "example.org-", "."]
)
def test_a_name_that_is_neither_a_domain_nor_an_address(ses: SESv2Client, name: str) -> None:
    with refuses(errors.BadRequestException, f"Invalid email identity: {name}."):
        ses.create_email_identity(email_identity=name)


@pytest.mark.parametrize("name", ["bücher.example", "grüße@bücher.example", "A+b@mail.example.org"])
def test_a_name_may_be_international(ses: SESv2Client, name: str) -> None:
    ses.create_email_identity(email_identity=name)
    assert ses.get_email_identity(email_identity=name).verified_for_sending_status


def test_an_unknown_configuration_set_fails_the_whole_creation(ses: SESv2Client) -> None:
    with refuses(errors.NotFoundException, "Configuration set <news> does not exist."):
        ses.create_email_identity(email_identity=DOMAIN, configuration_set_name="news")
    with refuses(errors.NotFoundException, MISSING):
        ses.get_email_identity(email_identity=DOMAIN)


def test_the_default_configuration_set_is_used_by_sends(fake: FakeSES, ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="news")
    ses.create_email_identity(email_identity=DOMAIN, configuration_set_name="news")
    send(ses, sender="shop@example.org")
    assert fake.outbox[-1].configuration_set == "news"
    with refuses(errors.NotFoundException, "Configuration set <other> does not exist."):
        ses.put_email_identity_configuration_set_attributes(email_identity=DOMAIN, configuration_set_name="other")
    ses.put_email_identity_configuration_set_attributes(email_identity=DOMAIN)
    assert ses.get_email_identity(email_identity=DOMAIN).configuration_set_name is None
    ses.put_email_identity_configuration_set_attributes(email_identity=DOMAIN, configuration_set_name="news")
    assert ses.get_email_identity(email_identity=DOMAIN).configuration_set_name == "news"


def test_a_domain_is_found_by_the_clock(slow: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = slow
    ses.create_email_identity(email_identity=DOMAIN)
    assert (dkim(ses).status, ses.get_email_identity(email_identity=DOMAIN).verification_status) == (
        "PENDING",
        "PENDING",
    )
    with pytest.raises(errors.MessageRejected):
        send(ses, sender="shop@example.org")
    fake.clock.advance(FIVE_MINUTES)
    send(ses, sender="shop@example.org")
    found = ses.get_email_identity(email_identity=DOMAIN)
    assert (found.verification_status, dkim(ses).status) == ("SUCCESS", "SUCCESS")
    assert found.verification_info
    assert found.verification_info.last_success_timestamp == fake.clock.now


def test_an_address_waits_for_its_link(slow: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = slow
    ses.create_email_identity(email_identity=ADDRESS)
    fake.clock.advance(timedelta(days=2))
    with pytest.raises(errors.MessageRejected):
        send(ses, sender=ADDRESS)
    fake.verify(ADDRESS)
    send(ses, sender=ADDRESS)
    fake.verify("new.example.org")
    send(ses, sender="shop@new.example.org")


def test_mail_from_is_found_by_the_clock(slow: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = slow
    ses.create_email_identity(email_identity=ADDRESS)
    ses.put_email_identity_mail_from_attributes(email_identity=ADDRESS, mail_from_domain="Bounce.example.org")

    def mail_from() -> models.MailFromAttributes | None:
        return ses.get_email_identity(email_identity=ADDRESS).mail_from_attributes

    pending = models.MailFromAttributes(
        mail_from_domain="Bounce.example.org",
        mail_from_domain_status="PENDING",
        behavior_on_mx_failure="USE_DEFAULT_VALUE",
    )
    assert mail_from() == pending
    fake.clock.advance(FIVE_MINUTES)
    found = mail_from()
    assert found
    assert found.mail_from_domain_status == "SUCCESS"
    assert ses.get_email_identity(email_identity=ADDRESS).verified_for_sending_status is False
    ses.put_email_identity_mail_from_attributes(email_identity=ADDRESS)
    assert mail_from() is None


def test_a_key_of_dkim_is_found_by_the_clock(slow: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = slow
    fake.verify(ADDRESS)
    ses.put_email_identity_dkim_signing_attributes(email_identity=ADDRESS, signing_attributes_origin="AWS_SES")
    assert dkim(ses, ADDRESS).status == "PENDING"
    fake.clock.advance(FIVE_MINUTES)
    assert dkim(ses, ADDRESS).status == "SUCCESS"


@pytest.mark.parametrize("name", [DOMAIN, "example.org.evil.example", "bounceexample.org"])
def test_mail_from_is_a_subdomain(ses: SESv2Client, name: str) -> None:
    ses.create_email_identity(email_identity=DOMAIN)
    message = f"Provided MAIL-FROM domain <{name}> is not subdomain of the domain of the identity <{DOMAIN}>."
    with refuses(errors.BadRequestException, message):
        ses.put_email_identity_mail_from_attributes(email_identity=DOMAIN, mail_from_domain=name)


@pytest.mark.parametrize(
    ("given", "origin", "tokens", "length"),
    [
        (models.DkimSigningAttributes(next_signing_key_length="RSA_1024_BIT"), "AWS_SES", 3, "RSA_1024_BIT"),
        (
            models.DkimSigningAttributes(domain_signing_selector="s1", domain_signing_private_key=KEY),
            "EXTERNAL",
            1,
            None,
        ),
        (
            models.DkimSigningAttributes(domain_signing_attributes_origin="AWS_SES_EU_WEST_1"),
            "AWS_SES_EU_WEST_1",
            3,
            "RSA_2048_BIT",
        ),
    ],
)
def test_a_domain_is_created_with_keys(
    ses: SESv2Client, given: models.DkimSigningAttributes, origin: str, tokens: int, length: str | None
) -> None:
    ses.create_email_identity(email_identity=DOMAIN, dkim_signing_attributes=given)
    attributes = dkim(ses)
    assert (attributes.signing_attributes_origin, len(attributes.tokens)) == (origin, tokens)
    assert attributes.current_signing_key_length == attributes.next_signing_key_length == length
    if origin == "EXTERNAL":
        assert [*attributes.tokens] == ["s1"]
        assert attributes.last_key_generation_timestamp is None


def test_keys_are_changed(ses: SESv2Client) -> None:
    ses.create_email_identity(email_identity=DOMAIN)
    before = dkim(ses)
    with refuses(errors.BadRequestException, "External signing needs a selector and a private key."):
        ses.put_email_identity_dkim_signing_attributes(email_identity=DOMAIN, signing_attributes_origin="EXTERNAL")
    changed = ses.put_email_identity_dkim_signing_attributes(
        email_identity=DOMAIN,
        signing_attributes_origin="EXTERNAL",
        signing_attributes=models.DkimSigningAttributes(domain_signing_selector="s1", domain_signing_private_key=KEY),
    )
    assert (changed.dkim_status, [*changed.dkim_tokens]) == ("SUCCESS", ["s1"])
    assert changed.signing_hosted_zone is None
    assert dkim(ses).signing_attributes_origin == "EXTERNAL"
    changed = ses.put_email_identity_dkim_signing_attributes(email_identity=DOMAIN, signing_attributes_origin="AWS_SES")
    assert [*changed.dkim_tokens] == [*before.tokens]
    assert changed.signing_hosted_zone == before.signing_hosted_zone
    ses.put_email_identity_dkim_attributes(email_identity=DOMAIN, signing_enabled=False)
    assert dkim(ses).signing_enabled is False
    ses.put_email_identity_feedback_attributes(email_identity=DOMAIN)
    assert ses.get_email_identity(email_identity=DOMAIN).feedback_forwarding_status is False


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("get_email_identity", {}),
        ("delete_email_identity", {}),
        ("put_email_identity_configuration_set_attributes", {}),
        ("put_email_identity_dkim_attributes", {}),
        ("put_email_identity_dkim_signing_attributes", {"signing_attributes_origin": "AWS_SES"}),
        ("put_email_identity_feedback_attributes", {}),
        ("put_email_identity_mail_from_attributes", {}),
        ("get_email_identity_policies", {}),
        ("create_email_identity_policy", {"policy_name": "p", "policy": "{}"}),
        ("update_email_identity_policy", {"policy_name": "p", "policy": "{}"}),
        ("delete_email_identity_policy", {"policy_name": "p"}),
        ("list_email_identity_certificates", {}),
        ("disassociate_email_identity_certificate", {"from_address": ADDRESS}),
        ("associate_email_identity_certificate", {"from_address": ADDRESS, "certificate_arn": CERTIFICATE}),
    ],
)
def test_an_identity_that_is_not_there(ses: SESv2Client, method: str, arguments: dict[str, Any]) -> None:
    with refuses(errors.NotFoundException, MISSING):
        getattr(ses, method)(email_identity=DOMAIN, **arguments)


def test_a_deleted_identity_does_not_send(ses: SESv2Client) -> None:
    ses.delete_email_identity(email_identity="example.com")
    with pytest.raises(errors.MessageRejected):
        send(ses)
    assert not ses.list_email_identities().email_identities


def test_identities_are_listed_by_filters() -> None:
    with service(verified=["example.com", "shop@example.net"], auto_verify=False, clock=NOW) as (fake, ses):
        ses.create_email_identity(email_identity="bob@example.com")

        def names(**wanted: str) -> list[str | None]:
            found = ses.list_email_identities(filter=wanted, page_size=0).email_identities
            return [identity.identity_name for identity in found]

        assert names() == ["example.com", "shop@example.net", "bob@example.com"]
        assert names(IDENTITY_NAME_CONTAINS="example.com") == ["example.com", "bob@example.com"]
        assert names(IDENTITY_TYPE="EMAIL_ADDRESS") == ["shop@example.net", "bob@example.com"]
        assert names(VERIFICATION_STATUS="PENDING", IDENTITY_TYPE="EMAIL_ADDRESS") == ["bob@example.com"]
        assert names(IDENTITY_NAME_CONTAINS="shop", VERIFICATION_STATUS="PENDING") == []
        pending = ses.list_email_identities().email_identities[2]
        assert (pending.sending_enabled, pending.verification_status) == (False, "PENDING")
        fake.verify("bob@example.com")
        assert names(VERIFICATION_STATUS="PENDING") == []


def test_policies_are_kept_by_their_names(ses: SESv2Client) -> None:
    def policies() -> dict[str, str]:
        return dict(ses.get_email_identity_policies(email_identity="example.com").policies)

    ses.create_email_identity_policy(email_identity="example.com", policy_name="a", policy='{"Version": "1"}')
    with refuses(errors.AlreadyExistsException, "Policy <a> already exists."):
        ses.create_email_identity_policy(email_identity="example.com", policy_name="a", policy="{}")
    ses.update_email_identity_policy(email_identity="example.com", policy_name="a", policy='{"Version": "2"}')
    assert policies() == {"a": '{"Version": "2"}'}
    assert ses.get_email_identity(email_identity="example.com").policies == policies()
    with refuses(errors.NotFoundException, "Policy <b> does not exist"):
        ses.update_email_identity_policy(email_identity="example.com", policy_name="b", policy="{}")
    for policy in ("no", "[]"):
        with refuses(errors.BadRequestException, "The policy is not valid JSON."):
            ses.create_email_identity_policy(email_identity="example.com", policy_name="b", policy=policy)
        with refuses(errors.BadRequestException, "The policy is not valid JSON."):
            ses.update_email_identity_policy(email_identity="example.com", policy_name="a", policy=policy)
    ses.delete_email_identity_policy(email_identity="example.com", policy_name="b")
    assert [*policies()] == ["a"]
    ses.delete_email_identity_policy(email_identity="example.com", policy_name="a")
    assert policies() == {}


def test_policies_need_a_verified_identity(slow: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = slow
    ses.create_email_identity(email_identity=ADDRESS)
    policy = {"email_identity": ADDRESS, "policy_name": "a"}
    message = f"Email identity {ADDRESS} is not verified."
    for method in (ses.create_email_identity_policy, ses.update_email_identity_policy):
        with refuses(errors.BadRequestException, message):
            method(**policy, policy="{}")
    with refuses(errors.BadRequestException, message):
        ses.delete_email_identity_policy(**policy)
    with refuses(errors.BadRequestException, message):
        ses.get_email_identity_policies(email_identity=ADDRESS)
    fake.verify(ADDRESS)
    ses.create_email_identity_policy(**policy, policy="{}")
    assert dict(ses.get_email_identity_policies(email_identity=ADDRESS).policies) == {"a": "{}"}


def test_an_identity_has_at_most_20_policies(ses: SESv2Client) -> None:
    for number in range(20):
        ses.create_email_identity_policy(email_identity="example.com", policy_name=str(number), policy="{}")
    with refuses(errors.LimitExceededException, "An identity can have at most 20 policies."):
        ses.create_email_identity_policy(email_identity="example.com", policy_name="20", policy="{}")


def test_an_address_has_one_certificate(fake: FakeSES, ses: SESv2Client) -> None:
    def associate(address: str, identity: str = "example.com") -> None:
        ses.associate_email_identity_certificate(
            email_identity=identity, from_address=address, certificate_arn=CERTIFICATE
        )

    associate("shop@example.com")
    associate("shop@mail.example.com")
    with refuses(errors.AlreadyExistsException, "A certificate is already associated with shop@example.com."):
        associate("shop@EXAMPLE.com")
    for address in ("shop@example.net", "shop@badexample.com"):
        with refuses(errors.BadRequestException, f"The address {address} does not belong to the identity example.com."):
            associate(address)
    first, second = ses.list_email_identity_certificates(email_identity="example.com").certificates
    assert first == models.IdentityCertificate(
        from_address="shop@example.com",
        status="ACTIVE",
        certificate_arn=CERTIFICATE,
        certificate_expiry_time=NOW + timedelta(days=395),
    )
    for _ in range(2):
        ses.disassociate_email_identity_certificate(email_identity="example.com", from_address="shop@example.com")
    assert [*ses.list_email_identity_certificates(email_identity="example.com").certificates] == [second]
    fake.verify(ADDRESS)
    ses.associate_email_identity_certificate(email_identity=ADDRESS, certificate_arn=CERTIFICATE)
    with refuses(errors.AlreadyExistsException, f"A certificate is already associated with {ADDRESS}."):
        associate(ADDRESS, identity=ADDRESS)
    with refuses(errors.BadRequestException, f"The address bob@example.org does not belong to the identity {ADDRESS}."):
        associate("bob@example.org", identity=ADDRESS)
