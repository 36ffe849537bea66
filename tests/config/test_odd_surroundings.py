"""Endpoints, proxies and arguments that only unusual surroundings have."""

import socket
import ssl
from types import SimpleNamespace

import certifi
import httpx
import pytest

from sesv2kit import SESv2Client, errors
from sesv2kit._aws import endpoint, signing, urls
from sesv2kit._transport import tls


def found(*schemes: dict[str, object]) -> SimpleNamespace:
    """Return an endpoint as botocore's rules describe it."""
    return SimpleNamespace(url="https://email.example.com/", properties={"authSchemes": list(schemes)})


def test_of_several_signatures_the_first_that_is_known_is_made() -> None:
    taken = endpoint._endpoint(found({"name": "sigv5"}, {"name": "sigv4", "signingRegion": "eu-west-1"}), "eu-west-2")
    assert taken == endpoint.Endpoint("https://email.example.com", "sigv4", "eu-west-1")


def test_an_endpoint_that_takes_no_known_signature_is_refused() -> None:
    with pytest.raises(errors.ConfigurationError, match=r"eu-west-1.*sigv5"):
        endpoint._endpoint(found({"name": "sigv5"}), "eu-west-1")


def test_a_proxy_is_used_if_the_system_can_not_determine_whether_it_is_bypassed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(_host: str) -> bool:
        raise socket.gaierror

    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example.com:3128")
    monkeypatch.setattr(urls, "proxy_bypass", fail)
    assert urls.system_proxy("https", "email.example.com") == "http://proxy.example.com:3128"


@pytest.mark.parametrize("setting", [{"ca_bundle": "ca.pem"}, {"proxy": "http://proxy.example.com"}])
def test_an_http_client_and_settings_of_its_connections_are_refused_together(setting: dict[str, str]) -> None:
    with httpx.Client() as http_client, pytest.raises(errors.ConfigurationError, match="http_client="):
        SESv2Client(http_client=http_client, **setting)


def test_without_any_setting_the_certificates_are_those_of_certifi(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    expected = ssl.create_default_context(cafile=certifi.where()).get_ca_certs()
    assert tls._new_ssl_context.__wrapped__(None).get_ca_certs() == expected


def test_the_headers_of_a_signature_do_not_show_their_values() -> None:
    headers = signing._Headers({"X-Amz-Security-Token": "secret"})
    assert repr(headers) == "<headers X-Amz-Security-Token>"
