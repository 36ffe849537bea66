"""Handlers that keep addresses from being mailed again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

from .. import client as clients
from .._core.callbacks import is_sync_function
from .._core.exceptions import ConfigurationError
from .bodies import BounceSubType, ComplaintFeedbackType
from .event import BounceEvent, ComplaintEvent, Event
from .handlers import check_event, check_function, refuse_awaitable

Reason = Literal["BOUNCE", "COMPLAINT"]


def suppression_reason(event: Event) -> Reason | None:
    """Return why the recipients of an event should get no further mail; None if they may.

    They should get none after a hard bounce, and after a complaint. They may get mail after a soft bounce, which
    out-of-office replies count as; after a contact left a topic; and after the report that a mail is wanted after all.
    None is returned, too, for addresses that are on the suppression list of the account or tenant already, and for
    those that automatic validation held back, which is a policy of the account.

    Raises:
        ConfigurationError: It is not an event.
    """
    check_event(event)
    match event:
        # An address on the global list of SES is not on the list of the account for that.
        case BounceEvent(is_hard=True) if (
            event.was_attempted or event.bounce.bounce_sub_type == BounceSubType.SUPPRESSED
        ):
            return "BOUNCE"
        case ComplaintEvent() if event.complaint.complaint_feedback_type != ComplaintFeedbackType.NOT_SPAM:
            return None if event.complaint.complaint_sub_type else "COMPLAINT"
        case _:
            return None


class Suppressor:
    """A handler that puts hard bounces and complaints on the suppression list of the account or a tenant.

    Args:
        client: The client to call `put_suppressed_destination` with; that needs the permission
            `ses:PutSuppressedDestination`. None if `on_address` does all.
        tenant_name: The tenant whose list it is. Default: None, the account's.
        on_address: Is called with each address and the reason, before the address is put on the list. Default: None.

    Raises:
        ConfigurationError: There is neither a client nor `on_address`, or one of them is async.
    """

    def __init__(
        self,
        client: clients.SESv2Client | None = None,
        *,
        tenant_name: str | None = None,
        on_address: Callable[[str, Reason, Event], object] | None = None,
    ) -> None:
        _check_arguments(client, on_address, is_sync=True)
        self._client = client
        self._tenant_name = tenant_name
        self._on_address = on_address

    def __call__(self, event: Event) -> None:
        """Suppress the recipients of an event, if there is a reason."""
        reason = suppression_reason(event)
        if reason is None:
            return
        for address in event.recipients:
            if self._on_address:
                refuse_awaitable(self._on_address(address, reason, event))
            if self._client:
                self._client.put_suppressed_destination(
                    email_address=address, reason=reason, tenant_name=self._tenant_name
                )


class AsyncSuppressor:
    """A handler that puts hard bounces and complaints on a suppression list, without blocking; see `Suppressor`.

    Raises:
        ConfigurationError: There is neither a client nor `on_address`, or the client is sync.
    """

    def __init__(
        self,
        client: clients.AsyncSESv2Client | None = None,
        *,
        tenant_name: str | None = None,
        on_address: Callable[[str, Reason, Event], Awaitable[object]] | None = None,
    ) -> None:
        _check_arguments(client, on_address, is_sync=False)
        self._client = client
        self._tenant_name = tenant_name
        self._on_address = on_address

    async def __call__(self, event: Event) -> None:
        """Suppress the recipients of an event, if there is a reason."""
        reason = suppression_reason(event)
        if reason is None:
            return
        for address in event.recipients:
            if self._on_address:
                await self._on_address(address, reason, event)
            if self._client:
                await self._client.put_suppressed_destination(
                    email_address=address, reason=reason, tenant_name=self._tenant_name
                )


def _check_arguments(client: object, on_address: object, *, is_sync: bool) -> None:
    """Check the arguments of a suppressor, which otherwise would silently suppress nothing."""
    if client is None and on_address is None:
        raise ConfigurationError("a suppressor needs a client, on_address, or both")
    if on_address is not None:
        check_function(on_address, "on_address", is_sync=is_sync)
    put = getattr(client, "put_suppressed_destination", None)
    if client is not None and (not callable(put) or is_sync_function(put) != is_sync):
        wanted = "SESv2Client" if is_sync else "AsyncSESv2Client"
        raise ConfigurationError(f"client must be an {wanted}, is {type(client).__name__}")
