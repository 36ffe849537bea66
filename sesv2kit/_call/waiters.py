"""The methods of the clients that wait: `wait_until_...`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from .. import models
from .._core.operation import ResponseT
from .caller import AsyncCaller, Caller
from .options import RequestOptions
from .waiter import (
    DEDICATED_IP_WARMED_UP,
    DELIVERABILITY_TEST_FINISHED,
    DKIM_VERIFIED,
    EXPORT_JOB_ENDED,
    IDENTITY_VERIFIED,
    IMPORT_JOB_ENDED,
    MAIL_FROM_VERIFIED,
    MULTI_REGION_ENDPOINT_READY,
    Pace,
    Waiter,
    wait,
)


class Waiters(Caller):
    """What takes the service a while, waited for by blocking."""

    def wait_until_identity_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until an identity is verified, so that you can send from it.

        It is when `verified_for_sending_status` is true or `verification_status` is `SUCCESS`; `FAILED` is a failure.
        Somebody has to click the link that was mailed to an address, or publish the DNS records of a domain.

        Args:
            email_identity: The email address or domain. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last answer of `get_email_identity`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(IDENTITY_VERIFIED, {"email_identity": email_identity}, pace, on_progress, options)

    def wait_until_dkim_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until the DKIM records of an identity were found in the DNS of its domain.

        They were when the status of `dkim_attributes` is `SUCCESS`; `FAILED` is a failure. SES looks for them for up to
        72 hours.

        Args:
            email_identity: The domain, or an address of it. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last answer of `get_email_identity`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(DKIM_VERIFIED, {"email_identity": email_identity}, pace, on_progress, options)

    def wait_until_mail_from_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until the MX record of an identity's own MAIL FROM domain was found.

        It was when `mail_from_domain_status` is `SUCCESS`; `FAILED` is a failure. For an identity without a MAIL FROM
        domain of its own, see `put_email_identity_mail_from_attributes`, this waits in vain.

        Args:
            email_identity: The identity with a MAIL FROM domain of its own. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last answer of `get_email_identity`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(MAIL_FROM_VERIFIED, {"email_identity": email_identity}, pace, on_progress, options)

    def wait_until_export_job_ended(
        self,
        *,
        job_id: str,
        wait_timeout: float | None = 3_600,
        first_delay: float = 2,
        most_delay: float = 30,
        on_progress: Callable[[models.GetExportJobResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetExportJobResponse:
        """Wait until an export job is completed.

        `FAILED`, `CANCELLED` and `ERROR` are failures. The answer's `export_destination` says where the file is.

        Args:
            job_id: The export job, as `create_export_job` returned it. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: an hour.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 2.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 30.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetExportJobResponse: The last answer of `get_export_job`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetExportJob.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(EXPORT_JOB_ENDED, {"job_id": job_id}, pace, on_progress, options)

    def wait_until_import_job_ended(
        self,
        *,
        job_id: str,
        wait_timeout: float | None = 3_600,
        first_delay: float = 2,
        most_delay: float = 30,
        on_progress: Callable[[models.GetImportJobResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetImportJobResponse:
        """Wait until an import job is completed.

        `FAILED`, `CANCELLED` and `ERROR` are failures. A completed job can have left out records: see
        `failed_records_count`.

        Args:
            job_id: The import job, as `create_import_job` returned it. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: an hour.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 2.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 30.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetImportJobResponse: The last answer of `get_import_job`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetImportJob.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(IMPORT_JOB_ENDED, {"job_id": job_id}, pace, on_progress, options)

    def wait_until_multi_region_endpoint_ready(
        self,
        *,
        endpoint_name: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetMultiRegionEndpointResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetMultiRegionEndpointResponse:
        """Wait until a multi-region endpoint is ready for sending.

        `FAILED` and `DELETING` are failures.

        Args:
            endpoint_name: The endpoint. 1 to 64 characters.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetMultiRegionEndpointResponse: The last answer of `get_multi_region_endpoint`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(MULTI_REGION_ENDPOINT_READY, {"endpoint_name": endpoint_name}, pace, on_progress, options)

    def wait_until_dedicated_ip_warmed_up(
        self,
        *,
        ip: str,
        wait_timeout: float | None = 4_320_000,
        first_delay: float = 60,
        most_delay: float = 3_600,
        on_progress: Callable[[models.GetDedicatedIpResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDedicatedIpResponse:
        """Wait until a dedicated IP address is warmed up.

        It is when its `warmup_status` is `DONE`, or `NOT_APPLICABLE`: SES warms up the addresses of managed pools by
        itself. The automatic warm-up takes 45 days:
        https://docs.aws.amazon.com/ses/latest/dg/dedicated-ip-warming.html

        Args:
            ip: The address, a dedicated one of your account.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 50 days.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 60.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 3,600.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpResponse: The last answer of `get_dedicated_ip`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(DEDICATED_IP_WARMED_UP, {"ip": ip}, pace, on_progress, options)

    def wait_until_deliverability_test_finished(
        self,
        *,
        report_id: str,
        wait_timeout: float | None = 90_000,
        first_delay: float = 60,
        most_delay: float = 900,
        on_progress: Callable[[models.GetDeliverabilityTestReportResponse], None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDeliverabilityTestReportResponse:
        """Wait until a predictive inbox placement test is finished.

        It is when `deliverability_test_status` is `COMPLETED` or `COMPLETE`, mostly within 24 hours.

        Args:
            report_id: The test, as `create_deliverability_test_report` returned it.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 25 hours.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 60.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 900.
            on_progress: Is called with each answer, the last one too.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityTestReportResponse: The last answer of `get_deliverability_test_report`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return self._wait(DELIVERABILITY_TEST_FINISHED, {"report_id": report_id}, pace, on_progress, options)

    def _wait(
        self,
        waiter: Waiter[ResponseT],
        arguments: dict[str, Any],
        pace: Pace,
        on_progress: Callable[[ResponseT], None] | None,
        options: RequestOptions | None,
    ) -> ResponseT:
        return self._run(wait(waiter, arguments, pace, on_progress, options, self._shared))


class AsyncWaiters(AsyncCaller):
    """What takes the service a while, waited for without holding up other tasks."""

    async def wait_until_identity_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until an identity is verified, so that you can send from it.

        It is when `verified_for_sending_status` is true or `verification_status` is `SUCCESS`; `FAILED` is a failure.
        Somebody has to click the link that was mailed to an address, or publish the DNS records of a domain.

        Args:
            email_identity: The email address or domain. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last answer of `get_email_identity`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(IDENTITY_VERIFIED, {"email_identity": email_identity}, pace, on_progress, options)

    async def wait_until_dkim_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until the DKIM records of an identity were found in the DNS of its domain.

        They were when the status of `dkim_attributes` is `SUCCESS`; `FAILED` is a failure. SES looks for them for up to
        72 hours.

        Args:
            email_identity: The domain, or an address of it. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last answer of `get_email_identity`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(DKIM_VERIFIED, {"email_identity": email_identity}, pace, on_progress, options)

    async def wait_until_mail_from_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until the MX record of an identity's own MAIL FROM domain was found.

        It was when `mail_from_domain_status` is `SUCCESS`; `FAILED` is a failure. For an identity without a MAIL FROM
        domain of its own, see `put_email_identity_mail_from_attributes`, this waits in vain.

        Args:
            email_identity: The identity with a MAIL FROM domain of its own. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last answer of `get_email_identity`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(MAIL_FROM_VERIFIED, {"email_identity": email_identity}, pace, on_progress, options)

    async def wait_until_export_job_ended(
        self,
        *,
        job_id: str,
        wait_timeout: float | None = 3_600,
        first_delay: float = 2,
        most_delay: float = 30,
        on_progress: Callable[[models.GetExportJobResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetExportJobResponse:
        """Wait until an export job is completed.

        `FAILED`, `CANCELLED` and `ERROR` are failures. The answer's `export_destination` says where the file is.

        Args:
            job_id: The export job, as `create_export_job` returned it. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: an hour.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 2.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 30.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetExportJobResponse: The last answer of `get_export_job`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetExportJob.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(EXPORT_JOB_ENDED, {"job_id": job_id}, pace, on_progress, options)

    async def wait_until_import_job_ended(
        self,
        *,
        job_id: str,
        wait_timeout: float | None = 3_600,
        first_delay: float = 2,
        most_delay: float = 30,
        on_progress: Callable[[models.GetImportJobResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetImportJobResponse:
        """Wait until an import job is completed.

        `FAILED`, `CANCELLED` and `ERROR` are failures. A completed job can have left out records: see
        `failed_records_count`.

        Args:
            job_id: The import job, as `create_import_job` returned it. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: an hour.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 2.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 30.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetImportJobResponse: The last answer of `get_import_job`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetImportJob.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(IMPORT_JOB_ENDED, {"job_id": job_id}, pace, on_progress, options)

    async def wait_until_multi_region_endpoint_ready(
        self,
        *,
        endpoint_name: str,
        wait_timeout: float | None = 1_800,
        first_delay: float = 5,
        most_delay: float = 60,
        on_progress: Callable[[models.GetMultiRegionEndpointResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetMultiRegionEndpointResponse:
        """Wait until a multi-region endpoint is ready for sending.

        `FAILED` and `DELETING` are failures.

        Args:
            endpoint_name: The endpoint. 1 to 64 characters.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 30 minutes.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 5.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 60.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetMultiRegionEndpointResponse: The last answer of `get_multi_region_endpoint`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterFailedError: It has failed; the error has the answer and the reason.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(
            MULTI_REGION_ENDPOINT_READY, {"endpoint_name": endpoint_name}, pace, on_progress, options
        )

    async def wait_until_dedicated_ip_warmed_up(
        self,
        *,
        ip: str,
        wait_timeout: float | None = 4_320_000,
        first_delay: float = 60,
        most_delay: float = 3_600,
        on_progress: Callable[[models.GetDedicatedIpResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDedicatedIpResponse:
        """Wait until a dedicated IP address is warmed up.

        It is when its `warmup_status` is `DONE`, or `NOT_APPLICABLE`: SES warms up the addresses of managed pools by
        itself. The automatic warm-up takes 45 days:
        https://docs.aws.amazon.com/ses/latest/dg/dedicated-ip-warming.html

        Args:
            ip: The address, a dedicated one of your account.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 50 days.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 60.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 3,600.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpResponse: The last answer of `get_dedicated_ip`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(DEDICATED_IP_WARMED_UP, {"ip": ip}, pace, on_progress, options)

    async def wait_until_deliverability_test_finished(
        self,
        *,
        report_id: str,
        wait_timeout: float | None = 90_000,
        first_delay: float = 60,
        most_delay: float = 900,
        on_progress: Callable[[models.GetDeliverabilityTestReportResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDeliverabilityTestReportResponse:
        """Wait until a predictive inbox placement test is finished.

        It is when `deliverability_test_status` is `COMPLETED` or `COMPLETE`, mostly within 24 hours.

        Args:
            report_id: The test, as `create_deliverability_test_report` returned it.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None waits for ever. Default: 25 hours.
            first_delay: Seconds between the first two calls; above 0, at most 86,400. It doubles from call to call, and
                each is cut at random by up to a half. Default: 60.
            most_delay: Seconds between two calls at most; above 0, at most 86,400. Default: 900.
            on_progress: Is called with each answer, the last one too; may be async.
            options: What each of the calls does otherwise than the client: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityTestReportResponse: The last answer of `get_deliverability_test_report`.

        Raises:
            ParamValidationError: An argument was refused.
            WaiterTimeoutError: The time ran out; the error has the last answer.
            APIError: The service refused a call: NotFoundException, or another that is not worth repeating.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
        """
        pace = Pace(wait_timeout, first_delay, most_delay)
        return await self._wait(DELIVERABILITY_TEST_FINISHED, {"report_id": report_id}, pace, on_progress, options)

    async def _wait(
        self,
        waiter: Waiter[ResponseT],
        arguments: dict[str, Any],
        pace: Pace,
        on_progress: Callable[[ResponseT], Awaitable[None] | None] | None,
        options: RequestOptions | None,
    ) -> ResponseT:
        return await self._run(wait(waiter, arguments, pace, on_progress, options, self._shared))
