"""Identities: domains and addresses, their verification, DKIM, MAIL FROM, policies and certificates."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

import attrs

from .... import errors, models
from ..paging import listing, page
from ..records import SIGNING_ZONE, Identity, identity_key, new_identity
from ..world import World
from .configuration_sets import find_configuration_set
from .names import check_name

_MAX_POLICIES: Final = 20
_VERIFICATION: Final = timedelta(minutes=5)
"""After how long a domain that is pending is verified; an address waits for `verify`."""
_NAME: Final = re.compile(
    r"(?:[^@\s]+@)?[A-Za-z0-9\u0080-\U0010ffff](?:[A-Za-z0-9.\u0080-\U0010ffff-]*[A-Za-z0-9\u0080-\U0010ffff])?"
)


def find_identity(world: World, name: str) -> Identity:
    """Return an identity as the clock has it, or raise NotFoundException."""
    found = world.records(Identity).get(identity_key(name))
    if found is None:
        raise errors.NotFoundException(f"Email identity {name} does not exist.")
    return _by_the_clock(world, found)


def verify_due_domains(world: World) -> None:
    """Verify what the service has found by now. Every request calls it, so that mails can be sent in time."""
    if not world.settings.auto_verify:
        for identity in list(world.records(Identity).values()):
            _by_the_clock(world, identity)


def _by_the_clock(world: World, identity: Identity) -> Identity:
    """Return an identity, with what the service has found in the DNS by now. An address waits for its link."""
    if not _is_waiting(identity) or world.now < (identity.waits_since or identity.created_at) + _VERIFICATION:
        return identity
    if "@" not in identity.name:
        return verify(world, identity)
    return _put(world, identity, **_found_in_dns(identity))


def _is_waiting(identity: Identity) -> bool:
    attributes = identity.attributes
    dkim, mail_from = attributes.dkim_attributes, attributes.mail_from_attributes
    return (
        ("@" not in identity.name and not identity.is_verified)
        or (dkim is not None and dkim.status == "PENDING")
        or (mail_from is not None and mail_from.mail_from_domain_status == "PENDING")
    )


def _found_in_dns(identity: Identity) -> dict[str, Any]:
    dkim, mail_from = identity.attributes.dkim_attributes, identity.attributes.mail_from_attributes
    return {
        "dkim_attributes": attrs.evolve(dkim, status="SUCCESS") if dkim and dkim.status == "PENDING" else dkim,
        "mail_from_attributes": mail_from and attrs.evolve(mail_from, mail_from_domain_status="SUCCESS"),
    }


def verify(world: World, identity: Identity) -> Identity:
    """Verify an identity, as if its DNS records or its link had been found."""
    info = models.VerificationInfo(last_checked_timestamp=world.now, last_success_timestamp=world.now)
    return _put(
        world,
        identity,
        verified_for_sending_status=True,
        verification_status="SUCCESS",
        verification_info=info,
        **_found_in_dns(identity),
    )


def _put(world: World, identity: Identity, **changes: Any) -> Identity:
    changed = attrs.evolve(identity, attributes=attrs.evolve(identity.attributes, **changes))
    world.records(Identity)[identity_key(identity.name)] = changed
    return changed


def create_email_identity(
    world: World,
    *,
    email_identity: str,
    tags: Sequence[models.Tag] = (),
    dkim_signing_attributes: models.DkimSigningAttributes | None = None,
    configuration_set_name: str | None = None,
) -> models.CreateEmailIdentityResponse:
    """Keep a new identity; it is verified at once if the service is set up so."""
    if not _NAME.fullmatch(email_identity) or "." not in email_identity.rpartition("@")[2]:
        raise errors.BadRequestException(f"Invalid email identity: {email_identity}.")
    key = identity_key(email_identity)
    if key in world.records(Identity):
        raise errors.AlreadyExistsException(f"Email identity {email_identity} already exist.")
    if configuration_set_name is not None:
        find_configuration_set(world, configuration_set_name)
    identity = new_identity(email_identity, world.now, is_verified=world.settings.auto_verify)
    world.records(Identity)[key] = identity
    identity = _put(world, identity, tags=tags, configuration_set_name=configuration_set_name)
    if dkim_signing_attributes is not None:
        identity = _sign_with(world, identity, _origin(dkim_signing_attributes), dkim_signing_attributes)
    attributes = identity.attributes
    return models.CreateEmailIdentityResponse(
        identity_type=attributes.identity_type,
        verified_for_sending_status=attributes.verified_for_sending_status,
        dkim_attributes=attributes.dkim_attributes,
    )


def _dkim(identity: Identity) -> models.DkimAttributes:
    return identity.attributes.dkim_attributes or models.DkimAttributes()


def _origin(attributes: models.DkimSigningAttributes) -> str:
    return attributes.domain_signing_attributes_origin or (
        "EXTERNAL" if attributes.domain_signing_private_key else "AWS_SES"
    )


def get_email_identity(world: World, *, email_identity: str) -> models.GetEmailIdentityResponse:
    """Return an identity, verified or pending."""
    return find_identity(world, email_identity).attributes


def delete_email_identity(world: World, *, email_identity: str) -> models.EmptyResponse:
    """Delete an identity with its policies."""
    find_identity(world, email_identity)
    del world.records(Identity)[identity_key(email_identity)]
    return models.EmptyResponse()


def list_email_identities(
    world: World,
    *,
    filter: Mapping[str, str] | None = None,  # noqa: A002 -- the service's name
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListEmailIdentitiesResponse:
    """List the identities, or those with a part of the name, a type or a status."""
    identities = [_by_the_clock(world, identity) for identity in list(world.records(Identity).values())]
    infos = [
        models.IdentityInfo(
            identity_type=identity.attributes.identity_type,
            identity_name=identity.name,
            sending_enabled=identity.is_verified,
            verification_status=identity.attributes.verification_status,
        )
        for identity in identities
        if _fits(identity, filter or {})
    ]
    listed = listing("ListEmailIdentities", filter)
    found, token = page(world.region, listed, infos, next_token, page_size or None, default=25, maximum=1000)
    return models.ListEmailIdentitiesResponse(email_identities=found, next_token=token)


def _fits(identity: Identity, wanted: Mapping[str, str]) -> bool:
    facts = {
        "IDENTITY_TYPE": identity.attributes.identity_type,
        "VERIFICATION_STATUS": identity.attributes.verification_status,
    }
    part = wanted.get("IDENTITY_NAME_CONTAINS", "")
    return part in identity.name and all(value == wanted.get(name, value) for name, value in facts.items())


def put_email_identity_configuration_set_attributes(
    world: World, *, email_identity: str, configuration_set_name: str | None = None
) -> models.EmptyResponse:
    """Choose the configuration set that mails of an identity use by default; none ends that."""
    identity = find_identity(world, email_identity)
    if configuration_set_name is not None:
        find_configuration_set(world, configuration_set_name)
    _put(world, identity, configuration_set_name=configuration_set_name)
    return models.EmptyResponse()


def put_email_identity_dkim_attributes(
    world: World, *, email_identity: str, signing_enabled: bool = False
) -> models.EmptyResponse:
    """Switch the signing with DKIM on or off."""
    identity = find_identity(world, email_identity)
    dkim = _dkim(identity)
    _put(world, identity, dkim_attributes=attrs.evolve(dkim, signing_enabled=signing_enabled))
    return models.EmptyResponse()


def put_email_identity_dkim_signing_attributes(
    world: World,
    *,
    email_identity: str,
    signing_attributes_origin: str,
    signing_attributes: models.DkimSigningAttributes | None = None,
) -> models.PutEmailIdentityDkimSigningAttributesResponse:
    """Choose the keys of DKIM: those of the service, or those of the caller."""
    identity = find_identity(world, email_identity)
    given = signing_attributes or models.DkimSigningAttributes()
    if signing_attributes_origin == "EXTERNAL" and not (
        given.domain_signing_private_key and given.domain_signing_selector
    ):
        raise errors.BadRequestException("External signing needs a selector and a private key.")
    dkim = _dkim(_sign_with(world, identity, signing_attributes_origin, given))
    return models.PutEmailIdentityDkimSigningAttributesResponse(
        dkim_status=dkim.status, dkim_tokens=dkim.tokens, signing_hosted_zone=dkim.signing_hosted_zone
    )


def _sign_with(world: World, identity: Identity, origin: str, given: models.DkimSigningAttributes) -> Identity:
    dkim = _dkim(new_identity(identity.name, world.now, is_verified=world.settings.auto_verify))
    status = "SUCCESS" if world.settings.auto_verify else "PENDING"
    if origin == "EXTERNAL":
        tokens: Sequence[str] = [given.domain_signing_selector or ""]
        length = None
    else:
        tokens = dkim.tokens
        length = given.next_signing_key_length or "RSA_2048_BIT"
    changed = attrs.evolve(
        dkim,
        signing_enabled=True,
        status=status,
        tokens=tokens,
        signing_attributes_origin=origin,
        next_signing_key_length=length,
        current_signing_key_length=length,
        last_key_generation_timestamp=None if origin == "EXTERNAL" else world.now,
        signing_hosted_zone=None if origin == "EXTERNAL" else SIGNING_ZONE,
    )
    return _put(world, attrs.evolve(identity, waits_since=world.now), dkim_attributes=changed)


def put_email_identity_feedback_attributes(
    world: World, *, email_identity: str, email_forwarding_enabled: bool = False
) -> models.EmptyResponse:
    """Switch the forwarding of bounces and complaints as mails on or off."""
    identity = find_identity(world, email_identity)
    _put(world, identity, feedback_forwarding_status=email_forwarding_enabled)
    return models.EmptyResponse()


def put_email_identity_mail_from_attributes(
    world: World,
    *,
    email_identity: str,
    mail_from_domain: str | None = None,
    behavior_on_mx_failure: str | None = None,
) -> models.EmptyResponse:
    """Choose the domain of MAIL FROM, a subdomain of the identity's; none ends that."""
    identity = find_identity(world, email_identity)
    attributes = None
    if mail_from_domain:
        domain = identity.name.rpartition("@")[2].lower()
        if not mail_from_domain.lower().endswith("." + domain):
            raise errors.BadRequestException(
                f"Provided MAIL-FROM domain <{mail_from_domain}> is not subdomain of the domain of the identity"
                f" <{identity.name}>."
            )
        attributes = models.MailFromAttributes(
            mail_from_domain=mail_from_domain,
            mail_from_domain_status="SUCCESS" if world.settings.auto_verify else "PENDING",
            behavior_on_mx_failure=behavior_on_mx_failure or "USE_DEFAULT_VALUE",
        )
    _put(world, attrs.evolve(identity, waits_since=world.now), mail_from_attributes=attributes)
    return models.EmptyResponse()


