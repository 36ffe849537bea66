# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: configuration sets."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, UnionModel, wire
from .messages import FeatureStatus
from .suppression import SuppressionConditionThreshold, SuppressionListReason, SuppressionListScope
from .tags import Tag


class ConfigurationSetFilterKey(OpenEnum):
    """What configuration sets can be filtered by when they are listed."""

    CONFIGURATION_SET_NAME_CONTAINS = "CONFIGURATION_SET_NAME_CONTAINS"
    """Keeps the configuration sets whose name contains the given text."""


class DimensionValueSource(OpenEnum):
    """Where in a message the value of a CloudWatch dimension is found."""

    MESSAGE_TAG = "MESSAGE_TAG"
    """The value comes from a message tag, given in the send request or in the `X-SES-MESSAGE-TAGS` header."""
    EMAIL_HEADER = "EMAIL_HEADER"
    """The value comes from one of your own email headers."""
    LINK_TAG = "LINK_TAG"
    """The value comes from a tag on a link in the message."""


class EventType(OpenEnum):
    """A type of event in the life of a sent message, such as a send, a bounce or an open."""

    SEND = "SEND"
    """The send request was accepted and delivery will be tried.

    Also counted when account-level or global suppression then keeps the message back.
    """
    REJECT = "REJECT"
    """SES accepted the message, found a virus in it and made no attempt at delivery. Final."""
    BOUNCE = "BOUNCE"
    """A hard bounce: the receiving server refused the message for good.

    A soft bounce is reported here only once all retries have failed.
    """
    COMPLAINT = "COMPLAINT"
    """The message arrived, and its recipient marked it as spam."""
    DELIVERY = "DELIVERY"
    """The receiving mail server took the message."""
    OPEN = "OPEN"
    """The recipient opened the message in a mail client."""
    CLICK = "CLICK"
    """The recipient followed at least one link in the message."""
    RENDERING_FAILURE = "RENDERING_FAILURE"
    """The message was not sent because its template could not be rendered, for instance for want of data or
    because data and template do not match.

    Only `send_email` and `send_bulk_email` give rise to it.
    """
    DELIVERY_DELAY = "DELIVERY_DELAY"
    """Delivery is held up by a temporary problem, such as a full inbox or a passing fault of the receiving
    server.

    Not final.
    """
    SUBSCRIPTION = "SUBSCRIPTION"
    """The message arrived, and its recipient used the unsubscribe link of your subscription management to change
    preferences.
    """


class HttpsPolicy(OpenEnum):
    """Which of the tracking elements, open image and links, go over HTTPS."""

    REQUIRE = "REQUIRE"
    """HTTPS for both the open image and the tracked links."""
    REQUIRE_OPEN_ONLY = "REQUIRE_OPEN_ONLY"
    """HTTPS for the open image; tracked links keep the protocol they had."""
    OPTIONAL = "OPTIONAL"
    """Plain HTTP for the open image; tracked links keep the protocol they had. This is the default."""


class SignatureFormat(OpenEnum):
    """Form in which an S/MIME signature travels with a message."""

    DETACHED = "DETACHED"
    """The signature is a MIME part of its own, next to the content that it signs."""


