"""Examples: configuration sets."""

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> None:
    ses.create_dedicated_ip_pool(pool_name="newsletter-pool")
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


def create_configuration_set(ses: SESv2Client) -> None:
    ses.create_configuration_set(
        configuration_set_name="receipts",
        delivery_options=models.DeliveryOptions(tls_policy="REQUIRE"),
        suppression_options=models.SuppressionOptions(suppressed_reasons=["BOUNCE"]),
        tags=[models.Tag(key="team", value="billing")],
    )


def create_configuration_set_event_destination(ses: SESv2Client) -> None:
    topic = "arn:aws:sns:us-east-1:123456789012:mail-events"
    ses.create_configuration_set_event_destination(
        configuration_set_name="newsletter",
        event_destination_name="to-sns",
        event_destination=models.EventDestinationDefinition(
            enabled=True,
            matching_event_types=["BOUNCE", "COMPLAINT", "DELIVERY"],
            sns_destination=models.SnsDestination(topic_arn=topic),
        ),
    )


def delete_configuration_set(ses: SESv2Client) -> None:
    ses.delete_configuration_set(configuration_set_name="newsletter")


def delete_configuration_set_event_destination(ses: SESv2Client) -> None:
    ses.delete_configuration_set_event_destination(
        configuration_set_name="newsletter", event_destination_name="to-event-bus"
    )


def get_configuration_set(ses: SESv2Client) -> None:
    found = ses.get_configuration_set(configuration_set_name="newsletter")
    if found.sending_options is not None:
        print("sending enabled:", found.sending_options.sending_enabled)
    print({tag.key: tag.value for tag in found.tags})


def get_configuration_set_event_destinations(ses: SESv2Client) -> None:
    found = ses.get_configuration_set_event_destinations(
        configuration_set_name="newsletter"
    )
    for destination in found.event_destinations:
        print(destination.name, *destination.matching_event_types)


def list_configuration_sets(ses: SESv2Client) -> None:
    for name in ses.iter_configuration_sets(
        filter={"CONFIGURATION_SET_NAME_CONTAINS": "news"}
    ):
        print(name)


def put_configuration_set_archiving_options(ses: SESv2Client) -> None:
    archive = "mailmanager-archive/a-0123456789abcdefghijklmn"
    ses.put_configuration_set_archiving_options(
        configuration_set_name="newsletter",
        archive_arn=f"arn:aws:ses:us-east-1:123456789012:{archive}",
    )


def put_configuration_set_delivery_options(ses: SESv2Client) -> None:
    ses.put_configuration_set_delivery_options(
        configuration_set_name="newsletter",
        sending_pool_name="newsletter-pool",
        tls_policy="OPTIONAL",
        max_delivery_seconds=3600,  # nobody wants yesterday's offers
    )


def put_configuration_set_reputation_options(ses: SESv2Client) -> None:
    ses.put_configuration_set_reputation_options(
        configuration_set_name="newsletter", reputation_metrics_enabled=True
    )


def put_configuration_set_sending_options(ses: SESv2Client) -> None:
    ses.put_configuration_set_sending_options(
        configuration_set_name="newsletter", sending_enabled=False
    )


def put_configuration_set_suppression_options(ses: SESv2Client) -> None:
    ses.put_configuration_set_suppression_options(
        configuration_set_name="newsletter",
        suppressed_reasons=["BOUNCE", "COMPLAINT"],
    )


def put_configuration_set_tracking_options(ses: SESv2Client) -> None:
    ses.put_configuration_set_tracking_options(
        configuration_set_name="newsletter",
        custom_redirect_domain="links.example.com",
        https_policy="REQUIRE",
    )


def put_configuration_set_vdm_options(ses: SESv2Client) -> None:
    ses.put_configuration_set_vdm_options(
        configuration_set_name="newsletter",
        vdm_options=models.VdmOptions(
            dashboard_options=models.DashboardOptions(engagement_metrics="ENABLED")
        ),
    )


def update_configuration_set(ses: SESv2Client) -> None:
    ses.update_configuration_set(
        configuration_set_name="newsletter",
        message_security_options=models.MessageSecurityOptions(
            signing_scheme=models.SigningScheme(
                smime_scheme=models.SmimeSigningScheme(signature_format="DETACHED")
            )
        ),
    )


def update_configuration_set_event_destination(ses: SESv2Client) -> None:
    bus = "arn:aws:events:us-east-1:123456789012:event-bus/default"
    ses.update_configuration_set_event_destination(
        configuration_set_name="newsletter",
        event_destination_name="to-event-bus",
        event_destination=models.EventDestinationDefinition(
            enabled=True,
            matching_event_types=["BOUNCE", "COMPLAINT", "OPEN", "CLICK"],
            event_bridge_destination=models.EventBridgeDestination(event_bus_arn=bus),
        ),
    )
