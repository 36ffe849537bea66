"""Which host to call: botocore's rule set for SESv2."""

from functools import lru_cache
from typing import Any, Literal, NamedTuple

from .._core.exceptions import ConfigurationError
from .botocore import botocore

Scheme = Literal["sigv4", "sigv4a"]
"""How requests are signed: for one region, or for the set of regions of a multi-region endpoint."""


class Endpoint(NamedTuple):
    """Where requests go."""

    url: str
    signing: Scheme
    """The kind of signature that it requires."""
    signing_region: str
    """The region in which the signature is valid; for `sigv4a` the regions, separated by commas."""


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
        ConfigurationError: The rules have no endpoint for these settings, or the URL is not valid.
    """
    if region is None:
        raise ConfigurationError("no AWS region: pass region=, or set AWS_REGION or a profile's region")
    if endpoint_url and not (use_fips or use_dualstack or endpoint_id):
        return Endpoint(endpoint_url.rstrip("/"), "sigv4", region)  # the same as by the rules, which take long to load
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
    return _endpoint(found, region)


def _endpoint(found: Any, region: str) -> Endpoint:
    """Return the endpoint that the rules found, with the first of its signature schemes that this package supports."""
    schemes: list[dict[str, Any]] = found.properties.get("authSchemes") or [{"name": "sigv4"}]
    for scheme in schemes:
        name = scheme["name"]
        if name == "sigv4":
            return Endpoint(found.url.rstrip("/"), name, scheme.get("signingRegion", region))
        if name == "sigv4a":
            return Endpoint(found.url.rstrip("/"), name, ",".join(scheme.get("signingRegionSet") or "*"))
    names = ", ".join(scheme["name"] for scheme in schemes)
    raise ConfigurationError(f"the endpoint for {region!r} requires a signature that this package can't make: {names}")
