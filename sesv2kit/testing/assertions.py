"""`assert_sent`: what a mail has to be like, and what the message of a failed assertion says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from ._service.sending.addresses import domain_of, mailbox_of
from .outbox import SentMail

_MAX_LISTED: Final = 20
"""How many mails the message of a failed assertion lists."""


@attrs.frozen(kw_only=True)
class Wanted:
    """The mail that `assert_sent` looks for."""

    to: str | None = None
    subject: "str | re.Pattern[str] | None" = None
    sender: str | None = None
    template: str | None = None
    text: "str | re.Pattern[str] | None" = None
    html: "str | re.Pattern[str] | None" = None
    tags: Mapping[str, str] | None = None

    def differences(self, mail: SentMail) -> list[str]:
        """Return what is different in a mail, by the names of the arguments."""
        found = {
            "to": self.to is None or _has_recipient(mail.to, self.to),
            "subject": _equals(self.subject, mail.subject),
            "sender": self.sender is None or _same_address(mail.sender, self.sender),
            "template": self.template is None or self.template == mail.template,
            "text": _holds(self.text, mail.text),
            "html": _holds(self.html, mail.html),
            "tags": self.tags is None or self.tags.items() <= mail.tags.items(),
        }
        return [name for name, is_same in found.items() if not is_same]

    def __str__(self) -> str:
        given = {name: value for name, value in attrs.asdict(self, recurse=False).items() if value is not None}
        return ", ".join(f"{name}={_shown(value)}" for name, value in given.items()) or "any mail"


def _shown(value: object) -> str:
    pattern = getattr(value, "pattern", None)
    return repr(value) if pattern is None else f"/{pattern}/"


def _equals(wanted: "str | re.Pattern[str] | None", text: str) -> bool:
    return wanted is None or (text == wanted if isinstance(wanted, str) else wanted.search(text) is not None)


def _holds(wanted: "str | re.Pattern[str] | None", text: str | None) -> bool:
    if wanted is None:
        return True
    return text is not None and (wanted in text if isinstance(wanted, str) else wanted.search(text) is not None)


def _has_recipient(addresses: Sequence[str], wanted: str) -> bool:
    return any(_same_address(address, wanted) for address in addresses)


def _same_address(address: str, wanted: str) -> bool:
    """Return whether two addresses are the same; names count only if a name is wanted."""
    if address == wanted:
        return True
    mailbox = mailbox_of(address)
    return "<" not in wanted and _normal(mailbox) == _normal(wanted)


def _normal(mailbox: str) -> str:
    return f"{mailbox.rpartition('@')[0]}@{domain_of(mailbox)}"


def find_sent(mails: Sequence[SentMail], failures: Sequence[str], wanted: Wanted, times: int | None) -> list[SentMail]:
    """Return the mails that are as wanted.

    Args:
        mails: The outbox.
        failures: Why mails were not made.
        wanted: What they have to be like.
        times: How many there have to be; None for one or more.

    Raises:
        AssertionError: There are more or fewer. The message shows what there is instead.
    """
    found: list[SentMail] = []
    others: list[str] = []
    for mail in mails:
        differences = wanted.differences(mail)
        if not differences:
            found.append(mail)
        if len(others) < _MAX_LISTED:
            others.append(_line(mail, differences))
    if len(found) == times or (times is None and found):
        return found
    raise AssertionError("\n".join(_explanation(len(found), len(mails), others, failures, wanted, times)))


def _line(mail: SentMail, differences: Sequence[str]) -> str:
    note = f"   <- other {', '.join(differences)}" if differences else "   <- as wanted"
    return f"  to {', '.join(mail.to) or '(nobody)'}: {mail.subject!r}{note}"


def _explanation(
    count: int, length: int, lines: Sequence[str], failures: Sequence[str], wanted: Wanted, times: int | None
) -> Iterator[str]:
    expected = "at least once" if times is None else f"{times} times"
    yield f"expected {wanted} to be sent {expected}, and it was sent {count} times"
    if not length:
        yield "the outbox is empty"
    else:
        yield f"the outbox holds {length} mail{'' if length == 1 else 's'}:"
        yield from lines
        if length > len(lines):
            yield f"  ... and {length - len(lines)} more"
    if failures:
        yield f"{len(failures)} mail{'' if len(failures) == 1 else 's'} could not be made out of a template:"
        yield from (f"  {failure}" for failure in failures[:_MAX_LISTED])
