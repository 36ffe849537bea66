"""The app `sesv2kit.django`, for projects that want the system checks and the management command."""

from typing import Any

from django.apps import AppConfig
from django.core import checks


class SESv2KitConfig(AppConfig):
    """The app of Django."""

    name = "sesv2kit.django"
    label = "sesv2kit"
    verbose_name: Any = "Amazon SES"

    def ready(self) -> None:
        """Register the system checks."""
        from .system_checks import check_settings

        checks.register(check_settings)
