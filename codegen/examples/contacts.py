"""Examples: contact lists and contacts."""

import json

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> None:
    """`create_contact_list` is for an account without a list: there is at most one."""
    ses.create_contact_list(
        contact_list_name="customers",
        topics=[
            models.Topic(
                topic_name="offers",
                display_name="Offers",
                default_subscription_status="OPT_OUT",
            )
        ],
    )
    for address in ("ann@example.net", "bob@example.net"):
        ses.create_contact(
            contact_list_name="customers",
            email_address=address,
            topic_preferences=[
                models.TopicPreference(topic_name="offers", subscription_status="OPT_IN")
            ],
            unsubscribe_all=address.startswith("bob"),
        )


def create_contact(ses: SESv2Client) -> None:
    ses.create_contact(
        contact_list_name="customers",
        email_address="carol@example.net",
        topic_preferences=[
            models.TopicPreference(topic_name="offers", subscription_status="OPT_IN")
        ],
        attributes_data=json.dumps({"name": "Carol"}),
    )


def create_contact_list(ses: SESv2Client) -> None:
    ses.create_contact_list(
        contact_list_name="customers",
        description="Everybody who has bought something",
        topics=[
            models.Topic(
                topic_name="offers",
                display_name="Offers of the week",
                default_subscription_status="OPT_OUT",
            )
        ],
    )


def delete_contact(ses: SESv2Client) -> None:
    ses.delete_contact(contact_list_name="customers", email_address="ann@example.net")


def delete_contact_list(ses: SESv2Client) -> None:
    ses.delete_contact_list(contact_list_name="customers")  # with all its contacts


def get_contact(ses: SESv2Client) -> None:
    contact = ses.get_contact(
        contact_list_name="customers", email_address="ann@example.net"
    )
    if contact.unsubscribe_all:
        print("wants no mail at all")
    for preference in contact.topic_preferences:
        print(preference.topic_name, preference.subscription_status)


def get_contact_list(ses: SESv2Client) -> None:
    customers = ses.get_contact_list(contact_list_name="customers")
    for topic in customers.topics:
        print(topic.topic_name, topic.default_subscription_status)


def list_contact_lists(ses: SESv2Client) -> None:
    for contact_list in ses.iter_contact_lists():
        print(contact_list.contact_list_name)


def list_contacts(ses: SESv2Client) -> None:
    subscribers = models.ListContactsFilter(
        filtered_status="OPT_IN",
        topic_filter=models.TopicFilter(
            topic_name="offers", use_default_if_preference_unavailable=True
        ),
    )
    for contact in ses.iter_contacts(contact_list_name="customers", filter=subscribers):
        print(contact.email_address)


def update_contact(ses: SESv2Client) -> None:
    ses.update_contact(
        contact_list_name="customers",
        email_address="ann@example.net",
        unsubscribe_all=True,
    )


def update_contact_list(ses: SESv2Client) -> None:
    customers = ses.get_contact_list(contact_list_name="customers")
    news = models.Topic(
        topic_name="news",
        display_name="News of the shop",
        default_subscription_status="OPT_IN",
    )
    ses.update_contact_list(
        contact_list_name="customers",
        description=customers.description,
        topics=[*customers.topics, news],  # replaces all topics
    )
