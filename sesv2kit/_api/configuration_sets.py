# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: configuration sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CREATE_CONFIGURATION_SET = Operation(
    name="CreateConfigurationSet",
    method="POST",
    path="/v2/email/configuration-sets",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=(
        "AlreadyExistsException",
        "BadRequestException",
        "ConcurrentModificationException",
        "LimitExceededException",
        "NotFoundException",
        "TooManyRequestsException",
    ),
    arguments=(
        Argument(
            "configuration_set_name", "ConfigurationSetName", "body", lambda: str, Limits(max_length=64), required=True
        ),
        Argument("tracking_options", "TrackingOptions", "body", lambda: models.TrackingOptions),
        Argument("delivery_options", "DeliveryOptions", "body", lambda: models.DeliveryOptions),
        Argument("reputation_options", "ReputationOptions", "body", lambda: models.ReputationOptions),
        Argument("sending_options", "SendingOptions", "body", lambda: models.SendingOptions),
        Argument("tags", "Tags", "body", lambda: Sequence[models.Tag], Limits(max_items=50, unique="key")),
        Argument("suppression_options", "SuppressionOptions", "body", lambda: models.SuppressionOptions),
        Argument("vdm_options", "VdmOptions", "body", lambda: models.VdmOptions),
        Argument("archiving_options", "ArchivingOptions", "body", lambda: models.ArchivingOptions),
        Argument("message_security_options", "MessageSecurityOptions", "body", lambda: models.MessageSecurityOptions),
    ),
)
CREATE_CONFIGURATION_SET_EVENT_DESTINATION = Operation(
    name="CreateConfigurationSetEventDestination",
    method="POST",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations",
    kind="write",
    output=lambda: models.EmptyResponse,
    errors=(
        "AlreadyExistsException",
        "BadRequestException",
        "LimitExceededException",
        "NotFoundException",
        "TooManyRequestsException",
    ),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("event_destination_name", "EventDestinationName", "body", lambda: str, required=True),
        Argument(
            "event_destination", "EventDestination", "body", lambda: models.EventDestinationDefinition, required=True
        ),
    ),
)
DELETE_CONFIGURATION_SET = Operation(
    name="DeleteConfigurationSet",
    method="DELETE",
    path="/v2/email/configuration-sets/{ConfigurationSetName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "ConcurrentModificationException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),),
)
DELETE_CONFIGURATION_SET_EVENT_DESTINATION = Operation(
    name="DeleteConfigurationSetEventDestination",
    method="DELETE",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations/{EventDestinationName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("event_destination_name", "EventDestinationName", "path", lambda: str, required=True),
    ),
)
GET_CONFIGURATION_SET = Operation(
    name="GetConfigurationSet",
    method="GET",
    path="/v2/email/configuration-sets/{ConfigurationSetName}",
    kind="read",
    output=lambda: models.GetConfigurationSetResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),),
)
GET_CONFIGURATION_SET_EVENT_DESTINATIONS = Operation(
    name="GetConfigurationSetEventDestinations",
    method="GET",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations",
    kind="read",
    output=lambda: models.GetConfigurationSetEventDestinationsResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),),
)
LIST_CONFIGURATION_SETS = Operation(
    name="ListConfigurationSets",
    method="POST",
    path="/v2/email/list-configuration-sets",
    kind="read",
    output=lambda: models.ListConfigurationSetsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="configuration_sets", token="next_token", size="page_size"),
    arguments=(
        Argument(
            "filter",
            "Filter",
            "body",
            lambda: Mapping[models.ConfigurationSetFilterKey, str],
            Limits(value=Limits(min_length=1)),
        ),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int),
    ),
)
PUT_CONFIGURATION_SET_ARCHIVING_OPTIONS = Operation(
    name="PutConfigurationSetArchivingOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/archiving-options",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument(
            "archive_arn",
            "ArchiveArn",
            "body",
            lambda: str,
            Limits(
                min_length=20,
                max_length=1011,
                pattern="arn:(aws|aws-[a-z-]+):ses:[a-z]{2,4}-[a-z-]+-[0-9]:[0-9]{1,20}:mailmanager-archive/a-[a-z0-9]{24,62}",
            ),
        ),
    ),
)
PUT_CONFIGURATION_SET_DELIVERY_OPTIONS = Operation(
    name="PutConfigurationSetDeliveryOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/delivery-options",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("tls_policy", "TlsPolicy", "body", lambda: models.TlsPolicy),
        Argument("sending_pool_name", "SendingPoolName", "body", lambda: str),
        Argument("max_delivery_seconds", "MaxDeliverySeconds", "body", lambda: int, Limits(minimum=300, maximum=50400)),
    ),
)
PUT_CONFIGURATION_SET_REPUTATION_OPTIONS = Operation(
    name="PutConfigurationSetReputationOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/reputation-options",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("reputation_metrics_enabled", "ReputationMetricsEnabled", "body", lambda: bool),
    ),
)
PUT_CONFIGURATION_SET_SENDING_OPTIONS = Operation(
    name="PutConfigurationSetSendingOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/sending",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("sending_enabled", "SendingEnabled", "body", lambda: bool),
    ),
)
PUT_CONFIGURATION_SET_SUPPRESSION_OPTIONS = Operation(
    name="PutConfigurationSetSuppressionOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/suppression-options",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("suppression_scope", "SuppressionScope", "body", lambda: models.SuppressionListScope),
        Argument("suppressed_reasons", "SuppressedReasons", "body", lambda: Sequence[models.SuppressionListReason]),
        Argument("validation_options", "ValidationOptions", "body", lambda: models.SuppressionValidationOptions),
    ),
)
PUT_CONFIGURATION_SET_TRACKING_OPTIONS = Operation(
    name="PutConfigurationSetTrackingOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/tracking-options",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("custom_redirect_domain", "CustomRedirectDomain", "body", lambda: str),
        Argument("https_policy", "HttpsPolicy", "body", lambda: models.HttpsPolicy),
    ),
)
PUT_CONFIGURATION_SET_VDM_OPTIONS = Operation(
    name="PutConfigurationSetVdmOptions",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/vdm-options",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("vdm_options", "VdmOptions", "body", lambda: models.VdmOptions),
    ),
)
UPDATE_CONFIGURATION_SET = Operation(
    name="UpdateConfigurationSet",
    method="POST",
    path="/v2/email/update-configuration-sets",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "body", lambda: str, required=True),
        Argument("message_security_options", "MessageSecurityOptions", "body", lambda: models.MessageSecurityOptions),
    ),
)
UPDATE_CONFIGURATION_SET_EVENT_DESTINATION = Operation(
    name="UpdateConfigurationSetEventDestination",
    method="PUT",
    path="/v2/email/configuration-sets/{ConfigurationSetName}/event-destinations/{EventDestinationName}",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(
        Argument("configuration_set_name", "ConfigurationSetName", "path", lambda: str, required=True),
        Argument("event_destination_name", "EventDestinationName", "path", lambda: str, required=True),
        Argument(
            "event_destination", "EventDestination", "body", lambda: models.EventDestinationDefinition, required=True
        ),
    ),
)
