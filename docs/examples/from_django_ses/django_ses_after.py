"""The same project with sesv2kit."""

INSTALLED_APPS = ["sesv2kit.django"]
DEFAULT_FROM_EMAIL = "Shop <shop@example.com>"

MAILERS = {"default": {"BACKEND": "sesv2kit.django.EmailBackend"}}
SESV2KIT = {
    "region": "eu-west-1",
    "configuration_set": "shop",
    "arguments": {"feedback_forwarding_email_address": "bounces@example.com"},
    "send_rate": "account",
    "topics": ["arn:aws:sns:eu-west-1:123456789012:ses-events"],
}
