"""Configuration sets, their options and event destinations."""

from typing import Any

import pytest
from support.mails import PERSON, kinds_of, send
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

SNS = models.SnsDestination(topic_arn="arn:aws:sns:us-east-1:123456789012:events")


def destination(*kinds: str, enabled: bool | None = True) -> models.EventDestinationDefinition:
    return models.EventDestinationDefinition(enabled=enabled, matching_event_types=kinds, sns_destination=SNS)


def test_a_new_set_has_the_defaults_of_ses(ses: SESv2Client) -> None:
    tags = [models.Tag(key="team", value="shop")]
    ses.create_configuration_set(configuration_set_name="news", tags=tags)
    assert ses.get_configuration_set(configuration_set_name="news") == models.GetConfigurationSetResponse(
        configuration_set_name="news",
        delivery_options=models.DeliveryOptions(tls_policy="OPTIONAL"),
        reputation_options=models.ReputationOptions(reputation_metrics_enabled=False),
        sending_options=models.SendingOptions(sending_enabled=True),
        tags=tags,
    )


def test_a_name_is_taken_once_and_free_again_after_the_deletion(ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="news")
    with refuses(errors.AlreadyExistsException, "Configuration set <news> already exists."):
        ses.create_configuration_set(configuration_set_name="news")
    ses.delete_configuration_set(configuration_set_name="news")
    ses.create_configuration_set(configuration_set_name="news")
    assert [*ses.list_configuration_sets().configuration_sets] == ["news"]


PUTS: list[tuple[str, dict[str, Any], str, Any]] = [
    (
        "put_configuration_set_archiving_options",
        {"archive_arn": "arn:aws:ses:us-east-1:123456789012:mailmanager-archive/a-12345678901234567890abcd"},
        "archiving_options",
        models.ArchivingOptions(
            archive_arn="arn:aws:ses:us-east-1:123456789012:mailmanager-archive/a-12345678901234567890abcd"
        ),
    ),
    ("put_configuration_set_archiving_options", {}, "archiving_options", None),
    (
        "put_configuration_set_delivery_options",
        {"tls_policy": "REQUIRE", "max_delivery_seconds": 600},
        "delivery_options",
        models.DeliveryOptions(tls_policy="REQUIRE", max_delivery_seconds=600),
    ),
    ("put_configuration_set_delivery_options", {}, "delivery_options", models.DeliveryOptions(tls_policy="OPTIONAL")),
    (
        "put_configuration_set_reputation_options",
        {"reputation_metrics_enabled": True},
        "reputation_options",
        models.ReputationOptions(reputation_metrics_enabled=True),
    ),
    ("put_configuration_set_sending_options", {}, "sending_options", models.SendingOptions(sending_enabled=False)),
    (
        "put_configuration_set_suppression_options",
        {"suppressed_reasons": [], "suppression_scope": "TENANT"},
        "suppression_options",
        models.SuppressionOptions(suppressed_reasons=[], suppression_scope="TENANT"),
    ),
    (
        "put_configuration_set_tracking_options",
        {"custom_redirect_domain": "links.example.com", "https_policy": "REQUIRE"},
        "tracking_options",
        models.TrackingOptions(custom_redirect_domain="links.example.com", https_policy="REQUIRE"),
    ),
    ("put_configuration_set_tracking_options", {}, "tracking_options", None),
    (
        "put_configuration_set_vdm_options",
        {
            "vdm_options": models.VdmOptions(
                guardian_options=models.GuardianOptions(optimized_shared_delivery="ENABLED")
            )
        },
        "vdm_options",
        models.VdmOptions(guardian_options=models.GuardianOptions(optimized_shared_delivery="ENABLED")),
    ),
]


@pytest.mark.parametrize(("method", "arguments", "member", "expected"), PUTS)
def test_what_was_put_is_there(
    ses: SESv2Client, method: str, arguments: dict[str, Any], member: str, expected: object
) -> None:
    ses.create_configuration_set(configuration_set_name="news")
    getattr(ses, method)(configuration_set_name="news", **arguments)
    assert getattr(ses.get_configuration_set(configuration_set_name="news"), member) == expected


def test_an_update_changes_what_is_given(ses: SESv2Client) -> None:
    options = models.MessageSecurityOptions(
        signing_scheme=models.SigningScheme(smime_scheme=models.SmimeSigningScheme(signature_format="DETACHED"))
    )
    ses.create_configuration_set(configuration_set_name="news")
    ses.update_configuration_set(configuration_set_name="news", message_security_options=options)
    ses.update_configuration_set(configuration_set_name="news")
    found = ses.get_configuration_set(configuration_set_name="news")
    assert found.message_security_options == options
    assert found.delivery_options == models.DeliveryOptions(tls_policy="OPTIONAL")


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("get_configuration_set", {}),
        ("delete_configuration_set", {}),
        ("update_configuration_set", {}),
        ("put_configuration_set_delivery_options", {}),
        ("put_configuration_set_reputation_options", {}),
        ("put_configuration_set_sending_options", {}),
        ("get_configuration_set_event_destinations", {}),
        ("delete_configuration_set_event_destination", {"event_destination_name": "topic"}),
        (
            "create_configuration_set_event_destination",
            {"event_destination_name": "topic", "event_destination": destination("SEND")},
        ),
    ],
)
def test_a_set_that_is_not_there(ses: SESv2Client, method: str, arguments: dict[str, Any]) -> None:
    with refuses(errors.NotFoundException, "Configuration set <news> does not exist."):
        getattr(ses, method)(configuration_set_name="news", **arguments)


