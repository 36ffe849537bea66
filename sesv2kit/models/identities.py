# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: identities."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .tags import Tag


class BehaviorOnMxFailure(OpenEnum):
    """What happens to a message when the MX record of the custom MAIL FROM domain is not found.

    Applies while that domain is pending, failed or temporarily failing.
    """

    USE_DEFAULT_VALUE = "USE_DEFAULT_VALUE"
    """Mail still goes out, with `amazonses.com` as its MAIL FROM domain."""
    REJECT_MESSAGE = "REJECT_MESSAGE"
    """Mail is not sent; the send request fails with a MailFromDomainNotVerified error."""


class DkimSigningAttributesOrigin(OpenEnum):
    """Where the DKIM key of an identity comes from: SES, yourself, or a parent identity in another region (DEED,
    Deterministic Easy DKIM).

    The names that carry a region are the parent regions.
    """

    AWS_SES = "AWS_SES"
    """Easy DKIM: SES makes and keeps the keys."""
    EXTERNAL = "EXTERNAL"
    """BYODKIM: you supply the key pair and the selector."""
    AWS_SES_AF_SOUTH_1 = "AWS_SES_AF_SOUTH_1"
    """DEED: DKIM setup copied from a parent in Cape Town (af-south-1)."""
    AWS_SES_EU_NORTH_1 = "AWS_SES_EU_NORTH_1"
    """DEED: DKIM setup copied from a parent in Stockholm (eu-north-1)."""
    AWS_SES_AP_SOUTH_1 = "AWS_SES_AP_SOUTH_1"
    """DEED: DKIM setup copied from a parent in Mumbai (ap-south-1)."""
    AWS_SES_EU_WEST_3 = "AWS_SES_EU_WEST_3"
    """DEED: DKIM setup copied from a parent in Paris (eu-west-3)."""
    AWS_SES_EU_WEST_2 = "AWS_SES_EU_WEST_2"
    """DEED: DKIM setup copied from a parent in London (eu-west-2)."""
    AWS_SES_EU_SOUTH_1 = "AWS_SES_EU_SOUTH_1"
    """DEED: DKIM setup copied from a parent in Milan (eu-south-1)."""
    AWS_SES_EU_WEST_1 = "AWS_SES_EU_WEST_1"
    """DEED: DKIM setup copied from a parent in Ireland (eu-west-1)."""
    AWS_SES_AP_NORTHEAST_3 = "AWS_SES_AP_NORTHEAST_3"
    """DEED: DKIM setup copied from a parent in Osaka (ap-northeast-3)."""
    AWS_SES_AP_NORTHEAST_2 = "AWS_SES_AP_NORTHEAST_2"
    """DEED: DKIM setup copied from a parent in Seoul (ap-northeast-2)."""
    AWS_SES_ME_SOUTH_1 = "AWS_SES_ME_SOUTH_1"
    """DEED: DKIM setup copied from a parent in Bahrain (me-south-1)."""
    AWS_SES_AP_NORTHEAST_1 = "AWS_SES_AP_NORTHEAST_1"
    """DEED: DKIM setup copied from a parent in Tokyo (ap-northeast-1)."""
    AWS_SES_IL_CENTRAL_1 = "AWS_SES_IL_CENTRAL_1"
    """DEED: DKIM setup copied from a parent in Tel Aviv (il-central-1)."""
    AWS_SES_SA_EAST_1 = "AWS_SES_SA_EAST_1"
    """DEED: DKIM setup copied from a parent in Sao Paulo (sa-east-1)."""
    AWS_SES_CA_CENTRAL_1 = "AWS_SES_CA_CENTRAL_1"
    """DEED: DKIM setup copied from a parent in central Canada (ca-central-1)."""
    AWS_SES_AP_SOUTHEAST_1 = "AWS_SES_AP_SOUTHEAST_1"
    """DEED: DKIM setup copied from a parent in Singapore (ap-southeast-1)."""
    AWS_SES_AP_SOUTHEAST_2 = "AWS_SES_AP_SOUTHEAST_2"
    """DEED: DKIM setup copied from a parent in Sydney (ap-southeast-2)."""
    AWS_SES_AP_SOUTHEAST_3 = "AWS_SES_AP_SOUTHEAST_3"
    """DEED: DKIM setup copied from a parent in Jakarta (ap-southeast-3)."""
    AWS_SES_EU_CENTRAL_1 = "AWS_SES_EU_CENTRAL_1"
    """DEED: DKIM setup copied from a parent in Frankfurt (eu-central-1)."""
    AWS_SES_US_EAST_1 = "AWS_SES_US_EAST_1"
    """DEED: DKIM setup copied from a parent in Northern Virginia (us-east-1)."""
    AWS_SES_US_EAST_2 = "AWS_SES_US_EAST_2"
    """DEED: DKIM setup copied from a parent in Ohio (us-east-2)."""
    AWS_SES_US_WEST_1 = "AWS_SES_US_WEST_1"
    """DEED: DKIM setup copied from a parent in Northern California (us-west-1)."""
    AWS_SES_US_WEST_2 = "AWS_SES_US_WEST_2"
    """DEED: DKIM setup copied from a parent in Oregon (us-west-2)."""
    AWS_SES_ME_CENTRAL_1 = "AWS_SES_ME_CENTRAL_1"
    """DEED: DKIM setup copied from a parent in the UAE (me-central-1)."""
    AWS_SES_AP_SOUTH_2 = "AWS_SES_AP_SOUTH_2"
    """DEED: DKIM setup copied from a parent in Hyderabad (ap-south-2)."""
    AWS_SES_EU_CENTRAL_2 = "AWS_SES_EU_CENTRAL_2"
    """DEED: DKIM setup copied from a parent in Zurich (eu-central-2)."""
    AWS_SES_AP_SOUTHEAST_5 = "AWS_SES_AP_SOUTHEAST_5"
    """DEED: DKIM setup copied from a parent in Malaysia (ap-southeast-5)."""
    AWS_SES_CA_WEST_1 = "AWS_SES_CA_WEST_1"
    """DEED: DKIM setup copied from a parent in Calgary (ca-west-1)."""
    AWS_SES_US_GOV_EAST_1 = "AWS_SES_US_GOV_EAST_1"
    """DEED: DKIM setup copied from a parent in GovCloud US-East (us-gov-east-1)."""
    AWS_SES_US_GOV_WEST_1 = "AWS_SES_US_GOV_WEST_1"
    """DEED: DKIM setup copied from a parent in GovCloud US-West (us-gov-west-1)."""


