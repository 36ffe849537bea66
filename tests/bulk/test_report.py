"""What a mailing reports: outcomes, numbers, a progress bar."""

import io
import pickle
import sys

import pytest
from support.bulk import OUTCOMES, REJECTED, Send, entries
from support.bulk_server import Behaviour, BulkServer

from sesv2kit import errors
from sesv2kit.bulk import Report, tqdm_bar


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


def test_the_time_left_is_that_of_the_rest_at_the_rate_so_far() -> None:
    assert Report(sent=110, failed=10, resumed=20, seconds=50.0, total=320).seconds_left == 100.0
    assert Report(sent=110, seconds=50.0).seconds_left is None
    assert Report(total=7).seconds_left is None
    assert Report(sent=7, total=7, seconds=1.0, finished=True).seconds_left == 0.0


@pytest.mark.anyio
async def test_the_report_knows_how_many_entries_a_list_has(send: Send) -> None:
    assert (await send(entries(70))).report.total == 70
    assert (await send(iter(entries(70)))).report.total is None


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


def test_without_the_extra_the_bar_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    with pytest.raises(errors.ConfigurationError, match=r"sesv2kit\[progress\]"):
        tqdm_bar()
