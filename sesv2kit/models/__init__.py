# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""The data types, enums and responses of the API, each loaded when it is first used.

`to_wire` turns a model into the dict that travels, `from_wire` reads one.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .._core.model import EmptyResponse as EmptyResponse
    from .._core.serde import from_wire as from_wire
    from .._core.serde import to_wire as to_wire
    from .account import (
        AccountDetails as AccountDetails,
    )
    from .account import (
        ContactLanguage as ContactLanguage,
    )
    from .account import (
        DashboardAttributes as DashboardAttributes,
    )
    from .account import (
        GetAccountResponse as GetAccountResponse,
    )
    from .account import (
        GuardianAttributes as GuardianAttributes,
    )
    from .account import (
        MailType as MailType,
    )
    from .account import (
        PricingAttributes as PricingAttributes,
    )
    from .account import (
        PricingPlan as PricingPlan,
    )
    from .account import (
        ReviewDetails as ReviewDetails,
    )
    from .account import (
        ReviewStatus as ReviewStatus,
    )
    from .account import (
        SendQuota as SendQuota,
    )
    from .account import (
        SuppressionAttributes as SuppressionAttributes,
    )
    from .account import (
        SuppressionValidationAttributes as SuppressionValidationAttributes,
    )
    from .account import (
        VdmAttributes as VdmAttributes,
    )
    from .bulk_messages import (
        BulkEmailContent as BulkEmailContent,
    )
    from .bulk_messages import (
        BulkEmailEntry as BulkEmailEntry,
    )
    from .bulk_messages import (
        BulkEmailEntryResult as BulkEmailEntryResult,
    )
    from .bulk_messages import (
        BulkEmailStatus as BulkEmailStatus,
    )
    from .bulk_messages import (
        ReplacementEmailContent as ReplacementEmailContent,
    )
    from .bulk_messages import (
        ReplacementTemplate as ReplacementTemplate,
    )
    from .bulk_messages import (
        SendBulkEmailResponse as SendBulkEmailResponse,
    )
    from .configuration_sets import (
        ArchivingOptions as ArchivingOptions,
    )
    from .configuration_sets import (
        CloudWatchDestination as CloudWatchDestination,
    )
    from .configuration_sets import (
        CloudWatchDimensionConfiguration as CloudWatchDimensionConfiguration,
    )
    from .configuration_sets import (
        ConfigurationSetFilterKey as ConfigurationSetFilterKey,
    )
    from .configuration_sets import (
        DashboardOptions as DashboardOptions,
    )
    from .configuration_sets import (
        DefaultSigningScheme as DefaultSigningScheme,
    )
    from .configuration_sets import (
        DeliveryOptions as DeliveryOptions,
    )
    from .configuration_sets import (
        DimensionValueSource as DimensionValueSource,
    )
    from .configuration_sets import (
        EventBridgeDestination as EventBridgeDestination,
    )
    from .configuration_sets import (
        EventDestination as EventDestination,
    )
    from .configuration_sets import (
        EventDestinationDefinition as EventDestinationDefinition,
    )
    from .configuration_sets import (
        EventType as EventType,
    )
    from .configuration_sets import (
        GetConfigurationSetEventDestinationsResponse as GetConfigurationSetEventDestinationsResponse,
    )
    from .configuration_sets import (
        GetConfigurationSetResponse as GetConfigurationSetResponse,
    )
    from .configuration_sets import (
        GuardianOptions as GuardianOptions,
    )
    from .configuration_sets import (
        HttpsPolicy as HttpsPolicy,
    )
    from .configuration_sets import (
        KinesisFirehoseDestination as KinesisFirehoseDestination,
    )
    from .configuration_sets import (
        ListConfigurationSetsResponse as ListConfigurationSetsResponse,
    )
    from .configuration_sets import (
        MessageSecurityOptions as MessageSecurityOptions,
    )
    from .configuration_sets import (
        PinpointDestination as PinpointDestination,
    )
    from .configuration_sets import (
        ReputationOptions as ReputationOptions,
    )
    from .configuration_sets import (
        SendingOptions as SendingOptions,
    )
    from .configuration_sets import (
        SignatureFormat as SignatureFormat,
    )
    from .configuration_sets import (
        SigningScheme as SigningScheme,
    )
    from .configuration_sets import (
        SmimeSigningScheme as SmimeSigningScheme,
    )
    from .configuration_sets import (
        SnsDestination as SnsDestination,
    )
    from .configuration_sets import (
        SuppressionOptions as SuppressionOptions,
    )
    from .configuration_sets import (
        SuppressionValidationOptions as SuppressionValidationOptions,
    )
    from .configuration_sets import (
        TlsPolicy as TlsPolicy,
    )
    from .configuration_sets import (
        TrackingOptions as TrackingOptions,
    )
    from .configuration_sets import (
        VdmOptions as VdmOptions,
    )
    from .contacts import (
        Contact as Contact,
    )
    from .contacts import (
        ContactList as ContactList,
    )
    from .contacts import (
        GetContactListResponse as GetContactListResponse,
    )
    from .contacts import (
        GetContactResponse as GetContactResponse,
    )
    from .contacts import (
        ListContactListsResponse as ListContactListsResponse,
    )
    from .contacts import (
        ListContactsFilter as ListContactsFilter,
    )
    from .contacts import (
        ListContactsResponse as ListContactsResponse,
    )
    from .contacts import (
        SubscriptionStatus as SubscriptionStatus,
    )
    from .contacts import (
        Topic as Topic,
    )
    from .contacts import (
        TopicFilter as TopicFilter,
    )
    from .contacts import (
        TopicPreference as TopicPreference,
    )
    from .dedicated_ips import (
        DedicatedIp as DedicatedIp,
    )
    from .dedicated_ips import (
        DedicatedIpPool as DedicatedIpPool,
    )
    from .dedicated_ips import (
        GetDedicatedIpPoolResponse as GetDedicatedIpPoolResponse,
    )
    from .dedicated_ips import (
        GetDedicatedIpResponse as GetDedicatedIpResponse,
    )
    from .dedicated_ips import (
        GetDedicatedIpsResponse as GetDedicatedIpsResponse,
    )
    from .dedicated_ips import (
        ListDedicatedIpPoolsResponse as ListDedicatedIpPoolsResponse,
    )
    from .dedicated_ips import (
        ScalingMode as ScalingMode,
    )
    from .dedicated_ips import (
        WarmupStatus as WarmupStatus,
    )
    from .deliverability import (
        BlacklistEntry as BlacklistEntry,
    )
    from .deliverability import (
        CreateDeliverabilityTestReportResponse as CreateDeliverabilityTestReportResponse,
    )
    from .deliverability import (
        DailyVolume as DailyVolume,
    )
    from .deliverability import (
        DeliverabilityDashboardAccountStatus as DeliverabilityDashboardAccountStatus,
    )
    from .deliverability import (
        DeliverabilityTestReport as DeliverabilityTestReport,
    )
    from .deliverability import (
        DeliverabilityTestStatus as DeliverabilityTestStatus,
    )
    from .deliverability import (
        DomainDeliverabilityCampaign as DomainDeliverabilityCampaign,
    )
    from .deliverability import (
        DomainDeliverabilityTrackingOption as DomainDeliverabilityTrackingOption,
    )
    from .deliverability import (
        DomainIspPlacement as DomainIspPlacement,
    )
    from .deliverability import (
        GetBlacklistReportsResponse as GetBlacklistReportsResponse,
    )
    from .deliverability import (
        GetDeliverabilityDashboardOptionsResponse as GetDeliverabilityDashboardOptionsResponse,
    )
    from .deliverability import (
        GetDeliverabilityTestReportResponse as GetDeliverabilityTestReportResponse,
    )
    from .deliverability import (
        GetDomainDeliverabilityCampaignResponse as GetDomainDeliverabilityCampaignResponse,
    )
    from .deliverability import (
        GetDomainStatisticsReportResponse as GetDomainStatisticsReportResponse,
    )
    from .deliverability import (
        InboxPlacementTrackingOption as InboxPlacementTrackingOption,
    )
    from .deliverability import (
        IspPlacement as IspPlacement,
    )
    from .deliverability import (
        ListDeliverabilityTestReportsResponse as ListDeliverabilityTestReportsResponse,
    )
    from .deliverability import (
        ListDomainDeliverabilityCampaignsResponse as ListDomainDeliverabilityCampaignsResponse,
    )
    from .deliverability import (
        OverallVolume as OverallVolume,
    )
    from .deliverability import (
        PlacementStatistics as PlacementStatistics,
    )
    from .deliverability import (
        VolumeStatistics as VolumeStatistics,
    )
    from .endpoints import (
        CreateMultiRegionEndpointResponse as CreateMultiRegionEndpointResponse,
    )
    from .endpoints import (
        DeleteMultiRegionEndpointResponse as DeleteMultiRegionEndpointResponse,
    )
    from .endpoints import (
        Details as Details,
    )
    from .endpoints import (
        GetMultiRegionEndpointResponse as GetMultiRegionEndpointResponse,
    )
    from .endpoints import (
        ListMultiRegionEndpointsResponse as ListMultiRegionEndpointsResponse,
    )
    from .endpoints import (
        MultiRegionEndpoint as MultiRegionEndpoint,
    )
    from .endpoints import (
        Route as Route,
    )
    from .endpoints import (
        RouteDetails as RouteDetails,
    )
    from .endpoints import (
        Status as Status,
    )
    from .identities import (
        BehaviorOnMxFailure as BehaviorOnMxFailure,
    )
    from .identities import (
        CreateEmailIdentityResponse as CreateEmailIdentityResponse,
    )
    from .identities import (
        DkimAttributes as DkimAttributes,
    )
    from .identities import (
        DkimSigningAttributes as DkimSigningAttributes,
    )
    from .identities import (
        DkimSigningAttributesOrigin as DkimSigningAttributesOrigin,
    )
    from .identities import (
        DkimSigningKeyLength as DkimSigningKeyLength,
    )
    from .identities import (
        DkimStatus as DkimStatus,
    )
    from .identities import (
        GetEmailIdentityPoliciesResponse as GetEmailIdentityPoliciesResponse,
    )
    from .identities import (
        GetEmailIdentityResponse as GetEmailIdentityResponse,
    )
    from .identities import (
        IdentityCertificate as IdentityCertificate,
    )
    from .identities import (
        IdentityCertificateStatus as IdentityCertificateStatus,
    )
    from .identities import (
        IdentityFilterKey as IdentityFilterKey,
    )
    from .identities import (
        IdentityInfo as IdentityInfo,
    )
    from .identities import (
        IdentityType as IdentityType,
    )
    from .identities import (
        ListEmailIdentitiesResponse as ListEmailIdentitiesResponse,
    )
    from .identities import (
        ListEmailIdentityCertificatesResponse as ListEmailIdentityCertificatesResponse,
    )
    from .identities import (
        MailFromAttributes as MailFromAttributes,
    )
    from .identities import (
        MailFromDomainStatus as MailFromDomainStatus,
    )
    from .identities import (
        PutEmailIdentityDkimSigningAttributesResponse as PutEmailIdentityDkimSigningAttributesResponse,
    )
    from .identities import (
        SOARecord as SOARecord,
    )
    from .identities import (
        VerificationError as VerificationError,
    )
    from .identities import (
        VerificationInfo as VerificationInfo,
    )
    from .identities import (
        VerificationStatus as VerificationStatus,
    )
    from .insights import (
        BatchGetMetricDataQuery as BatchGetMetricDataQuery,
    )
    from .insights import (
        BatchGetMetricDataResponse as BatchGetMetricDataResponse,
    )
    from .insights import (
        Bounce as Bounce,
    )
    from .insights import (
        BounceType as BounceType,
    )
    from .insights import (
        Complaint as Complaint,
    )
    from .insights import (
        EmailAddressInsightsConfidenceVerdict as EmailAddressInsightsConfidenceVerdict,
    )
    from .insights import (
        EmailAddressInsightsMailboxEvaluations as EmailAddressInsightsMailboxEvaluations,
    )
    from .insights import (
        EmailAddressInsightsVerdict as EmailAddressInsightsVerdict,
    )
    from .insights import (
        EmailInsights as EmailInsights,
    )
    from .insights import (
        EventDetails as EventDetails,
    )
    from .insights import (
        GetEmailAddressInsightsResponse as GetEmailAddressInsightsResponse,
    )
    from .insights import (
        GetMessageInsightsResponse as GetMessageInsightsResponse,
    )
    from .insights import (
        InsightsEvent as InsightsEvent,
    )
    from .insights import (
        ListRecommendationsFilterKey as ListRecommendationsFilterKey,
    )
    from .insights import (
        ListRecommendationsResponse as ListRecommendationsResponse,
    )
    from .insights import (
        MailboxValidation as MailboxValidation,
    )
    from .insights import (
        Metric as Metric,
    )
    from .insights import (
        MetricDataError as MetricDataError,
    )
    from .insights import (
        MetricDataResult as MetricDataResult,
    )
    from .insights import (
        MetricDimensionName as MetricDimensionName,
    )
    from .insights import (
        MetricNamespace as MetricNamespace,
    )
    from .insights import (
        QueryErrorCode as QueryErrorCode,
    )
    from .insights import (
        Recommendation as Recommendation,
    )
    from .insights import (
        RecommendationImpact as RecommendationImpact,
    )
    from .insights import (
        RecommendationStatus as RecommendationStatus,
    )
    from .insights import (
        RecommendationType as RecommendationType,
    )
    from .jobs import (
        ContactListDestination as ContactListDestination,
    )
    from .jobs import (
        ContactListImportAction as ContactListImportAction,
    )
    from .jobs import (
        CreateExportJobResponse as CreateExportJobResponse,
    )
    from .jobs import (
        CreateImportJobResponse as CreateImportJobResponse,
    )
    from .jobs import (
        DataFormat as DataFormat,
    )
    from .jobs import (
        DeliveryEventType as DeliveryEventType,
    )
    from .jobs import (
        EngagementEventType as EngagementEventType,
    )
    from .jobs import (
        ExportDataSource as ExportDataSource,
    )
    from .jobs import (
        ExportDestination as ExportDestination,
    )
    from .jobs import (
        ExportJobSummary as ExportJobSummary,
    )
    from .jobs import (
        ExportMetric as ExportMetric,
    )
    from .jobs import (
        ExportSourceType as ExportSourceType,
    )
    from .jobs import (
        ExportStatistics as ExportStatistics,
    )
    from .jobs import (
        FailureInfo as FailureInfo,
    )
    from .jobs import (
        GetExportJobResponse as GetExportJobResponse,
    )
    from .jobs import (
        GetImportJobResponse as GetImportJobResponse,
    )
    from .jobs import (
        ImportDataSource as ImportDataSource,
    )
    from .jobs import (
        ImportDestination as ImportDestination,
    )
    from .jobs import (
        ImportDestinationType as ImportDestinationType,
    )
    from .jobs import (
        ImportJobSummary as ImportJobSummary,
    )
    from .jobs import (
        JobStatus as JobStatus,
    )
    from .jobs import (
        ListExportJobsResponse as ListExportJobsResponse,
    )
    from .jobs import (
        ListImportJobsResponse as ListImportJobsResponse,
    )
    from .jobs import (
        MessageInsightsDataSource as MessageInsightsDataSource,
    )
    from .jobs import (
        MessageInsightsFilters as MessageInsightsFilters,
    )
    from .jobs import (
        MetricAggregation as MetricAggregation,
    )
    from .jobs import (
        MetricsDataSource as MetricsDataSource,
    )
    from .jobs import (
        SuppressionListDestination as SuppressionListDestination,
    )
    from .jobs import (
        SuppressionListImportAction as SuppressionListImportAction,
    )
    from .messages import (
        Attachment as Attachment,
    )
    from .messages import (
        AttachmentContentDisposition as AttachmentContentDisposition,
    )
    from .messages import (
        AttachmentContentTransferEncoding as AttachmentContentTransferEncoding,
    )
    from .messages import (
        Body as Body,
    )
    from .messages import (
        ConfigurationOverrides as ConfigurationOverrides,
    )
    from .messages import (
        Content as Content,
    )
    from .messages import (
        Destination as Destination,
    )
    from .messages import (
        EmailContent as EmailContent,
    )
    from .messages import (
        EmailTemplateContent as EmailTemplateContent,
    )
    from .messages import (
        FeatureStatus as FeatureStatus,
    )
    from .messages import (
        ListManagementOptions as ListManagementOptions,
    )
    from .messages import (
        Message as Message,
    )
    from .messages import (
        MessageHeader as MessageHeader,
    )
    from .messages import (
        MessageTag as MessageTag,
    )
    from .messages import (
        RawMessage as RawMessage,
    )
    from .messages import (
        SendCustomVerificationEmailResponse as SendCustomVerificationEmailResponse,
    )
    from .messages import (
        SendEmailResponse as SendEmailResponse,
    )
    from .messages import (
        Template as Template,
    )
    from .messages import (
        TrackingConfigurationOverrides as TrackingConfigurationOverrides,
    )
    from .suppression import (
        GetSuppressedDestinationResponse as GetSuppressedDestinationResponse,
    )
    from .suppression import (
        ListSuppressedDestinationsResponse as ListSuppressedDestinationsResponse,
    )
    from .suppression import (
        SuppressedDestination as SuppressedDestination,
    )
    from .suppression import (
        SuppressedDestinationAttributes as SuppressedDestinationAttributes,
    )
    from .suppression import (
        SuppressedDestinationSummary as SuppressedDestinationSummary,
    )
    from .suppression import (
        SuppressionConditionThreshold as SuppressionConditionThreshold,
    )
    from .suppression import (
        SuppressionConfidenceThreshold as SuppressionConfidenceThreshold,
    )
    from .suppression import (
        SuppressionConfidenceVerdictThreshold as SuppressionConfidenceVerdictThreshold,
    )
    from .suppression import (
        SuppressionListReason as SuppressionListReason,
    )
    from .suppression import (
        SuppressionListScope as SuppressionListScope,
    )
    from .tags import (
        ListTagsForResourceResponse as ListTagsForResourceResponse,
    )
    from .tags import (
        Tag as Tag,
    )
    from .templates import (
        CustomVerificationEmailTemplateMetadata as CustomVerificationEmailTemplateMetadata,
    )
    from .templates import (
        EmailTemplateMetadata as EmailTemplateMetadata,
    )
    from .templates import (
        GetCustomVerificationEmailTemplateResponse as GetCustomVerificationEmailTemplateResponse,
    )
    from .templates import (
        GetEmailTemplateResponse as GetEmailTemplateResponse,
    )
    from .templates import (
        ListCustomVerificationEmailTemplatesResponse as ListCustomVerificationEmailTemplatesResponse,
    )
    from .templates import (
        ListEmailTemplatesResponse as ListEmailTemplatesResponse,
    )
    from .templates import (
        TestRenderEmailTemplateResponse as TestRenderEmailTemplateResponse,
    )
    from .tenants import (
        CreateTenantResponse as CreateTenantResponse,
    )
    from .tenants import (
        GetReputationEntityResponse as GetReputationEntityResponse,
    )
    from .tenants import (
        GetTenantResponse as GetTenantResponse,
    )
    from .tenants import (
        ListReputationEntitiesResponse as ListReputationEntitiesResponse,
    )
    from .tenants import (
        ListResourceTenantsResponse as ListResourceTenantsResponse,
    )
    from .tenants import (
        ListTenantResourcesFilterKey as ListTenantResourcesFilterKey,
    )
    from .tenants import (
        ListTenantResourcesResponse as ListTenantResourcesResponse,
    )
    from .tenants import (
        ListTenantsFilterKey as ListTenantsFilterKey,
    )
    from .tenants import (
        ListTenantsResponse as ListTenantsResponse,
    )
    from .tenants import (
        ReputationEntity as ReputationEntity,
    )
    from .tenants import (
        ReputationEntityFilterKey as ReputationEntityFilterKey,
    )
    from .tenants import (
        ReputationEntityType as ReputationEntityType,
    )
    from .tenants import (
        ResourceTenantMetadata as ResourceTenantMetadata,
    )
    from .tenants import (
        ResourceType as ResourceType,
    )
    from .tenants import (
        SendingStatus as SendingStatus,
    )
    from .tenants import (
        StatusRecord as StatusRecord,
    )
    from .tenants import (
        Tenant as Tenant,
    )
    from .tenants import (
        TenantInfo as TenantInfo,
    )
    from .tenants import (
        TenantResource as TenantResource,
    )
    from .tenants import (
        TenantSuppressionAttributes as TenantSuppressionAttributes,
    )

