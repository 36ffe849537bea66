# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""The rows of the waiters."""

from .._call.waiter import Waiter
from .letters import GET_LETTER

LETTER_DELIVERED = Waiter(
    operation=GET_LETTER,
    subject="the letter",
    status="summary.status",
    done=frozenset({"handed-over", "PUT_ASIDE"}),
    failed=frozenset({"LOST"}),
    done_if="read",
    reason="trouble",
)
LETTER_READ = Waiter(
    operation=GET_LETTER,
    subject="the letter",
    status="summary.status",
    done=frozenset({"handed-over"}),
)
