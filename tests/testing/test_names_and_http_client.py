"""The public names of the testing kit, and an httpx client whose requests reach the fake."""

import httpx
import pytest
from support.mails import send

import sesv2kit.testing
from sesv2kit import Credentials, SESv2Client, errors, models
from sesv2kit.testing import FakeSES

CONTENT = models.EmailTemplateContent(subject="Hello")


def test_the_public_names_of_the_testing_package() -> None:
    assert dir(sesv2kit.testing) == sorted(sesv2kit.testing.__all__)
    assert all(getattr(sesv2kit.testing, name).__name__ == name for name in sesv2kit.testing.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = sesv2kit.testing.nonsense


def test_a_client_that_needs_an_httpx_client() -> None:
    with FakeSES() as fake, fake.http_client() as http_client:
        ses = SESv2Client(
            region="us-east-1", credentials=Credentials("a", "b"), http_client=http_client, retry_mode="off"
        )
        with ses:
            assert send(ses) == fake.outbox[0].message_id
            ses.create_email_template(template_name="a/b c", template_content=CONTENT)
            names = [entry.template_name for entry in ses.list_email_templates(page_size=10).templates_metadata]
            assert names == ["a/b c"]
            fake.faults.on("SendEmail").lose_answer()
            with pytest.raises(errors.AmbiguousSendError):
                send(ses)
        assert len(fake.outbox) == 2


def test_programs_that_use_httpx_themselves() -> None:
    with FakeSES() as fake, fake.http_client() as http_client:
        response = http_client.get("https://email.us-east-1.amazonaws.com/v2/email/identities?PageSize=1")
        assert response.status_code == 200
        assert response.json()["EmailIdentities"][0]["IdentityName"] == "example.com"
        fake.faults.on().lose_request()
        with pytest.raises((httpx.HTTPError, errors.ConnectionLostError)):
            http_client.get("https://email.us-east-1.amazonaws.com/v2/email/account")
