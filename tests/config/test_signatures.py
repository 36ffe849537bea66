"""Signatures: SigV4 is botocore's, SigV4a can be verified with the public key that the secret key gives."""

import hashlib
import hmac
import sys
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.parse import quote

import attrs
import botocore.auth
import botocore.awsrequest
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from support.unit import CONTENT, KINDS, Kind, ask, close, loopback, real_client

from sesv2kit import Credentials, errors, models
from sesv2kit._aws.arguments import Arguments
from sesv2kit._aws.config import Config
from sesv2kit._aws.signing import sign
from sesv2kit._core.blobs import LargeBody

KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")
TEMPORARY = Credentials("ASIAEXAMPLE", "another/secret", "a-token==")
NOW = datetime(2026, 11, 21, 9, 8, 7, tzinfo=UTC)
HOST = "abc123.456.endpoints.email.amazonaws.com"
URL = f"https://{HOST}/v2/email/outbound-emails"
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"MessageId":"1"}'
ORDER_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

each_keys = pytest.mark.parametrize("credentials", [KEYS, TEMPORARY], ids=["long-lived", "temporary"])


def public_key(credentials: Credentials) -> ec.EllipticCurvePublicKey:
    """Derive the key that verifies: NIST SP 800-108 in counter mode over HMAC-SHA256, then a point of P-256."""
    label = b"AWS4-ECDSA-P256-SHA256"
    for counter in range(1, 255):
        context = credentials.access_key.encode() + bytes([counter])
        fixed = (1).to_bytes(4, "big") + label + b"\0" + context + (256).to_bytes(4, "big")
        candidate = int.from_bytes(hmac.digest(b"AWS4A" + credentials.secret_key.encode(), fixed, "sha256"), "big")
        if candidate <= ORDER_OF_P256 - 2:
            return ec.derive_private_key(candidate + 1, ec.SECP256R1()).public_key()
    raise AssertionError("no key")


