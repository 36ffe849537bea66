"""The state of the fake service, which the functions of the operations read and change."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final, TypeVar

import attrs

from ... import models
from ..._core.model import Model
from ..clock import Clock
from .files import Files
from .mail_log import EventLog, MailLog, StoredEvent, StoredMail
from .records import ACCOUNT_KEY, AccountState, File, Identity, default_account, identity_key, new_identity
from .sending.quota import RecentRecipients
from .store import Collection, Collections, Database

RecordT = TypeVar("RecordT", bound=Model)
ACCOUNT_ID: Final = "123456789012"
"""The account of every fake service, as AWS's own examples have it."""
_PREFIXES: Final = {"us-east-1": "0100", "us-west-2": "0101", "eu-west-1": "0102"}
"""The first four digits of a message id, which depend on the region."""
DAY: Final = 86_400.0
_VARIANT: Final = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))
"""The digit of a UUID of version 4 that a random digit becomes."""
UNLIMITED_RATE: Final = 1_000_000.0
"""The send rate of an account without a limit."""


@attrs.define(kw_only=True)
class Settings:
    """How the service behaves; tests may change them at any time."""

    sandbox: bool
    """Whether the account is in the sandbox: 200 mails a day, one a second, to verified addresses alone."""
    auto_verify: bool
    """Whether new identities are verified at once."""
    auto_deliver: bool
    """Whether mails to ordinary addresses are delivered at once, each with a Delivery event."""
    daily_quota: float | None = None
    """Recipients in 24 hours; None for 200 in the sandbox and no limit outside of it."""
    send_rate: float | None = None
    """Recipients a second; None for 1 in the sandbox and no limit outside of it."""
    public_url: str | None = None
    """Where a server of this service is reached; tracked links and those to leave a list lead there. Without one they
    lead to hosts of AWS, as real ones do."""
    verified: Sequence[str] = ()
    """The identities that are verified from the start."""

    @property
    def quota_in_force(self) -> float:
        """Recipients in 24 hours; -1 for no limit, as GetAccount writes it."""
        if self.daily_quota is not None:
            return self.daily_quota
        return 200.0 if self.sandbox else -1.0

    @property
    def rate_in_force(self) -> float:
        """Recipients a second; a number that no process reaches for no limit, as GetAccount has no word for that."""
        if self.send_rate is not None:
            return self.send_rate
        return 1.0 if self.sandbox else UNLIMITED_RATE


class World:
    """The state of a fake service.

    Args:
        region: Its AWS region.
        settings: How it behaves.
        clock: Its clock.
        seed: What its ids are made of; None for other ids each time.
        database: Where it keeps its records, mails and events.
    """

    def __init__(
        self, *, region: str, settings: Settings, clock: Clock, seed: int | str | None, database: Database
    ) -> None:
        self.region = region
        self.account_id = ACCOUNT_ID
        self.settings = settings
        self.clock = clock
        self.database = database
        self.mails: MailLog = MailLog(database)
        self.events: EventLog = EventLog(database)
        self.files: Files = Files(lambda: self.records(File), database.lock)
        """The objects of S3 that import jobs read and export jobs write, by their URL."""
        self.on_mail: list[Callable[[StoredMail], None]] = []
        """Is called with every new mail."""
        self.on_event: list[Callable[[StoredMail, StoredEvent], None]] = []
        """Is called with every new event and its mail."""
        self._records = Collections(database)
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311 -- ids of a fake, which a seed repeats
        self.recent: RecentRecipients = RecentRecipients(self.mails.recipients_by_second(self.now.timestamp() - DAY))
        """How many recipients the last 24 hours had."""
        if self.account().attributes.production_access_enabled:
            settings.sandbox = False
        self._begin()

    def records(self, cls: type[RecordT]) -> Collection[RecordT]:
        """Return the records of a class by their keys. What is in it stays until the service is reset."""
        return self._records.of(cls)

    def account(self) -> AccountState:
        """Return what is known of the account. What changes it puts a copy into the records, under `ACCOUNT_KEY`."""
        return self.records(AccountState).get(ACCOUNT_KEY) or default_account()

    def send_quota(self) -> models.SendQuota:
        """Return the limits of the account, and how many recipients the last 24 hours had."""
        return models.SendQuota(
            max24_hour_send=self.settings.quota_in_force,
            max_send_rate=self.settings.rate_in_force,
            sent_last24_hours=float(self.recent.in_day(self.now.timestamp())),
        )

    @property
    def now(self) -> datetime:
        """The present time of the service's clock, in UTC."""
        return self.clock.now

    def new_id(self) -> str:
        """Return a new id of 36 characters, such as those of jobs and requests."""
        digits = f"{self._random.getrandbits(122):031x}"
        return f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-{_VARIANT[digits[15]]}{digits[16:19]}-{digits[19:]}"

    def new_message_id(self, moment: datetime) -> str:
        """Return the id of a new mail, which holds the time at which the service took it, in milliseconds."""
        prefix = _PREFIXES.get(self.region, "0107")
        return f"{prefix}{int(moment.timestamp() * 1000):012x}-{self.new_id()}-000000"

    def arn(self, resource: str) -> str:
        """Return the ARN of a resource of the account, such as `identity/example.com`."""
        return f"arn:aws:ses:{self.region}:{ACCOUNT_ID}:{resource}"

    def add_mail(self, mail: StoredMail) -> None:
        """Keep a mail that the service took."""
        self.mails.add(mail)
        for listener in self.on_mail:
            listener(mail)

    def add_event(self, mail: StoredMail, event: StoredEvent) -> None:
        """Keep an event, and hand it on."""
        self.events.add(event)
        for listener in self.on_event:
            listener(mail, event)

    def reset(self) -> None:
        """Forget everything but the settings: records, mails, events and files.

        Ids begin again if there is a seed, and so does the sandbox if a review had ended it.
        """
        if self.account().attributes.production_access_enabled:
            self.settings.sandbox = True
        self._records.clear()
        self.mails.clear()
        self.events.clear()
        self.recent = RecentRecipients()
        self._random = random.Random(self._seed)  # noqa: S311
        self._begin()

    def _begin(self) -> None:
        identities = self.records(Identity)
        for name in self.settings.verified:
            if identity_key(name) not in identities:
                identities[identity_key(name)] = new_identity(name, self.now, is_verified=True)


def moment_of(seconds: float) -> datetime:
    """Return a time of the logs as a datetime."""
    return datetime.fromtimestamp(seconds, UTC)
