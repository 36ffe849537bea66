"""What an event says: the mail that it is about, and a body for each kind of event.

SES leaves members out freely, so every member may be missing. A member of another type than documented is left out of
the model, and kept in `Event.raw`. Facts: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from .._core.model import Model, OpenEnum, wire


class BounceType(OpenEnum):
    """How final a bounce is."""

    PERMANENT = "Permanent"
    """The address can't be reached; do not mail it again."""
    TRANSIENT = "Transient"
    """The mail was given up this time; later mail may arrive. Out-of-office replies count as such, too."""
    UNDETERMINED = "Undetermined"
    """The recipient's bounce message does not say which."""


class BounceSubType(OpenEnum):
    """Why a mail bounced."""

    UNDETERMINED = "Undetermined"
    """The bounce message gives no reason."""
    GENERAL = "General"
    """No further reason."""
    NO_EMAIL = "NoEmail"
    """The mailbox does not exist."""
    SUPPRESSED = "Suppressed"
    """The address is on the global suppression list of SES."""
    ON_ACCOUNT_SUPPRESSION_LIST = "OnAccountSuppressionList"
    """The address is on the suppression list of the account, so nothing was attempted."""
    ON_TENANT_SUPPRESSION_LIST = "OnTenantSuppressionList"
    """The address is on the suppression list of the tenant, so nothing was attempted."""
    EMAIL_VALIDATION_SUPPRESSED = "EmailValidationSuppressed"
    """Automatic validation judged the address not worth an attempt."""
    UNSUBSCRIBED_RECIPIENT = "UnsubscribedRecipient"
    """The contact has left the topic or the list, so nothing was attempted. The address itself is fine."""
    MAILBOX_FULL = "MailboxFull"
    """The mailbox is full."""
    MESSAGE_TOO_LARGE = "MessageTooLarge"
    """The mail is larger than the recipient's server takes."""
    CUSTOM_TIMEOUT_EXCEEDED = "CustomTimeoutExceeded"
    """The delivery took longer than the configuration set allows."""
    CONTENT_REJECTED = "ContentRejected"
    """The recipient's server refused what the mail says."""
    ATTACHMENT_REJECTED = "AttachmentRejected"
    """The recipient's server refused an attachment."""


class ComplaintFeedbackType(OpenEnum):
    """What the recipient complained of, by the words of RFC 5965 and its extensions."""

    ABUSE = "abuse"
    """Unwanted mail."""
    AUTH_FAILURE = "auth-failure"
    """The mail failed the authentication of its sender."""
    FRAUD = "fraud"
    """Phishing or another fraud."""
    NOT_SPAM = "not-spam"
    """The recipient says that the mail is wanted after all."""
    OTHER = "other"
    """Something else."""
    VIRUS = "virus"
    """A virus was found in the mail."""


class ComplaintSubType(OpenEnum):
    """Why a mail counts as complained of although nobody received it."""

    ON_ACCOUNT_SUPPRESSION_LIST = "OnAccountSuppressionList"
    """The address is on the suppression list of the account, because of a complaint."""
    ON_TENANT_SUPPRESSION_LIST = "OnTenantSuppressionList"
    """The address is on the suppression list of the tenant, because of a complaint."""


class DelayType(OpenEnum):
    """Why a delivery takes longer."""

    INTERNAL_FAILURE = "InternalFailure"
    """A problem inside SES."""
    GENERAL = "General"
    """A failure in the conversation with the recipient's server."""
    MAILBOX_FULL = "MailboxFull"
    """The mailbox is full."""
    SPAM_DETECTED = "SpamDetected"
    """The recipient's server saw a lot of unwanted mail from the account."""
    RECIPIENT_SERVER_ERROR = "RecipientServerError"
    """A temporary problem of the recipient's server."""
    IP_FAILURE = "IPFailure"
    """The recipient's server blocks or slows down the address that the mail comes from."""
    TRANSIENT_COMMUNICATION_FAILURE = "TransientCommunicationFailure"
    """The conversation with the recipient's server broke off."""
    BYOIP_HOST_NAME_LOOKUP_UNAVAILABLE = "BYOIPHostNameLookupUnavailable"
    """The host name of an address of your own could not be looked up."""
    UNDETERMINED = "Undetermined"
    """SES does not know the reason."""
    SENDING_DEFERRAL = "SendingDeferral"
    """SES itself holds the mail back for now."""


