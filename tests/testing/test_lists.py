"""Mails to contact lists: who gets them, and how a list is left."""

import pytest
from support.mails import PERSON, kinds_of, publishing, raw, send, service, simple, stored, template

from sesv2kit import SESv2Client, errors, events, models
from sesv2kit._core.exceptions import ConfigurationError

PLACEHOLDER = "{{amazonSESUnsubscribeUrl}}"
NEWS = models.ListManagementOptions(contact_list_name="people", topic_name="news")
ALL = models.ListManagementOptions(contact_list_name="people")


def with_list(ses: SESv2Client, default: str = "OPT_IN") -> None:
    topic = models.Topic(topic_name="news", display_name="News", default_subscription_status=default)
    other = models.Topic(topic_name="sales", display_name="Sales", default_subscription_status="OPT_IN")
    ses.create_contact_list(contact_list_name="people", topics=[topic, other])


def test_the_placeholder_becomes_a_link() -> None:
    with service() as (fake, ses):
        with_list(ses)
        content = simple(text=f"Leave: {PLACEHOLDER}", html=f'<a href="{PLACEHOLDER}">leave</a>')
        send(ses, content=content, list_management_options=NEWS)
        mail = fake.outbox[0]
        url = mail.links[0]
        assert mail.text == f"Leave: {url}"
        assert mail.html == f'<a href="{url}">leave</a>'
        assert mail.message["List-Unsubscribe"] == f"<{url}>"
        assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail.message_id in url


def test_the_link_is_not_tracked() -> None:
    with service() as (fake, ses):
        with_list(ses)
        publishing(ses, "tracked", "CLICK")
        content = simple(text=f"{PLACEHOLDER}", html=f'<a href="{PLACEHOLDER}">leave</a>')
        send(ses, content=content, list_management_options=NEWS, configuration_set_name="tracked")
        assert b"/L0/" not in fake.outbox[0].raw


def test_the_headers_of_the_caller_are_replaced() -> None:
    header = models.MessageHeader(name="list-unsubscribe", value="<https://shop.example>")
    with service() as (fake, ses):
        with_list(ses)
        send(ses, content=simple(headers=[header]), list_management_options=NEWS)
        send(ses, content=simple(headers=[header]))
        listed, plain = fake.outbox
        assert "shop.example" not in str(listed.message.get_all("List-Unsubscribe"))
        assert len(listed.message.get_all("List-Unsubscribe") or []) == 1
        assert plain.message["List-Unsubscribe"] == "<https://shop.example>"


def test_a_template_has_the_placeholder_as_well() -> None:
    with service() as (fake, ses):
        with_list(ses)
        stored(ses, text="Hi {{name}} {{amazonSESUnsubscribeUrl}}")
        send(ses, content=template(), list_management_options=NEWS)
        assert fake.outbox[0].text
        assert fake.outbox[0].text.startswith("Hi Ann https://")
        send(ses, content=template())
        assert kinds_of(fake)[-1] == "Rendering Failure"


def test_a_ready_made_message_names_its_list() -> None:
    message = f"X-SES-LIST-MANAGEMENT-OPTIONS: people; topic=news\r\nList-Unsubscribe: <a>\r\n\r\nLeave {PLACEHOLDER}"
    with service() as (fake, ses):
        with_list(ses)
        send(ses, content=raw(message.encode()))
        send(ses, content=raw(b"X-SES-LIST-MANAGEMENT-OPTIONS: people;\r\n\r\nHi"))
        mail = fake.outbox[0]
        assert mail.message.get_all("List-Unsubscribe") == [f"<{mail.links[0]}>"]
        assert mail.links[0] in mail.message.get_content()
        assert fake.unsubscribe(mail).subscription.contact_list == "people"


def test_the_placeholder_comes_at_most_twice() -> None:
    with service() as (fake, ses):
        with_list(ses)
        send(ses, content=simple(text=PLACEHOLDER, html=PLACEHOLDER), list_management_options=NEWS)
        with pytest.raises(errors.BadRequestException, match="at most 2"):
            send(ses, content=simple(text=PLACEHOLDER * 2, html=PLACEHOLDER), list_management_options=NEWS)
        assert len(fake.outbox) == 1


def test_a_list_or_topic_that_does_not_exist() -> None:
    with service() as (_, ses):
        with pytest.raises(errors.NotFoundException, match="List with name: people doesn't exist"):
            send(ses, list_management_options=NEWS)
        with_list(ses)
        other = models.ListManagementOptions(contact_list_name="people", topic_name="other")
        with pytest.raises(errors.NotFoundException, match="other doesn't exist in List"):
            send(ses, list_management_options=other)