class DkimSigningKeyLength(OpenEnum):
    """Length of an Easy DKIM key pair. The length of the next key can be changed once a day."""

    RSA_1024_BIT = "RSA_1024_BIT"
    """RSA key of 1024 bits: shorter, weaker."""
    RSA_2048_BIT = "RSA_2048_BIT"
    """RSA key of 2048 bits: longer, stronger."""


class DkimStatus(OpenEnum):
    """Whether the DKIM records of an identity were found in the DNS of its domain."""

    PENDING = "PENDING"
    """Still looking: started, but no DKIM records seen in DNS so far. Will change."""
    SUCCESS = "SUCCESS"
    """The DKIM records are in place and right."""
    FAILED = "FAILED"
    """Gave up, mostly because the records are not in DNS. Check what you published there."""
    TEMPORARY_FAILURE = "TEMPORARY_FAILURE"
    """Cannot be determined now because of a temporary problem. Check again later."""
    NOT_STARTED = "NOT_STARTED"
    """No DKIM check was ever begun for the domain."""


class IdentityCertificateStatus(OpenEnum):
    """State of an S/MIME certificate attached to an identity."""

    PROVISIONING = "PROVISIONING"
    """Attached and being made ready; does not sign yet. Changes without a further call."""
    INACTIVE = "INACTIVE"
    """No longer in use: mail is not signed with it."""
    DEPROVISIONING = "DEPROVISIONING"
    """Being cleaned up after removal. A new certificate can already be attached to the address."""
    ACTIVE = "ACTIVE"
    """Ready: mail can be signed with it."""
    FAILED = "FAILED"
    """Unusable, because preparing it failed or because it has expired."""


