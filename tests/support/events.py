"""Events as SES sends them, one of each kind, and the wrappings that they come in."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

MESSAGE_ID = "0102018f2b1c3d4e-11111111-2222-3333-4444-555555555555-000000"
TOPIC = "arn:aws:sns:eu-west-1:123456789012:ses-events"

MAIL: dict[str, Any] = {
    "timestamp": "2026-11-20T09:15:02.013Z",
    "source": "The Shop <shop@example.com>",
    "sourceArn": "arn:aws:ses:eu-west-1:123456789012:identity/shop@example.com",
    "sendingAccountId": "123456789012",
    "messageId": MESSAGE_ID,
    "destination": ["ann@example.net", "bob@example.org"],
    "headersTruncated": False,
    "headers": [
        {"name": "From", "value": "The Shop <shop@example.com>"},
        {"name": "Received", "value": "one"},
        {"name": "Received", "value": "two"},
    ],
    "commonHeaders": {
        "from": ["The Shop <shop@example.com>"],
        "to": ["ann@example.net, bob@example.org"],
        "messageId": f" <{MESSAGE_ID}@eu-west-1.amazonses.com>",
        "subject": "Your order",
        "date": "Fri, 20 Nov 2026 09:15:01 +0000",
    },
    "tags": {"ses:configuration-set": ["shop"], "campaign": ["november", "again"]},
}
AT = "2026-11-20T09:16:00.500Z"
PREFERENCES = {
    "unsubscribeAll": False,
    "topicSubscriptionStatus": [{"topicName": "news", "subscriptionStatus": "OptOut"}],
    "topicDefaultSubscriptionStatus": [{"topicName": "offers", "subscriptionStatus": "OptIn"}],
}
BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "Send": ("send", {}),
    "Delivery": (
        "delivery",
        {
            "timestamp": AT,
            "processingTimeMillis": 1213,
            "recipients": ["ann@example.net"],
            "smtpResponse": "250 2.6.0 Message received",
            "reportingMTA": "a7-10.smtp-out.amazonses.com",
            "remoteMtaIp": "203.0.113.9",
        },
    ),
    "Bounce": (
        "bounce",
        {
            "bounceType": "Permanent",
            "bounceSubType": "NoEmail",
            "bouncedRecipients": [
                {
                    "emailAddress": "ann@example.net",
                    "action": "failed",
                    "status": "5.1.1",
                    "diagnosticCode": "smtp; 550 5.1.1 user unknown",
                }
            ],
            "timestamp": AT,
            "feedbackId": "0102018f2b1c3d4e-feedback",
            "reportingMTA": "dsn; a7-10.smtp-out.amazonses.com",
            "remoteMtaIp": "203.0.113.9",
        },
    ),
    "Complaint": (
        "complaint",
        {
            "complainedRecipients": [{"emailAddress": "ann@example.net"}, {"emailAddress": "bob@example.org"}],
            "timestamp": AT,
            "feedbackId": "0102018f2b1c3d4e-feedback",
            "complaintSubType": None,
            "complaintFeedbackType": "abuse",
            "userAgent": "ExampleCorp Feedback Loop (V0.01)",
            "arrivalDate": "2026-11-20T01:15:30.000-08:00",
        },
    ),
    "Reject": ("reject", {"reason": "Bad content"}),
    "Open": ("open", {"ipAddress": "192.0.2.1", "timestamp": AT, "userAgent": "Mail/1", "isBotEvent": "Likely"}),
    "Click": (
        "click",
        {
            "ipAddress": "192.0.2.1",
            "timestamp": AT,
            "userAgent": "Mail/1",
            "link": "https://shop.example.com/order?id=7",
            "linkTags": {"place": ["footer"]},
            "isBotEvent": "Unlikely",
        },
    ),
    "Rendering Failure": (
        "failure",
        {"templateName": "order", "errorMessage": "Attribute 'name' is not present in the rendering data."},
    ),
    "DeliveryDelay": (
        "deliveryDelay",
        {
            "delayType": "MailboxFull",
            "delayedRecipients": [
                {"emailAddress": "bob@example.org", "status": "4.2.2", "diagnosticCode": "smtp; 452 full"}
            ],
            "expirationTime": "2026-11-21T09:15:02.013Z",
            "timestamp": AT,
            "reportingMTA": "a7-10.smtp-out.amazonses.com",
        },
    ),
    "Subscription": (
        "subscription",
        {
            "contactList": "customers",
            "timestamp": AT,
            "source": "UnsubscribeHeader",
            "newTopicPreferences": PREFERENCES,
            "oldTopicPreferences": {"unsubscribeAll": False},
        },
    ),
}
"""For each `eventType`, the member that holds the body, and the body."""
DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
    "Reject": "Email Rejected",
    "Open": "Email Opened",
    "Click": "Email Clicked",
    "Rendering Failure": "Email Rendering Failed",
    "DeliveryDelay": "Email Delivery Delayed",
    "Subscription": "Email Subscribed",
}
LEGACY = ("Bounce", "Complaint", "Delivery")


def event(kind: str = "Bounce", *, legacy: bool = False, **members: Any) -> dict[str, Any]:
    """Return an event; `members` replace those of its body."""
    name, body = BODIES[kind]
    return {"notificationType" if legacy else "eventType": kind, "mail": MAIL, name: {**body, **members}}


def sns(message: object, **members: Any) -> dict[str, Any]:
    """Return the envelope of SNS around a message, not signed."""
    text = message if isinstance(message, str) else json.dumps(message) + "\n"
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": TOPIC,
        "Message": text,
        "Timestamp": AT,
        "SignatureVersion": "1",
        "Signature": "",
        "SigningCertURL": "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0000.pem",
        **members,
    }


def lambda_sns(message: object) -> dict[str, Any]:
    """Return what Lambda gets from SNS."""
    inner = sns(message, Subject=None)
    inner["SigningCertUrl"] = inner.pop("SigningCertURL")
    return {"Records": [{"EventSource": "aws:sns", "EventVersion": "1.0", "Sns": inner}]}


def lambda_sqs(message: object) -> dict[str, Any]:
    """Return what Lambda gets from SQS."""
    return {"Records": [{"messageId": "sqs-1", "body": json.dumps(message), "eventSource": "aws:sqs"}]}


def eventbridge(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return the event as EventBridge delivers it."""
    return {
        "version": "0",
        "id": "bridge-1",
        "detail-type": DETAIL_TYPES[message["eventType"]],
        "source": "aws.ses",
        "account": "123456789012",
        "time": AT,
        "region": "eu-west-1",
        "resources": ["arn:aws:ses:eu-west-1:123456789012:configuration-set/shop"],
        "detail": message,
    }


