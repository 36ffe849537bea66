"""Each example of the reference runs against the fake, and calls its operation."""

import inspect
import json
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from sesv2kit import CallInfo, Hook, SESv2Client, models
from sesv2kit._api import DOMAINS
from sesv2kit.testing import FakeSES
from sesv2kit.testing._service.routing import routes

FOLDER = Path(__file__).parents[2] / "codegen" / "examples"
ARN = "arn:aws:ses:us-east-1:123456789012:"
QUIET = {"send_bulk_email", "wait_until_import_job_ended"}
"""The examples that print only what went wrong."""


class Calls(Hook):
    """Keeps the names of the operations that were called."""

    def __init__(self) -> None:
        """Begin without a call."""
        self.names: list[str] = []

    @contextmanager
    def around_call(self, call: CallInfo) -> Generator[None]:
        """Keep the name of the operation."""
        yield
        self.names.append(call.operation)


@pytest.fixture
def fake() -> Iterator[FakeSES]:
    """Return a fake service."""
    with FakeSES() as fake:
        yield fake


def prepare(fake: FakeSES, ses: SESv2Client, example: str) -> dict[str, str | None]:
    """Create what the examples work with; return what they take, by the names of their arguments."""
    prepare_sending(ses)
    prepare_contacts(ses)
    tenant = prepare_tenant(fake, ses)
    prepare_dedicated_ips(fake, ses)
    prepare_deliverability(fake)
    ses.put_suppressed_destination(email_address="bob@example.net", reason="BOUNCE")
    fake.files["s3://example-bucket/contacts.csv"] = b"emailAddress\ndave@example.net\nno address\n"
    EXAMPLES["put_deliverability_dashboard_option"](ses)
    for example_of in ("create_deliverability_test_report", "create_import_job", "create_export_job", "send_email"):
        EXAMPLES[example_of](ses)
    taken = {
        "report_id": ses.list_deliverability_test_reports().deliverability_test_reports[0].report_id,
        "import_id": ses.list_import_jobs().import_jobs[0].job_id,
        "export_id": ses.list_export_jobs().export_jobs[0].job_id,
        "campaign_id": "spring",
        "tenant_arn": tenant.tenant_arn,
        "message_id": fake.outbox[-1].message_id,
    }
    if example == "create_contact_list":
        ses.delete_contact_list(contact_list_name="customers")  # an account has one at most
    if example != "cancel_export_job":
        fake.clock.advance(timedelta(hours=25))  # what takes the service time is done
    return taken


def prepare_sending(ses: SESv2Client) -> None:
    """Create identities, a configuration set and templates."""
    ses.create_email_identity(email_identity="old.example.com")
    ses.create_configuration_set(configuration_set_name="newsletter")
    ses.create_configuration_set_event_destination(
        configuration_set_name="newsletter",
        event_destination_name="to-event-bus",
        event_destination=models.EventDestinationDefinition(
            matching_event_types=["BOUNCE"],
            event_bridge_destination=models.EventBridgeDestination(
                event_bus_arn="arn:aws:events:us-east-1:123456789012:event-bus/default"
            ),
        ),
    )
    content = models.EmailTemplateContent(subject="Welcome", text="Hello {{name}}")
    ses.create_email_template(template_name="welcome", template_content=content)
    ses.create_custom_verification_email_template(
        template_name="verify-address",
        from_email_address="shop@example.com",
        template_subject="Please confirm",
        template_content="<p>Please confirm.</p>",
        success_redirection_url="https://shop.example.com/verified",
        failure_redirection_url="https://shop.example.com/not-verified",
    )
    ses.create_email_identity_policy(
        email_identity="example.com",
        policy_name="partner-may-send",
        policy=json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ses:SendEmail"]}]}),
    )
    ses.put_email_identity_mail_from_attributes(
        email_identity="example.com", mail_from_domain="bounces.example.com", behavior_on_mx_failure="USE_DEFAULT_VALUE"
    )
    ses.associate_email_identity_certificate(
        email_identity="example.com",
        from_address="signed@example.com",
        certificate_arn="arn:aws:acm:us-east-1:123456789012:certificate/0f0e0d0c-0b0a-4908-8706-050403020100",
    )
    details = models.Details(routes_details=[models.RouteDetails(region="eu-west-1")])
    ses.create_multi_region_endpoint(endpoint_name="newsletter", details=details)