class IdentityFilterKey(OpenEnum):
    """What a list of identities can be narrowed by."""

    IDENTITY_NAME_CONTAINS = "IDENTITY_NAME_CONTAINS"
    """Keeps identities whose address or domain contains the given text."""
    IDENTITY_TYPE = "IDENTITY_TYPE"
    """Keeps identities of one kind; the text is an `IdentityType`."""
    VERIFICATION_STATUS = "VERIFICATION_STATUS"
    """Keeps identities in one verification state; the text is a `VerificationStatus`."""


class IdentityType(OpenEnum):
    """What kind of sender an identity is."""

    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    """A single email address, verified by a link mailed to it."""
    DOMAIN = "DOMAIN"
    """A whole domain, verified by records in its DNS."""
    MANAGED_DOMAIN = "MANAGED_DOMAIN"
    """A managed domain. Exists in the API but is not supported for email identities."""


class MailFromDomainStatus(OpenEnum):
    """Whether the MX record that a custom MAIL FROM domain needs was found."""

    PENDING = "PENDING"
    """Not searched for yet; the search starts without a further call."""
    SUCCESS = "SUCCESS"
    """The MX record is in place; the custom MAIL FROM domain is used."""
    FAILED = "FAILED"
    """The MX record was not found, or is gone. Publish it in your DNS."""
    TEMPORARY_FAILURE = "TEMPORARY_FAILURE"
    """Could not be checked because of a temporary problem. Check again later."""


class VerificationError(OpenEnum):
    """Why an identity could not be verified.

    The values that begin with REPLICATION concern copying the DKIM key from another region (DEED).
    """

    SERVICE_ERROR = "SERVICE_ERROR"
    """Passing problem inside SES; wait and check again."""
    DNS_SERVER_ERROR = "DNS_SERVER_ERROR"
    """The DNS server ran into trouble and gave no result."""
    HOST_NOT_FOUND = "HOST_NOT_FOUND"
    """The hostname is missing from the DNS or was not reachable. Publish the DNS records that are needed."""
    TYPE_NOT_FOUND = "TYPE_NOT_FOUND"
    """The hostname exists, but holds no record of the type needed. Check the types that you published."""
    INVALID_VALUE = "INVALID_VALUE"
    """A record was found, with a wrong value in it. Correct the value in your DNS."""
    REPLICATION_ACCESS_DENIED = "REPLICATION_ACCESS_DENIED"
    """You lack permission to copy the DKIM key out of the primary region. Grant it in both regions."""
    REPLICATION_PRIMARY_NOT_FOUND = "REPLICATION_PRIMARY_NOT_FOUND"
    """The primary region has no such identity. Create it there first."""
    REPLICATION_PRIMARY_BYO_DKIM_NOT_SUPPORTED = "REPLICATION_PRIMARY_BYO_DKIM_NOT_SUPPORTED"
    """The primary identity signs with its own key (BYODKIM). Only Easy DKIM keys can be copied."""
    REPLICATION_REPLICA_AS_PRIMARY_NOT_SUPPORTED = "REPLICATION_REPLICA_AS_PRIMARY_NOT_SUPPORTED"
    """The identity chosen as primary is itself a copy. Choose the original one."""
    REPLICATION_PRIMARY_INVALID_REGION = "REPLICATION_PRIMARY_INVALID_REGION"
    """The primary region is not usable. Name a region that has SES and differs from this one."""


