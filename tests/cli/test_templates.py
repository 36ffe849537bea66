"""`sesv2kit templates` and `sesv2kit preview`."""

import json
import webbrowser
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import pytest
from support.cli import Shell

from sesv2kit import models
from sesv2kit.cli.failures import UsageProblem
from sesv2kit.cli.folder import write_template


def write(name: str, **parts: str) -> Path:
    """Write a template into the folder `mails`."""
    home = Path("mails") / name
    home.mkdir(parents=True, exist_ok=True)
    for part, text in parts.items():
        (home / f"{part}.{'html' if part == 'html' else 'txt'}").write_bytes(text.encode())
    return home


def stored(shell: Shell, name: str) -> models.EmailTemplateContent:
    """Return a stored template."""
    with shell.fake.client() as ses:
        return ses.get_email_template(template_name=name).template_content


def test_push_creates_and_updates_what_differs(shell: Shell) -> None:
    write("news", subject="News\n", text="Dear {{name}},\r\nbye\n", html="<p>ü</p>")
    write("order", subject="Order")
    (Path("mails") / "notes").mkdir()
    assert shell.ok("templates", "push", "mails") == "created    news\ncreated    order\n"
    content = stored(shell, "news")
    assert (content.subject, content.text, content.html) == ("News", "Dear {{name}},\r\nbye\n", "<p>ü</p>")
    write("order", subject="Your order")
    lines = shell.ok("templates", "push", "mails", "--json").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"name": "news", "state": "unchanged"},
        {"name": "order", "state": "updated"},
    ]
    assert stored(shell, "order").subject == "Your order"
    rows = shell.ok("templates", "list").splitlines()
    assert [row.split()[0] for row in rows] == ["Template", "news", "order"]
    assert [json.loads(row)["name"] for row in shell.ok("templates", "list", "--json").splitlines()] == [
        "news",
        "order",
    ]


@pytest.mark.parametrize("verb", ["push", "diff"])
def test_a_folder_without_templates_is_wrong_usage(shell: Shell, verb: str) -> None:
    write("news", subject="News")
    (Path("mails") / "empty").mkdir()
    done = shell("templates", verb, "mails/empty")
    assert (done.code, "subject.txt, text.txt, html.html" in done.err) == (2, True), done
    done = shell("templates", verb, "mails/news")  # the template itself, and not the folder that has it
    assert (done.code, f"name its parent, {Path('mails').resolve()}" in done.err) == (2, True), done


def test_push_names_the_template_that_is_refused(shell: Shell) -> None:
    write("good", subject="Good")
    write("wrong", subject="Wrong", text="{{#if x}}")
    done = shell("templates", "push", "mails")
    assert (done.code, done.out) == (1, "created    good\n")
    assert done.err.startswith("sesv2kit: while storing wrong:\nsesv2kit: CreateEmailTemplate: ")


def test_pull_writes_what_push_has_read(shell: Shell, tmp_path: Path) -> None:
    write("news", subject="News\n", text="Dear {{name}},\r\nbye\n", html="<p>ü</p>")
    shell.ok("templates", "push", "mails")
    assert shell.ok("templates", "pull", "copy") == "created    news\n"
    for file in ("subject.txt", "text.txt", "html.html"):
        assert (tmp_path / "copy/news" / file).read_bytes() == (tmp_path / "mails/news" / file).read_bytes()
    assert shell.ok("templates", "pull", "copy", "news") == "unchanged  news\n"


def test_pull_replaces_changed_files_only_by_force(shell: Shell) -> None:
    home = write("news", subject="News\n", text="Hi\n")
    shell.ok("templates", "push", "mails")
    write("news", text="My work\n", html="<p>mine</p>")
    done = shell("templates", "pull", "mails")
    assert (done.code, done.out, "--force" in done.err) == (2, "", True)
    assert (home / "text.txt").read_text() == "My work\n"
    assert shell.ok("templates", "pull", "mails", "--force") == "updated    news\n"
    assert (home / "text.txt").read_text() == "Hi\n"
    assert not (home / "html.html").exists()


