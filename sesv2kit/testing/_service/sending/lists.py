"""Contact lists: who has left one, and how one is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from .... import errors, models
from ..records import Contact, ContactList
from ..store import join_key
from ..world import World


@attrs.frozen
class Subscription:
    """The list, and perhaps the topic, that a mail belongs to."""

    list_name: str
    topic: str | None


def check(world: World, subscription: Subscription) -> None:
    """Refuse a mail to a list or a topic that does not exist.

    Raises:
        NotFoundException: It does not.
    """
    found = world.records(ContactList).get(subscription.list_name)
    if found is None:
        raise errors.NotFoundException(f"List with name: {subscription.list_name} doesn't exist.")
    if subscription.topic is not None and _topic(found, subscription.topic) is None:
        raise errors.NotFoundException(f"{subscription.topic} doesn't exist in List.")


def _topic(contact_list: ContactList, name: str) -> models.Topic | None:
    return next((topic for topic in contact_list.attributes.topics if topic.topic_name == name), None)


def has_left(world: World, subscription: Subscription, address: str) -> bool:
    """Return whether a recipient does not want the mails of a list or a topic. A missing contact is created."""
    contact = find_or_create(world, subscription.list_name, address).attributes
    if contact.unsubscribe_all:
        return True
    if subscription.topic is None:
        return False
    for preference in contact.topic_preferences:
        if preference.topic_name == subscription.topic:
            return preference.subscription_status == "OPT_OUT"
    topic = _topic(world.records(ContactList)[subscription.list_name], subscription.topic)
    return topic is not None and topic.default_subscription_status == "OPT_OUT"


def find_or_create(world: World, list_name: str, address: str) -> Contact:
    """Return a contact; a missing one is created, without preferences."""
    contacts, key = world.records(Contact), join_key(list_name, address)
    found = contacts.get(key)
    if found is None:
        attributes = models.GetContactResponse(
            contact_list_name=list_name,
            email_address=address,
            unsubscribe_all=False,
            created_timestamp=world.now,
            last_updated_timestamp=world.now,
        )
        found = contacts[key] = Contact(attributes=attributes)
    return found


def leave(world: World, subscription: Subscription, address: str) -> tuple[Contact, Contact]:
    """Let a contact leave a topic, or the whole list, and return it as it was before and as it is now."""
    before = find_or_create(world, subscription.list_name, address)
    after = attrs.evolve(before, attributes=_left(before.attributes, subscription.topic, world.now))
    world.records(Contact)[join_key(subscription.list_name, address)] = after
    return before, after


def _left(contact: models.GetContactResponse, topic: str | None, now: datetime) -> models.GetContactResponse:
    if topic is None:
        return attrs.evolve(contact, unsubscribe_all=True, last_updated_timestamp=now)
    others = [preference for preference in contact.topic_preferences if preference.topic_name != topic]
    left = models.TopicPreference(topic_name=topic, subscription_status="OPT_OUT")
    return attrs.evolve(contact, topic_preferences=[*others, left], last_updated_timestamp=now)


def preferences(world: World, contact: Contact) -> dict[str, Any]:
    """Return what a contact wants, as Subscription events have it."""
    attributes = contact.attributes
    chosen = {preference.topic_name for preference in attributes.topic_preferences}
    contact_list = world.records(ContactList).get(attributes.contact_list_name or "")
    topics: Sequence[models.Topic] = contact_list.attributes.topics if contact_list else ()
    return {
        "unsubscribeAll": bool(attributes.unsubscribe_all),
        "topicSubscriptionStatus": [
            _status(preference.topic_name, preference.subscription_status)
            for preference in attributes.topic_preferences
        ],
        "topicDefaultSubscriptionStatus": [
            _status(topic.topic_name, topic.default_subscription_status)
            for topic in topics
            if topic.topic_name not in chosen
        ],
    }


def _status(topic: str, status: str) -> Mapping[str, str]:
    return {"topicName": topic, "subscriptionStatus": "OptOut" if status == "OPT_OUT" else "OptIn"}
