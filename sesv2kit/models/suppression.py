# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: suppression."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .messages import FeatureStatus


class SuppressionConfidenceVerdictThreshold(OpenEnum):
    """How likely delivery to an address has to be for Auto Validation to let mail through."""

    MEDIUM = "MEDIUM"
    """Addresses rated medium or high get mail; the rest are held back."""
    HIGH = "HIGH"
    """Strict: nothing but addresses rated high gets mail."""
    MANAGED = "MANAGED"
    """SES picks the level for you."""


class SuppressionListReason(OpenEnum):
    """Why an address is on a suppression list, or which events put addresses there automatically."""

    BOUNCE = "BOUNCE"
    """A message to the address bounced hard."""
    COMPLAINT = "COMPLAINT"
    """A message to the address led to a complaint."""


class SuppressionListScope(OpenEnum):
    """Which suppression list counts for a mail: the one of the account or that of the tenant."""

    ACCOUNT = "ACCOUNT"
    """The list of the whole account counts. Tenants without a choice of their own have this."""
    TENANT = "TENANT"
    """The tenant's own list counts."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressedDestinationAttributes(Model):
    """Details of how an address came to be suppressed.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressedDestinationAttributes.html
    """

    message_id: str | None = attrs.field(default=None, metadata=wire("MessageId"))
    """ID of the message whose bounce or complaint led to the suppression."""
    feedback_id: str | None = attrs.field(default=None, metadata=wire("FeedbackId"))
    """ID made when the address was put on the list."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressedDestination(Model):
    """A suppressed address in full, with the reason, the time and what caused it.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressedDestination.html
    """

    email_address: str = attrs.field(metadata=wire("EmailAddress"))
    """The suppressed address."""
    reason: SuppressionListReason | str = attrs.field(metadata=wire("Reason"))
    """Why the address is suppressed: a hard bounce or a complaint."""
    last_update_time: datetime = attrs.field(metadata=wire("LastUpdateTime"))
    """When this entry last changed."""
    attributes: SuppressedDestinationAttributes | None = attrs.field(default=None, metadata=wire("Attributes"))
    """Further details of what caused the suppression, where there are any."""
    tenant_name: str | None = attrs.field(default=None, metadata=wire("TenantName", Limits(min_length=1)))
    """Tenant whose list the entry is on. Absent for an entry on the list of the account. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressedDestinationSummary(Model):
    """A suppressed address in short, as lists show it.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressedDestinationSummary.html
    """

    email_address: str = attrs.field(metadata=wire("EmailAddress"))
    """The suppressed address."""
    reason: SuppressionListReason | str = attrs.field(metadata=wire("Reason"))
    """Why the address is suppressed: a hard bounce or a complaint."""
    last_update_time: datetime = attrs.field(metadata=wire("LastUpdateTime"))
    """When this entry last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionConfidenceThreshold(Model):
    """Confidence that Auto Validation requires of an address.

    Args:
        confidence_verdict_threshold: Lowest verdict with which an address still gets mail, or `MANAGED` to
            leave it to SES.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionConfidenceThreshold.html
    """

    confidence_verdict_threshold: SuppressionConfidenceVerdictThreshold | Literal["MEDIUM", "HIGH", "MANAGED"] | str = (
        attrs.field(metadata=wire("ConfidenceVerdictThreshold"))
    )
    """Lowest verdict with which an address still gets mail, or `MANAGED` to leave it to SES."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionConditionThreshold(Model):
    """Auto Validation settings: whether sending to an address is held back when its chance of delivery is rated
    too low, and how low that is.

    Args:
        condition_threshold_enabled: `ENABLED`: Auto Validation checks addresses and holds back poor ones.
            `DISABLED`: it is off.
        overall_confidence_threshold: How sure of delivery Auto Validation has to be about an address before
            mail goes to it.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionConditionThreshold.html
    """

    condition_threshold_enabled: FeatureStatus | Literal["ENABLED", "DISABLED"] | str = attrs.field(
        metadata=wire("ConditionThresholdEnabled")
    )
    """`ENABLED`: Auto Validation checks addresses and holds back poor ones. `DISABLED`: it is off."""
    overall_confidence_threshold: SuppressionConfidenceThreshold | None = attrs.field(
        default=None, metadata=wire("OverallConfidenceThreshold")
    )
    """How sure of delivery Auto Validation has to be about an address before mail goes to it."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetSuppressedDestinationResponse(Response):
    """The response of `get_suppressed_destination`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetSuppressedDestination.html
    """

    suppressed_destination: SuppressedDestination = attrs.field(metadata=wire("SuppressedDestination"))
    """The entry of this address on the list."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListSuppressedDestinationsResponse(Response):
    """The response of `list_suppressed_destinations`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListSuppressedDestinations.html
    """

    suppressed_destination_summaries: Sequence[SuppressedDestinationSummary] = attrs.field(
        default=ABSENT, metadata=wire("SuppressedDestinationSummaries")
    )
    """One page of suppressed addresses, each with its reason and time."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of suppressed addresses. Absent on the last page."""