def create_email_identity_policy(
    world: World, *, email_identity: str, policy_name: str, policy: str
) -> models.EmptyResponse:
    """Keep a new policy, at most 20 for an identity."""
    check_name("policy", policy_name)
    identity = _find_verified(world, email_identity)
    policies = dict(identity.attributes.policies or {})
    if policy_name in policies:
        raise errors.AlreadyExistsException(f"Policy <{policy_name}> already exists.")
    if len(policies) >= _MAX_POLICIES:
        raise errors.LimitExceededException(f"An identity can have at most {_MAX_POLICIES} policies.")
    _put(world, identity, policies=policies | {policy_name: _checked(policy)})
    return models.EmptyResponse()


def get_email_identity_policies(world: World, *, email_identity: str) -> models.GetEmailIdentityPoliciesResponse:
    """Return the policies of an identity by their names."""
    return models.GetEmailIdentityPoliciesResponse(policies=_find_verified(world, email_identity).attributes.policies)


def update_email_identity_policy(
    world: World, *, email_identity: str, policy_name: str, policy: str
) -> models.EmptyResponse:
    """Replace a policy."""
    identity = _find_verified(world, email_identity)
    policies = dict(identity.attributes.policies or {})
    if policy_name not in policies:
        raise errors.NotFoundException(f"Policy <{policy_name}> does not exist")
    _put(world, identity, policies=policies | {policy_name: _checked(policy)})
    return models.EmptyResponse()


