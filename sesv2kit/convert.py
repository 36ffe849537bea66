# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Requests in boto3's form as keyword arguments of the clients' methods, and back.

`ses.send_email(**convert.arguments("SendEmail", {"FromEmailAddress": ...}))`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final, Literal, Required, TypedDict, overload

from . import models
from ._call.boto3_form import read_arguments, write_request
from ._core.exceptions import ParamValidationError, Problem
from ._core.operation import Operation

__all__ = [
    "AssociateEmailIdentityCertificateArguments",
    "BatchGetMetricDataArguments",
    "CancelExportJobArguments",
    "CreateConfigurationSetArguments",
    "CreateConfigurationSetEventDestinationArguments",
    "CreateContactArguments",
    "CreateContactListArguments",
    "CreateCustomVerificationEmailTemplateArguments",
    "CreateDedicatedIpPoolArguments",
    "CreateDeliverabilityTestReportArguments",
    "CreateEmailIdentityArguments",
    "CreateEmailIdentityPolicyArguments",
    "CreateEmailTemplateArguments",
    "CreateExportJobArguments",
    "CreateImportJobArguments",
    "CreateMultiRegionEndpointArguments",
    "CreateTenantArguments",
    "CreateTenantResourceAssociationArguments",
    "DeleteConfigurationSetArguments",
    "DeleteConfigurationSetEventDestinationArguments",
    "DeleteContactArguments",
    "DeleteContactListArguments",
    "DeleteCustomVerificationEmailTemplateArguments",
    "DeleteDedicatedIpPoolArguments",
    "DeleteEmailIdentityArguments",
    "DeleteEmailIdentityPolicyArguments",
    "DeleteEmailTemplateArguments",
    "DeleteMultiRegionEndpointArguments",
    "DeleteSuppressedDestinationArguments",
    "DeleteTenantArguments",
    "DeleteTenantResourceAssociationArguments",
    "DisassociateEmailIdentityCertificateArguments",
    "GetAccountArguments",
    "GetBlacklistReportsArguments",
    "GetConfigurationSetArguments",
    "GetConfigurationSetEventDestinationsArguments",
    "GetContactArguments",
    "GetContactListArguments",
    "GetCustomVerificationEmailTemplateArguments",
    "GetDedicatedIpArguments",
    "GetDedicatedIpPoolArguments",
    "GetDedicatedIpsArguments",
    "GetDeliverabilityDashboardOptionsArguments",
    "GetDeliverabilityTestReportArguments",
    "GetDomainDeliverabilityCampaignArguments",
    "GetDomainStatisticsReportArguments",
    "GetEmailAddressInsightsArguments",
    "GetEmailIdentityArguments",
    "GetEmailIdentityPoliciesArguments",
    "GetEmailTemplateArguments",
    "GetExportJobArguments",
    "GetImportJobArguments",
    "GetMessageInsightsArguments",
    "GetMultiRegionEndpointArguments",
    "GetReputationEntityArguments",
    "GetSuppressedDestinationArguments",
    "GetTenantArguments",
    "ListConfigurationSetsArguments",
    "ListContactListsArguments",
    "ListContactsArguments",
    "ListCustomVerificationEmailTemplatesArguments",
    "ListDedicatedIpPoolsArguments",
    "ListDeliverabilityTestReportsArguments",
    "ListDomainDeliverabilityCampaignsArguments",
    "ListEmailIdentitiesArguments",
    "ListEmailIdentityCertificatesArguments",
    "ListEmailTemplatesArguments",
    "ListExportJobsArguments",
    "ListImportJobsArguments",
    "ListMultiRegionEndpointsArguments",
    "ListRecommendationsArguments",
    "ListReputationEntitiesArguments",
    "ListResourceTenantsArguments",
    "ListSuppressedDestinationsArguments",
    "ListTagsForResourceArguments",
    "ListTenantResourcesArguments",
    "ListTenantsArguments",
    "PutAccountDedicatedIpWarmupAttributesArguments",
    "PutAccountDetailsArguments",
    "PutAccountPricingAttributesArguments",
    "PutAccountSendingAttributesArguments",
    "PutAccountSuppressionAttributesArguments",
    "PutAccountVdmAttributesArguments",
    "PutConfigurationSetArchivingOptionsArguments",
    "PutConfigurationSetDeliveryOptionsArguments",
    "PutConfigurationSetReputationOptionsArguments",
    "PutConfigurationSetSendingOptionsArguments",
    "PutConfigurationSetSuppressionOptionsArguments",
    "PutConfigurationSetTrackingOptionsArguments",
    "PutConfigurationSetVdmOptionsArguments",
    "PutDedicatedIpInPoolArguments",
    "PutDedicatedIpPoolScalingAttributesArguments",
    "PutDedicatedIpWarmupAttributesArguments",
    "PutDeliverabilityDashboardOptionArguments",
    "PutEmailIdentityConfigurationSetAttributesArguments",
    "PutEmailIdentityDkimAttributesArguments",
    "PutEmailIdentityDkimSigningAttributesArguments",
    "PutEmailIdentityFeedbackAttributesArguments",
    "PutEmailIdentityMailFromAttributesArguments",
    "PutSuppressedDestinationArguments",
    "PutTenantSuppressionAttributesArguments",
    "SendBulkEmailArguments",
    "SendCustomVerificationEmailArguments",
    "SendEmailArguments",
    "TagResourceArguments",
    "TestRenderEmailTemplateArguments",
    "UntagResourceArguments",
    "UpdateConfigurationSetArguments",
    "UpdateConfigurationSetEventDestinationArguments",
    "UpdateContactArguments",
    "UpdateContactListArguments",
    "UpdateCustomVerificationEmailTemplateArguments",
    "UpdateEmailIdentityPolicyArguments",
    "UpdateEmailTemplateArguments",
    "UpdateReputationEntityCustomerManagedStatusArguments",
    "UpdateReputationEntityPolicyArguments",
    "arguments",
    "request",
]


class GetAccountArguments(TypedDict, total=False):
    """The arguments of `get_account`."""


class PutAccountDedicatedIpWarmupAttributesArguments(TypedDict, total=False):
    """The arguments of `put_account_dedicated_ip_warmup_attributes`."""

    auto_warmup_enabled: bool | None


class PutAccountDetailsArguments(TypedDict, total=False):
    """The arguments of `put_account_details`."""

    mail_type: Required[models.MailType | Literal["MARKETING", "TRANSACTIONAL"] | str]
    website_url: Required[str]
    contact_language: models.ContactLanguage | Literal["EN", "JA"] | str | None
    use_case_description: str | None
    additional_contact_email_addresses: Sequence[str] | None
    production_access_enabled: bool | None


class PutAccountPricingAttributesArguments(TypedDict, total=False):
    """The arguments of `put_account_pricing_attributes`."""

    plan: Required[models.PricingPlan | Literal["NONE", "ESSENTIALS", "PRO", "ENTERPRISE"] | str]


class PutAccountSendingAttributesArguments(TypedDict, total=False):
    """The arguments of `put_account_sending_attributes`."""

    sending_enabled: bool | None


class PutAccountSuppressionAttributesArguments(TypedDict, total=False):
    """The arguments of `put_account_suppression_attributes`."""

    suppressed_reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None
    validation_attributes: models.SuppressionValidationAttributes | None


class PutAccountVdmAttributesArguments(TypedDict, total=False):
    """The arguments of `put_account_vdm_attributes`."""

    vdm_attributes: Required[models.VdmAttributes]


class SendBulkEmailArguments(TypedDict, total=False):
    """The arguments of `send_bulk_email`."""

    default_content: Required[models.BulkEmailContent]
    bulk_email_entries: Required[Sequence[models.BulkEmailEntry]]
    from_email_address: str | None
    from_email_address_identity_arn: str | None
    reply_to_addresses: Sequence[str] | None
    feedback_forwarding_email_address: str | None
    feedback_forwarding_email_address_identity_arn: str | None
    default_email_tags: Sequence[models.MessageTag] | None
    configuration_set_name: str | None
    endpoint_id: str | None
    tenant_name: str | None
    configuration_overrides: models.ConfigurationOverrides | None


class CreateConfigurationSetArguments(TypedDict, total=False):
    """The arguments of `create_configuration_set`."""

    configuration_set_name: Required[str]
    tracking_options: models.TrackingOptions | None
    delivery_options: models.DeliveryOptions | None
    reputation_options: models.ReputationOptions | None
    sending_options: models.SendingOptions | None
    tags: Sequence[models.Tag] | None
    suppression_options: models.SuppressionOptions | None
    vdm_options: models.VdmOptions | None
    archiving_options: models.ArchivingOptions | None
    message_security_options: models.MessageSecurityOptions | None


class CreateConfigurationSetEventDestinationArguments(TypedDict, total=False):
    """The arguments of `create_configuration_set_event_destination`."""

    configuration_set_name: Required[str]
    event_destination_name: Required[str]
    event_destination: Required[models.EventDestinationDefinition]


class DeleteConfigurationSetArguments(TypedDict, total=False):
    """The arguments of `delete_configuration_set`."""

    configuration_set_name: Required[str]


class DeleteConfigurationSetEventDestinationArguments(TypedDict, total=False):
    """The arguments of `delete_configuration_set_event_destination`."""

    configuration_set_name: Required[str]
    event_destination_name: Required[str]


