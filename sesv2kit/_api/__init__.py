# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API: its rows here, its methods in `sync` and `aio`.

The rows of a domain are loaded when the first of its methods is called.
"""

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from . import account as account
    from . import bulk_messages as bulk_messages
    from . import configuration_sets as configuration_sets
    from . import contacts as contacts
    from . import dedicated_ips as dedicated_ips
    from . import deliverability as deliverability
    from . import endpoints as endpoints
    from . import identities as identities
    from . import insights as insights
    from . import jobs as jobs
    from . import messages as messages
    from . import suppression as suppression
    from . import tags as tags
    from . import templates as templates
    from . import tenants as tenants
    from . import waiters as waiters
else:

    def __getattr__(name: str) -> Any:
        """Load the rows of a domain, see PEP 562."""
        if name not in (*DOMAINS, "waiters"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return import_module(f".{name}", __name__)


DOMAINS: Final = (
    "account",
    "bulk_messages",
    "configuration_sets",
    "contacts",
    "dedicated_ips",
    "deliverability",
    "endpoints",
    "identities",
    "insights",
    "jobs",
    "messages",
    "suppression",
    "tags",
    "templates",
    "tenants",
)
"""The modules that hold the rows of operations."""
