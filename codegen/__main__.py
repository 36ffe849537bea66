"""Write the generated files, or compare the specification with botocore's model of the service.

write: write the generated files (the default); with --check, only show what would change.
drift: compare the specification with the model that botocore bundles.
accept [NAME...]: record that the changed descriptions were read: all, or those of the named things.
adopt NAME...: write new things of that model into the specification: an operation, a type, an enum or an error by its
name, or one member or value by the name of what it belongs to, a dot, and its own.
"""

import argparse
import difflib
import sys
from pathlib import Path

from .check import check
from .docs import pages
from .format import format_files
from .ir import Spec, SpecError
from .load import load
from .plan import plan
from .render import render

_HERE = Path(__file__).parent
_SPEC = _HERE / "spec"
PACKAGE = _HERE.parent / "sesv2kit"
DOCS = _HERE.parent / "docs"
_GENERATED = ("models/*.py", "_api/**/*.py", "operations/*.md", "api/models/*.md")
"""What holds generated files alone, in the package and in the documentation."""


def read_spec(folder: Path = _SPEC, overrides: Path = _HERE / "overrides.toml") -> Spec:
    """Load and check a specification.

    Raises:
        SpecError: It has mistakes.
    """
    spec = load(folder, overrides)
    check(spec)
    return spec


def generate(spec: Spec) -> dict[str, str]:
    """Return every generated file's text by its path in the package."""
    return format_files(render(plan(spec)))


def document(spec: Spec) -> dict[str, str]:
    """Return every generated page's text by its path in the documentation."""
    return pages(spec, plan(spec), DOCS)


def stale(files: dict[str, str], folder: Path) -> list[Path]:
    """Return generated files of a folder, the package or the documentation, that the specification no longer needs."""
    there = [path for pattern in _GENERATED for path in folder.glob(pattern)]
    return sorted(path for path in there if path.relative_to(folder).as_posix() not in files)


def write(files: dict[str, str], folder: Path) -> None:
    """Write the generated files of a folder, and delete the ones that are no longer needed."""
    for path in stale(files, folder):
        path.unlink()
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def difference(files: dict[str, str], folder: Path) -> str:
    """Return what `write` would change, as a unified diff; empty if nothing."""
    parts: list[str] = [f"stale: {path}\n" for path in stale(files, folder)]
    for name, text in sorted(files.items()):
        path = folder / name
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = there.splitlines(keepends=True), text.splitlines(keepends=True)
        parts += difflib.unified_diff(*lines, f"{folder.name}/{name} (there)", f"{folder.name}/{name} (spec)")
    return "".join(parts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m codegen", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", nargs="?", choices=["write", "drift", "accept", "adopt"], default="write")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to adopt, or whose changes to accept")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 with a diff if anything would change"
    )
    parser.add_argument("--into", metavar="DOMAIN", help="the file of codegen/spec that new things are written into")
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_intermixed_args(arguments)
    try:
        if options.command == "adopt":
            from .adopt import main as adopt

            return adopt(options.names, _SPEC, options.into)
        spec = read_spec()
    except SpecError as error:
        print(error, file=sys.stderr)
        return 1
    if options.command == "drift":
        from .drift import main as drift

        return drift(spec)
    if options.command == "accept":
        from .drift import accept

        return accept(spec, options.names)
    written = [(generate(spec), PACKAGE), (document(spec), DOCS)]
    if not options.check:
        for files, folder in written:
            write(files, folder)
        return 0
    changes = "".join(difference(files, folder) for files, folder in written)
    print(changes, end="")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
