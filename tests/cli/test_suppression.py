"""`sesv2kit suppression`."""

import json
from pathlib import Path

import pytest
from support.cli import Shell


def addresses(shell: Shell) -> dict[str, str]:
    """Return what is on the list, with the reasons."""
    with shell.fake.client() as ses:
        return {str(one.email_address): str(one.reason) for one in ses.iter_suppressed_destinations()}


def test_add_list_and_remove(shell: Shell) -> None:
    assert shell.ok("suppression", "add", "a@example.net", "b@example.net") == "2 addresses added\n"
    shell.ok("suppression", "add", "c@example.net", "--reason", "COMPLAINT")  # as the service writes it
    table = [line.split() for line in shell.ok("suppression", "list").splitlines()]
    assert sorted(row[:2] for row in table[1:]) == [
        ["a@example.net", "BOUNCE"],
        ["b@example.net", "BOUNCE"],
        ["c@example.net", "COMPLAINT"],
    ]
    (line,) = shell.ok("suppression", "list", "--reason", "complaint", "--json").splitlines()
    assert json.loads(line)["email"] == "c@example.net"
    assert shell.ok("suppression", "remove", "a@example.net") == "1 address removed\n"
    assert set(addresses(shell)) == {"b@example.net", "c@example.net"}


def test_an_address_that_is_not_there_is_named(shell: Shell) -> None:
    shell.ok("suppression", "add", "a@example.net")
    done = shell("suppression", "remove", "absent@example.net", "a@example.net", "--json")
    assert (done.code, json.loads(done.out)) == (1, {"removed": 1})
    assert done.err == "sesv2kit: absent@example.net is not on the list\n"
    assert not addresses(shell)


def test_what_export_writes_import_reads(shell: Shell) -> None:
    shell.ok("suppression", "add", "a@example.net", "b@example.net")
    shell.ok("suppression", "add", "c@example.net", "--reason", "complaint")
    before = addresses(shell)
    assert shell.ok("suppression", "export", "list.csv") == "3 addresses exported\n"
    assert shell.ok("suppression", "export", "-") == Path("list.csv").read_text()
    shell.ok("suppression", "remove", *before)
    shell.ok("suppression", "import", "list.csv")
    assert addresses(shell) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a@example.net\n\nb@example.net\n", {"a@example.net": "BOUNCE", "b@example.net": "BOUNCE"}),
        ("name,Email\nAnn,a@example.net\n", {"a@example.net": "BOUNCE"}),
        (
            "email,reason\na@example.net,complaint\nb@example.net\n",
            {"a@example.net": "COMPLAINT", "b@example.net": "BOUNCE"},
        ),
        ("", {}),
    ],
)
def test_files_in_other_forms(shell: Shell, text: str, expected: dict[str, str]) -> None:
    Path("list.csv").write_text(text)
    shell.ok("suppression", "import", "list.csv")
    assert addresses(shell) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("email\na@example.net\nnonsense\n", "line 3 has no address"),
        ("email,reason\na@example.net,spam\n", "line 2 has the reason 'SPAM'"),
        ("name,phone\nAnn,1\n", "the file has no column email; its columns are name, phone"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_added(shell: Shell, text: str, message: str) -> None:
    Path("list.csv").write_text(text)
    done = shell("suppression", "import", "list.csv")
    assert (done.code, message in done.err) == (2, True)
    assert not addresses(shell)


def test_an_import_that_fails_in_the_middle_reports_how_far_it_came(shell: Shell) -> None:
    Path("list.csv").write_text("a@example.net\nb@example.net\n")
    shell.fake.faults.on("PutSuppressedDestination").error("AccessDeniedException", "no")
    done = shell("suppression", "import", "list.csv")
    assert done.code == 3
    assert "0 of 2 addresses were added; the same command adds the rest" in done.err
    shell.ok("suppression", "import", "list.csv")
    assert len(addresses(shell)) == 2


def test_an_address_that_the_service_refuses_is_named_and_the_others_are_added(shell: Shell) -> None:
    Path("list.csv").write_text("a@example.net\nno one@example.net\nb@example.net\n")
    done = shell("suppression", "import", "list.csv")
    assert (done.code, done.out) == (1, "2 addresses added\n")
    assert done.err.startswith("sesv2kit: no one@example.net: ")
    assert set(addresses(shell)) == {"a@example.net", "b@example.net"}


@pytest.mark.parametrize(
    "content",
    [
        b"email\n" + b"a" * 200_000 + b"@example.net\n",
        b'email\n"a@example.net\nb@example.net\n',
        b"email\n\xff@example.net\n",
    ],
    ids=["long", "open quote", "latin-1"],
)
def test_a_file_that_can_t_be_read_is_named_and_nothing_is_added(shell: Shell, content: bytes) -> None:
    Path("list.csv").write_bytes(content)
    done = shell("suppression", "import", "list.csv")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("sesv2kit: list.csv can't be read: ")
    assert not addresses(shell)
