# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: messages."""

from collections.abc import Sequence
from typing import ClassVar, Literal

import attrs

from .._core.model import Limits, Model, OpenEnum, Response, UnionModel, wire
from .._core.rules import MemberRule, Together


class AttachmentContentDisposition(OpenEnum):
    """How a mail client should present an attachment."""

    ATTACHMENT = "ATTACHMENT"
    """Offered as a separate file beside the message."""
    INLINE = "INLINE"
    """Shown within the message, where the HTML body refers to its content ID."""


class AttachmentContentTransferEncoding(OpenEnum):
    """Encoding of an attachment inside the message."""

    BASE64 = "BASE64"
    """Base64, which suits binary files of any kind."""
    QUOTED_PRINTABLE = "QUOTED_PRINTABLE"
    """Quoted-printable, which suits text that is mostly ASCII."""
    SEVEN_BIT = "SEVEN_BIT"
    """No transformation; the content has to be plain 7-bit ASCII."""


class FeatureStatus(OpenEnum):
    """Whether a feature, such as engagement metrics, optimized shared delivery or open and click tracking, is on
    or off.
    """

    ENABLED = "ENABLED"
    """The feature is on for the account, configuration set or message concerned."""
    DISABLED = "DISABLED"
    """The feature is off for the account, configuration set or message concerned."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Attachment(Model):
    """A file attached to a simple or templated message: its bytes and how mail clients should treat it.

    Args:
        raw_content: The bytes of the file, as they are. The package encodes them in base64.
        content_disposition: Whether the file is offered as a separate attachment or shown inside the message.
        file_name: File name that the recipient sees. Some file extensions are not accepted. At most 255
            characters.
        content_description: Short description of what the file contains. At most 1000 characters.
        content_id: Identifier by which the HTML body refers to this file when its disposition is `INLINE`,
            for example an embedded image. 1 to 78 characters.
        content_transfer_encoding: Encoding that the file has inside the message: base64, quoted-printable or
            7-bit.
        content_type: MIME type of the file, such as `application/pdf` or `image/jpeg`. 1 to 78 characters.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Attachment.html
    """

    raw_content: bytes = attrs.field(metadata=wire("RawContent"))
    """The bytes of the file, as they are. The package encodes them in base64."""
    content_disposition: AttachmentContentDisposition | Literal["ATTACHMENT", "INLINE"] | str | None = attrs.field(
        default=None, metadata=wire("ContentDisposition")
    )
    """Whether the file is offered as a separate attachment or shown inside the message."""
    file_name: str = attrs.field(metadata=wire("FileName", Limits(max_length=255)))
    """File name that the recipient sees. Some file extensions are not accepted. At most 255 characters."""
    content_description: str | None = attrs.field(
        default=None, metadata=wire("ContentDescription", Limits(max_length=1000))
    )
    """Short description of what the file contains. At most 1000 characters."""
    content_id: str | None = attrs.field(default=None, metadata=wire("ContentId", Limits(min_length=1, max_length=78)))
    """Identifier by which the HTML body refers to this file when its disposition is `INLINE`, for example an
    embedded image.

    1 to 78 characters.
    """
    content_transfer_encoding: (
        AttachmentContentTransferEncoding | Literal["BASE64", "QUOTED_PRINTABLE", "SEVEN_BIT"] | str | None
    ) = attrs.field(default=None, metadata=wire("ContentTransferEncoding"))
    """Encoding that the file has inside the message: base64, quoted-printable or 7-bit."""
    content_type: str | None = attrs.field(
        default=None, metadata=wire("ContentType", Limits(min_length=1, max_length=78))
    )
    """MIME type of the file, such as `application/pdf` or `image/jpeg`. 1 to 78 characters."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Content(Model):
    """A piece of text in a message, such as the subject or one version of the body, with its character set.

    Args:
        data: The text itself.
        charset: Character set of the text, such as `UTF-8`, `ISO-8859-1` or `"Shift_JIS"`. Left out, 7-bit
            ASCII is assumed, so name one as soon as other characters occur.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Content.html
    """

    data: str = attrs.field(metadata=wire("Data"))
    """The text itself."""
    charset: str | None = attrs.field(default=None, metadata=wire("Charset"))
    """Character set of the text, such as `UTF-8`, `ISO-8859-1` or `"Shift_JIS"`.

    Left out, 7-bit ASCII is assumed, so name one as soon as other characters occur.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Body(Model):
    """Body of a simple message, as plain text, as HTML or as both.

    Args:
        text: Plain-text version, shown by mail clients that cannot display HTML or whose user has switched it
            off.
        html: HTML version, shown by mail clients able to display it; may hold formatting, links and images.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Body.html
    """

    text: Content | None = attrs.field(default=None, metadata=wire("Text"))
    """Plain-text version, shown by mail clients that cannot display HTML or whose user has switched it off."""
    html: Content | None = attrs.field(default=None, metadata=wire("Html"))
    """HTML version, shown by mail clients able to display it; may hold formatting, links and images."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TrackingConfigurationOverrides(Model):
    """Switches open and click tracking on or off for one request, for instance off for a transactional message.

    Without it, engagement metrics of account and configuration set, and event destinations for opens or
    clicks, decide.

    Args:
        open_tracking_enabled: `ENABLED` tracks opens and `DISABLED` leaves out the tracking image, whatever
            account and configuration set say. Left out, their setting counts.
        click_tracking_enabled: `ENABLED` tracks clicks and `DISABLED` leaves the links as written, whatever
            account and configuration set say. Left out, their setting counts. Events appear in VDM; to get
            them elsewhere, the configuration set needs an event destination for them.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TrackingConfigurationOverrides.html
    """

    open_tracking_enabled: FeatureStatus | Literal["ENABLED", "DISABLED"] | str | None = attrs.field(
        default=None, metadata=wire("OpenTrackingEnabled")
    )
    """`ENABLED` tracks opens and `DISABLED` leaves out the tracking image, whatever account and configuration
    set say.

    Left out, their setting counts.
    """
    click_tracking_enabled: FeatureStatus | Literal["ENABLED", "DISABLED"] | str | None = attrs.field(
        default=None, metadata=wire("ClickTrackingEnabled")
    )
    """`ENABLED` tracks clicks and `DISABLED` leaves the links as written, whatever account and configuration set
    say.

    Left out, their setting counts. Events appear in VDM; to get them elsewhere, the configuration set needs
    an event destination for them.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConfigurationOverrides(Model):
    """Settings changed for the messages of one request only.

    The account and the configuration set stay unchanged; a setting not named here comes from the
    configuration set, the account or the service default, as usual.

    Args:
        tracking: Overrides for open and click tracking.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ConfigurationOverrides.html
    """

    tracking: TrackingConfigurationOverrides | None = attrs.field(default=None, metadata=wire("Tracking"))
    """Overrides for open and click tracking."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Destination(Model):
    """Recipients of a message.

    SMTPUTF8 is not supported: before the @ only 7-bit ASCII is possible, and a domain with other characters
    must be in Punycode. At most 50 recipients.

    Args:
        to_addresses: Main recipients, listed in the To header.
        cc_addresses: Recipients of a carbon copy, listed in the Cc header.
        bcc_addresses: Recipients of a blind carbon copy, hidden from the other recipients.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
    """

    __rules__: ClassVar[tuple[MemberRule, ...]] = (
        Together(("to_addresses", "cc_addresses", "bcc_addresses"), 50, "recipients"),
    )

    to_addresses: Sequence[str] | None = attrs.field(default=None, metadata=wire("ToAddresses"))
    """Main recipients, listed in the To header."""
    cc_addresses: Sequence[str] | None = attrs.field(default=None, metadata=wire("CcAddresses"))
    """Recipients of a carbon copy, listed in the Cc header."""
    bcc_addresses: Sequence[str] | None = attrs.field(default=None, metadata=wire("BccAddresses"))
    """Recipients of a blind carbon copy, hidden from the other recipients."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MessageHeader(Model):
    """One header, name and value, that you add to a message.

    At most 996 characters in its name and value together.

    Args:
        name: Header name, in printable ASCII without spaces or colons. 1 to 126 characters. Must match
            `^[!-9;-@A-~]+$`.
        value: Header value, in printable ASCII. 1 to 995 characters. Must match `[ -~]*`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html
    """

    __rules__: ClassVar[tuple[MemberRule, ...]] = (
        Together(("name", "value"), 996, "characters in its name and value together"),
    )

    name: str = attrs.field(metadata=wire("Name", Limits(min_length=1, max_length=126, pattern="^[!-9;-@A-~]+$")))
    """Header name, in printable ASCII without spaces or colons.

    1 to 126 characters. Must match `^[!-9;-@A-~]+$`.
    """
    value: str = attrs.field(metadata=wire("Value", Limits(min_length=1, max_length=995, pattern="[ -~]*")))
    """Header value, in printable ASCII. 1 to 995 characters. Must match `[ -~]*`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Message(Model):
    """A simple message: subject and body, with optional headers and attachments.

    Args:
        subject: Subject line, in 7-bit ASCII; write other characters in the encoded-word syntax of RFC 2047.
        body: Body as HTML, as plain text or in both versions.
        headers: Further headers to put into the message. At most 15 items.
        attachments: Files attached to the message; every recipient gets the same ones.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Message.html
    """

    subject: Content = attrs.field(metadata=wire("Subject"))
    """Subject line, in 7-bit ASCII; write other characters in the encoded-word syntax of RFC 2047."""
    body: Body = attrs.field(metadata=wire("Body"))
    """Body as HTML, as plain text or in both versions."""
    headers: Sequence[MessageHeader] | None = attrs.field(default=None, metadata=wire("Headers", Limits(max_items=15)))
    """Further headers to put into the message. At most 15 items."""
    attachments: Sequence[Attachment] | None = attrs.field(default=None, metadata=wire("Attachments"))
    """Files attached to the message; every recipient gets the same ones."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class RawMessage(Model):
    """A complete MIME message that you have built yourself.

    Args:
        data: Bytes of the MIME message: all required headers, a blank line, then the body, with well-formed
            parts and attachments of supported types. Encode whatever is not 7-bit ASCII within the message.
            Give the bytes as they are: the package encodes them in base64 for the request. Lines of at most
            1000 bytes.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_RawMessage.html
    """

    data: bytes = attrs.field(metadata=wire("Data", Limits(max_line=1000)))
    """Bytes of the MIME message: all required headers, a blank line, then the body, with well-formed parts and
    attachments of supported types.

    Encode whatever is not 7-bit ASCII within the message. Give the bytes as they are: the package encodes
    them in base64 for the request. Lines of at most 1000 bytes.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailTemplateContent(Model):
    """Content of an email template: subject, HTML body and plain-text body.

    Args:
        subject: Subject line of messages made from the template.
        text: Plain-text body, for recipients whose mail client shows no HTML.
        html: HTML body of messages made from the template.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EmailTemplateContent.html
    """

    subject: str | None = attrs.field(default=None, metadata=wire("Subject"))
    """Subject line of messages made from the template."""
    text: str | None = attrs.field(default=None, metadata=wire("Text"))
    """Plain-text body, for recipients whose mail client shows no HTML."""
    html: str | None = attrs.field(default=None, metadata=wire("Html"))
    """HTML body of messages made from the template."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Template(Model):
    """Template that a message is made from, with the values for its variables.

    Name a stored template, give its ARN, or supply the content inline.

    Args:
        template_name: Name of a template stored in your account. At least 1 character.
        template_arn: ARN of the stored template. At least 1 character.
        template_content: Subject and body supplied with the request instead of a stored template. Only simple
            substitutions work in such content.
        template_data: Values for the template as a JSON object in text form: each key is a variable of the
            template, its value what is put in there. At most 262144 characters.
        headers: Further headers for the message made from the template. At most 15 items.
        attachments: Files attached to the message; they are the same for all recipients.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Template.html
    """

    template_name: str | None = attrs.field(default=None, metadata=wire("TemplateName", Limits(min_length=1)))
    """Name of a template stored in your account. At least 1 character."""
    template_arn: str | None = attrs.field(default=None, metadata=wire("TemplateArn", Limits(min_length=1)))
    """ARN of the stored template. At least 1 character."""
    template_content: EmailTemplateContent | None = attrs.field(default=None, metadata=wire("TemplateContent"))
    """Subject and body supplied with the request instead of a stored template.

    Only simple substitutions work in such content.
    """
    template_data: str | None = attrs.field(default=None, metadata=wire("TemplateData", Limits(max_length=262144)))
    """Values for the template as a JSON object in text form: each key is a variable of the template, its value
    what is put in there.

    At most 262144 characters.
    """
    headers: Sequence[MessageHeader] | None = attrs.field(default=None, metadata=wire("Headers", Limits(max_items=15)))
    """Further headers for the message made from the template. At most 15 items."""
    attachments: Sequence[Attachment] | None = attrs.field(default=None, metadata=wire("Attachments"))
    """Files attached to the message; they are the same for all recipients."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EmailContent(UnionModel):
    """The whole content of a message in one of three forms: simple, raw or from a template.

    Give exactly one of its members.

    Args:
        simple: Message given as subject, body and optional attachments; the service builds the MIME text.
        raw: Complete MIME message that you have built yourself, with headers, body and any attachments.
        template: Template, and the values for it, from which the message is made.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_EmailContent.html
    """

    simple: Message | None = attrs.field(default=None, metadata=wire("Simple"))
    """Message given as subject, body and optional attachments; the service builds the MIME text."""
    raw: RawMessage | None = attrs.field(default=None, metadata=wire("Raw"))
    """Complete MIME message that you have built yourself, with headers, body and any attachments."""
    template: Template | None = attrs.field(default=None, metadata=wire("Template"))
    """Template, and the values for it, from which the message is made."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListManagementOptions(Model):
    """Contact list and topic that a message belongs to, used when its recipient unsubscribes.

    Args:
        contact_list_name: Contact list that the message is sent for.
        topic_name: Topic of that list which the message belongs to.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListManagementOptions.html
    """

    contact_list_name: str = attrs.field(metadata=wire("ContactListName"))
    """Contact list that the message is sent for."""
    topic_name: str | None = attrs.field(default=None, metadata=wire("TopicName"))
    """Topic of that list which the message belongs to."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MessageTag(Model):
    """A name/value pair attached to a message, which its published sending events carry, to distinguish them.

    Args:
        name: Name of the tag: ASCII letters, digits, underscores or dashes. At most 256 characters.
        value: Value of the tag: ASCII letters, digits, underscores or dashes. At most 256 characters.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
    """

    name: str = attrs.field(metadata=wire("Name", Limits(max_length=256)))
    """Name of the tag: ASCII letters, digits, underscores or dashes. At most 256 characters."""
    value: str = attrs.field(metadata=wire("Value", Limits(max_length=256)))
    """Value of the tag: ASCII letters, digits, underscores or dashes. At most 256 characters."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendCustomVerificationEmailResponse(Response):
    """The response of `send_custom_verification_email`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendCustomVerificationEmail.html
    """

    message_id: str = attrs.field(metadata=wire("MessageId"))
    """ID of the verification mail that was sent."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SendEmailResponse(Response):
    """The response of `send_email`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
    """

    message_id: str = attrs.field(metadata=wire("MessageId"))
    """ID given to the message on acceptance.

    An accepted message can still go unsent, for instance when an attachment holds a virus or the template
    values are invalid.
    """