def prepare_contacts(ses: SESv2Client) -> None:
    """Create a contact list with a topic and a contact."""
    topic = models.Topic(topic_name="offers", display_name="Offers", default_subscription_status="OPT_OUT")
    ses.create_contact_list(contact_list_name="customers", topics=[topic])
    wanted = models.TopicPreference(topic_name="offers", subscription_status="OPT_IN")
    for address, unsubscribe_all in (("ann@example.net", False), ("bob@example.net", True)):
        ses.create_contact(
            contact_list_name="customers",
            email_address=address,
            topic_preferences=[wanted],
            unsubscribe_all=unsubscribe_all,
        )


def prepare_tenant(fake: FakeSES, ses: SESv2Client) -> models.CreateTenantResponse:
    """Create a tenant with an identity, and advice about it."""
    tenant = ses.create_tenant(tenant_name="acme")
    ses.create_tenant_resource_association(tenant_name="acme", resource_arn=f"{ARN}identity/example.com")
    fake.canned.recommendation(
        models.Recommendation(resource_arn=f"{ARN}identity/example.com", type="DMARC", status="OPEN", impact="HIGH")
    )
    fake.canned.reputation(
        models.ReputationEntity(
            reputation_entity_type="RESOURCE",
            reputation_entity_reference=tenant.tenant_arn,
            aws_ses_managed_status=models.StatusRecord(status="DISABLED"),
        )
    )
    return tenant


def prepare_dedicated_ips(fake: FakeSES, ses: SESv2Client) -> None:
    """Create two pools, one of which has an address."""
    ses.create_dedicated_ip_pool(pool_name="newsletter-pool")
    ses.create_dedicated_ip_pool(pool_name="receipts-pool")
    fake.lease_ip("192.0.2.1", "newsletter-pool")


def prepare_deliverability(fake: FakeSES) -> None:
    """Set what only AWS knows."""
    fake.canned.campaign("example.com", models.DomainDeliverabilityCampaign(campaign_id="spring", subject="Spring"))
    fake.canned.blocklist("192.0.2.1", [models.BlacklistEntry(rbl_name="a blocklist")])


def functions_of(domain: str) -> dict[str, Callable[..., None]]:
    """Return the examples of a domain by their names, in their order."""
    module = import_module(f"codegen.examples.{domain}")
    functions = inspect.getmembers(module, inspect.isfunction)
    return {name: function for name, function in functions if function.__module__ == module.__name__}


EXAMPLES = {name: function for domain in DOMAINS for name, function in functions_of(domain).items()}
OPERATIONS = {route.method_name: route.operation.name for route in routes()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_runs_and_calls_its_operation(fake: FakeSES, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with fake.client() as ses:
        available = prepare(fake, ses, name)
    taken = [parameter for parameter in inspect.signature(EXAMPLES[name]).parameters if parameter != "ses"]
    calls = Calls()
    capsys.readouterr()
    with fake.client(hooks=[calls]) as ses:
        EXAMPLES[name](ses, **{parameter: available[parameter] for parameter in taken})
    if name.startswith("wait_until_"):
        assert calls.names
        assert name in inspect.getsource(EXAMPLES[name])
    else:
        assert OPERATIONS[name] in calls.names
    shows = "print(" in inspect.getsource(EXAMPLES[name])
    assert bool(capsys.readouterr().out) == shows or name in QUIET, "an example that prints has something to print"


def test_every_operation_and_waiter_has_an_example_in_the_module_of_its_domain() -> None:
    waiters = {name for name in dir(SESv2Client) if name.startswith("wait_until_")}
    assert set(EXAMPLES) == set(OPERATIONS) | waiters
    by_domain = {route.method_name: route.domain for route in routes()}
    for domain in DOMAINS:
        assert {name for name in functions_of(domain) if name in by_domain} == {
            name for name, home in by_domain.items() if home == domain
        }


def test_examples_of_lists_show_the_iterator() -> None:
    for name, operation in OPERATIONS.items():
        iterator = f"iter_{name.removeprefix('list_').removeprefix('get_')}"
        if hasattr(SESv2Client, iterator):
            assert f"ses.{iterator}(" in inspect.getsource(EXAMPLES[name]), operation


def test_the_code_of_an_example_has_88_columns_at_most() -> None:
    for path in FOLDER.glob("*.py"):
        lines = [line.removeprefix("    ") for line in path.read_text(encoding="utf-8").splitlines()]
        assert [line for line in lines if len(line) > 88] == []