class GetConfigurationSetArguments(TypedDict, total=False):
    """The arguments of `get_configuration_set`."""

    configuration_set_name: Required[str]


class GetConfigurationSetEventDestinationsArguments(TypedDict, total=False):
    """The arguments of `get_configuration_set_event_destinations`."""

    configuration_set_name: Required[str]


class ListConfigurationSetsArguments(TypedDict, total=False):
    """The arguments of `list_configuration_sets`."""

    filter: (
        Mapping[models.ConfigurationSetFilterKey, str]
        | Mapping[Literal["CONFIGURATION_SET_NAME_CONTAINS"], str]
        | Mapping[str, str]
        | None
    )
    next_token: str | None
    page_size: int | None


class PutConfigurationSetArchivingOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_archiving_options`."""

    configuration_set_name: Required[str]
    archive_arn: str | None


class PutConfigurationSetDeliveryOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_delivery_options`."""

    configuration_set_name: Required[str]
    tls_policy: models.TlsPolicy | Literal["REQUIRE", "OPTIONAL"] | str | None
    sending_pool_name: str | None
    max_delivery_seconds: int | None


class PutConfigurationSetReputationOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_reputation_options`."""

    configuration_set_name: Required[str]
    reputation_metrics_enabled: bool | None


class PutConfigurationSetSendingOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_sending_options`."""

    configuration_set_name: Required[str]
    sending_enabled: bool | None


class PutConfigurationSetSuppressionOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_suppression_options`."""

    configuration_set_name: Required[str]
    suppression_scope: models.SuppressionListScope | Literal["ACCOUNT", "TENANT"] | str | None
    suppressed_reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None
    validation_options: models.SuppressionValidationOptions | None


class PutConfigurationSetTrackingOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_tracking_options`."""

    configuration_set_name: Required[str]
    custom_redirect_domain: str | None
    https_policy: models.HttpsPolicy | Literal["REQUIRE", "REQUIRE_OPEN_ONLY", "OPTIONAL"] | str | None


class PutConfigurationSetVdmOptionsArguments(TypedDict, total=False):
    """The arguments of `put_configuration_set_vdm_options`."""

    configuration_set_name: Required[str]
    vdm_options: models.VdmOptions | None


class UpdateConfigurationSetArguments(TypedDict, total=False):
    """The arguments of `update_configuration_set`."""

    configuration_set_name: Required[str]
    message_security_options: models.MessageSecurityOptions | None


class UpdateConfigurationSetEventDestinationArguments(TypedDict, total=False):
    """The arguments of `update_configuration_set_event_destination`."""

    configuration_set_name: Required[str]
    event_destination_name: Required[str]
    event_destination: Required[models.EventDestinationDefinition]


class CreateContactArguments(TypedDict, total=False):
    """The arguments of `create_contact`."""

    contact_list_name: Required[str]
    email_address: Required[str]
    topic_preferences: Sequence[models.TopicPreference] | None
    unsubscribe_all: bool | None
    attributes_data: str | None


class CreateContactListArguments(TypedDict, total=False):
    """The arguments of `create_contact_list`."""

    contact_list_name: Required[str]
    topics: Sequence[models.Topic] | None
    description: str | None
    tags: Sequence[models.Tag] | None


class DeleteContactArguments(TypedDict, total=False):
    """The arguments of `delete_contact`."""

    contact_list_name: Required[str]
    email_address: Required[str]


class DeleteContactListArguments(TypedDict, total=False):
    """The arguments of `delete_contact_list`."""

    contact_list_name: Required[str]


class GetContactArguments(TypedDict, total=False):
    """The arguments of `get_contact`."""

    contact_list_name: Required[str]
    email_address: Required[str]


class GetContactListArguments(TypedDict, total=False):
    """The arguments of `get_contact_list`."""

    contact_list_name: Required[str]


class ListContactListsArguments(TypedDict, total=False):
    """The arguments of `list_contact_lists`."""

    page_size: int | None
    next_token: str | None


class ListContactsArguments(TypedDict, total=False):
    """The arguments of `list_contacts`."""

    contact_list_name: Required[str]
    filter: models.ListContactsFilter | None
    page_size: int | None
    next_token: str | None


class UpdateContactArguments(TypedDict, total=False):
    """The arguments of `update_contact`."""

    contact_list_name: Required[str]
    email_address: Required[str]
    topic_preferences: Sequence[models.TopicPreference] | None
    unsubscribe_all: bool | None
    attributes_data: str | None


class UpdateContactListArguments(TypedDict, total=False):
    """The arguments of `update_contact_list`."""

    contact_list_name: Required[str]
    topics: Sequence[models.Topic] | None
    description: str | None


class CreateDedicatedIpPoolArguments(TypedDict, total=False):
    """The arguments of `create_dedicated_ip_pool`."""

    pool_name: Required[str]
    tags: Sequence[models.Tag] | None
    scaling_mode: models.ScalingMode | Literal["STANDARD", "MANAGED"] | str | None


class DeleteDedicatedIpPoolArguments(TypedDict, total=False):
    """The arguments of `delete_dedicated_ip_pool`."""

    pool_name: Required[str]


class GetDedicatedIpArguments(TypedDict, total=False):
    """The arguments of `get_dedicated_ip`."""

    ip: Required[str]


class GetDedicatedIpPoolArguments(TypedDict, total=False):
    """The arguments of `get_dedicated_ip_pool`."""

    pool_name: Required[str]


class GetDedicatedIpsArguments(TypedDict, total=False):
    """The arguments of `get_dedicated_ips`."""

    pool_name: str | None
    next_token: str | None
    page_size: int | None


class ListDedicatedIpPoolsArguments(TypedDict, total=False):
    """The arguments of `list_dedicated_ip_pools`."""

    next_token: str | None
    page_size: int | None


class PutDedicatedIpInPoolArguments(TypedDict, total=False):
    """The arguments of `put_dedicated_ip_in_pool`."""

    ip: Required[str]
    destination_pool_name: Required[str]


class PutDedicatedIpPoolScalingAttributesArguments(TypedDict, total=False):
    """The arguments of `put_dedicated_ip_pool_scaling_attributes`."""

    pool_name: Required[str]
    scaling_mode: Required[models.ScalingMode | Literal["STANDARD", "MANAGED"] | str]


class PutDedicatedIpWarmupAttributesArguments(TypedDict, total=False):
    """The arguments of `put_dedicated_ip_warmup_attributes`."""

    ip: Required[str]
    warmup_percentage: Required[int]


class CreateDeliverabilityTestReportArguments(TypedDict, total=False):
    """The arguments of `create_deliverability_test_report`."""

    from_email_address: Required[str]
    content: Required[models.EmailContent]
    report_name: str | None
    tags: Sequence[models.Tag] | None


class GetBlacklistReportsArguments(TypedDict, total=False):
    """The arguments of `get_blacklist_reports`."""

    blacklist_item_names: Required[Sequence[str]]


class GetDeliverabilityDashboardOptionsArguments(TypedDict, total=False):
    """The arguments of `get_deliverability_dashboard_options`."""


class GetDeliverabilityTestReportArguments(TypedDict, total=False):
    """The arguments of `get_deliverability_test_report`."""

    report_id: Required[str]


class GetDomainDeliverabilityCampaignArguments(TypedDict, total=False):
    """The arguments of `get_domain_deliverability_campaign`."""

    campaign_id: Required[str]


class GetDomainStatisticsReportArguments(TypedDict, total=False):
    """The arguments of `get_domain_statistics_report`."""

    domain: Required[str]
    start_date: Required[datetime]
    end_date: Required[datetime]


class ListDeliverabilityTestReportsArguments(TypedDict, total=False):
    """The arguments of `list_deliverability_test_reports`."""

    next_token: str | None
    page_size: int | None


class ListDomainDeliverabilityCampaignsArguments(TypedDict, total=False):
    """The arguments of `list_domain_deliverability_campaigns`."""

    start_date: Required[datetime]
    end_date: Required[datetime]
    subscribed_domain: Required[str]
    next_token: str | None
    page_size: int | None


class PutDeliverabilityDashboardOptionArguments(TypedDict, total=False):
    """The arguments of `put_deliverability_dashboard_option`."""

    dashboard_enabled: Required[bool]
    subscribed_domains: Sequence[models.DomainDeliverabilityTrackingOption] | None


class CreateMultiRegionEndpointArguments(TypedDict, total=False):
    """The arguments of `create_multi_region_endpoint`."""

    endpoint_name: Required[str]
    details: Required[models.Details]
    tags: Sequence[models.Tag] | None


class DeleteMultiRegionEndpointArguments(TypedDict, total=False):
    """The arguments of `delete_multi_region_endpoint`."""

    endpoint_name: Required[str]


class GetMultiRegionEndpointArguments(TypedDict, total=False):
    """The arguments of `get_multi_region_endpoint`."""

    endpoint_name: Required[str]


class ListMultiRegionEndpointsArguments(TypedDict, total=False):
    """The arguments of `list_multi_region_endpoints`."""

    next_token: str | None
    page_size: int | None


class AssociateEmailIdentityCertificateArguments(TypedDict, total=False):
    """The arguments of `associate_email_identity_certificate`."""

    email_identity: Required[str]
    certificate_arn: Required[str]
    from_address: str | None


