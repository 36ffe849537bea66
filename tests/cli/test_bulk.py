"""`sesv2kit bulk`."""

import csv
import io
import json
import signal
from pathlib import Path

import pytest
from rich.console import Console
from support.cli import Shell

from sesv2kit import models
from sesv2kit.bulk import OutcomeFile, Report
from sesv2kit.cli import mailing, progress
from sesv2kit.cli.dry_run import SAMPLE
from sesv2kit.cli.rendering import row_check

NEWS = models.EmailTemplateContent(subject="News for {{name}}", text="Dear {{name}}, there is {{what}}.")
BULK = ("bulk", "news", "readers.csv", "--from", "shop@example.com", "--rate", "100000")


@pytest.fixture(autouse=True)
def template(shell: Shell) -> None:
    """Store the template `news`."""
    with shell.fake.client() as ses:
        ses.create_email_template(template_name="news", template_content=NEWS)


def write(name: str, text: str) -> Path:
    """Write a file into the current folder."""
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def test_every_row_gets_its_mail(shell: Shell) -> None:
    write("readers.csv", "name,email\nAnn,ann@example.net\nBen,Ben <ben@example.net>\n\nZoë,zoë@bücher.example\n")
    # A part before the @ that is not ASCII can't be sent to.
    done = shell(*BULK, "--var", "what=news", "--tag", "kind=news", "--reply-to", "help@example.com")
    assert done.code == 5
    assert "sent             2" in done.out
    assert "line 5: failed: to[0]: " in done.out or "line 5: failed: to: " in done.out
    assert [mail.subject for mail in shell.fake.outbox] == ["News for Ann", "News for Ben"]
    assert shell.fake.outbox[0].text == "Dear Ann, there is news."
    assert shell.fake.outbox[0].tags == {"kind": "news"}
    assert shell.fake.outbox[0].reply_to == ["help@example.com"]


def test_lines_of_json_have_nested_data_and_a_broken_line_fails_alone(shell: Shell) -> None:
    with shell.fake.client() as ses:
        content = models.EmailTemplateContent(subject="{{user.name}}", text="{{#each items}}{{this}} {{/each}}")
        ses.create_email_template(template_name="cart", template_content=content)
    lines = [
        {"email": "ann@example.net", "user": {"name": "Ann"}, "items": ["tea", "milk"]},
        ["not", "an", "object"],
        {"user": {"name": "Nobody"}},
        {"email": "ben@example.net", "user": {"name": "Ben"}, "items": []},
    ]
    write("carts.jsonl", "".join(json.dumps(line) + "\n" for line in lines) + '{"email": \n')
    done = shell("bulk", "cart", "carts.jsonl", "--from", "shop@example.com", "--outcomes", "outcomes.csv", "--json")
    assert done.code == 5
    summary = json.loads(done.out)
    assert (summary["rows"], summary["sent"], summary["failed"], summary["unknown"]) == (5, 2, 3, 0)
    assert [(mail.subject, mail.text) for mail in shell.fake.outbox] == [("Ann", "tea milk "), ("Ben", "")]
    rows = {int(row["index"]): row for row in csv.DictReader(io.StringIO(Path("outcomes.csv").read_text()))}
    assert [rows[index]["state"] for index in range(5)] == ["sent", "failed", "failed", "sent", "failed"]
    assert "is not a JSON object" in rows[1]["error"]
    assert "email: has no address" in rows[2]["error"]
    assert "is not JSON" in rows[4]["error"]
    assert rows[0]["recipient"] == "ann@example.net"


