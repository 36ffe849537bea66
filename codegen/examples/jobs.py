"""Examples: import and export jobs."""

from datetime import UTC, datetime, timedelta

from sesv2kit import SESv2Client, models


def prepare(ses: SESv2Client) -> dict[str, str | None]:
    """Imports read `contacts.csv` from a bucket of yours."""
    ses.create_contact_list(contact_list_name="customers")
    export_id = ses.create_export_job(
        export_data_source=models.ExportDataSource(
            message_insights_data_source=models.MessageInsightsDataSource(
                start_date=datetime.now(UTC) - timedelta(days=7),
                end_date=datetime.now(UTC),
            )
        ),
        export_destination=models.ExportDestination(data_format="CSV"),
    ).job_id
    import_id = ses.create_import_job(
        import_data_source=models.ImportDataSource(
            s3_url="s3://example-bucket/contacts.csv", data_format="CSV"
        ),
        import_destination=models.ImportDestination(
            contact_list_destination=models.ContactListDestination(
                contact_list_name="customers", contact_list_import_action="PUT"
            )
        ),
    ).job_id
    return {"export_id": export_id, "import_id": import_id}


def cancel_export_job(ses: SESv2Client, export_id: str) -> None:
    ses.cancel_export_job(job_id=export_id)


def create_export_job(ses: SESv2Client) -> None:
    today = datetime.now(UTC)
    created = ses.create_export_job(
        export_data_source=models.ExportDataSource(
            message_insights_data_source=models.MessageInsightsDataSource(
                start_date=today - timedelta(days=7),
                end_date=today,
                include=models.MessageInsightsFilters(
                    last_delivery_event=["PERMANENT_BOUNCE"]
                ),
            )
        ),
        export_destination=models.ExportDestination(data_format="CSV"),
    )
    print(created.job_id)


def create_import_job(ses: SESv2Client) -> None:
    created = ses.create_import_job(
        import_data_source=models.ImportDataSource(
            s3_url="s3://example-bucket/contacts.csv", data_format="CSV"
        ),
        import_destination=models.ImportDestination(
            contact_list_destination=models.ContactListDestination(
                contact_list_name="customers", contact_list_import_action="PUT"
            )
        ),
    )
    print(created.job_id)


def get_export_job(ses: SESv2Client, export_id: str) -> None:
    job = ses.get_export_job(job_id=export_id)
    print(job.job_status)
    if job.export_destination is not None:
        print(job.export_destination.s3_url)  # where the file is


def get_import_job(ses: SESv2Client, import_id: str) -> None:
    job = ses.get_import_job(job_id=import_id)
    print(job.job_status, job.processed_records_count, job.failed_records_count)


def list_export_jobs(ses: SESv2Client) -> None:
    for job in ses.iter_export_jobs(job_status="COMPLETED"):
        print(job.job_id, job.export_source_type, job.completed_timestamp)


def list_import_jobs(ses: SESv2Client) -> None:
    for job in ses.iter_import_jobs(import_destination_type="CONTACT_LIST"):
        print(job.job_id, job.job_status)


def wait_until_export_job_ended(ses: SESv2Client, export_id: str) -> None:
    job = ses.wait_until_export_job_ended(job_id=export_id)
    if job.statistics is not None:
        print(job.statistics.exported_records_count, "records")


def wait_until_import_job_ended(ses: SESv2Client, import_id: str) -> None:
    job = ses.wait_until_import_job_ended(job_id=import_id)
    if job.failed_records_count and job.failure_info is not None:
        print("not imported:", job.failure_info.failed_records_s3_url)
