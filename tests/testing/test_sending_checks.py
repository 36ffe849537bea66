"""What the fake service refuses to send, and with which words."""

from datetime import UTC, datetime

import attrs
import pytest
from support.mails import PERSON, entry, raw, send, service, simple, stored, template

from sesv2kit import errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("sender", ["a@example.org", "a@shop.example.com", "Shop <a@example.org>"])
def test_an_address_that_is_not_verified_can_not_send(sender: str) -> None:
    with service(region="eu-west-1") as (fake, ses):
        with pytest.raises(errors.MessageRejected) as caught:
            send(ses, sender=sender)
        assert len(fake.outbox) == 0
    assert caught.value.message == (
        "Email address is not verified. The following identities failed the check in region EU-WEST-1: "
        + sender.removeprefix("Shop <").removesuffix(">")
    )


def test_an_identity_covers_its_own_address_or_exactly_its_domain() -> None:
    with service(verified=["example.com", "me@example.org"]) as (fake, ses):
        send(ses, sender="Anyone <Any@EXAMPLE.com>")
        send(ses, sender="me@example.org")
        with pytest.raises(errors.MessageRejected):
            send(ses, sender="you@example.org")
        assert len(fake.outbox) == 2


def test_the_address_for_bounces_must_be_verified() -> None:
    with service() as (_, ses), pytest.raises(errors.MessageRejected, match=r"a@example\.org"):
        send(ses, feedback_forwarding_email_address="a@example.org")


def test_the_identity_of_another_account_is_used_by_its_arn() -> None:
    arn = "arn:aws:ses:us-east-1:999999999999:identity/example.org"
    with service() as (fake, ses):
        send(ses, sender="a@example.org", from_email_address_identity_arn=arn)
        assert fake.events[0].mail.source_arn == arn
        ours = "arn:aws:ses:us-east-1:123456789012:identity/example.org"
        with pytest.raises(errors.MessageRejected):
            send(ses, sender="a@example.org", from_email_address_identity_arn=ours)


def test_an_identity_may_insist_on_its_mail_from_domain() -> None:
    with service(auto_verify=False) as (fake, ses):
        for behavior in ("USE_DEFAULT_VALUE", "REJECT_MESSAGE"):
            ses.put_email_identity_mail_from_attributes(
                email_identity="example.com", mail_from_domain="bounce.example.com", behavior_on_mx_failure=behavior
            )
            if behavior == "USE_DEFAULT_VALUE":
                send(ses)
        with pytest.raises(errors.MailFromDomainNotVerifiedException, match="bounce"):
            send(ses)
        assert len(fake.outbox) == 1


def test_in_the_sandbox_recipients_must_be_verified() -> None:
    with service(sandbox=True, verified=["example.com", PERSON], clock=NOW) as (fake, ses):
        send(ses, PERSON)
        fake.clock.advance(1)
        with pytest.raises(errors.MessageRejected, match=r"US-EAST-1: bob@example\.net, c@example\.net"):
            send(ses, "bob@example.net", "c@example.net", "bob@example.net")


def test_in_the_sandbox_the_simulator_is_always_allowed() -> None:
    with service(sandbox=True, clock=NOW) as (fake, ses):
        for number in range(300):
            send(ses, f"success+{number}@simulator.amazonses.com")
        assert len(fake.outbox) == 300
        assert fake.world.send_quota().sent_last24_hours == 0


def test_the_sandbox_sends_one_mail_a_second() -> None:
    with service(sandbox=True, clock=NOW) as (fake, ses):
        send(ses, "a@example.com")
        with pytest.raises(errors.TooManyRequestsException, match="Maximum sending rate exceeded"):
            send(ses, "a@example.com")
        fake.clock.advance(1)
        send(ses, "a@example.com")


def test_the_sandbox_sends_200_mails_in_24_hours() -> None:
    with service(sandbox=True, clock=NOW) as (fake, ses):
        for _ in range(4):
            send(ses, *["a@example.com"] * 50)
            fake.clock.advance(3600)
        with pytest.raises(errors.LimitExceededException, match="Daily message quota exceeded"):
            send(ses, "a@example.com")
        fake.clock.advance(20 * 3600)  # the first fifty are forgotten
        send(ses, *["a@example.com"] * 50)
        with pytest.raises(errors.LimitExceededException):
            send(ses, "a@example.com")


def test_limits_of_an_account_outside_of_the_sandbox() -> None:
    with service(clock=NOW) as (fake, ses):
        for _ in range(100):
            send(ses)
        fake.settings.daily_quota = 101
        fake.settings.send_rate = 500
        send(ses)
        with pytest.raises(errors.LimitExceededException):
            send(ses)


