"""What the response to a bulk request, or its failure, means for each of its entries."""

from collections.abc import Sequence
from typing import Final, Literal

import attrs

from .._bulk_status import status_error
from .._call.retry import classify
from .._core.exceptions import AmbiguousSendError, APIError, ParamValidationError, SESv2Error
from ..errors import SHARED_STATUSES, BadRequestException, LimitExceededException, MessageRejected
from ..models import BulkEmailEntryResult, SendBulkEmailResponse
from .item import Chunk, Item
from .journal import EntryRecord
from .report import code_of

REFUSALS_OF_ONE_ENTRY: Final = (BadRequestException, MessageRejected, ParamValidationError)
"""Refusals of a request that one of its entries may be the reason of; other refusals concern every request."""
_TOO_LARGE: Final = 413

Result = SendBulkEmailResponse | BaseException
"""What a request ended with."""


@attrs.define  # an instance of a frozen class takes longer to make, and each entry has one
class Verdict:
    """What the end of a request means for one entry."""

    state: Literal["sent", "failed", "unknown", "pending"]
    error: SESv2Error | None = None
    message_id: str | None = None
    then: Literal["retry", "throttled", "outage", "quota", "split", "stop"] | None = None
    """What a pending entry waits for: `retry`, another request, of which it has so many; `throttled` and `outage`,
    another request, which is not counted; `quota`, a new day; `split`, a request with fewer others; `stop`, another
    run."""

    def row(self, item: Item) -> EntryRecord:
        """Return what the journal is to record of an entry."""
        if self.state != "pending":
            return EntryRecord(item.journal_key, self.state, self.message_id, code_of(self.error))
        doubtful = item.unsure or isinstance(self.error, AmbiguousSendError)
        return EntryRecord(item.journal_key, "unknown" if doubtful else "pending")


@attrs.frozen
class Finished:
    """A request that has ended, with a verdict on each of its entries."""

    chunk: Chunk
    verdicts: Sequence[Verdict]
    failure: SESv2Error | None = None
    """The error of the journal when the verdicts were recorded, if there was one."""


def judge(chunk: Chunk, result: Result, *, resend_unknown: bool) -> list[Verdict]:
    """Return what the end of a request means for each of its entries."""
    if isinstance(result, SendBulkEmailResponse):
        results = result.bulk_email_entry_results
        if len(results) == len(chunk):
            return [_judge_result(item, entry_result) for item, entry_result in zip(chunk, results, strict=True)]
        message = f"the response has {len(results)} results for {len(chunk)} entries, so it is not known whose they are"
        result = ambiguous(message)
    return [_judge_error(item, result, len(chunk), resend_unknown) for item in chunk]


def is_of_quota(error: SESv2Error) -> bool:
    """Return whether an error says that the quota of 24 hours is used up."""
    if not isinstance(error, APIError) or error.is_throttling:
        return False
    # Throttling whose message says that it won't pass is the quota.
    return isinstance(error, LimitExceededException) or error.retry_class == "throttling"


def ambiguous(message: str) -> AmbiguousSendError:
    """Return the error of an entry that may have been sent."""
    return AmbiguousSendError(f"SendBulkEmail: {message}", operation="SendBulkEmail")


def _judge_result(item: Item, result: BulkEmailEntryResult) -> Verdict:
    if result.ok:
        return Verdict("sent", message_id=result.message_id)
    if not result.status:
        return Verdict("unknown", ambiguous("the response does not say what became of the entry"))
    error = status_error(result.status, result.error)
    if error.is_throttling:
        return Verdict("pending", error, then="throttled")
    if error.is_retryable and item.retries_left:
        return Verdict("pending", error, then="retry")
    if is_of_quota(error):
        return Verdict("pending", error, then="quota")
    return Verdict("pending", error, then="stop") if result.status in SHARED_STATUSES else _failed(item, error)


def _judge_error(item: Item, error: BaseException, size: int, resend_unknown: bool) -> Verdict:
    if not isinstance(error, SESv2Error) or error.is_of_hook:
        unsure = ambiguous(f"{type(error).__name__} ended the call")
        unsure.__cause__ = error
        return Verdict("unknown", unsure, then="stop")
    failure = classify(error)
    if failure.may_have_happened:
        again = resend_unknown and item.retries_left
        return Verdict("pending", error, then="retry") if again else Verdict("unknown", error)
    if failure.transient:
        is_throttling = isinstance(error, APIError) and error.is_throttling
        return Verdict("pending", error, then="throttled" if is_throttling else "outage")
    if is_of_quota(error):
        return Verdict("pending", error, then="quota")
    if isinstance(error, REFUSALS_OF_ONE_ENTRY) or getattr(error, "status_code", None) == _TOO_LARGE:
        return Verdict("pending", error, then="split") if size > 1 else _failed(item, error)
    return Verdict("pending", error, then="stop")


def _failed(item: Item, error: SESv2Error) -> Verdict:
    return Verdict("unknown", item.unsure) if item.unsure else Verdict("failed", error)
