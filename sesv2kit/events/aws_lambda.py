"""Events in AWS Lambda."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from .event import Event, EventError
from .handlers import check_function, refuse_awaitable
from .json_types import as_list, as_object, as_text
from .parsing import parse_leniently

_log = logging.getLogger("sesv2kit.events")


def lambda_handler(function: Callable[[Event], object]) -> Callable[[Mapping[str, Any], Any], dict[str, Any]]:
    """Make a Lambda handler of a function that takes one event.

    AWS has verified what it hands to Lambda, so nothing is verified here; allow SNS, SQS or EventBridge alone to call
    the function. A request of API Gateway or a function URL, which anybody can make, is refused with an `EventError`:
    pass its body and headers to `Webhook.handle`.

    From SQS, a message whose events fail is reported in `batchItemFailures`, so that SQS delivers only that message
    again; switch ReportBatchItemFailures on for the event source. From anything else, the first failure is raised once
    all events were tried, so that Lambda tries the whole batch again: drop repeated events by `event.key`. A message
    without an event in it counts as a failure, except for those with which SES tests a topic.

    Args:
        function: Is called with each event, in order; sync.

    Raises:
        ConfigurationError: It is not a function, or it is async.
    """
    check_function(function, "handler", is_sync=True)

    @wraps(function)
    def handler(event: Mapping[str, Any], _context: Any = None) -> dict[str, Any]:
        records = as_list((as_object(event) or {}).get("Records"))
        failures: list[dict[str, str]] = []
        failure: Exception | None = None
        for record in [event] if records is None else records:
            try:
                _refuse_http(record)
                for found in parse_leniently(record, []):
                    refuse_awaitable(function(found))
            except Exception as error:  # noqa: BLE001 -- what the function raises is reported to AWS
                item = as_text((as_object(record) or {}).get("messageId"))
                if item is not None:
                    _log.exception("the events of a message failed; SQS will deliver it again")
                    failures.append({"itemIdentifier": item})
                else:
                    failure = failure or error
        if failure:
            raise failure
        return {"batchItemFailures": failures}

    return handler


def _refuse_http(record: object) -> None:
    members = as_object(record) or {}
    if "requestContext" in members or "httpMethod" in members:
        raise EventError("an HTTP request has to be verified: pass its body and headers to events.Webhook.handle")