def test_a_file_knows_the_quota_that_is_used_up(tmp_path: object) -> None:
    path = f"{tmp_path}/ses.db"
    with service(db=path, clock=NOW) as (_, ses):
        send(ses, "a@example.net", "b@example.net")
        send(ses, "a@example.net")
    with FakeSES(db=path, clock=NOW) as fake:
        assert fake.world.send_quota().sent_last24_hours == 3
        assert fake.outbox[-1].to == ["a@example.net"]


def test_a_paused_account_does_not_send() -> None:
    with service() as (_, ses):
        ses.put_account_sending_attributes(sending_enabled=False)
        with pytest.raises(errors.SendingPausedException, match="this account"):
            send(ses)


def test_an_account_that_was_shut_down_does_not_send() -> None:
    with service() as (fake, ses):
        account = fake.world.account()
        fake.world.records(type(account))["account"] = attrs.evolve(
            account, attributes=attrs.evolve(account.attributes, enforcement_status="SHUTDOWN")
        )
        with pytest.raises(errors.AccountSuspendedException):
            send(ses)


def test_a_paused_or_unknown_configuration_set_does_not_send() -> None:
    with service() as (_, ses):
        ses.create_configuration_set(
            configuration_set_name="paused", sending_options=models.SendingOptions(sending_enabled=False)
        )
        with pytest.raises(errors.SendingPausedException, match="<paused>"):
            send(ses, configuration_set_name="paused")
        with pytest.raises(errors.NotFoundException, match="Configuration set <other> does not exist"):
            send(ses, configuration_set_name="other")


def test_the_configuration_set_of_the_identity_is_the_default() -> None:
    with service() as (fake, ses):
        ses.create_configuration_set(configuration_set_name="default")
        ses.put_email_identity_configuration_set_attributes(
            email_identity="example.com", configuration_set_name="default"
        )
        send(ses)
        assert fake.outbox[0].configuration_set == "default"


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ann", "Missing final '@domain'"),
        ("", "Missing final '@domain'"),
        ("@example.net", "Missing local name"),
        ("ann@", "Missing domain"),
        ("a nn@example.net", "Local address contains control or whitespace"),
        ("änn@example.net", "Local address contains control or whitespace"),
        ("a@b.example, c@d.example", "Local address contains control or whitespace"),
        (".ann@example.net", "Local address starts with dot"),
        ("a..nn@example.net", "Local address contains dot-dot"),
        ("ann@exa mple.net", "Domain contains control or whitespace"),
        ("ann@exämple.net", "Domain contains control or whitespace"),
        ("ann@exa!mple.net", "Domain contains illegal character"),
        ("ann@.example.net", "Domain starts with dot"),
        ("ann@example..net", "Domain contains dot-dot"),
        ("Miller, Ann <ann@example.net>", "Missing final '@domain'"),
        ('"Ann\r\nBcc: eve@example.org" <ann@example.net>', "Local address contains control or whitespace"),
        ("\nann@example.net", "Local address contains control or whitespace"),
    ],
)
def test_something_that_is_not_an_address_is_refused(address: str, problem: str) -> None:
    with service() as (_, ses), pytest.raises(errors.BadRequestException) as caught:
        send(ses, address)
    assert caught.value.message == problem


@pytest.mark.parametrize(
    "address",
    ['"Miller, Ann" <ann@example.net>', "  Ann <ann@example.net> ", '"a b"@example.net', "a_b@ex_ample.net"],
)
def test_an_address_that_is_unusual(address: str) -> None:
    with service() as (fake, ses):
        send(ses, address)
        assert fake.outbox[0].to == [address]


def test_reply_to_addresses_are_checked() -> None:
    with service() as (_, ses), pytest.raises(errors.BadRequestException):
        send(ses, reply_to_addresses=["nobody"])


def test_a_mail_needs_a_sender_and_a_recipient() -> None:
    with service() as (_, ses):
        with pytest.raises(errors.BadRequestException, match="FromEmailAddress"):
            ses.send_email(destination=models.Destination(to_addresses=[PERSON]), content=simple())
        with pytest.raises(errors.BadRequestException, match="recipient"):
            ses.send_email(from_email_address="a@example.com", content=simple())


def test_a_mail_has_at_most_50_recipients() -> None:
    message = b"To: " + b", ".join(b"a%d@example.net" % number for number in range(51)) + b"\r\n\r\nHi"
    with service() as (_, ses), pytest.raises(errors.BadRequestException, match="50"):
        ses.send_email(from_email_address="a@example.com", content=raw(message))


