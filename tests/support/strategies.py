"""Random values drawn from botocore's own service model, so that nothing of this package says what is valid."""

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from keyword import iskeyword
from typing import Any, Final

import botocore.session
from botocore import xform_name
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from sesv2kit import models

EXAMPLES: Final = int(os.environ.get("SESV2KIT_EXAMPLES", "5"))
"""How many random cases an operation gets; SESV2KIT_EXAMPLES raises it."""

MODEL: Final = botocore.session.get_session().get_service_model("sesv2")
OPERATIONS: Final[tuple[str, ...]] = tuple(MODEL.operation_names)

UNKNOWN: Final = "InventedLater"
"""A member that neither side knows."""

Values = st.SearchStrategy[Any]

# Characters that mean something in a path, a query, JSON or a signature, and some outside ASCII.
_TELLING = "/+@%&=?#:;,.~*! \"'\\<>{}\t\né€中😀"
_LENGTH = 20
_ITEMS = 3
_INVENTED = "INVENTED_LATER"
_NEVER_IN_A_PATH = ("", ".", "..")
# EndpointId asks for SigV4a, which neither side can sign without the AWS common runtime.
_LEFT_OUT = frozenset({("SendEmailRequest", "EndpointId"), ("SendBulkEmailRequest", "EndpointId")})
# What shows that a mail was taken; without it a response is refused.
PROOFS: Mapping[str, Mapping[str, Any]] = {
    "CreateDeliverabilityTestReport": {"ReportId": "1"},
    "SendBulkEmail": {"BulkEmailEntryResults": [{}]},
    "SendCustomVerificationEmail": {"MessageId": "1"},
    "SendEmail": {"MessageId": "1"},
}
# What the model does not say, but the documentation does, in prose.
_MAX_DAYS = 30
_MAX_HEADER = 996
_SIZES_IN_PROSE = {"RoutesDetails": (1, 1), "TagKey": (1, 128), "TagValue": (0, 256), "TenantName": (1, 64)}
_UNIONS_IN_PROSE = frozenset({"EmailContent", "ExportDataSource"})
_ONLY_IN_RESPONSES = frozenset({("ExportDestination", "S3Url")})
_PAGES_IN_PROSE = {
    "ListCustomVerificationEmailTemplatesRequest": (1, 50),
    "ListDeliverabilityTestReportsRequest": (0, 1000),
    "ListEmailIdentitiesRequest": (0, 1000),
    "ListEmailTemplatesRequest": (1, 100),
    "ListRecommendationsRequest": (1, 100),
}
_CERTIFICATES = frozenset({"AssociateEmailIdentityCertificateRequest", "DisassociateEmailIdentityCertificateRequest"})
_PERIODS_IN_PROSE = frozenset({"GetDomainStatisticsReportRequest", "ListDomainDeliverabilityCampaignsRequest"})
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=_LENGTH),
    lambda inner: st.lists(inner, max_size=_ITEMS) | st.dictionaries(st.text(max_size=5), inner, max_size=_ITEMS),
    max_leaves=4,
)


def runs(examples: int = EXAMPLES) -> settings:
    """Return settings under which every run makes the same `examples` cases."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=max(examples, 1), derandomize=True, suppress_health_check=slow)


def inputs(operation: str) -> Values:
    """Return what botocore takes for an operation: dicts with wire names, aware datetimes, bytes."""
    shape = MODEL.operation_model(operation).input_shape
    return values(shape.name) if shape else st.just({})


def answers(operation: str) -> Values:
    """Return what the service answers, as parsed JSON, now and then with a member that nobody knows."""
    shape = MODEL.operation_model(operation).output_shape
    proof = PROOFS.get(operation, {})
    drawn = values(shape.name, wire=True) if shape else st.just({})
    return drawn.map(lambda found: {**found, **{name: found.get(name) or value for name, value in proof.items()}})


def arguments(operation: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Turn botocore's input into the keyword arguments of our method."""
    shape = MODEL.operation_model(operation).input_shape
    return {python_name(name): _argument(shape.members[name], value) for name, value in params.items()}


def python_name(wire_name: str) -> str:
    """Return our name of a member: boto3's, with an underscore behind a keyword."""
    name: str = xform_name(wire_name)
    return f"{name}_" if iskeyword(name) else name


def _argument(shape: Any, value: Any) -> Any:
    """Turn a value of botocore's input into ours: dicts become models, at any depth of lists and maps."""
    if shape.type_name == "structure":
        return models.from_wire(getattr(models, shape.name), value)
    if shape.type_name == "list":
        return [_argument(shape.member, item) for item in value]
    if shape.type_name == "map":
        return {key: _argument(shape.value, item) for key, item in value.items()}
    return value


