"""What a bulk run needs of a journal: the state of every entry, whatever ended the run.

A key is `in flight` in the journal before its request leaves. So after a crash, an entry that the journal calls neither
`in flight` nor `sent` nor `unknown` was not sent.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final, Literal, Protocol, TypeVar, runtime_checkable

import attrs

from .._core.callbacks import is_sync_function, was_async
from .._core.exceptions import ConfigurationError, JournalError

T = TypeVar("T")
Key = str | int
"""A key that was given, or a position in the source; 7 and '7' are two keys."""
EntryState = Literal["pending", "in flight", "sent", "failed", "unknown"]


class OtherMailingError(ConfigurationError):
    """The entries are not those of the mailing that the journal is for."""


@attrs.define
class KnownEntry:
    """What the journal says of a key that an entry of this run has."""

    state: EntryState
    message_id: str | None = None
    code: str | None = None
    repeated: bool = False
    """The key is that of an earlier entry of this run."""
    changed: bool = False
    """Another entry had the key in an earlier run, and was sent, or may have been."""
    resend: bool = False
    """The state is `unknown`, and the entry is to be sent again, as `Mailing.resend_unknown` does."""


NEW: Final = KnownEntry("pending")


@attrs.define
class EntryRecord:
    """What the journal is to say of a key."""

    key: Key
    state: EntryState
    message_id: str | None = None
    code: str | None = None


def journal_error(error: BaseException) -> JournalError:
    """Return the error for one that a journal has raised, whose class is not of this package."""
    message = f"the journal raised {type(error).__name__}"
    with suppress(Exception):  # its text may fail as well
        message += f": {error}"
    failure = JournalError(message)
    failure.__cause__ = error
    return failure


@attrs.frozen
class MailingIdentity:
    """What a journal is for: one mailing, of one account, in one region."""

    fingerprint: bytes
    """A hash of the arguments that all entries share."""
    region: str | None = None
    endpoint: str | None = None
    account: str | None = None
    """The id of the AWS account; None if the credentials don't say it. Then the endpoint is used in its place."""

    def find_difference(self, before: "MailingIdentity") -> str | None:
        """Return what is different from an earlier run, by which a journal refuses what is another mailing.

        Args:
            before: The identity with which the journal was made.

        Returns:
            str | None: `other arguments`, `another region`, `another account` or `another endpoint`; None if it is the
            same mailing. Endpoints count only if one of the accounts is not known.
        """
        are_accounts_known = bool(before.account and self.account)
        differs = {
            "other arguments": before.fingerprint != self.fingerprint,
            "another region": before.region != self.region,
            "another account": are_accounts_known and before.account != self.account,
            "another endpoint": not are_accounts_known and before.endpoint != self.endpoint,
        }
        return next((difference for difference, is_there in differs.items() if is_there), None)


@runtime_checkable
class Journal(Protocol):
    """The states of entries by their keys, for one run. A journal of your own has these four methods.

    The methods may block, and are called from several threads at a time. Each raises an error if it can't do what it
    says; the run then ends with a `JournalError`, and sends nothing more.
    """

    def look_up(self, keys: Sequence[Key], digests: Sequence[bytes | None]) -> Sequence[KnownEntry]:
        """Return what is known of each key, in this order. A key that is not known becomes `pending`.

        A key that this run has looked up before is `repeated`; its entry is not sent a second time.

        Args:
            keys: Keys that the caller gave, or positions in the source; never both in one mailing.
            digests: A hash of each entry that has no key of its own. If the journal has another one for a key whose
                entry was sent, or may have been, it says `changed`; if the entry was not sent, the new one replaces it.
        """
        ...

    def begin(self, keys: Iterable[Key]) -> None:
        """Note that keys are `in flight`. It has to be durable when this returns: the request leaves at once.

        A run that opens the journal later reports what is still `in flight` as `unknown`.
        """
        ...

    def record(self, rows: Iterable[EntryRecord]) -> None:
        """Note what became of keys. Recording the same again changes nothing."""
        ...

    def close(self) -> None:
        """Close the journal; closing it again does nothing.

        If a run was cancelled, another thread may still be in one of the other methods.
        """
        ...


def is_journal(value: Any) -> bool:
    """Return whether a value has the four methods of a journal, and none of them is async."""
    if not isinstance(value, Journal):
        return False
    return all(map(is_sync_function, (value.look_up, value.begin, value.record, value.close)))


def note(method: Callable[[T], object], rows: T) -> None:
    """Call `begin` or `record` of a journal, whose definition may not say that it is async.

    Raises:
        JournalError: It returned something to await, so it has done nothing.
    """
    if was_async(method(rows)):
        raise JournalError("a method of the journal returned something to await, and a journal is not awaited")


OpenJournal = Callable[[MailingIdentity], Journal]
"""Opens a journal for one run of a mailing, and makes sure that no other run uses it meanwhile."""
