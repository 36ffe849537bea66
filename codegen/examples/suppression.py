"""Examples: suppression lists."""

from datetime import UTC, datetime, timedelta

from sesv2kit import SESv2Client, errors


def prepare(ses: SESv2Client) -> None:
    ses.put_suppressed_destination(email_address="bob@example.net", reason="BOUNCE")


def delete_suppressed_destination(ses: SESv2Client) -> None:
    ses.delete_suppressed_destination(email_address="bob@example.net")


def get_suppressed_destination(ses: SESv2Client) -> None:
    try:
        found = ses.get_suppressed_destination(email_address="bob@example.net")
    except errors.NotFoundException:
        print("not suppressed")
    else:
        entry = found.suppressed_destination
        print("suppressed since", entry.last_update_time, "for a", entry.reason)


def list_suppressed_destinations(ses: SESv2Client) -> None:
    for entry in ses.iter_suppressed_destinations(
        reasons=["BOUNCE"], start_date=datetime.now(UTC) - timedelta(days=7)
    ):
        print(entry.email_address, entry.last_update_time)


def put_suppressed_destination(ses: SESv2Client) -> None:
    ses.put_suppressed_destination(email_address="carol@example.net", reason="COMPLAINT")
