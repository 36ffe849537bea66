"""Wrong use of the package. It is never run: test_typing.py shows that type checkers refuse every marked line.

A mark names the error that mypy reports for its line, then the one that pyright reports.
"""

import httpx

from sesv2kit import AsyncSESv2Client, Credentials, RequestOptions, SESv2Client, convert, errors, models

CONTENT = models.EmailContent(raw=models.RawMessage(data=b"Subject: Hello\r\n\r\nHi"))


def arguments(ses: SESv2Client, optional: str | None) -> None:
    """Call operations with wrong arguments."""
    ses.send_email(content=CONTENT, form_email_address="shop@example.com")  # error: call-arg, reportCallIssue
    ses.send_email(from_email_address="shop@example.com")  # error: call-arg, reportCallIssue
    ses.send_email(content=CONTENT, from_email_address=17)  # error: arg-type, reportArgumentType
    ses.send_email(content=None)  # error: arg-type, reportArgumentType
    ses.send_email(CONTENT)  # error: call-arg, reportCallIssue
    ses.send_email(content={"Raw": {"Data": b""}})  # error: arg-type, reportArgumentType
    ses.send_email(content=CONTENT.raw)  # error: arg-type, reportArgumentType
    ses.send_emails(content=CONTENT)  # error: attr-defined, reportAttributeAccessIssue
    ses.get_contact_list()  # error: call-arg, reportCallIssue
    ses.get_contact_list("customers")  # error: call-arg, reportCallIssue
    ses.get_contact_list(contact_list_name=optional)  # error: arg-type, reportArgumentType
    ses.list_contacts(contact_list_name="customers", page_size="10")  # error: arg-type, reportArgumentType
    ses.put_account_suppression_attributes(suppressed_reasons=[1])  # error: list-item, reportArgumentType
    ses.put_account_details(mail_type=1, website_url="https://a.example")  # error: arg-type, reportArgumentType
    ses.list_recommendations(filter={"STATUS": 1})  # error: arg-type, reportArgumentType


def members() -> None:
    """Make models out of wrong members."""
    models.Destination(to_adresses=["ann@example.net"])  # error: call-arg, reportCallIssue
    models.Destination(["ann@example.net"])  # error: call-arg, reportCallIssue
    models.Destination(to_addresses=[b"ann@example.net"])  # error: list-item, reportArgumentType
    models.Destination(to_addresses={"ann@example.net"})  # error: arg-type, reportArgumentType
    models.Content()  # error: call-arg, reportCallIssue
    models.RawMessage(data="Subject: Hello")  # error: arg-type, reportArgumentType
    models.Message(subject={"Data": "Hello"}, body=models.Body())  # error: arg-type, reportArgumentType
    models.TopicPreference(topic_name="orders", subscription_status=1)  # error: arg-type, reportArgumentType
    models.SendEmailResponse(message_id="1", metadata=None)  # error: call-arg, reportCallIssue
    models.from_wire(models.Destination, "ToAddresses")  # error: arg-type, reportArgumentType
    models.to_wire({"ToAddresses": []})  # error: arg-type, reportArgumentType


def names() -> None:
    """Use names that are not there."""
    models.NoSuchName()  # error: attr-defined, reportAttributeAccessIssue
    models.MailType.NO_SUCH_TYPE.lower()  # error: attr-defined, reportAttributeAccessIssue
    errors.NoSuchException()  # error: attr-defined, reportAttributeAccessIssue


def responses(ses: SESv2Client) -> None:
    """Use responses for what they are not, and change what is frozen."""
    response = ses.send_email(content=CONTENT)
    ses.get_account().enforcement_status.upper()  # error: union-attr, reportOptionalMemberAccess
    response.mesage_id.upper()  # error: attr-defined, reportAttributeAccessIssue
    response.message_id = "1"  # error: misc, reportAttributeAccessIssue
    response.metadata.attempts = 2  # error: misc, reportAttributeAccessIssue
    response["MessageId"].upper()  # error: index, reportIndexIssue
    CONTENT.raw = None  # error: misc, reportAttributeAccessIssue
    models.Destination(to_addresses=[]).to_addresses.append("a@b.c")  # error: union-attr, reportAttributeAccessIssue


