"""Contact lists and contacts."""

from collections.abc import Sequence
from typing import Final

import attrs

from .... import errors, models
from ...._core.model import ABSENT
from ..paging import listing, page
from ..records import Contact, ContactList
from ..store import join_key
from ..world import World
from .names import check_address

_MAX_TOPICS: Final = 20


def find_list(world: World, contact_list_name: str) -> models.GetContactListResponse:
    """Return a contact list, or raise NotFoundException."""
    found = world.records(ContactList).get(contact_list_name)
    if found is None:
        raise errors.NotFoundException(f"List with name: {contact_list_name} doesn't exist.")
    return found.attributes


def find_contact(world: World, contact_list_name: str, email_address: str) -> models.GetContactResponse:
    """Return a contact without its default preferences, or raise NotFoundException."""
    found = world.records(Contact).get(contact_key(contact_list_name, email_address))
    if found is None:
        raise errors.NotFoundException(f"{email_address} doesn't exist in List.")
    return found.attributes


def has_contact(world: World, contact_list_name: str, email_address: str) -> bool:
    """Return whether an address is in a list."""
    return contact_key(contact_list_name, email_address) in world.records(Contact)


def contact_key(contact_list_name: str, email_address: str) -> str:
    """Return the key of a contact. The case of an address does not matter."""
    return join_key(contact_list_name, email_address.lower())


def default_preferences(
    contact_list: models.GetContactListResponse, contact: models.GetContactResponse
) -> list[models.TopicPreference]:
    """Return the topics for which a contact has made no choice, with the defaults of the list."""
    chosen = {preference.topic_name for preference in contact.topic_preferences}
    return [
        models.TopicPreference(topic_name=topic.topic_name, subscription_status=topic.default_subscription_status)
        for topic in contact_list.topics
        if topic.topic_name not in chosen
    ]


def _check_topics(topics: Sequence[models.Topic]) -> None:
    names = [topic.topic_name for topic in topics]
    if len(names) > _MAX_TOPICS:
        raise errors.BadRequestException(f"A list can have at most {_MAX_TOPICS} topics.")
    if len(set(names)) < len(names):
        raise errors.BadRequestException("Topic names must be unique in a list.")


def _check_preferences(
    contact_list: models.GetContactListResponse, preferences: Sequence[models.TopicPreference]
) -> None:
    names = {topic.topic_name for topic in contact_list.topics}
    for preference in preferences:
        if preference.topic_name not in names:
            raise errors.BadRequestException(f"{preference.topic_name} doesn't exist in List.")


def create_contact_list(
    world: World,
    *,
    contact_list_name: str,
    topics: Sequence[models.Topic] = ABSENT,
    description: str | None = None,
    tags: Sequence[models.Tag] = (),
) -> models.EmptyResponse:
    """Keep a new contact list; an account has one at most."""
    lists = world.records(ContactList)
    if contact_list_name in lists:
        raise errors.AlreadyExistsException(f"List with name: {contact_list_name} already exists.")
    if lists:
        raise errors.BadRequestException("A maximum of 1 Lists allowed per account.")
    _check_topics(topics)
    now = world.now
    attributes = models.GetContactListResponse(
        contact_list_name=contact_list_name,
        topics=topics,
        description=description,
        created_timestamp=now,
        last_updated_timestamp=now,
        tags=tags,
    )
    lists[contact_list_name] = ContactList(attributes=attributes)
    return models.EmptyResponse()


def get_contact_list(world: World, *, contact_list_name: str) -> models.GetContactListResponse:
    """Return a contact list."""
    return find_list(world, contact_list_name)


def list_contact_lists(
    world: World, *, page_size: int | None = None, next_token: str | None = None
) -> models.ListContactListsResponse:
    """List the contact lists."""
    lists = [
        models.ContactList(contact_list_name=name, last_updated_timestamp=record.attributes.last_updated_timestamp)
        for name, record in world.records(ContactList).items()
    ]
    found, token = page(
        world.region, listing("ListContactLists"), lists, next_token, page_size, default=100, maximum=1000
    )
    return models.ListContactListsResponse(contact_lists=found, next_token=token)


def update_contact_list(
    world: World,
    *,
    contact_list_name: str,
    topics: Sequence[models.Topic] = ABSENT,
    description: str | None = None,
) -> models.EmptyResponse:
    """Replace the topics and the description of a list. Choices of contacts for topics that are gone go with them."""
    before = find_list(world, contact_list_name)
    _check_topics(topics)
    attributes = attrs.evolve(before, topics=topics, description=description, last_updated_timestamp=world.now)
    world.records(ContactList)[contact_list_name] = ContactList(attributes=attributes)
    left = {topic.topic_name for topic in topics}
    gone = {topic.topic_name for topic in before.topics} - left
    if gone:
        _forget_topics(world, contact_list_name, gone)
    return models.EmptyResponse()


def _forget_topics(world: World, contact_list_name: str, gone: set[str]) -> None:
    contacts = world.records(Contact)
    for record in contacts.under(contact_list_name):
        contact = record.attributes
        kept = [preference for preference in contact.topic_preferences if preference.topic_name not in gone]
        if len(kept) < len(contact.topic_preferences):
            contacts[contact_key(contact_list_name, str(contact.email_address))] = Contact(
                attributes=attrs.evolve(contact, topic_preferences=kept)
            )


def delete_contact_list(world: World, *, contact_list_name: str) -> models.EmptyResponse:
    """Delete a list and its contacts."""
    find_list(world, contact_list_name)
    del world.records(ContactList)[contact_list_name]
    world.records(Contact).delete_under(contact_list_name)
    return models.EmptyResponse()


