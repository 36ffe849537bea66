# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Every operation of the API without blocking, as the class that the async client is made of."""

from .account import AsyncAccountMixin
from .bulk_messages import AsyncBulkMessagesMixin
from .configuration_sets import AsyncConfigurationSetsMixin
from .contacts import AsyncContactsMixin
from .dedicated_ips import AsyncDedicatedIpsMixin
from .deliverability import AsyncDeliverabilityMixin
from .endpoints import AsyncEndpointsMixin
from .identities import AsyncIdentitiesMixin
from .insights import AsyncInsightsMixin
from .jobs import AsyncJobsMixin
from .messages import AsyncMessagesMixin
from .suppression import AsyncSuppressionMixin
from .tags import AsyncTagsMixin
from .templates import AsyncTemplatesMixin
from .tenants import AsyncTenantsMixin
from .waiters import AsyncWaitersMixin


class AsyncOperations(
    AsyncAccountMixin,
    AsyncBulkMessagesMixin,
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
