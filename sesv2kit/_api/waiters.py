# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""The rows of the waiters."""

from .._call.waiter import Waiter
from .dedicated_ips import GET_DEDICATED_IP
from .deliverability import GET_DELIVERABILITY_TEST_REPORT
from .endpoints import GET_MULTI_REGION_ENDPOINT
from .identities import GET_EMAIL_IDENTITY
from .jobs import GET_EXPORT_JOB, GET_IMPORT_JOB

IDENTITY_VERIFIED = Waiter(
    operation=GET_EMAIL_IDENTITY,
    subject="the identity",
    status="verification_status",
    done=frozenset({"SUCCESS"}),
    failed=frozenset({"FAILED"}),
    done_if="verified_for_sending_status",
    reason="verification_info.error_type",
)
DKIM_VERIFIED = Waiter(
    operation=GET_EMAIL_IDENTITY,
    subject="DKIM of the identity",
    status="dkim_attributes.status",
    done=frozenset({"SUCCESS"}),
    failed=frozenset({"FAILED"}),
    reason="verification_info.error_type",
)
MAIL_FROM_VERIFIED = Waiter(
    operation=GET_EMAIL_IDENTITY,
    subject="the MAIL FROM domain of the identity",
    status="mail_from_attributes.mail_from_domain_status",
    done=frozenset({"SUCCESS"}),
    failed=frozenset({"FAILED"}),
)
EXPORT_JOB_ENDED = Waiter(
    operation=GET_EXPORT_JOB,
    subject="the export job",
    status="job_status",
    done=frozenset({"COMPLETED"}),
    failed=frozenset({"FAILED", "CANCELLED", "ERROR"}),
    reason="failure_info.error_message",
)
IMPORT_JOB_ENDED = Waiter(
    operation=GET_IMPORT_JOB,
    subject="the import job",
    status="job_status",
    done=frozenset({"COMPLETED"}),
    failed=frozenset({"FAILED", "CANCELLED", "ERROR"}),
    reason="failure_info.error_message",
)
MULTI_REGION_ENDPOINT_READY = Waiter(
    operation=GET_MULTI_REGION_ENDPOINT,
    subject="the multi-region endpoint",
    status="status",
    done=frozenset({"READY"}),
    failed=frozenset({"FAILED", "DELETING"}),
)
DEDICATED_IP_WARMED_UP = Waiter(
    operation=GET_DEDICATED_IP,
    subject="the warm-up of the address",
    status="dedicated_ip.warmup_status",
    done=frozenset({"DONE", "NOT_APPLICABLE"}),
)
DELIVERABILITY_TEST_FINISHED = Waiter(
    operation=GET_DELIVERABILITY_TEST_REPORT,
    subject="the deliverability test",
    status="deliverability_test_report.deliverability_test_status",
    done=frozenset({"COMPLETED", "COMPLETE"}),
)