def test_a_missing_contact_is_created() -> None:
    with service() as (_, ses):
        with_list(ses)
        send(ses, "New <new@example.net>", list_management_options=NEWS)
        contact = ses.get_contact(contact_list_name="people", email_address="new@example.net")
        assert contact.unsubscribe_all is False


@pytest.mark.parametrize(
    ("contact", "default", "options", "is_sent"),
    [
        ({}, "OPT_IN", NEWS, True),
        ({}, "OPT_OUT", NEWS, False),
        ({}, "OPT_OUT", ALL, True),
        ({"unsubscribe_all": True}, "OPT_IN", NEWS, False),
        ({"unsubscribe_all": True}, "OPT_IN", ALL, False),
        ({"topic_preferences": [("sales", "OPT_OUT"), ("news", "OPT_IN")]}, "OPT_OUT", NEWS, True),
        ({"topic_preferences": [("news", "OPT_OUT")]}, "OPT_IN", NEWS, False),
        ({"topic_preferences": [("news", "OPT_OUT")]}, "OPT_IN", ALL, True),
    ],
)
def test_who_has_left_gets_no_mail(
    contact: dict[str, object], default: str, options: models.ListManagementOptions, is_sent: bool
) -> None:
    preferences = [
        models.TopicPreference(topic_name=name, subscription_status=status)
        for name, status in contact.pop("topic_preferences", [])  # type: ignore[attr-defined]
    ]
    with service(auto_deliver=True) as (fake, ses):
        with_list(ses, default)
        ses.create_contact(
            contact_list_name="people",
            email_address=PERSON,
            topic_preferences=preferences,
            **contact,  # type: ignore[arg-type]
        )
        send(ses, list_management_options=options)
        assert kinds_of(fake) == (["Send", "Delivery"] if is_sent else ["Send", "Bounce"])
        if not is_sent:
            bounce = fake.events[1]
            assert isinstance(bounce, events.BounceEvent)
            assert bounce.bounce.bounce_sub_type == "UnsubscribedRecipient"
            assert bounce.recipients == (PERSON,)
            assert not bounce.is_hard


def test_leaving_a_topic() -> None:
    with service() as (fake, ses):
        with_list(ses)
        send(ses, list_management_options=NEWS)
        event = fake.unsubscribe(fake.outbox[0])
        assert event.subscription.source == "UnsubscribeHeader"
        old, new = event.subscription.old_topic_preferences, event.subscription.new_topic_preferences
        assert old
        assert new
        assert [(topic.topic_name, topic.subscription_status) for topic in new.topic_subscription_status] == [
            ("news", "OptOut")
        ]
        assert [topic.topic_name for topic in old.topic_default_subscription_status] == ["news", "sales"]
        assert [topic.topic_name for topic in new.topic_default_subscription_status] == ["sales"]
        contact = ses.get_contact(contact_list_name="people", email_address=PERSON)
        assert [(topic.topic_name, topic.subscription_status) for topic in contact.topic_preferences] == [
            ("news", "OPT_OUT")
        ]
        assert fake.outbox[0].status == "sent"
        send(ses, list_management_options=NEWS)
        assert kinds_of(fake)[-1] == "Bounce"


def test_leaving_the_whole_list() -> None:
    with service() as (fake, ses):
        with_list(ses)
        send(ses, "a@example.net", "b@example.net", list_management_options=ALL)
        event = fake.unsubscribe(fake.outbox[0], recipient="b@example.net")
        assert event.subscription.new_topic_preferences
        assert event.subscription.new_topic_preferences.unsubscribe_all
        left = [
            ses.get_contact(contact_list_name="people", email_address=address).unsubscribe_all
            for address in ("a@example.net", "b@example.net")
        ]
        assert left == [False, True]


def test_a_mail_without_a_list_can_not_be_left() -> None:
    with service() as (fake, ses):
        send(ses)
        with pytest.raises(ConfigurationError, match="list_management_options"):
            fake.unsubscribe(fake.outbox[0])


def test_a_list_that_was_deleted_meanwhile() -> None:
    with service() as (fake, ses):
        with_list(ses)
        send(ses, list_management_options=NEWS)
        ses.delete_contact_list(contact_list_name="people")
        event = fake.unsubscribe(fake.outbox[0])
        assert event.subscription.new_topic_preferences
        assert event.subscription.new_topic_preferences.topic_default_subscription_status == ()


def test_the_case_of_a_contacts_address_does_not_matter() -> None:
    with service() as (fake, ses):
        with_list(ses)
        ses.create_contact(contact_list_name="people", email_address=PERSON.title(), unsubscribe_all=True)
        send(ses, list_management_options=ALL)
        assert kinds_of(fake) == ["Send", "Bounce"]
        assert len(ses.list_contacts(contact_list_name="people").contacts or ()) == 1
