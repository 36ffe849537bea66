"""Responses that only AWS can know, such as reputations and blocklists, set by tests."""

from collections.abc import Sequence

from .. import models
from .._core.exceptions import ConfigurationError
from .._core.model import is_collection_of
from ._service.operations.deliverability import Blocklist, Campaign, DomainStatistics
from ._service.operations.insights import AddressInsights, Advice
from ._service.operations.tenants import put_reputation
from ._service.world import World


def _check(value: object, kind: type) -> None:
    if not isinstance(value, kind):
        wanted = "a str" if kind is str else f"a models.{kind.__name__}"
        raise ConfigurationError(f"expected {wanted}, got {type(value).__name__}")


class Canned:
    """Sets what a fake service returns about reputation and deliverability; it knows nothing bad until then.

    The methods raise `ConfigurationError` for what is not a model of the type that they take.

    Args:
        world: The state of the service.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def blocklist(self, ip: str, entries: Sequence[models.BlacklistEntry]) -> None:
        """Set what GetBlacklistReports returns for a dedicated IP address.

        Args:
            ip: The address.
            entries: The blocklists that it is on; none takes it off all of them.
        """
        _check(ip, str)
        if not is_collection_of(entries, lambda entry: isinstance(entry, models.BlacklistEntry)):
            raise ConfigurationError("entries must be a sequence of models.BlacklistEntry")
        with self._world.database.lock:
            self._world.records(Blocklist)[ip] = Blocklist(entries=entries)

    def domain_statistics(self, domain: str, report: models.GetDomainStatisticsReportResponse) -> None:
        """Set what GetDomainStatisticsReport returns for a domain, whatever the dates of the request.

        Args:
            domain: The domain.
            report: The response.
        """
        _check(domain, str)
        _check(report, models.GetDomainStatisticsReportResponse)
        with self._world.database.lock:
            self._world.records(DomainStatistics)[domain] = DomainStatistics(report=report)

    def campaign(self, domain: str, campaign: models.DomainDeliverabilityCampaign) -> None:
        """Add a campaign that GetDomainDeliverabilityCampaign and ListDomainDeliverabilityCampaigns return.

        Args:
            domain: The domain that sent it.
            campaign: The campaign. One with the `campaign_id` of an earlier one takes its place.
        """
        _check(domain, str)
        _check(campaign, models.DomainDeliverabilityCampaign)
        with self._world.database.lock:
            self._world.records(Campaign)[campaign.campaign_id or ""] = Campaign(campaign=campaign, domain=domain)

    def address_insights(self, address: str, insights: models.GetEmailAddressInsightsResponse) -> None:
        """Set what GetEmailAddressInsights returns for an address.

        Args:
            address: The address, whose case does not matter.
            insights: The response.
        """
        _check(address, str)
        _check(insights, models.GetEmailAddressInsightsResponse)
        with self._world.database.lock:
            self._world.records(AddressInsights)[address.lower()] = AddressInsights(insights=insights)

    def recommendation(self, recommendation: models.Recommendation) -> None:
        """Add a recommendation that ListRecommendations returns.

        Args:
            recommendation: The recommendation. One for the resource and of the type of an earlier one takes its place.
        """
        _check(recommendation, models.Recommendation)
        with self._world.database.lock:
            key = f"{recommendation.type} {recommendation.resource_arn}"
            self._world.records(Advice)[key] = Advice(recommendation=recommendation)

    def reputation(self, entity: models.ReputationEntity) -> None:
        """Set what GetReputationEntity and ListReputationEntities return for a resource.

        The sending status follows from the statuses of the customer and of SES: a tenant for which one of them is
        `DISABLED` can't send.

        Args:
            entity: The entity, with `reputation_entity_type` and `reputation_entity_reference`.
        """
        _check(entity, models.ReputationEntity)
        with self._world.database.lock:
            put_reputation(self._world, entity)
