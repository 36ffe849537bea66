"""Names and addresses that the service takes."""

import re
from typing import Final

from .... import errors

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")


def check_name(noun: str, name: str) -> None:
    """Refuse a name that has other characters than the service documents for new resources.

    Args:
        noun: What has the name, such as `tenant`.
        name: The name.

    Raises:
        BadRequestException: It has.
    """
    if not _NAME.fullmatch(name):
        raise errors.BadRequestException(
            f"Invalid {noun} name <{name}>: only alphanumeric ASCII characters, '_', and '-' are allowed."
        )


def check_address(email_address: str) -> None:
    """Refuse what is not an address.

    Raises:
        BadRequestException: It is not.
    """
    if not _ADDRESS.fullmatch(email_address):
        raise errors.BadRequestException("Invalid email address.")
