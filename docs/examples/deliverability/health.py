"""Look at what decides whether mail arrives, and name what is wrong. For a daily job.

    python docs/examples/deliverability/health.py

The exit code is 1 if there is something to do.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sesv2kit import SESv2Client, models

DAYS = 7
FEW = 100  # mails; below that, a rate says nothing
MAX_BOUNCES = 0.02  # SES reviews accounts at 5 %, and may pause them at 10 %
MAX_COMPLAINTS = 0.001  # SES reviews accounts at 0.1 %, and may pause them at 0.5 %


def account_problems(account: models.GetAccountResponse) -> Iterator[str]:
    """Yield what is wrong with the account."""
    if not account.sending_enabled:
        yield "the account does not send"
    if account.enforcement_status != "HEALTHY":
        yield f"the account's standing is {account.enforcement_status}"
    suppression = account.suppression_attributes
    reasons = set(suppression.suppressed_reasons) if suppression else set[str]()
    if missing := {"BOUNCE", "COMPLAINT"} - reasons:
        yield f"the suppression list leaves out {', '.join(sorted(missing))}"
    quota = account.send_quota
    if quota and quota.max24_hour_send and quota.max24_hour_send > 0:
        used = (quota.sent_last24_hours or 0) / quota.max24_hour_send
        if used > 0.8:
            yield f"{used:.0%} of the daily quota are used"


def domain_problems(ses: SESv2Client) -> Iterator[str]:
    """Yield what is wrong with the domains."""
    for found in ses.iter_email_identities():
        name = found.identity_name or ""
        if found.identity_type == "EMAIL_ADDRESS":
            continue
        identity = ses.get_email_identity(email_identity=name)
        dkim, mail_from = identity.dkim_attributes, identity.mail_from_attributes
        if not identity.verified_for_sending_status:
            yield f"{name} may not send"
        if dkim is None or not dkim.signing_enabled or dkim.status != "SUCCESS":
            yield f"{name} is not signed with DKIM"
        if mail_from is None or mail_from.mail_from_domain_status != "SUCCESS":
            yield f"{name} has no MAIL FROM of its own, so SPF does not count for it"


def counts(ses: SESv2Client) -> Counter[str]:
    """Return how many mails were sent, bounced and complained about."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    end = midnight + timedelta(days=1)
    response = ses.batch_get_metric_data(
        queries=[
            models.BatchGetMetricDataQuery(
                id=metric.lower(),
                namespace="VDM",
                metric=metric,
                start_date=end - timedelta(days=DAYS),
                end_date=end,
            )
            for metric in ("SEND", "PERMANENT_BOUNCE", "COMPLAINT")
        ],
    )
    return Counter({result.id or "": sum(result.values) for result in response.results})


def rate_problems(found: Counter[str]) -> Iterator[str]:
    """Yield which rates are too high."""
    sent = found["send"]
    if sent < FEW:
        return
    if (bounces := found["permanent_bounce"] / sent) > MAX_BOUNCES:
        yield f"{bounces:.1%} bounced in {DAYS} days"
    if (complaints := found["complaint"] / sent) > MAX_COMPLAINTS:
        yield f"{complaints:.2%} complained in {DAYS} days"


def problems(ses: SESv2Client) -> Iterator[str]:
    """Yield everything that is wrong."""
    account = ses.get_account()
    yield from account_problems(account)
    yield from domain_problems(ses)
    vdm = account.vdm_attributes
    if vdm is None or vdm.vdm_enabled != "ENABLED":
        yield "the Virtual Deliverability Manager is off, so there are no rates"
        return
    yield from rate_problems(counts(ses))
    for advice in ses.iter_recommendations(filter={"STATUS": "OPEN"}):
        yield f"SES advises, {advice.impact}: {advice.type} of {advice.resource_arn}"


def main() -> int:
    """Print what is wrong, and return the exit code."""
    with SESv2Client() as ses:
        found = list(problems(ses))
    for problem in found:
        print("-", problem)
    print(f"{len(found)} problems" if found else "all is well")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
