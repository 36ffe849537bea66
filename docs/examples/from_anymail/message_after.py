"""A mail about an order, with sesv2kit."""

from typing import Any

from django.core.mail import EmailMessage


def send_order(order_id: int, to: str) -> str:
    """Send the mail, and return its id."""
    message: Any = EmailMessage("Your order", "It is on its way.", to=[to])
    message.ses_tags = {"kind": "order", "order": str(order_id)}
    message.ses_arguments = {
        "feedback_forwarding_email_address": "bounces@example.com",
    }
    message.send()
    return str(message.ses_message_id)