def delete_email_identity_policy(world: World, *, email_identity: str, policy_name: str) -> models.EmptyResponse:
    """Delete a policy, if it is there."""
    identity = _find_verified(world, email_identity)
    policies = {name: text for name, text in (identity.attributes.policies or {}).items() if name != policy_name}
    _put(world, identity, policies=policies)
    return models.EmptyResponse()


def _find_verified(world: World, name: str) -> Identity:
    identity = find_identity(world, name)
    if not identity.is_verified:
        raise errors.BadRequestException(f"Email identity {name} is not verified.")
    return identity


def _checked(policy: str) -> str:
    try:
        document: object = json.loads(policy)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise errors.BadRequestException("The policy is not valid JSON.")
    return policy


def associate_email_identity_certificate(
    world: World, *, email_identity: str, certificate_arn: str, from_address: str | None = None
) -> models.EmptyResponse:
    """Give an address, which an identity is or covers, a certificate to sign with."""
    identity = find_identity(world, email_identity)
    address = _covered(identity, from_address or identity.name)
    if any(certificate.from_address == address for certificate in identity.certificates):
        raise errors.AlreadyExistsException(f"A certificate is already associated with {address}.")
    certificate = models.IdentityCertificate(
        from_address=address,
        status="ACTIVE",
        certificate_arn=certificate_arn,
        certificate_expiry_time=world.now + timedelta(days=395),
    )
    _put_certificates(world, identity, [*identity.certificates, certificate])
    return models.EmptyResponse()


