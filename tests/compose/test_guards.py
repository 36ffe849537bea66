"""The last checks before a mail is handed over, for what the checks before them should have refused."""

import pytest
from support.compose import ANN, SHOP, problems_of

from sesv2kit import compose, models
from sesv2kit.compose import addresses, mime


def test_a_text_that_can_not_be_encoded_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate pair"):
        addresses.check_text("\ud800")


def test_a_written_message_that_is_not_ascii_is_refused() -> None:
    with pytest.raises(ValueError, match="not ASCII"):
        mime._checked(b"Subject: \xff\r\n\r\n")


def test_a_content_type_that_the_library_gives_up_on_is_refused() -> None:
    assert mime.read_media_type("(" * 5000) is None


def test_a_template_with_a_member_of_the_wrong_type_is_refused_by_its_path() -> None:
    content = models.EmailTemplateContent(subject=5)  # type: ignore[arg-type]
    assert problems_of(compose.template, sender=SHOP, to=ANN, template=content, data={}) == [
        "template.subject: expected a str, got int"
    ]
