"""Contact lists and contacts."""

from typing import Any

import pytest
from support.mails import PERSON, send
from support.refused import refuses

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

NO_LIST = "List with name: readers doesn't exist."
NO_CONTACT = "ann@example.net doesn't exist in List."


def topic(name: str, default: str = "OPT_IN") -> models.Topic:
    return models.Topic(topic_name=name, display_name=name.title(), default_subscription_status=default)


def choice(name: str, status: str = "OPT_IN") -> models.TopicPreference:
    return models.TopicPreference(topic_name=name, subscription_status=status)


@pytest.fixture
def readers(ses: SESv2Client) -> str:
    """Create a list with two topics, and return its name."""
    ses.create_contact_list(
        contact_list_name="readers", topics=[topic("news"), topic("offers", "OPT_OUT")], description="All readers"
    )
    return "readers"


def test_a_list_is_there_until_it_is_deleted(fake: FakeSES, ses: SESv2Client, readers: str) -> None:
    found = ses.get_contact_list(contact_list_name=readers)
    assert (found.contact_list_name, found.description) == (readers, "All readers")
    assert [*found.topics] == [topic("news"), topic("offers", "OPT_OUT")]
    assert found.created_timestamp == found.last_updated_timestamp == fake.clock.now
    ses.create_contact(contact_list_name=readers, email_address=PERSON)
    ses.delete_contact_list(contact_list_name=readers)
    assert not ses.list_contact_lists().contact_lists
    ses.create_contact_list(contact_list_name=readers)
    with refuses(errors.NotFoundException, NO_CONTACT):
        ses.get_contact(contact_list_name=readers, email_address=PERSON)


def test_an_account_has_one_list(ses: SESv2Client, readers: str) -> None:
    with refuses(errors.AlreadyExistsException, "List with name: readers already exists."):
        ses.create_contact_list(contact_list_name=readers)
    with refuses(errors.BadRequestException, "A maximum of 1 Lists allowed per account."):
        ses.create_contact_list(contact_list_name="others")
    (only,) = ses.list_contact_lists().contact_lists
    assert only.contact_list_name == readers


def test_a_list_has_at_most_20_topics_with_different_names(fake: FakeSES) -> None:
    with fake.client(check_limits=False) as ses:
        for method in (ses.create_contact_list, ses.update_contact_list):
            with refuses(errors.BadRequestException, "A list can have at most 20 topics."):
                method(contact_list_name="readers", topics=[topic(f"topic-{number}") for number in range(21)])
            with refuses(errors.BadRequestException, "Topic names must be unique in a list."):
                method(contact_list_name="readers", topics=[topic("news"), topic("news")])
            if method == ses.create_contact_list:
                ses.create_contact_list(contact_list_name="readers")


def test_an_update_of_a_list_replaces_its_topics(fake: FakeSES, ses: SESv2Client, readers: str) -> None:
    for address, name in ((PERSON, "news"), ("bob@example.net", "offers")):
        ses.create_contact(contact_list_name=readers, email_address=address, topic_preferences=[choice(name)])
    fake.clock.advance(60)
    ses.update_contact_list(contact_list_name=readers, topics=[topic("offers"), topic("jobs")])
    found = ses.get_contact_list(contact_list_name=readers)
    assert [one.topic_name for one in found.topics] == ["offers", "jobs"]
    assert (found.description, found.last_updated_timestamp) == (None, fake.clock.now)
    contact = ses.get_contact(contact_list_name=readers, email_address=PERSON)
    assert not contact.topic_preferences
    assert [*contact.topic_default_preferences] == [choice("offers"), choice("jobs")]
    other = ses.get_contact(contact_list_name=readers, email_address="bob@example.net")
    assert [*other.topic_preferences] == [choice("offers")]
    ses.update_contact_list(contact_list_name=readers, topics=[topic("offers"), topic("jobs"), topic("more")])
    assert len(ses.get_contact(contact_list_name=readers, email_address=PERSON).topic_default_preferences) == 3


def test_a_contact_has_its_choices_and_the_defaults_of_the_list(fake: FakeSES, ses: SESv2Client, readers: str) -> None:
    ses.create_contact(
        contact_list_name=readers,
        email_address=PERSON,
        topic_preferences=[choice("news", "OPT_OUT")],
        attributes_data='{"name": "Ann"}',
    )
    contact = ses.get_contact(contact_list_name=readers, email_address="ANN@example.net")
    assert contact == models.GetContactResponse(
        contact_list_name=readers,
        email_address=PERSON,
        topic_preferences=[choice("news", "OPT_OUT")],
        topic_default_preferences=[choice("offers", "OPT_OUT")],
        unsubscribe_all=False,
        attributes_data='{"name": "Ann"}',
        created_timestamp=fake.clock.now,
        last_updated_timestamp=fake.clock.now,
    )


