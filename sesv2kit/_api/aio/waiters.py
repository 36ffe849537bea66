# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Waiters, asynchronous: methods that call an operation until something is done."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ... import _api, models
from ..._call.caller import AsyncCaller
from ..._call.options import RequestOptions
from ..._call.waiter import Pace


class AsyncWaitersMixin(AsyncCaller):
    """The waiters, for asyncio and trio."""

    async def wait_until_identity_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        initial_delay: float = 5,
        max_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until an identity is verified, so that you can send from it.

        The wait is done when `verified_for_sending_status` is true or `verification_status` is `SUCCESS`;
        `FAILED` is a failure. For an email address, somebody has to follow the link in the verification mail;
        for a domain, its DNS records have to be published.

        Args:
            email_identity: Email address or domain to return. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                1,800, which is 30 minutes.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 5.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 60.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last response of `get_email_identity`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        arguments = {
            "email_identity": email_identity,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.IDENTITY_VERIFIED, arguments, pace, on_progress, options)

    async def wait_until_dkim_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        initial_delay: float = 5,
        max_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until SES has found the DKIM records of an identity in the DNS of its domain.

        The wait is done when the status in `dkim_attributes` is `SUCCESS`; `FAILED` is a failure. SES
        searches for the records for up to 72 hours.

        Args:
            email_identity: Email address or domain to return. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                1,800, which is 30 minutes.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 5.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 60.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last response of `get_email_identity`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        arguments = {
            "email_identity": email_identity,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.DKIM_VERIFIED, arguments, pace, on_progress, options)

    async def wait_until_mail_from_verified(
        self,
        *,
        email_identity: str,
        wait_timeout: float | None = 1_800,
        initial_delay: float = 5,
        max_delay: float = 60,
        on_progress: Callable[[models.GetEmailIdentityResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetEmailIdentityResponse:
        """Wait until SES has found the MX record of an identity's own MAIL FROM domain.

        The wait is done when `mail_from_domain_status` is `SUCCESS`; `FAILED` is a failure. An identity
        without a MAIL FROM domain of its own never gets there; see `put_email_identity_mail_from_attributes`.

        Args:
            email_identity: Email address or domain to return. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                1,800, which is 30 minutes.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 5.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 60.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetEmailIdentityResponse: The last response of `get_email_identity`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetEmailIdentity.html
        """
        arguments = {
            "email_identity": email_identity,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.MAIL_FROM_VERIFIED, arguments, pace, on_progress, options)

    async def wait_until_export_job_ended(
        self,
        *,
        job_id: str,
        wait_timeout: float | None = 3_600,
        initial_delay: float = 2,
        max_delay: float = 30,
        on_progress: Callable[[models.GetExportJobResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetExportJobResponse:
        """Wait until an export job is completed.

        `FAILED`, `CANCELLED` and `ERROR` are failures. `export_destination` in the response says where the
        file is.

        Args:
            job_id: ID of the export job to return. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                3,600, which is 1 hour.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 2.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 30.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetExportJobResponse: The last response of `get_export_job`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetExportJob.html
        """
        arguments = {
            "job_id": job_id,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.EXPORT_JOB_ENDED, arguments, pace, on_progress, options)

    async def wait_until_import_job_ended(
        self,
        *,
        job_id: str,
        wait_timeout: float | None = 3_600,
        initial_delay: float = 2,
        max_delay: float = 30,
        on_progress: Callable[[models.GetImportJobResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetImportJobResponse:
        """Wait until an import job is completed.

        `FAILED`, `CANCELLED` and `ERROR` are failures. A completed job may have left out records: see
        `failed_records_count`.

        Args:
            job_id: ID of the import job to return. At least 1 character.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                3,600, which is 1 hour.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 2.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 30.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetImportJobResponse: The last response of `get_import_job`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetImportJob.html
        """
        arguments = {
            "job_id": job_id,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.IMPORT_JOB_ENDED, arguments, pace, on_progress, options)

    async def wait_until_multi_region_endpoint_ready(
        self,
        *,
        endpoint_name: str,
        wait_timeout: float | None = 1_800,
        initial_delay: float = 5,
        max_delay: float = 60,
        on_progress: Callable[[models.GetMultiRegionEndpointResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetMultiRegionEndpointResponse:
        """Wait until a multi-region endpoint is ready for sending.

        `FAILED` and `DELETING` are failures.

        Args:
            endpoint_name: Multi-region endpoint to read. 1 to 64 characters. Must match `^[\\w\\-_]+$`.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                1,800, which is 30 minutes.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 5.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 60.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetMultiRegionEndpointResponse: The last response of `get_multi_region_endpoint`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterFailedError: It has failed; the error has the response and the reason.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetMultiRegionEndpoint.html
        """
        arguments = {
            "endpoint_name": endpoint_name,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.MULTI_REGION_ENDPOINT_READY, arguments, pace, on_progress, options)

    async def wait_until_dedicated_ip_warmed_up(
        self,
        *,
        ip: str,
        wait_timeout: float | None = 4_320_000,
        initial_delay: float = 60,
        max_delay: float = 3_600,
        on_progress: Callable[[models.GetDedicatedIpResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDedicatedIpResponse:
        """Wait until a dedicated IP address is warmed up.

        The wait is done when its `warmup_status` is `DONE`, or `NOT_APPLICABLE`: SES warms up the addresses
        of managed pools itself. The automatic warm-up takes 45 days, see
        https://docs.aws.amazon.com/ses/latest/dg/dedicated-ip-warming.html .

        Args:
            ip: IP address to return; it must be a dedicated one of your account.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                4,320,000, which is 50 days.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 60.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 3,600.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetDedicatedIpResponse: The last response of `get_dedicated_ip`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDedicatedIp.html
        """
        arguments = {
            "ip": ip,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.DEDICATED_IP_WARMED_UP, arguments, pace, on_progress, options)

    async def wait_until_deliverability_test_finished(
        self,
        *,
        report_id: str,
        wait_timeout: float | None = 90_000,
        initial_delay: float = 60,
        max_delay: float = 900,
        on_progress: Callable[[models.GetDeliverabilityTestReportResponse], Awaitable[None] | None] | None = None,
        options: RequestOptions | None = None,
    ) -> models.GetDeliverabilityTestReportResponse:
        """Wait until a predictive inbox placement test is finished.

        The wait is done when `deliverability_test_status` is `COMPLETED` or `COMPLETE`, in most cases within
        24 hours.

        Args:
            report_id: ID of the test to read, as `create_deliverability_test_report` returned it.
            wait_timeout: Seconds for the whole wait, calls included; above 0. None sets no bound. Default:
                90,000, which is 25 hours.
            initial_delay: Seconds between the first two calls; above 0, at most 86,400. The delay doubles
                from call to call, and each is shortened at random by up to a half. Default: 60.
            max_delay: Maximum seconds between two calls; above 0, at most 86,400. Default: 900.
            on_progress: Function that is called with each response, the last one too; may be async.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            models.GetDeliverabilityTestReportResponse: The last response of `get_deliverability_test_report`.

        Raises:
            ParamValidationError: An argument is invalid; nothing was sent.
            WaiterTimeoutError: The time ran out; the error has the last response.
            APIError: The service refused a call for good: BadRequestException, NotFoundException, or another.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetDeliverabilityTestReport.html
        """
        arguments = {
            "report_id": report_id,
        }
        pace = Pace(wait_timeout, initial_delay, max_delay)
        return await self._wait(_api.waiters.DELIVERABILITY_TEST_FINISHED, arguments, pace, on_progress, options)
