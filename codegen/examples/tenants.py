"""Examples: tenants and reputations."""

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> dict[str, str | None]:
    ses.create_email_template(
        template_name="welcome",
        template_content=models.EmailTemplateContent(
            subject="Welcome", text="Hello {{name}}"
        ),
    )
    tenant_arn = ses.create_tenant(tenant_name="acme").tenant_arn
    ses.create_tenant_resource_association(
        tenant_name="acme",
        resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com",
    )
    return {"tenant_arn": tenant_arn}


def create_tenant(ses: SESv2Client) -> None:
    tenant = ses.create_tenant(
        tenant_name="globex", tags=[models.Tag(key="plan", value="gold")]
    )
    print(tenant.tenant_id, tenant.tenant_arn)


def create_tenant_resource_association(ses: SESv2Client) -> None:
    ses.create_tenant_resource_association(
        tenant_name="acme",
        resource_arn="arn:aws:ses:us-east-1:123456789012:template/welcome",
    )


def delete_tenant(ses: SESv2Client) -> None:
    ses.delete_tenant(tenant_name="acme")  # its identities and templates stay


def delete_tenant_resource_association(ses: SESv2Client) -> None:
    ses.delete_tenant_resource_association(
        tenant_name="acme",
        resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com",
    )


def get_reputation_entity(ses: SESv2Client, tenant_arn: str) -> None:
    found = ses.get_reputation_entity(
        reputation_entity_type="RESOURCE", reputation_entity_reference=tenant_arn
    )
    entity = found.reputation_entity
    if entity is not None:
        print(entity.sending_status_aggregate, entity.reputation_impact)


def get_tenant(ses: SESv2Client) -> None:
    tenant = ses.get_tenant(tenant_name="acme").tenant
    if tenant is not None:
        print(tenant.tenant_arn, tenant.sending_status)


def list_reputation_entities(ses: SESv2Client) -> None:
    for entity in ses.iter_reputation_entities(filter={"SENDING_STATUS": "DISABLED"}):
        print(entity.reputation_entity_reference, "can't send")


def list_resource_tenants(ses: SESv2Client) -> None:
    for tenant in ses.iter_resource_tenants(
        resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com"
    ):
        print(tenant.tenant_name)


def list_tenant_resources(ses: SESv2Client) -> None:
    for resource in ses.iter_tenant_resources(
        tenant_name="acme", filter={"RESOURCE_TYPE": "EMAIL_IDENTITY"}
    ):
        print(resource.resource_arn)


def list_tenants(ses: SESv2Client) -> None:
    for tenant in ses.iter_tenants(filter={"TENANT_NAME_CONTAINS": "ac"}):
        print(tenant.tenant_name, tenant.sending_status)


def put_tenant_suppression_attributes(ses: SESv2Client) -> None:
    ses.put_tenant_suppression_attributes(
        tenant_name="acme",
        suppression_scope="TENANT",  # a list of its own
        suppressed_reasons=["BOUNCE", "COMPLAINT"],
    )


def update_reputation_entity_customer_managed_status(
    ses: SESv2Client, tenant_arn: str
) -> None:
    ses.update_reputation_entity_customer_managed_status(
        reputation_entity_type="RESOURCE",
        reputation_entity_reference=tenant_arn,
        sending_status="DISABLED",  # stops the mail of this tenant
    )


def update_reputation_entity_policy(ses: SESv2Client, tenant_arn: str) -> None:
    ses.update_reputation_entity_policy(
        reputation_entity_type="RESOURCE",
        reputation_entity_reference=tenant_arn,
        reputation_entity_policy="arn:aws:ses:us-east-1:aws:reputation-policy/strict",
    )
