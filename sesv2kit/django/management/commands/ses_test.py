"""`python manage.py ses_test you@example.com`: a test mail, and what the account says."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ....errors import AccessError, SESv2Error
from ...clients import shared_client
from ...conf import mail_settings
from ...messages import arguments_of


class Command(BaseCommand):
    """Sends a test mail through SES."""

    help = "Send a test mail through Amazon SES, and show the quota of the account."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the arguments."""
        parser.add_argument("to", help="the recipient")
        parser.add_argument("--from", dest="sender", default=None, help="the sender (default: DEFAULT_FROM_EMAIL)")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        """Send it."""
        sender = options["sender"] or settings.DEFAULT_FROM_EMAIL
        message = EmailMessage("A test mail", "Mails of this project reach you.", sender, [options["to"]])
        client = shared_client()
        try:
            response = client.send_email(**arguments_of(message, mail_settings()))
            self.stdout.write(f"Sent to {options['to']} as {response.message_id}")
            self.stdout.write(_quota(client))
        except SESv2Error as error:
            raise CommandError(str(error)) from None


def _quota(client: Any) -> str:
    try:
        account = client.get_account()
    except AccessError:
        return "The credentials do not permit GetAccount, so the quota is unknown."
    quota = account.send_quota
    where = "" if account.production_access_enabled else " The account is in the sandbox."
    sent, limit = quota.sent_last24_hours, quota.max24_hour_send
    if limit is not None and limit < 0:  # SES returns -1 for an account without a limit
        return f"Mails sent in the last 24 hours: {sent:.0f}, without a limit.{where}"
    return f"Mails sent in the last 24 hours: {sent:.0f} of {limit:.0f}.{where}"