def create_contact(
    world: World,
    *,
    contact_list_name: str,
    email_address: str,
    topic_preferences: Sequence[models.TopicPreference] = ABSENT,
    unsubscribe_all: bool = False,
    attributes_data: str | None = None,
) -> models.EmptyResponse:
    """Keep a new contact of a list."""
    check_address(email_address)
    _check_preferences(find_list(world, contact_list_name), topic_preferences)
    if has_contact(world, contact_list_name, email_address):
        raise errors.AlreadyExistsException(f"{email_address} already exists in List.")
    add_contact(world, contact_list_name, email_address, topic_preferences, unsubscribe_all, attributes_data)
    return models.EmptyResponse()


def add_contact(
    world: World,
    contact_list_name: str,
    email_address: str,
    topic_preferences: Sequence[models.TopicPreference] = ABSENT,
    unsubscribe_all: bool = False,
    attributes_data: str | None = None,
) -> models.GetContactResponse:
    """Keep a new contact, as sends with list management do for recipients that are not in the list."""
    now = world.now
    attributes = models.GetContactResponse(
        contact_list_name=contact_list_name,
        email_address=email_address,
        topic_preferences=topic_preferences,
        unsubscribe_all=unsubscribe_all,
        attributes_data=attributes_data,
        created_timestamp=now,
        last_updated_timestamp=now,
    )
    world.records(Contact)[contact_key(contact_list_name, email_address)] = Contact(attributes=attributes)
    return attributes


def get_contact(world: World, *, contact_list_name: str, email_address: str) -> models.GetContactResponse:
    """Return a contact with its choices, and the defaults of the list for the other topics."""
    check_address(email_address)
    contact_list = find_list(world, contact_list_name)
    contact = find_contact(world, contact_list_name, email_address)
    return attrs.evolve(contact, topic_default_preferences=default_preferences(contact_list, contact))


def update_contact(
    world: World,
    *,
    contact_list_name: str,
    email_address: str,
    topic_preferences: Sequence[models.TopicPreference] = ABSENT,
    unsubscribe_all: bool = False,
    attributes_data: str | None = None,
) -> models.EmptyResponse:
    """Change a contact. Choices are merged by their topics; what else is left out is reset."""
    check_address(email_address)
    _check_preferences(find_list(world, contact_list_name), topic_preferences)
    before = find_contact(world, contact_list_name, email_address)
    merged = {preference.topic_name: preference for preference in (*before.topic_preferences, *topic_preferences)}
    attributes = attrs.evolve(
        before,
        topic_preferences=list(merged.values()),
        unsubscribe_all=unsubscribe_all,
        attributes_data=attributes_data,
        last_updated_timestamp=world.now,
    )
    world.records(Contact)[contact_key(contact_list_name, email_address)] = Contact(attributes=attributes)
    return models.EmptyResponse()


def delete_contact(world: World, *, contact_list_name: str, email_address: str) -> models.EmptyResponse:
    """Delete a contact."""
    check_address(email_address)
    find_list(world, contact_list_name)
    find_contact(world, contact_list_name, email_address)
    del world.records(Contact)[contact_key(contact_list_name, email_address)]
    return models.EmptyResponse()


def list_contacts(
    world: World,
    *,
    contact_list_name: str,
    filter: models.ListContactsFilter | None = None,  # noqa: A002 -- the service's name
    page_size: int | None = None,
    next_token: str | None = None,
) -> models.ListContactsResponse:
    """List the contacts of a list, or those with a status for a topic."""
    contact_list = find_list(world, contact_list_name)
    contacts = [record.attributes for record in world.records(Contact).under(contact_list_name)]
    if filter and filter.filtered_status:
        contacts = [contact for contact in contacts if _status(contact_list, contact, filter) == filter.filtered_status]
    listed = listing("ListContacts", {"list": contact_list_name, "filter": repr(filter)})
    found, token = page(world.region, listed, contacts, next_token, page_size, default=100, maximum=1000)
    return models.ListContactsResponse(
        contacts=[
            models.Contact(
                email_address=contact.email_address,
                topic_preferences=contact.topic_preferences,
                topic_default_preferences=default_preferences(contact_list, contact),
                unsubscribe_all=contact.unsubscribe_all,
                last_updated_timestamp=contact.last_updated_timestamp,
            )
            for contact in found
        ],
        next_token=token,
    )


def _status(
    contact_list: models.GetContactListResponse,
    contact: models.GetContactResponse,
    wanted: models.ListContactsFilter,
) -> str | None:
    """Return the status that a filter compares; None for a contact without a choice."""
    if wanted.topic_filter is None or not wanted.topic_filter.topic_name:
        return "OPT_OUT" if contact.unsubscribe_all else "OPT_IN"
    return topic_status(
        contact_list,
        contact,
        wanted.topic_filter.topic_name,
        with_default=bool(wanted.topic_filter.use_default_if_preference_unavailable),
    )


def topic_status(
    contact_list: models.GetContactListResponse,
    contact: models.GetContactResponse,
    topic_name: str,
    *,
    with_default: bool = True,
) -> str | None:
    """Return `OPT_IN` or `OPT_OUT` for a topic; None if the contact has not chosen and the default does not count."""
    if contact.unsubscribe_all:
        return "OPT_OUT"
    defaults = default_preferences(contact_list, contact) if with_default else []
    for preference in (*contact.topic_preferences, *defaults):
        if preference.topic_name == topic_name:
            return preference.subscription_status
    return None
