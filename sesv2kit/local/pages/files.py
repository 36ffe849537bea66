"""Files of mails on their way to the browser: safe names, safe types, downloads."""

from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from ...testing import SentAttachment

RASTER: Final = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif"})
"""Images that the page shows. SVG is a document with scripts and is not among them."""
_SAFE: Final = RASTER | {"application/pdf", "application/zip", "text/calendar", "text/csv", "text/plain"}
_REFUSED: Final = frozenset('<>:"|?*%')
_MAX_NAME: Final = 150
_POLICY: Final = "sandbox; default-src 'none'"


def safe_name(name: str | None, fallback: str) -> str:
    """Return a file name without folders, control characters and what file systems refuse.

    Args:
        name: The name in the mail.
        fallback: The name if nothing is left of it.
    """
    last = (name or "").replace("\\", "/").rpartition("/")[2]
    cleaned = "".join("_" if letter in _REFUSED or not letter.isprintable() else letter for letter in last)
    if len(cleaned) > _MAX_NAME:
        stem, dot, ending = cleaned.rpartition(".")
        cleaned = f"{stem[: _MAX_NAME - 12]}{dot}{ending[:10]}" if dot else cleaned[:_MAX_NAME]
    return cleaned.strip(" .") or fallback


def name_of(attachment: SentAttachment, position: int) -> str:
    """Return the name under which an attachment is saved."""
    return safe_name(attachment.file_name, f"attachment-{position + 1}")


def download(data: bytes, name: str, content_type: str) -> Response:
    """Return a file that the browser saves and does not show."""
    return _file(data, name, content_type if content_type in _SAFE else "application/octet-stream", "attachment")


def image(attachment: SentAttachment, position: int) -> Response | None:
    """Return an attachment that the browser may show; None if it is not an image of a known type."""
    if attachment.content_type not in RASTER:
        return None
    return _file(attachment.data, name_of(attachment, position), attachment.content_type, "inline")


def _file(data: bytes, name: str, content_type: str, disposition: str) -> Response:
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    headers = {
        "content-disposition": f"{disposition}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": _POLICY,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cache-control": "no-store",
    }
    return Response(data, 200, {**headers, "content-type": content_type})
