"""What would go wrong with a mailing is said before its first mail."""

import json
from collections.abc import Iterable
from typing import Any

import pytest
from support.bulk import CLIENT, SETTINGS, address, entry
from support.bulk_server import BulkServer

from sesv2kit import AsyncSESv2Client, SESv2Client, errors, models
from sesv2kit.bulk import AsyncBulkSender, BulkItem, BulkSender, Preflight

pytestmark = pytest.mark.anyio


@pytest.fixture
def account(server: BulkServer) -> BulkServer:
    """An account in which everything is as it should be."""
    server.quota = {"Max24HourSend": 50_000, "MaxSendRate": 14, "SentLast24Hours": 40_000}
    server.account = {"ProductionAccessEnabled": True, "SendingEnabled": True, "EnforcementStatus": "HEALTHY"}
    server.resources = {
        "identities/example.com": (200, {"VerifiedForSendingStatus": True}, None),
        "configuration-sets/news": (200, {"SendingOptions": {"SendingEnabled": True}}, None),
        "templates/news": (200, template("Hi {{name}}", "Dear {{name}}, you have {{points}} points."), None),
    }
    return server


def template(subject: str, text: str) -> dict[str, object]:
    """Return what GetEmailTemplate says."""
    return {"TemplateName": "news", "TemplateContent": {"Subject": subject, "Text": text}}


def to(number: int, **values: Any) -> models.BulkEmailEntry:
    """Return an entry with values for the template."""
    replaced = models.ReplacementTemplate(replacement_template_data=json.dumps(values))
    return models.BulkEmailEntry(
        destination=models.Destination(to_addresses=[address(number)]),
        replacement_email_content=models.ReplacementEmailContent(replacement_template=replaced),
    )


GOOD = [to(number, name=f"reader {number}", points=number) for number in range(10)]


async def check(
    kind: str, server: BulkServer, sample: Iterable[Any] = GOOD, total: int | None = None, **settings: Any
) -> Preflight:
    """Return what a sender says before a mailing."""
    settings = {**SETTINGS, **settings}
    if kind == "sync":
        with SESv2Client(**CLIENT, endpoint_url=server.url) as ses:
            return BulkSender(ses, **settings).preflight(sample, total=total)
    async with AsyncSESv2Client(**CLIENT, endpoint_url=server.url) as async_ses:
        return await AsyncBulkSender(async_ses, **settings).preflight(sample, total=total)


async def test_a_mailing_that_is_right_has_no_problems_and_a_time(kind: str, account: BulkServer) -> None:
    found = await check(kind, account, total=7000, configuration_set_name="news")
    assert found.problems == ()
    assert found.unchecked == ()
    assert found.ok
    assert (found.total, found.recipients, found.quota_left, found.per_second) == (7000, 7000, 10_000, 14)
    assert found.seconds == 500
    assert str(found) == "7000 entries, 7000 recipients, at least 500 seconds"
    assert account.requests == []


