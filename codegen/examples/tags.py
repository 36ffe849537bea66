"""Examples: tags of resources."""

from sesv2kit import SESv2Client, models


def list_tags_for_resource(ses: SESv2Client) -> None:
    found = ses.list_tags_for_resource(
        resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com"
    )
    print({tag.key: tag.value for tag in found.tags})


def tag_resource(ses: SESv2Client) -> None:
    ses.tag_resource(
        resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com",
        tags=[
            models.Tag(key="team", value="shop"),
            models.Tag(key="stage", value="production"),
        ],
    )


def untag_resource(ses: SESv2Client) -> None:
    ses.untag_resource(
        resource_arn="arn:aws:ses:us-east-1:123456789012:identity/example.com",
        tag_keys=["owner"],
    )
