"""Correct use of the package. It is never run: test_typing.py shows that type checkers accept all of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, assert_type

import httpx

from sesv2kit import (
    AsyncPaginator,
    AsyncSESv2Client,
    Credentials,
    Paginator,
    RequestOptions,
    ResponseMetadata,
    SESv2Client,
    convert,
    errors,
    models,
)

CONTENT = models.EmailContent(
    simple=models.Message(
        subject=models.Content(data="Hello"),
        body=models.Body(text=models.Content(data="Hi Ann"), html=models.Content(data="<p>Hi Ann", charset="UTF-8")),
        headers=[models.MessageHeader(name="X-Order", value="17")],
        attachments=(models.Attachment(raw_content=b"%PDF", file_name="a.pdf", content_disposition="INLINE"),),
    )
)


class RefreshedCredentials:
    """Credentials of the shape that botocore's have."""

    def get_frozen_credentials(self) -> object:
        """Return the credentials of the moment."""
        return Credentials("key", "secret", "token")


def load_credentials() -> Credentials:
    """Return credentials from a place of one's own."""
    return Credentials(access_key="key", secret_key="secret")


def clients() -> None:
    """Make clients from nothing, and from everything."""
    SESv2Client()
    SESv2Client(region="eu-west-1", profile="shop", use_fips=True, use_dualstack=False, retry_mode="off")
    SESv2Client(max_attempts=5, timeout=2, check_limits=False, user_agent_suffix="shop/1", endpoint_url="http://[::1]")
    SESv2Client(timeout=httpx.Timeout(10.0, connect=1.0), http_client=httpx.Client())
    AsyncSESv2Client(timeout=None, http_client=httpx.AsyncClient())
    SESv2Client(session=object())


def credentials_of_all_kinds() -> None:
    """Give credentials by value, by object and by function."""
    SESv2Client(credentials=Credentials("key", "secret"))
    SESv2Client(credentials=Credentials("key", "secret", token="token"))
    SESv2Client(credentials=RefreshedCredentials())
    SESv2Client(credentials=load_credentials)
    AsyncSESv2Client(credentials=lambda: Credentials("key", "secret"))
    AsyncSESv2Client(credentials=None)


def send(ses: SESv2Client) -> None:
    """Send one message."""
    response = ses.send_email(
        from_email_address="shop@example.com",
        destination=models.Destination(to_addresses=["ann@example.net"], cc_addresses=("ben@example.net",)),
        content=CONTENT,
        email_tags=[models.MessageTag(name="kind", value="order")],
        list_management_options=models.ListManagementOptions(contact_list_name="customers", topic_name="orders"),
    )
    assert_type(response, models.SendEmailResponse)
    assert_type(response.message_id, str)
    assert_type(response.metadata, ResponseMetadata)
    assert_type(response.metadata.request_id, str | None)
    assert_type(response.metadata.status_code, int)
    assert_type(response.metadata.attempts, int)
    assert_type(response.metadata.headers, Mapping[str, str])
    assert_type(response.extra, Mapping[str, Any])
    ses.send_email(content=models.EmailContent(raw=models.RawMessage(data=b"Subject: Hello\r\n\r\nHi")))


def send_bulk(ses: SESv2Client) -> list[int]:
    """Send many messages and find the failed ones."""
    response = ses.send_bulk_email(
        default_content=models.BulkEmailContent(template=models.Template(template_name="order", template_data="{}")),
        bulk_email_entries=tuple(
            models.BulkEmailEntry(destination=models.Destination(to_addresses=[address]))
            for address in ("ann@example.net", "ben@example.net")
        ),
    )
    assert_type(response, models.SendBulkEmailResponse)
    for result in response.bulk_email_entry_results:
        assert_type(result, models.BulkEmailEntryResult)
        assert_type(result.status, models.BulkEmailStatus | str | None)
        assert_type(result.ok, bool)
        assert_type(result.error_class, type[errors.APIError] | None)
        result.raise_for_status()
    for entry in response.retryable:
        assert_type(entry.index, int)
        assert_type(entry.result, models.BulkEmailEntryResult)
    return [entry.index for entry in response.failed]


def contacts(ses: SESv2Client) -> Iterator[models.Contact]:
    """Page through a list; lists of a response are never None, so they need no check."""
    token: str | None = None
    while True:
        response = ses.list_contacts(contact_list_name="customers", page_size=100, next_token=token)
        assert_type(response, models.ListContactsResponse)
        assert_type(response.contacts, Sequence[models.Contact])
        for contact in response.contacts:
            assert_type(contact.email_address, str | None)
            assert_type(contact.last_updated_timestamp, datetime | None)
            assert_type([preference.topic_name for preference in contact.topic_preferences], list[str])
            yield contact
        token = response.next_token
        if token is None:
            return


