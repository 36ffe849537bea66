"""The same project with sesv2kit."""

import httpx

INSTALLED_APPS = ["sesv2kit.django"]
DEFAULT_FROM_EMAIL = "Shop <shop@example.com>"

MAILERS = {"default": {"BACKEND": "sesv2kit.django.EmailBackend"}}
SESV2KIT = {
    "region": "eu-west-1",
    "timeout": httpx.Timeout(20, connect=5),
    "configuration_set": "shop",
    "topics": ["arn:aws:sns:eu-west-1:123456789012:ses-events"],
}