class CreateEmailIdentityArguments(TypedDict, total=False):
    """The arguments of `create_email_identity`."""

    email_identity: Required[str]
    tags: Sequence[models.Tag] | None
    dkim_signing_attributes: models.DkimSigningAttributes | None
    configuration_set_name: str | None


class CreateEmailIdentityPolicyArguments(TypedDict, total=False):
    """The arguments of `create_email_identity_policy`."""

    email_identity: Required[str]
    policy_name: Required[str]
    policy: Required[str]


class DeleteEmailIdentityArguments(TypedDict, total=False):
    """The arguments of `delete_email_identity`."""

    email_identity: Required[str]


class DeleteEmailIdentityPolicyArguments(TypedDict, total=False):
    """The arguments of `delete_email_identity_policy`."""

    email_identity: Required[str]
    policy_name: Required[str]


class DisassociateEmailIdentityCertificateArguments(TypedDict, total=False):
    """The arguments of `disassociate_email_identity_certificate`."""

    email_identity: Required[str]
    from_address: str | None


class GetEmailIdentityArguments(TypedDict, total=False):
    """The arguments of `get_email_identity`."""

    email_identity: Required[str]


class GetEmailIdentityPoliciesArguments(TypedDict, total=False):
    """The arguments of `get_email_identity_policies`."""

    email_identity: Required[str]


class ListEmailIdentitiesArguments(TypedDict, total=False):
    """The arguments of `list_email_identities`."""

    filter: (
        Mapping[models.IdentityFilterKey, str]
        | Mapping[Literal["IDENTITY_NAME_CONTAINS", "IDENTITY_TYPE", "VERIFICATION_STATUS"], str]
        | Mapping[str, str]
        | None
    )
    next_token: str | None
    page_size: int | None


class ListEmailIdentityCertificatesArguments(TypedDict, total=False):
    """The arguments of `list_email_identity_certificates`."""

    email_identity: Required[str]
    next_token: str | None
    page_size: int | None


class PutEmailIdentityConfigurationSetAttributesArguments(TypedDict, total=False):
    """The arguments of `put_email_identity_configuration_set_attributes`."""

    email_identity: Required[str]
    configuration_set_name: str | None


class PutEmailIdentityDkimAttributesArguments(TypedDict, total=False):
    """The arguments of `put_email_identity_dkim_attributes`."""

    email_identity: Required[str]
    signing_enabled: bool | None


class PutEmailIdentityDkimSigningAttributesArguments(TypedDict, total=False):
    """The arguments of `put_email_identity_dkim_signing_attributes`."""

    email_identity: Required[str]
    signing_attributes_origin: Required[
        models.DkimSigningAttributesOrigin
        | Literal[
            "AWS_SES",
            "EXTERNAL",
            "AWS_SES_AF_SOUTH_1",
            "AWS_SES_EU_NORTH_1",
            "AWS_SES_AP_SOUTH_1",
            "AWS_SES_EU_WEST_3",
            "AWS_SES_EU_WEST_2",
            "AWS_SES_EU_SOUTH_1",
            "AWS_SES_EU_WEST_1",
            "AWS_SES_AP_NORTHEAST_3",
            "AWS_SES_AP_NORTHEAST_2",
            "AWS_SES_ME_SOUTH_1",
            "AWS_SES_AP_NORTHEAST_1",
            "AWS_SES_IL_CENTRAL_1",
            "AWS_SES_SA_EAST_1",
            "AWS_SES_CA_CENTRAL_1",
            "AWS_SES_AP_SOUTHEAST_1",
            "AWS_SES_AP_SOUTHEAST_2",
            "AWS_SES_AP_SOUTHEAST_3",
            "AWS_SES_EU_CENTRAL_1",
            "AWS_SES_US_EAST_1",
            "AWS_SES_US_EAST_2",
            "AWS_SES_US_WEST_1",
            "AWS_SES_US_WEST_2",
            "AWS_SES_ME_CENTRAL_1",
            "AWS_SES_AP_SOUTH_2",
            "AWS_SES_EU_CENTRAL_2",
            "AWS_SES_AP_SOUTHEAST_5",
            "AWS_SES_CA_WEST_1",
            "AWS_SES_US_GOV_EAST_1",
            "AWS_SES_US_GOV_WEST_1",
        ]
        | str
    ]
    signing_attributes: models.DkimSigningAttributes | None


class PutEmailIdentityFeedbackAttributesArguments(TypedDict, total=False):
    """The arguments of `put_email_identity_feedback_attributes`."""

    email_identity: Required[str]
    email_forwarding_enabled: bool | None


class PutEmailIdentityMailFromAttributesArguments(TypedDict, total=False):
    """The arguments of `put_email_identity_mail_from_attributes`."""

    email_identity: Required[str]
    mail_from_domain: str | None
    behavior_on_mx_failure: models.BehaviorOnMxFailure | Literal["USE_DEFAULT_VALUE", "REJECT_MESSAGE"] | str | None


class UpdateEmailIdentityPolicyArguments(TypedDict, total=False):
    """The arguments of `update_email_identity_policy`."""

    email_identity: Required[str]
    policy_name: Required[str]
    policy: Required[str]


class BatchGetMetricDataArguments(TypedDict, total=False):
    """The arguments of `batch_get_metric_data`."""

    queries: Required[Sequence[models.BatchGetMetricDataQuery]]


class GetEmailAddressInsightsArguments(TypedDict, total=False):
    """The arguments of `get_email_address_insights`."""

    email_address: Required[str]


class GetMessageInsightsArguments(TypedDict, total=False):
    """The arguments of `get_message_insights`."""

    message_id: Required[str]


class ListRecommendationsArguments(TypedDict, total=False):
    """The arguments of `list_recommendations`."""

    filter: (
        Mapping[models.ListRecommendationsFilterKey, str]
        | Mapping[Literal["TYPE", "IMPACT", "STATUS", "RESOURCE_ARN"], str]
        | Mapping[str, str]
        | None
    )
    next_token: str | None
    page_size: int | None


class CancelExportJobArguments(TypedDict, total=False):
    """The arguments of `cancel_export_job`."""

    job_id: Required[str]


class CreateExportJobArguments(TypedDict, total=False):
    """The arguments of `create_export_job`."""

    export_data_source: Required[models.ExportDataSource]
    export_destination: Required[models.ExportDestination]


class CreateImportJobArguments(TypedDict, total=False):
    """The arguments of `create_import_job`."""

    import_destination: Required[models.ImportDestination]
    import_data_source: Required[models.ImportDataSource]


class GetExportJobArguments(TypedDict, total=False):
    """The arguments of `get_export_job`."""

    job_id: Required[str]


class GetImportJobArguments(TypedDict, total=False):
    """The arguments of `get_import_job`."""

    job_id: Required[str]


