"""Each example of the reference runs against the fake, and calls its operation."""

import inspect
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from codegen.docs import read_examples
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


def functions_of(domain: str) -> dict[str, Callable[..., None]]:
    """Return the examples of a domain by their names, in their order."""
    module = import_module(f"codegen.examples.{domain}")
    functions = inspect.getmembers(module, inspect.isfunction)
    own = {name: function for name, function in functions if function.__module__ == module.__name__}
    own.pop("prepare", None)
    return own


DOMAIN_OF = {name: domain for domain in DOMAINS for name in functions_of(domain)}
OPERATIONS = {route.method_name: route.operation.name for route in routes()}


def set_what_aws_alone_knows(fake: FakeSES, domain: str, names: dict[str, Any]) -> None:
    """Set what no client can create."""
    if domain == "dedicated_ips":
        fake.lease_ip("192.0.2.1", "newsletter-pool")
    fake.canned.campaign("example.com", models.DomainDeliverabilityCampaign(campaign_id="spring", subject="Spring"))
    fake.canned.blocklist("192.0.2.1", [models.BlacklistEntry(rbl_name="a blocklist")])
    fake.canned.recommendation(
        models.Recommendation(resource_arn=f"{ARN}identity/example.com", type="DMARC", status="OPEN", impact="HIGH")
    )
    if domain == "tenants":
        fake.canned.reputation(
            models.ReputationEntity(
                reputation_entity_type="RESOURCE",
                reputation_entity_reference=names["tenant_arn"],
                aws_ses_managed_status=models.StatusRecord(status="DISABLED"),
            )
        )


@pytest.mark.parametrize("name", DOMAIN_OF)
def test_an_example_runs_after_what_its_page_shows_first_and_calls_its_operation(
    fake: FakeSES, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    domain = DOMAIN_OF[name]
    examples = read_examples(FOLDER / f"{domain}.py")
    calls = Calls()
    fake.files["s3://example-bucket/contacts.csv"] = b"emailAddress\ndave@example.net\nno address\n"
    with fake.client(hooks=[calls]) as ses:
        names: dict[str, Any] = {"ses": ses}
        exec(examples.imports, names)
        exec(examples.preparation, names)
        if name == "create_contact_list":
            ses.delete_contact_list(contact_list_name="customers")
        set_what_aws_alone_knows(fake, domain, names)
        if name != "cancel_export_job":
            fake.clock.advance(timedelta(hours=25))  # what takes the service time is done
        calls.names.clear()
        capsys.readouterr()
        exec(examples.bodies[name], names)
    if name.startswith("wait_until_"):
        assert calls.names
        assert name in examples.bodies[name]
    else:
        assert OPERATIONS[name] in calls.names
    shows = "print(" in examples.bodies[name]
    assert bool(capsys.readouterr().out) == shows or name in QUIET, "an example that prints has something to print"


def test_every_operation_and_waiter_has_an_example_in_the_module_of_its_domain() -> None:
    waiters = {name for name in dir(SESv2Client) if name.startswith("wait_until_")}
    assert set(DOMAIN_OF) == set(OPERATIONS) | waiters
    by_domain = {route.method_name: route.domain for route in routes()}
    for domain in DOMAINS:
        assert {name for name in functions_of(domain) if name in by_domain} == {
            name for name, home in by_domain.items() if home == domain
        }


def test_examples_of_lists_show_the_iterator() -> None:
    for name, operation in OPERATIONS.items():
        iterator = f"iter_{name.removeprefix('list_').removeprefix('get_')}"
        if hasattr(SESv2Client, iterator):
            body = read_examples(FOLDER / f"{DOMAIN_OF[name]}.py").bodies[name]
            assert f"ses.{iterator}(" in body, operation


def test_the_code_of_an_example_has_88_columns_at_most() -> None:
    for path in FOLDER.glob("*.py"):
        lines = [line.removeprefix("    ") for line in path.read_text(encoding="utf-8").splitlines()]
        assert [line for line in lines if len(line) > 88] == []
