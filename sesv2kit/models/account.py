# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: account."""

from collections.abc import Sequence
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, wire
from .messages import FeatureStatus
from .suppression import SuppressionConditionThreshold, SuppressionListReason


class ContactLanguage(OpenEnum):
    """Language in which AWS writes to you about your account."""

    EN = "EN"
    """AWS writes in English."""
    JA = "JA"
    """AWS writes in Japanese."""


class MailType(OpenEnum):
    """Kind of mail that makes up most of the account's sending."""

    MARKETING = "MARKETING"
    """Mostly mail that informs customers about your newest offers."""
    TRANSACTIONAL = "TRANSACTIONAL"
    """Mostly mail that belongs to a transaction with the customer."""


class PricingPlan(OpenEnum):
    """Pricing plan of an SES account."""

    NONE = "NONE"
    """None of the named pricing plans."""
    ESSENTIALS = "ESSENTIALS"
    """The Essentials pricing plan."""
    PRO = "PRO"
    """The Pro pricing plan."""
    ENTERPRISE = "ENTERPRISE"
    """The Enterprise pricing plan."""


class ReviewStatus(OpenEnum):
    """Status of AWS's review of your account details."""

    PENDING = "PENDING"
    """Your appeal has arrived and is under review. Will change to granted or denied."""
    FAILED = "FAILED"
    """An internal error: the appeal did not reach AWS. You can send it again."""
    GRANTED = "GRANTED"
    """The review is done: the account has production access."""
    DENIED = "DENIED"
    """The review is done: production access was refused."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReviewDetails(Model):
    """State of AWS's review of your account details, and the support case that belongs to it.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ReviewDetails.html
    """

    status: ReviewStatus | str | None = attrs.field(default=None, metadata=wire("Status"))
    """Status of the latest review: pending, granted, denied or failed."""
    case_id: str | None = attrs.field(default=None, metadata=wire("CaseId"))
    """ID of the support case for the review, if there is one."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class AccountDetails(Model):
    """What AWS knows about your sending: kind of mail, website, contacts, and the review of it.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_AccountDetails.html
    """

    mail_type: MailType | str | None = attrs.field(default=None, metadata=wire("MailType"))
    """Kind of mail the account mostly sends: marketing or transactional."""
    website_url: str | None = attrs.field(
        default=None,
        metadata=wire(
            "WebsiteURL",
            Limits(min_length=1, max_length=1000, pattern="^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?"),
            sensitive=True,
        ),
    )
    """Address of your website, which shows AWS the kind of content you mean to send.

    1 to 1000 characters. Must match `^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\\?([^#]*))?(#(.*))?`.
    """
    contact_language: ContactLanguage | str | None = attrs.field(default=None, metadata=wire("ContactLanguage"))
    """Language you prefer for the support case: English or Japanese."""
    use_case_description: str | None = attrs.field(
        default=None, metadata=wire("UseCaseDescription", Limits(max_length=5000), sensitive=True)
    )
    """Deprecated. A description of the mail you want to send. At most 5000 characters. Deprecated."""
    additional_contact_email_addresses: Sequence[str] = attrs.field(
        default=ABSENT,
        metadata=wire(
            "AdditionalContactEmailAddresses",
            Limits(min_items=1, max_items=4, item=Limits(min_length=6, max_length=254, pattern="^(.+)@(.+)$")),
            sensitive=True,
        ),
    )
    """Further addresses that get news of the account's review.

    1 to 4 items. Each 6 to 254 characters. Each matches `^(.+)@(.+)$`.
    """
    review_details: ReviewDetails | None = attrs.field(default=None, metadata=wire("ReviewDetails"))
    """State of the review of the details you sent in last."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DashboardAttributes(Model):
    """Settings of the VDM dashboard for the account.

    Args:
        engagement_metrics: Whether VDM collects engagement metrics for the account.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DashboardAttributes.html
    """

    engagement_metrics: FeatureStatus | Literal["ENABLED", "DISABLED"] | str | None = attrs.field(
        default=None, metadata=wire("EngagementMetrics")
    )
    """Whether VDM collects engagement metrics for the account."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GuardianAttributes(Model):
    """Settings of the VDM Guardian for the account.

    Args:
        optimized_shared_delivery: Whether VDM's optimized shared delivery is used for the account.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GuardianAttributes.html
    """

    optimized_shared_delivery: FeatureStatus | Literal["ENABLED", "DISABLED"] | str | None = attrs.field(
        default=None, metadata=wire("OptimizedSharedDelivery")
    )
    """Whether VDM's optimized shared delivery is used for the account."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PricingAttributes(Model):
    """The account's pricing plan now, and the one that a scheduled change will bring.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PricingAttributes.html
    """

    current_plan: PricingPlan | str | None = attrs.field(default=None, metadata=wire("CurrentPlan"))
    """Pricing plan in force now."""
    next_plan: PricingPlan | str | None = attrs.field(default=None, metadata=wire("NextPlan"))
    """Pricing plan that takes over when the next monthly cycle begins. Empty if no change is scheduled."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendQuota(Model):
    """Sending limits of the account in this region, per 24 hours and per second, and what was sent in the last
    24 hours.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendQuota.html
    """

    max24_hour_send: float | None = attrs.field(default=None, metadata=wire("Max24HourSend"))
    """Sending quota: how many emails may go out within 24 hours in this region. -1 means there is no limit."""
    max_send_rate: float | None = attrs.field(default=None, metadata=wire("MaxSendRate"))
    """Maximum sending rate in this region, in emails per second."""
    sent_last24_hours: float | None = attrs.field(default=None, metadata=wire("SentLast24Hours"))
    """How many emails the account sent in this region during the last 24 hours."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionValidationAttributes(Model):
    """Address validation at account level, by which mail to certain recipients is suppressed.

    Args:
        condition_threshold: The threshold settings that account-wide suppression by address validation uses.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionValidationAttributes.html
    """

    condition_threshold: SuppressionConditionThreshold = attrs.field(metadata=wire("ConditionThreshold"))
    """The threshold settings that account-wide suppression by address validation uses."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionAttributes(Model):
    """Suppression settings of the account in this region: what puts an address on the list, and address
    validation.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionAttributes.html
    """

    suppressed_reasons: Sequence[SuppressionListReason | str] = attrs.field(
        default=ABSENT, metadata=wire("SuppressedReasons")
    )
    """What puts an address on the account's suppression list automatically: `BOUNCE` for a hard bounce,
    `COMPLAINT` for a complaint, or both.
    """
    validation_attributes: SuppressionValidationAttributes | None = attrs.field(
        default=None, metadata=wire("ValidationAttributes")
    )
    """Address validation for the whole account, by which certain recipients are suppressed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VdmAttributes(Model):
    """Virtual Deliverability Manager (VDM) settings of the account.

    Args:
        vdm_enabled: Whether VDM is on for the account: `ENABLED` or `DISABLED`.
        dashboard_attributes: Settings of the VDM dashboard: whether engagement metrics are collected.
        guardian_attributes: Settings of the VDM Guardian: whether optimized shared delivery is used.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_VdmAttributes.html
    """

    vdm_enabled: FeatureStatus | Literal["ENABLED", "DISABLED"] | str = attrs.field(metadata=wire("VdmEnabled"))
    """Whether VDM is on for the account: `ENABLED` or `DISABLED`."""
    dashboard_attributes: DashboardAttributes | None = attrs.field(default=None, metadata=wire("DashboardAttributes"))
    """Settings of the VDM dashboard: whether engagement metrics are collected."""
    guardian_attributes: GuardianAttributes | None = attrs.field(default=None, metadata=wire("GuardianAttributes"))
    """Settings of the VDM Guardian: whether optimized shared delivery is used."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetAccountResponse(Response):
    """The response of `get_account`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetAccount.html
    """

    dedicated_ip_auto_warmup_enabled: bool | None = attrs.field(
        default=None, metadata=wire("DedicatedIpAutoWarmupEnabled")
    )
    """True if the account's dedicated IP addresses are warmed up automatically, false if not."""
    enforcement_status: str | None = attrs.field(default=None, metadata=wire("EnforcementStatus"))
    """Reputation status of the account.

    `"HEALTHY"`: no known problem. `"PROBATION"`: under review while you fix a possible problem. `"SHUTDOWN"`:
    sending is paused; once the cause is fixed, ask AWS to resume it.
    """
    production_access_enabled: bool | None = attrs.field(default=None, metadata=wire("ProductionAccessEnabled"))
    """True if the account has production access in this region and may write to any address; false if it is in
    the sandbox, where only verified identities can be written to.
    """
    send_quota: SendQuota | None = attrs.field(default=None, metadata=wire("SendQuota"))
    """Sending limits per 24 hours and per second in this region, and how much of the daily quota was used."""
    sending_enabled: bool | None = attrs.field(default=None, metadata=wire("SendingEnabled"))
    """True if the account can send mail in this region, false if sending is off."""
    suppression_attributes: SuppressionAttributes | None = attrs.field(
        default=None, metadata=wire("SuppressionAttributes")
    )
    """The account's suppression settings in this region: what puts an address on the list, and address
    validation.
    """
    details: AccountDetails | None = attrs.field(default=None, metadata=wire("Details"))
    """What AWS knows about your sending from you, and the state of its review."""
    vdm_attributes: VdmAttributes | None = attrs.field(default=None, metadata=wire("VdmAttributes"))
    """Virtual Deliverability Manager (VDM) settings of the account."""
    pricing_attributes: PricingAttributes | None = attrs.field(default=None, metadata=wire("PricingAttributes"))
    """The account's pricing plan in force, and the change that is scheduled, if any."""