class ListExportJobsArguments(TypedDict, total=False):
    """The arguments of `list_export_jobs`."""

    next_token: str | None
    page_size: int | None
    export_source_type: models.ExportSourceType | Literal["METRICS_DATA", "MESSAGE_INSIGHTS"] | str | None
    job_status: models.JobStatus | Literal["CREATED", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED"] | str | None


class ListImportJobsArguments(TypedDict, total=False):
    """The arguments of `list_import_jobs`."""

    import_destination_type: models.ImportDestinationType | Literal["SUPPRESSION_LIST", "CONTACT_LIST"] | str | None
    next_token: str | None
    page_size: int | None


class SendCustomVerificationEmailArguments(TypedDict, total=False):
    """The arguments of `send_custom_verification_email`."""

    email_address: Required[str]
    template_name: Required[str]
    configuration_set_name: str | None


class SendEmailArguments(TypedDict, total=False):
    """The arguments of `send_email`."""

    content: Required[models.EmailContent]
    from_email_address: str | None
    from_email_address_identity_arn: str | None
    destination: models.Destination | None
    reply_to_addresses: Sequence[str] | None
    feedback_forwarding_email_address: str | None
    feedback_forwarding_email_address_identity_arn: str | None
    email_tags: Sequence[models.MessageTag] | None
    configuration_set_name: str | None
    endpoint_id: str | None
    tenant_name: str | None
    list_management_options: models.ListManagementOptions | None
    configuration_overrides: models.ConfigurationOverrides | None


class DeleteSuppressedDestinationArguments(TypedDict, total=False):
    """The arguments of `delete_suppressed_destination`."""

    email_address: Required[str]
    tenant_name: str | None


class GetSuppressedDestinationArguments(TypedDict, total=False):
    """The arguments of `get_suppressed_destination`."""

    email_address: Required[str]
    tenant_name: str | None


class ListSuppressedDestinationsArguments(TypedDict, total=False):
    """The arguments of `list_suppressed_destinations`."""

    tenant_name: str | None
    reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None
    start_date: datetime | None
    end_date: datetime | None
    next_token: str | None
    page_size: int | None


class PutSuppressedDestinationArguments(TypedDict, total=False):
    """The arguments of `put_suppressed_destination`."""

    email_address: Required[str]
    reason: Required[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str]
    tenant_name: str | None


class ListTagsForResourceArguments(TypedDict, total=False):
    """The arguments of `list_tags_for_resource`."""

    resource_arn: Required[str]


class TagResourceArguments(TypedDict, total=False):
    """The arguments of `tag_resource`."""

    resource_arn: Required[str]
    tags: Required[Sequence[models.Tag]]


class UntagResourceArguments(TypedDict, total=False):
    """The arguments of `untag_resource`."""

    resource_arn: Required[str]
    tag_keys: Required[Sequence[str]]


class CreateCustomVerificationEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `create_custom_verification_email_template`."""

    template_name: Required[str]
    from_email_address: Required[str]
    template_subject: Required[str]
    template_content: Required[str]
    success_redirection_url: Required[str]
    failure_redirection_url: Required[str]
    tags: Sequence[models.Tag] | None


class CreateEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `create_email_template`."""

    template_name: Required[str]
    template_content: Required[models.EmailTemplateContent]
    tags: Sequence[models.Tag] | None


class DeleteCustomVerificationEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `delete_custom_verification_email_template`."""

    template_name: Required[str]


class DeleteEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `delete_email_template`."""

    template_name: Required[str]


class GetCustomVerificationEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `get_custom_verification_email_template`."""

    template_name: Required[str]


class GetEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `get_email_template`."""

    template_name: Required[str]


class ListCustomVerificationEmailTemplatesArguments(TypedDict, total=False):
    """The arguments of `list_custom_verification_email_templates`."""

    next_token: str | None
    page_size: int | None


class ListEmailTemplatesArguments(TypedDict, total=False):
    """The arguments of `list_email_templates`."""

    next_token: str | None
    page_size: int | None


class TestRenderEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `test_render_email_template`."""

    template_name: Required[str]
    template_data: Required[str]


class UpdateCustomVerificationEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `update_custom_verification_email_template`."""

    template_name: Required[str]
    from_email_address: Required[str]
    template_subject: Required[str]
    template_content: Required[str]
    success_redirection_url: Required[str]
    failure_redirection_url: Required[str]


class UpdateEmailTemplateArguments(TypedDict, total=False):
    """The arguments of `update_email_template`."""

    template_name: Required[str]
    template_content: Required[models.EmailTemplateContent]


class CreateTenantArguments(TypedDict, total=False):
    """The arguments of `create_tenant`."""

    tenant_name: Required[str]
    tags: Sequence[models.Tag] | None
    suppression_attributes: models.TenantSuppressionAttributes | None


class CreateTenantResourceAssociationArguments(TypedDict, total=False):
    """The arguments of `create_tenant_resource_association`."""

    tenant_name: Required[str]
    resource_arn: Required[str]


class DeleteTenantArguments(TypedDict, total=False):
    """The arguments of `delete_tenant`."""

    tenant_name: Required[str]


class DeleteTenantResourceAssociationArguments(TypedDict, total=False):
    """The arguments of `delete_tenant_resource_association`."""

    tenant_name: Required[str]
    resource_arn: Required[str]


class GetReputationEntityArguments(TypedDict, total=False):
    """The arguments of `get_reputation_entity`."""

    reputation_entity_reference: Required[str]
    reputation_entity_type: Required[models.ReputationEntityType | Literal["RESOURCE"] | str]


class GetTenantArguments(TypedDict, total=False):
    """The arguments of `get_tenant`."""

    tenant_name: Required[str]


class ListReputationEntitiesArguments(TypedDict, total=False):
    """The arguments of `list_reputation_entities`."""

    filter: (
        Mapping[models.ReputationEntityFilterKey, str]
        | Mapping[Literal["ENTITY_TYPE", "REPUTATION_IMPACT", "SENDING_STATUS", "ENTITY_REFERENCE_PREFIX"], str]
        | Mapping[str, str]
        | None
    )
    next_token: str | None
    page_size: int | None


class ListResourceTenantsArguments(TypedDict, total=False):
    """The arguments of `list_resource_tenants`."""

    resource_arn: Required[str]
    page_size: int | None
    next_token: str | None


class ListTenantResourcesArguments(TypedDict, total=False):
    """The arguments of `list_tenant_resources`."""

    tenant_name: Required[str]
    filter: (
        Mapping[models.ListTenantResourcesFilterKey, str]
        | Mapping[Literal["RESOURCE_TYPE"], str]
        | Mapping[str, str]
        | None
    )
    page_size: int | None
    next_token: str | None


class ListTenantsArguments(TypedDict, total=False):
    """The arguments of `list_tenants`."""

    filter: (
        Mapping[models.ListTenantsFilterKey, str]
        | Mapping[Literal["TENANT_NAME_CONTAINS", "SENDING_STATUS"], str]
        | Mapping[str, str]
        | None
    )
    next_token: str | None
    page_size: int | None


class PutTenantSuppressionAttributesArguments(TypedDict, total=False):
    """The arguments of `put_tenant_suppression_attributes`."""

    tenant_name: Required[str]
    suppressed_reasons: Sequence[models.SuppressionListReason | Literal["BOUNCE", "COMPLAINT"] | str] | None
    suppression_scope: models.SuppressionListScope | Literal["ACCOUNT", "TENANT"] | str | None


class UpdateReputationEntityCustomerManagedStatusArguments(TypedDict, total=False):
    """The arguments of `update_reputation_entity_customer_managed_status`."""

    reputation_entity_type: Required[models.ReputationEntityType | Literal["RESOURCE"] | str]
    reputation_entity_reference: Required[str]
    sending_status: Required[models.SendingStatus | Literal["ENABLED", "REINSTATED", "DISABLED"] | str]


class UpdateReputationEntityPolicyArguments(TypedDict, total=False):
    """The arguments of `update_reputation_entity_policy`."""

    reputation_entity_type: Required[models.ReputationEntityType | Literal["RESOURCE"] | str]
    reputation_entity_reference: Required[str]
    reputation_entity_policy: Required[str]


_ROWS: Final[Mapping[str, tuple[str, str]]] = {
    "GetAccount": ("account", "GET_ACCOUNT"),
    "PutAccountDedicatedIpWarmupAttributes": ("account", "PUT_ACCOUNT_DEDICATED_IP_WARMUP_ATTRIBUTES"),
    "PutAccountDetails": ("account", "PUT_ACCOUNT_DETAILS"),
    "PutAccountPricingAttributes": ("account", "PUT_ACCOUNT_PRICING_ATTRIBUTES"),
    "PutAccountSendingAttributes": ("account", "PUT_ACCOUNT_SENDING_ATTRIBUTES"),
    "PutAccountSuppressionAttributes": ("account", "PUT_ACCOUNT_SUPPRESSION_ATTRIBUTES"),
    "PutAccountVdmAttributes": ("account", "PUT_ACCOUNT_VDM_ATTRIBUTES"),
    "SendBulkEmail": ("bulk_messages", "SEND_BULK_EMAIL"),
    "CreateConfigurationSet": ("configuration_sets", "CREATE_CONFIGURATION_SET"),
    "CreateConfigurationSetEventDestination": ("configuration_sets", "CREATE_CONFIGURATION_SET_EVENT_DESTINATION"),
    "DeleteConfigurationSet": ("configuration_sets", "DELETE_CONFIGURATION_SET"),
    "DeleteConfigurationSetEventDestination": ("configuration_sets", "DELETE_CONFIGURATION_SET_EVENT_DESTINATION"),
    "GetConfigurationSet": ("configuration_sets", "GET_CONFIGURATION_SET"),
    "GetConfigurationSetEventDestinations": ("configuration_sets", "GET_CONFIGURATION_SET_EVENT_DESTINATIONS"),
    "ListConfigurationSets": ("configuration_sets", "LIST_CONFIGURATION_SETS"),
    "PutConfigurationSetArchivingOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_ARCHIVING_OPTIONS"),
    "PutConfigurationSetDeliveryOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_DELIVERY_OPTIONS"),
    "PutConfigurationSetReputationOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_REPUTATION_OPTIONS"),
    "PutConfigurationSetSendingOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_SENDING_OPTIONS"),
    "PutConfigurationSetSuppressionOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_SUPPRESSION_OPTIONS"),
    "PutConfigurationSetTrackingOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_TRACKING_OPTIONS"),
    "PutConfigurationSetVdmOptions": ("configuration_sets", "PUT_CONFIGURATION_SET_VDM_OPTIONS"),
    "UpdateConfigurationSet": ("configuration_sets", "UPDATE_CONFIGURATION_SET"),
    "UpdateConfigurationSetEventDestination": ("configuration_sets", "UPDATE_CONFIGURATION_SET_EVENT_DESTINATION"),
    "CreateContact": ("contacts", "CREATE_CONTACT"),
    "CreateContactList": ("contacts", "CREATE_CONTACT_LIST"),
    "DeleteContact": ("contacts", "DELETE_CONTACT"),
    "DeleteContactList": ("contacts", "DELETE_CONTACT_LIST"),
    "GetContact": ("contacts", "GET_CONTACT"),
    "GetContactList": ("contacts", "GET_CONTACT_LIST"),
    "ListContactLists": ("contacts", "LIST_CONTACT_LISTS"),
    "ListContacts": ("contacts", "LIST_CONTACTS"),
    "UpdateContact": ("contacts", "UPDATE_CONTACT"),
    "UpdateContactList": ("contacts", "UPDATE_CONTACT_LIST"),
    "CreateDedicatedIpPool": ("dedicated_ips", "CREATE_DEDICATED_IP_POOL"),
    "DeleteDedicatedIpPool": ("dedicated_ips", "DELETE_DEDICATED_IP_POOL"),
    "GetDedicatedIp": ("dedicated_ips", "GET_DEDICATED_IP"),
    "GetDedicatedIpPool": ("dedicated_ips", "GET_DEDICATED_IP_POOL"),
    "GetDedicatedIps": ("dedicated_ips", "GET_DEDICATED_IPS"),
    "ListDedicatedIpPools": ("dedicated_ips", "LIST_DEDICATED_IP_POOLS"),
    "PutDedicatedIpInPool": ("dedicated_ips", "PUT_DEDICATED_IP_IN_POOL"),
    "PutDedicatedIpPoolScalingAttributes": ("dedicated_ips", "PUT_DEDICATED_IP_POOL_SCALING_ATTRIBUTES"),
    "PutDedicatedIpWarmupAttributes": ("dedicated_ips", "PUT_DEDICATED_IP_WARMUP_ATTRIBUTES"),
    "CreateDeliverabilityTestReport": ("deliverability", "CREATE_DELIVERABILITY_TEST_REPORT"),
    "GetBlacklistReports": ("deliverability", "GET_BLACKLIST_REPORTS"),
    "GetDeliverabilityDashboardOptions": ("deliverability", "GET_DELIVERABILITY_DASHBOARD_OPTIONS"),
    "GetDeliverabilityTestReport": ("deliverability", "GET_DELIVERABILITY_TEST_REPORT"),
    "GetDomainDeliverabilityCampaign": ("deliverability", "GET_DOMAIN_DELIVERABILITY_CAMPAIGN"),
    "GetDomainStatisticsReport": ("deliverability", "GET_DOMAIN_STATISTICS_REPORT"),
    "ListDeliverabilityTestReports": ("deliverability", "LIST_DELIVERABILITY_TEST_REPORTS"),
    "ListDomainDeliverabilityCampaigns": ("deliverability", "LIST_DOMAIN_DELIVERABILITY_CAMPAIGNS"),
    "PutDeliverabilityDashboardOption": ("deliverability", "PUT_DELIVERABILITY_DASHBOARD_OPTION"),
    "CreateMultiRegionEndpoint": ("endpoints", "CREATE_MULTI_REGION_ENDPOINT"),
    "DeleteMultiRegionEndpoint": ("endpoints", "DELETE_MULTI_REGION_ENDPOINT"),
    "GetMultiRegionEndpoint": ("endpoints", "GET_MULTI_REGION_ENDPOINT"),
    "ListMultiRegionEndpoints": ("endpoints", "LIST_MULTI_REGION_ENDPOINTS"),
    "AssociateEmailIdentityCertificate": ("identities", "ASSOCIATE_EMAIL_IDENTITY_CERTIFICATE"),
    "CreateEmailIdentity": ("identities", "CREATE_EMAIL_IDENTITY"),
    "CreateEmailIdentityPolicy": ("identities", "CREATE_EMAIL_IDENTITY_POLICY"),
    "DeleteEmailIdentity": ("identities", "DELETE_EMAIL_IDENTITY"),
    "DeleteEmailIdentityPolicy": ("identities", "DELETE_EMAIL_IDENTITY_POLICY"),
    "DisassociateEmailIdentityCertificate": ("identities", "DISASSOCIATE_EMAIL_IDENTITY_CERTIFICATE"),
    "GetEmailIdentity": ("identities", "GET_EMAIL_IDENTITY"),
    "GetEmailIdentityPolicies": ("identities", "GET_EMAIL_IDENTITY_POLICIES"),
    "ListEmailIdentities": ("identities", "LIST_EMAIL_IDENTITIES"),
    "ListEmailIdentityCertificates": ("identities", "LIST_EMAIL_IDENTITY_CERTIFICATES"),
    "PutEmailIdentityConfigurationSetAttributes": ("identities", "PUT_EMAIL_IDENTITY_CONFIGURATION_SET_ATTRIBUTES"),
    "PutEmailIdentityDkimAttributes": ("identities", "PUT_EMAIL_IDENTITY_DKIM_ATTRIBUTES"),
    "PutEmailIdentityDkimSigningAttributes": ("identities", "PUT_EMAIL_IDENTITY_DKIM_SIGNING_ATTRIBUTES"),
    "PutEmailIdentityFeedbackAttributes": ("identities", "PUT_EMAIL_IDENTITY_FEEDBACK_ATTRIBUTES"),
    "PutEmailIdentityMailFromAttributes": ("identities", "PUT_EMAIL_IDENTITY_MAIL_FROM_ATTRIBUTES"),
    "UpdateEmailIdentityPolicy": ("identities", "UPDATE_EMAIL_IDENTITY_POLICY"),
    "BatchGetMetricData": ("insights", "BATCH_GET_METRIC_DATA"),
    "GetEmailAddressInsights": ("insights", "GET_EMAIL_ADDRESS_INSIGHTS"),
    "GetMessageInsights": ("insights", "GET_MESSAGE_INSIGHTS"),
    "ListRecommendations": ("insights", "LIST_RECOMMENDATIONS"),
    "CancelExportJob": ("jobs", "CANCEL_EXPORT_JOB"),
    "CreateExportJob": ("jobs", "CREATE_EXPORT_JOB"),
    "CreateImportJob": ("jobs", "CREATE_IMPORT_JOB"),
    "GetExportJob": ("jobs", "GET_EXPORT_JOB"),
    "GetImportJob": ("jobs", "GET_IMPORT_JOB"),
    "ListExportJobs": ("jobs", "LIST_EXPORT_JOBS"),
    "ListImportJobs": ("jobs", "LIST_IMPORT_JOBS"),
    "SendCustomVerificationEmail": ("messages", "SEND_CUSTOM_VERIFICATION_EMAIL"),
    "SendEmail": ("messages", "SEND_EMAIL"),
    "DeleteSuppressedDestination": ("suppression", "DELETE_SUPPRESSED_DESTINATION"),
    "GetSuppressedDestination": ("suppression", "GET_SUPPRESSED_DESTINATION"),
    "ListSuppressedDestinations": ("suppression", "LIST_SUPPRESSED_DESTINATIONS"),
    "PutSuppressedDestination": ("suppression", "PUT_SUPPRESSED_DESTINATION"),
    "ListTagsForResource": ("tags", "LIST_TAGS_FOR_RESOURCE"),
    "TagResource": ("tags", "TAG_RESOURCE"),
    "UntagResource": ("tags", "UNTAG_RESOURCE"),
    "CreateCustomVerificationEmailTemplate": ("templates", "CREATE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE"),
    "CreateEmailTemplate": ("templates", "CREATE_EMAIL_TEMPLATE"),
    "DeleteCustomVerificationEmailTemplate": ("templates", "DELETE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE"),
    "DeleteEmailTemplate": ("templates", "DELETE_EMAIL_TEMPLATE"),
    "GetCustomVerificationEmailTemplate": ("templates", "GET_CUSTOM_VERIFICATION_EMAIL_TEMPLATE"),
    "GetEmailTemplate": ("templates", "GET_EMAIL_TEMPLATE"),
    "ListCustomVerificationEmailTemplates": ("templates", "LIST_CUSTOM_VERIFICATION_EMAIL_TEMPLATES"),
    "ListEmailTemplates": ("templates", "LIST_EMAIL_TEMPLATES"),
    "TestRenderEmailTemplate": ("templates", "TEST_RENDER_EMAIL_TEMPLATE"),
    "UpdateCustomVerificationEmailTemplate": ("templates", "UPDATE_CUSTOM_VERIFICATION_EMAIL_TEMPLATE"),
    "UpdateEmailTemplate": ("templates", "UPDATE_EMAIL_TEMPLATE"),
    "CreateTenant": ("tenants", "CREATE_TENANT"),
    "CreateTenantResourceAssociation": ("tenants", "CREATE_TENANT_RESOURCE_ASSOCIATION"),
    "DeleteTenant": ("tenants", "DELETE_TENANT"),
    "DeleteTenantResourceAssociation": ("tenants", "DELETE_TENANT_RESOURCE_ASSOCIATION"),
    "GetReputationEntity": ("tenants", "GET_REPUTATION_ENTITY"),
    "GetTenant": ("tenants", "GET_TENANT"),
    "ListReputationEntities": ("tenants", "LIST_REPUTATION_ENTITIES"),
    "ListResourceTenants": ("tenants", "LIST_RESOURCE_TENANTS"),
    "ListTenantResources": ("tenants", "LIST_TENANT_RESOURCES"),
    "ListTenants": ("tenants", "LIST_TENANTS"),
    "PutTenantSuppressionAttributes": ("tenants", "PUT_TENANT_SUPPRESSION_ATTRIBUTES"),
    "UpdateReputationEntityCustomerManagedStatus": ("tenants", "UPDATE_REPUTATION_ENTITY_CUSTOMER_MANAGED_STATUS"),
    "UpdateReputationEntityPolicy": ("tenants", "UPDATE_REPUTATION_ENTITY_POLICY"),
}
"""The module and the name of each operation's row."""