def test_a_pool_must_be_there(ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="old")
    with refuses(errors.NotFoundException, "The requested pool <fast> does not exist."):
        ses.create_configuration_set(
            configuration_set_name="new", delivery_options=models.DeliveryOptions(sending_pool_name="fast")
        )
    with refuses(errors.NotFoundException, "The requested pool <fast> does not exist."):
        ses.put_configuration_set_delivery_options(configuration_set_name="old", sending_pool_name="fast")
    ses.create_dedicated_ip_pool(pool_name="fast")
    ses.put_configuration_set_delivery_options(configuration_set_name="old", sending_pool_name="fast")
    options = ses.get_configuration_set(configuration_set_name="old").delivery_options
    assert options == models.DeliveryOptions(tls_policy="OPTIONAL", sending_pool_name="fast")
    assert [*ses.list_configuration_sets().configuration_sets] == ["old"]


def test_the_list_knows_a_part_of_the_name(ses: SESv2Client) -> None:
    for name in ("news", "orders", "old-news"):
        ses.create_configuration_set(configuration_set_name=name)
    found = ses.list_configuration_sets(filter={"CONFIGURATION_SET_NAME_CONTAINS": "news"})
    assert [*found.configuration_sets] == ["news", "old-news"]


def test_event_destinations_are_kept_in_their_order(ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="news")
    for name in ("a", "b", "c"):
        ses.create_configuration_set_event_destination(
            configuration_set_name="news", event_destination_name=name, event_destination=destination("SEND")
        )
    ses.update_configuration_set_event_destination(
        configuration_set_name="news", event_destination_name="b", event_destination=destination("OPEN", enabled=None)
    )
    ses.delete_configuration_set_event_destination(configuration_set_name="news", event_destination_name="a")
    found = ses.get_configuration_set_event_destinations(configuration_set_name="news").event_destinations
    assert [*found] == [
        models.EventDestination(name="b", enabled=False, matching_event_types=["OPEN"], sns_destination=SNS),
        models.EventDestination(name="c", enabled=True, matching_event_types=["SEND"], sns_destination=SNS),
    ]


def test_event_destinations_that_do_not_fit(ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="news")

    def create(name: str, *kinds: str) -> None:
        ses.create_configuration_set_event_destination(
            configuration_set_name="news", event_destination_name=name, event_destination=destination(*kinds)
        )

    create("0", "SEND")
    with refuses(
        errors.AlreadyExistsException,
        "An event destination with name <0> already exists for configuration set <news>.",
    ):
        create("0", "SEND")
    missing = "An event destination with name <x> does not exist for configuration set <news>."
    with refuses(errors.NotFoundException, missing):
        ses.update_configuration_set_event_destination(
            configuration_set_name="news", event_destination_name="x", event_destination=destination("SEND")
        )
    with refuses(errors.NotFoundException, missing):
        ses.delete_configuration_set_event_destination(configuration_set_name="news", event_destination_name="x")
    with refuses(errors.BadRequestException, "At least one matching event type is required."):
        create("1")
    for number in range(1, 10):
        create(str(number), "SEND")
    with refuses(errors.LimitExceededException, "Configuration set <news> can have at most 10 event destinations."):
        create("10", "SEND")


def test_a_paused_set_does_not_send(fake: FakeSES, ses: SESv2Client) -> None:
    ses.create_configuration_set(configuration_set_name="news")
    ses.put_configuration_set_sending_options(configuration_set_name="news", sending_enabled=False)
    with pytest.raises(errors.SendingPausedException):
        send(ses, configuration_set_name="news")
    assert len(fake.outbox) == 0


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ({}, ["Send", "Bounce"]),
        ({"suppression_scope": "ACCOUNT"}, ["Send", "Bounce"]),
        ({"suppressed_reasons": []}, ["Send"]),
        ({"suppressed_reasons": ["COMPLAINT"]}, ["Send"]),
        ({"suppressed_reasons": ["BOUNCE"]}, ["Send", "Bounce"]),
    ],
)
def test_the_reasons_of_a_set_come_before_those_of_the_account(
    fake: FakeSES, ses: SESv2Client, options: dict[str, Any], kinds: list[str]
) -> None:
    ses.put_suppressed_destination(email_address=PERSON, reason="BOUNCE")
    ses.create_configuration_set(configuration_set_name="news")
    ses.put_configuration_set_suppression_options(configuration_set_name="news", **options)
    send(ses, configuration_set_name="news")
    assert kinds_of(fake) == kinds
