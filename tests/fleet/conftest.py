"""A service, and mailings in an SQLite file."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sesv2kit import models
from sesv2kit.testing import FakeSES

if TYPE_CHECKING:
    from sesv2kit.fleet import Mailing

if not find_spec("sqlalchemy"):
    collect_ignore_glob = ["test_*.py"]  # `pip install "sesv2kit[fleet]"`


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """A service with the template of the mailings."""
    with FakeSES(region="eu-west-1") as service:
        content = models.EmailTemplateContent(subject="News", text="There is news.")
        service.client().create_email_template(template_name="news", template_content=content)
        yield service


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The URL of an SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'journal'}"


@pytest.fixture
def make(fake: FakeSES, database: str) -> "Iterator[Callable[..., Mailing]]":
    """Make mailings, each as another process has it."""
    from support.fleet import mailing

    made: list[Mailing] = []

    def make_one(**settings: Any) -> "Mailing":
        made.append(mailing(database, **{"client": fake.client, "batch_size": 100, **settings}))
        return made[-1]

    yield make_one
    for one in made:
        one.close()