class BotEvent(OpenEnum):
    """Whether a program opened the mail or followed the link."""

    LIKELY = "Likely"
    """Probably a program, such as a scanner or a proxy for privacy."""
    UNLIKELY = "Unlikely"
    """Probably a person."""


class SubscriptionStatus(OpenEnum):
    """Whether a contact wants the mails of a topic."""

    OPT_IN = "OptIn"
    """The contact wants them."""
    OPT_OUT = "OptOut"
    """The contact does not want them."""


# The mail ----------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Header(Model):
    """A header field of the mail."""

    name: str | None = attrs.field(default=None, metadata=wire("name"))
    """The name of the field."""
    value: str | None = attrs.field(default=None, metadata=wire("value"))
    """The value of the field."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CommonHeaders(Model):
    """The usual header fields of the mail. One entry of a list may hold several addresses."""

    from_: Sequence[str] = attrs.field(default=(), metadata=wire("from"))
    """From."""
    sender: Sequence[str] = attrs.field(default=(), metadata=wire("sender"))
    """Sender."""
    to: Sequence[str] = attrs.field(default=(), metadata=wire("to"))
    """To."""
    cc: Sequence[str] = attrs.field(default=(), metadata=wire("cc"))
    """Cc."""
    bcc: Sequence[str] = attrs.field(default=(), metadata=wire("bcc"))
    """Bcc."""
    reply_to: Sequence[str] = attrs.field(default=(), metadata=wire("replyTo"))
    """Reply-To."""
    return_path: str | None = attrs.field(default=None, metadata=wire("returnPath"))
    """Return-Path."""
    message_id: str | None = attrs.field(default=None, metadata=wire("messageId"))
    """Message-ID, which may begin with a space. It is not the id that SES gave the mail, see `Mail.message_id`."""
    date: str | None = attrs.field(default=None, metadata=wire("date"))
    """Date, as text."""
    subject: str | None = attrs.field(default=None, metadata=wire("subject"))
    """Subject."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Mail(Model):
    """The mail that an event is about."""

    message_id: str | None = attrs.field(default=None, metadata=wire("messageId"))
    """The id that SES gave the mail; `send_email` returned it as `message_id`."""
    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When SES took the mail."""
    source: str | None = attrs.field(default=None, metadata=wire("source"))
    """The sender's address, perhaps with a name."""
    source_arn: str | None = attrs.field(default=None, metadata=wire("sourceArn"))
    """The ARN of the identity that the mail was sent with."""
    source_ip: str | None = attrs.field(default=None, metadata=wire("sourceIp"))
    """The address of the client that sent it; in older notifications alone."""
    caller_identity: str | None = attrs.field(default=None, metadata=wire("callerIdentity"))
    """The IAM identity that sent it; in older notifications alone."""
    sending_account_id: str | None = attrs.field(default=None, metadata=wire("sendingAccountId"))
    """The AWS account that sent it."""
    destination: Sequence[str] = attrs.field(default=(), metadata=wire("destination"))
    """All recipients of the mail. Those that the event is about are `Event.recipients`."""
    headers_truncated: bool | None = attrs.field(default=None, metadata=wire("headersTruncated"))
    """True if `headers` lacks some, as SES cuts them at 10 KB."""
    headers: Sequence[Header] = attrs.field(default=(), metadata=wire("headers"))
    """The header fields, in order; a name may come several times."""
    common_headers: CommonHeaders | None = attrs.field(default=None, metadata=wire("commonHeaders"))
    """The usual header fields."""
    tags: Mapping[str, Sequence[str]] = attrs.field(factory=dict[str, Sequence[str]], metadata=wire("tags"))
    """The mail's tags, each with its values: your own, and those of SES, such as `ses:configuration-set`."""


