"""Contact lists: who has left one, and how one is left."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from .... import errors, models
from ..operations import contacts
from ..records import Contact, ContactList
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
    found = contacts.find_list(world, subscription.list_name)
    if subscription.topic is not None and subscription.topic not in [topic.topic_name for topic in found.topics]:
        raise errors.NotFoundException(f"{subscription.topic} doesn't exist in List.")


def has_left(world: World, subscription: Subscription, address: str) -> bool:
    """Return whether a recipient does not want the mails of a list or a topic. A missing contact is created."""
    contact = _find_or_create(world, subscription.list_name, address)
    if subscription.topic is None:
        return bool(contact.unsubscribe_all)
    contact_list = contacts.find_list(world, subscription.list_name)
    return contacts.topic_status(contact_list, contact, subscription.topic) == "OPT_OUT"


def _find_or_create(world: World, list_name: str, address: str) -> models.GetContactResponse:
    """Return a contact; a missing one is created, without preferences."""
    found = world.records(Contact).get(contacts.contact_key(list_name, address))
    return found.attributes if found else contacts.add_contact(world, list_name, address)


def leave(
    world: World, subscription: Subscription, address: str
) -> tuple[models.GetContactResponse, models.GetContactResponse]:
    """Let a contact leave a topic, or the whole list, and return it as it was before and as it is now."""
    before = _find_or_create(world, subscription.list_name, address)
    after = _left(before, subscription.topic, world.now)
    world.records(Contact)[contacts.contact_key(subscription.list_name, address)] = Contact(attributes=after)
    return before, after


def _left(contact: models.GetContactResponse, topic: str | None, now: datetime) -> models.GetContactResponse:
    if topic is None:
        return attrs.evolve(contact, unsubscribe_all=True, last_updated_timestamp=now)
    others = [preference for preference in contact.topic_preferences if preference.topic_name != topic]
    left = models.TopicPreference(topic_name=topic, subscription_status="OPT_OUT")
    return attrs.evolve(contact, topic_preferences=[*others, left], last_updated_timestamp=now)


def preferences(world: World, contact: models.GetContactResponse) -> dict[str, Any]:
    """Return what a contact wants, as Subscription events have it."""
    contact_list = world.records(ContactList).get(contact.contact_list_name or "")
    defaults = contacts.default_preferences(contact_list.attributes, contact) if contact_list else ()
    return {
        "unsubscribeAll": bool(contact.unsubscribe_all),
        "topicSubscriptionStatus": _statuses(contact.topic_preferences),
        "topicDefaultSubscriptionStatus": _statuses(defaults),
    }


def _statuses(preferences: Sequence[models.TopicPreference]) -> list[Mapping[str, str]]:
    return [
        {
            "topicName": preference.topic_name,
            "subscriptionStatus": "OptOut" if preference.subscription_status == "OPT_OUT" else "OptIn",
        }
        for preference in preferences
    ]
