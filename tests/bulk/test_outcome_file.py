"""Files of outcomes: to keep, to carry on, and to try again from."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from support.bulk import OUTCOMES, REJECTED, Send, address, entries, entry, outcome
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import errors, models
from sesv2kit.bulk import BulkItem, OutcomeFile


def write(path: Path, **settings: Any) -> str:
    """Write the outcomes into a file, and return what is in it."""
    with OutcomeFile(path, **settings) as file:
        for one in OUTCOMES:
            file.write(one)
    with path.open(encoding="utf-8", newline="") as written:
        return written.read()


def rows(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_csv_file_has_a_line_for_every_outcome(tmp_path: Path) -> None:
    written = list(csv.DictReader(io.StringIO(write(tmp_path / "outcomes.csv"), newline="")))
    assert [row["index"] for row in written] == ["0", "1", "3", "2"]
    assert written[0] == {
        "index": "0",
        "key": "=1+1",
        "recipient": address(0),
        "state": "sent",
        "message_id": "id",
        "code": "",
        "error": "",
        "attempts": "1",
        "resumed": "False",
    }
    assert (written[1]["code"], written[1]["error"]) == ("MESSAGE_REJECTED", str(REJECTED))
    assert (written[3]["code"], written[3]["resumed"]) == ("AmbiguousSendError", "True")


def test_a_file_of_json_lines_has_a_line_for_every_outcome(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in write(tmp_path / "outcomes.jsonl").splitlines()]
    assert lines[0] == {
        "index": 0,
        "key": "=1+1",
        "recipient": address(0),
        "state": "sent",
        "message_id": "id",
        "code": None,
        "error": None,
        "attempts": 1,
        "resumed": False,
    }
    assert (lines[1]["code"], lines[1]["error"], lines[1]["message_id"]) == ("MESSAGE_REJECTED", str(REJECTED), None)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_addresses_are_left_out_with_recipients_false(suffix: str, tmp_path: Path) -> None:
    assert "example.net" not in write(tmp_path / f"outcomes{suffix}", recipients=False)


def test_an_entry_without_a_proper_destination_has_no_recipient(tmp_path: Path) -> None:
    strange: Any = {"Destination": {}}
    path = tmp_path / "outcomes.csv"
    with OutcomeFile(path) as file:
        file.write(outcome(0, entry=strange))
        file.write(outcome(1, entry=None))
    assert [row["recipient"] for row in rows(path)] == ["", ""]


def test_a_file_of_another_kind_is_refused_before_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"\.csv or \.jsonl"):
        OutcomeFile(tmp_path / "outcomes.xlsx")
    with pytest.raises(errors.ConfigurationError, match=r"\.jsonl"):
        OutcomeFile(tmp_path / "outcomes.csv", entries=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", [3, None, b"outcomes.csv", "\0.csv", "\ud800.csv"], ids=ascii)
def test_what_is_not_a_path_is_refused(path: Any) -> None:
    for act in (OutcomeFile, lambda given: list(OutcomeFile.items(given))):
        with pytest.raises(errors.ConfigurationError, match=r"^path must be the path of a file, got .+$"):
            act(path)


def test_an_entry_of_a_wrong_type_has_a_line_and_is_not_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    wrong: Any = 3
    destinations = [wrong, *(models.Destination(to_addresses=given) for given in (wrong, [wrong], address(5)))]
    failed = [wrong, object(), *(models.BulkEmailEntry(destination=given) for given in destinations), entry(6)]
    with OutcomeFile(path, entries=True) as file:
        for index, one in enumerate(failed):
            file.write(outcome(index, entry=one, state="failed", message_id=None, error=REJECTED))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [(line["index"], line["recipient"]) for line in lines] == [*((i, None) for i in range(6)), (6, address(6))]
    assert [item.entry for item in OutcomeFile.items(path)] == [entry(6)]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_appending_writes_what_is_not_in_the_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"outcomes{suffix}"
    before = write(path)
    assert write(path, append=True) == before
    with OutcomeFile(path, append=True) as file:
        file.write(attrs.evolve(OUTCOMES[1], state="sent", error=None))  # it was sent again
        file.write(outcome(4))
    after = path.read_text("utf-8")
    assert after.startswith(before.replace("\r\n", "\n"))
    assert len(after.removeprefix(before.replace("\r\n", "\n")).splitlines()) == 2


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_a_line_that_a_crash_has_cut_off_is_removed_before_others_are_appended(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"outcomes{suffix}"
    write(path)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        write(path, append=True)
        if suffix == ".csv":
            assert {row["index"]: row["state"] for row in rows(path)} == {
                "0": "sent",
                "1": "failed",
                "3": "sent",
                "2": "unknown",
            }
        assert path.read_bytes() == whole


def test_what_failed_can_be_tried_again_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    write(path, entries=True)
    assert list(OutcomeFile.items(path)) == [BulkItem(entry(1))]
    assert list(OutcomeFile.items(path, states=("failed", "unknown"))) == [BulkItem(entry(1)), BulkItem(entry(2))]
    with OutcomeFile(path, append=True, entries=True) as file:
        file.write(attrs.evolve(OUTCOMES[1], state="sent", error=None))
    assert list(OutcomeFile.items(path)) == []


@pytest.mark.anyio
async def test_a_mailing_is_tried_again_from_its_file(server: BulkServer, send: Send, tmp_path: Path) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",) * 3)
    path = tmp_path / "outcomes.jsonl"
    with OutcomeFile(path, entries=True) as file:
        for one in (await send(BulkItem(one, key=str(place)) for place, one in enumerate(entries(60)))).outcomes:
            file.write(one)
    server.decide = lambda _addresses: Behaviour()
    again = await send(OutcomeFile.items(path))
    assert [one.state for one in again.outcomes] == ["sent"] * len(again.outcomes)
    assert server.taken == dict.fromkeys(map(address, range(60)), 1)


def test_a_last_line_that_a_crash_has_cut_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    with OutcomeFile(path, entries=True) as file:
        file.write(outcome(0, state="failed"))
    with path.open("a") as appended:
        appended.write('{"index": 1, "ke')
    assert list(OutcomeFile.items(path)) == [BulkItem(entry(0))]


@pytest.mark.parametrize("line", ["index,key,state", '{"type": "Bounce"}', "[]", '"failed"'])
def test_a_file_of_something_else_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "outcomes.jsonl"
    path.write_text(f'{{"index": 0, "key": null, "state": "sent"}}\n{line}\n')
    with pytest.raises(errors.ConfigurationError, match=r"line 2 of .* is not one of a file of outcomes with entries"):
        list(OutcomeFile.items(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("readers.csv", b"email,name\nann@example.net,Ann\n"),
        ("readers.csv", b"index,email\n1,ann@example.net\n"),
        ("readers.csv", b"\n"),
        ("readers.csv", b"\xff\n"),
        ("readers.jsonl", b'{"email": "ann@example.net"}\n'),
        ("readers.jsonl", b"[]\n"),
        ("readers.jsonl", b"nonsense\n"),
        ("readers.jsonl", b"[" * 100_000 + b"\n"),
    ],
)
def test_outcomes_are_not_added_to_a_file_of_something_else(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(errors.ConfigurationError, match="is not a file of outcomes, so nothing is added to it"):
        OutcomeFile(path, append=True)
    assert path.read_bytes() == content