@cache
def values(name: str, *, wire: bool = False) -> Values:
    """Return the valid values of the shape of that name; `wire` gives parsed JSON in place of Python types."""
    shape = MODEL.shape_for(name)
    least, most = _bounds(shape)
    match shape.type_name:
        case "structure":
            return _structures(shape, wire=wire)
        case "list":
            item = values(shape.member.name, wire=wire)
            unique = {"unique_by": lambda tag: tag["Key"]} if name == "TagList" else {}
            lists = st.lists(item, **unique, **_sizes(least, most, _ITEMS))
            return lists | _full(item.map(lambda found: [found]), most)
        case "map":
            key, value = values(shape.key.name, wire=wire), values(shape.value.name, wire=wire)
            return st.dictionaries(key, value, **_sizes(least, most, _ITEMS))
        case "string":
            return _texts(shape)
        case "integer":
            return st.integers(-(2**31) if least is None else least, 2**31 - 1 if most is None else most)
        case "long":
            return st.integers(-(2**63) if least is None else least, 2**63 - 1 if most is None else most)
        case "boolean":
            return st.booleans()
        case "double":
            return st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000)
        case "timestamp":
            return _times().map(_epoch) if wire else _times()
        case "blob":
            return st.binary(max_size=_LENGTH).map(_base64) if wire else st.binary(max_size=_LENGTH)
        case other:
            raise NotImplementedError(f"{name}: {other}")


def _structures(shape: Any, *, wire: bool) -> Values:
    """Return dicts with all required members and some of the others, in the order of the model."""
    left_out = _LEFT_OUT if wire else _LEFT_OUT | _ONLY_IN_RESPONSES
    members = {
        name: _in_a_path(values(member.name, wire=wire))
        if _location(member) == "uri"
        else values(member.name, wire=wire)
        for name, member in shape.members.items()
        if (shape.name, name) not in left_out
    }
    if shape.name in _PAGES_IN_PROSE:
        members["PageSize"] = st.integers(*_PAGES_IN_PROSE[shape.name])
    if shape.is_tagged_union or (shape.name in _UNIONS_IN_PROSE and not wire):
        return st.one_of([st.fixed_dictionaries({name: value}) for name, value in members.items()])
    required = {name: members.pop(name) for name in shape.required_members}
    unknown = {UNKNOWN: _JSON.filter(lambda value: value is not None)} if wire else {}
    order = [*shape.members, *unknown]
    drawn = st.fixed_dictionaries(required, optional={**members, **unknown})
    return drawn.map(lambda found: _fitted(shape.name, {name: found[name] for name in order if name in found}))


def _fitted(name: str, members: dict[str, Any]) -> dict[str, Any]:
    """Return the members of a structure, those shortened that fit one by one but not together."""
    if name == "MessageHeader":
        return members | {"Value": members["Value"][: _MAX_HEADER - len(members["Name"])]}
    if name in _CERTIFICATES and "FromAddress" not in members:
        return members | {"EmailIdentity": f"a@{members['EmailIdentity']}"}
    if name == "CreateEmailIdentityRequest" and "DkimSigningAttributes" in members:
        return members | {"EmailIdentity": members["EmailIdentity"].replace("@", "_")}
    if name in _PERIODS_IN_PROSE:
        return members | {"EndDate": min(members["EndDate"], members["StartDate"] + timedelta(days=_MAX_DAYS))}
    return members


def _bounds(shape: Any) -> tuple[int | None, int | None]:
    """Return the smallest and the largest size of a shape, or value of a number."""
    known = shape.metadata
    return _SIZES_IN_PROSE.get(shape.name, (known.get("min"), known.get("max")))


def _location(member: Any) -> str | None:
    """Return where a member travels; None for the body."""
    location: str | None = member.serialization.get("location")
    return location


def _in_a_path(texts: Values) -> Values:
    """Return the texts that name a resource; the rest is refused, because it would name another one."""
    return texts.filter(lambda text: text not in _NEVER_IN_A_PATH)


def _texts(shape: Any) -> Values:
    """Return texts that fit the enum, the pattern or the lengths of a shape, on the limits too."""
    known = shape.metadata
    if "enum" in known:
        return st.sampled_from([*known["enum"], _INVENTED])
    least, most = _bounds(shape)
    if "pattern" in known:
        matching = st.from_regex(re.compile(known["pattern"], re.ASCII), fullmatch=True)
        return matching.filter(lambda text: (least or 0) <= len(text) <= (most or len(text)))
    sizes = _sizes(least, most, _LENGTH)
    anything = st.text(st.characters(exclude_categories=["Cs"]), **sizes) | st.text(_TELLING, **sizes)
    return anything | _full(st.sampled_from(_TELLING), most)


def _full(items: Values, most: int | None) -> Values:
    """Return lists or texts that are as long as the model allows, made of one item; none without a limit."""
    return st.nothing() if most is None else items.map(lambda item: item * most)


def _sizes(least: int | None, most: int | None, usual: int) -> dict[str, Any]:
    """Return sizes inside the model's limits that keep a case small."""
    smallest = least or 0
    largest = smallest + usual
    return {"min_size": smallest, "max_size": largest if most is None else min(most, largest)}


def _times() -> st.SearchStrategy[datetime]:
    """Return aware times of this century and the last, to the microsecond and to the second."""
    times = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
    return times | times.map(lambda time: time.replace(microsecond=0))


def _epoch(time: datetime) -> int | float:
    """Return a time as the service sends it."""
    seconds = time.timestamp()
    return seconds if time.microsecond else int(seconds)


def _base64(blob: bytes) -> str:
    """Return a blob as the service sends it."""
    return b64encode(blob).decode("ascii")
