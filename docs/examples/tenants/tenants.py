"""One SES account, many customers: each is a tenant with a reputation of its own.

    python docs/examples/tenants/tenants.py

Region, credentials and endpoint come from the environment. Against `sesv2kit local`,
domains are verified at once.
"""

from contextlib import suppress

from sesv2kit import SESv2Client, compose, errors


def add_customer(ses: SESv2Client, name: str, domain: str) -> str:
    """Create all that a customer needs, and return the ARN of the tenant.

    It can be called again after a failure: what exists already is left alone.
    """
    try:
        tenant_arn = ses.create_tenant(tenant_name=name).tenant_arn
    except errors.AlreadyExistsException:
        tenant = ses.get_tenant(tenant_name=name).tenant
        tenant_arn = tenant.tenant_arn if tenant else None
    if tenant_arn is None:
        raise RuntimeError(f"SES did not say which ARN the tenant {name} has")
    with suppress(errors.AlreadyExistsException):
        ses.create_email_identity(email_identity=domain)
    with suppress(errors.AlreadyExistsException):
        ses.create_configuration_set(configuration_set_name=name)
    account = tenant_arn.partition(":tenant/")[0]  # arn:aws:ses:<region>:<account>
    for resource in (f"identity/{domain}", f"configuration-set/{name}"):
        with suppress(errors.AlreadyExistsException):
            ses.create_tenant_resource_association(
                tenant_name=name,
                resource_arn=f"{account}:{resource}",
            )
    return tenant_arn


def send_for(ses: SESv2Client, customer: str, sender: str, to: str) -> str:
    """Send a mail in the name of a customer, and return what happened."""
    mail = compose.mail(
        sender=sender,
        to=to,
        subject="Your order",
        text="It is on its way.",
    )
    try:
        sent = ses.send_email(
            **mail.arguments,
            tenant_name=customer,
            configuration_set_name=customer,
        )
    except errors.SendingPausedException:
        return "not sent: the tenant is paused"
    except errors.AccessDeniedException:
        return "not sent: the tenant may not use this sender"
    except errors.AmbiguousSendError:
        return "may have been sent: do not send it again without a look"
    except errors.SESv2Error as error:
        return f"not sent: {error}"
    return f"sent as {sent.message_id}"


def set_sending(ses: SESv2Client, tenant_arn: str, status: str) -> None:
    """Pause a tenant with `DISABLED`, let it send again with `ENABLED`."""
    ses.update_reputation_entity_customer_managed_status(
        reputation_entity_type="RESOURCE",
        reputation_entity_reference=tenant_arn,
        sending_status=status,
    )


def main() -> None:
    """Set up two customers, send for both, and pause one."""
    with SESv2Client() as ses:
        acme = add_customer(ses, "acme", "acme.example")
        add_customer(ses, "globex", "globex.example")

        to = "ann@example.net"
        print("acme:", send_for(ses, "acme", "shop@acme.example", to))
        print("globex as acme:", send_for(ses, "globex", "shop@acme.example", to))

        set_sending(ses, acme, "DISABLED")
        print("acme:", send_for(ses, "acme", "shop@acme.example", to))
        print("globex:", send_for(ses, "globex", "shop@globex.example", to))
        set_sending(ses, acme, "ENABLED")

        for entity in ses.iter_reputation_entities():
            tenant = (entity.reputation_entity_reference or "").split("/")[1]
            status = entity.sending_status_aggregate
            print(f"{tenant}: {status}, impact: {entity.reputation_impact or 'none'}")


if __name__ == "__main__":
    main()
