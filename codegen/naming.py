"""The Python names of wire names."""

import keyword
import re

_LOWER_THEN_UPPER = re.compile(r"([a-z0-9])([A-Z])")
_PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s$")


def snake_case(name: str) -> str:
    """Return a wire name in snake case, as `botocore.xform_name` has it: `SendBulkEmail` is `send_bulk_email`."""
    if "_" in name:
        return name.lower()
    plural = _PLURAL_ACRONYM.search(name)
    if plural:
        head = name[: plural.start()]
        name = f"{head}_{plural.group().lower()}" if head else plural.group().lower()
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return _LOWER_THEN_UPPER.sub(r"\1_\2", name).replace("__", "_").lower()


def argument_name(name: str) -> str:
    """Return the Python name of a member: snake case, with an underscore behind a keyword."""
    python = snake_case(name)
    return f"{python}_" if keyword.iskeyword(python) else python


def iterator_name(name: str) -> str:
    """Return the name of the method that iterates over the pages of an operation: `ListContacts` is `iter_contacts`."""
    return f"iter_{snake_case(name).removeprefix('list_').removeprefix('get_')}"


def waiter_name(name: str) -> str:
    """Return the name of a waiter's method: `IdentityVerified` is `wait_until_identity_verified`."""
    return f"wait_until_{snake_case(name)}"


def constant_name(name: str) -> str:
    """Return the name of an operation's or a waiter's row: `SEND_EMAIL`."""
    return snake_case(name).upper()


def enum_member_name(value: str) -> str:
    """Return the Python name of an enum value."""
    name = re.sub(r"\W", "_", value).upper()
    return f"VALUE_{name}" if not name or name[0].isdigit() else name


def class_prefix(domain: str) -> str:
    """Return a domain's name as classes carry it: `dedicated_ips` is `DedicatedIps`."""
    return "".join(part.capitalize() for part in domain.split("_"))
