# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Models: jobs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

import attrs

from .._core.model import ABSENT, Limits, Model, OpenEnum, Response, UnionModel, wire
from .insights import Metric, MetricNamespace


class ContactListImportAction(OpenEnum):
    """What an import does with the addresses in a contact list."""

    DELETE = "DELETE"
    """Take the imported addresses off the contact list."""
    PUT = "PUT"
    """Put the imported addresses on the contact list; contacts already there are overwritten."""


class DataFormat(OpenEnum):
    """Format of a file that a job reads or writes."""

    CSV = "CSV"
    """Text file with values separated by commas."""
    JSON = "JSON"
    """File in JSON format."""


class DeliveryEventType(OpenEnum):
    """Delivery events to filter messages by. They rank from send over bounce and delivery up to complaint."""

    SEND = "SEND"
    """SES took the message and is going to try delivery.

    Messages held back by account-level or global suppression count as well.
    """
    DELIVERY = "DELIVERY"
    """The receiving mail server took the message. Mail to the simulator or to several recipients is not counted."""
    TRANSIENT_BOUNCE = "TRANSIENT_BOUNCE"
    """Delivery failed for another reason than a mailbox that does not exist.

    Simulator bounces and mail to several recipients are not counted.
    """
    PERMANENT_BOUNCE = "PERMANENT_BOUNCE"
    """The mailbox does not exist.

    Not counted: simulator bounces, those caused by the account's suppression list, and mail to several
    recipients.
    """
    UNDETERMINED_BOUNCE = "UNDETERMINED_BOUNCE"
    """The message bounced, and SES could not determine why."""
    COMPLAINT = "COMPLAINT"
    """A complaint about the message came in.

    Not counted: simulator complaints, those caused by the account's suppression list, and mail to several
    recipients.
    """


class EngagementEventType(OpenEnum):
    """What recipients did with a message. A click ranks above an open."""

    OPEN = "OPEN"
    """The message, which carried an open tracker, was opened. Mail to several recipients is not counted."""
    CLICK = "CLICK"
    """A wrapped link in the message was clicked. Mail to several recipients is not counted."""


class ExportSourceType(OpenEnum):
    """Kind of data that an export job writes."""

    METRICS_DATA = "METRICS_DATA"
    """Sending metrics, as volumes or rates."""
    MESSAGE_INSIGHTS = "MESSAGE_INSIGHTS"
    """Message insights, that is, data on individual messages."""


class ImportDestinationType(OpenEnum):
    """Kind of list that an import job changes."""

    SUPPRESSION_LIST = "SUPPRESSION_LIST"
    """Imports that add to the suppression list or remove from it."""
    CONTACT_LIST = "CONTACT_LIST"
    """Imports that add to a contact list or remove from it."""


class JobStatus(OpenEnum):
    """State of an import or export job."""

    CREATED = "CREATED"
    """The job exists but its processing has not begun. Will change."""
    PROCESSING = "PROCESSING"
    """The job is running. Will change."""
    COMPLETED = "COMPLETED"
    """The job ran to its end successfully. Final."""
    FAILED = "FAILED"
    """The job ended with an error; `failure_info` of the job says more. Final."""
    CANCELLED = "CANCELLED"
    """The job was called off before it completed. Final."""


class MetricAggregation(OpenEnum):
    """How an exported metric is expressed."""

    RATE = "RATE"
    """As a ratio to the volume of the `SEND` metric."""
    VOLUME = "VOLUME"
    """As the number of events counted."""


