# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API, as the two classes that the clients are made of."""

from .account import AccountMixin
from .aio.account import AsyncAccountMixin
from .aio.configuration_sets import AsyncConfigurationSetsMixin
from .aio.contacts import AsyncContactsMixin
from .aio.dedicated_ips import AsyncDedicatedIpsMixin
from .aio.deliverability import AsyncDeliverabilityMixin
from .aio.endpoints import AsyncEndpointsMixin
from .aio.identities import AsyncIdentitiesMixin
from .aio.insights import AsyncInsightsMixin
from .aio.jobs import AsyncJobsMixin
from .aio.messages import AsyncMessagesMixin
from .aio.suppression import AsyncSuppressionMixin
from .aio.tags import AsyncTagsMixin
from .aio.templates import AsyncTemplatesMixin
from .aio.tenants import AsyncTenantsMixin
from .aio.waiters import AsyncWaitersMixin
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


class AsyncOperations(
    AsyncAccountMixin,
    AsyncConfigurationSetsMixin,
    AsyncContactsMixin,
    AsyncDedicatedIpsMixin,
    AsyncDeliverabilityMixin,
    AsyncEndpointsMixin,
    AsyncIdentitiesMixin,
    AsyncInsightsMixin,
    AsyncJobsMixin,
    AsyncMessagesMixin,
    AsyncSuppressionMixin,
    AsyncTagsMixin,
    AsyncTemplatesMixin,
    AsyncTenantsMixin,
    AsyncWaitersMixin,
):
    """Every operation, paginator and waiter, for asyncio and trio."""
