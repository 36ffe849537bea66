"""Settings of a project that sends through django-ses."""

INSTALLED_APPS = ["django_ses"]
DEFAULT_FROM_EMAIL = "Shop <shop@example.com>"

EMAIL_BACKEND = "django_ses.SESBackend"
USE_SES_V2 = True
AWS_SES_REGION_NAME = "eu-west-1"
AWS_SES_REGION_ENDPOINT = "email.eu-west-1.amazonaws.com"
AWS_SES_CONFIGURATION_SET = "shop"
AWS_SES_RETURN_PATH = "bounces@example.com"
AWS_SES_AUTO_THROTTLE = 0.5
AWS_SNS_EVENT_TRUSTED_TOPIC_ARNS = ["arn:aws:sns:eu-west-1:123456789012:ses-events"]
