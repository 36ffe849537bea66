"""Settings of a project that sends through SES with django-anymail."""

INSTALLED_APPS = ["anymail"]
DEFAULT_FROM_EMAIL = "Shop <shop@example.com>"

EMAIL_BACKEND = "anymail.backends.amazon_ses.EmailBackend"
ANYMAIL = {
    "AMAZON_SES_CLIENT_PARAMS": {
        "region_name": "eu-west-1",
        "config": {"connect_timeout": 5, "read_timeout": 20},
    },
    "AMAZON_SES_CONFIGURATION_SET_NAME": "shop",
    "AMAZON_SES_MESSAGE_TAG_NAME": "kind",
    "WEBHOOK_SECRET": "user:a-long-password",
}
