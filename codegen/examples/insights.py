"""Examples: metrics, and what became of mails."""

from datetime import UTC, datetime, timedelta

from sesv2kit import SESv2Client, compose, models


def prepare(ses: SESv2Client) -> dict[str, str | None]:
    mail = compose.mail(
        sender="shop@example.com", to="ann@example.net", subject="Offers", text="Tea"
    )
    message_id = ses.send_email(**mail.arguments).message_id
    return {"message_id": message_id}


def batch_get_metric_data(ses: SESv2Client) -> None:
    today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    metrics: list[models.Metric] = [models.Metric.SEND, models.Metric.PERMANENT_BOUNCE]
    response = ses.batch_get_metric_data(
        queries=[
            models.BatchGetMetricDataQuery(
                id=metric.lower(),
                namespace="VDM",
                metric=metric,
                start_date=today - timedelta(days=7),
                end_date=today,
            )
            for metric in metrics
        ]
    )
    for result in response.results:
        print(result.id, sum(result.values))
    for error in response.errors:
        print(error.id, "has no data:", error.message)


def get_email_address_insights(ses: SESv2Client) -> None:
    insights = ses.get_email_address_insights(email_address="ann@example.net")
    validation = insights.mailbox_validation
    if validation is not None and validation.is_valid is not None:
        print("valid:", validation.is_valid.confidence_verdict)


def get_message_insights(ses: SESv2Client, message_id: str) -> None:
    message = ses.get_message_insights(message_id=message_id)
    for recipient in message.insights:
        print(recipient.destination, *[event.type for event in recipient.events])


def list_recommendations(ses: SESv2Client) -> None:
    for advice in ses.iter_recommendations(filter={"STATUS": "OPEN", "IMPACT": "HIGH"}):
        print(advice.type, advice.resource_arn, advice.description)
