"""The public functions: each checks its arguments, and returns a mail or a part of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.message import Message
from os import PathLike
from typing import Final, Literal, NotRequired, TypedDict

import attrs

from .. import models
from . import files as _files
from . import parts as _parts
from .addresses import check_text, write_address
from .checks import Checks
from .files import File, Readable
from .mime import VISIBLE, AnyMessage, addresses_in, build, serialised
from .parts import Addresses, Envelope

_LINK: Final = re.compile(r"[!-;=?-~]+")
"""The characters that a link between < and > may have."""
_SECURE_LINK: Final = re.compile(r"https://[A-Za-z0-9\[][!-;=?-~]*")

Form = Literal["simple", "raw", "template"]
"""The three forms of `models.EmailContent`."""


class SendArguments(TypedDict):
    """What `send_email` takes of a composed mail."""

    from_email_address: str
    destination: models.Destination
    content: models.EmailContent
    reply_to_addresses: NotRequired[Sequence[str]]
    email_tags: NotRequired[Sequence[models.MessageTag]]


@attrs.frozen(kw_only=True)
class Mail:
    """A mail that is ready to be sent: `ses.send_email(**mail.arguments)`."""

    form: Form
    """Which form of content it has."""
    why: str
    """The reason for that form."""
    size: int
    """Bytes: of the whole message if it is raw, and otherwise of its texts, files and headers in base64.

    What SES adds is not counted, and neither is the content of a stored template.
    """
    arguments: SendArguments = attrs.field(repr=False, hash=False)
    """The arguments of `send_email`; give further ones beside them."""

    @property
    def content(self) -> models.EmailContent:
        """The content alone."""
        return self.arguments["content"]

    @property
    def destination(self) -> models.Destination:
        """The recipients alone."""
        return self.arguments["destination"]


# Mails -------------------------------------------------------------------------------------------


def mail(
    *,
    sender: str,
    subject: str,
    to: Addresses = (),
    cc: Addresses | None = None,
    bcc: Addresses | None = None,
    reply_to: Addresses | None = None,
    text: str | None = None,
    html: str | None = None,
    attachments: Sequence[File] | None = None,
    inline: Mapping[str, File] | None = None,
    headers: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> Mail:
    """Compose a mail out of its parts.

    The service builds the message (form `simple`), unless the simple form can't hold a part of it; then it is
    built here (form `raw`). The simple form can't hold an attachment that is a mail itself (`message/rfc822`, an
    `.eml` file, see `attachment`), which must not be in base64. It also can't hold one with a file name of more
    than 255 characters, a content type or content id of more than 78, or a description of more than 1000.

    Args:
        sender: The address in From, which must be verified. Here and in all addresses, a domain that is not ASCII is
            encoded with IDNA, and a name that is not ASCII as RFC 2047 says.
        subject: The subject, without control characters. Here and in all header texts, encoded words of your own
            (RFC 2047) are sent as they are; a line break in one of them is refused as well.
        to: Recipients in To. At least 1, and at most 50, in To, Cc and Bcc together.
        cc: Recipients in Cc. Default: none.
        bcc: Recipients that other recipients do not see; they are not in any header. Default: none.
        reply_to: Where replies go. Default: to the sender.
        text: The body as plain text. At least one of `text` and `html` is required; give both if you can.
        html: The body as HTML.
        attachments: Files, by path or made by `attachment`. They are read here, each once, and travel in base64.
            Default: none. The whole message has at most 40 MB after encoding, which makes files 37 % larger. 1 MB is
            taken to be 1024 * 1024 bytes, as in the errors of the service's first version; its pages don't say. The
            service refuses some file extensions: https://docs.aws.amazon.com/ses/latest/dg/mime-types.html.
        inline: Images that the HTML shows, by content id: `{"logo": "logo.png"}` is for `<img src="cid:logo">`.
            The HTML has to refer to each. An id has 1 to 995 ASCII letters, digits and `. _ + @ -`.
        headers: Further headers, at most 15; a name has at most 126 characters, a value 995, and 996 together.
            Values that are not ASCII are encoded as RFC 2047 says. Headers that have an argument of their own, or
            that the service sets, are refused. So are `Sender` and `Resent-...`, which only a message of your own
            can have. See `unsubscribe`.
        tags: Names and values that describe the mail in sending events, see `tags`.

    Returns:
        Mail: The mail, with the arguments of `send_email`.

    Raises:
        ParamValidationError: Something is wrong, or a file can't be read; lists all problems, by argument.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Message.html
    """
    checks = Checks("compose.mail")
    envelope = _parts.envelope(checks, sender, to, cc, bcc, reply_to, tags)
    title = checks.header_text("subject", subject)
    for name, body in (("text", text), ("html", html)):
        if body is not None:
            checks.text(name, body)
    if text is None and html is None:
        checks.add("text", "is required, if there is no html")
    files = _files.attachments(checks, attachments) | _files.inline(checks, inline, html)
    own_headers = _parts.headers(checks, headers)
    checks.done()

    reasons = [str(reason) for path, file in files.items() for reason in _files.not_simple(path, file)]
    sizes = _files.sizes({"subject": title, "text": text, "html": html}, own_headers, files)
    if reasons:
        head = [*envelope.headers(), ("Subject", title), *((own.name, own.value) for own in own_headers)]
        data = checks.call("attachments", build, head, text, html, list(files.values())) or b""
        _files.check_size(checks, sizes.largest, len(data))
        content = models.EmailContent(raw=models.RawMessage(data=data))
        # Replies to a raw message go where its own header says.
        return _mail(checks, attrs.evolve(envelope, reply_to=[]), content, "; ".join(reasons), len(data))

    message = models.Message(
        subject=models.Content(data=title, charset="UTF-8"),
        body=models.Body(text=_utf8(text), html=_utf8(html)),
        headers=own_headers or None,
        attachments=list(files.values()) or None,
    )
    content = models.EmailContent(simple=message)
    _files.check_size(checks, sizes.largest, sizes.total)
    return _mail(checks, envelope, content, "the simple form can hold all of it", sizes.total)


def raw(
    message: AnyMessage,
    *,
    to: Addresses | None = None,
    cc: Addresses | None = None,
    bcc: Addresses | None = None,
    tags: Mapping[str, str] | None = None,
) -> Mail:
    """Take a message of the standard library's `email`, or of Django.

    It is sent in ASCII, with CRLF line ends and without Bcc: those recipients are only in the destination, which no
    recipient sees. Your message is not changed. Headers in ASCII are written as they were set or read, long links
    and ids in one piece; only their line breaks may differ.

    Args:
        message: An `email.message.EmailMessage`, or an older `Message`, with one address in From. Of a Django message
            pass `message.message()`, and its `bcc` beside it.
        to: Recipients in place of those in the message's To; the header stays.
        cc: Recipients in place of those in Cc.
        bcc: Recipients in place of those in Bcc.
        tags: Names and values that describe the mail in sending events, see `tags`.

    Returns:
        Mail: The mail, with the arguments of `send_email`.

    Raises:
        ParamValidationError: The message can't be written, or has more than 40 MB after encoding or a line of more
            than 998 characters; a header has a name that is not allowed, or a line break in it (directly, in an
            encoded word, or one that only Python sees, such as a form feed); an address is not valid; or there are
            no recipients, or more than 50. Its cause is the error of the library, if there was one.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_RawMessage.html
    """
    checks = Checks("compose.raw")
    if not checks.is_a("message", Message, message):
        checks.done()
    found = {name: checks.call(f"message[{name!r}]", addresses_in, message, name) or [] for name in (*VISIBLE, "Bcc")}
    data = checks.call("message", serialised, message, found) or b""
    checks.done()
    if len(found["From"]) != 1:
        checks.add("message['From']", f"must hold 1 address, holds {len(found['From'])}")
        checks.done()
    to = found["To"] if to is None else to
    cc = found["Cc"] if cc is None else cc
    bcc = found["Bcc"] if bcc is None else bcc
    envelope = _parts.envelope(checks, found["From"][0], to, cc, bcc, (), tags)
    content = models.EmailContent(raw=models.RawMessage(data=data))
    _files.check_size(checks, "message", len(data))
    return _mail(checks, envelope, content, "a complete message was given", len(data))


def template(
    template: str | models.EmailTemplateContent,
    data: Mapping[str, object] | None = None,
    *,
    sender: str,
    to: Addresses = (),
    cc: Addresses | None = None,
    bcc: Addresses | None = None,
    reply_to: Addresses | None = None,
    attachments: Sequence[File] | None = None,
    headers: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> Mail:
    """Compose a mail from a template.

    Args:
        template: The name or the ARN of a stored template, or the content of one.
        data: Values for its variables: what `json.dumps` takes, at most 262,144 characters of JSON.
        sender: The address in From, see `mail`.
        to: Recipients in To. At least 1, and at most 50, in To, Cc and Bcc together.
        cc: Recipients in Cc. Default: none.
        bcc: Recipients that other recipients do not see. Default: none.
        reply_to: Where replies go. Default: to the sender.
        attachments: Files, by path or made by `attachment`, see `mail`. Default: none.
        headers: Further headers, see `mail`.
        tags: Names and values that describe the mail in sending events, see `tags`.

    Returns:
        Mail: The mail, with the arguments of `send_email`.

    Raises:
        ParamValidationError: Something is wrong, or a file can't be read; lists all problems, by argument.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Template.html
    """
    checks = Checks("compose.template")
    envelope = _parts.envelope(checks, sender, to, cc, bcc, reply_to, tags)
    filled = _parts.template(checks, template, data, headers, attachments)
    checks.done()
    content = models.EmailContent(template=filled)
    sizes = _files.template_sizes(filled)
    _files.check_size(checks, sizes.largest, sizes.total)
    return _mail(checks, envelope, content, "a template was given", sizes.total)


def _mail(checks: Checks, envelope: Envelope, content: models.EmailContent, why: str, size: int) -> Mail:
    """Raise the problems if there are any; else return the mail."""
    checks.done()
    arguments = SendArguments(from_email_address=envelope.sender, destination=envelope.destination, content=content)
    if envelope.reply_to:
        arguments["reply_to_addresses"] = envelope.reply_to
    if envelope.tags:
        arguments["email_tags"] = envelope.tags
    return Mail(
        form="simple" if content.simple else "raw" if content.raw else "template",
        why=why,
        size=size,
        arguments=arguments,
    )


def _utf8(text: str | None) -> models.Content | None:
    return None if text is None else models.Content(data=text, charset="UTF-8")


# Bulk sends --------------------------------------------------------------------------------------


def bulk_content(
    template: str | models.EmailTemplateContent,
    data: Mapping[str, object] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    attachments: Sequence[File] | None = None,
) -> models.BulkEmailContent:
    """Return what all mails of a bulk send share: `default_content` of `send_bulk_email`.

    Args:
        template: The name or the ARN of a stored template, or the content of one.
        data: Values for its variables, for entries without values of their own.
        headers: Further headers, see `mail`.
        attachments: Files that go with every mail, see `mail`. Default: none.

    Raises:
        ParamValidationError: Something is wrong, or a file can't be read; lists all problems, by argument.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailContent.html
    """
    checks = Checks("compose.bulk_content")
    filled = _parts.template(checks, template, data, headers, attachments)
    checks.done()
    sizes = _files.template_sizes(filled)
    _files.check_size(checks, sizes.largest, sizes.total)
    checks.done()
    return models.BulkEmailContent(template=filled)


def bulk_entry(
    *,
    to: Addresses = (),
    cc: Addresses | None = None,
    bcc: Addresses | None = None,
    data: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    tags: Mapping[str, str] | None = None,
) -> models.BulkEmailEntry:
    """Return one mail of a bulk send, for `bulk_email_entries` of `send_bulk_email`.

    Args:
        to: Recipients in To. At least 1, and at most 50, in To, Cc and Bcc together.
        cc: Recipients in Cc. Default: none.
        bcc: Recipients that other recipients do not see. Default: none.
        data: Values for this mail's variables, see `template`.
        headers: Headers of this mail, see `mail`; they replace those of the same name.
        tags: Names and values that describe this mail in sending events, see `tags`.

    Raises:
        ParamValidationError: Something is wrong; lists all problems, by argument.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_BulkEmailEntry.html
    """
    checks = Checks("compose.bulk_entry")
    recipients = _parts.destination(checks, to, cc, bcc)
    labels = _parts.tags(checks, tags)
    own_headers = _parts.headers(checks, headers)
    values = None
    if data is not None:
        replaced = models.ReplacementTemplate(replacement_template_data=_parts.template_data(checks, data))
        values = models.ReplacementEmailContent(replacement_template=replaced)
    checks.done()
    return models.BulkEmailEntry(
        destination=recipients,
        replacement_tags=labels or None,
        replacement_email_content=values,
        replacement_headers=own_headers or None,
    )


# Parts -------------------------------------------------------------------------------------------


def address(name: str, address: str) -> str:
    """Return a name and an address as one, the name quoted or encoded where it has to be.

    Use it for names that users type: whatever the name contains, the result is one address, and the name arrives as it
    was typed, even if it looks like an encoded word.

    Args:
        name: The name, without control characters.
        address: The address alone: `ann@example.net`.

    Raises:
        ParamValidationError: The name has a control character, or the address is not valid.

    RFC 5322, section 3.4; RFC 2047, section 5.
    """
    checks = Checks("compose.address")
    checks.call("name", check_text, checks.text("name", name))
    written = checks.call("address", write_address, "", checks.text("address", address))
    checks.done()
    return write_address(name, written or "")


def destination(*, to: Addresses = (), cc: Addresses | None = None, bcc: Addresses | None = None) -> models.Destination:
    """Return checked recipients.

    Args:
        to: Recipients in To. At least 1, and at most 50, in To, Cc and Bcc together.
        cc: Recipients in Cc. Default: none.
        bcc: Recipients that other recipients do not see. Default: none.

    Raises:
        ParamValidationError: An address is not valid, or there are no recipients, or more than 50.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
    """
    checks = Checks("compose.destination")
    recipients = _parts.destination(checks, to, cc, bcc)
    checks.done()
    return recipients


def tags(tags: Mapping[str, str]) -> list[models.MessageTag]:
    """Return tags for `email_tags`, `default_email_tags` and `replacement_tags`.

    Args:
        tags: Values by name; both have 1 to 256 ASCII letters, digits, underscores and dashes.

    Raises:
        ParamValidationError: A name or a value has other characters, or too many.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html
    """
    checks = Checks("compose.tags")
    labels = _parts.tags(checks, tags)
    checks.done()
    return labels


def unsubscribe(url: str, *, mailto: str | None = None) -> dict[str, str]:
    """Return the headers with which mail programs offer one-click unsubscribing, for the `headers` argument.

    Args:
        url: The URL to which the mail program makes a POST request, which must unsubscribe without asking again. It
            begins with `https://` and a host, and identifies the recipient and the list. It is in ASCII; anything
            else is percent-encoded.
        mailto: An address to which a mail is sent to unsubscribe, by programs that don't make the request; it may end
            in `?subject=...`.

    Raises:
        ParamValidationError: `url` or `mailto` is not as described.

    RFC 8058, section 3.1; RFC 2369, section 3.2.
    """
    checks = Checks("compose.unsubscribe")
    links = [checks.text("url", url)]
    if not _SECURE_LINK.fullmatch(links[0]):
        checks.add("url", "must begin with https:// and a host, and be in ASCII; percent-encode anything else")
    if mailto is not None:
        to, mark, query = checks.text("mailto", mailto).partition("?")
        links.append(f"mailto:{checks.call('mailto', write_address, '', to)}{mark}{query}")
        if not _LINK.fullmatch(links[-1]):
            checks.add("mailto", "must be in ASCII without spaces; percent-encode anything else")
    checks.done()
    return {
        "List-Unsubscribe": ", ".join(f"<{link}>" for link in links),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def attachment(
    source: str | PathLike[str] | bytes | bytearray | memoryview | Readable,
    *,
    file_name: str | None = None,
    content_type: str | None = None,
    content_description: str | None = None,
) -> models.Attachment:
    """Make an attachment that arrives as it is, byte for byte.

    It is sent in base64, except for a mail (`message/rfc822`), which must not be. A mail is sent as it is, with CRLF
    line ends, if it is in ASCII, without NUL, and in lines of at most 998 characters. Any other mail is attached as
    an ordinary file, as `application/octet-stream` and in base64; mail programs recognise it by its extension.

    The source is read here, once, which may block. An async program reads it itself and passes the bytes, or
    calls this function in a thread.

    Args:
        source: A path, bytes, or a file open for reading bytes, which is read from its current position.
        file_name: The name that the recipient sees. Default: the name of the file; bytes have none.
        content_type: A MIME type in ASCII, such as `application/pdf`. Default: guessed from the name, or else
            `application/octet-stream`.
        content_description: A short description.

    Raises:
        ParamValidationError: The source can't be read or has more than 40 MB, there is no name, or one of the
            texts can't be in a header.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Attachment.html
    """
    checks = Checks("compose.attachment")
    file = _files.read(checks, "source", source)
    checks.done()
    file = attrs.evolve(
        file,
        file_name=file_name or file.file_name,
        content_type=content_type,
        content_description=content_description,
    )
    file = _files.file(checks, "", file)
    checks.done()
    return file