@pytest.mark.parametrize("text", ["a b", "", "ä"])
def test_tags_have_a_syntax(text: str) -> None:
    with service() as (_, ses):
        for tag in (models.MessageTag(name="a", value=text), models.MessageTag(name=text, value="a")):
            with pytest.raises(errors.BadRequestException, match="Invalid tag"):
                send(ses, email_tags=[tag])


def test_a_subject_is_one_line() -> None:
    with service() as (_, ses), pytest.raises(errors.BadRequestException, match="Subject"):
        send(ses, content=simple("Hello\nBcc: eve@example.org"))


@pytest.mark.parametrize("facts", [{"file_name": "a\r\n.pdf"}, {"content_id": "a\nb"}, {"content_description": "a\nb"}])
def test_what_describes_a_file_is_one_line(facts: dict[str, str]) -> None:
    file = models.Attachment(**({"file_name": "a.pdf"} | facts), raw_content=b"")
    with service() as (_, ses), pytest.raises(errors.BadRequestException, match="Attachment"):
        send(ses, content=simple(attachments=[file]))


def test_a_mail_has_at_most_40_megabytes() -> None:
    # Sent as the service gets it: the client itself refuses such a mail.
    large = models.Attachment(file_name="a.bin", raw_content=bytes(30 * 1024 * 1024))
    with FakeSES() as fake, fake.client(check_limits=False) as ses:
        with pytest.raises(errors.BadRequestException, match="41943040"):
            send(ses, content=simple(attachments=[large]))
        assert len(fake.outbox) == 0


def test_a_template_that_does_not_exist() -> None:
    with service() as (_, ses):
        with pytest.raises(errors.NotFoundException, match="missing"):
            send(ses, content=template("missing"))
        with pytest.raises(errors.NotFoundException, match="missing"):
            ses.send_bulk_email(
                from_email_address="a@example.com",
                default_content=models.BulkEmailContent(template=models.Template(template_name="missing")),
                bulk_email_entries=[entry(PERSON)],
            )


def test_a_request_without_content() -> None:
    with FakeSES() as fake, fake.client(check_limits=False) as ses:
        with pytest.raises(errors.BadRequestException):
            send(ses, content=template(None))
        with pytest.raises(errors.BadRequestException):
            ses.send_bulk_email(
                from_email_address="a@example.com",
                default_content=models.BulkEmailContent(),
                bulk_email_entries=[entry(PERSON)],
            )
        stored(ses)
        with pytest.raises(errors.BadRequestException):
            ses.send_bulk_email(
                from_email_address="a@example.com",
                default_content=models.BulkEmailContent(template=models.Template(template_name="welcome")),
                bulk_email_entries=[],
            )


# Tenants -----------------------------------------------------------------------------------------


def associate(ses: object, fake: FakeSES, *resources: str) -> None:
    for resource in resources:
        ses.create_tenant_resource_association(tenant_name="acme", resource_arn=fake.world.arn(resource))  # type: ignore[attr-defined]


def test_a_tenant_uses_what_it_is_associated_with() -> None:
    with service() as (fake, ses):
        stored(ses)
        ses.create_configuration_set(configuration_set_name="set")
        ses.create_tenant(tenant_name="acme")
        everything = ["identity/example.com", "configuration-set/set", "template/welcome"]
        for resource in everything:
            with pytest.raises(errors.AccessDeniedException) as caught:
                send(ses, content=template(), tenant_name="acme", configuration_set_name="set")
            assert caught.value.status_code == 403
            assert fake.world.arn(resource) in caught.value.message
            associate(ses, fake, resource)
        send(ses, content=template(), tenant_name="acme", configuration_set_name="set")
        assert fake.outbox[0].tenant == "acme"
        assert fake.events[0].tags["ses:tenant-name"] == ("acme",)


def test_an_unknown_or_paused_tenant_does_not_send() -> None:
    with service() as (fake, ses):
        with pytest.raises(errors.NotFoundException, match="acme"):
            send(ses, tenant_name="acme")
        ses.create_tenant(tenant_name="acme")
        tenant = ses.get_tenant(tenant_name="acme").tenant
        assert tenant
        assert tenant.tenant_arn
        associate(ses, fake, "identity/example.com")
        send(ses, tenant_name="acme")
        ses.update_reputation_entity_customer_managed_status(
            reputation_entity_type="RESOURCE",
            reputation_entity_reference=tenant.tenant_arn,
            sending_status="DISABLED",
        )
        with pytest.raises(errors.SendingPausedException, match="acme"):
            send(ses, tenant_name="acme")
