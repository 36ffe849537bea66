# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: contacts."""

from __future__ import annotations

from collections.abc import Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CREATE_CONTACT = Operation(
    name="CreateContact",
    method="POST",
    path="/v2/email/contact-lists/{ContactListName}/contacts",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=("AlreadyExistsException", "BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),
        Argument("email_address", "EmailAddress", "body", lambda: str, required=True),
        Argument("topic_preferences", "TopicPreferences", "body", lambda: Sequence[models.TopicPreference]),
        Argument("unsubscribe_all", "UnsubscribeAll", "body", lambda: bool),
        Argument("attributes_data", "AttributesData", "body", lambda: str),
    ),
)
CREATE_CONTACT_LIST = Operation(
    name="CreateContactList",
    method="POST",
    path="/v2/email/contact-lists",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=("AlreadyExistsException", "BadRequestException", "LimitExceededException", "TooManyRequestsException"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "body", lambda: str, required=True),
        Argument("topics", "Topics", "body", lambda: Sequence[models.Topic]),
        Argument("description", "Description", "body", lambda: str),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
    ),
)
DELETE_CONTACT = Operation(
    name="DeleteContact",
    method="DELETE",
    path="/v2/email/contact-lists/{ContactListName}/contacts/{EmailAddress}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),
        Argument("email_address", "EmailAddress", "path", lambda: str, required=True),
    ),
)
DELETE_CONTACT_LIST = Operation(
    name="DeleteContactList",
    method="DELETE",
    path="/v2/email/contact-lists/{ContactListName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),),
)
GET_CONTACT = Operation(
    name="GetContact",
    method="GET",
    path="/v2/email/contact-lists/{ContactListName}/contacts/{EmailAddress}",
    kind="read",
    output=lambda: models.GetContactResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),
        Argument("email_address", "EmailAddress", "path", lambda: str, required=True),
    ),
)
GET_CONTACT_LIST = Operation(
    name="GetContactList",
    method="GET",
    path="/v2/email/contact-lists/{ContactListName}",
    kind="read",
    output=lambda: models.GetContactListResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),),
)
LIST_CONTACT_LISTS = Operation(
    name="ListContactLists",
    method="GET",
    path="/v2/email/contact-lists",
    kind="read",
    output=lambda: models.ListContactListsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="contact_lists", token="next_token", size="page_size"),
    arguments=(
        Argument("page_size", "PageSize", "query", lambda: int),
        Argument("next_token", "NextToken", "query", lambda: str),
    ),
)
LIST_CONTACTS = Operation(
    name="ListContacts",
    method="POST",
    path="/v2/email/contact-lists/{ContactListName}/contacts/list",
    kind="read",
    output=lambda: models.ListContactsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    page=Page(items="contacts", token="next_token", size="page_size"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),
        Argument("filter", "Filter", "body", lambda: models.ListContactsFilter),
        Argument("page_size", "PageSize", "body", lambda: int),
        Argument("next_token", "NextToken", "body", lambda: str),
    ),
)
UPDATE_CONTACT = Operation(
    name="UpdateContact",
    method="PUT",
    path="/v2/email/contact-lists/{ContactListName}/contacts/{EmailAddress}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),
        Argument("email_address", "EmailAddress", "path", lambda: str, required=True),
        Argument("topic_preferences", "TopicPreferences", "body", lambda: Sequence[models.TopicPreference]),
        Argument("unsubscribe_all", "UnsubscribeAll", "body", lambda: bool),
        Argument("attributes_data", "AttributesData", "body", lambda: str),
    ),
)
UPDATE_CONTACT_LIST = Operation(
    name="UpdateContactList",
    method="PUT",
    path="/v2/email/contact-lists/{ContactListName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("contact_list_name", "ContactListName", "path", lambda: str, required=True),
        Argument("topics", "Topics", "body", lambda: Sequence[models.Topic]),
        Argument("description", "Description", "body", lambda: str),
    ),
)
