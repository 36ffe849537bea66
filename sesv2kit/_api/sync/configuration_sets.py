# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: configuration sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


class ConfigurationSetsMixin(Caller):
    """The operations of this domain, blocking."""

    def create_configuration_set(
        self,
        *,
        configuration_set_name: str,
        tracking_options: models.TrackingOptions | None = None,
        delivery_options: models.DeliveryOptions | None = None,
        reputation_options: models.ReputationOptions | None = None,
        sending_options: models.SendingOptions | None = None,
        tags: Sequence[models.Tag] | None = None,
        suppression_options: models.SuppressionOptions | None = None,
        vdm_options: models.VdmOptions | None = None,
        archiving_options: models.ArchivingOptions | None = None,
        message_security_options: models.MessageSecurityOptions | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Create a configuration set: a named group of rules for mail.

        A message falls under all of them once it is sent with the set's name.

        Args:
            configuration_set_name: Name for the new configuration set: letters, digits, hyphens and
                underscores. At most 64 characters.
            tracking_options: How opens and clicks are tracked in mail sent with this set: the domain behind
                the tracking links and the use of HTTPS.
            delivery_options: How mail of this set is delivered: the dedicated IP pool, whether TLS is a must,
                and how long delivery is tried.
            reputation_options: Whether reputation metrics are collected for mail sent with this set.
            sending_options: Whether mail may be sent with this set at all.
            tags: Tags, as key and value, to put on the new configuration set. At most 50 items. No two with
                the same `key`.
            suppression_options: Suppression list settings for mail of this set: which list applies, which
                reasons put an address on it, and address validation.
            vdm_options: Virtual Deliverability Manager (VDM) settings for mail of this set.
            archiving_options: The Mail Manager archive that keeps a copy of mail sent with this set.
            message_security_options: Security applied to the message itself, for instance whether it gets an
                S/MIME signature.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                ConcurrentModificationException, LimitExceededException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html
        """
        return self._call(
            _api.configuration_sets.CREATE_CONFIGURATION_SET,
            {
                "configuration_set_name": configuration_set_name,
                "tracking_options": tracking_options,
                "delivery_options": delivery_options,
                "reputation_options": reputation_options,
                "sending_options": sending_options,
                "tags": tags,
                "suppression_options": suppression_options,
                "vdm_options": vdm_options,
                "archiving_options": archiving_options,
                "message_security_options": message_security_options,
            },
            options,
        )

    def create_configuration_set_event_destination(
        self,
        *,
        configuration_set_name: str,
        event_destination_name: str,
        event_destination: models.EventDestinationDefinition,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Give a configuration set a new event destination, so that what happens to its mail (sends, bounces,
        complaints, deliveries, opens, clicks) is reported to another AWS service.

        One set can have several.

        Args:
            configuration_set_name: Configuration set whose events the new destination is to receive.
            event_destination_name: Name for the new event destination, by which it is found within its
                configuration set.
            event_destination: What the destination is: the service that receives events, the event types it
                gets, and whether it is switched on.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: AlreadyExistsException, BadRequestException,
                LimitExceededException, NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html
        """
        return self._call(
            _api.configuration_sets.CREATE_CONFIGURATION_SET_EVENT_DESTINATION,
            {
                "configuration_set_name": configuration_set_name,
                "event_destination_name": event_destination_name,
                "event_destination": event_destination,
            },
            options,
        )

    def delete_configuration_set(
        self,
        *,
        configuration_set_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Delete a configuration set. Messages can then no longer be sent under its rules.

        Args:
            configuration_set_name: Configuration set to delete.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, ConcurrentModificationException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteConfigurationSet.html
        """
        return self._call(
            _api.configuration_sets.DELETE_CONFIGURATION_SET,
            {
                "configuration_set_name": configuration_set_name,
            },
            options,
        )

    def delete_configuration_set_event_destination(
        self,
        *,
        configuration_set_name: str,
        event_destination_name: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Remove one event destination of a configuration set; events of that set are no longer published to it.

        Args:
            configuration_set_name: Configuration set that the event destination belongs to.
            event_destination_name: Event destination to remove.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DeleteConfigurationSetEventDestination.html
        """
        return self._call(
            _api.configuration_sets.DELETE_CONFIGURATION_SET_EVENT_DESTINATION,
            {
                "configuration_set_name": configuration_set_name,
                "event_destination_name": event_destination_name,
            },
            options,
        )

    def get_configuration_set(
        self,
        *,
        configuration_set_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetConfigurationSetResponse:
        """Return all settings of one configuration set: tracking, delivery, reputation, sending, suppression,
        VDM, archiving, message security and tags.

        Event destinations are read with `get_configuration_set_event_destinations`.

        Args:
            configuration_set_name: Configuration set to return.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetConfigurationSetResponse: `configuration_set_name`: name of the configuration set;
            `tracking_options`: open and click tracking in force for this set: tracking domain and HTTPS
            policy; `delivery_options`: delivery settings of this set: dedicated IP pool, TLS policy and the
            time limit for delivery attempts; `reputation_options`: whether reputation metrics are collected
            for this set, and when they were last started afresh; `sending_options`: whether sending with this
            set is switched on; `tags`: tags, as key and value, that the configuration set carries;
            `suppression_options`: suppression list settings for mail sent with this set; `vdm_options`:
            virtual Deliverability Manager (VDM) settings of this set; `archiving_options`: the Mail Manager
            archive in which mail of this set is kept; `message_security_options`: security settings for the
            message itself, for instance the scheme by which mail of this set is signed.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSet.html
        """
        return self._call(
            _api.configuration_sets.GET_CONFIGURATION_SET,
            {
                "configuration_set_name": configuration_set_name,
            },
            options,
        )

    def get_configuration_set_event_destinations(
        self,
        *,
        configuration_set_name: str,
        options: RequestOptions | None = None,
    ) -> models.GetConfigurationSetEventDestinationsResponse:
        """Return all event destinations of a configuration set, that is, where its mail events are published.

        The response is not paged.

        Args:
            configuration_set_name: Configuration set whose event destinations are wanted.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetConfigurationSetEventDestinationsResponse: `event_destinations`: every event destination
            set up for this configuration set.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetConfigurationSetEventDestinations.html
        """
        return self._call(
            _api.configuration_sets.GET_CONFIGURATION_SET_EVENT_DESTINATIONS,
            {
                "configuration_set_name": configuration_set_name,
            },
            options,
        )

    def list_configuration_sets(
        self,
        *,
        filter: Mapping[models.ConfigurationSetFilterKey, str]
        | Mapping[Literal["CONFIGURATION_SET_NAME_CONTAINS"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListConfigurationSetsResponse:
        """List the names of your account's configuration sets in this region, a page at a time.

        Settings are read one set at a time with `get_configuration_set`.

        Args:
            filter: Narrows the list. The one filter there is keeps the sets whose name contains a given text.
                Values at least 1 character.
            next_token: Token from an earlier response, to read the next page of configuration sets. Left out,
                the first page.
            page_size: How many configuration sets one response holds at most. If there are more, the response
                carries a `next_token`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListConfigurationSetsResponse: `configuration_sets`: names of the configuration sets on
            this page; `next_token`: token for the next page of configuration sets; absent on the last one.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListConfigurationSets.html
        """
        return self._call(
            _api.configuration_sets.LIST_CONFIGURATION_SETS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_configuration_sets(
        self,
        *,
        filter: Mapping[models.ConfigurationSetFilterKey, str]
        | Mapping[Literal["CONFIGURATION_SET_NAME_CONTAINS"], str]
        | Mapping[str, str]
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[str, models.ListConfigurationSetsResponse]:
        """Iterate over everything that `list_configuration_sets` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            filter: Narrows the list. The one filter there is keeps the sets whose name contains a given text.
                Values at least 1 character.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many configuration sets one response holds at most. If there are more, the response
                carries a `next_token`.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[str, models.ListConfigurationSetsResponse]: The entries; its `pages()` yields the whole
            responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListConfigurationSets.html
        """
        return Paginator(
            self._call,
            _api.configuration_sets.LIST_CONFIGURATION_SETS,
            {
                "filter": filter,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def put_configuration_set_archiving_options(
        self,
        *,
        configuration_set_name: str,
        archive_arn: str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set the Mail Manager archive of a configuration set.

        Messages from `send_email` and `send_bulk_email` are then archived, with their recipients, in the form
        handed to the receiving server.

        Args:
            configuration_set_name: Configuration set whose mail is to be archived.
            archive_arn: ARN of the Mail Manager archive that receives the messages. 20 to 1011 characters.
                Must match
        `arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}:mailmanager-archive/a-[a-z0-9]{24,62}`.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetArchivingOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_ARCHIVING_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "archive_arn": archive_arn,
            },
            options,
        )

    def put_configuration_set_delivery_options(
        self,
        *,
        configuration_set_name: str,
        tls_policy: models.TlsPolicy | Literal["REQUIRE", "OPTIONAL"] | str | None = None,
        sending_pool_name: str | None = None,
        max_delivery_seconds: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set how mail of a configuration set is delivered: from which dedicated IP pool, with or without
        mandatory TLS, and for how long delivery is tried.

        Args:
            configuration_set_name: Configuration set whose delivery settings are changed.
            tls_policy: Whether TLS is a must. With `REQUIRE`, mail goes out over TLS or not at all; with
                `OPTIONAL`, plain text is the fallback.
            sending_pool_name: Dedicated IP pool that mail of this set is sent from.
            max_delivery_seconds: How long delivery of a message is tried, in seconds: at least 5 minutes, at
                most 14 hours. 300 to 50400.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetDeliveryOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_DELIVERY_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "tls_policy": tls_policy,
                "sending_pool_name": sending_pool_name,
                "max_delivery_seconds": max_delivery_seconds,
            },
            options,
        )

    def put_configuration_set_reputation_options(
        self,
        *,
        configuration_set_name: str,
        reputation_metrics_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Switch the collection of reputation metrics on or off for mail of one configuration set in this
        region.

        Args:
            configuration_set_name: Configuration set whose reputation metrics are switched on or off.
            reputation_metrics_enabled: True to collect reputation metrics for this set, false to stop
                collecting them.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetReputationOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_REPUTATION_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "reputation_metrics_enabled": reputation_metrics_enabled,
            },
            options,
        )

    def put_configuration_set_sending_options(
        self,
        *,
        configuration_set_name: str,
        sending_enabled: bool | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Switch sending on or off for messages that use one configuration set in this region.

        Mail under other sets is not touched.

        Args:
            configuration_set_name: Configuration set for which sending is switched on or off.
            sending_enabled: True lets mail be sent with this set; false stops it.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetSendingOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_SENDING_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "sending_enabled": sending_enabled,
            },
            options,
        )

    def put_configuration_set_suppression_options(
        self,
        *,
        configuration_set_name: str,
        suppression_scope: models.SuppressionListScope | Literal["ACCOUNT", "TENANT"] | str | None = None,
        suppressed_reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None = None,
        validation_options: models.SuppressionValidationOptions | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set how suppression works for mail of one configuration set: which list applies, which reasons add
        addresses, and address validation.

        Args:
            configuration_set_name: Configuration set whose suppression settings are changed.
            suppression_scope: Which suppression list applies to mail of this set: the tenant's (`TENANT`) or
                the account's (`ACCOUNT`). It takes precedence over the scope set on the tenant or the
                account.
            suppressed_reasons: What puts an address on the suppression list automatically: `BOUNCE` after a
                hard bounce, `COMPLAINT` after a complaint, or both.
            validation_options: Address validation for this set in the current region: when a recipient is
                suppressed because of how the address was judged.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetSuppressionOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_SUPPRESSION_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "suppression_scope": suppression_scope,
                "suppressed_reasons": suppressed_reasons,
                "validation_options": validation_options,
            },
            options,
        )

    def put_configuration_set_tracking_options(
        self,
        *,
        configuration_set_name: str,
        custom_redirect_domain: str | None = None,
        https_policy: models.HttpsPolicy | Literal["REQUIRE", "REQUIRE_OPEN_ONLY", "OPTIONAL"] | str | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set the domain of your own, and the use of HTTPS, for the tracking image and tracking links in mail of
        a configuration set.

        Args:
            configuration_set_name: Configuration set whose tracking is changed.
            custom_redirect_domain: Your own domain, used in the tracking image and the rewritten links
                instead of a domain run by AWS.
            https_policy: Whether tracking goes over HTTPS. Left out, it works like `OPTIONAL`: the open image
                over HTTP, each link with the protocol it already had.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetTrackingOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_TRACKING_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "custom_redirect_domain": custom_redirect_domain,
                "https_policy": https_policy,
            },
            options,
        )

    def put_configuration_set_vdm_options(
        self,
        *,
        configuration_set_name: str,
        vdm_options: models.VdmOptions | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Set the Virtual Deliverability Manager (VDM) options for mail sent with a configuration set.

        The service allows 1 call per second.

        Args:
            configuration_set_name: Configuration set whose VDM options are changed.
            vdm_options: VDM options for this set: engagement metrics and optimized shared delivery.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutConfigurationSetVdmOptions.html
        """
        return self._call(
            _api.configuration_sets.PUT_CONFIGURATION_SET_VDM_OPTIONS,
            {
                "configuration_set_name": configuration_set_name,
                "vdm_options": vdm_options,
            },
            options,
        )

    def update_configuration_set(
        self,
        *,
        configuration_set_name: str,
        message_security_options: models.MessageSecurityOptions | None = None,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Change parts of a configuration set.

        What the request leaves out stays as it was. At present only message security can be changed this way;
        other settings have `PutConfigurationSet...` operations of their own.

        Args:
            configuration_set_name: Configuration set to change.
            message_security_options: New security settings for the MIME message itself, such as S/MIME
                signing. Left out, the present ones stay.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateConfigurationSet.html
        """
        return self._call(
            _api.configuration_sets.UPDATE_CONFIGURATION_SET,
            {
                "configuration_set_name": configuration_set_name,
                "message_security_options": message_security_options,
            },
            options,
        )

    def update_configuration_set_event_destination(
        self,
        *,
        configuration_set_name: str,
        event_destination_name: str,
        event_destination: models.EventDestinationDefinition,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Change an event destination of a configuration set: where events go, which types are reported, or
        whether it is switched on.

        Args:
            configuration_set_name: Configuration set that holds the event destination.
            event_destination_name: Event destination to change.
            event_destination: The new definition: receiving service, event types, and whether the destination
                is switched on.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_UpdateConfigurationSetEventDestination.html
        """
        return self._call(
            _api.configuration_sets.UPDATE_CONFIGURATION_SET_EVENT_DESTINATION,
            {
                "configuration_set_name": configuration_set_name,
                "event_destination_name": event_destination_name,
                "event_destination": event_destination,
            },
            options,
        )