@overload
def arguments(operation: Literal["GetAccount"], request: Mapping[str, Any]) -> GetAccountArguments: ...


@overload
def arguments(
    operation: Literal["PutAccountDedicatedIpWarmupAttributes"], request: Mapping[str, Any]
) -> PutAccountDedicatedIpWarmupAttributesArguments: ...


@overload
def arguments(operation: Literal["PutAccountDetails"], request: Mapping[str, Any]) -> PutAccountDetailsArguments: ...


@overload
def arguments(
    operation: Literal["PutAccountPricingAttributes"], request: Mapping[str, Any]
) -> PutAccountPricingAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutAccountSendingAttributes"], request: Mapping[str, Any]
) -> PutAccountSendingAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutAccountSuppressionAttributes"], request: Mapping[str, Any]
) -> PutAccountSuppressionAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutAccountVdmAttributes"], request: Mapping[str, Any]
) -> PutAccountVdmAttributesArguments: ...


@overload
def arguments(operation: Literal["SendBulkEmail"], request: Mapping[str, Any]) -> SendBulkEmailArguments: ...


@overload
def arguments(
    operation: Literal["CreateConfigurationSet"], request: Mapping[str, Any]
) -> CreateConfigurationSetArguments: ...


@overload
def arguments(
    operation: Literal["CreateConfigurationSetEventDestination"], request: Mapping[str, Any]
) -> CreateConfigurationSetEventDestinationArguments: ...