# The bodies --------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Send(Model):
    """The body of a `SendEvent`, which is empty."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Delivery(Model):
    """The recipient's server took the mail."""

    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When the recipient's server took the mail."""
    processing_time_millis: int | None = attrs.field(default=None, metadata=wire("processingTimeMillis"))
    """Milliseconds from the request to the delivery."""
    recipients: Sequence[str] = attrs.field(default=(), metadata=wire("recipients"))
    """The recipients for whom the server took the mail."""
    smtp_response: str | None = attrs.field(default=None, metadata=wire("smtpResponse"))
    """The response of the recipient's server, such as `250 2.6.0 Message received`."""
    reporting_mta: str | None = attrs.field(default=None, metadata=wire("reportingMTA"))
    """The host of SES that delivered the mail."""
    remote_mta_ip: str | None = attrs.field(default=None, metadata=wire("remoteMtaIp"))
    """The address of the recipient's server."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class BouncedRecipient(Model):
    """A recipient whose mail bounced."""

    email_address: str | None = attrs.field(default=None, metadata=wire("emailAddress"))
    """The recipient's address."""
    action: str | None = attrs.field(default=None, metadata=wire("action"))
    """The action by RFC 3464, such as `failed`."""
    status: str | None = attrs.field(default=None, metadata=wire("status"))
    """The status by RFC 3463, such as `5.1.1`."""
    diagnostic_code: str | None = attrs.field(default=None, metadata=wire("diagnosticCode"))
    """The diagnostic text of the recipient's server."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Bounce(Model):
    """The mail was not delivered to some recipients."""

    bounce_type: BounceType | str | None = attrs.field(default=None, metadata=wire("bounceType"))
    """How final the bounce is."""
    bounce_sub_type: BounceSubType | str | None = attrs.field(default=None, metadata=wire("bounceSubType"))
    """The reason of the bounce."""
    bounced_recipients: Sequence[BouncedRecipient] = attrs.field(default=(), metadata=wire("bouncedRecipients"))
    """The recipients whose mail bounced."""
    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When the mail bounced."""
    feedback_id: str | None = attrs.field(default=None, metadata=wire("feedbackId"))
    """The id of the bounce."""
    reporting_mta: str | None = attrs.field(default=None, metadata=wire("reportingMTA"))
    """The host that reported the bounce."""
    remote_mta_ip: str | None = attrs.field(default=None, metadata=wire("remoteMtaIp"))
    """The address of the recipient's server."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ComplainedRecipient(Model):
    """A recipient who may have complained."""

    email_address: str | None = attrs.field(default=None, metadata=wire("emailAddress"))
    """The recipient's address."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Complaint(Model):
    """A recipient marked the mail as unwanted."""

    complained_recipients: Sequence[ComplainedRecipient] = attrs.field(
        default=(), metadata=wire("complainedRecipients")
    )
    """Who may have complained. Where a provider hides who did, these are all recipients of its domain."""
    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When SES received the complaint."""
    feedback_id: str | None = attrs.field(default=None, metadata=wire("feedbackId"))
    """The id of the complaint."""
    complaint_sub_type: ComplaintSubType | str | None = attrs.field(default=None, metadata=wire("complaintSubType"))
    """Set if SES did not try to deliver the mail, because of an earlier complaint."""
    complaint_feedback_type: ComplaintFeedbackType | str | None = attrs.field(
        default=None, metadata=wire("complaintFeedbackType")
    )
    """The reason that the recipient's provider reports."""
    user_agent: str | None = attrs.field(default=None, metadata=wire("userAgent"))
    """The program that reported the complaint."""
    arrival_date: datetime | None = attrs.field(default=None, metadata=wire("arrivalDate"))
    """When the mail had arrived at the recipient's provider."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reject(Model):
    """SES refused to send the mail after it had taken it."""

    reason: str | None = attrs.field(default=None, metadata=wire("reason"))
    """The reason; `Bad content` is a virus."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Open(Model):
    """The mail was opened."""

    ip_address: str | None = attrs.field(default=None, metadata=wire("ipAddress"))
    """The IP address that the mail was opened from; for a click, that the link was followed from."""
    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When it happened."""
    user_agent: str | None = attrs.field(default=None, metadata=wire("userAgent"))
    """The `User-Agent` of the program that did it."""
    is_bot_event: BotEvent | str | None = attrs.field(default=None, metadata=wire("isBotEvent"))
    """Whether SES takes the program for a bot."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Click(Open):
    """A link of the mail was followed."""

    link: str | None = attrs.field(default=None, metadata=wire("link"))
    """The URL of the link."""
    link_tags: Mapping[str, Sequence[str]] = attrs.field(factory=dict[str, Sequence[str]], metadata=wire("linkTags"))
    """The tags of the link, each with its values."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RenderingFailure(Model):
    """The template could not be filled in, so nothing was sent."""

    template_name: str | None = attrs.field(default=None, metadata=wire("templateName"))
    """The name of the template."""
    error_message: str | None = attrs.field(default=None, metadata=wire("errorMessage"))
    """The error, such as a variable that the data does not have."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DelayedRecipient(Model):
    """A recipient whose mail is delayed."""

    email_address: str | None = attrs.field(default=None, metadata=wire("emailAddress"))
    """The recipient's address."""
    status: str | None = attrs.field(default=None, metadata=wire("status"))
    """The status by RFC 3463."""
    diagnostic_code: str | None = attrs.field(default=None, metadata=wire("diagnosticCode"))
    """The diagnostic text of the recipient's server."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DeliveryDelay(Model):
    """The mail could not be delivered yet, and SES keeps trying."""

    delay_type: DelayType | str | None = attrs.field(default=None, metadata=wire("delayType"))
    """The reason of the delay."""
    delayed_recipients: Sequence[DelayedRecipient] = attrs.field(default=(), metadata=wire("delayedRecipients"))
    """The recipients whose mail is delayed."""
    expiration_time: datetime | None = attrs.field(default=None, metadata=wire("expirationTime"))
    """When SES stops trying to deliver the mail."""
    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When the delay was noticed."""
    reporting_mta: str | None = attrs.field(default=None, metadata=wire("reportingMTA"))
    """The host that reported the delay."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TopicStatus(Model):
    """Whether the contact wants one topic."""

    topic_name: str | None = attrs.field(default=None, metadata=wire("topicName"))
    """The name of the topic."""
    subscription_status: SubscriptionStatus | str | None = attrs.field(
        default=None, metadata=wire("subscriptionStatus")
    )
    """Whether the contact wants the mails of the topic."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TopicPreferences(Model):
    """The preferences of a contact for the topics of a list."""

    unsubscribe_all: bool | None = attrs.field(default=None, metadata=wire("unsubscribeAll"))
    """True if the contact wants no mails of the list."""
    topic_subscription_status: Sequence[TopicStatus] = attrs.field(default=(), metadata=wire("topicSubscriptionStatus"))
    """The topics that the contact has chosen or refused."""
    topic_default_subscription_status: Sequence[TopicStatus] = attrs.field(
        default=(), metadata=wire("topicDefaultSubscriptionStatus")
    )
    """The defaults for the other topics."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Subscription(Model):
    """A contact changed what it wants, by the unsubscribe header or the page behind the footer's link."""

    contact_list: str | None = attrs.field(default=None, metadata=wire("contactList"))
    """The name of the contact list."""
    timestamp: datetime | None = attrs.field(default=None, metadata=wire("timestamp"))
    """When the contact changed its preferences."""
    source: str | None = attrs.field(default=None, metadata=wire("source"))
    """How the contact changed them, such as `UnsubscribeHeader`."""
    new_topic_preferences: TopicPreferences | None = attrs.field(default=None, metadata=wire("newTopicPreferences"))
    """The preferences after the change."""
    old_topic_preferences: TopicPreferences | None = attrs.field(default=None, metadata=wire("oldTopicPreferences"))
    """The preferences before the change."""