def firehose(message: object) -> dict[str, Any]:
    """Return what a transforming Lambda gets from Firehose."""
    data = base64.b64encode(json.dumps(message).encode()).decode()
    return {"invocationId": "1", "records": [{"recordId": "fire-1", "data": data}]}


def api_gateway(message: object) -> dict[str, Any]:
    """Return what Lambda gets from API Gateway, its body in base64."""
    body = base64.b64encode(json.dumps(message).encode()).decode()
    return {"httpMethod": "POST", "headers": {}, "body": body, "isBase64Encoded": True}


def function_url(message: object) -> dict[str, Any]:
    """Return what Lambda gets from a function URL, or from API Gateway with version 2 of its payload."""
    return {
        "version": "2.0",
        "routeKey": "$default",
        "headers": {},
        "requestContext": {"http": {"method": "POST", "path": "/"}},
        "body": json.dumps(message),
        "isBase64Encoded": False,
    }


WRAPPINGS: dict[str, tuple[Callable[[Any], object], str]] = {
    "bare": (lambda message: message, "json"),
    "text": (json.dumps, "json"),
    "bytes": (lambda message: json.dumps(message).encode(), "json"),
    "SNS": (lambda message: json.dumps(sns(message)), "sns"),
    "SQS of SNS": (lambda message: {"Messages": [{"MessageId": "m", "Body": json.dumps(sns(message))}]}, "sqs+sns"),
    "SQS, raw": (lambda message: {"Messages": [{"MessageId": "m", "Body": json.dumps(message)}]}, "sqs"),
    "one message of SQS": (lambda message: {"MessageId": "m", "Body": json.dumps(message)}, "sqs"),
    "Lambda of SNS": (lambda_sns, "sns"),
    "Lambda of SQS": (lambda_sqs, "sqs"),
    "Lambda of SQS of SNS": (lambda message: lambda_sqs(sns(message)), "sqs+sns"),
    "EventBridge": (eventbridge, "eventbridge"),
    "SNS of EventBridge": (lambda message: sns(eventbridge(message)), "sns+eventbridge"),
    "SQS of EventBridge": (lambda message: lambda_sqs(eventbridge(message)), "sqs+eventbridge"),
    "Firehose": (firehose, "firehose"),
    "Firehose of SNS": (lambda message: firehose(sns(message)), "firehose+sns"),
    "function URL": (lambda message: function_url(sns(message)), "apigateway+sns"),
    "API Gateway": (lambda message: api_gateway(sns(message)), "apigateway+sns"),
}
"""For each wrapping, what makes it, and how `Envelope.via` names it."""
