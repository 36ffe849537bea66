"""What the generator makes of the tiny specification in tiny/ is what golden/ has, and it is good Python.

`UPDATE_GOLDEN=1 python -m pytest tests/codegen/test_golden.py` writes golden/; check the difference then.
"""

import os
import shutil
from pathlib import Path

import pytest
from support.generator import GENERATED, GOLDEN, ROOT, TINY, run

from codegen.__main__ import document, generate, read_spec, write


@pytest.fixture(scope="module")
def whole() -> dict[str, str]:
    """The real specification's output."""
    return generate(read_spec())


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """The pages of the real specification."""
    return document(read_spec())


@pytest.fixture
def checkout(whole: dict[str, str], pages: dict[str, str], tmp_path: Path) -> Path:
    """A copy of the generator and the package, with generated files that are up to date."""
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "codegen", tmp_path / "codegen", ignore=ignore)
    shutil.copytree(ROOT / "sesv2kit", tmp_path / "sesv2kit", ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    write(whole, tmp_path / "sesv2kit")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "local-operations.md", tmp_path / "docs")
    write(pages, tmp_path / "docs")
    return tmp_path


def test_the_tiny_specification_gives_exactly_the_golden_files(generated: dict[str, str]) -> None:
    if "UPDATE_GOLDEN" in os.environ:
        write(generated, GOLDEN)
    golden = {path.relative_to(GOLDEN).as_posix(): path for path in GOLDEN.rglob("*.py")}
    assert sorted(golden) == sorted(generated)
    remedy = "if the change is meant, write golden/ with UPDATE_GOLDEN=1"
    for name, path in golden.items():
        assert path.read_text(encoding="utf-8") == generated[name], f"{name}: {remedy}"


def test_the_first_line_of_a_generated_file_names_the_command_that_writes_it(generated: dict[str, str]) -> None:
    assert {text.partition("\n")[0] for text in generated.values()} == {
        "# Written by `python -m codegen` from codegen/spec; edit that, not this file."
    }


def test_the_output_is_the_same_in_every_run() -> None:
    program = (
        "import hashlib, pathlib, sys; from codegen.__main__ import generate, read_spec;"
        "tiny = pathlib.Path(sys.argv[1]);"
        "files = [generate(read_spec()), generate(read_spec(tiny / 'spec', tiny / 'overrides.toml'))];"
        "print(hashlib.sha256(repr(files).encode()).hexdigest())"
    )
    runs = [run("-c", program, str(TINY), PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert [done.stderr for done in runs] == ["", ""]
    assert runs[0].stdout == runs[1].stdout != ""


def test_mistakes_are_reported_in_the_same_order_in_every_run(tmp_path: Path) -> None:
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    boxes = tmp_path / "spec" / "boxes.toml"
    text = boxes.read_text(encoding="utf-8").replace(
        'kind = "idempotent"', 'a = 1\nb = 2\nc = 3\nd = 4\nkind = "write"'
    )
    boxes.write_text(text, encoding="utf-8")
    program = (
        "import pathlib, sys; from codegen.__main__ import read_spec; tiny = pathlib.Path(sys.argv[1]);"
        "read_spec(tiny / 'spec', tiny / 'overrides.toml')"
    )
    runs = [run("-c", program, str(tmp_path), PYTHONHASHSEED=seed) for seed in ("1", "2")]
    assert runs[0].stderr == runs[1].stderr
    assert runs[0].stderr.count("has an unknown key") == 4


def test_the_generated_files_of_the_package_are_up_to_date() -> None:
    done = run("-m", "codegen", "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_check_shows_a_line_that_someone_changed_and_writes_nothing(checkout: Path) -> None:
    path = checkout / "sesv2kit" / "models" / "bulk_messages.py"
    changed = path.read_text(encoding="utf-8").replace('SUCCESS = "SUCCESS"', 'SUCCESS = "FINE"')
    path.write_text(changed, encoding="utf-8")
    done = run("-m", "codegen", "--check", cwd=checkout)
    assert done.returncode == 1
    assert "--- sesv2kit/models/bulk_messages.py (there)\n+++ sesv2kit/models/bulk_messages.py (spec)\n" in done.stdout
    lines = [line for line in done.stdout.splitlines() if line[:1] in {"-", "+"} and line[:3] not in {"---", "+++"}]
    assert lines == ['-    SUCCESS = "FINE"', '+    SUCCESS = "SUCCESS"']
    assert path.read_text(encoding="utf-8") == changed


def test_writing_corrects_what_check_shows_and_removes_what_is_stale(checkout: Path) -> None:
    folder = checkout / "sesv2kit"
    gone, old, older = folder / "_api" / "jobs.py", folder / "models" / "fax.py", folder / "_api" / "aio" / "fax.py"
    wanted = gone.read_text(encoding="utf-8")
    gone.unlink()
    old.write_text("FAX = 1\n", encoding="utf-8")
    older.write_text("FAX = 1\n", encoding="utf-8")

    shown = run("-m", "codegen", "--check", cwd=checkout)
    assert shown.returncode == 1
    assert [line for line in shown.stdout.splitlines() if line.startswith("stale: ")] == [
        f"stale: {older}",
        f"stale: {old}",
    ]
    assert "+++ sesv2kit/_api/jobs.py (spec)\n" in shown.stdout

    assert run("-m", "codegen", cwd=checkout).returncode == 0
    assert gone.read_text(encoding="utf-8") == wanted
    assert not old.exists()
    assert not older.exists()
    assert run("-m", "codegen", "--check", cwd=checkout).returncode == 0


def test_check_shows_a_page_that_differs_from_the_specification(checkout: Path) -> None:
    changed, old = checkout / "docs" / "operations" / "tags.md", checkout / "docs" / "api" / "models" / "fax.md"
    changed.write_text(changed.read_text(encoding="utf-8").replace("## tag_resource", "## tag"), encoding="utf-8")
    old.write_text("# Fax\n", encoding="utf-8")
    done = run("-m", "codegen", "--check", cwd=checkout)
    assert done.returncode == 1
    assert f"stale: {old}\n" in done.stdout
    assert "-## tag\n+## tag_resource\n" in done.stdout


def test_writing_touches_no_hand_written_file(checkout: Path) -> None:
    hand_written = {
        path: path.stat().st_mtime_ns for path in (checkout / "sesv2kit").glob("*") if path.name not in GENERATED
    }
    assert run("-m", "codegen", cwd=checkout).returncode == 0
    for path, time in hand_written.items():
        assert path.is_dir() or path.stat().st_mtime_ns == time
    there = {path.name for path in (checkout / "sesv2kit").iterdir()} - {*GENERATED}
    assert there == {path.name for path in hand_written}


def test_a_mistake_stops_the_generator_before_it_writes(checkout: Path) -> None:
    spec = checkout / "codegen" / "spec" / "tags.toml"
    spec.write_text(spec.read_text(encoding="utf-8").replace('kind = "read"', 'kind = "reed"'), encoding="utf-8")
    stale = checkout / "sesv2kit" / "models" / "fax.py"
    stale.write_text("FAX = 1\n", encoding="utf-8")
    done = run("-m", "codegen", cwd=checkout)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tags.toml:")
    assert done.stderr.endswith(": kind is 'reed'; use one of read, idempotent, write, send\n")
    assert stale.exists()


def test_the_tiny_package_works(package: Path) -> None:
    done = run("-W", "error", "use.py", cwd=package)
    assert (done.returncode, done.stdout, done.stderr) == (0, "used\n", "")