@overload
def arguments(
    operation: Literal["DeleteConfigurationSet"], request: Mapping[str, Any]
) -> DeleteConfigurationSetArguments: ...


@overload
def arguments(
    operation: Literal["DeleteConfigurationSetEventDestination"], request: Mapping[str, Any]
) -> DeleteConfigurationSetEventDestinationArguments: ...


@overload
def arguments(
    operation: Literal["GetConfigurationSet"], request: Mapping[str, Any]
) -> GetConfigurationSetArguments: ...


@overload
def arguments(
    operation: Literal["GetConfigurationSetEventDestinations"], request: Mapping[str, Any]
) -> GetConfigurationSetEventDestinationsArguments: ...


@overload
def arguments(
    operation: Literal["ListConfigurationSets"], request: Mapping[str, Any]
) -> ListConfigurationSetsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetArchivingOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetArchivingOptionsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetDeliveryOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetDeliveryOptionsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetReputationOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetReputationOptionsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetSendingOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetSendingOptionsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetSuppressionOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetSuppressionOptionsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetTrackingOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetTrackingOptionsArguments: ...


@overload
def arguments(
    operation: Literal["PutConfigurationSetVdmOptions"], request: Mapping[str, Any]
) -> PutConfigurationSetVdmOptionsArguments: ...


@overload
def arguments(
    operation: Literal["UpdateConfigurationSet"], request: Mapping[str, Any]
) -> UpdateConfigurationSetArguments: ...


@overload
def arguments(
    operation: Literal["UpdateConfigurationSetEventDestination"], request: Mapping[str, Any]
) -> UpdateConfigurationSetEventDestinationArguments: ...


@overload
def arguments(operation: Literal["CreateContact"], request: Mapping[str, Any]) -> CreateContactArguments: ...


@overload
def arguments(operation: Literal["CreateContactList"], request: Mapping[str, Any]) -> CreateContactListArguments: ...


@overload
def arguments(operation: Literal["DeleteContact"], request: Mapping[str, Any]) -> DeleteContactArguments: ...


@overload
def arguments(operation: Literal["DeleteContactList"], request: Mapping[str, Any]) -> DeleteContactListArguments: ...


@overload
def arguments(operation: Literal["GetContact"], request: Mapping[str, Any]) -> GetContactArguments: ...


@overload
def arguments(operation: Literal["GetContactList"], request: Mapping[str, Any]) -> GetContactListArguments: ...


@overload
def arguments(operation: Literal["ListContactLists"], request: Mapping[str, Any]) -> ListContactListsArguments: ...


@overload
def arguments(operation: Literal["ListContacts"], request: Mapping[str, Any]) -> ListContactsArguments: ...


@overload
def arguments(operation: Literal["UpdateContact"], request: Mapping[str, Any]) -> UpdateContactArguments: ...


@overload
def arguments(operation: Literal["UpdateContactList"], request: Mapping[str, Any]) -> UpdateContactListArguments: ...


@overload
def arguments(
    operation: Literal["CreateDedicatedIpPool"], request: Mapping[str, Any]
) -> CreateDedicatedIpPoolArguments: ...


@overload
def arguments(
    operation: Literal["DeleteDedicatedIpPool"], request: Mapping[str, Any]
) -> DeleteDedicatedIpPoolArguments: ...


@overload
def arguments(operation: Literal["GetDedicatedIp"], request: Mapping[str, Any]) -> GetDedicatedIpArguments: ...


@overload
def arguments(operation: Literal["GetDedicatedIpPool"], request: Mapping[str, Any]) -> GetDedicatedIpPoolArguments: ...


@overload
def arguments(operation: Literal["GetDedicatedIps"], request: Mapping[str, Any]) -> GetDedicatedIpsArguments: ...


@overload
def arguments(
    operation: Literal["ListDedicatedIpPools"], request: Mapping[str, Any]
) -> ListDedicatedIpPoolsArguments: ...


@overload
def arguments(
    operation: Literal["PutDedicatedIpInPool"], request: Mapping[str, Any]
) -> PutDedicatedIpInPoolArguments: ...


@overload
def arguments(
    operation: Literal["PutDedicatedIpPoolScalingAttributes"], request: Mapping[str, Any]
) -> PutDedicatedIpPoolScalingAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutDedicatedIpWarmupAttributes"], request: Mapping[str, Any]
) -> PutDedicatedIpWarmupAttributesArguments: ...


@overload
def arguments(
    operation: Literal["CreateDeliverabilityTestReport"], request: Mapping[str, Any]
) -> CreateDeliverabilityTestReportArguments: ...


@overload
def arguments(
    operation: Literal["GetBlacklistReports"], request: Mapping[str, Any]
) -> GetBlacklistReportsArguments: ...


@overload
def arguments(
    operation: Literal["GetDeliverabilityDashboardOptions"], request: Mapping[str, Any]
) -> GetDeliverabilityDashboardOptionsArguments: ...


@overload
def arguments(
    operation: Literal["GetDeliverabilityTestReport"], request: Mapping[str, Any]
) -> GetDeliverabilityTestReportArguments: ...


@overload
def arguments(
    operation: Literal["GetDomainDeliverabilityCampaign"], request: Mapping[str, Any]
) -> GetDomainDeliverabilityCampaignArguments: ...


@overload
def arguments(
    operation: Literal["GetDomainStatisticsReport"], request: Mapping[str, Any]
) -> GetDomainStatisticsReportArguments: ...


@overload
def arguments(
    operation: Literal["ListDeliverabilityTestReports"], request: Mapping[str, Any]
) -> ListDeliverabilityTestReportsArguments: ...


@overload
def arguments(
    operation: Literal["ListDomainDeliverabilityCampaigns"], request: Mapping[str, Any]
) -> ListDomainDeliverabilityCampaignsArguments: ...


@overload
def arguments(
    operation: Literal["PutDeliverabilityDashboardOption"], request: Mapping[str, Any]
) -> PutDeliverabilityDashboardOptionArguments: ...


@overload
def arguments(
    operation: Literal["CreateMultiRegionEndpoint"], request: Mapping[str, Any]
) -> CreateMultiRegionEndpointArguments: ...


@overload
def arguments(
    operation: Literal["DeleteMultiRegionEndpoint"], request: Mapping[str, Any]
) -> DeleteMultiRegionEndpointArguments: ...


@overload
def arguments(
    operation: Literal["GetMultiRegionEndpoint"], request: Mapping[str, Any]
) -> GetMultiRegionEndpointArguments: ...


@overload
def arguments(
    operation: Literal["ListMultiRegionEndpoints"], request: Mapping[str, Any]
) -> ListMultiRegionEndpointsArguments: ...


@overload
def arguments(
    operation: Literal["AssociateEmailIdentityCertificate"], request: Mapping[str, Any]
) -> AssociateEmailIdentityCertificateArguments: ...


@overload
def arguments(
    operation: Literal["CreateEmailIdentity"], request: Mapping[str, Any]
) -> CreateEmailIdentityArguments: ...


@overload
def arguments(
    operation: Literal["CreateEmailIdentityPolicy"], request: Mapping[str, Any]
) -> CreateEmailIdentityPolicyArguments: ...


@overload
def arguments(
    operation: Literal["DeleteEmailIdentity"], request: Mapping[str, Any]
) -> DeleteEmailIdentityArguments: ...


@overload
def arguments(
    operation: Literal["DeleteEmailIdentityPolicy"], request: Mapping[str, Any]
) -> DeleteEmailIdentityPolicyArguments: ...


@overload
def arguments(
    operation: Literal["DisassociateEmailIdentityCertificate"], request: Mapping[str, Any]
) -> DisassociateEmailIdentityCertificateArguments: ...


@overload
def arguments(operation: Literal["GetEmailIdentity"], request: Mapping[str, Any]) -> GetEmailIdentityArguments: ...


@overload
def arguments(
    operation: Literal["GetEmailIdentityPolicies"], request: Mapping[str, Any]
) -> GetEmailIdentityPoliciesArguments: ...


