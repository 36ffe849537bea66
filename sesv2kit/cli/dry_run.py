"""`bulk --dry-run`: what a mailing would do."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from .. import models
from .._handlebars import merge
from ..bulk import BulkItem, BulkSender, Preflight
from .output import counted
from .recipients import Recipients
from .rendering import Rendered, render

SAMPLE: Final = 1000
"""Rows of which the template data is checked as well; of the others, only whether they can be used."""
_SHOWN: Final = 3
"""Mails that are shown."""
_MAX_PROBLEMS: Final = 20
_INDEX: Final = re.compile(r"(^|}}, which the data of )sample\[(\d+)\]")
"""Where a problem names an entry of the sample. The names of a template's variables may look like that, too."""


@attrs.frozen(kw_only=True)
class DryRun:
    """What a mailing would do."""

    found: Preflight
    recipients: int
    """Rows that can be used; each has one recipient."""
    problems: Sequence[str]
    unchecked: Sequence[str]
    mails: Sequence[tuple[str, Rendered]]
    """The first mails, each with its recipient."""

    @property
    def facts(self) -> dict[str, Any]:
        """It for JSON."""
        return {
            "rows": self.found.total,
            "recipients": self.recipients,
            "seconds": self.found.seconds,
            "problems": list(self.problems),
            "unchecked": list(self.unchecked),
            "mails": [
                {"to": to, "subject": mail.subject, "text": mail.text, "html": mail.html} for to, mail in self.mails
            ],
        }

    def lines(self) -> Iterator[str]:
        """Yield it for people."""
        for to, mail in self.mails:
            yield f"To:       {to}"
            yield f"Subject:  {mail.subject}"
            yield ""
            yield from ("  " + line for line in (mail.text or mail.html or "").splitlines())
            yield ""
        time = "" if self.found.seconds is None else f", at least {self.found.seconds:,.0f} seconds"
        yield f"{counted(self.found.total, 'row')}, {counted(self.recipients, 'recipient')}{time}. Nothing was sent."
        for problem in self.problems[:_MAX_PROBLEMS]:
            yield f"Problem: {problem}"
        if len(self.problems) > _MAX_PROBLEMS:
            yield f"... and {len(self.problems) - _MAX_PROBLEMS} further problems"
        yield from (f"Not checked: {problem}" for problem in self.unchecked)


def check(
    sender: BulkSender,
    recipients: Recipients,
    content: models.EmailTemplateContent | None,
    default: Mapping[str, Any],
) -> DryRun:
    """Check a mailing, and render its first mails. Reads the whole file, makes calls that read, and sends nothing.

    Args:
        sender: The sender of the mailing.
        recipients: The rows.
        content: The template; None if it is not there, or can't be read.
        default: The data of all mails.
    """
    rows = recipients.usable(SAMPLE)
    lines = [line for line, _ in rows]
    found = sender.preflight([item for _, item in rows], total=len(recipients))
    unusable = [f"line {line}: {'; '.join(map(str, error.problems))}" for line, error in recipients.unusable()]
    unchecked = [_by_line(str(problem), lines) for problem in found.unchecked]
    if len(recipients) > SAMPLE:
        unchecked.append(f"the template data of the rows after the first {SAMPLE:,}")
    shown = [item for _, item in rows[:_SHOWN]] if content else []
    return DryRun(
        found=found,
        recipients=len(recipients) - len(unusable),
        problems=[*unusable, *(_by_line(str(problem), lines) for problem in found.problems)],
        unchecked=unchecked,
        mails=[_mail(item, content, default) for item in shown if content],
    )


def _by_line(text: str, lines: Sequence[int]) -> str:
    """Return a problem with the lines of the file in place of the positions in the sample."""
    return _INDEX.sub(lambda match: f"{match[1]}line {lines[int(match[2])]}", text)


def _mail(item: BulkItem, content: models.EmailTemplateContent, default: Mapping[str, Any]) -> tuple[str, Rendered]:
    entry = item.entry
    assert isinstance(entry, models.BulkEmailEntry)  # noqa: S101 -- for the type checker: rows are no functions
    replacement = entry.replacement_email_content
    template = replacement.replacement_template if replacement else None
    text = template.replacement_template_data if template else None
    to = ", ".join((entry.destination.to_addresses if entry.destination else None) or ())
    return to, render(content, merge(default, json.loads(text or "{}")))
