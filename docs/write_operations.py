"""Writes the table of docs/local-operations.md: `python docs/write_operations.py`."""

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sesv2kit._api import DOMAINS
from sesv2kit.testing._service.routing import Route, routes
from sesv2kit.testing._service.service import find_handler

PAGE: Final = Path(__file__).with_name("local-operations.md")
BEGIN: Final = "<!-- Written by docs/write_operations.py from here on. -->\n"
BEHAVIOUR: Final = frozenset(
    {
        "GetAccount",
        "PutAccountDetails",
        "CreateDeliverabilityTestReport",
        "GetDeliverabilityTestReport",
        "ListDeliverabilityTestReports",
        "CreateMultiRegionEndpoint",
        "DeleteMultiRegionEndpoint",
        "GetMultiRegionEndpoint",
        "ListMultiRegionEndpoints",
        "CreateEmailIdentity",
        "GetEmailIdentity",
        "PutEmailIdentityConfigurationSetAttributes",
        "PutEmailIdentityDkimAttributes",
        "PutEmailIdentityDkimSigningAttributes",
        "PutEmailIdentityFeedbackAttributes",
        "PutEmailIdentityMailFromAttributes",
        "BatchGetMetricData",
        "GetMessageInsights",
        "CancelExportJob",
        "CreateExportJob",
        "CreateImportJob",
        "GetExportJob",
        "GetImportJob",
        "ListExportJobs",
        "ListImportJobs",
        "SendBulkEmail",
        "SendCustomVerificationEmail",
        "SendEmail",
        "TestRenderEmailTemplate",
        "UpdateReputationEntityCustomerManagedStatus",
        "UpdateReputationEntityPolicy",
    }
)
"""The operations that do more than keep and return what they are given."""
CANNED: Final[Mapping[str, str]] = {
    "GetBlacklistReports": "blocklist",
    "GetDomainDeliverabilityCampaign": "campaign",
    "GetDomainStatisticsReport": "domain_statistics",
    "ListDomainDeliverabilityCampaigns": "campaign",
    "GetEmailAddressInsights": "address_insights",
    "ListRecommendations": "recommendation",
    "GetReputationEntity": "reputation",
    "ListReputationEntities": "reputation",
}
"""The operations about what only AWS knows, and what of `fake.canned` sets it."""


def table() -> str:
    """Return the sections of all domains."""
    return "\n".join(section for domain in DOMAINS for section in _section(domain))


def _section(domain: str) -> Iterator[str]:
    found = sorted(
        (route for route in routes() if route.domain == domain),
        key=lambda route: route.operation.name,
    )
    yield f"\n## {domain.replace('_', ' ').capitalize().replace('ips', 'IPs')}\n"
    yield "| Operation | Kind | What it does |"
    yield "|-----------|------|--------------|"
    for route in found:
        name = route.operation.name
        yield f"| `{name}` | {_kind(name)} | {_words(route)} |"


def _kind(operation: str) -> str:
    if operation in CANNED:
        return f"set by `canned.{CANNED[operation]}`"
    return "behaves" if operation in BEHAVIOUR else "keeps"


def _words(route: Route) -> str:
    text = inspect.getdoc(find_handler(route)) or ""
    return " ".join(text.partition("\n\n")[0].split())


def page() -> str:
    """Return the whole page."""
    return PAGE.read_text(encoding="utf-8").partition(BEGIN)[0] + BEGIN + table() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