class VerificationStatus(OpenEnum):
    """How far the verification of an identity has come."""

    PENDING = "PENDING"
    """Under way: the mailed link was not followed, or the DNS records were not found, so far. Will change."""
    SUCCESS = "SUCCESS"
    """Verified: you may send from the identity."""
    FAILED = "FAILED"
    """Ended without success; the identity cannot send. `verification_info` may say why."""
    TEMPORARY_FAILURE = "TEMPORARY_FAILURE"
    """Cannot be determined now because of a temporary problem. Check again later."""
    NOT_STARTED = "NOT_STARTED"
    """Verification was never begun, so the identity cannot send."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DkimAttributes(Model):
    """DKIM state of an identity: whether its mail is signed, and whether the matching DNS records were found
    (three CNAMEs for Easy DKIM, one TXT with your public key for BYODKIM).

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DkimAttributes.html
    """

    signing_enabled: bool | None = attrs.field(default=None, metadata=wire("SigningEnabled"))
    """True: mail from the identity carries a DKIM signature. False: it goes out unsigned."""
    status: DkimStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """Whether the DKIM records were found in the DNS of the domain.

    `SUCCESS` is the goal; `FAILED` mostly means that the records are missing.
    """
    tokens: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("Tokens"))
    """Easy DKIM: strings to build the CNAME records from that go into your DNS.

    BYODKIM: the selector of your public key. The records are looked for during at most 72 hours.
    """
    signing_hosted_zone: str | None = attrs.field(default=None, metadata=wire("SigningHostedZone"))
    """DNS zone where SES publishes the public keys and where your CNAME records have to point:
    `token._domainkey.yourdomain` to `token.` plus this zone.
    """
    signing_attributes_origin: DkimSigningAttributesOrigin | str | None = attrs.field(
        default=None, metadata=wire("SigningAttributesOrigin")
    )
    """How DKIM was set up: Easy DKIM (`AWS_SES`), your own key (`EXTERNAL`), or copied from a parent identity in
    the region that the value names (Deterministic Easy DKIM, DEED).
    """
    next_signing_key_length: DkimSigningKeyLength | str | None = attrs.field(
        default=None, metadata=wire("NextSigningKeyLength")
    )
    """Easy DKIM only: length of the key pair that is generated next. It can be changed once a day."""
    current_signing_key_length: DkimSigningKeyLength | str | None = attrs.field(
        default=None, metadata=wire("CurrentSigningKeyLength")
    )
    """Easy DKIM only: length of the key pair that signs now."""
    last_key_generation_timestamp: datetime | None = attrs.field(
        default=None, metadata=wire("LastKeyGenerationTimestamp")
    )
    """Easy DKIM only: when the newest key pair of this identity was made."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DkimSigningAttributes(Model):
    """DKIM settings to apply to a domain: selector and private key for BYODKIM, the key length for Easy DKIM, or
    a parent region to copy from (DEED).

    Args:
        domain_signing_selector: BYODKIM only: selector, the part of the DNS record name under which the
            public key is published. 1 to 63 characters. Must match
            `^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9]))$`.
        domain_signing_private_key: BYODKIM only: RSA private key of 1024 or 2048 bits that signs your mail,
            as base64. A secret: keep it out of logs. 1 to 20480 characters. Must match
            `^[a-zA-Z0-9+\\/]+={0,2}$`.
        next_signing_key_length: Easy DKIM only: length for the key pair to be generated next. It can be
            changed once a day.
        domain_signing_attributes_origin: For `create_email_identity`, to copy the DKIM setup of a parent
            identity: the value naming the parent's region (not `AWS_SES`, not `EXTERNAL`). Leave it out in
            `put_email_identity_dkim_signing_attributes`, which has `signing_attributes_origin` for the
            choice.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DkimSigningAttributes.html
    """

    domain_signing_selector: str | None = attrs.field(
        default=None,
        metadata=wire(
            "DomainSigningSelector",
            Limits(min_length=1, max_length=63, pattern="^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9]))$"),
        ),
    )
    """BYODKIM only: selector, the part of the DNS record name under which the public key is published.

    1 to 63 characters. Must match `^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9]))$`.
    """
    domain_signing_private_key: str | None = attrs.field(
        default=None,
        metadata=wire(
            "DomainSigningPrivateKey",
            Limits(min_length=1, max_length=20480, pattern="^[a-zA-Z0-9+\\/]+={0,2}$"),
            sensitive=True,
        ),
    )
    """BYODKIM only: RSA private key of 1024 or 2048 bits that signs your mail, as base64.

    A secret: keep it out of logs. 1 to 20480 characters. Must match `^[a-zA-Z0-9+\\/]+={0,2}$`.
    """
    next_signing_key_length: DkimSigningKeyLength | Literal["RSA_1024_BIT", "RSA_2048_BIT"] | str | None = attrs.field(
        default=None, metadata=wire("NextSigningKeyLength")
    )
    """Easy DKIM only: length for the key pair to be generated next. It can be changed once a day."""
    domain_signing_attributes_origin: (
        DkimSigningAttributesOrigin
        | Literal[
            "AWS_SES",
            "EXTERNAL",
            "AWS_SES_AF_SOUTH_1",
            "AWS_SES_EU_NORTH_1",
            "AWS_SES_AP_SOUTH_1",
            "AWS_SES_EU_WEST_3",
            "AWS_SES_EU_WEST_2",
            "AWS_SES_EU_SOUTH_1",
            "AWS_SES_EU_WEST_1",
            "AWS_SES_AP_NORTHEAST_3",
            "AWS_SES_AP_NORTHEAST_2",
            "AWS_SES_ME_SOUTH_1",
            "AWS_SES_AP_NORTHEAST_1",
            "AWS_SES_IL_CENTRAL_1",
            "AWS_SES_SA_EAST_1",
            "AWS_SES_CA_CENTRAL_1",
            "AWS_SES_AP_SOUTHEAST_1",
            "AWS_SES_AP_SOUTHEAST_2",
            "AWS_SES_AP_SOUTHEAST_3",
            "AWS_SES_EU_CENTRAL_1",
            "AWS_SES_US_EAST_1",
            "AWS_SES_US_EAST_2",
            "AWS_SES_US_WEST_1",
            "AWS_SES_US_WEST_2",
            "AWS_SES_ME_CENTRAL_1",
            "AWS_SES_AP_SOUTH_2",
            "AWS_SES_EU_CENTRAL_2",
            "AWS_SES_AP_SOUTHEAST_5",
            "AWS_SES_CA_WEST_1",
            "AWS_SES_US_GOV_EAST_1",
            "AWS_SES_US_GOV_WEST_1",
        ]
        | str
        | None
    ) = attrs.field(default=None, metadata=wire("DomainSigningAttributesOrigin"))
    """For `create_email_identity`, to copy the DKIM setup of a parent identity: the value naming the parent's
    region (not `AWS_SES`, not `EXTERNAL`).

    Leave it out in `put_email_identity_dkim_signing_attributes`, which has `signing_attributes_origin` for
    the choice.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IdentityCertificate(Model):
    """An S/MIME certificate attached to an identity, with its state and expiry.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_IdentityCertificate.html
    """

    from_address: str | None = attrs.field(default=None, metadata=wire("FromAddress"))
    """Sender address whose mail the certificate signs."""
    status: IdentityCertificateStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """State of the attached certificate. Only `ACTIVE` ones sign mail."""
    certificate_arn: str | None = attrs.field(
        default=None,
        metadata=wire(
            "CertificateArn",
            Limits(
                min_length=20,
                max_length=2048,
                pattern="arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:[\\w+=/,.@-]*:[0-9]+:certificate/[\\w+=,.@-]+",
            ),
        ),
    )
    """ARN of the attached certificate in Certificate Manager (ACM).

    20 to 2048 characters. Must match
    `arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:[\\w+=/,.@-]*:[0-9]+:certificate/[\\w+=,.@-]+`.
    """
    certificate_expiry_time: datetime | None = attrs.field(default=None, metadata=wire("CertificateExpiryTime"))
    """Moment at which the certificate stops being valid."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class IdentityInfo(Model):
    """An identity in a list: name, kind, and whether it may send.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_IdentityInfo.html
    """

    identity_type: IdentityType | str | None = attrs.field(default=None, metadata=wire("IdentityType"))
    """Whether this is an email address or a domain. `MANAGED_DOMAIN` is not supported."""
    identity_name: str | None = attrs.field(default=None, metadata=wire("IdentityName", Limits(min_length=1)))
    """The email address or domain itself. At least 1 character."""
    sending_enabled: bool | None = attrs.field(default=None, metadata=wire("SendingEnabled"))
    """True: you can send from this identity.

    False: you cannot; ownership and consent have to be shown first, through verification.
    """
    verification_status: VerificationStatus | str | None = attrs.field(
        default=None, metadata=wire("VerificationStatus")
    )
    """How far verification has come. Only `SUCCESS` means verified."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MailFromAttributes(Model):
    """Custom MAIL FROM domain of an identity, its DNS state and what happens if its MX record is missing.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MailFromAttributes.html
    """

    mail_from_domain: str = attrs.field(metadata=wire("MailFromDomain"))
    """Domain that is the MAIL FROM domain for mail of this identity."""
    mail_from_domain_status: MailFromDomainStatus | str = attrs.field(metadata=wire("MailFromDomainStatus"))
    """Whether the MX record that the MAIL FROM domain needs was found in DNS."""
    behavior_on_mx_failure: BehaviorOnMxFailure | str = attrs.field(metadata=wire("BehaviorOnMxFailure"))
    """What happens to a message while the MX record is not confirmed: it goes out with `amazonses.com` as MAIL
    FROM, or is refused.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SOARecord(Model):
    """Start of authority (SOA) data that DNS gives for the identity's domain; helps to find out who runs its
    DNS.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SOARecord.html
    """

    primary_name_server: str | None = attrs.field(default=None, metadata=wire("PrimaryNameServer"))
    """Primary name server of the zone."""
    admin_email: str | None = attrs.field(default=None, metadata=wire("AdminEmail"))
    """Email address of the zone's administrator."""
    serial_number: int | None = attrs.field(default=None, metadata=wire("SerialNumber"))
    """Serial number of the zone."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VerificationInfo(Model):
    """What is known about the attempts to verify an identity, and why the verification failed, if it did.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_VerificationInfo.html
    """

    last_checked_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastCheckedTimestamp"))
    """When the most recent attempt to verify took place."""
    last_success_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastSuccessTimestamp"))
    """When an attempt to verify last succeeded."""
    error_type: VerificationError | str | None = attrs.field(default=None, metadata=wire("ErrorType"))
    """Why the identity could not be verified: wrong or missing DNS records, a DNS or service problem, or trouble
    copying the DKIM key from another region.
    """
    soa_record: SOARecord | None = attrs.field(default=None, metadata=wire("SOARecord"))
    """SOA record of the DNS zone that the identity lies in."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateEmailIdentityResponse(Response):
    """The response of `create_email_identity`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html
    """

    identity_type: IdentityType | str | None = attrs.field(default=None, metadata=wire("IdentityType"))
    """Whether the new identity is an email address or a domain. `MANAGED_DOMAIN` is not supported."""
    verified_for_sending_status: bool | None = attrs.field(default=None, metadata=wire("VerifiedForSendingStatus"))
    """True: the identity is verified and may send.

    False: verification is not done, so nothing can be sent from it yet.
    """
    dkim_attributes: DkimAttributes | None = attrs.field(default=None, metadata=wire("DkimAttributes"))
    """DKIM state of the identity, with the tokens to turn into CNAME records in your DNS."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetEmailIdentityResponse(Response):
    """The response of `get_email_identity`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
    """

    identity_type: IdentityType | str | None = attrs.field(default=None, metadata=wire("IdentityType"))
    """Whether this is an email address or a domain. `MANAGED_DOMAIN` is not supported."""
    feedback_forwarding_status: bool | None = attrs.field(default=None, metadata=wire("FeedbackForwardingStatus"))
    """True: bounces and complaints are mailed to the Return-Path address of the original message.

    False: they are not, unless no other way of tracking them, such as an event destination, is set up; then
    the mails come all the same.
    """
    verified_for_sending_status: bool | None = attrs.field(default=None, metadata=wire("VerifiedForSendingStatus"))
    """True: the identity is verified and you can send from it. False: sending from it is refused."""
    dkim_attributes: DkimAttributes | None = attrs.field(default=None, metadata=wire("DkimAttributes"))
    """DKIM state of the identity: signing on or off, DNS check, tokens and key lengths."""
    mail_from_attributes: MailFromAttributes | None = attrs.field(default=None, metadata=wire("MailFromAttributes"))
    """Custom MAIL FROM domain of the identity, its DNS state and the fallback behavior."""
    policies: Mapping[str, str] | None = attrs.field(
        default=None,
        metadata=wire("Policies", Limits(key=Limits(min_length=1, max_length=64), value=Limits(min_length=1))),
    )
    """Sending authorization policies of the identity: policy name to JSON text.

    Keys 1 to 64 characters. Values at least 1 character.
    """
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags on the identity, as keys and values."""
    configuration_set_name: str | None = attrs.field(default=None, metadata=wire("ConfigurationSetName"))
    """Configuration set that applies to mail from this identity when the send request names none."""
    verification_status: VerificationStatus | str | None = attrs.field(
        default=None, metadata=wire("VerificationStatus")
    )
    """How far verification has come.

    Only `SUCCESS` means verified; `PENDING` and `TEMPORARY_FAILURE` can still change by themselves.
    """
    verification_info: VerificationInfo | None = attrs.field(default=None, metadata=wire("VerificationInfo"))
    """Details of the verification: when it was last tried, when it last succeeded, and why it failed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetEmailIdentityPoliciesResponse(Response):
    """The response of `get_email_identity_policies`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentityPolicies.html
    """

    policies: Mapping[str, str] | None = attrs.field(
        default=None,
        metadata=wire("Policies", Limits(key=Limits(min_length=1, max_length=64), value=Limits(min_length=1))),
    )
    """Policies of the identity: policy name to the JSON text.

    Keys 1 to 64 characters. Values at least 1 character.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListEmailIdentitiesResponse(Response):
    """The response of `list_email_identities`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentities.html
    """

    email_identities: Sequence[IdentityInfo] = attrs.field(default=ABSENT, metadata=wire("EmailIdentities"))
    """One page of identities, verified and unverified ones."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of identities. Absent on the last page."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListEmailIdentityCertificatesResponse(Response):
    """The response of `list_email_identity_certificates`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListEmailIdentityCertificates.html
    """

    certificates: Sequence[IdentityCertificate] = attrs.field(default=ABSENT, metadata=wire("Certificates"))
    """One page of attached certificates with sender address, state, ARN and expiry of each."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of certificates. Absent on the last page."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PutEmailIdentityDkimSigningAttributesResponse(Response):
    """The response of `put_email_identity_dkim_signing_attributes`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityDkimSigningAttributes.html
    """

    dkim_status: DkimStatus | str | None = attrs.field(default=None, metadata=wire("DkimStatus"))
    """Result of looking for the DKIM records in DNS: three CNAMEs for Easy DKIM, or for BYODKIM one TXT record
    under your selector, holding the public key that fits your private key.
    """
    dkim_tokens: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("DkimTokens"))
    """Easy DKIM: the strings from which you build the CNAME records for your DNS.

    BYODKIM: the selector of your public key. The records are looked for during at most 72 hours.
    """
    signing_hosted_zone: str | None = attrs.field(default=None, metadata=wire("SigningHostedZone"))
    """DNS zone in which SES publishes the public keys.

    Point each CNAME at it: `token._domainkey.yourdomain` to `token.` plus this zone.
    """
