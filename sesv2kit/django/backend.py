"""The mail backend."""

import logging
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Final

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from ..client._aio import AsyncSESv2Client
from ..client._sync import SESv2Client
from ..errors import AmbiguousSendError, SESv2Error
from .clients import shared_client
from .conf import CLIENT_ARGUMENTS, client_settings, mail_settings
from .messages import arguments_of

_logger: Final = logging.getLogger("sesv2kit.django")
_NO_CLIENT: Final = "no mail was sent, as the settings are not those of a client"


class EmailBackend(BaseEmailBackend):
    """Sends Django's mail through Amazon SES.

    A message that was sent has the attributes `ses_message_id` and `ses_request_id`. An error leaves `send_messages` as
    it is: a subclass of `sesv2kit.errors.SESv2Error`. An `AmbiguousSendError` says that the mail may have been sent; it
    is not sent a second time, and not counted. With several workers, mails that were under way when another one failed
    are finished, and have their ids; of several errors, an `AmbiguousSendError` is raised, and the others are logged.

    Args:
        fail_silently: Whether errors are logged instead of raised. Default: False.
        **options: Arguments of `SESv2Client`, in place of those in the project's setting `SESV2KIT`, for a client of
            this backend alone. `username` and the like, which Django's `send_mail` passes on, are not for SES. Default:
            none, and all backends of the process share a client. In Django 6.1 these are the `OPTIONS` of a mailer; an
            unknown one is Django's `InvalidMailer`.

    https://docs.djangoproject.com/en/stable/topics/email/#defining-a-custom-email-backend
    """

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        # The rest is for Django: the alias of the mailer, and unknown options, which Django 6.1 reports.
        super().__init__(**{name: value for name, value in options.items() if name not in CLIENT_ARGUMENTS})
        self.fail_silently = fail_silently
        self._options = {name: value for name, value in options.items() if name in CLIENT_ARGUMENTS}
        self._own: SESv2Client | None = None

    def open(self) -> bool:
        """Make the client of a backend that has its own; returns whether it did. Nothing is connected before a mail."""
        if not self._options or self._own is not None:
            return False
        self._own = SESv2Client(**(client_settings() | self._options))
        return True

    def close(self) -> None:
        """Close the client of a backend that has its own."""
        if self._own is not None:
            self._own.close()
            self._own = None

    def send_messages(self, email_messages: Iterable[EmailMessage]) -> int:
        """Send messages; those without recipients are left out.

        Args:
            email_messages: The messages.

        Returns:
            int: How many were sent.

        Raises:
            SESv2Error: A message was refused, or what became of it is unknown; those after it were not tried. Not with
                `fail_silently`: the others are tried then, and the error is logged.
        """
        messages = [message for message in email_messages if message.recipients()]
        if not messages:
            return 0
        try:
            opened = self.open()
            client = self._own or shared_client()
        except SESv2Error:
            if not self.fail_silently:
                raise
            _logger.exception(_NO_CLIENT)
            return 0
        try:
            workers = min(mail_settings().workers, len(messages))
            if workers == 1:
                return sum(self._send(client, message) for message in messages)
            return self._send_at_once(client, messages, workers)
        finally:
            if opened:
                self.close()

    def _send_at_once(self, client: SESv2Client, messages: Sequence[EmailMessage], workers: int) -> int:
        futures: list[Future[bool]] = []
        with ThreadPoolExecutor(workers, thread_name_prefix="sesv2kit-django") as pool:
            under_way: set[Future[bool]] = set()
            for message in messages:
                if len(under_way) == workers:
                    ended, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    if any(future.exception() for future in ended):
                        break
                futures.append(future := pool.submit(self._send, client, message))
                under_way.add(future)
        failed = [error for future in futures if (error := future.exception())]
        if failed:
            raise _worst(failed)
        return len([future for future in futures if future.result()])

    def _send(self, client: SESv2Client, message: EmailMessage) -> bool:
        try:
            response = client.send_email(**arguments_of(message, mail_settings()))
        except SESv2Error:
            if not self.fail_silently:
                raise
            _logger.exception("a mail was not sent, or what became of it is unknown")
            return False
        mark_sent(message, response)
        return True


def _worst(failed: Sequence[BaseException]) -> BaseException:
    """Return the error to raise: one that says that a mail may have been sent, if there is one. Log the others."""
    worst = next((error for error in failed if isinstance(error, AmbiguousSendError)), failed[0])
    for error in failed:
        if error is not worst:
            _logger.error("another mail failed at the same time", exc_info=error)
    return worst


def mark_sent(message: EmailMessage, response: Any) -> None:
    """Give a message the ids of its send."""
    marked: Any = message
    marked.ses_message_id = response.message_id
    marked.ses_request_id = response.metadata.request_id


async def asend_messages(
    email_messages: Iterable[EmailMessage], *, client: AsyncSESv2Client | None = None, fail_silently: bool = False
) -> int:
    """Send messages without blocking other tasks, one after the other.

    Args:
        email_messages: The messages; those without recipients are left out.
        client: The client to send with, which stays open. Default: None, one for this call alone, which costs a new
            connection; an app that sends often has one of its own.
        fail_silently: Whether errors are logged instead of raised. Default: False.

    Returns:
        int: How many were sent.

    Raises:
        SESv2Error: A message was refused, or what became of it is unknown; those after it were not tried.
    """
    if client is None:
        try:
            new = AsyncSESv2Client(**client_settings())
        except SESv2Error:
            if not fail_silently:
                raise
            _logger.exception(_NO_CLIENT)
            return 0
        async with new as own:
            return await asend_messages(email_messages, client=own, fail_silently=fail_silently)
    sent = 0
    for message in email_messages:
        if not message.recipients():
            continue
        try:
            response = await client.send_email(**arguments_of(message, mail_settings()))
        except SESv2Error:
            if not fail_silently:
                raise
            _logger.exception("a mail was not sent, or what became of it is unknown")
        else:
            mark_sent(message, response)
            sent += 1
    return sent
