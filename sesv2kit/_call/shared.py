"""What the calls of a client share: settings, rates, the retry quota, and the clock of signatures."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from .._aws.config import Config
from .._core.http import RawResponse
from .._core.operation import Operation
from .._rate.limiter import AdaptiveRate, RateLimits
from .._rate.send_rate import SendRate, SendRateLike
from .retry import RetryQuota

_TOLERATED_SKEW: Final = timedelta(minutes=4)
"""The offset above which the clock is corrected. The service refuses signatures that are off by more than five
minutes."""
_MAX_SKEW: Final = timedelta(days=1)
"""A `Date` that is further off is ignored, as it is hardly the service's."""


class Clock:
    """The time of signatures: this machine's, corrected once the service has shown that it is wrong."""

    __slots__ = ("offset",)

    def __init__(self, offset: timedelta = timedelta(0)) -> None:
        self.offset: timedelta = offset

    def now(self) -> datetime:
        """Return the service's time, as far as it is known."""
        return datetime.now(UTC) + self.offset

    def correct(self, response: RawResponse, used: timedelta) -> bool:
        """Take over the time of a response's Date header.

        Args:
            response: The response to a request that was refused because of its time.
            used: The offset with which that request was signed.

        Returns:
            False if there is no plausible Date, or if the offset that was used is right.
        """
        try:
            theirs = parsedate_to_datetime(response.headers.get("date", ""))
            theirs = theirs.astimezone(UTC) if theirs.tzinfo else theirs.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            return False
        offset = theirs - datetime.now(UTC)
        if abs(offset) > _MAX_SKEW or abs(offset - used) < _TOLERATED_SKEW:
            return False
        self.offset = offset
        return True


class Shared:
    """What the calls of a client share."""

    __slots__ = (
        "adaptive",
        "clock",
        "config",
        "get_account",
        "paces",
        "quota",
        "rate_limits",
        "send_rate",
        "send_rates",
    )

    def __init__(
        self,
        *,
        config: Config,
        get_account: Callable[[], Operation[Any]],
        rate_limits: RateLimits | None = None,
        send_rate: SendRateLike | None = None,
        send_rates: dict[float | str, SendRate] | None = None,
        quota: RetryQuota | None = None,
        adaptive: AdaptiveRate | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.config: Config = config
        self.get_account: Callable[[], Operation[Any]] = get_account
        """Returns the operation GetAccount, which has the account's sending quotas."""
        self.rate_limits: RateLimits | None = rate_limits
        """The queues of the documented limits per second; None unless the client obeys these limits."""
        self.send_rate: SendRateLike | None = send_rate
        """The rate that sends keep to, unless the options of a call have another one."""
        self.paces: bool = rate_limits is not None or send_rate is not None
        """Whether a call may have to wait for its turn."""
        self.send_rates: dict[float | str, SendRate] = (
            dict[float | str, SendRate]() if send_rates is None else send_rates
        )
        """The rates for numbers and for `account`, once there was a call with them."""
        self.quota: RetryQuota = RetryQuota() if quota is None else quota
        self.adaptive: AdaptiveRate = AdaptiveRate() if adaptive is None else adaptive
        self.clock: Clock = Clock() if clock is None else clock

    def find_send_rate(self, setting: SendRateLike | None) -> SendRate | None:
        """Return the rate of a setting; None for no limit, and for `account` before that rate was first used."""
        if setting is None or isinstance(setting, SendRate):
            return setting
        if setting == "account":
            return self.send_rates.get(setting)
        return self.send_rates.get(setting) or self.send_rates.setdefault(setting, SendRate(setting))
