"""Which host to call: botocore's rule set for SESv2."""

import re
from functools import lru_cache
from typing import Any

import attrs

from ._botocore import botocore
from ._exceptions import ConfigurationError

# A region becomes a part of the host's name; anything else would send signed requests to another host.
_REGION = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)")


@attrs.frozen
class Endpoint:
    """Where requests go."""

    url: str
    signing: str
    """The signature scheme that it asks for: `sigv4`, or `sigv4a` for a multi-region endpoint."""


@lru_cache(maxsize=1)
def _provider() -> Any:
    loader = botocore("loaders").Loader()
    rules = loader.load_service_model("sesv2", "endpoint-rule-set-1")
    return botocore("endpoint_provider").EndpointProvider(rules, loader.load_data("partitions"))


@lru_cache(maxsize=256)
def resolve_endpoint(
    region: str | None,
    *,
    endpoint_url: str | None = None,
    use_fips: bool = False,
    use_dualstack: bool = False,
    endpoint_id: str | None = None,
) -> Endpoint:
    """Return the endpoint by the rules that botocore bundles.

    Raises:
        ConfigurationError: The rules have no endpoint for this, or the URL is not one.
    """
    if region is None:
        raise ConfigurationError("no AWS region: pass region=, or set AWS_REGION or a profile's region")
    if not _REGION.fullmatch(str(region)):
        raise ConfigurationError(f"{region!r} is no AWS region")
    parameters: dict[str, str | bool | None] = {
        "Region": region,
        "Endpoint": endpoint_url,
        "UseFIPS": use_fips,
        "UseDualStack": use_dualstack,
        "EndpointId": endpoint_id,
    }
    try:
        found = _provider().resolve_endpoint(**{name: value for name, value in parameters.items() if value is not None})
    except botocore("exceptions").BotoCoreError as error:
        raise ConfigurationError(f"no endpoint for region {region!r}: {error}") from error
    schemes = found.properties.get("authSchemes") or [{"name": "sigv4"}]
    return Endpoint(found.url.rstrip("/"), schemes[0]["name"])