@attrs.frozen
class Received:
    """A request as it came over the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


def parse(raw: bytes) -> Received:
    """Read the bytes of a request."""
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    method, target, _ = first.split(" ")
    return Received(
        method, target, {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}, body
    )


def verify(request: Received, key: ec.EllipticCurvePublicKey) -> None:
    """Check a SigV4a signature against what was received.

    Raises:
        InvalidSignature: It is not the one of this request.
    """
    algorithm, _, rest = request.headers["authorization"].partition(" ")
    assert algorithm == "AWS4-ECDSA-P256-SHA256"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    scope = parts["Credential"].partition("/")[2]
    path, _, query = request.target.partition("?")
    canonical = "\n".join(
        [
            request.method,
            quote(path, safe="/~"),
            "&".join(sorted(query.split("&"))),
            *(f"{name}:{request.headers[name]}" for name in parts["SignedHeaders"].split(";")),
            "",
            parts["SignedHeaders"],
            hashlib.sha256(request.body).hexdigest(),
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    string_to_sign = "\n".join([algorithm, request.headers["x-amz-date"], scope, digest])
    key.verify(bytes.fromhex(parts["Signature"]), string_to_sign.encode(), ec.ECDSA(SHA256()))


def signed(credentials: Credentials, *, body: bytes = b"{}", url: str = URL, regions: str = "*") -> Received:
    """Sign a request, and return it as it would be received."""
    method = "POST" if body else "GET"
    headers = sign(
        method=method,
        url=url,
        host=HOST,
        body=body,
        credentials=credentials,
        region=regions,
        now=NOW,
        scheme="sigv4a",
    )
    return Received(method, url.partition(HOST)[2], headers, body)


# SigV4a ------------------------------------------------------------------------------------------


@each_keys
@pytest.mark.parametrize("body", [b"", b'{"a": "\xc3\xa9"}'], ids=["empty", "json"])
@pytest.mark.parametrize(
    "path", ["/v2/email/outbound-emails", "/v2/email/identities/a%40b%2Fc?PageSize=1&NextToken=a%20b"]
)
def test_a_signature_for_several_regions_can_be_verified(credentials: Credentials, body: bytes, path: str) -> None:
    pytest.importorskip("awscrt")
    request = signed(credentials, body=body, url=f"https://{HOST}{path}")
    verify(request, public_key(credentials))
    assert request.headers["x-amz-region-set"] == "*"
    assert request.headers["x-amz-date"] == "20261121T090807Z"
    assert f"Credential={credentials.access_key}/20261121/ses/aws4_request," in request.headers["authorization"]
    assert request.headers.get("x-amz-security-token") == credentials.token


def test_a_large_body_is_signed_as_its_bytes_are() -> None:
    body = LargeBody([b'{"Data": "', b'"}'], [b"\xff" * 300_000])
    whole = bytes(body)
    common: dict[str, Any] = {"method": "POST", "url": URL, "host": HOST, "credentials": KEYS, "now": NOW}
    assert sign(body=body, region="eu-west-1", **common) == sign(body=whole, region="eu-west-1", **common)
    pytest.importorskip("awscrt")
    headers = sign(body=body, region="*", scheme="sigv4a", **common)
    verify(Received("POST", URL.partition(HOST)[2], headers, whole), public_key(KEYS))


CHANGES: dict[str, dict[str, Any]] = {
    "method": {"method": "PUT"},
    "path": {"target": "/v2/email/outbound-bulk-emails"},
    "body": {"body": b"{ }"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_request_that_was_changed_on_its_way_is_not_verified(change: dict[str, Any]) -> None:
    pytest.importorskip("awscrt")
    with pytest.raises(InvalidSignature):
        verify(attrs.evolve(signed(KEYS), **change), public_key(KEYS))


@pytest.mark.parametrize("header", ["host", "x-amz-date", "x-amz-region-set", "content-type", "x-amz-security-token"])
def test_every_header_of_the_client_is_signed(header: str) -> None:
    pytest.importorskip("awscrt")
    request = signed(TEMPORARY)
    changed = {**request.headers, header: request.headers[header] + "1"}
    with pytest.raises(InvalidSignature):
        verify(attrs.evolve(request, headers=changed), public_key(TEMPORARY))


def test_the_repr_of_signed_headers_shows_no_token() -> None:
    headers = sign(
        method="GET",
        url="https://email.eu-west-1.amazonaws.com/v2/email/account",
        host="email.eu-west-1.amazonaws.com",
        body=b"",
        credentials=TEMPORARY,
        region="eu-west-1",
        now=NOW,
    )
    assert headers["x-amz-security-token"] == TEMPORARY.token
    assert "x-amz-security-token" in repr(headers)
    assert "a-token==" not in repr(headers)
    assert headers["authorization"] not in repr(headers)


def test_another_secret_does_not_verify() -> None:
    pytest.importorskip("awscrt")
    with pytest.raises(InvalidSignature):
        verify(signed(KEYS), public_key(TEMPORARY))


def test_it_is_signed_as_botocore_signs_it() -> None:
    pytest.importorskip("awscrt")
    crt = import_module("botocore.crt.auth")
    request = botocore.awsrequest.AWSRequest("POST", URL, {"content-type": "application/json"}, b"{}")
    crt.CrtSigV4AsymAuth(TEMPORARY, "ses", "*").add_auth(request)
    theirs = {name.lower(): value for name, value in request.headers.items()}
    verify(Received("POST", URL.partition(HOST)[2], theirs, b"{}"), public_key(TEMPORARY))
    ours = signed(TEMPORARY).headers
    assert theirs.keys() == ours.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == ["x-amz-date", "authorization"]


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
@each_keys
async def test_a_server_can_verify_what_a_multi_region_endpoint_receives(kind: Kind, credentials: Credentials) -> None:
    pytest.importorskip("awscrt")
    with loopback(ANSWER) as server:
        client = real_client(kind, server.url, credentials=credentials)
        content = models.EmailContent(
            simple=models.Message(subject=models.Content(data="é"), body=models.Body(text=models.Content(data="Hi")))
        )
        await ask(client, "send_email", content=content, endpoint_id="abc123.456")
        await close(client)
    request = parse(server.requests[0])
    verify(request, public_key(credentials))
    assert request.headers["host"] == server.host
    assert b'"EndpointId": "abc123.456"' in request.body


@pytest.mark.parametrize(
    ("variables", "regions"), [({}, "*"), ({"AWS_SIGV4A_SIGNING_REGION_SET": "eu-west-1,us-*"}, "eu-west-1,us-*")]
)
def test_the_regions_to_sign_for_can_be_narrowed(
    variables: dict[str, str], regions: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("awscrt")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    target = Config(Arguments(region="eu-west-1")).find_target("abc123.456")
    assert target.region == regions
    request = signed(KEYS, regions=target.region)
    assert request.headers["x-amz-region-set"] == regions
    verify(request, public_key(KEYS))


def test_an_invalid_signing_region_set_is_a_configuration_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("awscrt")
    monkeypatch.setenv("AWS_SIGV4A_SIGNING_REGION_SET", "eu-west-1\nx-header: 1")
    with pytest.raises(errors.ConfigurationError, match="regions"):
        Config(Arguments(region="eu-west-1")).find_target("abc123.456")


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_without_the_extra_an_error_names_what_to_install(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "awscrt.auth", None)
    with loopback(ANSWER) as server:
        client = real_client(kind, server.url)
        with pytest.raises(errors.ConfigurationError, match=r"pip install 'sesv2kit\[sigv4a\]'"):
            await ask(client, "send_email", content=CONTENT, endpoint_id="abc123.456")
        await ask(client, "get_account")
        await close(client)
    assert len(server.requests) == 1


# SigV4 -------------------------------------------------------------------------------------------


@each_keys
@pytest.mark.parametrize("body", [b"", b'{"a": 1}'])
@pytest.mark.parametrize("path", ["/", "/v2/email/a%2Fb//c/../d%20e", "/v2/email/x?b=2&a=1&a=0&c="])
def test_a_signature_for_one_region_is_the_one_that_botocore_makes(
    credentials: Credentials, body: bytes, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"https://{HOST}{path}"
    ours = sign(method="POST", url=url, host=HOST, body=body, credentials=credentials, region="eu-west-1", now=NOW)
    if not hasattr(botocore.auth, "get_current_datetime"):
        pytest.skip("the clock of a botocore as old as this one can't be set")
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: NOW.replace(tzinfo=None))
    headers = {"content-type": "application/json"} if body else {}
    request = botocore.awsrequest.AWSRequest("POST", url, headers, body)
    botocore.auth.SigV4Auth(credentials, "ses", "eu-west-1").add_auth(request)
    assert ours["authorization"] == request.headers["Authorization"]
