"""What a mailing tells: outcomes, a report, a progress bar, files."""

import csv
import io
import json
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from support.bulk import Send, entries, entry
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import errors
from sesv2kit.bulk import Outcome, OutcomeFile, Report, tqdm_bar


def outcome(index: int, **facts: Any) -> Outcome:
    """Return an outcome, of a mail that was sent unless something else is said."""
    return Outcome(**{"index": index, "key": None, "entry": entry(index), "state": "sent", "message_id": "id", **facts})


REJECTED = errors.MessageRejected('a virus, "found"\nin it', code="MESSAGE_REJECTED", operation="SendBulkEmail")
OUTCOMES = [
    outcome(0, key="=1+1", attempts=1),
    outcome(1, state="failed", message_id=None, error=REJECTED, attempts=2),
    outcome(3, key="\ud800"),
    outcome(2, state="unknown", message_id=None, error=errors.AmbiguousSendError("who knows"), resumed=True),
]


def write(path: Path) -> str:
    """Write the outcomes into a file, and return what stands in it."""
    with OutcomeFile(path) as told:
        for one in OUTCOMES:
            told.write(one)
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def test_a_csv_file_has_a_line_for_every_outcome(tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(write(tmp_path / "told.csv"), newline="")))
    assert [row["index"] for row in rows] == ["0", "1", "3", "2"]
    assert rows[0] == {
        "index": "0",
        "key": "=1+1",
        "state": "sent",
        "message_id": "id",
        "code": "",
        "error": "",
        "attempts": "1",
        "resumed": "False",
    }
    assert (rows[1]["code"], rows[1]["error"]) == ("MESSAGE_REJECTED", str(REJECTED))
    assert (rows[3]["code"], rows[3]["resumed"]) == ("AmbiguousSendError", "True")


def test_a_file_of_json_lines_has_a_line_for_every_outcome(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in write(tmp_path / "told.jsonl").splitlines()]
    assert lines[0] == {
        "index": 0,
        "key": "=1+1",
        "state": "sent",
        "message_id": "id",
        "code": None,
        "error": None,
        "attempts": 1,
        "resumed": False,
    }
    assert (lines[1]["code"], lines[1]["error"], lines[1]["message_id"]) == ("MESSAGE_REJECTED", str(REJECTED), None)


def test_addresses_are_not_written_into_files(tmp_path: Path) -> None:
    assert "example.net" not in write(tmp_path / "told.csv") + write(tmp_path / "told.jsonl")


def test_a_file_of_another_kind_is_refused_before_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"\.csv or \.jsonl"):
        OutcomeFile(tmp_path / "told.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_outcomes_and_reports_can_be_pickled() -> None:
    for one in OUTCOMES:
        twin = pickle.loads(pickle.dumps(one))
        assert (twin.index, twin.entry, twin.state, str(twin.error)) == (
            one.index,
            one.entry,
            one.state,
            str(one.error),
        )
    report = Report(sent=2, codes=Report().codes, stopped=REJECTED)
    assert pickle.loads(pickle.dumps(report)).sent == 2


def test_the_rate_leaves_out_what_earlier_runs_have_sent() -> None:
    report = Report(sent=110, failed=10, resumed=20, seconds=50.0)
    assert (report.settled, report.rate) == (120, 2.0)
    assert Report().rate == 0.0


@pytest.mark.anyio
async def test_a_bar_moves_with_the_mailing_and_is_closed_at_its_end(server: BulkServer, send: Send) -> None:
    server.decide = lambda _addresses: Behaviour(("MESSAGE_REJECTED",))
    drawn = io.StringIO()
    mailing = await send(entries(120), on_progress=tqdm_bar(total=120, file=drawn, mininterval=0, desc="news"))
    assert mailing.error is None
    last = drawn.getvalue().replace("\n", "\r").rstrip("\r").split("\r")[-1]
    assert last.startswith("news: 100%")
    assert "120/120" in last
    assert "failed=3" in last


def test_without_the_extra_the_bar_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(errors.ConfigurationError, match=r"sesv2kit\[progress\]"):
        tqdm_bar()