class TlsPolicy(OpenEnum):
    """Whether a message may be delivered without TLS."""

    REQUIRE = "REQUIRE"
    """Delivered over a TLS connection only; if none can be made, the message is not delivered."""
    OPTIONAL = "OPTIONAL"
    """May be delivered in plain text when no TLS connection comes about."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ArchivingOptions(Model):
    """Ties a configuration set to a Mail Manager archive that keeps its sent mail.

    Args:
        archive_arn: ARN of the Mail Manager archive that sent messages are kept in. 20 to 1011 characters.
            Must match
    `arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}:mailmanager-archive/a-[a-z0-9]{24,62}`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ArchivingOptions.html
    """

    archive_arn: str | None = attrs.field(
        default=None,
        metadata=wire(
            "ArchiveArn",
            Limits(
                min_length=20,
                max_length=1011,
                pattern="arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}:mailmanager-archive/a-[a-z0-9]{24,62}",
            ),
        ),
    )
    """ARN of the Mail Manager archive that sent messages are kept in.

    20 to 1011 characters. Must match
    `arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}:mailmanager-archive/a-[a-z0-9]{24,62}`.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CloudWatchDimensionConfiguration(Model):
    """One CloudWatch dimension: its name, where a message supplies its value, and the value used when the
    message has none.

    Args:
        dimension_name: Name of the CloudWatch dimension: ASCII letters, digits, underscores and dashes. At
            most 255 characters.
        dimension_value_source: Where the dimension's value is taken from: a message tag, an email header of
            yours, or a link tag.
        default_dimension_value: Value published when a message supplies none: ASCII letters, digits,
            underscores, dashes, at signs and periods. At most 255 characters.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CloudWatchDimensionConfiguration.html
    """

    dimension_name: str = attrs.field(metadata=wire("DimensionName", Limits(max_length=255)))
    """Name of the CloudWatch dimension: ASCII letters, digits, underscores and dashes. At most 255 characters."""
    dimension_value_source: DimensionValueSource | Literal["MESSAGE_TAG", "EMAIL_HEADER", "LINK_TAG"] | str = (
        attrs.field(metadata=wire("DimensionValueSource"))
    )
    """Where the dimension's value is taken from: a message tag, an email header of yours, or a link tag."""
    default_dimension_value: str = attrs.field(metadata=wire("DefaultDimensionValue", Limits(max_length=255)))
    """Value published when a message supplies none: ASCII letters, digits, underscores, dashes, at signs and
    periods.

    At most 255 characters.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CloudWatchDestination(Model):
    """Publishes mail events to Amazon CloudWatch as metrics, broken down by the dimensions you choose.

    Args:
        dimension_configurations: The dimensions under which events are counted in CloudWatch.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CloudWatchDestination.html
    """

    dimension_configurations: Sequence[CloudWatchDimensionConfiguration] = attrs.field(
        metadata=wire("DimensionConfigurations")
    )
    """The dimensions under which events are counted in CloudWatch."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DashboardOptions(Model):
    """Settings of the VDM dashboard for one configuration set.

    Args:
        engagement_metrics: Whether VDM collects engagement metrics for mail of this configuration set.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DashboardOptions.html
    """

    engagement_metrics: FeatureStatus | Literal["ENABLED", "DISABLED"] | str | None = attrs.field(
        default=None, metadata=wire("EngagementMetrics")
    )
    """Whether VDM collects engagement metrics for mail of this configuration set."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DefaultSigningScheme(Model):
    """The default signing scheme: messages get no S/MIME signature. It has no members of its own.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DefaultSigningScheme.html
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliveryOptions(Model):
    """How mail of a configuration set is delivered: dedicated IP pool, TLS policy and time limit.

    Args:
        tls_policy: Whether TLS is a must. `REQUIRE` delivers over TLS only; `OPTIONAL` falls back to plain
            text when no TLS connection comes about.
        sending_pool_name: Dedicated IP pool that mail of the configuration set is sent from.
        max_delivery_seconds: How long delivery of a message is tried, in seconds, between 5 minutes and 14
            hours. 300 to 50400.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeliveryOptions.html
    """

    tls_policy: TlsPolicy | Literal["REQUIRE", "OPTIONAL"] | str | None = attrs.field(
        default=None, metadata=wire("TlsPolicy")
    )
    """Whether TLS is a must.

    `REQUIRE` delivers over TLS only; `OPTIONAL` falls back to plain text when no TLS connection comes about.
    """
    sending_pool_name: str | None = attrs.field(default=None, metadata=wire("SendingPoolName"))
    """Dedicated IP pool that mail of the configuration set is sent from."""
    max_delivery_seconds: int | None = attrs.field(
        default=None, metadata=wire("MaxDeliverySeconds", Limits(minimum=300, maximum=50400))
    )
    """How long delivery of a message is tried, in seconds, between 5 minutes and 14 hours. 300 to 50400."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EventBridgeDestination(Model):
    """Publishes mail events to an Amazon EventBridge bus, where rules can pass them on to targets.

    Args:
        event_bus_arn: ARN of the EventBridge bus that receives events. It must be the default bus; no other
            is supported. At least 1 character.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventBridgeDestination.html
    """

    event_bus_arn: str = attrs.field(metadata=wire("EventBusArn", Limits(min_length=1)))
    """ARN of the EventBridge bus that receives events.

    It must be the default bus; no other is supported. At least 1 character.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class KinesisFirehoseDestination(Model):
    """Publishes mail events to an Amazon Kinesis Data Firehose stream, which can feed S3, Redshift and other
    services.

    Args:
        iam_role_arn: ARN of the IAM role under which SES writes to the stream. At least 1 character.
        delivery_stream_arn: ARN of the Firehose stream that receives events. At least 1 character.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_KinesisFirehoseDestination.html
    """

    iam_role_arn: str = attrs.field(metadata=wire("IamRoleArn", Limits(min_length=1)))
    """ARN of the IAM role under which SES writes to the stream. At least 1 character."""
    delivery_stream_arn: str = attrs.field(metadata=wire("DeliveryStreamArn", Limits(min_length=1)))
    """ARN of the Firehose stream that receives events. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SnsDestination(Model):
    """Publishes mail events to an Amazon SNS topic, for notifications.

    Args:
        topic_arn: ARN of the SNS topic that receives events. At least 1 character.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SnsDestination.html
    """

    topic_arn: str = attrs.field(metadata=wire("TopicArn", Limits(min_length=1)))
    """ARN of the SNS topic that receives events. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PinpointDestination(Model):
    """Publishes mail events to an Amazon Pinpoint project, where dashboards for transactional messages show
    them.

    Args:
        application_arn: ARN of the Pinpoint project that receives events. At least 1 character.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PinpointDestination.html
    """

    application_arn: str | None = attrs.field(default=None, metadata=wire("ApplicationArn", Limits(min_length=1)))
    """ARN of the Pinpoint project that receives events. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EventDestination(Model):
    """A destination to which events of a configuration set's mail are published: Firehose, CloudWatch, SNS,
    EventBridge or Pinpoint.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestination.html
    """

    name: str = attrs.field(metadata=wire("Name"))
    """Name of the event destination within its configuration set."""
    enabled: bool | None = attrs.field(default=None, metadata=wire("Enabled"))
    """True if events of the chosen types are published here; false if the destination is switched off and gets
    none.
    """
    matching_event_types: Sequence[EventType | str] = attrs.field(metadata=wire("MatchingEventTypes"))
    """Event types that are published here; other events are passed over."""
    kinesis_firehose_destination: KinesisFirehoseDestination | None = attrs.field(
        default=None, metadata=wire("KinesisFirehoseDestination")
    )
    """The Firehose stream that receives events, if this is a Firehose destination; from there they can go on to
    S3 or Redshift.
    """
    cloud_watch_destination: CloudWatchDestination | None = attrs.field(
        default=None, metadata=wire("CloudWatchDestination")
    )
    """The CloudWatch dimensions that events are counted under, if this is a CloudWatch destination."""
    sns_destination: SnsDestination | None = attrs.field(default=None, metadata=wire("SnsDestination"))
    """The SNS topic that receives events, if this is an SNS destination."""
    event_bridge_destination: EventBridgeDestination | None = attrs.field(
        default=None, metadata=wire("EventBridgeDestination")
    )
    """The EventBridge bus that receives events, if this is an EventBridge destination."""
    pinpoint_destination: PinpointDestination | None = attrs.field(default=None, metadata=wire("PinpointDestination"))
    """The Amazon Pinpoint project that receives events, if this is a Pinpoint destination; its dashboards then
    show the metrics.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EventDestinationDefinition(Model):
    """Definition of an event destination to create or change: which service receives events and which types of
    event it gets.

    Args:
        enabled: True to publish events of the chosen types; false to switch the destination off, so that
            nothing is published.
        matching_event_types: Event types to publish to this destination.
        kinesis_firehose_destination: Publish to a Firehose stream, which can carry events on to services such
            as S3 or Redshift.
        cloud_watch_destination: Publish to CloudWatch, to watch sending as metrics.
        sns_destination: Publish to an SNS topic, to be notified of events.
        event_bridge_destination: Publish to the default EventBridge bus, to react to events by rules.
        pinpoint_destination: Publish to an Amazon Pinpoint project, to see metrics in its dashboards for
            transactional messages.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EventDestinationDefinition.html
    """

    enabled: bool | None = attrs.field(default=None, metadata=wire("Enabled"))
    """True to publish events of the chosen types; false to switch the destination off, so that nothing is
    published.
    """
    matching_event_types: (
        Sequence[
            EventType
            | Literal[
                "SEND",
                "REJECT",
                "BOUNCE",
                "COMPLAINT",
                "DELIVERY",
                "OPEN",
                "CLICK",
                "RENDERING_FAILURE",
                "DELIVERY_DELAY",
                "SUBSCRIPTION",
            ]
            | str
        ]
        | None
    ) = attrs.field(default=None, metadata=wire("MatchingEventTypes"))
    """Event types to publish to this destination."""
    kinesis_firehose_destination: KinesisFirehoseDestination | None = attrs.field(
        default=None, metadata=wire("KinesisFirehoseDestination")
    )
    """Publish to a Firehose stream, which can carry events on to services such as S3 or Redshift."""
    cloud_watch_destination: CloudWatchDestination | None = attrs.field(
        default=None, metadata=wire("CloudWatchDestination")
    )
    """Publish to CloudWatch, to watch sending as metrics."""
    sns_destination: SnsDestination | None = attrs.field(default=None, metadata=wire("SnsDestination"))
    """Publish to an SNS topic, to be notified of events."""
    event_bridge_destination: EventBridgeDestination | None = attrs.field(
        default=None, metadata=wire("EventBridgeDestination")
    )
    """Publish to the default EventBridge bus, to react to events by rules."""
    pinpoint_destination: PinpointDestination | None = attrs.field(default=None, metadata=wire("PinpointDestination"))
    """Publish to an Amazon Pinpoint project, to see metrics in its dashboards for transactional messages."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GuardianOptions(Model):
    """Settings of the VDM Guardian for one configuration set.

    Args:
        optimized_shared_delivery: Whether VDM's optimized shared delivery is used for mail of this
            configuration set.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GuardianOptions.html
    """

    optimized_shared_delivery: FeatureStatus | Literal["ENABLED", "DISABLED"] | str | None = attrs.field(
        default=None, metadata=wire("OptimizedSharedDelivery")
    )
    """Whether VDM's optimized shared delivery is used for mail of this configuration set."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SmimeSigningScheme(Model):
    """S/MIME signing for messages of a configuration set, and the form of the signature.

    Args:
        signature_format: Form of the S/MIME signature; `DETACHED` is the only one there is.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SmimeSigningScheme.html
    """

    signature_format: SignatureFormat | Literal["DETACHED"] | str | None = attrs.field(
        default=None, metadata=wire("SignatureFormat")
    )
    """Form of the S/MIME signature; `DETACHED` is the only one there is."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SigningScheme(UnionModel):
    """How messages are signed: by the default (no S/MIME) or with S/MIME. Give exactly one of its members.

    Args:
        default_scheme: Choose this for the default: no S/MIME signature is added.
        smime_scheme: Choose this to sign with S/MIME. It takes effect only if the sending identity has an
            active S/MIME certificate association.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SigningScheme.html
    """

    default_scheme: DefaultSigningScheme | None = attrs.field(default=None, metadata=wire("DefaultScheme"))
    """Choose this for the default: no S/MIME signature is added."""
    smime_scheme: SmimeSigningScheme | None = attrs.field(default=None, metadata=wire("SmimeScheme"))
    """Choose this to sign with S/MIME.

    It takes effect only if the sending identity has an active S/MIME certificate association.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MessageSecurityOptions(Model):
    """Security applied to the message itself.

    For now this is S/MIME signing: whether mail is signed, and in which format.

    Args:
        signing_scheme: How messages of the configuration set are signed: with S/MIME, or by default not with
            S/MIME.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageSecurityOptions.html
    """

    signing_scheme: SigningScheme | None = attrs.field(default=None, metadata=wire("SigningScheme"))
    """How messages of the configuration set are signed: with S/MIME, or by default not with S/MIME."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ReputationOptions(Model):
    """Whether reputation metrics are collected for a configuration set in this region, and since when they
    count.

    Args:
        reputation_metrics_enabled: True if reputation metrics are collected for the configuration set, false
            if not.
        last_fresh_start: Moment of the last fresh start; reputation metrics count only from then on.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ReputationOptions.html
    """

    reputation_metrics_enabled: bool | None = attrs.field(default=None, metadata=wire("ReputationMetricsEnabled"))
    """True if reputation metrics are collected for the configuration set, false if not."""
    last_fresh_start: datetime | None = attrs.field(default=None, metadata=wire("LastFreshStart"))
    """Moment of the last fresh start; reputation metrics count only from then on."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendingOptions(Model):
    """Whether messages may be sent with a configuration set in this region.

    Args:
        sending_enabled: True if mail may be sent with the configuration set, false if sending is switched off
            for it.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendingOptions.html
    """

    sending_enabled: bool | None = attrs.field(default=None, metadata=wire("SendingEnabled"))
    """True if mail may be sent with the configuration set, false if sending is switched off for it."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionValidationOptions(Model):
    """Address validation for the suppression of recipients under a configuration set.

    Args:
        condition_threshold: The threshold settings that suppression by address validation uses.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionValidationOptions.html
    """

    condition_threshold: SuppressionConditionThreshold = attrs.field(metadata=wire("ConditionThreshold"))
    """The threshold settings that suppression by address validation uses."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionOptions(Model):
    """Suppression list settings of a configuration set: which list applies, which reasons put an address on it,
    and address validation.

    Args:
        suppressed_reasons: What puts an address on the suppression list automatically: `BOUNCE` for a hard
            bounce, `COMPLAINT` for a complaint, or both.
        suppression_scope: Which suppression list applies: the tenant's (`TENANT`) or the account's
            (`ACCOUNT`). It takes precedence over the scope set on the tenant or the account.
        validation_options: Address validation that decides whether a recipient is suppressed.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionOptions.html
    """

    suppressed_reasons: Sequence[SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = attrs.field(
        default=None, metadata=wire("SuppressedReasons")
    )
    """What puts an address on the suppression list automatically: `BOUNCE` for a hard bounce, `COMPLAINT` for a
    complaint, or both.
    """
    suppression_scope: SuppressionListScope | Literal["ACCOUNT", "TENANT"] | str | None = attrs.field(
        default=None, metadata=wire("SuppressionScope")
    )
    """Which suppression list applies: the tenant's (`TENANT`) or the account's (`ACCOUNT`).

    It takes precedence over the scope set on the tenant or the account.
    """
    validation_options: SuppressionValidationOptions | None = attrs.field(
        default=None, metadata=wire("ValidationOptions")
    )
    """Address validation that decides whether a recipient is suppressed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TrackingOptions(Model):
    """Open and click tracking for a configuration set.

    An invisible image reports opens and rewritten links report clicks; both point to a domain of AWS, or to
    one of your own that you name here.

    Args:
        custom_redirect_domain: Your own domain for the tracking image and the rewritten links.
        https_policy: Whether the tracking image and links use HTTPS. Left out, it works like `OPTIONAL`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TrackingOptions.html
    """

    custom_redirect_domain: str = attrs.field(metadata=wire("CustomRedirectDomain"))
    """Your own domain for the tracking image and the rewritten links."""
    https_policy: HttpsPolicy | Literal["REQUIRE", "REQUIRE_OPEN_ONLY", "OPTIONAL"] | str | None = attrs.field(
        default=None, metadata=wire("HttpsPolicy")
    )
    """Whether the tracking image and links use HTTPS. Left out, it works like `OPTIONAL`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class VdmOptions(Model):
    """Virtual Deliverability Manager (VDM) settings for mail of a configuration set.

    Args:
        dashboard_options: Settings of the VDM dashboard: whether engagement metrics are collected.
        guardian_options: Settings of the VDM Guardian: whether optimized shared delivery is used.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_VdmOptions.html
    """

    dashboard_options: DashboardOptions | None = attrs.field(default=None, metadata=wire("DashboardOptions"))
    """Settings of the VDM dashboard: whether engagement metrics are collected."""
    guardian_options: GuardianOptions | None = attrs.field(default=None, metadata=wire("GuardianOptions"))
    """Settings of the VDM Guardian: whether optimized shared delivery is used."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetConfigurationSetResponse(Response):
    """The response of `get_configuration_set`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html
    """

    configuration_set_name: str | None = attrs.field(default=None, metadata=wire("ConfigurationSetName"))
    """Name of the configuration set."""
    tracking_options: TrackingOptions | None = attrs.field(default=None, metadata=wire("TrackingOptions"))
    """Open and click tracking in force for this set: tracking domain and HTTPS policy."""
    delivery_options: DeliveryOptions | None = attrs.field(default=None, metadata=wire("DeliveryOptions"))
    """Delivery settings of this set: dedicated IP pool, TLS policy and the time limit for delivery attempts."""
    reputation_options: ReputationOptions | None = attrs.field(default=None, metadata=wire("ReputationOptions"))
    """Whether reputation metrics are collected for this set, and when they were last started afresh."""
    sending_options: SendingOptions | None = attrs.field(default=None, metadata=wire("SendingOptions"))
    """Whether sending with this set is switched on."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags, as key and value, that the configuration set carries."""
    suppression_options: SuppressionOptions | None = attrs.field(default=None, metadata=wire("SuppressionOptions"))
    """Suppression list settings for mail sent with this set."""
    vdm_options: VdmOptions | None = attrs.field(default=None, metadata=wire("VdmOptions"))
    """Virtual Deliverability Manager (VDM) settings of this set."""
    archiving_options: ArchivingOptions | None = attrs.field(default=None, metadata=wire("ArchivingOptions"))
    """The Mail Manager archive in which mail of this set is kept."""
    message_security_options: MessageSecurityOptions | None = attrs.field(
        default=None, metadata=wire("MessageSecurityOptions")
    )
    """Security settings for the message itself, for instance the scheme by which mail of this set is signed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetConfigurationSetEventDestinationsResponse(Response):
    """The response of `get_configuration_set_event_destinations`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSetEventDestinations.html
    """

    event_destinations: Sequence[EventDestination] = attrs.field(default=ABSENT, metadata=wire("EventDestinations"))
    """Every event destination set up for this configuration set."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListConfigurationSetsResponse(Response):
    """The response of `list_configuration_sets`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListConfigurationSets.html
    """

    configuration_sets: Sequence[str] = attrs.field(default=ABSENT, metadata=wire("ConfigurationSets"))
    """Names of the configuration sets on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of configuration sets; absent on the last one."""