def disassociate_email_identity_certificate(
    world: World, *, email_identity: str, from_address: str | None = None
) -> models.EmptyResponse:
    """Take a certificate from an identity, if it has one."""
    identity = find_identity(world, email_identity)
    address = _covered(identity, from_address or identity.name)
    left = [certificate for certificate in identity.certificates if certificate.from_address != address]
    _put_certificates(world, identity, left)
    return models.EmptyResponse()


def _covered(identity: Identity, address: str) -> str:
    """Return an address that may have a certificate: the identity itself, or one in its domain or a subdomain."""
    key, name = identity_key(address), identity_key(identity.name)
    if key != name and ("@" in name or not f".{key.rpartition('@')[2]}".endswith(f".{name}")):
        raise errors.BadRequestException(f"The address {address} does not belong to the identity {identity.name}.")
    return key


def _put_certificates(world: World, identity: Identity, certificates: Sequence[models.IdentityCertificate]) -> None:
    world.records(Identity)[identity_key(identity.name)] = attrs.evolve(identity, certificates=certificates)


def list_email_identity_certificates(
    world: World, *, email_identity: str, next_token: str | None = None, page_size: int | None = None
) -> models.ListEmailIdentityCertificatesResponse:
    """List the certificates of an identity."""
    certificates = find_identity(world, email_identity).certificates
    listed = listing("ListEmailIdentityCertificates", {"identity": email_identity})
    found, token = page(world.region, listed, certificates, next_token, page_size, default=25, maximum=1000)
    return models.ListEmailIdentityCertificatesResponse(certificates=found, next_token=token)
