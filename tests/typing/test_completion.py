"""An editor with pyright's language server completes the values of enums, and shows what arguments are."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.long_tests import run_by

from sesv2kit import models

pytestmark = run_by("types")

ROOT = Path(__file__).parents[2]
SERVER = Path(sys.executable).with_name("pyright-langserver")
PROGRAM = """\
from sesv2kit import SESv2Client, models

ses = SESv2Client()
ses.put_suppressed_destination(email_address="a@example.com", reason="")
ses.list_suppressed_destinations(reasons=[""])
models.SuppressionOptions(suppressed_reasons=[""])
ses.list_email_identities(filter={"": "x"})
models.Topic(display_name="News", topic_name="news", default_subscription_status="OPT_IN")
"""
CASES = {
    "argument": ('reason=""', {"BOUNCE", "COMPLAINT"}),
    "argument that is a list": ('reasons=[""', {"BOUNCE", "COMPLAINT"}),
    "member of a model": ('suppressed_reasons=[""', {"BOUNCE", "COMPLAINT"}),
    "key of a mapping": ('filter={""', {"IDENTITY_NAME_CONTAINS", "IDENTITY_TYPE", "VERIFICATION_STATUS"}),
}


class Editor:
    """A language server with one open program, as an editor starts it."""

    def __init__(self, folder: Path) -> None:
        """Start the server in a folder, and open the program."""
        self._process = subprocess.Popen(
            [str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0
        self._uri = (folder / "program.py").as_uri()
        workspace = [{"uri": folder.as_uri(), "name": "folder"}]
        capabilities = {"workspace": {"configuration": True}}
        self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": workspace,
                "capabilities": capabilities,
            },
        )
        self._tell("initialized", {})
        document = {"uri": self._uri, "languageId": "python", "version": 1, "text": PROGRAM}
        self._tell("textDocument/didOpen", {"textDocument": document})

    def complete(self, before: str) -> set[str]:
        """Return what is offered inside of the quotes that a text ends in."""
        found = self.ask("textDocument/completion", self._at(PROGRAM.index(before) + len(before) - 1))
        items: list[dict[str, Any]] = found["items"] if isinstance(found, dict) else found or []
        return {item["label"].strip('"') for item in items}

    def hover(self, word: str) -> str:
        """Return what is shown over a word."""
        found = self.ask("textDocument/hover", self._at(PROGRAM.index(word)))
        return str(found["contents"]["value"])

    def describe(self, argument: str) -> str:
        """Return what is shown of an argument while it is written."""
        found = self.ask("textDocument/signatureHelp", self._at(PROGRAM.index(argument)))
        (signature,) = found["signatures"]
        return str(signature["parameters"][found["activeParameter"]]["documentation"]["value"])

    def _at(self, offset: int) -> dict[str, Any]:
        line, column = PROGRAM.count("\n", 0, offset), offset - PROGRAM.rfind("\n", 0, offset) - 1
        return {"textDocument": {"uri": self._uri}, "position": {"line": line, "character": column}}

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Make a request; return the result, answering what the server wants to know meanwhile."""
        self._number += 1
        self._write({"id": self._number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            if "id" in message:
                wanted = message.get("params", {}).get("items", [])
                self._write({"id": message["id"], "result": [{"pythonPath": sys.executable} for _ in wanted]})

    def close(self) -> None:
        """End the server."""
        self._process.kill()
        self._process.communicate()

    def _tell(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> Any:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the server has ended"
        return json.loads(self._process.stdout.read(length))


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor in which the program is open."""
    folder = tmp_path_factory.mktemp("editor")
    (folder / "program.py").write_text(PROGRAM, encoding="utf-8")
    (folder / "pyrightconfig.json").write_text(json.dumps({"extraPaths": [str(ROOT)]}), encoding="utf-8")
    editor = Editor(folder)
    yield editor
    editor.close()


@pytest.mark.parametrize("case", CASES)
def test_an_editor_completes_the_values_of_an_enum(case: str, editor: Editor) -> None:
    before, values = CASES[case]
    assert values <= editor.complete(before)


@pytest.mark.parametrize("argument", ["display_name", "topic_name", "default_subscription_status"])
def test_an_editor_shows_what_the_argument_of_a_model_is(argument: str, editor: Editor) -> None:
    (documented,) = re.findall(rf"^ +{argument}: (.*)", models.Topic.__doc__ or "", re.MULTILINE)
    assert documented in editor.hover(argument)
    assert editor.describe(argument).startswith(f"{argument}: {documented}")
