"""`account`: what the account may send, and how it stands."""

from typing import Any

import typer

from .. import models
from .output import print_facts, print_json
from .session import Session, command


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "account")(show)


def show(session: Session) -> None:
    """Show quota, rate, sandbox and reputation."""
    with session.client() as ses:
        found = facts(ses.get_account(), ses.region)
    if session.json:
        print_json(found)
    else:
        print_facts(described(found))


def facts(account: models.GetAccountResponse, region: str | None) -> dict[str, Any]:
    """Return what is shown of an account."""
    quota = account.send_quota or models.SendQuota()
    allowed, sent = quota.max24_hour_send, quota.sent_last24_hours or 0.0
    is_unlimited = None if allowed is None else allowed < 0
    suppression = account.suppression_attributes
    review = account.details.review_details if account.details else None
    return {
        "region": region,
        "sending_enabled": account.sending_enabled,
        "sandbox": None if account.production_access_enabled is None else not account.production_access_enabled,
        "reputation": account.enforcement_status,
        "unlimited": is_unlimited,
        "quota_per_day": None if is_unlimited else allowed,
        "sent_last_24_hours": sent,
        "quota_left": None if is_unlimited or allowed is None else max(allowed - sent, 0.0),
        "rate_per_second": quota.max_send_rate,
        "suppressed_reasons": [str(reason) for reason in suppression.suppressed_reasons] if suppression else [],
        "review": review.status if review else None,
    }


def described(found: dict[str, Any]) -> dict[str, object]:
    """Return the facts for people."""
    sandbox = {True: "yes: mail goes to verified addresses and domains alone", False: "no", None: None}
    sending = {True: "enabled", False: "off: paused, or disabled by AWS", None: None}
    return {
        "Region": found["region"],
        "Sending": sending[found["sending_enabled"]],
        "Sandbox": sandbox[found["sandbox"]],
        "Reputation": found["reputation"],
        "Quota": "no limit" if found["unlimited"] else _number(found["quota_per_day"], "recipients a day"),
        "Sent": f"{found['sent_last_24_hours']:,.0f} in the last 24 hours",
        "Left": _number(found["quota_left"]),
        "Rate": _number(found["rate_per_second"], "recipients a second"),
        "Suppression": ", ".join(found["suppressed_reasons"]).lower() or "off",
        "Review": found["review"],
    }


def _number(value: float | None, unit: str = "") -> str | None:
    return None if value is None else f"{value:,.10g} {unit}".strip()
