# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: contacts."""

from __future__ import annotations

from collections.abc import Sequence

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


class ContactsMixin(Caller):
    """The operations of this domain, blocking."""

    def create_contact(
        self,
        *,
        contact_list_name: str,
        email_address: str,
        topic_preferences: Sequence[models.TopicPreference] | None = None,
        unsubscribe_all: bool | None = None,
        attributes_data: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Add a contact, a person who receives your mail, to a contact list.

        Args:
            contact_list_name: Contact list that the new contact goes on.
            email_address: Address of the new contact.
            topic_preferences: Topics that the contact has chosen to receive or not to receive. For a topic
                without a choice, the topic's default applies.
            unsubscribe_all: True: the contact is unsubscribed from every topic of the list. False: the single
                topic preferences count.
            attributes_data: Attribute data of your own to keep with the contact, as text.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateContact.html
        """
        return self._call(
            _api.contacts.CREATE_CONTACT,
            {
                "contact_list_name": contact_list_name,
                "email_address": email_address,
                "topic_preferences": topic_preferences,
                "unsubscribe_all": unsubscribe_all,
                "attributes_data": attributes_data,
            },
            options,
        )

    def create_contact_list(
        self,
        *,
        contact_list_name: str,
        topics: Sequence[models.Topic] | None = None,
        description: str | None = None,
        tags: Sequence[models.Tag] | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Create a contact list, with its topics if wanted.

        Args:
            contact_list_name: Name for the new contact list.
            topics: Topics (interests, themes or labels) that contacts of the list can choose among.
            description: What the list is for, in your words.
            tags: Tags, as keys and values, to put on the new contact list. At most 50 items. No two with the
                same `key`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateContactList.html
        """
        return self._call(
            _api.contacts.CREATE_CONTACT_LIST,
            {
                "contact_list_name": contact_list_name,
                "topics": topics,
                "description": description,
                "tags": tags,
            },
            options,
        )

    def delete_contact(
        self,
        *,
        contact_list_name: str,
        email_address: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Remove one contact from a contact list.

        Args:
            contact_list_name: Contact list to remove the contact from.
            email_address: Address of the contact to remove.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteContact.html
        """
        return self._call(
            _api.contacts.DELETE_CONTACT,
            {
                "contact_list_name": contact_list_name,
                "email_address": email_address,
            },
            options,
        )

    def delete_contact_list(
        self,
        *,
        contact_list_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete a contact list together with every contact on it.

        Args:
            contact_list_name: Contact list to delete.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteContactList.html
        """
        return self._call(
            _api.contacts.DELETE_CONTACT_LIST,
            {
                "contact_list_name": contact_list_name,
            },
            options,
        )

    def get_contact(
        self,
        *,
        contact_list_name: str,
        email_address: str,
        options: RequestOptions | None = None,
    ) -> models.GetContactResponse:
        """Return one contact of a list with its topic preferences and attribute data.

        Args:
            contact_list_name: Contact list to search.
            email_address: Address of the contact to read.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetContactResponse: `contact_list_name`: contact list that the contact is on;
            `email_address`: address of the contact that was read; `topic_preferences`: choices that the
            contact has made, topic by topic; `topic_default_preferences`: default subscription statuses that
            apply to the contact, topic by topic; `unsubscribe_all`: true when the contact is unsubscribed
            from every topic of the list, else false; `attributes_data`: attribute data kept with the contact,
            as text; `created_timestamp`: when the contact was put on the list; `last_updated_timestamp`: when
            the contact's data last changed.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetContact.html
        """
        return self._call(
            _api.contacts.GET_CONTACT,
            {
                "contact_list_name": contact_list_name,
                "email_address": email_address,
            },
            options,
        )

    def get_contact_list(
        self,
        *,
        contact_list_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetContactListResponse:
        """Return the description, topics and tags of a contact list.

        Its contacts are not part of the response; list them with `list_contacts`.

        Args:
            contact_list_name: Contact list to read.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetContactListResponse: `contact_list_name`: name of the contact list that was read;
            `topics`: topics that contacts of the list can choose among; `description`: what the list is for;
            `created_timestamp`: when the list was created; `last_updated_timestamp`: when the list was last
            changed; `tags`: tags that the contact list carries, as keys and values.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetContactList.html
        """
        return self._call(
            _api.contacts.GET_CONTACT_LIST,
            {
                "contact_list_name": contact_list_name,
            },
            options,
        )

    def list_contact_lists(
        self,
        *,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListContactListsResponse:
        """List the contact lists that are available.

        A page may be short although more follow, so read on as long as a token comes back.

        Args:
            page_size: How many contact lists one response holds at most.
            next_token: Token from an earlier response, to read the next page; keep the other arguments the
                same. Left out, the first page is returned.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListContactListsResponse: `contact_lists`: contact lists on this page; `next_token`: token
            for the next page, which may turn out empty; absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContactLists.html
        """
        return self._call(
            _api.contacts.LIST_CONTACT_LISTS,
            {
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def iter_contact_lists(
        self,
        *,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.ContactList, models.ListContactListsResponse]:
        """Iterate over everything that `list_contact_lists` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            page_size: How many contact lists one response holds at most.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.ContactList, models.ListContactListsResponse]: The entries; its `pages()` yields
            the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContactLists.html
        """
        return Paginator(
            self._call,
            _api.contacts.LIST_CONTACT_LISTS,
            {
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def list_contacts(
        self,
        *,
        contact_list_name: str,
        filter: models.ListContactsFilter | None = None,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListContactsResponse:
        """List the contacts on a contact list, optionally only those with a given subscription status or topic
        preference.

        Args:
            contact_list_name: Contact list whose contacts are wanted.
            filter: Restricts the response by subscription status or topic. Left out, contacts are not
                filtered.
            page_size: How many contacts one response holds at most.
            next_token: Token from an earlier response, to read the next page of contacts; keep the other
                arguments the same. Left out, the first page is returned.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListContactsResponse: `contacts`: contacts on this page; `next_token`: token for the next
            page of contacts, which may turn out empty; absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContacts.html
        """
        return self._call(
            _api.contacts.LIST_CONTACTS,
            {
                "contact_list_name": contact_list_name,
                "filter": filter,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def iter_contacts(
        self,
        *,
        contact_list_name: str,
        filter: models.ListContactsFilter | None = None,
        page_size: int | None = None,
        next_token: str | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.Contact, models.ListContactsResponse]:
        """Iterate over everything that `list_contacts` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            contact_list_name: Contact list whose contacts are wanted.
            filter: Restricts the response by subscription status or topic. Left out, contacts are not
                filtered.
            page_size: How many contacts one response holds at most.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.Contact, models.ListContactsResponse]: The entries; its `pages()` yields the
            whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListContacts.html
        """
        return Paginator(
            self._call,
            _api.contacts.LIST_CONTACTS,
            {
                "contact_list_name": contact_list_name,
                "filter": filter,
                "page_size": page_size,
                "next_token": next_token,
            },
            options,
        )

    def update_contact(
        self,
        *,
        contact_list_name: str,
        email_address: str,
        topic_preferences: Sequence[models.TopicPreference] | None = None,
        unsubscribe_all: bool | None = None,
        attributes_data: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Change a contact's preferences on a list.

        Topic preferences are replaced as a whole: those that you do not send again are lost.

        Args:
            contact_list_name: Contact list that the contact is on.
            email_address: Address of the contact to change.
            topic_preferences: The full set of the contact's topic preferences, the unchanged ones included;
                any that is missing here gets removed.
            unsubscribe_all: True: unsubscribe the contact from every topic of the list. False: the single
                topic preferences count.
            attributes_data: Attribute data of your own for the contact, as text.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateContact.html
        """
        return self._call(
            _api.contacts.UPDATE_CONTACT,
            {
                "contact_list_name": contact_list_name,
                "email_address": email_address,
                "topic_preferences": topic_preferences,
                "unsubscribe_all": unsubscribe_all,
                "attributes_data": attributes_data,
            },
            options,
        )

    def update_contact_list(
        self,
        *,
        contact_list_name: str,
        topics: Sequence[models.Topic] | None = None,
        description: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Replace the description and topics of a contact list completely; nothing is merged with what was
        there.

        Args:
            contact_list_name: Contact list to change.
            topics: The full set of topics that the list is to have; it replaces the present one.
            description: New description of the list; it replaces the present one.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateContactList.html
        """
        return self._call(
            _api.contacts.UPDATE_CONTACT_LIST,
            {
                "contact_list_name": contact_list_name,
                "topics": topics,
                "description": description,
            },
            options,
        )