_HOME = {
    "EmptyResponse": ".._core.model",
    "from_wire": ".._core.serde",
    "to_wire": ".._core.serde",
    "AccountDetails": ".account",
    "ContactLanguage": ".account",
    "DashboardAttributes": ".account",
    "GetAccountResponse": ".account",
    "GuardianAttributes": ".account",
    "MailType": ".account",
    "PricingAttributes": ".account",
    "PricingPlan": ".account",
    "ReviewDetails": ".account",
    "ReviewStatus": ".account",
    "SendQuota": ".account",
    "SuppressionAttributes": ".account",
    "SuppressionValidationAttributes": ".account",
    "VdmAttributes": ".account",
    "BulkEmailContent": ".bulk_messages",
    "BulkEmailEntry": ".bulk_messages",
    "BulkEmailEntryResult": ".bulk_messages",
    "BulkEmailStatus": ".bulk_messages",
    "ReplacementEmailContent": ".bulk_messages",
    "ReplacementTemplate": ".bulk_messages",
    "SendBulkEmailResponse": ".bulk_messages",
    "ArchivingOptions": ".configuration_sets",
    "CloudWatchDestination": ".configuration_sets",
    "CloudWatchDimensionConfiguration": ".configuration_sets",
    "ConfigurationSetFilterKey": ".configuration_sets",
    "DashboardOptions": ".configuration_sets",
    "DefaultSigningScheme": ".configuration_sets",
    "DeliveryOptions": ".configuration_sets",
    "DimensionValueSource": ".configuration_sets",
    "EventBridgeDestination": ".configuration_sets",
    "EventDestination": ".configuration_sets",
    "EventDestinationDefinition": ".configuration_sets",
    "EventType": ".configuration_sets",
    "GetConfigurationSetEventDestinationsResponse": ".configuration_sets",
    "GetConfigurationSetResponse": ".configuration_sets",
    "GuardianOptions": ".configuration_sets",
    "HttpsPolicy": ".configuration_sets",
    "KinesisFirehoseDestination": ".configuration_sets",
    "ListConfigurationSetsResponse": ".configuration_sets",
    "MessageSecurityOptions": ".configuration_sets",
    "PinpointDestination": ".configuration_sets",
    "ReputationOptions": ".configuration_sets",
    "SendingOptions": ".configuration_sets",
    "SignatureFormat": ".configuration_sets",
    "SigningScheme": ".configuration_sets",
    "SmimeSigningScheme": ".configuration_sets",
    "SnsDestination": ".configuration_sets",
    "SuppressionOptions": ".configuration_sets",
    "SuppressionValidationOptions": ".configuration_sets",
    "TlsPolicy": ".configuration_sets",
    "TrackingOptions": ".configuration_sets",
    "VdmOptions": ".configuration_sets",
    "Contact": ".contacts",
    "ContactList": ".contacts",
    "GetContactListResponse": ".contacts",
    "GetContactResponse": ".contacts",
    "ListContactListsResponse": ".contacts",
    "ListContactsFilter": ".contacts",
    "ListContactsResponse": ".contacts",
    "SubscriptionStatus": ".contacts",
    "Topic": ".contacts",
    "TopicFilter": ".contacts",
    "TopicPreference": ".contacts",
    "DedicatedIp": ".dedicated_ips",
    "DedicatedIpPool": ".dedicated_ips",
    "GetDedicatedIpPoolResponse": ".dedicated_ips",
    "GetDedicatedIpResponse": ".dedicated_ips",
    "GetDedicatedIpsResponse": ".dedicated_ips",
    "ListDedicatedIpPoolsResponse": ".dedicated_ips",
    "ScalingMode": ".dedicated_ips",
    "WarmupStatus": ".dedicated_ips",
    "BlacklistEntry": ".deliverability",
    "CreateDeliverabilityTestReportResponse": ".deliverability",
    "DailyVolume": ".deliverability",
    "DeliverabilityDashboardAccountStatus": ".deliverability",
    "DeliverabilityTestReport": ".deliverability",
    "DeliverabilityTestStatus": ".deliverability",
    "DomainDeliverabilityCampaign": ".deliverability",
    "DomainDeliverabilityTrackingOption": ".deliverability",
    "DomainIspPlacement": ".deliverability",
    "GetBlacklistReportsResponse": ".deliverability",
    "GetDeliverabilityDashboardOptionsResponse": ".deliverability",
    "GetDeliverabilityTestReportResponse": ".deliverability",
    "GetDomainDeliverabilityCampaignResponse": ".deliverability",
    "GetDomainStatisticsReportResponse": ".deliverability",
    "InboxPlacementTrackingOption": ".deliverability",
    "IspPlacement": ".deliverability",
    "ListDeliverabilityTestReportsResponse": ".deliverability",
    "ListDomainDeliverabilityCampaignsResponse": ".deliverability",
    "OverallVolume": ".deliverability",
    "PlacementStatistics": ".deliverability",
    "VolumeStatistics": ".deliverability",
    "CreateMultiRegionEndpointResponse": ".endpoints",
    "DeleteMultiRegionEndpointResponse": ".endpoints",
    "Details": ".endpoints",
    "GetMultiRegionEndpointResponse": ".endpoints",
    "ListMultiRegionEndpointsResponse": ".endpoints",
    "MultiRegionEndpoint": ".endpoints",
    "Route": ".endpoints",
    "RouteDetails": ".endpoints",
    "Status": ".endpoints",
    "BehaviorOnMxFailure": ".identities",
    "CreateEmailIdentityResponse": ".identities",
    "DkimAttributes": ".identities",
    "DkimSigningAttributes": ".identities",
    "DkimSigningAttributesOrigin": ".identities",
    "DkimSigningKeyLength": ".identities",
    "DkimStatus": ".identities",
    "GetEmailIdentityPoliciesResponse": ".identities",
    "GetEmailIdentityResponse": ".identities",
    "IdentityCertificate": ".identities",
    "IdentityCertificateStatus": ".identities",
    "IdentityFilterKey": ".identities",
    "IdentityInfo": ".identities",
    "IdentityType": ".identities",
    "ListEmailIdentitiesResponse": ".identities",
    "ListEmailIdentityCertificatesResponse": ".identities",
    "MailFromAttributes": ".identities",
    "MailFromDomainStatus": ".identities",
    "PutEmailIdentityDkimSigningAttributesResponse": ".identities",
    "SOARecord": ".identities",
    "VerificationError": ".identities",
    "VerificationInfo": ".identities",
    "VerificationStatus": ".identities",
    "BatchGetMetricDataQuery": ".insights",
    "BatchGetMetricDataResponse": ".insights",
    "Bounce": ".insights",
    "BounceType": ".insights",
    "Complaint": ".insights",
    "EmailAddressInsightsConfidenceVerdict": ".insights",
    "EmailAddressInsightsMailboxEvaluations": ".insights",
    "EmailAddressInsightsVerdict": ".insights",
    "EmailInsights": ".insights",
    "EventDetails": ".insights",
    "GetEmailAddressInsightsResponse": ".insights",
    "GetMessageInsightsResponse": ".insights",
    "InsightsEvent": ".insights",
    "ListRecommendationsFilterKey": ".insights",
    "ListRecommendationsResponse": ".insights",
    "MailboxValidation": ".insights",
    "Metric": ".insights",
    "MetricDataError": ".insights",
    "MetricDataResult": ".insights",
    "MetricDimensionName": ".insights",
    "MetricNamespace": ".insights",
    "QueryErrorCode": ".insights",
    "Recommendation": ".insights",
    "RecommendationImpact": ".insights",
    "RecommendationStatus": ".insights",
    "RecommendationType": ".insights",
    "ContactListDestination": ".jobs",
    "ContactListImportAction": ".jobs",
    "CreateExportJobResponse": ".jobs",
    "CreateImportJobResponse": ".jobs",
    "DataFormat": ".jobs",
    "DeliveryEventType": ".jobs",
    "EngagementEventType": ".jobs",
    "ExportDataSource": ".jobs",
    "ExportDestination": ".jobs",
    "ExportJobSummary": ".jobs",
    "ExportMetric": ".jobs",
    "ExportSourceType": ".jobs",
    "ExportStatistics": ".jobs",
    "FailureInfo": ".jobs",
    "GetExportJobResponse": ".jobs",
    "GetImportJobResponse": ".jobs",
    "ImportDataSource": ".jobs",
    "ImportDestination": ".jobs",
    "ImportDestinationType": ".jobs",
    "ImportJobSummary": ".jobs",
    "JobStatus": ".jobs",
    "ListExportJobsResponse": ".jobs",
    "ListImportJobsResponse": ".jobs",
    "MessageInsightsDataSource": ".jobs",
    "MessageInsightsFilters": ".jobs",
    "MetricAggregation": ".jobs",
    "MetricsDataSource": ".jobs",
    "SuppressionListDestination": ".jobs",
    "SuppressionListImportAction": ".jobs",
    "Attachment": ".messages",
    "AttachmentContentDisposition": ".messages",
    "AttachmentContentTransferEncoding": ".messages",
    "Body": ".messages",
    "ConfigurationOverrides": ".messages",
    "Content": ".messages",
    "Destination": ".messages",
    "EmailContent": ".messages",
    "EmailTemplateContent": ".messages",
    "FeatureStatus": ".messages",
    "ListManagementOptions": ".messages",
    "Message": ".messages",
    "MessageHeader": ".messages",
    "MessageTag": ".messages",
    "RawMessage": ".messages",
    "SendCustomVerificationEmailResponse": ".messages",
    "SendEmailResponse": ".messages",
    "Template": ".messages",
    "TrackingConfigurationOverrides": ".messages",
    "GetSuppressedDestinationResponse": ".suppression",
    "ListSuppressedDestinationsResponse": ".suppression",
    "SuppressedDestination": ".suppression",
    "SuppressedDestinationAttributes": ".suppression",
    "SuppressedDestinationSummary": ".suppression",
    "SuppressionConditionThreshold": ".suppression",
    "SuppressionConfidenceThreshold": ".suppression",
    "SuppressionConfidenceVerdictThreshold": ".suppression",
    "SuppressionListReason": ".suppression",
    "SuppressionListScope": ".suppression",
    "ListTagsForResourceResponse": ".tags",
    "Tag": ".tags",
    "CustomVerificationEmailTemplateMetadata": ".templates",
    "EmailTemplateMetadata": ".templates",
    "GetCustomVerificationEmailTemplateResponse": ".templates",
    "GetEmailTemplateResponse": ".templates",
    "ListCustomVerificationEmailTemplatesResponse": ".templates",
    "ListEmailTemplatesResponse": ".templates",
    "TestRenderEmailTemplateResponse": ".templates",
    "CreateTenantResponse": ".tenants",
    "GetReputationEntityResponse": ".tenants",
    "GetTenantResponse": ".tenants",
    "ListReputationEntitiesResponse": ".tenants",
    "ListResourceTenantsResponse": ".tenants",
    "ListTenantResourcesFilterKey": ".tenants",
    "ListTenantResourcesResponse": ".tenants",
    "ListTenantsFilterKey": ".tenants",
    "ListTenantsResponse": ".tenants",
    "ReputationEntity": ".tenants",
    "ReputationEntityFilterKey": ".tenants",
    "ReputationEntityType": ".tenants",
    "ResourceTenantMetadata": ".tenants",
    "ResourceType": ".tenants",
    "SendingStatus": ".tenants",
    "StatusRecord": ".tenants",
    "Tenant": ".tenants",
    "TenantInfo": ".tenants",
    "TenantResource": ".tenants",
    "TenantSuppressionAttributes": ".tenants",
}