def iterators(ses: SESv2Client) -> Iterator[str | None]:
    """Go through lists: entries, whole responses, and resuming from a token."""
    contacts = ses.iter_contacts(contact_list_name="customers", page_size=100, options={"timeout": 2.0})
    assert_type(contacts, Paginator[models.Contact, models.ListContactsResponse])
    for contact in contacts:
        assert_type(contact, models.Contact)
        yield contact.email_address
    for page in contacts.pages():
        assert_type(page, models.ListContactsResponse)
        assert_type(page.metadata, ResponseMetadata)
    ses.iter_contacts(contact_list_name="customers", next_token=contacts.resume_token)
    assert_type(list(ses.iter_configuration_sets()), list[str])
    assert_type(next(iter(ses.iter_dedicated_ips(pool_name="shop"))), models.DedicatedIp)


async def async_iterators(ses: AsyncSESv2Client) -> None:
    """Go through lists with the async client."""
    contacts = ses.iter_contacts(contact_list_name="customers")
    assert_type(contacts, AsyncPaginator[models.Contact, models.ListContactsResponse])
    assert_type([contact async for contact in contacts], list[models.Contact])
    async for page in contacts.pages():
        assert_type(page, models.ListContactsResponse)
    assert_type(contacts.resume_token, str | None)


def show(job: models.GetExportJobResponse) -> None:
    """Tell of a job's progress."""
    assert_type(job.job_status, models.JobStatus | str | None)


async def show_async(job: models.GetExportJobResponse) -> None:
    """Tell of a job's progress, to somebody who takes a while."""
    show(job)


async def waits(ses: SESv2Client, async_ses: AsyncSESv2Client) -> None:
    """Wait, and see why it was in vain."""
    try:
        job = ses.wait_until_export_job_ended(job_id="1", wait_timeout=None, initial_delay=0.5, on_progress=show)
        assert_type(job, models.GetExportJobResponse)
        identity = await async_ses.wait_until_dkim_verified(email_identity="example.com", options={"timeout": 2.0})
        assert_type(identity, models.GetEmailIdentityResponse)
        await async_ses.wait_until_export_job_ended(job_id="1", on_progress=show)
        await async_ses.wait_until_export_job_ended(job_id="1", on_progress=show_async)
    except errors.WaiterFailedError as error:
        assert_type(error.reason, str | None)
        if isinstance(error.response, models.GetExportJobResponse):
            assert_type(error.response.failure_info, models.FailureInfo | None)
    except errors.WaiterTimeoutError as error:
        assert_type(error.status, str | None)


def conversions(ses: SESv2Client, request: Mapping[str, Any]) -> None:
    """Turn requests of boto3 into arguments and back."""
    arguments = convert.arguments("SendEmail", request)
    assert_type(arguments, convert.SendEmailArguments)
    assert_type(arguments["content"], models.EmailContent)
    assert_type(ses.send_email(**arguments), models.SendEmailResponse)
    ses.send_email(**convert.arguments("SendEmail", {"Content": {}}), options={"timeout": 1})
    assert_type(convert.request("GetContact", {"contact_list_name": "a", "email_address": "b"}), dict[str, Any])
    assert_type(convert.arguments("GetAccount", {}), convert.GetAccountArguments)


def enums(ses: SESv2Client, name: str) -> None:
    """Give enums as members and as plain strings, alone and in sequences."""
    ses.put_account_details(mail_type="MARKETING", website_url="https://shop.example.com")
    ses.put_account_details(mail_type=models.MailType.MARKETING, website_url="https://shop.example.com")
    ses.put_account_details(mail_type=name, website_url="https://shop.example.com", contact_language="EN")
    ses.put_account_suppression_attributes(suppressed_reasons=["BOUNCE", models.SuppressionListReason.COMPLAINT])
    members = [models.SuppressionListReason.BOUNCE]
    texts = ["BOUNCE", name]
    ses.put_account_suppression_attributes(suppressed_reasons=members)
    ses.put_account_suppression_attributes(suppressed_reasons=texts)
    ses.put_account_suppression_attributes(suppressed_reasons=tuple(texts))
    models.TopicPreference(topic_name="orders", subscription_status="OPT_IN")
    models.TopicPreference(topic_name="orders", subscription_status=models.SubscriptionStatus.OPT_IN)
    assert_type(models.SubscriptionStatus("INVENTED_LATER"), models.SubscriptionStatus)
    status = ses.get_contact(contact_list_name="customers", email_address="ann@example.net").topic_preferences[0]
    assert_type(status.subscription_status == "OPT_IN", bool)


