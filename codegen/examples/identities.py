"""Examples: identities: the domains and addresses that may send."""

import json

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> None:
    """The identity `example.com` is there and verified, as in the local SES."""
    ses.create_configuration_set(configuration_set_name="newsletter")
    ses.create_email_identity(email_identity="old.example.com")
    ses.create_email_identity_policy(
        email_identity="example.com",
        policy_name="partner-may-send",
        policy=json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [{"Effect": "Allow", "Action": ["ses:SendEmail"]}],
            }
        ),
    )
    ses.put_email_identity_mail_from_attributes(
        email_identity="example.com", mail_from_domain="bounces.example.com"
    )
    ses.associate_email_identity_certificate(
        email_identity="example.com",
        from_address="signed@example.com",
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/"
        "0f0e0d0c-0b0a-4908-8706-050403020100",
    )


def associate_email_identity_certificate(ses: SESv2Client) -> None:
    ses.associate_email_identity_certificate(
        email_identity="example.com",
        from_address="billing@example.com",
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/"
        "0f0e0d0c-0b0a-4908-8706-050403020100",
    )


def create_email_identity(ses: SESv2Client) -> None:
    created = ses.create_email_identity(email_identity="shop.example.com")
    dkim = created.dkim_attributes
    for token in dkim.tokens if dkim is not None else ():
        name = f"{token}._domainkey.shop.example.com"
        print(f"{name} CNAME {token}.dkim.amazonses.com")  # to add to the DNS


def create_email_identity_policy(ses: SESv2Client) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::999999999999:root"},
        "Action": ["ses:SendEmail"],
        "Resource": "arn:aws:ses:us-east-1:123456789012:identity/example.com",
    }
    ses.create_email_identity_policy(
        email_identity="example.com",
        policy_name="agency-may-send",
        policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def delete_email_identity(ses: SESv2Client) -> None:
    ses.delete_email_identity(email_identity="old.example.com")


def delete_email_identity_policy(ses: SESv2Client) -> None:
    ses.delete_email_identity_policy(
        email_identity="example.com", policy_name="partner-may-send"
    )


def disassociate_email_identity_certificate(ses: SESv2Client) -> None:
    ses.disassociate_email_identity_certificate(
        email_identity="example.com", from_address="signed@example.com"
    )


def get_email_identity(ses: SESv2Client) -> None:
    identity = ses.get_email_identity(email_identity="example.com")
    print("may send:", identity.verified_for_sending_status)
    if identity.dkim_attributes is not None:
        print("DKIM:", identity.dkim_attributes.status)


def get_email_identity_policies(ses: SESv2Client) -> None:
    found = ses.get_email_identity_policies(email_identity="example.com")
    for name, policy in (found.policies or {}).items():
        print(name, policy)


def list_email_identities(ses: SESv2Client) -> None:
    for identity in ses.iter_email_identities(filter={"IDENTITY_TYPE": "DOMAIN"}):
        print(identity.identity_name, identity.verification_status)


def list_email_identity_certificates(ses: SESv2Client) -> None:
    for certificate in ses.iter_email_identity_certificates(email_identity="example.com"):
        print(certificate.from_address, certificate.status)


def put_email_identity_configuration_set_attributes(ses: SESv2Client) -> None:
    ses.put_email_identity_configuration_set_attributes(
        email_identity="example.com", configuration_set_name="newsletter"
    )


def put_email_identity_dkim_attributes(ses: SESv2Client) -> None:
    ses.put_email_identity_dkim_attributes(
        email_identity="example.com", signing_enabled=True
    )


def put_email_identity_dkim_signing_attributes(ses: SESv2Client) -> None:
    changed = ses.put_email_identity_dkim_signing_attributes(
        email_identity="example.com",
        signing_attributes_origin="AWS_SES",
        signing_attributes=models.DkimSigningAttributes(
            next_signing_key_length="RSA_2048_BIT"
        ),
    )
    print(*changed.dkim_tokens)


def put_email_identity_feedback_attributes(ses: SESv2Client) -> None:
    ses.put_email_identity_feedback_attributes(
        email_identity="example.com", email_forwarding_enabled=False
    )


def put_email_identity_mail_from_attributes(ses: SESv2Client) -> None:
    ses.put_email_identity_mail_from_attributes(
        email_identity="example.com",
        mail_from_domain="bounces.example.com",
        behavior_on_mx_failure="USE_DEFAULT_VALUE",
    )


def update_email_identity_policy(ses: SESv2Client) -> None:
    policies = ses.get_email_identity_policies(email_identity="example.com").policies
    policy = json.loads((policies or {})["partner-may-send"])
    policy["Statement"][0]["Action"] = ["ses:SendEmail", "ses:SendBulkEmail"]
    ses.update_email_identity_policy(
        email_identity="example.com",
        policy_name="partner-may-send",
        policy=json.dumps(policy),
    )


def wait_until_identity_verified(ses: SESv2Client) -> None:
    ses.wait_until_identity_verified(email_identity="example.com", wait_timeout=3600)
    print("example.com may send")


def wait_until_dkim_verified(ses: SESv2Client) -> None:
    ses.wait_until_dkim_verified(email_identity="example.com", wait_timeout=3600)
    print("mail of example.com is signed")


def wait_until_mail_from_verified(ses: SESv2Client) -> None:
    identity = ses.wait_until_mail_from_verified(email_identity="example.com")
    if identity.mail_from_attributes is not None:
        print(identity.mail_from_attributes.mail_from_domain)
