"""`identities`: who may send, and the DNS records that it takes."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

import typer

from .. import models
from .._dns import Record, records
from ..errors import AlreadyExistsException
from .failures import UsageProblem
from .output import clean, note, print_facts, print_json, print_line, print_table
from .session import Session, command

Name = Annotated[str, typer.Argument(metavar="IDENTITY", help="A domain or an address.")]
Zone = Annotated[bool, typer.Option("--zone", help="Print the DNS records as a zone file.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(no_args_is_help=True, help="Domains and addresses that may send.")
    command(group, "list")(list_identities)
    command(group, "show")(show)
    command(group, "create")(create)
    command(group, "wait")(wait)
    app.add_typer(group, name="identities")


def list_identities(session: Session) -> None:
    """List all identities with their status."""
    with session.client() as ses:
        found = [_summary(one) for one in ses.iter_email_identities()]
    if session.json:
        for row in found:
            print_json(row)
    else:
        print_table(("Identity", "Type", "Status", "May send"), [list(row.values()) for row in found])


def _summary(one: models.IdentityInfo) -> dict[str, object]:
    return {
        "identity": one.identity_name,
        "type": one.identity_type,
        "status": one.verification_status,
        "may_send": one.sending_enabled,
    }


def show(session: Session, identity: Name, zone: Zone = False) -> None:
    """Show the status of an identity, and the DNS records to set."""
    with session.client() as ses:
        _print(session, identity, ses.get_email_identity(email_identity=identity), ses.region, zone)


def create(
    session: Session,
    identity: Name,
    mail_from: Annotated[str | None, typer.Option(help="A subdomain for MAIL FROM, such as mail.example.com.")] = None,
    configuration_set: Annotated[str | None, typer.Option(help="The default configuration set.")] = None,
    zone: Zone = False,
) -> None:
    """Create an identity, and show the DNS records to set. SES mails a link to an address."""
    with session.client() as ses:
        try:
            ses.create_email_identity(email_identity=identity, configuration_set_name=configuration_set)
        except AlreadyExistsException:
            if configuration_set is not None:
                raise
            note(f"sesv2kit: {identity} is there already")
        if mail_from is not None:
            ses.put_email_identity_mail_from_attributes(email_identity=identity, mail_from_domain=mail_from)
        _print(session, identity, ses.get_email_identity(email_identity=identity), ses.region, zone)


def wait(
    session: Session,
    identity: Name,
    what: Annotated[
        Literal["sending", "dkim", "mail-from"], typer.Option("--for", help="What is waited for.")
    ] = "sending",
    timeout: Annotated[float, typer.Option(help="Seconds to wait at most.")] = 1800.0,
) -> None:
    """Wait until an identity is verified: it may send, or its DKIM or MAIL FROM records were found."""
    if timeout <= 0:
        raise UsageProblem("--timeout must be above 0 seconds")
    with session.client() as ses:
        waiter = {
            "sending": ses.wait_until_identity_verified,
            "dkim": ses.wait_until_dkim_verified,
            "mail-from": ses.wait_until_mail_from_verified,
        }[what]
        found = waiter(email_identity=identity, wait_timeout=timeout)
    if session.json:
        print_json(facts(identity, found, ()))
    else:
        print_line(f"{identity} is verified")


def facts(name: str, found: models.GetEmailIdentityResponse, needed: tuple[Record, ...]) -> dict[str, Any]:
    """Return what is shown of an identity."""
    dkim, mail_from, check = found.dkim_attributes, found.mail_from_attributes, found.verification_info
    return {
        "identity": name,
        "type": found.identity_type,
        "status": found.verification_status,
        "may_send": found.verified_for_sending_status,
        "dkim": dkim.status if dkim else None,
        "mail_from": mail_from.mail_from_domain if mail_from else None,
        "mail_from_status": mail_from.mail_from_domain_status if mail_from else None,
        "configuration_set": found.configuration_set_name,
        "error": check.error_type if check else None,
        "records": [{"type": one.type, "name": one.name, "value": one.value, "purpose": one.purpose} for one in needed],
    }


def _print(session: Session, name: str, found: models.GetEmailIdentityResponse, region: str | None, zone: bool) -> None:
    needed = tuple(records(name, found, region))
    if session.json:
        print_json(facts(name, found, needed))
        return
    if zone:
        for record in needed:
            print_line(clean(record.zone_line))
        return
    shown = facts(name, found, needed)
    print_facts(
        {
            "Identity": name,
            "Status": shown["status"],
            "May send": shown["may_send"],
            "DKIM": shown["dkim"],
            "MAIL FROM": shown["mail_from"],
            "MAIL FROM status": shown["mail_from_status"],
            "Configuration set": shown["configuration_set"],
            "Problem": shown["error"],
        }
    )
    for line in _blocks(needed):
        print_line(clean(line))
    if not needed and not found.verified_for_sending_status:
        note("SES has mailed a link to this address; it may send once the link was followed.")


def _blocks(needed: tuple[Record, ...]) -> Iterator[str]:
    """Yield the records as lines to copy from, grouped by what they are for."""
    purpose = ""
    for record in needed:
        if record.purpose != purpose:
            purpose = record.purpose
            yield from ("", f"DNS records: {purpose}")
        yield f"  {record.type:<5}  {record.name}"
        yield f"         {record.value}"
