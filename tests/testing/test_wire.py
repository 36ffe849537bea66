"""Requests reach the fake service as the wire has them, and its responses are the service's."""

import pytest

from sesv2kit import errors, models
from sesv2kit.testing import FakeSES

CONTENT = models.EmailTemplateContent(subject="Hello", text="Hi {{name}}")


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