__all__ = [
    "AccountDetails",
    "ArchivingOptions",
    "Attachment",
    "AttachmentContentDisposition",
    "AttachmentContentTransferEncoding",
    "BatchGetMetricDataQuery",
    "BatchGetMetricDataResponse",
    "BehaviorOnMxFailure",
    "BlacklistEntry",
    "Body",
    "Bounce",
    "BounceType",
    "BulkEmailContent",
    "BulkEmailEntry",
    "BulkEmailEntryResult",
    "BulkEmailStatus",
    "CloudWatchDestination",
    "CloudWatchDimensionConfiguration",
    "Complaint",
    "ConfigurationOverrides",
    "ConfigurationSetFilterKey",
    "Contact",
    "ContactLanguage",
    "ContactList",
    "ContactListDestination",
    "ContactListImportAction",
    "Content",
    "CreateDeliverabilityTestReportResponse",
    "CreateEmailIdentityResponse",
    "CreateExportJobResponse",
    "CreateImportJobResponse",
    "CreateMultiRegionEndpointResponse",
    "CreateTenantResponse",
    "CustomVerificationEmailTemplateMetadata",
    "DailyVolume",
    "DashboardAttributes",
    "DashboardOptions",
    "DataFormat",
    "DedicatedIp",
    "DedicatedIpPool",
    "DefaultSigningScheme",
    "DeleteMultiRegionEndpointResponse",
    "DeliverabilityDashboardAccountStatus",
    "DeliverabilityTestReport",
    "DeliverabilityTestStatus",
    "DeliveryEventType",
    "DeliveryOptions",
    "Destination",
    "Details",
    "DimensionValueSource",
    "DkimAttributes",
    "DkimSigningAttributes",
    "DkimSigningAttributesOrigin",
    "DkimSigningKeyLength",
    "DkimStatus",
    "DomainDeliverabilityCampaign",
    "DomainDeliverabilityTrackingOption",
    "DomainIspPlacement",
    "EmailAddressInsightsConfidenceVerdict",
    "EmailAddressInsightsMailboxEvaluations",
    "EmailAddressInsightsVerdict",
    "EmailContent",
    "EmailInsights",
    "EmailTemplateContent",
    "EmailTemplateMetadata",
    "EmptyResponse",
    "EngagementEventType",
    "EventBridgeDestination",
    "EventDestination",
    "EventDestinationDefinition",
    "EventDetails",
    "EventType",
    "ExportDataSource",
    "ExportDestination",
    "ExportJobSummary",
    "ExportMetric",
    "ExportSourceType",
    "ExportStatistics",
    "FailureInfo",
    "FeatureStatus",
    "GetAccountResponse",
    "GetBlacklistReportsResponse",
    "GetConfigurationSetEventDestinationsResponse",
    "GetConfigurationSetResponse",
    "GetContactListResponse",
    "GetContactResponse",
    "GetCustomVerificationEmailTemplateResponse",
    "GetDedicatedIpPoolResponse",
    "GetDedicatedIpResponse",
    "GetDedicatedIpsResponse",
    "GetDeliverabilityDashboardOptionsResponse",
    "GetDeliverabilityTestReportResponse",
    "GetDomainDeliverabilityCampaignResponse",
    "GetDomainStatisticsReportResponse",
    "GetEmailAddressInsightsResponse",
    "GetEmailIdentityPoliciesResponse",
    "GetEmailIdentityResponse",
    "GetEmailTemplateResponse",
    "GetExportJobResponse",
    "GetImportJobResponse",
    "GetMessageInsightsResponse",
    "GetMultiRegionEndpointResponse",
    "GetReputationEntityResponse",
    "GetSuppressedDestinationResponse",
    "GetTenantResponse",
    "GuardianAttributes",
    "GuardianOptions",
    "HttpsPolicy",
    "IdentityCertificate",
    "IdentityCertificateStatus",
    "IdentityFilterKey",
    "IdentityInfo",
    "IdentityType",
    "ImportDataSource",
    "ImportDestination",
    "ImportDestinationType",
    "ImportJobSummary",
    "InboxPlacementTrackingOption",
    "InsightsEvent",
    "IspPlacement",
    "JobStatus",
    "KinesisFirehoseDestination",
    "ListConfigurationSetsResponse",
    "ListContactListsResponse",
    "ListContactsFilter",
    "ListContactsResponse",
    "ListCustomVerificationEmailTemplatesResponse",
    "ListDedicatedIpPoolsResponse",
    "ListDeliverabilityTestReportsResponse",
    "ListDomainDeliverabilityCampaignsResponse",
    "ListEmailIdentitiesResponse",
    "ListEmailIdentityCertificatesResponse",
    "ListEmailTemplatesResponse",
    "ListExportJobsResponse",
    "ListImportJobsResponse",
    "ListManagementOptions",
    "ListMultiRegionEndpointsResponse",
    "ListRecommendationsFilterKey",
    "ListRecommendationsResponse",
    "ListReputationEntitiesResponse",
    "ListResourceTenantsResponse",
    "ListSuppressedDestinationsResponse",
    "ListTagsForResourceResponse",
    "ListTenantResourcesFilterKey",
    "ListTenantResourcesResponse",
    "ListTenantsFilterKey",
    "ListTenantsResponse",
    "MailFromAttributes",
    "MailFromDomainStatus",
    "MailType",
    "MailboxValidation",
    "Message",
    "MessageHeader",
    "MessageInsightsDataSource",
    "MessageInsightsFilters",
    "MessageSecurityOptions",
    "MessageTag",
    "Metric",
    "MetricAggregation",
    "MetricDataError",
    "MetricDataResult",
    "MetricDimensionName",
    "MetricNamespace",
    "MetricsDataSource",
    "MultiRegionEndpoint",
    "OverallVolume",
    "PinpointDestination",
    "PlacementStatistics",
    "PricingAttributes",
    "PricingPlan",
    "PutEmailIdentityDkimSigningAttributesResponse",
    "QueryErrorCode",
    "RawMessage",
    "Recommendation",
    "RecommendationImpact",
    "RecommendationStatus",
    "RecommendationType",
    "ReplacementEmailContent",
    "ReplacementTemplate",
    "ReputationEntity",
    "ReputationEntityFilterKey",
    "ReputationEntityType",
    "ReputationOptions",
    "ResourceTenantMetadata",
    "ResourceType",
    "ReviewDetails",
    "ReviewStatus",
    "Route",
    "RouteDetails",
    "SOARecord",
    "ScalingMode",
    "SendBulkEmailResponse",
    "SendCustomVerificationEmailResponse",
    "SendEmailResponse",
    "SendQuota",
    "SendingOptions",
    "SendingStatus",
    "SignatureFormat",
    "SigningScheme",
    "SmimeSigningScheme",
    "SnsDestination",
    "Status",
    "StatusRecord",
    "SubscriptionStatus",
    "SuppressedDestination",
    "SuppressedDestinationAttributes",
    "SuppressedDestinationSummary",
    "SuppressionAttributes",
    "SuppressionConditionThreshold",
    "SuppressionConfidenceThreshold",
    "SuppressionConfidenceVerdictThreshold",
    "SuppressionListDestination",
    "SuppressionListImportAction",
    "SuppressionListReason",
    "SuppressionListScope",
    "SuppressionOptions",
    "SuppressionValidationAttributes",
    "SuppressionValidationOptions",
    "Tag",
    "Template",
    "Tenant",
    "TenantInfo",
    "TenantResource",
    "TenantSuppressionAttributes",
    "TestRenderEmailTemplateResponse",
    "TlsPolicy",
    "Topic",
    "TopicFilter",
    "TopicPreference",
    "TrackingConfigurationOverrides",
    "TrackingOptions",
    "VdmAttributes",
    "VdmOptions",
    "VerificationError",
    "VerificationInfo",
    "VerificationStatus",
    "VolumeStatistics",
    "WarmupStatus",
    "from_wire",
    "to_wire",
]


if not TYPE_CHECKING:
    # A type checker that saw this would accept any name.

    def __getattr__(name: str) -> Any:
        """Load the module of a name, see PEP 562."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module(_HOME[name], __name__), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
