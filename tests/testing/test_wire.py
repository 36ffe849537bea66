"""Requests reach the fake service as the wire has them, and its responses are the service's."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from support.mails import service
from support.refused import wire

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

CONTENT = models.EmailTemplateContent(subject="Hello", text="Hi {{name}}")

MANY_TAGS = [{"Key": str(number), "Value": ""} for number in range(51)]
ARCHIVE = "arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}:mailmanager-archive/a-[a-z0-9]{24,62}"


@pytest.fixture
def fake_of() -> Iterator[tuple[FakeSES, SESv2Client]]:
    """Return a fake service and a client of it."""
    with service() as made:
        yield made


def test_what_was_created_is_there() -> None:
    with FakeSES() as fake, fake.client() as ses:
        ses.create_email_template(template_name="a/b c", template_content=CONTENT)
        assert ses.get_email_template(template_name="a/b c").template_content == CONTENT


def test_a_list_comes_in_pages() -> None:
    with FakeSES() as fake, fake.client() as ses:
        for number in range(13):
            ses.create_email_template(template_name=str(number), template_content=CONTENT)
        first = ses.list_email_templates()
        assert len(first.templates_metadata) == 10
        names = [template.template_name for template in ses.iter_email_templates()]
        assert names == [str(number) for number in reversed(range(13))]


def test_a_token_of_another_list_is_refused() -> None:
    with FakeSES() as fake, fake.client() as ses, pytest.raises(errors.BadRequestException):
        ses.list_email_templates(next_token="bm90IG91cnM=")


def test_a_path_that_is_unknown_is_not_an_operation() -> None:
    with FakeSES() as fake:
        response = fake.answer("GET", "/v2/email/nonsense")
    assert response.status == 404
    assert response.headers["x-amzn-errortype"] == "UnknownOperationException"


# What other SDKs may send ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "body", "member", "words"),
    [
        ("POST", "/v2/email/templates", {"TemplateName": "a"}, "templateContent", "must not be null"),
        (
            "POST",
            "/v2/email/templates",
            {"TemplateName": "", "TemplateContent": {}},
            "templateName",
            "must have length greater than or equal to 1",
        ),
        (
            "POST",
            "/v2/email/configuration-sets",
            {"ConfigurationSetName": "a" * 65},
            "configurationSetName",
            "must have length less than or equal to 64",
        ),
        (
            "POST",
            "/v2/email/tags",
            {"ResourceArn": "a", "Tags": [{"Key": "a", "Value": ""}, {"Key": "", "Value": ""}]},
            "tags.2.member.key",
            "must have length greater than or equal to 1",
        ),
        (
            "POST",
            "/v2/email/configuration-sets",
            {"ConfigurationSetName": "a", "Tags": MANY_TAGS},
            "tags",
            "must have length less than or equal to 50",
        ),
        (
            "PUT",
            "/v2/email/account/suppression",
            {"SuppressedReasons": ["BOUNCE", "X"]},
            "suppressedReasons.2.member",
            "must satisfy enum value set: [BOUNCE, COMPLAINT]",
        ),
        (
            "PUT",
            "/v2/email/account/vdm",
            {"VdmAttributes": {"VdmEnabled": "X"}},
            "vdmAttributes.vdmEnabled",
            "must satisfy enum value set: [ENABLED, DISABLED]",
        ),
        (
            "POST",
            "/v2/email/tenants/list",
            {"Filter": {"X": "a"}},
            "filter",
            "must satisfy enum value set: [TENANT_NAME_CONTAINS, SENDING_STATUS]",
        ),
        (
            "POST",
            "/v2/email/vdm/recommendations",
            {"Filter": {"TYPE": ""}},
            "filter.TYPE",
            "must have length greater than or equal to 1",
        ),
        (
            "POST",
            "/v2/email/list-export-jobs",
            {"PageSize": -1},
            "pageSize",
            "must have value greater than or equal to 1",
        ),
        (
            "PUT",
            "/v2/email/configuration-sets/a/delivery-options",
            {"MaxDeliverySeconds": 1},
            "maxDeliverySeconds",
            "must have value greater than or equal to 300",
        ),
        (
            "PUT",
            "/v2/email/configuration-sets/a/archiving-options",
            {"ArchiveArn": "arn:nothing-of-the-kind"},
            "archiveArn",
            f"must satisfy regular expression pattern: {ARCHIVE}",
        ),
        (
            "POST",
            "/v2/email/outbound-emails",
            {"Content": {}},
            "content",
            "must have exactly one of simple, raw and template, has none",
        ),
    ],
)
def test_constraints_are_worded_as_ses_words_them(
    method: str, path: str, body: dict[str, Any], member: str, words: str
) -> None:
    with FakeSES() as fake:
        status, response = wire(fake, method, path, body)
    assert status == 400
    problem = f"Value at '{member}' failed to satisfy constraint: Member {words}"
    assert response["message"] == f"1 validation error detected: {problem}"


def test_the_first_ten_constraints_are_in_the_message() -> None:
    tags = [{"Key": "", "Value": ""} for _ in range(12)]
    with FakeSES() as fake:
        _, response = wire(fake, "POST", "/v2/email/tags", {"ResourceArn": "a", "Tags": tags})
    assert response["message"].startswith("12 validation errors detected: ")
    assert response["message"].count("Value at") == 10


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("PageSize=x", "expected a number"),
        ("PageSize=1e3", "expected a number"),
        ("PageSize=" + "9" * 30, "expected a number"),
        ("StartDate=yesterday", "expected a time of ISO 8601"),
    ],
)
def test_a_query_that_can_not_be_read(query: str, problem: str) -> None:
    with FakeSES() as fake:
        status, response = wire(fake, "GET", "/v2/email/suppression/addresses", query=query)
    assert status == 400
    assert problem in response["message"]


@pytest.mark.parametrize("body", [b"{", b"[]", b'{"TemplateName": 5}', b"\xff", b'{"TemplateContent": {"Text": []}}'])
def test_a_body_that_can_not_be_read(body: bytes) -> None:
    with FakeSES() as fake:
        response = fake.answer("POST", "/v2/email/templates", body=body)
    assert response.status == 400
    assert response.headers["x-amzn-errortype"] == "BadRequestException"


def test_what_a_query_has_is_read_by_its_type(fake_of: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = fake_of
    for name, reason in (("a", "BOUNCE"), ("b", "COMPLAINT")):
        ses.put_suppressed_destination(email_address=f"{name}@example.net", reason=reason)
    path = "/v2/email/suppression/addresses"
    for query, count in (
        ("Reason=BOUNCE&Reason=COMPLAINT", 2),
        ("Reason=COMPLAINT", 1),
        ("StartDate=2999-01-01T00%3A00%3A00Z", 0),
        ("EndDate=2999-01-01T00:00:00%2B00:00&PageSize=1&Unknown=1", 1),
    ):
        status, body = wire(fake, "GET", path, query=query)
        assert status == 200
        assert len(body["SuppressedDestinationSummaries"]) == count


@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("/v2/email/identities", "EmailIdentities"),
        ("/v2/email/configuration-sets", "ConfigurationSets"),
        ("/v2/email/import-jobs", "ImportJobs"),
        ("/v2/email/contact-lists/readers/contacts", "Contacts"),
    ],
)
def test_older_sdks_list_by_get(fake_of: tuple[FakeSES, SESv2Client], path: str, member: str) -> None:
    fake, ses = fake_of
    ses.create_contact_list(contact_list_name="readers")
    for number in range(3):
        ses.create_email_identity(email_identity=f"{number}@example.net")
        ses.create_configuration_set(configuration_set_name=str(number))
        ses.create_contact(contact_list_name="readers", email_address=f"{number}@example.net")
        ses.create_import_job(
            import_destination=models.ImportDestination(
                suppression_list_destination=models.SuppressionListDestination(suppression_list_import_action="PUT")
            ),
            import_data_source=models.ImportDataSource(s3_url="s3://bucket/rows", data_format="CSV"),
        )
    status, first = wire(fake, "GET", path, query="PageSize=2")
    assert (status, len(first[member])) == (200, 2)
    status, rest = wire(fake, "GET", path, query="NextToken=" + quote(first["NextToken"]))
    assert status == 200
    assert rest[member]
    assert [one for one in rest[member] if one in first[member]] == []
    assert wire(fake, "GET", path, query="PageSize=1001")[0] == 400


def test_older_sdks_change_keys_of_dkim_at_another_path(fake_of: tuple[FakeSES, SESv2Client]) -> None:
    fake, _ = fake_of
    path = "/v1/email/identities/example.com/dkim/signing"
    status, body = wire(fake, "PUT", path, {"SigningAttributesOrigin": "AWS_SES"})
    assert (status, body["DkimStatus"], len(body["DkimTokens"])) == (200, "SUCCESS", 3)


def test_older_sdks_have_filters_in_the_body(fake_of: tuple[FakeSES, SESv2Client]) -> None:
    fake, ses = fake_of
    ses.create_contact_list(contact_list_name="readers")
    ses.create_contact(contact_list_name="readers", email_address="ann@example.net", unsubscribe_all=True)
    path = "/v2/email/contact-lists/readers/contacts"
    for status, count in (("OPT_IN", 0), ("OPT_OUT", 1)):
        _, body = wire(fake, "GET", path, {"Filter": {"FilteredStatus": status}})
        assert len(body["Contacts"]) == count


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v2/email/identities/"),
        ("PATCH", "/v2/email/identities/example.com"),
        ("GET", "/v2/email/contact-lists//contacts/a"),
        ("GET", "/v2/email/nonsense/a"),
        ("POST", "/v2/email/identities/a/b/c/d/e/f"),
    ],
)
def test_a_path_of_no_operation(method: str, path: str) -> None:
    with FakeSES() as fake:
        response = fake.answer(method, path)
    assert (response.status, response.headers["x-amzn-errortype"]) == (404, "UnknownOperationException")


@pytest.mark.parametrize("name", ["a/b", "é", "a%2Fb", "a b+c", "?"])
def test_a_name_travels_in_a_path(fake_of: tuple[FakeSES, SESv2Client], name: str) -> None:
    fake, ses = fake_of
    ses.create_email_template(template_name=name, template_content=CONTENT)
    status, body = wire(fake, "GET", "/v2/email/templates/" + quote(name, safe=""))
    assert (status, body["TemplateName"]) == (200, name)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("MessageRejected", 400),
        ("NotFoundException", 404),
        ("TooManyRequestsException", 429),
        ("ConflictException", 409),
    ],
)
def test_an_error_has_its_status_and_the_id_of_the_request(code: str, status: int) -> None:
    with FakeSES() as fake:
        fake.faults.on("GetAccount").error(code, "No.")
        response = fake.answer("GET", "/v2/email/account")
    assert (response.status, response.headers["x-amzn-errortype"]) == (status, code)
    assert len(response.headers["x-amzn-requestid"]) == 36
    assert response.body == b'{"message": "No."}'


def test_something_in_front_of_the_service_responds_without_its_signs() -> None:
    with FakeSES() as fake:
        fake.faults.on("GetAccount").status(503)
        response = fake.answer("GET", "/v2/email/account")
    assert response.status == 503
    assert not [name for name in response.headers if name.startswith("x-amzn")]


def test_an_operation_that_is_not_modelled_raises_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sesv2kit.testing._service.service.find_handler", lambda _: None)
    with FakeSES() as fake:
        status, body = wire(fake, "GET", "/v2/email/account")
    assert (status, body) == (501, {"message": "GetAccount is not modelled by this fake of SES."})


def test_members_that_the_service_does_not_know_are_ignored() -> None:
    content = models.EmailTemplateContent(subject="Hello", extra_members={"Invented": {"a": 1}})
    with FakeSES() as fake, fake.client() as ses:
        ses.create_email_template(
            template_name="welcome", template_content=content, options={"extra_members": {"Later": True}}
        )
        found = ses.get_email_template(template_name="welcome").template_content
    assert found == models.EmailTemplateContent(subject="Hello")