def test_an_update_merges_choices_and_resets_the_rest(ses: SESv2Client, readers: str) -> None:
    who = {"contact_list_name": readers, "email_address": PERSON}
    ses.create_contact(
        **who, topic_preferences=[choice("news", "OPT_OUT")], unsubscribe_all=True, attributes_data='{"name": "Ann"}'
    )
    ses.update_contact(**who, topic_preferences=[choice("offers")])
    contact = ses.get_contact(**who)
    assert [*contact.topic_preferences] == [choice("news", "OPT_OUT"), choice("offers")]
    assert (contact.unsubscribe_all, contact.attributes_data) == (False, None)
    ses.update_contact(**who, topic_preferences=[choice("news")], unsubscribe_all=True, attributes_data="{}")
    contact = ses.get_contact(**who)
    assert [*contact.topic_preferences] == [choice("news"), choice("offers")]
    assert (contact.unsubscribe_all, contact.attributes_data) == (True, "{}")


def test_a_contact_is_in_a_list_once(ses: SESv2Client, readers: str) -> None:
    ses.create_contact(contact_list_name=readers, email_address=PERSON)
    with refuses(errors.AlreadyExistsException, "ann@example.net already exists in List."):
        ses.create_contact(contact_list_name=readers, email_address=PERSON)
    ses.delete_contact(contact_list_name=readers, email_address=PERSON)
    for method in (ses.get_contact, ses.update_contact, ses.delete_contact):
        with refuses(errors.NotFoundException, NO_CONTACT):
            method(contact_list_name=readers, email_address=PERSON)


@pytest.mark.parametrize("method", ["create_contact", "get_contact", "update_contact", "delete_contact"])
def test_the_address_is_checked_before_the_list_and_the_list_before_the_topic(ses: SESv2Client, method: str) -> None:
    call: Any = getattr(ses, method)
    takes_topics = method in ("create_contact", "update_contact")
    more: dict[str, Any] = {"topic_preferences": [choice("nonsense")]} if takes_topics else {}
    with refuses(errors.BadRequestException, "Invalid email address."):
        call(contact_list_name="readers", email_address="ann", **more)
    with refuses(errors.NotFoundException, NO_LIST):
        call(contact_list_name="readers", email_address=PERSON, **more)
    if takes_topics:
        ses.create_contact_list(contact_list_name="readers")
        with refuses(errors.BadRequestException, "nonsense doesn't exist in List."):
            call(contact_list_name="readers", email_address=PERSON, **more)


@pytest.mark.parametrize("method", ["get_contact_list", "update_contact_list", "delete_contact_list", "list_contacts"])
def test_a_list_that_is_not_there(ses: SESv2Client, method: str) -> None:
    with refuses(errors.NotFoundException, NO_LIST):
        getattr(ses, method)(contact_list_name="readers")


def wanted(status: str | None, name: str | None = None, *, default: bool = False) -> models.ListContactsFilter:
    topic_filter = models.TopicFilter(topic_name=name, use_default_if_preference_unavailable=default)
    return models.ListContactsFilter(filtered_status=status, topic_filter=topic_filter if name or default else None)


@pytest.mark.parametrize(
    ("status_filter", "names"),
    [
        (None, ["in", "out", "none", "gone"]),
        (wanted(None, "news"), ["in", "out", "none", "gone"]),
        (wanted("OPT_IN"), ["in", "out", "none"]),
        (wanted("OPT_OUT", default=True), ["gone"]),
        (wanted("OPT_IN", "news"), ["in"]),
        (wanted("OPT_OUT", "news"), ["out", "gone"]),
        (wanted("OPT_IN", "news", default=True), ["in", "none"]),
        (wanted("OPT_OUT", "offers", default=True), ["in", "out", "none", "gone"]),
    ],
)
def test_contacts_are_listed_by_their_status(
    ses: SESv2Client, readers: str, status_filter: models.ListContactsFilter | None, names: list[str]
) -> None:
    def create(name: str, *choices: models.TopicPreference, gone: bool = False) -> None:
        ses.create_contact(
            contact_list_name=readers,
            email_address=f"{name}@example.net",
            topic_preferences=choices,
            unsubscribe_all=gone,
        )

    create("in", choice("news"))
    create("out", choice("news", "OPT_OUT"))
    create("none")
    create("gone", choice("news"), gone=True)
    found = ses.list_contacts(contact_list_name=readers, filter=status_filter).contacts
    assert [str(contact.email_address).partition("@")[0] for contact in found] == names
    if names[0] == "in":
        assert [*found[0].topic_preferences] == [choice("news")]
        assert [*found[0].topic_default_preferences] == [choice("offers", "OPT_OUT")]


def test_a_send_to_a_list_adds_its_recipients(ses: SESv2Client, readers: str) -> None:
    send(ses, list_management_options=models.ListManagementOptions(contact_list_name=readers, topic_name="news"))
    contact = ses.get_contact(contact_list_name=readers, email_address=PERSON)
    assert not contact.topic_preferences
    assert contact.unsubscribe_all is False
