"""Set up a domain from nothing, send test mails, and ask to leave the sandbox.

    python docs/examples/domain/domain.py

Run it again at any time: it goes on where it is.
"""

from collections.abc import Iterator
from contextlib import suppress

from sesv2kit import SESv2Client, compose, errors, models

DOMAIN = "shop.example"
MAIL_FROM = "bounce.shop.example"  # a subdomain that receives no mail otherwise
CONFIGURATION_SET = "shop"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:ses-events"
WEBSITE = "https://shop.example"
CONTACT = "postmaster@shop.example"


def register(ses: SESv2Client) -> None:
    """Create the domain, its MAIL FROM and a configuration set that reports events."""
    with suppress(errors.AlreadyExistsException):
        ses.create_configuration_set(configuration_set_name=CONFIGURATION_SET)
    with suppress(errors.AlreadyExistsException):
        ses.create_configuration_set_event_destination(
            configuration_set_name=CONFIGURATION_SET,
            event_destination_name="sns",
            event_destination=models.EventDestinationDefinition(
                enabled=True,
                matching_event_types=["BOUNCE", "COMPLAINT", "DELIVERY", "REJECT"],
                sns_destination=models.SnsDestination(topic_arn=TOPIC),
            ),
        )
    with suppress(errors.AlreadyExistsException):
        ses.create_email_identity(
            email_identity=DOMAIN,
            configuration_set_name=CONFIGURATION_SET,
        )
    identity = ses.get_email_identity(email_identity=DOMAIN)
    mail_from = identity.mail_from_attributes
    if mail_from is None or mail_from.mail_from_domain != MAIL_FROM:
        ses.put_email_identity_mail_from_attributes(
            email_identity=DOMAIN,
            mail_from_domain=MAIL_FROM,
        )


def records(ses: SESv2Client) -> Iterator[tuple[str, str, str]]:
    """Yield the DNS records: type, name and value."""
    dkim = ses.get_email_identity(email_identity=DOMAIN).dkim_attributes
    if dkim is not None:
        zone = dkim.signing_hosted_zone or "dkim.amazonses.com"
        for token in dkim.tokens:
            yield "CNAME", f"{token}._domainkey.{DOMAIN}", f"{token}.{zone}"
    yield "MX", MAIL_FROM, f"10 feedback-smtp.{ses.region}.amazonses.com"
    yield "TXT", MAIL_FROM, "v=spf1 include:amazonses.com ~all"
    yield "TXT", f"_dmarc.{DOMAIN}", f"v=DMARC1; p=none; rua=mailto:{CONTACT}"


def is_verified(ses: SESv2Client) -> bool:
    """Wait for up to an hour until SES has found the records; say what is missing."""
    try:
        ses.wait_until_dkim_verified(email_identity=DOMAIN, wait_timeout=1800)
        ses.wait_until_mail_from_verified(email_identity=DOMAIN, wait_timeout=1800)
    except errors.WaiterTimeoutError as error:
        print(f"not yet, run this again later: {error}")
        return False
    except errors.WaiterFailedError as error:
        print(f"SES has given up; correct the records: {error}")
        return False
    return True


def send_tests(ses: SESv2Client) -> None:
    """Send to the mailbox simulator, which works inside of the sandbox."""
    for case in ("success", "bounce", "complaint"):
        mail = compose.mail(
            sender=f"Shop <hello@{DOMAIN}>",
            to=f"{case}@simulator.amazonses.com",
            subject="A test",
            text="Please ignore.",
        )
        sent = ses.send_email(**mail.arguments)
        print(f"{case}: sent as {sent.message_id}")


def ask_for_production_access(ses: SESv2Client) -> None:
    """Ask to leave the sandbox, unless that was done."""
    account = ses.get_account()
    review = account.details.review_details if account.details else None
    if account.production_access_enabled:
        print("This account is not in the sandbox.")
    elif review is not None and review.status == "PENDING":
        print("The request is under review.")
    else:
        ses.put_account_details(
            mail_type="TRANSACTIONAL",
            website_url=WEBSITE,
            contact_language="EN",
            additional_contact_email_addresses=[CONTACT],
            production_access_enabled=True,
        )
        print("Asked for production access. AWS writes to the account's address.")


def main() -> None:
    """Do all steps in their order."""
    with SESv2Client() as ses:
        register(ses)
        print("Set these DNS records:")
        for kind, name, value in records(ses):
            print(f"  {kind:5}  {name}\n         {value}")
        if is_verified(ses):
            print(f"{DOMAIN} is verified.")
            send_tests(ses)
            ask_for_production_access(ses)


if __name__ == "__main__":
    main()