@overload
def arguments(
    operation: Literal["ListEmailIdentities"], request: Mapping[str, Any]
) -> ListEmailIdentitiesArguments: ...


@overload
def arguments(
    operation: Literal["ListEmailIdentityCertificates"], request: Mapping[str, Any]
) -> ListEmailIdentityCertificatesArguments: ...


@overload
def arguments(
    operation: Literal["PutEmailIdentityConfigurationSetAttributes"], request: Mapping[str, Any]
) -> PutEmailIdentityConfigurationSetAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutEmailIdentityDkimAttributes"], request: Mapping[str, Any]
) -> PutEmailIdentityDkimAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutEmailIdentityDkimSigningAttributes"], request: Mapping[str, Any]
) -> PutEmailIdentityDkimSigningAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutEmailIdentityFeedbackAttributes"], request: Mapping[str, Any]
) -> PutEmailIdentityFeedbackAttributesArguments: ...


@overload
def arguments(
    operation: Literal["PutEmailIdentityMailFromAttributes"], request: Mapping[str, Any]
) -> PutEmailIdentityMailFromAttributesArguments: ...


@overload
def arguments(
    operation: Literal["UpdateEmailIdentityPolicy"], request: Mapping[str, Any]
) -> UpdateEmailIdentityPolicyArguments: ...


@overload
def arguments(operation: Literal["BatchGetMetricData"], request: Mapping[str, Any]) -> BatchGetMetricDataArguments: ...


@overload
def arguments(
    operation: Literal["GetEmailAddressInsights"], request: Mapping[str, Any]
) -> GetEmailAddressInsightsArguments: ...


@overload
def arguments(operation: Literal["GetMessageInsights"], request: Mapping[str, Any]) -> GetMessageInsightsArguments: ...


@overload
def arguments(
    operation: Literal["ListRecommendations"], request: Mapping[str, Any]
) -> ListRecommendationsArguments: ...


@overload
def arguments(operation: Literal["CancelExportJob"], request: Mapping[str, Any]) -> CancelExportJobArguments: ...


@overload
def arguments(operation: Literal["CreateExportJob"], request: Mapping[str, Any]) -> CreateExportJobArguments: ...


@overload
def arguments(operation: Literal["CreateImportJob"], request: Mapping[str, Any]) -> CreateImportJobArguments: ...


@overload
def arguments(operation: Literal["GetExportJob"], request: Mapping[str, Any]) -> GetExportJobArguments: ...


@overload
def arguments(operation: Literal["GetImportJob"], request: Mapping[str, Any]) -> GetImportJobArguments: ...


@overload
def arguments(operation: Literal["ListExportJobs"], request: Mapping[str, Any]) -> ListExportJobsArguments: ...


@overload
def arguments(operation: Literal["ListImportJobs"], request: Mapping[str, Any]) -> ListImportJobsArguments: ...


@overload
def arguments(
    operation: Literal["SendCustomVerificationEmail"], request: Mapping[str, Any]
) -> SendCustomVerificationEmailArguments: ...


@overload
def arguments(operation: Literal["SendEmail"], request: Mapping[str, Any]) -> SendEmailArguments: ...


@overload
def arguments(
    operation: Literal["DeleteSuppressedDestination"], request: Mapping[str, Any]
) -> DeleteSuppressedDestinationArguments: ...


@overload
def arguments(
    operation: Literal["GetSuppressedDestination"], request: Mapping[str, Any]
) -> GetSuppressedDestinationArguments: ...


@overload
def arguments(
    operation: Literal["ListSuppressedDestinations"], request: Mapping[str, Any]
) -> ListSuppressedDestinationsArguments: ...


@overload
def arguments(
    operation: Literal["PutSuppressedDestination"], request: Mapping[str, Any]
) -> PutSuppressedDestinationArguments: ...


@overload
def arguments(
    operation: Literal["ListTagsForResource"], request: Mapping[str, Any]
) -> ListTagsForResourceArguments: ...


@overload
def arguments(operation: Literal["TagResource"], request: Mapping[str, Any]) -> TagResourceArguments: ...


@overload
def arguments(operation: Literal["UntagResource"], request: Mapping[str, Any]) -> UntagResourceArguments: ...


@overload
def arguments(
    operation: Literal["CreateCustomVerificationEmailTemplate"], request: Mapping[str, Any]
) -> CreateCustomVerificationEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["CreateEmailTemplate"], request: Mapping[str, Any]
) -> CreateEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["DeleteCustomVerificationEmailTemplate"], request: Mapping[str, Any]
) -> DeleteCustomVerificationEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["DeleteEmailTemplate"], request: Mapping[str, Any]
) -> DeleteEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["GetCustomVerificationEmailTemplate"], request: Mapping[str, Any]
) -> GetCustomVerificationEmailTemplateArguments: ...


@overload
def arguments(operation: Literal["GetEmailTemplate"], request: Mapping[str, Any]) -> GetEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["ListCustomVerificationEmailTemplates"], request: Mapping[str, Any]
) -> ListCustomVerificationEmailTemplatesArguments: ...


@overload
def arguments(operation: Literal["ListEmailTemplates"], request: Mapping[str, Any]) -> ListEmailTemplatesArguments: ...


@overload
def arguments(
    operation: Literal["TestRenderEmailTemplate"], request: Mapping[str, Any]
) -> TestRenderEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["UpdateCustomVerificationEmailTemplate"], request: Mapping[str, Any]
) -> UpdateCustomVerificationEmailTemplateArguments: ...


@overload
def arguments(
    operation: Literal["UpdateEmailTemplate"], request: Mapping[str, Any]
) -> UpdateEmailTemplateArguments: ...


@overload
def arguments(operation: Literal["CreateTenant"], request: Mapping[str, Any]) -> CreateTenantArguments: ...


@overload
def arguments(
    operation: Literal["CreateTenantResourceAssociation"], request: Mapping[str, Any]
) -> CreateTenantResourceAssociationArguments: ...


@overload
def arguments(operation: Literal["DeleteTenant"], request: Mapping[str, Any]) -> DeleteTenantArguments: ...


@overload
def arguments(
    operation: Literal["DeleteTenantResourceAssociation"], request: Mapping[str, Any]
) -> DeleteTenantResourceAssociationArguments: ...


@overload
def arguments(
    operation: Literal["GetReputationEntity"], request: Mapping[str, Any]
) -> GetReputationEntityArguments: ...


@overload
def arguments(operation: Literal["GetTenant"], request: Mapping[str, Any]) -> GetTenantArguments: ...


@overload
def arguments(
    operation: Literal["ListReputationEntities"], request: Mapping[str, Any]
) -> ListReputationEntitiesArguments: ...


@overload
def arguments(
    operation: Literal["ListResourceTenants"], request: Mapping[str, Any]
) -> ListResourceTenantsArguments: ...


@overload
def arguments(
    operation: Literal["ListTenantResources"], request: Mapping[str, Any]
) -> ListTenantResourcesArguments: ...


@overload
def arguments(operation: Literal["ListTenants"], request: Mapping[str, Any]) -> ListTenantsArguments: ...


@overload
def arguments(
    operation: Literal["PutTenantSuppressionAttributes"], request: Mapping[str, Any]
) -> PutTenantSuppressionAttributesArguments: ...


@overload
def arguments(
    operation: Literal["UpdateReputationEntityCustomerManagedStatus"], request: Mapping[str, Any]
) -> UpdateReputationEntityCustomerManagedStatusArguments: ...


@overload
def arguments(
    operation: Literal["UpdateReputationEntityPolicy"], request: Mapping[str, Any]
) -> UpdateReputationEntityPolicyArguments: ...
def arguments(operation: str, request: Mapping[str, Any]) -> Any:
    """Turn a request in boto3's form into the keyword arguments of a method.

    Args:
        operation: The name of the operation, for example `SendEmail`.
        request: The request, as boto3's method takes it: dicts, lists, texts, numbers, datetimes and bytes. As with
            boto3, the text of a blob is encoded as UTF-8, not decoded from base64. A value that is None is left out.

    Returns:
        A dict of models and values for `**`. Each operation has a type for it, such as `SendEmailArguments`.

    Raises:
        ParamValidationError: There is no such operation, or a member is unknown, missing or of the wrong type; all
            problems are listed. The call itself checks the documented limits.
    """
    return read_arguments(_row(operation), request)