@pytest.mark.parametrize(
    ("change", "settings", "problem"),
    [
        ({"account": {"ProductionAccessEnabled": False}}, {}, "account: is in the sandbox"),
        ({"account": {"SendingEnabled": False}}, {}, "account: sending is paused or was disabled"),
        ({"account": {"EnforcementStatus": "SHUTDOWN"}}, {}, "account: AWS has shut down"),
        ({}, {"total": 10_001}, "account: may mail 10000 more recipients in these 24 hours; the mailing has 10001"),
        ({}, {"send_rate": 50.0}, "send_rate: is 50 a second; the account allows 14"),
        ({}, {"from_email_address": "Ann <ann@example.org>"}, "from_email_address: none of these identities"),
        ({}, {"from_email_address": None}, "from_email_address: is not given, and SES sends no mailing without it"),
        (
            {"resources": {"identities/example.com": (200, {"VerifiedForSendingStatus": False}, None)}},
            {},
            "from_email_address: none of these identities is verified: shop@example.com, example.com",
        ),
        ({}, {"configuration_set_name": "other"}, "configuration_set_name: there is no such configuration set"),
        (
            {"resources": {"configuration-sets/news": (200, {"SendingOptions": {"SendingEnabled": False}}, None)}},
            {"configuration_set_name": "news"},
            "configuration_set_name: sending is paused",
        ),
        (
            {"resources": {"templates/news": (404, {}, "NotFoundException")}},
            {},
            "default_content.template: there is no such template",
        ),
        (
            {"resources": {"templates/news": (200, template("{{titel}}", "{{name}}"), None)}},
            {},
            "default_content.template: uses {{titel}}, which the data of sample[0] and 9 others does not have",
        ),
        ({}, {"sample": [*GOOD, to(11, name="Ann")]}, "uses {{points}}, which the data of sample[10] does not have"),
        ({}, {"sample": [*GOOD, entry(1, others=50)]}, "sample[10].entry.destination: must have at most 50"),
        (
            {},
            {"sample": [BulkItem(GOOD[0], "a"), BulkItem(GOOD[1], "a")]},
            "sample[1].key: is that of sample[0] as well",
        ),
        ({}, {"sample": [BulkItem(lambda: {}["ann"], "a")]}, "sample[0].entry: the function that returns it raised"),
    ],
)
async def test_a_problem_is_named(
    change: dict[str, Any], settings: dict[str, Any], problem: str, kind: str, account: BulkServer
) -> None:
    account.account.update(change.get("account", {}))
    account.resources.update(change.get("resources", {}))
    found = await check(kind, account, **settings)
    assert not found.ok
    assert any(problem in str(one) for one in found.problems), found
    assert f"problem: {found.problems[0]}" in str(found)


async def test_what_may_not_be_read_is_reported_and_the_rest_is_checked(kind: str, account: BulkServer) -> None:
    account.quota = None
    account.resources["templates/news"] = (403, {"message": "no"}, "AccessDeniedException")
    found = await check(kind, account, from_email_address="shop@example.org")
    assert [problem.path for problem in found.problems] == ["from_email_address"]
    assert [str(one) for one in found.unchecked] == [
        "account: get_account failed: AccessDeniedException",
        "default_content.template: get_email_template failed: AccessDeniedException",
    ]
    assert (found.quota_left, found.per_second, found.seconds) == (None, None, None)


async def test_the_simulator_takes_mail_out_of_the_sandbox(account: BulkServer) -> None:
    account.account["ProductionAccessEnabled"] = False
    simulated = models.Destination(to_addresses=["success@simulator.amazonses.com"])
    values = models.ReplacementEmailContent(
        replacement_template=models.ReplacementTemplate(replacement_template_data='{"name": "a", "points": 1}')
    )
    sample = [models.BulkEmailEntry(destination=simulated, replacement_email_content=values)]
    assert (await check("sync", account, sample)).ok


async def test_a_template_that_comes_with_the_mailing_is_checked_as_well(account: BulkServer) -> None:
    own = models.EmailTemplateContent(subject="{{a}}{{b}}", text="")
    content = models.BulkEmailContent(template=models.Template(template_content=own, template_data='{"a": 1}'))
    found = await check("sync", account, [entry(0)], default_content=content)
    assert [str(problem) for problem in found.problems] == [
        "default_content.template: uses {{b}}, which the data of sample[0] does not have: "
        "SES would accept and never send it"
    ]
    found = await check("sync", account, [], default_content=content)
    assert [str(problem) for problem in found.problems] == [
        "default_content.template: uses {{b}}, which its data does not have"
    ]


async def test_entries_are_loaded_for_the_check(kind: str, account: BulkServer) -> None:
    found = await check(kind, account, [BulkItem(lambda: to(0, name="Ann"), "ann")])
    assert [problem.path for problem in found.problems] == ["default_content.template"]


async def test_nested_data_is_joined_with_the_defaults_as_ses_joins_it(account: BulkServer) -> None:
    text = "{{user.name}} {{user.city}} {{amazonSESUnsubscribeUrl}} {{ses:openTracker}}"
    account.resources["templates/news"] = (200, template(text, ""), None)
    default = models.Template(template_name="news", template_data='{"user": {"name": "you", "city": "Bonn"}}')
    content = models.BulkEmailContent(template=default)
    found = await check("sync", account, [to(0, user={"name": "Ann"})], default_content=content)
    assert (found.problems, found.unchecked) == ((), ())