def iterators(ses: SESv2Client) -> None:
    """Go through lists with wrong arguments, and use entries for what they are not."""
    ses.iter_contacts()  # error: call-arg, reportCallIssue
    ses.iter_contacts(contact_list_name="customers", page_size="10")  # error: arg-type, reportArgumentType
    ses.iter_contacts("customers")  # error: call-arg, reportCallIssue
    for contact in ses.iter_contacts(contact_list_name="customers"):
        contact.name.upper()  # error: attr-defined, reportAttributeAccessIssue
    for page in ses.iter_contacts(contact_list_name="customers").pages():
        page.email_address.upper()  # error: attr-defined, reportAttributeAccessIssue


async def async_iterators(ses: SESv2Client, async_ses: AsyncSESv2Client) -> None:
    """Mix up sync and async iterators."""
    pools = ses.iter_dedicated_ip_pools()
    async_pools = async_ses.iter_dedicated_ip_pools()
    for _ in async_pools:  # error: attr-defined, reportGeneralTypeIssues
        ...
    async for _ in pools:  # error: attr-defined, reportGeneralTypeIssues
        ...
    await async_pools  # error: misc, reportGeneralTypeIssues


def show(job: models.GetImportJobResponse) -> None:
    """Tell of an import's progress."""
    models.to_wire(job)


def waits(ses: SESv2Client, async_ses: AsyncSESv2Client) -> None:
    """Wait in wrong ways."""
    ses.wait_until_export_job_ended()  # error: call-arg, reportCallIssue
    ses.wait_until_export_job_ended(job_id="1", timeout=60)  # error: call-arg, reportCallIssue
    ses.wait_until_export_job_ended(job_id="1", wait_timeout="60")  # error: arg-type, reportArgumentType
    ses.wait_until_export_job_ended(job_id="1", on_progress=show)  # error: arg-type, reportArgumentType
    async_ses.wait_until_export_job_ended(job_id="1")  # error: unused-coroutine, reportUnusedCoroutine


def options(ses: SESv2Client) -> None:
    """Give options that there are not."""
    ses.get_account(options={"time_out": 1.0})  # error: arg-type, reportArgumentType
    ses.get_account(options={"timeout": "1"})  # error: arg-type, reportArgumentType
    ses.get_account(options={"retry_mode": "legacy"})  # error: arg-type, reportArgumentType
    RequestOptions(max_attempt=1)  # error: typeddict-unknown-key, reportCallIssue


def conversions(ses: SESv2Client) -> None:
    """Convert requests of unknown operations, and give one operation's arguments to another."""
    convert.arguments("SendMail", {})  # error: call-overload, reportCallIssue
    convert.request("GetContact", {"contact_list_name": "a"})  # error: call-overload, reportCallIssue
    ses.get_contact(**convert.arguments("DeleteContactList", {}))  # error: call-arg, reportCallIssue


def clients() -> None:
    """Make clients out of wrong settings."""
    SESv2Client("eu-west-1")  # error: call-arg, reportCallIssue
    SESv2Client(region_name="eu-west-1")  # error: call-arg, reportCallIssue
    SESv2Client(retry_mode="legacy")  # error: arg-type, reportArgumentType
    SESv2Client(timeout="1")  # error: arg-type, reportArgumentType
    SESv2Client(credentials=("key", "secret"))  # error: arg-type, reportArgumentType
    SESv2Client(credentials=lambda: "key")  # error: arg-type, reportArgumentType
    SESv2Client(credentials=Credentials("key"))  # error: call-arg, reportCallIssue
    SESv2Client(http_client=httpx.AsyncClient())  # error: arg-type, reportArgumentType
    AsyncSESv2Client(http_client=httpx.Client())  # error: arg-type, reportArgumentType


async def awaited(ses: SESv2Client, async_ses: AsyncSESv2Client) -> None:
    """Await what is not to be awaited, and the other way round."""
    await ses.get_account()  # error: misc, reportGeneralTypeIssues
    async_ses.get_account()  # error: unused-coroutine, reportUnusedCoroutine
    models.to_wire(async_ses.get_account())  # error: arg-type, reportArgumentType
    async_ses.get_account().metadata.attempts.bit_length()  # error: attr-defined, reportAttributeAccessIssue
    await async_ses.send_email(content=CONTENT, form_email_address="")  # error: call-arg, reportCallIssue
    async with ses:  # error: attr-defined, reportGeneralTypeIssues
        ...
    with async_ses:  # error: attr-defined, reportGeneralTypeIssues
        ...