@overload
def request(operation: Literal["GetAccount"], arguments: GetAccountArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutAccountDedicatedIpWarmupAttributes"],
    arguments: PutAccountDedicatedIpWarmupAttributesArguments,
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["PutAccountDetails"], arguments: PutAccountDetailsArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutAccountPricingAttributes"], arguments: PutAccountPricingAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutAccountSendingAttributes"], arguments: PutAccountSendingAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutAccountSuppressionAttributes"], arguments: PutAccountSuppressionAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutAccountVdmAttributes"], arguments: PutAccountVdmAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["SendBulkEmail"], arguments: SendBulkEmailArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateConfigurationSet"], arguments: CreateConfigurationSetArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateConfigurationSetEventDestination"],
    arguments: CreateConfigurationSetEventDestinationArguments,
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteConfigurationSet"], arguments: DeleteConfigurationSetArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteConfigurationSetEventDestination"],
    arguments: DeleteConfigurationSetEventDestinationArguments,
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetConfigurationSet"], arguments: GetConfigurationSetArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetConfigurationSetEventDestinations"], arguments: GetConfigurationSetEventDestinationsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListConfigurationSets"], arguments: ListConfigurationSetsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetArchivingOptions"], arguments: PutConfigurationSetArchivingOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetDeliveryOptions"], arguments: PutConfigurationSetDeliveryOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetReputationOptions"], arguments: PutConfigurationSetReputationOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetSendingOptions"], arguments: PutConfigurationSetSendingOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetSuppressionOptions"],
    arguments: PutConfigurationSetSuppressionOptionsArguments,
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetTrackingOptions"], arguments: PutConfigurationSetTrackingOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutConfigurationSetVdmOptions"], arguments: PutConfigurationSetVdmOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["UpdateConfigurationSet"], arguments: UpdateConfigurationSetArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["UpdateConfigurationSetEventDestination"],
    arguments: UpdateConfigurationSetEventDestinationArguments,
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateContact"], arguments: CreateContactArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateContactList"], arguments: CreateContactListArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["DeleteContact"], arguments: DeleteContactArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["DeleteContactList"], arguments: DeleteContactListArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetContact"], arguments: GetContactArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetContactList"], arguments: GetContactListArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListContactLists"], arguments: ListContactListsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListContacts"], arguments: ListContactsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["UpdateContact"], arguments: UpdateContactArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["UpdateContactList"], arguments: UpdateContactListArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateDedicatedIpPool"], arguments: CreateDedicatedIpPoolArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteDedicatedIpPool"], arguments: DeleteDedicatedIpPoolArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetDedicatedIp"], arguments: GetDedicatedIpArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetDedicatedIpPool"], arguments: GetDedicatedIpPoolArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetDedicatedIps"], arguments: GetDedicatedIpsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListDedicatedIpPools"], arguments: ListDedicatedIpPoolsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["PutDedicatedIpInPool"], arguments: PutDedicatedIpInPoolArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutDedicatedIpPoolScalingAttributes"], arguments: PutDedicatedIpPoolScalingAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutDedicatedIpWarmupAttributes"], arguments: PutDedicatedIpWarmupAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateDeliverabilityTestReport"], arguments: CreateDeliverabilityTestReportArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetBlacklistReports"], arguments: GetBlacklistReportsArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetDeliverabilityDashboardOptions"], arguments: GetDeliverabilityDashboardOptionsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetDeliverabilityTestReport"], arguments: GetDeliverabilityTestReportArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetDomainDeliverabilityCampaign"], arguments: GetDomainDeliverabilityCampaignArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetDomainStatisticsReport"], arguments: GetDomainStatisticsReportArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListDeliverabilityTestReports"], arguments: ListDeliverabilityTestReportsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListDomainDeliverabilityCampaigns"], arguments: ListDomainDeliverabilityCampaignsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutDeliverabilityDashboardOption"], arguments: PutDeliverabilityDashboardOptionArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateMultiRegionEndpoint"], arguments: CreateMultiRegionEndpointArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteMultiRegionEndpoint"], arguments: DeleteMultiRegionEndpointArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetMultiRegionEndpoint"], arguments: GetMultiRegionEndpointArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListMultiRegionEndpoints"], arguments: ListMultiRegionEndpointsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["AssociateEmailIdentityCertificate"], arguments: AssociateEmailIdentityCertificateArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateEmailIdentity"], arguments: CreateEmailIdentityArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateEmailIdentityPolicy"], arguments: CreateEmailIdentityPolicyArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["DeleteEmailIdentity"], arguments: DeleteEmailIdentityArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteEmailIdentityPolicy"], arguments: DeleteEmailIdentityPolicyArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DisassociateEmailIdentityCertificate"], arguments: DisassociateEmailIdentityCertificateArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetEmailIdentity"], arguments: GetEmailIdentityArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetEmailIdentityPolicies"], arguments: GetEmailIdentityPoliciesArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListEmailIdentities"], arguments: ListEmailIdentitiesArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListEmailIdentityCertificates"], arguments: ListEmailIdentityCertificatesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutEmailIdentityConfigurationSetAttributes"],
    arguments: PutEmailIdentityConfigurationSetAttributesArguments,
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutEmailIdentityDkimAttributes"], arguments: PutEmailIdentityDkimAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutEmailIdentityDkimSigningAttributes"],
    arguments: PutEmailIdentityDkimSigningAttributesArguments,
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutEmailIdentityFeedbackAttributes"], arguments: PutEmailIdentityFeedbackAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutEmailIdentityMailFromAttributes"], arguments: PutEmailIdentityMailFromAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["UpdateEmailIdentityPolicy"], arguments: UpdateEmailIdentityPolicyArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["BatchGetMetricData"], arguments: BatchGetMetricDataArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetEmailAddressInsights"], arguments: GetEmailAddressInsightsArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetMessageInsights"], arguments: GetMessageInsightsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListRecommendations"], arguments: ListRecommendationsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CancelExportJob"], arguments: CancelExportJobArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateExportJob"], arguments: CreateExportJobArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateImportJob"], arguments: CreateImportJobArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetExportJob"], arguments: GetExportJobArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetImportJob"], arguments: GetImportJobArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListExportJobs"], arguments: ListExportJobsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListImportJobs"], arguments: ListImportJobsArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["SendCustomVerificationEmail"], arguments: SendCustomVerificationEmailArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["SendEmail"], arguments: SendEmailArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteSuppressedDestination"], arguments: DeleteSuppressedDestinationArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetSuppressedDestination"], arguments: GetSuppressedDestinationArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListSuppressedDestinations"], arguments: ListSuppressedDestinationsArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutSuppressedDestination"], arguments: PutSuppressedDestinationArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListTagsForResource"], arguments: ListTagsForResourceArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["TagResource"], arguments: TagResourceArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["UntagResource"], arguments: UntagResourceArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateCustomVerificationEmailTemplate"],
    arguments: CreateCustomVerificationEmailTemplateArguments,
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateEmailTemplate"], arguments: CreateEmailTemplateArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteCustomVerificationEmailTemplate"],
    arguments: DeleteCustomVerificationEmailTemplateArguments,
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["DeleteEmailTemplate"], arguments: DeleteEmailTemplateArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["GetCustomVerificationEmailTemplate"], arguments: GetCustomVerificationEmailTemplateArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetEmailTemplate"], arguments: GetEmailTemplateArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListCustomVerificationEmailTemplates"], arguments: ListCustomVerificationEmailTemplatesArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListEmailTemplates"], arguments: ListEmailTemplatesArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["TestRenderEmailTemplate"], arguments: TestRenderEmailTemplateArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["UpdateCustomVerificationEmailTemplate"],
    arguments: UpdateCustomVerificationEmailTemplateArguments,
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["UpdateEmailTemplate"], arguments: UpdateEmailTemplateArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["CreateTenant"], arguments: CreateTenantArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["CreateTenantResourceAssociation"], arguments: CreateTenantResourceAssociationArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["DeleteTenant"], arguments: DeleteTenantArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["DeleteTenantResourceAssociation"], arguments: DeleteTenantResourceAssociationArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetReputationEntity"], arguments: GetReputationEntityArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["GetTenant"], arguments: GetTenantArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["ListReputationEntities"], arguments: ListReputationEntitiesArguments
) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListResourceTenants"], arguments: ListResourceTenantsArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListTenantResources"], arguments: ListTenantResourcesArguments) -> dict[str, Any]: ...


@overload
def request(operation: Literal["ListTenants"], arguments: ListTenantsArguments) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["PutTenantSuppressionAttributes"], arguments: PutTenantSuppressionAttributesArguments
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["UpdateReputationEntityCustomerManagedStatus"],
    arguments: UpdateReputationEntityCustomerManagedStatusArguments,
) -> dict[str, Any]: ...


@overload
def request(
    operation: Literal["UpdateReputationEntityPolicy"], arguments: UpdateReputationEntityPolicyArguments
) -> dict[str, Any]: ...
def request(operation: str, arguments: Any) -> dict[str, Any]:
    """Turn the keyword arguments of a method into a request in boto3's form, the reverse of `arguments`.

    Args:
        operation: The name of the operation, for example `SendEmail`.
        arguments: The arguments of the method, without `options`. A value that is None is left out.

    Returns:
        A new dict for boto3's method: times are datetimes, and blobs bytes.

    Raises:
        ParamValidationError: There is no such operation, or an argument is unknown, missing or of the wrong type; all
            problems are listed.
    """
    return write_request(_row(operation), arguments)


def _row(operation: str) -> Operation[Any]:
    if operation not in _ROWS:
        near = get_close_matches(str(operation), _ROWS, n=1)
        advice = f"; did you mean {near[0]}?" if near else ""
        raise ParamValidationError(str(operation), [Problem("operation", f"is not an operation{advice}")])
    module, row = _ROWS[operation]
    found: Operation[Any] = getattr(import_module(f"._api.{module}", __package__), row)
    return found
