"""Django's mail through SES."""
