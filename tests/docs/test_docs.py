"""The documentation is true: its code runs, and prints what the page shows.

The ```python blocks of a page are run in their order, in one namespace, against an SES endpoint that the
environment names, with any credentials. A ```text block that follows one directly is its output; `...` in it
matches anything. A block without one prints nothing. A page that holds tests is run by pytest. Files that
a page includes have tests of their own.
"""

import contextlib
import doctest
import io
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from inspect import signature
from itertools import zip_longest
from pathlib import Path

import pytest
from botocore.client import BaseClient
from django.conf import settings as django_settings
from django.utils.functional import empty
from moto.server import ThreadedMotoServer
from support.pages import DOCS, PAGES, Block, blocks_of, code_of, has_tests, name_of

from sesv2kit import SESv2Client, errors
from sesv2kit.testing import FakeSES

_NOT_RUN = {"console", "text", "ini", "sh", "toml", "yaml", "{toctree}", "{eval-rst}", "{literalinclude}"}

WIDTH = 88
"""How many characters of code a page shows without a scroll bar."""

# The endpoint ------------------------------------------------------------------------------------


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """A fake SES as `sesv2kit local` begins: the pages run there as they are."""
    with FakeSES(region="eu-west-1", verified=["example.com"]) as fake:
        yield fake


@pytest.fixture
def front(fake: FakeSES) -> Iterator[str]:
    """The endpoint that the pages use; yields its URL."""
    with fake.serve() as url:
        yield url


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """A moto server; yields its URL."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the code of the pages reach this machine directly, whatever proxy the environment names."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def aws(front: str, moto: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Name an empty endpoint, a region and credentials in the environment, as a user does. SNS, SQS and STS are moto's.

    The folder is an empty one, as pages write files.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SESV2", front)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", moto)
    monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", moto)
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", moto)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "any-access-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "any-secret-key")


# The pages ---------------------------------------------------------------------------------------


@pytest.fixture
def namespace() -> Iterator[dict[str, object]]:
    """The names of a page; closes the clients and databases that it leaves open, as the end of a program does."""
    names: dict[str, object] = {"__name__": "page"}
    configured, django_settings._wrapped = django_settings._wrapped, empty  # other tests may have configured Django
    yield names
    for left_open in names.values():
        if isinstance(left_open, SESv2Client | BaseClient | sqlite3.Connection):
            left_open.close()
    django_settings._wrapped = configured


def run(page: Path, block: Block, namespace: dict[str, object]) -> str:
    """Run a block as if the page were a module, and return what it prints."""
    printed = io.StringIO()
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
    with contextlib.redirect_stdout(printed):
        exec(code, namespace)
    return printed.getvalue()


def matches(printed: str, expected: str) -> bool:
    """Return whether a text is the one on a page; `...` matches anything."""
    return doctest.OutputChecker().check_output(expected, printed, doctest.ELLIPSIS)


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("page", [page for page in PAGES if not has_tests(page)], ids=name_of)
def test_the_code_of_a_page_runs_and_prints_what_the_page_shows(page: Path, namespace: dict[str, object]) -> None:
    blocks = blocks_of(page)
    for block, following in zip_longest(blocks, blocks[1:]):
        if block.kind == "python":
            printed = run(page, block, namespace)
            shows = following is not None and (following.kind, following.follows) == ("text", "python")
            expected = following.text if following and shows else ""
            assert matches(printed, expected), f"{page}:{block.line}: the code prints something else:\n{printed}"


@pytest.mark.parametrize("page", [page for page in PAGES if has_tests(page)], ids=name_of)
def test_the_tests_of_a_page_pass(page: Path, tmp_path: Path) -> None:
    (tmp_path / "test_page.py").write_text(code_of(page), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_page.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_code_escapes_these_tests_by_the_name_of_its_language(page: Path) -> None:
    fences = re.findall(r"^\s*```(\S+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(fences) <= {"python"} | _NOT_RUN
    assert fences.count("python") == [block.kind for block in blocks_of(page)].count("python")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_code_fits_the_column_of_the_site(page: Path) -> None:
    wide = [
        f"{page}:{block.line + number}: {line}"
        for block in blocks_of(page)
        if not block.kind.startswith("{")
        for number, line in enumerate(block.text.splitlines())
        if len(line) > WIDTH
    ]
    assert not wide, "\n".join(wide)


def test_example_files_fit_it_too() -> None:
    wide = [
        f"{path}:{number}"
        for path in (DOCS / "examples").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > WIDTH
    ]
    assert not wide


def test_the_table_of_settings_has_every_argument_of_the_clients() -> None:
    table = (DOCS / "configuration.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `(\w+)`", table, re.MULTILINE)
    assert named == list(signature(SESv2Client).parameters)


def test_the_tree_of_errors_is_that_of_the_package() -> None:
    tree = next(block.text for block in blocks_of(DOCS / "errors.md") if block.kind == "text")
    above: dict[int, type[BaseException]] = {}
    for indent, name in re.findall(r"^( *)(\w+)", tree, re.MULTILINE):
        shown: type[BaseException] = getattr(errors, name)
        assert not indent or shown.__base__ is above[len(indent) - 2]
        above[len(indent)] = shown
    stems = [name for name in errors.__all__ if name not in errors.BY_CODE and name != "Problem"]
    assert sorted(re.findall(r"^ *(\w+)", tree, re.MULTILINE)) == sorted(stems)