def test_the_same_command_sends_nothing_twice_and_adds_what_is_new(shell: Shell) -> None:
    file = write("readers.csv", "email,name,what\nann@example.net,Ann,tea\n")
    shell.ok(*BULK, "--outcomes", "outcomes.csv")
    assert "1 of them by earlier runs" in shell.ok(*BULK, "--outcomes", "outcomes.csv")
    file.write_text(file.read_text() + "ben@example.net,Ben,milk\n")
    summary = json.loads(shell.ok(*BULK, "--json", "--outcomes", "outcomes.csv"))
    assert (summary["sent"], summary["of_earlier_runs"]) == (2, 1)
    assert [mail.to for mail in shell.fake.outbox] == [["ann@example.net"], ["ben@example.net"]]
    assert Path("readers.csv.journal").exists()
    assert len(Path("outcomes.csv").read_text().splitlines()) == 3


def test_with_keys_rows_may_change_places(shell: Shell) -> None:
    keyed = (*BULK, "--key-column", "id", "--column", "mail", "--var", "what=x", "--journal", "july")
    write("readers.csv", "id,mail,name\n1,ann@example.net,Ann\n2,ben@example.net,Ben\n,dan@example.net,Dan\n")
    done = shell(*keyed)
    assert (done.code, "line 4: failed: id: is empty" in done.out) == (5, True)
    write("readers.csv", "id,mail,name\n3,cleo@example.net,Cleo\n2,ben@example.net,Ben\n1,ann@example.net,Ann\n")
    shell.ok(*keyed)
    assert [mail.to[0][:3] for mail in shell.fake.outbox] == ["ann", "ben", "cle"]


@pytest.mark.parametrize(
    ("name", "text", "first", "second"),
    [
        ("r.csv", "id,email,name\n1,ann@example.net,Ann\n2,ben@example.net,B\n\n1,cleo@example.net,C\n", 2, 5),
        ("r.csv", 'id,name,email\n1,"Ann\nMarie",ann@example.net\n2,B,ben@example.net\n1,C,c@example.net\n', 2, 5),
        (
            "r.jsonl",
            '{"id": 1, "email": "ann@example.net", "name": "A"}\n\n{"id": "1", "email": "c@example.net", "name": "C"}\n'
            '{"id": "2", "email": "ben@example.net", "name": "B"}\n',
            1,
            3,
        ),
    ],
    ids=["csv", "quoted", "jsonl"],
)
def test_a_repeated_key_names_both_lines_as_an_editor_counts_them(
    shell: Shell, name: str, text: str, first: int, second: int
) -> None:
    write(name, text)
    command = ("bulk", "news", name, "--from", "shop@example.com", "--key-column", "id", "--var", "what=x")
    assert f"Problem: line {second}: id: is the key of line {first} as well\n" in shell(*command, "--dry-run").out
    for _ in range(2):
        done = shell(*command)
        assert f"line {second}: failed: id: is the key of line {first} as well\n" in done.out
        assert [mail.to[0][:3] for mail in shell.fake.outbox] == ["ann", "ben"]