def test_diff_shows_what_push_would_change(shell: Shell) -> None:
    write("news", subject="News\n", text="Hi\n")
    done = shell("templates", "diff", "mails")
    assert done.code == 1
    assert "--- /dev/null\n+++ local/news/subject.txt\n@@ -0,0 +1 @@\n+News\n" in done.out
    shell.ok("templates", "push", "mails")
    assert shell.ok("templates", "diff", "mails") == ""
    write("news", text="Bye\n")
    done = shell("templates", "diff", "mails", "news")
    assert done.code == 1
    assert "--- stored/news/text.txt\n+++ local/news/text.txt\n" in done.out
    assert "-Hi\n+Bye\n" in done.out
    found = json.loads(shell("templates", "diff", "mails", "--json").out)
    assert (found["name"], found["differs"]) == ("news", True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("absent",), "absent is not a folder"), (("mails", "nwes"), "mails has no template 'nwes'")],
)
def test_a_folder_or_name_that_is_not_there_is_2(shell: Shell, arguments: tuple[str, ...], message: str) -> None:
    write("news", subject="News")
    done = shell("templates", "push", *arguments)
    assert (done.code, message in done.err) == (2, True)


def test_a_file_that_is_not_in_utf_8_is_named(shell: Shell) -> None:
    (write("news", subject="News") / "text.txt").write_bytes(b"\xff")
    assert "text.txt is not in UTF-8" in shell("templates", "push", "mails").err


@pytest.mark.parametrize("name", ["../news", "a/b", ".hidden", ""])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageProblem, match="can't be that of a folder"):
        write_template(tmp_path / "mails", name, models.EmailTemplateContent(subject="x"))
    assert not (tmp_path / "news").exists()


# Preview -----------------------------------------------------------------------------------------


def test_a_preview_opens_in_the_browser_and_runs_nothing(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    write("news", subject="News for {{name}}", text="Dear {{name}}", html='<b>{{name}}</b><script>x("1")</script>')
    printed = shell.ok("preview", "mails/news", "--data", '{"name": "<Ann>"}')
    path = Path(url2pathname(urlparse(opened[0]).path))
    assert str(path) in printed
    page = path.read_text(encoding="utf-8")
    path.unlink()
    assert "<h1>News for &lt;Ann&gt;</h1>" in page
    assert "<pre>Dear &lt;Ann&gt;</pre>" in page
    assert '<iframe sandbox srcdoc="&lt;b&gt;&lt;Ann&gt;&lt;/b&gt;&lt;script&gt;' in page
    assert "script-src 'none'" in page
    assert "missing" not in page.partition("</style>")[2]


def test_a_preview_of_a_folder_without_a_template_is_wrong_usage(shell: Shell) -> None:
    done = shell("preview", ".")
    assert (done.code, ". is a folder without subject.txt, text.txt, html.html" in done.err) == (2, True)


def test_a_stored_template_with_a_variable_that_is_missing(shell: Shell) -> None:
    write("news", subject="News", html="<p>{{name}}</p>")
    shell.ok("templates", "push", "mails")
    done = shell("preview", "news", "--output", "page.html")
    assert (done.code, done.out) == (0, "The page is in page.html\n")
    assert "the data has no name; SES would take such a mail, and never send it" in done.err
    assert "The data has no name." in Path("page.html").read_text()
    found = json.loads(shell("preview", "news", "--json").out)
    assert found == {"subject": "News", "text": None, "html": "<p></p>", "missing": ["name"]}


def test_a_template_that_can_not_be_parsed_is_2(shell: Shell) -> None:
    write("news", subject="{{#if}")
    done = shell("preview", "mails/news")
    assert (done.code, "the subject of the template can't be rendered" in done.err) == (2, True)


@pytest.mark.parametrize("link", ["news", "news/html.html"])
def test_pull_writes_nothing_through_a_symbolic_link(shell: Shell, tmp_path: Path, link: str) -> None:
    with shell.fake.client() as ses:
        content = models.EmailTemplateContent(subject="News", text="Hi", html="<p>Hi</p>")
        ses.create_email_template(template_name="news", template_content=content)
    outside = tmp_path / "outside"
    place = tmp_path / "mails" / link
    place.parent.mkdir(parents=True)
    if link == "news":
        outside.mkdir()
    place.symlink_to(outside)
    done = shell("templates", "pull", "mails", "--force")
    assert (done.code, "is a symbolic link" in done.err) == (2, True), done
    assert not outside.exists() or not [*outside.iterdir()]
