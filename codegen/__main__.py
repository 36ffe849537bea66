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
from .format import format_files
from .ir import Spec, SpecError
from .load import load
from .plan import plan
from .render import render

_HERE = Path(__file__).parent
_SPEC = _HERE / "spec"
PACKAGE = _HERE.parent / "sesv2kit"


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


def stale(files: dict[str, str], package: Path) -> list[Path]:
    """Return generated files that the specification no longer needs."""
    there = [*(package / "models").glob("*.py"), *(package / "_api").rglob("*.py")]
    return sorted(path for path in there if path.relative_to(package).as_posix() not in files)


def write(files: dict[str, str], package: Path) -> None:
    """Write the generated files, and delete the ones that are no longer needed."""
    for path in stale(files, package):
        path.unlink()
    for name, text in files.items():
        path = package / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def difference(files: dict[str, str], package: Path) -> str:
    """Return what `write` would change, as a unified diff; empty if nothing."""
    parts: list[str] = [f"stale: {path}\n" for path in stale(files, package)]
    for name, text in sorted(files.items()):
        path = package / name
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = there.splitlines(keepends=True), text.splitlines(keepends=True)
        parts += difflib.unified_diff(*lines, f"sesv2kit/{name} (there)", f"sesv2kit/{name} (spec)")
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
    files = generate(spec)
    if not options.check:
        write(files, PACKAGE)
        return 0
    changes = difference(files, PACKAGE)
    print(changes, end="")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())