@pytest.mark.parametrize(
    ("text", "problems", "unchecked"),
    [
        ("{{> footer}}", "The partial footer could not be found", ""),
        ("{{uppercase name}}", "uses {{uppercase}}, which the data of sample[0] does not have", ""),
        ("{{#each name}}{{x}}", "", "its variables are not known: line 1, column 1: the block 'each' is not closed"),
        (
            "{{#*inline 'p'}}{{> p}}{{/inline}}{{> p}}",
            "",
            "its variables are not known: more than 100 blocks and partials inside of each other",
        ),
    ],
)
async def test_a_template_that_ses_would_not_render(
    account: BulkServer, text: str, problems: str, unchecked: str
) -> None:
    account.resources["templates/news"] = (200, template(text, ""), None)
    found = await check("sync", account, [to(0, name="Ann")])
    for actual, expected in ((found.problems, problems), (found.unchecked, unchecked)):
        assert len(actual) == bool(expected)
        assert all(str(problem).startswith(f"default_content.template: {expected}") for problem in actual)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{#if a}}{{/if}}", "Template contains unsupported operations."),
        ("{{a", "line 1, column 1: the tag has no end"),
    ],
)
async def test_an_inline_template_has_variables_alone(account: BulkServer, text: str, problem: str) -> None:
    own = models.EmailTemplateContent(subject=text, text="")
    content = models.BulkEmailContent(template=models.Template(template_content=own, template_data='{"a": 1}'))
    found = await check("sync", account, [entry(0)], default_content=content)
    assert [str(problem) for problem in found.problems] == [f"default_content.template: {problem}"]


async def test_with_the_arn_of_an_identity_its_name_is_not_looked_up(account: BulkServer) -> None:
    account.resources.pop("identities/example.com")
    found = await check("sync", account, from_email_address_identity_arn="arn:aws:ses:eu-west-1:1:identity/example.com")
    assert found.problems == ()


async def test_an_entry_of_a_wrong_type_is_a_problem_and_not_an_error(account: BulkServer) -> None:
    found = await check("sync", account, [*GOOD, "r11@example.net"])
    assert [problem.path for problem in found.problems] == ["sample[10].entry"]


@pytest.mark.parametrize("key", [7, ["k"], {}], ids=repr)
async def test_a_key_of_a_wrong_type_is_a_problem_and_not_an_error(kind: str, account: BulkServer, key: Any) -> None:
    found = await check(kind, account, [*GOOD, BulkItem(GOOD[0], key)])
    assert [problem.path for problem in found.problems] == ["sample[10].key"]


@pytest.mark.parametrize("to_addresses", [3, [3], "r11@example.net"], ids=repr)
async def test_a_member_of_a_wrong_type_is_a_problem_and_not_an_error(account: BulkServer, to_addresses: Any) -> None:
    wrong = models.BulkEmailEntry(destination=models.Destination(to_addresses=to_addresses))
    found = await check("sync", account, [wrong])
    (problem,) = found.problems
    assert problem.path.startswith("sample[0].entry.destination.to_addresses")


@pytest.mark.parametrize("sample", [3, None, "r1@example.net", b"r1", GOOD[0], BulkItem(GOOD[0])], ids=repr)
async def test_a_sample_that_is_not_several_entries_is_refused(kind: str, account: BulkServer, sample: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^sample must be an iterable of BulkEmailEntry or BulkItem"):
        await check(kind, account, sample)


@pytest.mark.parametrize("total", ["7", 7.5, -1, True])
async def test_a_total_that_is_not_a_number_of_entries_is_refused(kind: str, account: BulkServer, total: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match=r"^total must be an int of at least 0, or None, got .+$"):
        await check(kind, account, total=total)


async def test_a_mailing_without_a_template_has_none_to_look_up(account: BulkServer) -> None:
    account.resources.pop("templates/news")
    found = await check("sync", account, default_content=models.BulkEmailContent())
    assert all(problem.path != "default_content.template" for problem in found.problems)
