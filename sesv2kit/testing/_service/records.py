"""What the fake service keeps, a class for each kind of resource.

A record holds what the operation that reads the resource returns, so that the public models say what there is of it,
and beside it what the service alone knows. `World.records(Identity)` has them by their keys; `join_key` makes the key
of a record that several names identify. Records are frozen: `attrs.evolve` makes a changed one, to be put in its place.
"""

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Final

import attrs

from ... import models
from ..._core.model import ABSENT, Model, wire
from .store import join_key

SIGNING_ZONE: Final = "dkim.amazonses.com"
"""Where the CNAME records of Easy DKIM point to."""
ACCOUNT_KEY: Final = "account"
"""The key of the one `AccountState`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Identity(Model):
    """A domain or an address that mail is sent from, by `identity_key` of its name."""

    name: str = attrs.field(metadata=wire("name"))
    """The name as it was given."""
    attributes: models.GetEmailIdentityResponse = attrs.field(metadata=wire("attributes"))
    """What GetEmailIdentity returns. `verified_for_sending_status` says whether it may send."""
    created_at: datetime = attrs.field(metadata=wire("createdAt"))
    waits_since: datetime | None = attrs.field(default=None, metadata=wire("waitsSince"))
    """Since when the service looks for the DNS records that it has now; None for since it was created."""
    certificates: Sequence[models.IdentityCertificate] = attrs.field(default=ABSENT, metadata=wire("certificates"))

    @property
    def is_verified(self) -> bool:
        """Whether mail may be sent from it, and in the sandbox to it."""
        return bool(self.attributes.verified_for_sending_status)


def identity_key(name: str) -> str:
    """Return the key of an identity: case matters in the part before the @ alone."""
    local, at, domain = name.rpartition("@")
    return f"{local}{at}{domain.lower()}"


def new_identity(name: str, moment: datetime, *, is_verified: bool) -> Identity:
    """Return a new identity: a domain has the three tokens of Easy DKIM, an address has none."""
    is_domain = "@" not in name
    status = "SUCCESS" if is_verified else "PENDING"
    dkim = models.DkimAttributes(
        signing_enabled=is_domain,
        signing_hosted_zone=SIGNING_ZONE if is_domain else None,
        status=status if is_domain else "NOT_STARTED",
        tokens=[dkim_token(name, number) for number in range(3)] if is_domain else (),
        signing_attributes_origin="AWS_SES",
        next_signing_key_length="RSA_2048_BIT" if is_domain else None,
        current_signing_key_length="RSA_2048_BIT" if is_domain else None,
        last_key_generation_timestamp=moment if is_domain else None,
    )
    attributes = models.GetEmailIdentityResponse(
        identity_type="DOMAIN" if is_domain else "EMAIL_ADDRESS",
        feedback_forwarding_status=True,
        verified_for_sending_status=is_verified,
        dkim_attributes=dkim,
        policies={},
        tags=(),
        verification_status=status,
        verification_info=models.VerificationInfo(
            last_checked_timestamp=moment if is_verified else None,
            last_success_timestamp=moment if is_verified else None,
        ),
    )
    return Identity(name=name, attributes=attributes, created_at=moment)


def dkim_token(name: str, number: int) -> str:
    """Return a token of Easy DKIM, which is the same each time for the same name."""
    digest = hashlib.blake2b(f"{number} {name.lower()}".encode(), digest_size=20).digest()
    return base64.b32encode(digest).decode().lower()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AccountState(Model):
    """What was set for the account, by `ACCOUNT_KEY`. There is none until something is set."""

    attributes: models.GetAccountResponse = attrs.field(metadata=wire("attributes"))
    """What GetAccount returns, except for `send_quota`, which the settings of the service decide, see
    `World.send_quota`. `production_access_enabled` is set once a review has ended the sandbox."""
    review_began_at: datetime | None = attrs.field(default=None, metadata=wire("reviewBeganAt"))
    """When production access was asked for, if that is under review."""


@cache
def default_account() -> AccountState:
    """Return what is known of an account for which nothing was set."""
    attributes = models.GetAccountResponse(
        dedicated_ip_auto_warmup_enabled=True,
        enforcement_status="HEALTHY",
        sending_enabled=True,
        suppression_attributes=models.SuppressionAttributes(suppressed_reasons=("BOUNCE", "COMPLAINT")),
    )
    return AccountState(attributes=attributes)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConfigurationSet(Model):
    """A configuration set, by its name."""

    name: str = attrs.field(metadata=wire("name"))
    attributes: models.GetConfigurationSetResponse = attrs.field(metadata=wire("attributes"))
    """What GetConfigurationSet returns: the options and the tags."""
    destinations: Sequence[models.EventDestination] = attrs.field(default=ABSENT, metadata=wire("destinations"))
    """Its event destinations, in the order in which they were created."""
    created_at: datetime | None = attrs.field(default=None, metadata=wire("createdAt"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressedAddress(Model):
    """An address on a suppression list, by `suppression_key`: of the account, or of a tenant with a list of its own."""

    destination: models.SuppressedDestination = attrs.field(metadata=wire("destination"))
    """What GetSuppressedDestination returns."""


def suppression_key(address: str, tenant_name: str | None = None) -> str:
    """Return the key of an address on a suppression list; a tenant is named only if it has a list of its own."""
    return join_key(tenant_name or "", identity_key(address))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ContactList(Model):
    """A contact list, by its name."""

    attributes: models.GetContactListResponse = attrs.field(metadata=wire("attributes"))
    """What GetContactList returns."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Contact(Model):
    """A contact, by its list and its address, see `operations.contacts.contact_key`."""

    attributes: models.GetContactResponse = attrs.field(metadata=wire("attributes"))
    """What GetContact returns, except for the default preferences, which the list knows: those are absent."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Tenant(Model):
    """A tenant, by its name."""

    attributes: models.Tenant = attrs.field(metadata=wire("attributes"))
    """What GetTenant returns."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TenantAssociation(Model):
    """A resource of a tenant, by `join_key(tenant_name, resource_arn)`."""

    tenant_name: str = attrs.field(metadata=wire("tenantName"))
    resource_arn: str = attrs.field(metadata=wire("resourceArn"))
    associated_at: datetime = attrs.field(metadata=wire("associatedAt"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class File(Model):
    """An object of S3, by its URL."""

    data: bytes = attrs.field(metadata=wire("data"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CustomVerificationTemplate(Model):
    """A template of a mail that asks for a verification, by its name."""

    attributes: models.GetCustomVerificationEmailTemplateResponse = attrs.field(metadata=wire("attributes"))
    """What GetCustomVerificationEmailTemplate returns."""
    created_at: datetime = attrs.field(metadata=wire("createdAt"))
