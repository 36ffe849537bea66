# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: contacts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Model, OpenEnum, Response, wire
from .tags import Tag


class SubscriptionStatus(OpenEnum):
    """Whether a contact is subscribed to a topic."""

    OPT_IN = "OPT_IN"
    """Subscribed: the contact is opted in to the topic, by choice or by default. A later update can change it."""
    OPT_OUT = "OPT_OUT"
    """Not subscribed: the contact has opted out of the topic, or is out by default.

    A later update can change it.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TopicPreference(Model):
    """A contact's choice about one topic.

    Args:
        topic_name: Topic that the choice is about.
        subscription_status: Whether the contact wants mail on the topic (`OPT_IN`) or not (`OPT_OUT`).

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TopicPreference.html
    """

    topic_name: str = attrs.field(metadata=wire("TopicName"))
    """Topic that the choice is about."""
    subscription_status: SubscriptionStatus | Literal["OPT_IN", "OPT_OUT"] | str = attrs.field(
        metadata=wire("SubscriptionStatus")
    )
    """Whether the contact wants mail on the topic (`OPT_IN`) or not (`OPT_OUT`)."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Contact(Model):
    """A person who receives your mail, as shown when a list's contacts are listed.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Contact.html
    """

    email_address: str | None = attrs.field(default=None, metadata=wire("EmailAddress"))
    """Address of the contact."""
    topic_preferences: Sequence[TopicPreference] = attrs.field(default=ABSENT, metadata=wire("TopicPreferences"))
    """Topics that the contact has chosen to receive or not to receive."""
    topic_default_preferences: Sequence[TopicPreference] = attrs.field(
        default=ABSENT, metadata=wire("TopicDefaultPreferences")
    )
    """Default statuses that apply to the contact, by topic."""
    unsubscribe_all: bool | None = attrs.field(default=None, metadata=wire("UnsubscribeAll"))
    """True when the contact is unsubscribed from all topics of the list, else false."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When this contact's data last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ContactList(Model):
    """A list of contacts subscribed to one or more topics, as it appears when lists are listed.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ContactList.html
    """

    contact_list_name: str | None = attrs.field(default=None, metadata=wire("ContactListName"))
    """Name of this contact list."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When this list was last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TopicFilter(Model):
    """Filter on the preference for one topic.

    Args:
        topic_name: Topic whose preference is checked.
        use_default_if_preference_unavailable: True: a contact who has made no choice about the topic is
            judged by the topic's default status. False: the default is not used.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_TopicFilter.html
    """

    topic_name: str | None = attrs.field(default=None, metadata=wire("TopicName"))
    """Topic whose preference is checked."""
    use_default_if_preference_unavailable: bool | None = attrs.field(
        default=None, metadata=wire("UseDefaultIfPreferenceUnavailable")
    )
    """True: a contact who has made no choice about the topic is judged by the topic's default status.

    False: the default is not used.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListContactsFilter(Model):
    """Which contacts of a list to return, by subscription status or topic.

    Args:
        filtered_status: Subscription status that returned contacts must have.
        topic_filter: Checks the preference for one particular topic.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContactsFilter.html
    """

    filtered_status: SubscriptionStatus | Literal["OPT_IN", "OPT_OUT"] | str | None = attrs.field(
        default=None, metadata=wire("FilteredStatus")
    )
    """Subscription status that returned contacts must have."""
    topic_filter: TopicFilter | None = attrs.field(default=None, metadata=wire("TopicFilter"))
    """Checks the preference for one particular topic."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Topic(Model):
    """An interest, theme or label within a contact list that contacts can opt in to or out of; a list may have
    several.

    Args:
        topic_name: Name by which requests refer to the topic.
        display_name: Topic name as contacts get to see it.
        description: What the topic is about; contacts get to see this text.
        default_subscription_status: Status that counts for contacts who have made no choice about this topic.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Topic.html
    """

    topic_name: str = attrs.field(metadata=wire("TopicName"))
    """Name by which requests refer to the topic."""
    display_name: str = attrs.field(metadata=wire("DisplayName"))
    """Topic name as contacts get to see it."""
    description: str | None = attrs.field(default=None, metadata=wire("Description"))
    """What the topic is about; contacts get to see this text."""
    default_subscription_status: SubscriptionStatus | Literal["OPT_IN", "OPT_OUT"] | str = attrs.field(
        metadata=wire("DefaultSubscriptionStatus")
    )
    """Status that counts for contacts who have made no choice about this topic."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetContactResponse(Response):
    """The response of `get_contact`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetContact.html
    """

    contact_list_name: str | None = attrs.field(default=None, metadata=wire("ContactListName"))
    """Contact list that the contact is on."""
    email_address: str | None = attrs.field(default=None, metadata=wire("EmailAddress"))
    """Address of the contact that was read."""
    topic_preferences: Sequence[TopicPreference] = attrs.field(default=ABSENT, metadata=wire("TopicPreferences"))
    """Choices that the contact has made, topic by topic."""
    topic_default_preferences: Sequence[TopicPreference] = attrs.field(
        default=ABSENT, metadata=wire("TopicDefaultPreferences")
    )
    """Default subscription statuses that apply to the contact, topic by topic."""
    unsubscribe_all: bool | None = attrs.field(default=None, metadata=wire("UnsubscribeAll"))
    """True when the contact is unsubscribed from every topic of the list, else false."""
    attributes_data: str | None = attrs.field(default=None, metadata=wire("AttributesData"))
    """Attribute data kept with the contact, as text."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the contact was put on the list."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When the contact's data last changed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetContactListResponse(Response):
    """The response of `get_contact_list`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetContactList.html
    """

    contact_list_name: str | None = attrs.field(default=None, metadata=wire("ContactListName"))
    """Name of the contact list that was read."""
    topics: Sequence[Topic] = attrs.field(default=ABSENT, metadata=wire("Topics"))
    """Topics that contacts of the list can choose among."""
    description: str | None = attrs.field(default=None, metadata=wire("Description"))
    """What the list is for."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the list was created."""
    last_updated_timestamp: datetime | None = attrs.field(default=None, metadata=wire("LastUpdatedTimestamp"))
    """When the list was last changed."""
    tags: Sequence[Tag] = attrs.field(default=ABSENT, metadata=wire("Tags"))
    """Tags that the contact list carries, as keys and values."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListContactListsResponse(Response):
    """The response of `list_contact_lists`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContactLists.html
    """

    contact_lists: Sequence[ContactList] = attrs.field(default=ABSENT, metadata=wire("ContactLists"))
    """Contact lists on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page, which may turn out empty; absent on the last page."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListContactsResponse(Response):
    """The response of `list_contacts`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContacts.html
    """

    contacts: Sequence[Contact] = attrs.field(default=ABSENT, metadata=wire("Contacts"))
    """Contacts on this page."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of contacts, which may turn out empty; absent on the last page."""
