"""A folder of templates: NAME/subject.txt, NAME/text.txt and NAME/html.html."""

import re
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import Final

from .. import models
from .failures import UsageProblem

FILES: Final = {"subject": "subject.txt", "text": "text.txt", "html": "html.html"}
_FORM: Final = f"folder with {', '.join(FILES.values())}"
_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")


def is_template(folder: Path) -> bool:
    """Return whether a folder holds a template."""
    return any((folder / file).is_file() for file in FILES.values())


def read_template(folder: Path) -> models.EmailTemplateContent:
    """Return the template in a folder. A subject is one line, so the line end of its file does not count."""
    parts = {part: _read(folder / file) for part, file in FILES.items()}
    subject = parts["subject"]
    return models.EmailTemplateContent(
        subject=subject.rstrip("\r\n") if subject is not None else None, text=parts["text"], html=parts["html"]
    )


def read_folder(folder: Path, names: Sequence[str]) -> dict[str, models.EmailTemplateContent]:
    """Return the templates of a folder by their names; those of the names, if there are any.

    Raises:
        UsageProblem: The folder, or one of the names, is not there; or the folder holds no templates.
    """
    if not folder.is_dir():
        raise UsageProblem(f"{folder} is not a folder")
    found = {path.name: path for path in sorted(folder.iterdir()) if is_template(path)}
    if absent := [name for name in names if name not in found]:
        raise UsageProblem(f"{folder} has no template {absent[0]!r}; a template is a {_FORM}")
    if not found:
        advice = f"name its parent, {folder.resolve().parent}" if is_template(folder) else f"each is a {_FORM}"
        raise UsageProblem(f"{folder} holds no folders of templates: {advice}")
    return {name: read_template(path) for name, path in found.items() if not names or name in names}


def write_template(folder: Path, name: str, content: models.EmailTemplateContent) -> None:
    """Write a template into a folder; a part that it does not have is removed.

    Raises:
        UsageProblem: Its name can't be that of a folder, or a symbolic link would lead elsewhere; nothing was written.
    """
    if not _NAME.fullmatch(name):
        raise UsageProblem(f"the name {name!r} can't be that of a folder")
    home = folder / name
    for path in (home, *(home / file for file in FILES.values())):
        if path.is_symlink():
            raise UsageProblem(f"{path} is a symbolic link; a template is written into the folder itself")
    home.mkdir(parents=True, exist_ok=True)
    for part, file in FILES.items():
        text: str | None = getattr(content, part)
        if text is None:
            (home / file).unlink(missing_ok=True)
        else:
            (home / file).write_bytes((text + "\n" if part == "subject" else text).encode())


def differences(name: str, stored: models.EmailTemplateContent | None, local: models.EmailTemplateContent) -> list[str]:
    """Return the lines of a unified diff from the stored template to the local one; empty if they are alike."""
    lines: list[str] = []
    for part, file in FILES.items():
        before, after = _part(stored, part), _part(local, part)
        if before != after:
            lines += _diff(f"{name}/{file}", before, after)
    return lines


def _diff(path: str, stored: str | None, local: str | None) -> Iterator[str]:
    yield from unified_diff(
        stored.split("\n") if stored else [],
        local.split("\n") if local else [],
        f"stored/{path}" if stored else "/dev/null",
        f"local/{path}" if local else "/dev/null",
        lineterm="",
    )


def _part(content: models.EmailTemplateContent | None, part: str) -> str | None:
    return getattr(content, part) or None if content else None


def _read(file: Path) -> str | None:
    if not file.is_file():
        return None
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(f"{file} is not in UTF-8") from None
