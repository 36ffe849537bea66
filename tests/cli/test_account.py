"""`sesv2kit account` and `sesv2kit stats`."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from support.cli import Shell

from sesv2kit import errors, models
from sesv2kit.cli.account import described, facts
from sesv2kit.cli.charts import Day, page, svg, terminal_bar, totals
from sesv2kit.cli.stats import by_day, queries

# The account -------------------------------------------------------------------------------------


def test_the_account_for_people_and_for_pipes(shell: Shell) -> None:
    shell.ok("send", "--from", "shop@example.com", "--to", "ann@example.net", "--subject", "Hi", "--text", "Hi")
    lines = dict(line.split("  ", 1) for line in shell.ok("account").splitlines())
    assert lines["Region"].strip() == "eu-west-1"
    assert lines["Sent"].strip() == "1 in the last 24 hours"
    assert lines["Sandbox"].strip() == "no"
    found = json.loads(shell.ok("account", "--json"))
    assert found["sent_last_24_hours"] == 1
    assert (found["sandbox"], found["reputation"]) == (False, "HEALTHY")


def test_an_account_in_the_sandbox_under_review() -> None:
    account = models.GetAccountResponse(
        production_access_enabled=False,
        sending_enabled=False,
        enforcement_status="PROBATION",
        send_quota=models.SendQuota(max24_hour_send=200.0, max_send_rate=1.0, sent_last24_hours=60.0),
        details=models.AccountDetails(review_details=models.ReviewDetails(status="PENDING")),
    )
    shown = described(facts(account, "eu-west-1"))
    assert shown["Sandbox"] == "yes: mail goes to verified addresses and domains alone"
    assert shown["Sending"] == "off: paused, or disabled by AWS"
    assert (shown["Quota"], shown["Left"], shown["Rate"]) == (
        "200 recipients a day",
        "140",
        "1 recipients a second",
    )
    assert (shown["Reputation"], shown["Review"], shown["Suppression"]) == ("PROBATION", "PENDING", "off")


def test_an_account_of_which_nothing_is_known_but_its_quota() -> None:
    unlimited = models.GetAccountResponse(send_quota=models.SendQuota(max24_hour_send=-1.0))
    shown = described(facts(unlimited, None))
    assert (shown["Quota"], shown["Left"], shown["Sandbox"], shown["Rate"]) == ("no limit", None, None, None)
    assert described(facts(models.GetAccountResponse(), None))["Quota"] is None


# Statistics --------------------------------------------------------------------------------------

DAYS = (
    Day(date=date(2026, 1, 1), sent=100, delivered=60, hard_bounces=10, soft_bounces=10, complaints=1),
    Day(date=date(2026, 1, 2)),
)


@pytest.fixture
def sent(shell: Shell) -> Shell:
    """Ten mails, of which six were delivered, two bounced and one met a complaint."""
    for number in range(10):
        to = f"r{number}@example.net"
        shell.ok("send", "--from", "shop@example.com", "--to", to, "--subject", "Hi", "--text", "Hi")
    mails = list(shell.fake.outbox)
    for mail in mails[:6]:
        shell.fake.deliver(mail)
    shell.fake.bounce(mails[6])
    shell.fake.bounce(mails[7], "MailboxFull")
    shell.fake.complain(mails[0])
    return shell


def test_the_last_days_as_a_chart_as_json_and_as_a_page(sent: Shell, tmp_path: Path) -> None:
    out = sent.ok("stats", "--days", "3", "--identity", "example.com")
    today = datetime.now(UTC).date().isoformat()
    assert len([line for line in out.splitlines() if line.startswith("20")]) == 3
    (last,) = (line.split() for line in out.splitlines() if line.startswith(today))
    assert last[1:6] == ["10", "6", "1", "1", "1"]
    assert last[6] == "█" * 18 + "▒" * 6 + "░" * 6
    assert "Of 10 sent: 60.00% delivered, 20.00% bounced, 10.00% complained" in out

    days = [json.loads(line) for line in sent.ok("stats", "--days", "2", "--json").splitlines()]
    assert days[-1] == {
        "date": today,
        "sent": 10,
        "delivered": 6,
        "hard_bounces": 1,
        "soft_bounces": 1,
        "complaints": 1,
    }

    assert sent("stats", "--html", "stats.html").out == ""
    assert "<svg" in (tmp_path / "stats.html").read_text(encoding="utf-8")


def test_another_identity_has_sent_nothing(sent: Shell) -> None:
    out = sent.ok("stats", "--identity", "example.org", "--days", "1", "--json")
    assert json.loads(out)["sent"] == 0


def test_the_queries_are_for_whole_days_in_utc() -> None:
    wanted = queries(datetime(2026, 3, 1, 15, 30, tzinfo=UTC), 2, {"ISP": "x"})
    assert {(query.start_date, query.end_date) for query in wanted} == {
        (datetime(2026, 2, 28, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC))
    }
    assert all(query.dimensions == {"ISP": "x"} for query in wanted)


def test_results_of_other_days_and_of_unknown_length_are_left_out() -> None:
    moments = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 9)]
    result = models.MetricDataResult(id="sent", timestamps=moments, values=[5, 6, 7])
    found = by_day(date(2026, 1, 1), 2, [result, models.MetricDataResult(id=None, timestamps=moments, values=[9])])
    assert [day.sent for day in found] == [5, 6]


def test_a_query_that_failed_is_an_error(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = models.MetricDataError(id="sent", code="ACCESS_DENIED", message="VDM is off")
    response = models.BatchGetMetricDataResponse(results=[], errors=[failed])
    monkeypatch.setattr("sesv2kit.client._sync.SESv2Client.batch_get_metric_data", lambda *_, **__: response)
    done = shell("stats")
    assert done.code == 1
    assert "ACCESS_DENIED: VDM is off" in done.err
    assert issubclass(errors.APIError, errors.SESv2Error)


def test_the_page_loads_nothing_else_and_has_every_number() -> None:
    html = page(DAYS, "Mail <of> January")
    assert "<h1>Mail &lt;of&gt; January</h1>" in html
    assert "<td>2026-01-01</td><td>100</td><td>60</td><td>10</td><td>10</td><td>1</td>" in html
    assert "60.00% delivered, 20.00% bounced, 1.00% complained" in html
    assert "<script" not in html
    assert html.count("http") == 1  # the namespace of SVG


def test_the_bars_have_the_heights_of_their_numbers() -> None:
    drawn = svg(DAYS)
    heights = [part.split('height="')[1].split('"')[0] for part in drawn.split("<rect class=")[1:]]
    assert heights == ["144.0", "48.0", "48.0"]  # 60, 20 and 20 of 100


def test_a_chart_of_many_days_labels_some_of_them_and_draws_all() -> None:
    drawn = svg([Day(date=date(2026, 1, number), sent=1, delivered=1) for number in range(1, 31)])
    assert drawn.count("<rect class=") == 30
    assert re.findall(r">(\d\d-\d\d)</text>", drawn) == [f"01-{number:02}" for number in range(1, 31, 3)]


def test_bars_never_exceed_their_width_and_empty_days_have_none() -> None:
    more_delivered_than_sent = Day(date=date(2026, 1, 1), sent=1, delivered=90)
    assert terminal_bar(more_delivered_than_sent, 1) == "█" * 30
    assert terminal_bar(DAYS[1], 100) == ""
    assert totals(DAYS[1:]).share(0) == "-"
