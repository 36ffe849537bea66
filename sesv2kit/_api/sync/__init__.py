# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API, blocking, as the class that the sync client is made of."""

from .account import AccountMixin
from .bulk_messages import BulkMessagesMixin
from .configuration_sets import ConfigurationSetsMixin
from .contacts import ContactsMixin
from .dedicated_ips import DedicatedIpsMixin
from .deliverability import DeliverabilityMixin
from .endpoints import EndpointsMixin
from .identities import IdentitiesMixin
from .insights import InsightsMixin
from .jobs import JobsMixin
from .messages import MessagesMixin
from .suppression import SuppressionMixin
from .tags import TagsMixin
from .templates import TemplatesMixin
from .tenants import TenantsMixin
from .waiters import WaitersMixin


class Operations(
    AccountMixin,
    BulkMessagesMixin,
    ConfigurationSetsMixin,
    ContactsMixin,
    DedicatedIpsMixin,
    DeliverabilityMixin,
    EndpointsMixin,
    IdentitiesMixin,
    InsightsMixin,
    JobsMixin,
    MessagesMixin,
    SuppressionMixin,
    TagsMixin,
    TemplatesMixin,
    TenantsMixin,
    WaitersMixin,
):
    """Every operation, paginator and waiter, blocking."""