def test_rows_that_changed_places_without_keys_stop_the_run(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\nben@example.net,Ben,x\n")
    shell.ok(*BULK)
    write("readers.csv", "email,name,what\nben@example.net,Ben,x\nann@example.net,Ann,x\n")
    done = shell(*BULK)
    assert done.code == 3
    assert "stopped: the entry at line 2 is not the one that an earlier run sent" in done.err
    assert "Nothing is lost. Give the file and the --key-column of the earlier runs, or name another" in done.err
    assert len(shell.fake.outbox) == 2


def test_settings_that_can_not_be_used_do_not_blame_the_journal(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_CA_BUNDLE", "/no/such/bundle.pem")
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    done = shell(*BULK, "--endpoint-url", "https://127.0.0.1:9")
    assert done.code == 3
    assert "/no/such/bundle.pem" in done.err
    assert "When the cause is removed, this command goes on:\n" in done.err
    assert "--journal" not in done.err.partition("this command goes on")[0]


def test_a_key_column_that_earlier_runs_did_not_have_stops_the_run(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.ok(*BULK)
    done = shell(*BULK, "--key-column", "name")
    assert done.code == 3
    assert "Give the file and the --key-column of the earlier runs, or name another --journal.\n" in done.err
    assert len(shell.fake.outbox) == 1


def test_a_message_of_the_service_is_shown_as_it_is(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.fake.faults.on("SendBulkEmail").always().error("BadRequestException", "wrong at index 0")
    assert "  line 2: failed: SendBulkEmail: BadRequestException: wrong at index 0 " in shell(*BULK).out


def test_outcomes_are_not_written_into_the_file_of_recipients(shell: Shell) -> None:
    readers = write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    before = readers.read_text()
    done = shell(*BULK, "--outcomes", "readers.csv")
    assert (done.code, len(shell.fake.outbox)) == (2, 0)
    assert "--outcomes: readers.csv is not a file of outcomes, so nothing is added to it" in done.err
    assert readers.read_text() == before


def test_a_misspelt_template_stops_the_mailing_and_the_corrected_command_sends_it(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    misspelt = ["nwes" if word == "news" else word for word in BULK]
    done = shell(*misspelt)
    assert done.code == 1
    assert "Nothing is lost. When the cause is removed, this command goes on:" in done.err
    assert shell.fake.outbox == []
    shell.ok(*BULK)
    assert len(shell.fake.outbox) > 0


def test_another_mailing_with_the_same_journal_is_refused(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.ok(*BULK)
    done = shell(*BULK, "--var", "what=other")
    assert (done.code, len(shell.fake.outbox)) == (3, 1)
    assert "journal" in done.err


def test_a_reason_that_concerns_every_row_stops_the_mailing_and_the_same_command_goes_on(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.fake.faults.on("SendBulkEmail").error("AccountSuspendedException", "Your account is suspended.")
    done = shell(*BULK)
    assert done.code == 1
    assert "AccountSuspendedException" in done.err
    assert done.err.splitlines()[-1].strip() == "sesv2kit " + " ".join(BULK)
    assert "0 of 1 rows are settled" in done.out
    shell.ok(*BULK)
    assert len(shell.fake.outbox) == 1


def test_unknown_rows_are_reported_and_sent_again_only_on_request(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.fake.faults.on("SendBulkEmail").lose_answer()
    done = shell(*BULK)
    assert (done.code, "unknown          1" in done.out) == (5, True)
    assert "--resend-unknown" in done.out
    assert shell(*BULK).code == 5
    assert len(shell.fake.outbox) == 1
    shell.ok(*BULK, "--resend-unknown")
    assert len(shell.fake.outbox) == 2


def test_failed_rows_are_sent_again_only_on_request(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.fake.faults.on("SendBulkEmail").error("MessageRejected", "no")
    assert shell(*BULK).code == 5
    done = shell(*BULK)
    assert (done.code, "--retry-failed" in done.out) == (5, True)
    shell.ok(*BULK, "--retry-failed")
    assert len(shell.fake.outbox) == 1


def test_a_limit_and_one_mail_to_an_address(shell: Shell) -> None:
    rows = "".join(f"{name}@example.net,{name},x\n" for name in ("ann", "ANN", "ben", "cleo"))
    write("readers.csv", f"email,name,what\n{rows}")
    done = shell(*BULK, "--unique", "--limit", "2")
    assert done.code == 5
    problem = "entry.destination: has a recipient of another entry; this one is at line 3, the other one at line 2"
    assert f"  line 3: failed: {problem}\n" in done.out
    assert [mail.to[0] for mail in shell.fake.outbox] == ["ann@example.net", "ben@example.net"]


# Dry run -----------------------------------------------------------------------------------------


READERS = [
    {"email": "ann@example.net", "name": "Ann", "what": "tea"},
    {"email": "ben@example.net", "name": "Ben"},
    {"email": "cleo@example.net", "what": "tea"},
]
JSON_BULK = ("bulk", "news", "readers.jsonl", "--from", "shop@example.com", "--rate", "100000")


def write_readers(readers: list[dict[str, str]]) -> None:
    """Write a file of recipients in JSON lines."""
    write("readers.jsonl", "".join(json.dumps(reader) + "\n" for reader in readers))


def test_a_row_that_lacks_a_variable_of_the_template_fails_alone_until_it_has_it(shell: Shell) -> None:
    write_readers(READERS)
    done = shell(*JSON_BULK)
    assert done.code == 5
    assert "sent             1\n  failed           2" in done.out
    assert "line 2: failed: template: uses {{what}}, which the row does not have" in done.out
    assert "line 3: failed: template: uses {{name}}, which the row does not have" in done.out
    write_readers(
        [reader | {"name": "Reader", "what": "tea"} if reader != READERS[0] else reader for reader in READERS]
    )
    assert "3 of 3 rows are settled, 1 of them by earlier runs" in shell.ok(*JSON_BULK)
    assert [mail.to for mail in shell.fake.outbox] == [[reader["email"]] for reader in READERS]


def test_data_of_all_rows_counts_for_the_variables_of_the_template(shell: Shell) -> None:
    write_readers(READERS)
    shell.ok(*JSON_BULK, "--var", "what=milk", "--var", "name=Reader")
    assert [mail.text for mail in shell.fake.outbox] == [
        "Dear Ann, there is tea.",
        "Dear Ben, there is milk.",
        "Dear Reader, there is tea.",
    ]


def test_rows_that_lack_a_variable_are_sent_without_the_template_check(shell: Shell) -> None:
    write_readers(READERS)
    shell.ok(*JSON_BULK, "--no-template-check")
    assert len(shell.fake.outbox) == 1, "the service takes all, and renders one"


def test_a_template_that_may_not_be_read_is_sent_with_a_note(shell: Shell) -> None:
    shell.fake.faults.on("GetEmailTemplate").error("AccessDeniedException", "not allowed to ses:GetEmailTemplate")
    write_readers(READERS[:1])
    done = shell(*JSON_BULK)
    assert (done.code, len(shell.fake.outbox)) == (0, 1)
    assert done.err.startswith("sesv2kit: rows are not checked for the variables of the template: GetEmailTemplate: ")
    assert done.err.count("\n") == 1


def test_a_template_that_only_the_service_understands_is_sent_with_a_note(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailing, "get", lambda *_: models.EmailTemplateContent(subject="{{#"))
    write_readers(READERS[:1])
    done = shell(*JSON_BULK)
    assert (done.code, len(shell.fake.outbox)) == (0, 1)
    assert done.err.startswith("sesv2kit: rows are not checked for the variables of the template: ")


def test_a_template_that_is_not_there_is_reported_once(shell: Shell) -> None:
    write_readers(READERS[:1])
    done = shell("bulk", "absent", *JSON_BULK[2:])
    assert (done.code, done.err.count("absent does not exist"), "not checked" in done.err) == (1, 1, False)


@pytest.mark.parametrize(
    ("text", "values", "problem"),
    [
        ("{{name}}", {"name": None}, None),
        ("{{#if name}}{{name}}{{/if}}{{amazonSESUnsubscribeUrl}}", {}, None),
        ("{{a}} {{b.c}}", {"b": {}}, "uses {{a}}, {{b.c}}, which the row does not have"),
        ("{{> footer}}", {}, "footer"),
        ('{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}', {}, None),  # a limit of the check says nothing
    ],
)
def test_a_row_is_checked_as_the_service_renders_it(text: str, values: dict[str, object], problem: str | None) -> None:
    found = row_check(models.EmailTemplateContent(text=text), {})(values)
    assert (found is None) if problem is None else (problem in str(found))


def test_a_dry_run_shows_the_first_mails_and_sends_nothing(shell: Shell) -> None:
    rows = "".join(f"r{number}@example.net,R{number}\n" for number in range(5))
    write("readers.csv", f"email,name\n{rows}")
    out = shell.ok(*BULK, "--var", "what=news", "--dry-run")
    assert out.count("Subject:") == 3
    assert "To:       r0@example.net\nSubject:  News for R0\n\n  Dear R0, there is news.\n" in out
    assert "5 rows, 5 recipients, at least 0 seconds. Nothing was sent." in out
    assert not shell.fake.outbox
    assert not Path("readers.csv.journal").exists()


def test_a_dry_run_names_what_would_be_refused_by_its_line(shell: Shell) -> None:
    write("readers.csv", "email,name\nnonsense,N\nann@example.net,Ann\n")
    done = shell(*BULK, "--dry-run", "--configuration-set", "absent")
    assert done.code == 1
    assert "Problem: line 2: " in done.out
    assert "uses {{what}}, which the data of line 3 does not have" in done.out
    assert "there is no such configuration set" in done.out
    facts = json.loads(shell(*BULK, "--dry-run", "--json").out)
    assert (facts["rows"], len(facts["mails"]), len(facts["problems"])) == (2, 1, 2)
    assert facts["mails"][0]["text"] == "Dear Ann, there is ."


def test_a_dry_run_changes_no_name_of_the_template_in_its_messages(shell: Shell) -> None:
    with shell.fake.client() as ses:
        content = models.EmailTemplateContent(subject='{{"sample[7]"}}', text="Hello")
        ses.create_email_template(template_name="odd", template_content=content)
    write("readers.csv", "email,name\nann@example.net,Ann\n")
    done = shell("bulk", "odd", "readers.csv", "--from", "shop@example.com", "--dry-run")
    assert "uses {{sample[7]}}, which the data of line 2 does not have" in done.out


def test_a_dry_run_of_a_template_that_is_not_there(shell: Shell) -> None:
    write("readers.csv", "email,name\nann@example.net,Ann\n")
    done = shell("bulk", "absent", "readers.csv", "--from", "other@example.org", "--dry-run")
    assert done.code == 1
    assert "there is no such template" in done.out
    assert "none of these identities is verified" in done.out


def test_a_dry_run_names_wrong_rows_at_the_end_of_a_long_file_and_what_it_does_not_check(shell: Shell) -> None:
    rows = "".join(f"r{number}@example.net,R{number}\n" for number in range(SAMPLE + 1))
    write("readers.csv", f"email,name\n{rows}nonsense,N\n")
    done = shell(*BULK, "--var", "what=news", "--dry-run")
    assert done.code == 1
    assert f"{SAMPLE + 2:,} rows, {SAMPLE + 1:,} recipients" in done.out
    assert f"Problem: line {SAMPLE + 3}: to: is not an address" in done.out
    assert f"Not checked: the template data of the rows after the first {SAMPLE:,}" in done.out


def test_a_dry_run_counts_one_row_and_no_recipient(shell: Shell) -> None:
    write("readers.csv", "email,name\nnonsense,N\n")
    assert "1 row, 0 recipients" in shell(*BULK, "--var", "what=x", "--dry-run").out


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf"])
def test_a_rate_that_can_not_be_kept_to_is_wrong_usage(shell: Shell, rate: str) -> None:
    write("readers.csv", "email,name\nann@example.net,Ann\n")
    done = shell(*BULK, "--rate", rate)
    assert done.code == 2
    assert "--rate must be above 0" in done.err


def test_a_sender_that_is_not_an_address_is_refused_before_anything_is_sent(shell: Shell) -> None:
    write("readers.csv", "email,name\nann@example.net,Ann\n")
    done = shell("bulk", "news", "readers.csv", "--from", "shop")
    assert (done.code, done.err) == (2, "sesv2kit: --from: is not an address: it has no @\n")
    assert not Path("readers.csv.journal").exists()


def test_the_name_of_a_sender_may_have_umlauts(shell: Shell) -> None:
    write("readers.csv", "email,name\nann@example.net,Ann\n")
    shell.ok("bulk", "news", "readers.csv", "--from", "Grüße <shop@example.com>", "--var", "what=news")
    assert shell.fake.outbox[-1].sender == "=?utf-8?b?R3LDvMOfZQ==?= <shop@example.com>"


def test_a_dry_run_lists_only_the_first_of_many_problems(shell: Shell) -> None:
    write("readers.csv", "email,name\n" + "nonsense,N\n" * 30)
    assert "... and 1" in shell(*BULK, "--var", "what=x", "--dry-run").out


@pytest.mark.parametrize("header", ["Email", "EMAIL", "E,Email,email"])
def test_the_usual_columns_of_the_address_are_found_in_upper_case_too(shell: Shell, header: str) -> None:
    cells = ["wrong"] * header.count(",") + ["ann@example.net"]
    write("readers.csv", f"{header},name\n{','.join(cells)},Ann\n")
    shell.ok(*BULK, "--var", "what=news")
    assert [mail.to for mail in shell.fake.outbox] == [["ann@example.net"]]


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("readers.txt", "", "ends in .csv or .jsonl, not 'readers.txt'"),
        ("absent.csv", None, "absent.csv is not a file"),
        (
            "readers.csv",
            "name,phone\nAnn,1\n",
            "there is no column 'email' for the address; the columns are name, phone",
        ),
        ("readers.csv", "email,email\na,b\n", "two columns have the name 'email'"),
        ("readers.csv", b"email\n\xff\n", "readers.csv is not in UTF-8: save it in that encoding"),
        ("readers.csv", "email\n" + "x" * 1_100_000 + "\n", "can't be read"),
    ],
    ids=["suffix", "absent", "no address", "twice", "not UTF-8", "too long"],
)
def test_a_file_that_can_not_be_used_is_refused_before_anything_is_sent(
    shell: Shell, name: str, text: str | bytes | None, message: str
) -> None:
    if text is not None:
        Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    done = shell("bulk", "news", name, "--from", "shop@example.com")
    assert (done.code, message in done.err) == (2, True), done
    assert not shell.fake.outbox


def test_the_columns_of_keys_and_addresses_must_be_there(shell: Shell) -> None:
    write("readers.csv", "email,name\nann@example.net,Ann\n")
    assert "no column 'id' for the key" in shell(*BULK, "--key-column", "id").err
    assert "no column 'mail' for the address" in shell(*BULK, "--column", "mail").err


def test_a_row_with_too_few_or_too_many_fields_fails_alone(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann\nben@example.net,Ben,x,y\ncleo@example.net,Cleo,x\n")
    done = shell(*BULK)
    assert (done.code, len(shell.fake.outbox)) == (5, 1)
    assert "line 2: failed: row: has 2 fields, the header has 3" in done.out


@pytest.mark.parametrize("mark", [";", "\t"])
def test_columns_may_be_between_semicolons_or_tabs(shell: Shell, mark: str) -> None:
    write("readers.csv", f"\ufeffemail{mark} name{mark}what\nann@example.net{mark}Ann{mark}a, b\n")
    shell.ok(*BULK)
    assert shell.fake.outbox[0].text == "Dear Ann, there is a, b."


@pytest.mark.parametrize("value", ["NaN", '"\\ud800"', "1e999", '{"a": [null, true]}'])
def test_odd_values_of_json_are_sent_or_fail_alone(shell: Shell, value: str) -> None:
    good = '{"email": "ann@example.net", "name": "Ann", "what": "x"}'
    write("readers.jsonl", f'{good}\n{{"email": "ben@example.net", "name": "Ben", "what": {value}}}\n')
    done = shell("bulk", "news", "readers.jsonl", "--from", "shop@example.com", "--json")
    assert (done.code, json.loads(done.out)["unknown"]) in ((0, 0), (5, 0)), done
    assert shell.fake.outbox[0].to == ["ann@example.net"]


@pytest.mark.parametrize("text", ["", "email,name\n"])
def test_a_file_without_rows_is_a_mailing_without_mails(shell: Shell, text: str) -> None:
    write("readers.csv", text)
    assert "0 of 0 rows are settled" in shell.ok(*BULK)


# The bar -----------------------------------------------------------------------------------------


def test_the_bar_has_counts_rate_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = io.StringIO()
    terminal = Console(file=drawn, force_terminal=True, width=100)
    monkeypatch.setattr(progress, "console", lambda **_: terminal)
    with (bar := progress.Bar()):
        bar.show(Report(sent=1000, failed=2, unknown=1, seconds=10.0, total=10_000))
    assert "1,003/10,000" in drawn.getvalue()
    assert "100/s, 0:01:30 left, 2 failed, 1 unknown" in drawn.getvalue()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_mailing_and_the_command_that_goes_on_is_named(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    write("readers.csv", "email,name,what\n" + "".join(f"r{row}@example.net,R,x\n" for row in range(5000)))
    show = progress.Bar.show

    def press(bar: progress.Bar, report: Report) -> None:
        show(bar, report)
        if not report.finished and signal.getsignal(number) not in (signal.default_int_handler, signal.SIG_DFL):
            signal.raise_signal(number)

    with monkeypatch.context() as patch:
        patch.setattr(progress.Bar, "show", press)
        done = shell(*BULK)
    assert done.code == 128 + number
    assert done.err.splitlines()[-2:] == ["Nothing is lost. This command goes on:", "  sesv2kit " + " ".join(BULK)]
    assert 0 < len(shell.fake.outbox) < 5000
    shell.ok(*BULK)
    assert len({mail.to[0] for mail in shell.fake.outbox}) == len(shell.fake.outbox) == 5000


def test_a_file_of_outcomes_with_another_suffix_is_refused_before_anything_is_sent(shell: Shell) -> None:
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    done = shell(*BULK, "--outcomes", "outcomes.txt")
    assert (done.code, "ends in .csv or .jsonl, not 'outcomes.txt'" in done.err) == (2, True)
    assert not shell.fake.outbox


def test_signals_are_as_before_after_a_mailing(shell: Shell) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    write("readers.csv", "email,name,what\nann@example.net,Ann,x\n")
    shell.ok(*BULK)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.parametrize(
    "rows", ['ann@example.net,"Ann\nben@example.net,Ben\n', 'ann@example.net,"Ann\nben@example.net,"Ben\n']
)
def test_a_quote_that_is_not_closed_does_not_hide_rows(shell: Shell, rows: str) -> None:
    write("readers.csv", "email,name\n" + rows)
    done = shell(*BULK, "--var", "what=x")
    assert done.code == 2
    assert "readers.csv can't be read" in done.err
    assert not shell.fake.outbox


def test_the_number_0_is_a_key(shell: Shell) -> None:
    rows = [{"email": "ann@example.net", "name": "Ann", "id": 0}, {"email": "ben@example.net", "name": "B", "id": ""}]
    write("readers.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    done = shell(
        *("bulk", "news", "readers.jsonl", "--from", "shop@example.com", "--key-column", "id", "--var", "what=x")
    )
    assert "line 2: failed: id: is empty; it is the key of the row" in done.out
    assert [mail.subject for mail in shell.fake.outbox] == ["News for Ann"]


def test_a_full_disk_under_the_outcomes_is_not_called_wrong_input(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_file: OutcomeFile, _outcome: object) -> None:
        raise OSError(28, "No space left on device")

    write("readers.csv", "email,name\nann@example.net,Ann\n")
    with monkeypatch.context() as patched:
        patched.setattr(OutcomeFile, "write", fail)
        done = shell(*BULK, "--var", "what=x", "--outcomes", "outcomes.csv")
    assert (done.code, "The mailing has begun; the same command goes on." in done.err) == (6, True), done
    shell.ok(*BULK, "--var", "what=x", "--outcomes", "outcomes.csv")
    assert (len(shell.fake.outbox), "ann@example.net,sent" in Path("outcomes.csv").read_text()) == (1, True)