def maps(ses: SESv2Client, texts: dict[str, str], lists: dict[str, list[str]]) -> None:
    """Give maps as literals with members or plain strings, and as variables of plain dict types."""
    now = datetime.now(UTC)
    by_member: dict[models.MetricDimensionName, str] = {models.MetricDimensionName.ISP: "Gmail"}
    models.BatchGetMetricDataQuery(
        id="1", namespace="VDM", metric="SEND", dimensions=by_member, start_date=now, end_date=now
    )
    for dimensions in (texts, {"ISP": "Gmail"}):
        models.BatchGetMetricDataQuery(
            id="1", namespace="VDM", metric="SEND", dimensions=dimensions, start_date=now, end_date=now
        )
    response = ses.batch_get_metric_data(
        queries=[
            models.BatchGetMetricDataQuery(
                id="1",
                namespace=models.MetricNamespace.VDM,
                metric=models.Metric.SEND,
                dimensions={models.MetricDimensionName.ISP: "Gmail", "CONFIGURATION_SET": "shop"},
                start_date=now,
                end_date=now,
            )
        ]
    )
    for result in response.results:
        assert_type(result.timestamps, Sequence[datetime])
        assert_type(result.values, Sequence[int])
    for exported in (lists, {"ISP": ["Gmail", "Yahoo"]}):
        models.MetricsDataSource(dimensions=exported, namespace="VDM", metrics=(), start_date=now, end_date=now)
    models.MetricsDataSource(
        dimensions={models.MetricDimensionName.ISP: ("*",)},
        namespace="VDM",
        metrics=[models.ExportMetric(name="SEND", aggregation=models.MetricAggregation.RATE)],
        start_date=now,
        end_date=now,
    )
    ses.list_recommendations(filter=texts)
    ses.list_recommendations(filter={"STATUS": "OPEN"})
    ses.list_recommendations(filter={models.ListRecommendationsFilterKey.STATUS: models.RecommendationStatus.OPEN})


def options(ses: SESv2Client) -> None:
    """Give options as the named type and as a plain dict."""
    shared = RequestOptions(timeout=2.0, max_attempts=1, headers={"x-trace": "1"})
    ses.send_email(content=CONTENT, options=shared)
    ses.send_email(content=CONTENT, options={"timeout": None, "retry_mode": "off", "resend_ambiguous": True})
    ses.get_account(options={"timeout": httpx.Timeout(5.0)})
    ses.get_account(options=None)


def wire() -> None:
    """Come from dicts, and go back to them."""
    content = models.from_wire(models.EmailContent, {"Raw": {"Data": b"Subject: Hello\r\n\r\nHi"}})
    assert_type(content, models.EmailContent)
    assert_type(models.to_wire(content), dict[str, Any])
    wire: Mapping[str, object] = {"MessageId": "1"}
    assert_type(models.from_wire(models.SendEmailResponse, wire).message_id, str)


def failures(ses: SESv2Client) -> None:
    """Catch errors and read their facts."""
    try:
        assert_type(ses.delete_contact_list(contact_list_name="customers"), models.EmptyResponse)
    except errors.ParamValidationError as error:
        assert_type(error.operation, str)
        assert_type([(problem.path, problem.message) for problem in error.problems], list[tuple[str, str]])
    except (errors.NotFoundException, errors.TooManyRequestsException) as error:
        assert_type(error.code, str)
    except errors.APIError as error:
        assert_type(error.code, str)
        assert_type(error.message, str)
        assert_type(error.status_code, int | None)
        assert_type(error.request_id, str | None)
        assert_type(error.operation, str | None)
        assert_type(error.attempts, int)
        assert_type(error.is_throttling, bool)
        assert_type(error.is_retryable, bool)
    except errors.AmbiguousSendError as error:
        assert_type(error.request_id, str | None)
    except errors.TransportError as error:
        assert_type(error.outcome, Literal["not_sent", "unknown"])
    except errors.ResponseError as error:
        assert_type(error.status_code, int | None)
    except errors.CredentialsError:
        raise
    except errors.SESv2Error as error:
        assert_type(error, errors.SESv2Error)


def helpers(make: Callable[[], models.EmailContent], kind: type[models.Destination]) -> models.Message | None:
    """Use the models' names, which load lazily, in annotations and as values."""
    assert_type(kind(to_addresses=[]), models.Destination)
    return make().simple


def in_a_block() -> None:
    """Use the sync client as a context manager."""
    with SESv2Client(region="eu-west-1") as ses:
        assert_type(ses, SESv2Client)
        assert_type(ses.region, str | None)
        assert_type(ses.endpoint_url, str)
    ses.close()


async def in_an_async_block() -> None:
    """Use the async client as a context manager."""
    async with AsyncSESv2Client(region="eu-west-1") as ses:
        assert_type(ses, AsyncSESv2Client)
        assert_type(ses.region, str | None)
    await ses.aclose()


async def async_twin(ses: AsyncSESv2Client) -> None:
    """Make the same calls with the async client, and get the same types."""
    response = await ses.send_email(content=CONTENT, from_email_address="shop@example.com", options={"timeout": 2.0})
    assert_type(response, models.SendEmailResponse)
    assert_type(response.metadata, ResponseMetadata)
    bulk = await ses.send_bulk_email(
        default_content=models.BulkEmailContent(),
        bulk_email_entries=[models.BulkEmailEntry(destination=models.Destination(bcc_addresses=["ann@example.net"]))],
    )
    assert_type(bulk, models.SendBulkEmailResponse)
    assert_type([entry.index for entry in bulk.failed], list[int])
    for contact in (await ses.list_contacts(contact_list_name="customers")).contacts:
        assert_type(contact, models.Contact)
    await ses.put_account_suppression_attributes(suppressed_reasons=("BOUNCE", models.SuppressionListReason.COMPLAINT))
    try:
        assert_type(await ses.get_account(), models.GetAccountResponse)
    except errors.APIError as error:
        assert_type(error.code, str)
