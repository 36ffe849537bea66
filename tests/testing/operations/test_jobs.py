"""Jobs that import and export, which the clock moves ahead."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from support.mails import PERSON, send, stored, template
from support.refused import refuses, wire

from sesv2kit import SESv2Client, errors, models
from sesv2kit.testing import FakeSES

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "s3://bucket/rows"
TO_LIST = models.ImportDestination(
    contact_list_destination=models.ContactListDestination(
        contact_list_name="readers", contact_list_import_action="PUT"
    )
)


def to_suppress(action: str = "PUT") -> models.ImportDestination:
    return models.ImportDestination(
        suppression_list_destination=models.SuppressionListDestination(suppression_list_import_action=action)
    )


def begin(ses: SESv2Client, destination: models.ImportDestination, data_format: str = "CSV", url: str = URL) -> str:
    source = models.ImportDataSource(s3_url=url, data_format=data_format)
    job_id = ses.create_import_job(import_destination=destination, import_data_source=source).job_id
    assert job_id
    return job_id


def run(
    fake: FakeSES,
    ses: SESv2Client,
    data: bytes,
    destination: models.ImportDestination,
    data_format: str = "CSV",
) -> models.GetImportJobResponse:
    """Import a file, and return the job when it is done."""
    fake.files[URL] = data
    job_id = begin(ses, destination, data_format)
    fake.clock.advance(5)
    return ses.get_import_job(job_id=job_id)


def test_an_import_is_done_by_the_clock(fake: FakeSES, ses: SESv2Client) -> None:
    fake.files[URL] = b"emailAddress,reason\nann@example.net,COMPLAINT\nbob@example.net,\n"
    job_id = begin(ses, to_suppress())
    assert ses.get_import_job(job_id=job_id).job_status == "CREATED"
    fake.clock.advance(1)
    assert ses.get_import_job(job_id=job_id).job_status == "PROCESSING"
    assert not ses.list_suppressed_destinations().suppressed_destination_summaries
    fake.clock.advance(4)
    # Any request sees the effect, without a look at the job.
    found = ses.list_suppressed_destinations().suppressed_destination_summaries
    assert {one.email_address: one.reason for one in found} == {
        "ann@example.net": "COMPLAINT",
        "bob@example.net": "BOUNCE",
    }
    fake.clock.advance(DAY)
    job = ses.get_import_job(job_id=job_id)
    assert (job.job_status, job.created_timestamp, job.completed_timestamp) == (
        "COMPLETED",
        NOW,
        NOW + timedelta(seconds=5),
    )
    assert (job.processed_records_count, job.failed_records_count, job.failure_info) == (2, 0, None)


@pytest.mark.parametrize(
    ("data", "data_format", "problem"),
    [
        (None, "CSV", "The file s3://bucket/rows does not exist."),
        (b"\xff\xfe", "CSV", "The file can't be read."),
        (b'{"emailAddress": "ann@example.net"}\nno\n', "JSON", "The file can't be read."),
        (b"[" * 100_000, "JSON", "The file can't be read."),
        (b'emailAddress\n"' + b"a" * 200_000, "CSV", "The file can't be read."),
        (b"emailAddress\n" + b"a," * 100_000, "CSV", "The file can't be read."),
    ],
)
def test_an_import_of_what_can_not_be_read_fails(
    fake: FakeSES, ses: SESv2Client, data: bytes | None, data_format: str, problem: str
) -> None:
    if data is not None:
        fake.files[URL] = data
    job_id = begin(ses, to_suppress(), data_format)
    fake.clock.advance(5)
    job = ses.get_import_job(job_id=job_id)
    assert job.job_status == "FAILED"
    assert job.failure_info == models.FailureInfo(error_message=problem)


def test_rows_of_the_suppression_list(fake: FakeSES, ses: SESv2Client) -> None:
    job = run(fake, ses, b"ann@example.net,BOUNCE,more\nbob@example.net,NONSENSE\nno-address,BOUNCE\n", to_suppress())
    assert (job.job_status, job.processed_records_count, job.failed_records_count) == ("COMPLETED", 3, 2)
    assert job.failure_info
    failed = [json.loads(line) for line in fake.files[str(job.failure_info.failed_records_s3_url)].splitlines()]
    assert failed[0] == {
        "record": {"emailAddress": "bob@example.net", "reason": "NONSENSE"},
        "error": "The reason must be BOUNCE or COMPLAINT.",
    }
    assert [row["record"]["emailAddress"] for row in failed] == ["bob@example.net", "no-address"]
    data = b'\n{"emailAddress": "bob@example.net", "reason": "COMPLAINT"}\n{"emailAddress": 5}\n[]\n'
    job = run(fake, ses, data, to_suppress(), "JSON")
    assert (job.processed_records_count, job.failed_records_count) == (3, 2)
    found = ses.list_suppressed_destinations().suppressed_destination_summaries
    assert [one.email_address for one in found] == ["bob@example.net", "ann@example.net"]
    job = run(fake, ses, b"emailAddress\nann@example.net\nnobody@example.net\n", to_suppress("DELETE"))
    assert (job.processed_records_count, job.failed_records_count) == (2, 1)
    found = ses.list_suppressed_destinations().suppressed_destination_summaries
    assert [one.email_address for one in found] == ["bob@example.net"]


@pytest.fixture
def readers(ses: SESv2Client) -> None:
    """Create a list with two topics, and a contact."""
    topics = [
        models.Topic(topic_name=name, display_name=name, default_subscription_status="OPT_IN")
        for name in ("news", "offers")
    ]
    ses.create_contact_list(contact_list_name="readers", topics=topics)
    ses.create_contact(contact_list_name="readers", email_address="bob@example.net")


def contact(ses: SESv2Client, address: str) -> tuple[dict[str | None, str | None], bool | None, str | None]:
    found = ses.get_contact(contact_list_name="readers", email_address=address)
    choices: dict[str | None, str | None] = {
        choice.topic_name: choice.subscription_status for choice in found.topic_preferences
    }
    return choices, found.unsubscribe_all, found.attributes_data


@pytest.mark.usefixtures("readers")
def test_rows_of_a_contact_list_in_csv(fake: FakeSES, ses: SESv2Client) -> None:
    data = (
        b"\xef\xbb\xbfemailAddress,unsubscribeAll,attributesData,topicPreferences.news,topicPreferences.offers\r\n"
        b'ann@example.net,false,"{""name"": ""Ann""}",OPT_IN,OPT_OUT\r\n'
        b"bob@example.net,TRUE,,OPT_OUT,\r\n"
        b"bad@example.net,false,,MAYBE,\r\n"
        b"not an address,false,,,\r\n"
    )
    job = run(fake, ses, data, TO_LIST)
    assert (job.job_status, job.processed_records_count, job.failed_records_count) == ("COMPLETED", 4, 2)
    assert contact(ses, PERSON) == ({"news": "OPT_IN", "offers": "OPT_OUT"}, False, '{"name": "Ann"}')
    assert contact(ses, "bob@example.net") == ({"news": "OPT_OUT"}, True, None)
    assert len(ses.list_contacts(contact_list_name="readers").contacts) == 2


@pytest.mark.usefixtures("readers")
def test_rows_of_a_contact_list_in_json(fake: FakeSES, ses: SESv2Client) -> None:
    rows: list[dict[str, Any]] = [
        {
            "emailAddress": PERSON,
            "unsubscribeAll": True,
            "attributesData": '{"name": "Ann"}',
            "topicPreferences": [{"topicName": "news", "subscriptionStatus": "OPT_OUT"}],
        },
        {"emailAddress": "a@example.net", "topicPreferences": [{"topicName": "news"}]},
        {"emailAddress": "a@example.net", "topicPreferences": ["news"]},
        {"emailAddress": "a@example.net", "topicPreferences": "news"},
        {"emailAddress": "a@example.net", "topicPreferences": [{"topicName": 1, "subscriptionStatus": "OPT_IN"}]},
        {"emailAddress": "a@example.net", "topicPreferences": [{"topicName": "x", "subscriptionStatus": "OPT_IN"}]},
        {"emailAddress": "a@example.net", "attributesData": {"name": "A"}},
    ]
    job = run(fake, ses, "\n".join(map(json.dumps, rows)).encode(), TO_LIST, "JSON")
    assert (job.processed_records_count, job.failed_records_count) == (7, 6)
    assert contact(ses, PERSON) == ({"news": "OPT_OUT"}, True, '{"name": "Ann"}')
    assert len(ses.list_contacts(contact_list_name="readers").contacts) == 2


@pytest.mark.usefixtures("readers")
def test_contacts_are_deleted_by_an_import(fake: FakeSES, ses: SESv2Client) -> None:
    destination = models.ImportDestination(
        contact_list_destination=models.ContactListDestination(
            contact_list_name="readers", contact_list_import_action="DELETE"
        )
    )
    job = run(fake, ses, b"emailAddress\nbob@example.net\nann@example.net\n", destination)
    assert (job.processed_records_count, job.failed_records_count) == (2, 1)
    assert not ses.list_contacts(contact_list_name="readers").contacts


def test_a_destination_of_an_import_must_be_there(fake: FakeSES, ses: SESv2Client) -> None:
    with refuses(errors.BadRequestException, "List with name: readers doesn't exist."):
        begin(ses, TO_LIST)
    source = {"S3Url": URL, "DataFormat": "CSV"}
    status, body = wire(fake, "POST", "/v2/email/import-jobs", {"ImportDestination": {}, "ImportDataSource": source})
    assert (status, body) == (400, {"message": "Exactly one import destination is required."})
    assert not ses.list_import_jobs().import_jobs


@pytest.mark.usefixtures("readers")
def test_imports_are_listed_newest_first(fake: FakeSES, ses: SESv2Client) -> None:
    first, second = begin(ses, TO_LIST), begin(ses, to_suppress())
    fake.clock.advance(1)
    assert [(job.job_id, job.job_status) for job in ses.list_import_jobs().import_jobs] == [
        (second, "PROCESSING"),
        (first, "PROCESSING"),
    ]
    for kind, expected in (("CONTACT_LIST", first), ("SUPPRESSION_LIST", second)):
        (only,) = ses.list_import_jobs(import_destination_type=kind).import_jobs
        assert only.job_id == expected


def test_a_job_that_is_not_there(ses: SESv2Client) -> None:
    for method in (ses.get_import_job, ses.get_export_job, ses.cancel_export_job):
        with refuses(errors.NotFoundException, "Job 1 does not exist."):
            method(job_id="1")


# Exports -----------------------------------------------------------------------------------------


def messages(**facts: Any) -> models.ExportDataSource:
    return models.ExportDataSource(
        message_insights_data_source=models.MessageInsightsDataSource(
            start_date=TODAY, end_date=TODAY + 2 * DAY, **facts
        )
    )


def metrics(*wanted: tuple[str, str], **dimensions: list[str]) -> models.ExportDataSource:
    return models.ExportDataSource(
        metrics_data_source=models.MetricsDataSource(
            namespace="VDM",
            dimensions=dimensions,
            metrics=[models.ExportMetric(name=name, aggregation=aggregation) for name, aggregation in wanted],
            start_date=TODAY,
            end_date=TODAY + 2 * DAY,
        )
    )


def export(
    fake: FakeSES, ses: SESv2Client, source: models.ExportDataSource, data_format: str = "JSON"
) -> models.GetExportJobResponse:
    """Export, and return the job when it is done."""
    destination = models.ExportDestination(data_format=data_format)
    job_id = ses.create_export_job(export_data_source=source, export_destination=destination).job_id
    fake.clock.advance(5)
    return ses.get_export_job(job_id=str(job_id))


def rows(fake: FakeSES, job: models.GetExportJobResponse) -> list[Any]:
    assert job.export_destination
    return [json.loads(line) for line in fake.files[str(job.export_destination.s3_url)].splitlines()]


def test_mails_are_exported_with_their_last_events(fake: FakeSES, ses: SESv2Client) -> None:
    first = send(ses, PERSON, "bounce@simulator.amazonses.com")
    fake.deliver(fake.outbox[-1], recipients=[PERSON])
    fake.open(fake.outbox[-1])
    fake.clock.advance(1)
    second = send(ses, "ann@gmail.com")
    fake.clock.advance(1)
    stored(ses)
    third = send(ses, content=template(data="{}"))
    job = export(fake, ses, messages())
    assert (job.export_source_type, job.job_status) == ("MESSAGE_INSIGHTS", "COMPLETED")
    assert job.statistics == models.ExportStatistics(processed_records_count=4, exported_records_count=4)
    found = rows(fake, job)
    members = ("MessageId", "Destination", "LastDeliveryEvent", "LastEngagementEvent")
    assert [tuple(row[name] for name in members) for row in found] == [
        (first, PERSON, "DELIVERY", "OPEN"),
        (first, "bounce@simulator.amazonses.com", "PERMANENT_BOUNCE", "OPEN"),
        (second, "ann@gmail.com", "SEND", ""),
        (third, PERSON, "", ""),
    ]
    assert found[2]["Isp"] == "Gmail"
    assert found[2]["SendTimestamp"] == (NOW + timedelta(seconds=1)).isoformat()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"include": models.MessageInsightsFilters(destination=["b@example.net"])}, ["b"]),
        ({"exclude": models.MessageInsightsFilters(destination=["b@example.net"])}, ["a", "c"]),
        ({"include": models.MessageInsightsFilters(last_delivery_event=["DELIVERY"])}, ["a"]),
        ({"include": models.MessageInsightsFilters(subject=["Other"])}, []),
        ({"max_results": 2}, ["a", "b"]),
    ],
)
def test_an_export_of_mails_has_filters(
    fake: FakeSES, ses: SESv2Client, facts: dict[str, Any], expected: list[str]
) -> None:
    for name in "abc":
        send(ses, f"{name}@example.net")
        fake.clock.advance(1)
    fake.deliver(fake.outbox[0])
    job = export(fake, ses, messages(**facts))
    assert [row["Destination"][0] for row in rows(fake, job)] == expected


def test_metrics_are_exported_by_day(fake: FakeSES, ses: SESv2Client) -> None:
    send(ses, "success@simulator.amazonses.com", "bounce@simulator.amazonses.com")
    job = export(
        fake,
        ses,
        metrics(("SEND", "VOLUME"), ("PERMANENT_BOUNCE", "RATE"), EMAIL_IDENTITY=["example.com", "*"]),
        "CSV",
    )
    assert (job.export_source_type, job.job_status) == ("METRICS_DATA", "COMPLETED")
    assert job.export_destination
    assert fake.files[str(job.export_destination.s3_url)].decode().splitlines() == [
        "EMAIL_IDENTITY,date,metric,aggregation,value",
        "example.com,2026-03-01,SEND,VOLUME,2",
        "example.com,2026-03-02,SEND,VOLUME,0",
        "*,2026-03-01,SEND,VOLUME,2",
        "*,2026-03-02,SEND,VOLUME,0",
        "example.com,2026-03-01,PERMANENT_BOUNCE,RATE,0.5",
        "example.com,2026-03-02,PERMANENT_BOUNCE,RATE,0.0",
        "*,2026-03-01,PERMANENT_BOUNCE,RATE,0.5",
        "*,2026-03-02,PERMANENT_BOUNCE,RATE,0.0",
    ]


def test_an_export_without_rows_is_an_empty_file(fake: FakeSES, ses: SESv2Client) -> None:
    job = export(fake, ses, messages(), "CSV")
    assert job.export_destination
    assert fake.files[str(job.export_destination.s3_url)] == b""
    assert [*fake.files] == [job.export_destination.s3_url]
    del fake.files[str(job.export_destination.s3_url)]
    assert len(fake.files) == 0


def test_an_export_is_cancelled_before_it_is_done(fake: FakeSES, ses: SESv2Client) -> None:
    destination = models.ExportDestination(data_format="JSON")
    job_id = str(ses.create_export_job(export_data_source=messages(), export_destination=destination).job_id)
    assert ses.get_export_job(job_id=job_id).job_status == "CREATED"
    ses.cancel_export_job(job_id=job_id)
    with refuses(errors.BadRequestException, f"Job {job_id} can't be cancelled, its status is CANCELLED."):
        ses.cancel_export_job(job_id=job_id)
    fake.clock.advance(5)
    assert ses.get_export_job(job_id=job_id).job_status == "CANCELLED"
    assert len(fake.files) == 0
    done = str(export(fake, ses, metrics(("SEND", "VOLUME"), ISP=["*"])).job_id)
    assert [job.job_id for job in ses.list_export_jobs().export_jobs] == [done, job_id]
    for wanted in ({"job_status": "CANCELLED"}, {"export_source_type": "MESSAGE_INSIGHTS"}):
        assert [job.job_id for job in ses.list_export_jobs(**wanted).export_jobs] == [job_id]
