"""What the statuses of a bulk response mean."""

from typing import Any

import pytest
from support.unit import KINDS, Kind, Script, any_client, ask, copies, ok

from sesv2kit import errors, models

# The class of each status, and whether the entry may pass in another request.
STATUSES: dict[str, tuple[type[errors.APIError] | None, bool]] = {
    "SUCCESS": (None, False),
    "MESSAGE_REJECTED": (errors.MessageRejected, False),
    "MAIL_FROM_DOMAIN_NOT_VERIFIED": (errors.MailFromDomainNotVerifiedException, False),
    "CONFIGURATION_SET_NOT_FOUND": (errors.NotFoundException, False),
    "TEMPLATE_NOT_FOUND": (errors.NotFoundException, False),
    "ACCOUNT_SUSPENDED": (errors.AccountSuspendedException, False),
    "ACCOUNT_THROTTLED": (errors.TooManyRequestsException, True),
    "ACCOUNT_DAILY_QUOTA_EXCEEDED": (errors.LimitExceededException, False),
    "INVALID_SENDING_POOL_NAME": (errors.NotFoundException, False),
    "ACCOUNT_SENDING_PAUSED": (errors.SendingPausedException, False),
    "CONFIGURATION_SET_SENDING_PAUSED": (errors.SendingPausedException, False),
    "INVALID_PARAMETER": (errors.BadRequestException, False),
    "TRANSIENT_FAILURE": (errors.InternalServiceErrorException, True),
    "FAILED": (errors.APIError, False),
}
each_status = pytest.mark.parametrize(("status", "cls", "retryable"), [(name, *row) for name, row in STATUSES.items()])


def entry(status: str, **members: Any) -> dict[str, Any]:
    """Return one entry of an answer as it travels."""
    return {"Status": status, **members}


async def answer_to(kind: Kind, *entries: dict[str, Any]) -> Any:
    """Send a bulk mail, and return the answer with these entries."""
    client = any_client(kind, Script(ok({"BulkEmailEntryResults": list(entries)})))
    one = models.BulkEmailEntry(destination=models.Destination(to_addresses=["ann@example.net"]))
    content = models.BulkEmailContent(template=models.Template(template_name="hello"))
    return await ask(client, "send_bulk_email", default_content=content, bulk_email_entries=[one] * len(entries))


def test_all_fourteen_statuses_are_known() -> None:
    assert [str(status) for status in models.BulkEmailStatus] == list(STATUSES)
    assert len(STATUSES) == 14


@each_status
def test_a_status_has_its_error_class_and_is_retryable_or_not(
    status: str, cls: type[errors.APIError] | None, retryable: bool
) -> None:
    for given in (status, models.BulkEmailStatus(status)):
        result = models.BulkEmailEntryResult(status=given)
        assert result.ok is (status == "SUCCESS")
        assert result.error_class is cls
        assert result.is_retryable is retryable


@each_status
def test_the_error_of_an_entry_can_be_raised(status: str, cls: type[errors.APIError] | None, retryable: bool) -> None:
    result = models.BulkEmailEntryResult(status=models.BulkEmailStatus(status), error="because")
    if cls is None:
        result.raise_for_status()
        return
    with pytest.raises(cls) as caught:
        result.raise_for_status()
    error = caught.value
    assert type(error) is cls
    assert (error.code, error.message, error.operation) == (status, "because", "SendBulkEmail")
    assert type(error.code) is str
    assert (error.status_code, error.request_id) == (None, None)
    assert str(error) == f"SendBulkEmail: {status}: because"
    assert error.is_retryable is retryable
    assert all(str(twin) == str(error) for twin in copies(error))


@pytest.mark.parametrize("status", ["INVENTED_LATER", "", None])
def test_an_unknown_status_is_a_failure_without_a_class_of_its_own(status: str | None) -> None:
    result = models.BulkEmailEntryResult(status=status)
    assert result.ok is False
    assert result.is_retryable is False
    assert result.error_class is errors.APIError
    with pytest.raises(errors.APIError) as caught:
        result.raise_for_status()
    assert caught.value.code == (status or "no status")
    assert caught.value.message == ""


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_response_lists_the_failed_entries_with_their_index_in_the_request(kind: Kind) -> None:
    answer = await answer_to(
        kind,
        entry("SUCCESS", MessageId="01"),
        entry("ACCOUNT_THROTTLED", Error="slow down"),
        entry("SUCCESS", MessageId="02"),
        entry("MESSAGE_REJECTED"),
        entry("TRANSIENT_FAILURE"),
        entry("INVENTED_LATER"),
        {},
    )
    results = answer.bulk_email_entry_results
    assert [result.ok for result in results] == [True, False, True, False, False, False, False]
    assert [failure.index for failure in answer.failed] == [1, 3, 4, 5, 6]
    assert [failure.index for failure in answer.retryable] == [1, 4]
    assert answer.failed[0].result is results[1]
    assert answer.failed[0].result.error == "slow down"
    assert results[0].message_id == "01"


@pytest.mark.anyio
@pytest.mark.parametrize("kind", KINDS)
async def test_a_response_without_failures_lists_none(kind: Kind) -> None:
    response = await answer_to(kind, *[entry("SUCCESS")] * 3)
    assert response.failed == []
    assert response.retryable == []


def test_a_response_that_the_caller_constructs_works_the_same() -> None:
    failed = models.BulkEmailEntryResult(status="FAILED")
    answer = models.SendBulkEmailResponse(bulk_email_entry_results=(failed,))
    assert [(failure.index, failure.result) for failure in answer.failed] == [(0, failed)]
    assert repr(answer) == "SendBulkEmailResponse(bulk_email_entry_results=(BulkEmailEntryResult(status='FAILED'),))"