class SuppressionListImportAction(OpenEnum):
    """What an import does with the addresses in the suppression list."""

    DELETE = "DELETE"
    """Take the imported addresses off the suppression list."""
    PUT = "PUT"
    """Put the imported addresses on the suppression list; entries already there are overwritten."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ContactListDestination(Model):
    """A contact list as the target of an import, and what to do with the imported addresses.

    Args:
        contact_list_name: Name of the contact list to change.
        contact_list_import_action: `PUT` adds the contacts and overwrites those already listed; `DELETE`
            takes them off the list.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ContactListDestination.html
    """

    contact_list_name: str = attrs.field(metadata=wire("ContactListName"))
    """Name of the contact list to change."""
    contact_list_import_action: ContactListImportAction | Literal["DELETE", "PUT"] | str = attrs.field(
        metadata=wire("ContactListImportAction")
    )
    """`PUT` adds the contacts and overwrites those already listed; `DELETE` takes them off the list."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExportMetric(Model):
    """One metric to export, as a count or as a rate.

    Args:
        name: Which metric to export. All of them leave out mail with more than one recipient.
        aggregation: `VOLUME` for the number of events, `RATE` for their share of the `SEND` volume.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ExportMetric.html
    """

    name: (
        Metric
        | Literal[
            "SEND",
            "COMPLAINT",
            "PERMANENT_BOUNCE",
            "TRANSIENT_BOUNCE",
            "OPEN",
            "CLICK",
            "DELIVERY",
            "DELIVERY_OPEN",
            "DELIVERY_CLICK",
            "DELIVERY_COMPLAINT",
        ]
        | str
        | None
    ) = attrs.field(default=None, metadata=wire("Name"))
    """Which metric to export. All of them leave out mail with more than one recipient."""
    aggregation: MetricAggregation | Literal["RATE", "VOLUME"] | str | None = attrs.field(
        default=None, metadata=wire("Aggregation")
    )
    """`VOLUME` for the number of events, `RATE` for their share of the `SEND` volume."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MetricsDataSource(Model):
    """Which metrics an export job writes, over which time span and for which dimensions.

    Args:
        dimensions: Values to filter by, listed per dimension, for example mailbox providers under `ISP`. At
            least one dimension is needed. 1 to 3 items. Values 1 to 10 items.
        namespace: Namespace that the metrics belong to: `VDM`.
        metrics: The metrics to export, each as a volume or as a rate. 1 to 10 items.
        start_date: Moment at which the exported time span begins.
        end_date: Moment at which the exported time span ends.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MetricsDataSource.html
    """

    dimensions: Mapping[str, Sequence[str]] = attrs.field(
        metadata=wire("Dimensions", Limits(min_items=1, max_items=3, value=Limits(min_items=1, max_items=10)))
    )
    """Values to filter by, listed per dimension, for example mailbox providers under `ISP`.

    At least one dimension is needed. 1 to 3 items. Values 1 to 10 items.
    """
    namespace: MetricNamespace | Literal["VDM"] | str = attrs.field(metadata=wire("Namespace"))
    """Namespace that the metrics belong to: `VDM`."""
    metrics: Sequence[ExportMetric] = attrs.field(metadata=wire("Metrics", Limits(min_items=1, max_items=10)))
    """The metrics to export, each as a volume or as a rate. 1 to 10 items."""
    start_date: datetime = attrs.field(metadata=wire("StartDate"))
    """Moment at which the exported time span begins."""
    end_date: datetime = attrs.field(metadata=wire("EndDate"))
    """Moment at which the exported time span ends."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MessageInsightsFilters(Model):
    """Conditions on messages.

    A message must meet every filter set, and one value of each. Case matters. In sender, recipient and
    subject a `*` at the start, the end or both matches any text; write `\\*` and `\\\\` for the characters
    themselves. Without a wildcard, the whole value must be equal.

    Args:
        from_email_address: Sender addresses, any of which may match. `*` at the start or end is a wildcard.
            At most 5 items. Each 1 to 320 characters.
        destination: Recipient addresses, any of which may match. `*` at the start or end is a wildcard, as in
            `*@example.com`. At most 5 items. Each 1 to 320 characters.
        subject: Subject line to match. `*` at the start or end is a wildcard; otherwise the entire subject
            must be equal. At most 1 item. Each 1 to 998 characters.
        isp: Mailbox providers of the recipients, such as Gmail or Yahoo. Exact, case-sensitive names. At most
            5 items.
        tenant_name: Tenants on whose behalf the messages were sent. Exact, case-sensitive names. At most 5
            items. Each 1 to 64 characters.
        last_delivery_event: Furthest delivery event that the message reached, in the order send, bounce,
            delivery, complaint. At most 5 items.
        last_engagement_event: Furthest engagement that the message got; a click ranks above an open. Needs
            engagement tracking to be switched on. At most 2 items.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageInsightsFilters.html
    """

    from_email_address: Sequence[str] | None = attrs.field(
        default=None,
        metadata=wire(
            "FromEmailAddress", Limits(max_items=5, item=Limits(min_length=1, max_length=320)), sensitive=True
        ),
    )
    """Sender addresses, any of which may match.

    `*` at the start or end is a wildcard. At most 5 items. Each 1 to 320 characters.
    """
    destination: Sequence[str] | None = attrs.field(
        default=None,
        metadata=wire("Destination", Limits(max_items=5, item=Limits(min_length=1, max_length=320)), sensitive=True),
    )
    """Recipient addresses, any of which may match.

    `*` at the start or end is a wildcard, as in `*@example.com`. At most 5 items. Each 1 to 320 characters.
    """
    subject: Sequence[str] | None = attrs.field(
        default=None,
        metadata=wire("Subject", Limits(max_items=1, item=Limits(min_length=1, max_length=998)), sensitive=True),
    )
    """Subject line to match.

    `*` at the start or end is a wildcard; otherwise the entire subject must be equal. At most 1 item. Each 1
    to 998 characters.
    """
    isp: Sequence[str] | None = attrs.field(default=None, metadata=wire("Isp", Limits(max_items=5)))
    """Mailbox providers of the recipients, such as Gmail or Yahoo. Exact, case-sensitive names. At most 5 items."""
    tenant_name: Sequence[str] | None = attrs.field(
        default=None, metadata=wire("TenantName", Limits(max_items=5, item=Limits(min_length=1, max_length=64)))
    )
    """Tenants on whose behalf the messages were sent.

    Exact, case-sensitive names. At most 5 items. Each 1 to 64 characters.
    """
    last_delivery_event: (
        Sequence[
            DeliveryEventType
            | Literal["SEND", "DELIVERY", "TRANSIENT_BOUNCE", "PERMANENT_BOUNCE", "UNDETERMINED_BOUNCE", "COMPLAINT"]
            | str
        ]
        | None
    ) = attrs.field(default=None, metadata=wire("LastDeliveryEvent", Limits(max_items=5)))
    """Furthest delivery event that the message reached, in the order send, bounce, delivery, complaint.

    At most 5 items.
    """
    last_engagement_event: Sequence[EngagementEventType | Literal["OPEN", "CLICK"] | str] | None = attrs.field(
        default=None, metadata=wire("LastEngagementEvent", Limits(max_items=2))
    )
    """Furthest engagement that the message got; a click ranks above an open.

    Needs engagement tracking to be switched on. At most 2 items.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MessageInsightsDataSource(Model):
    """Which messages a message insights export covers: a time span and filters.

    Args:
        start_date: First moment of the exported time span; included in it.
        end_date: Last moment of the exported time span; included in it.
        include: Export only messages that match these filters. Left out, no such restriction.
        exclude: Keep messages that match these filters out of the file. Left out, none are kept out.
        max_results: How many results the export holds at most. Left out, 1,000. 1 to 10000.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageInsightsDataSource.html
    """

    start_date: datetime = attrs.field(metadata=wire("StartDate"))
    """First moment of the exported time span; included in it."""
    end_date: datetime = attrs.field(metadata=wire("EndDate"))
    """Last moment of the exported time span; included in it."""
    include: MessageInsightsFilters | None = attrs.field(default=None, metadata=wire("Include"))
    """Export only messages that match these filters. Left out, no such restriction."""
    exclude: MessageInsightsFilters | None = attrs.field(default=None, metadata=wire("Exclude"))
    """Keep messages that match these filters out of the file. Left out, none are kept out."""
    max_results: int | None = attrs.field(default=None, metadata=wire("MaxResults", Limits(minimum=1, maximum=10000)))
    """How many results the export holds at most. Left out, 1,000. 1 to 10000."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExportDataSource(UnionModel):
    """What an export job reads. Give exactly one of its members.

    Args:
        metrics_data_source: Export metrics: which ones, for which dates and dimensions. Not together with
            `message_insights_data_source`.
        message_insights_data_source: Export insights on single messages, chosen by date and filters. Not
            together with `metrics_data_source`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ExportDataSource.html
    """

    metrics_data_source: MetricsDataSource | None = attrs.field(default=None, metadata=wire("MetricsDataSource"))
    """Export metrics: which ones, for which dates and dimensions.

    Not together with `message_insights_data_source`.
    """
    message_insights_data_source: MessageInsightsDataSource | None = attrs.field(
        default=None, metadata=wire("MessageInsightsDataSource")
    )
    """Export insights on single messages, chosen by date and filters. Not together with `metrics_data_source`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExportDestination(Model):
    """File that an export job writes: its format and where to fetch it.

    Args:
        data_format: Format of the file written: `CSV` or `JSON`.
        s3_url: Pre-signed S3 link to the file that the export produced, in the response of `get_export_job`.
            A request must not have it. Must match `^s3:\\/\\/([^\\/]+)\\/(.*?([^\\/]+)\\/?)$`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ExportDestination.html
    """

    data_format: DataFormat | Literal["CSV", "JSON"] | str = attrs.field(metadata=wire("DataFormat"))
    """Format of the file written: `CSV` or `JSON`."""
    s3_url: str | None = attrs.field(
        default=None,
        metadata=wire("S3Url", Limits(pattern="^s3:\\/\\/([^\\/]+)\\/(.*?([^\\/]+)\\/?)$"), output_only=True),
    )
    """Pre-signed S3 link to the file that the export produced, in the response of `get_export_job`.

    A request must not have it. Must match `^s3:\\/\\/([^\\/]+)\\/(.*?([^\\/]+)\\/?)$`.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExportJobSummary(Model):
    """One export job as it appears in a listing.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ExportJobSummary.html
    """

    job_id: str | None = attrs.field(default=None, metadata=wire("JobId", Limits(min_length=1)))
    """ID of the export job, for `get_export_job`. At least 1 character."""
    export_source_type: ExportSourceType | str | None = attrs.field(default=None, metadata=wire("ExportSourceType"))
    """Whether the job exports metrics or message insights."""
    job_status: JobStatus | str | None = attrs.field(default=None, metadata=wire("JobStatus"))
    """How far the export has come, or how it ended."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the export was requested."""
    completed_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CompletedTimestamp"))
    """When the export finished."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExportStatistics(Model):
    """Record counts of an export job.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ExportStatistics.html
    """

    processed_records_count: int | None = attrs.field(default=None, metadata=wire("ProcessedRecordsCount"))
    """Number of records read to produce the file."""
    exported_records_count: int | None = attrs.field(default=None, metadata=wire("ExportedRecordsCount"))
    """Number of records written to the file. May be missing for some kinds of export."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class FailureInfo(Model):
    """What went wrong in an import or export job.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_FailureInfo.html
    """

    failed_records_s3_url: str | None = attrs.field(default=None, metadata=wire("FailedRecordsS3Url"))
    """Pre-signed S3 link to a file with every record that failed, and details on each failure."""
    error_message: str | None = attrs.field(default=None, metadata=wire("ErrorMessage"))
    """Text that says why the job failed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ImportDataSource(Model):
    """The file that an import job reads from S3.

    Args:
        s3_url: Location of the file in S3, such as `s3://my-bucket/addresses.csv`. Must match
            `^s3:\\/\\/([^\\/]+)\\/(.*?([^\\/]+)\\/?)$`.
        data_format: Format in which the file is written: `CSV` or `JSON`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ImportDataSource.html
    """

    s3_url: str = attrs.field(metadata=wire("S3Url", Limits(pattern="^s3:\\/\\/([^\\/]+)\\/(.*?([^\\/]+)\\/?)$")))
    """Location of the file in S3, such as `s3://my-bucket/addresses.csv`.

    Must match `^s3:\\/\\/([^\\/]+)\\/(.*?([^\\/]+)\\/?)$`.
    """
    data_format: DataFormat | Literal["CSV", "JSON"] | str = attrs.field(metadata=wire("DataFormat"))
    """Format in which the file is written: `CSV` or `JSON`."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SuppressionListDestination(Model):
    """The suppression list as the target of an import, and what to do with the imported addresses.

    Args:
        suppression_list_import_action: `PUT` adds the addresses and overwrites entries that exist; `DELETE`
            takes them off the list.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SuppressionListDestination.html
    """

    suppression_list_import_action: SuppressionListImportAction | Literal["DELETE", "PUT"] | str = attrs.field(
        metadata=wire("SuppressionListImportAction")
    )
    """`PUT` adds the addresses and overwrites entries that exist; `DELETE` takes them off the list."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ImportDestination(Model):
    """The list that an import job changes: the suppression list or a contact list.

    Args:
        suppression_list_destination: Import into the suppression list: whether addresses are added or
            removed.
        contact_list_destination: Import into a contact list: which one, and whether addresses are added or
            removed.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ImportDestination.html
    """

    suppression_list_destination: SuppressionListDestination | None = attrs.field(
        default=None, metadata=wire("SuppressionListDestination")
    )
    """Import into the suppression list: whether addresses are added or removed."""
    contact_list_destination: ContactListDestination | None = attrs.field(
        default=None, metadata=wire("ContactListDestination")
    )
    """Import into a contact list: which one, and whether addresses are added or removed."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ImportJobSummary(Model):
    """One import job as it appears in a listing.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ImportJobSummary.html
    """

    job_id: str | None = attrs.field(default=None, metadata=wire("JobId", Limits(min_length=1)))
    """ID of the import job, for `get_import_job`. At least 1 character."""
    import_destination: ImportDestination | None = attrs.field(default=None, metadata=wire("ImportDestination"))
    """The list that the import changes, and whether it adds or removes addresses."""
    job_status: JobStatus | str | None = attrs.field(default=None, metadata=wire("JobStatus"))
    """How far the import has come, or how it ended."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the import was requested."""
    processed_records_count: int | None = attrs.field(default=None, metadata=wire("ProcessedRecordsCount"))
    """Number of records processed so far."""
    failed_records_count: int | None = attrs.field(default=None, metadata=wire("FailedRecordsCount"))
    """Number of records that could not be processed, for example because their input was invalid."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateExportJobResponse(Response):
    """The response of `create_export_job`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateExportJob.html
    """

    job_id: str | None = attrs.field(default=None, metadata=wire("JobId", Limits(min_length=1)))
    """ID of the new export job, to pass to `get_export_job` or `cancel_export_job`. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CreateImportJobResponse(Response):
    """The response of `create_import_job`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateImportJob.html
    """

    job_id: str | None = attrs.field(default=None, metadata=wire("JobId", Limits(min_length=1)))
    """ID of the new import job, to pass to `get_import_job`. At least 1 character."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetExportJobResponse(Response):
    """The response of `get_export_job`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetExportJob.html
    """

    job_id: str | None = attrs.field(default=None, metadata=wire("JobId", Limits(min_length=1)))
    """ID of this export job. At least 1 character."""
    export_source_type: ExportSourceType | str | None = attrs.field(default=None, metadata=wire("ExportSourceType"))
    """Whether the job exports metrics or message insights."""
    job_status: JobStatus | str | None = attrs.field(default=None, metadata=wire("JobStatus"))
    """How far the export has come, or how it ended."""
    export_destination: ExportDestination | None = attrs.field(default=None, metadata=wire("ExportDestination"))
    """Format of the export file, and the pre-signed link to it."""
    export_data_source: ExportDataSource | None = attrs.field(default=None, metadata=wire("ExportDataSource"))
    """The data selected for this export, with its dates and filters."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the export was requested."""
    completed_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CompletedTimestamp"))
    """When the export finished."""
    failure_info: FailureInfo | None = attrs.field(default=None, metadata=wire("FailureInfo"))
    """Why the export failed, and where its failed records can be found."""
    statistics: ExportStatistics | None = attrs.field(default=None, metadata=wire("Statistics"))
    """How many records the export has processed and written."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class GetImportJobResponse(Response):
    """The response of `get_import_job`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetImportJob.html
    """

    job_id: str | None = attrs.field(default=None, metadata=wire("JobId", Limits(min_length=1)))
    """ID of this import job. At least 1 character."""
    import_destination: ImportDestination | None = attrs.field(default=None, metadata=wire("ImportDestination"))
    """The list that the import changes, and whether it adds or removes addresses."""
    import_data_source: ImportDataSource | None = attrs.field(default=None, metadata=wire("ImportDataSource"))
    """S3 location and format of the imported file."""
    failure_info: FailureInfo | None = attrs.field(default=None, metadata=wire("FailureInfo"))
    """Why the import failed, with a link to the records that could not be processed."""
    job_status: JobStatus | str | None = attrs.field(default=None, metadata=wire("JobStatus"))
    """How far the import has come, or how it ended."""
    created_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CreatedTimestamp"))
    """When the import was requested."""
    completed_timestamp: datetime | None = attrs.field(default=None, metadata=wire("CompletedTimestamp"))
    """When the import finished."""
    processed_records_count: int | None = attrs.field(default=None, metadata=wire("ProcessedRecordsCount"))
    """Number of records processed so far."""
    failed_records_count: int | None = attrs.field(default=None, metadata=wire("FailedRecordsCount"))
    """Number of records that could not be processed, for example because their input was invalid."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListExportJobsResponse(Response):
    """The response of `list_export_jobs`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListExportJobs.html
    """

    export_jobs: Sequence[ExportJobSummary] = attrs.field(default=ABSENT, metadata=wire("ExportJobs"))
    """The export jobs on this page, in short form; `get_export_job` has the rest."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of export jobs, to be sent with otherwise unchanged parameters; absent on the last
    page.
    """


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ListImportJobsResponse(Response):
    """The response of `list_import_jobs`.

    https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListImportJobs.html
    """

    import_jobs: Sequence[ImportJobSummary] = attrs.field(default=ABSENT, metadata=wire("ImportJobs"))
    """The import jobs on this page, in short form; `get_import_job` has the rest."""
    next_token: str | None = attrs.field(default=None, metadata=wire("NextToken"))
    """Token for the next page of import jobs, to be sent with otherwise unchanged parameters; absent on the last
    page.
    """
