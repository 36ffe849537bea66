# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Operations, blocking: jobs."""

from __future__ import annotations

from typing import Literal

from ... import _api, models
from ..._call.caller import Caller
from ..._call.options import RequestOptions
from ..._call.paginator import Paginator


class JobsMixin(Caller):
    """The operations of this domain, blocking."""

    def cancel_export_job(
        self,
        *,
        job_id: str,
        options: RequestOptions | None = None,
    ) -> models.EmptyResponse:
        """Cancel an export job, by its ID.

        Args:
            job_id: ID of the export job to cancel, as `create_export_job` returned it. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.EmptyResponse: An empty response; its `metadata` has the request id.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CancelExportJob.html
        """
        return self._call(
            _api.jobs.CANCEL_EXPORT_JOB,
            {
                "job_id": job_id,
            },
            options,
        )

    def create_export_job(
        self,
        *,
        export_data_source: models.ExportDataSource,
        export_destination: models.ExportDestination,
        options: RequestOptions | None = None,
    ) -> models.CreateExportJobResponse:
        """Start a job that writes metrics or message insights to a file.

        It runs asynchronously; `get_export_job` returns its progress and the location of the file. The
        service allows 1 call per second.

        Args:
            export_data_source: What to export: either metrics or message insights, never both in one job.
            export_destination: Where the export goes and its file format, CSV or JSON.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.CreateExportJobResponse: `job_id`: ID of the new export job, to pass to `get_export_job` or
            `cancel_export_job`.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, LimitExceededException,
                NotFoundException, TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateExportJob.html
        """
        return self._call(
            _api.jobs.CREATE_EXPORT_JOB,
            {
                "export_data_source": export_data_source,
                "export_destination": export_destination,
            },
            options,
        )

    def create_import_job(
        self,
        *,
        import_destination: models.ImportDestination,
        import_data_source: models.ImportDataSource,
        options: RequestOptions | None = None,
    ) -> models.CreateImportJobResponse:
        """Start a job that applies the addresses in an S3 file to the suppression list or a contact list.

        It runs asynchronously; follow it with `get_import_job`.

        Args:
            import_destination: Which list the file changes, the suppression list or a contact list, and
                whether its addresses are added or removed.
            import_data_source: S3 location and format of the file to read.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.CreateImportJobResponse: `job_id`: ID of the new import job, to pass to `get_import_job`.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, LimitExceededException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateImportJob.html
        """
        return self._call(
            _api.jobs.CREATE_IMPORT_JOB,
            {
                "import_destination": import_destination,
                "import_data_source": import_data_source,
            },
            options,
        )

    def get_export_job(
        self,
        *,
        job_id: str,
        options: RequestOptions | None = None,
    ) -> models.GetExportJobResponse:
        """Return one export job: its status, source, destination, counts and, if it failed, the reason.

        Args:
            job_id: ID of the export job to return. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetExportJobResponse: `job_id`: ID of this export job; `export_source_type`: whether the
            job exports metrics or message insights; `job_status`: how far the export has come, or how it
            ended; `export_destination`: format of the export file, and the pre-signed link to it;
            `export_data_source`: the data selected for this export, with its dates and filters;
            `created_timestamp`: when the export was requested; `completed_timestamp`: when the export
            finished; `failure_info`: why the export failed, and where its failed records can be found;
            `statistics`: how many records the export has processed and written.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetExportJob.html
        """
        return self._call(
            _api.jobs.GET_EXPORT_JOB,
            {
                "job_id": job_id,
            },
            options,
        )

    def get_import_job(
        self,
        *,
        job_id: str,
        options: RequestOptions | None = None,
    ) -> models.GetImportJobResponse:
        """Return one import job: its status, file, target list, record counts and, if it failed, the reason.

        Args:
            job_id: ID of the import job to return. At least 1 character.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.GetImportJobResponse: `job_id`: ID of this import job; `import_destination`: the list that
            the import changes, and whether it adds or removes addresses; `import_data_source`: s3 location
            and format of the imported file; `failure_info`: why the import failed, with a link to the records
            that could not be processed; `job_status`: how far the import has come, or how it ended;
            `created_timestamp`: when the import was requested; `completed_timestamp`: when the import
            finished; `processed_records_count`: number of records processed so far; `failed_records_count`:
            number of records that could not be processed, for example because their input was invalid.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, NotFoundException,
                TooManyRequestsException, or another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_GetImportJob.html
        """
        return self._call(
            _api.jobs.GET_IMPORT_JOB,
            {
                "job_id": job_id,
            },
            options,
        )

    def list_export_jobs(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        export_source_type: models.ExportSourceType | Literal["METRICS_DATA", "MESSAGE_INSIGHTS"] | str | None = None,
        job_status: models.JobStatus
        | Literal["CREATED", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED"]
        | str
        | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListExportJobsResponse:
        """List your export jobs, a page at a time, optionally only those of one source type or status.

        Args:
            next_token: Token from an earlier response, to read the next page of export jobs. Left out, the
                first page.
            page_size: How many export jobs one response holds at most.
            export_source_type: Return only exports of this kind: metrics or message insights. Left out, both
                kinds.
            job_status: Return only export jobs in this status. Left out, jobs in any status.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListExportJobsResponse: `export_jobs`: the export jobs on this page, in short form;
            `get_export_job` has the rest; `next_token`: token for the next page of export jobs, to be sent
            with otherwise unchanged parameters; absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListExportJobs.html
        """
        return self._call(
            _api.jobs.LIST_EXPORT_JOBS,
            {
                "next_token": next_token,
                "page_size": page_size,
                "export_source_type": export_source_type,
                "job_status": job_status,
            },
            options,
        )

    def iter_export_jobs(
        self,
        *,
        next_token: str | None = None,
        page_size: int | None = None,
        export_source_type: models.ExportSourceType | Literal["METRICS_DATA", "MESSAGE_INSIGHTS"] | str | None = None,
        job_status: models.JobStatus
        | Literal["CREATED", "PROCESSING", "COMPLETED", "FAILED", "CANCELLED"]
        | str
        | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.ExportJobSummary, models.ListExportJobsResponse]:
        """Iterate over everything that `list_export_jobs` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many export jobs one response holds at most.
            export_source_type: Return only exports of this kind: metrics or message insights. Left out, both
                kinds.
            job_status: Return only export jobs in this status. Left out, jobs in any status.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.ExportJobSummary, models.ListExportJobsResponse]: The entries; its `pages()`
            yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListExportJobs.html
        """
        return Paginator(
            self._call,
            _api.jobs.LIST_EXPORT_JOBS,
            {
                "next_token": next_token,
                "page_size": page_size,
                "export_source_type": export_source_type,
                "job_status": job_status,
            },
            options,
        )

    def list_import_jobs(
        self,
        *,
        import_destination_type: models.ImportDestinationType
        | Literal["SUPPRESSION_LIST", "CONTACT_LIST"]
        | str
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> models.ListImportJobsResponse:
        """List your import jobs, a page at a time, optionally only those for one kind of list.

        Args:
            import_destination_type: Return only imports into this kind of list: suppression or contact. Left
                out, both kinds.
            next_token: Token from an earlier response, to read the next page of import jobs. Left out, the
                first page. Keep the other parameters the same.
            page_size: How many import jobs one response holds at most.
            options: Settings for this call alone: timeout, retries, headers.

        Returns:
            models.ListImportJobsResponse: `import_jobs`: the import jobs on this page, in short form;
            `get_import_job` has the rest; `next_token`: token for the next page of import jobs, to be sent
            with otherwise unchanged parameters; absent on the last page.

        Raises:
            ParamValidationError: The arguments are invalid; nothing was sent.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            TransportError: No usable response came; for a send, see AmbiguousSendError.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListImportJobs.html
        """
        return self._call(
            _api.jobs.LIST_IMPORT_JOBS,
            {
                "import_destination_type": import_destination_type,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )

    def iter_import_jobs(
        self,
        *,
        import_destination_type: models.ImportDestinationType
        | Literal["SUPPRESSION_LIST", "CONTACT_LIST"]
        | str
        | None = None,
        next_token: str | None = None,
        page_size: int | None = None,
        options: RequestOptions | None = None,
    ) -> Paginator[models.ImportJobSummary, models.ListImportJobsResponse]:
        """Iterate over everything that `list_import_jobs` lists, page by page.

        Nothing is sent before the first entry is requested; each page is a separate call.

        Args:
            import_destination_type: Return only imports into this kind of list: suppression or contact. Left
                out, both kinds.
            next_token: Token of the page to begin with, such as the `resume_token` of another iterator.
                Default: the first page.
            page_size: How many import jobs one response holds at most.
            options: Settings for each of the calls: timeout, retries, headers.

        Returns:
            Paginator[models.ImportJobSummary, models.ListImportJobsResponse]: The entries; its `pages()`
            yields the whole responses.

        Raises:
            ParamValidationError: The arguments are invalid. All errors here are raised while iterating.
            APIError: The service refused the request: BadRequestException, TooManyRequestsException, or
                another.
            ResponseError: The service returned a token twice, so the pages would never end.
            TransportError: No usable response came.

        https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListImportJobs.html
        """
        return Paginator(
            self._call,
            _api.jobs.LIST_IMPORT_JOBS,
            {
                "import_destination_type": import_destination_type,
                "next_token": next_token,
                "page_size": page_size,
            },
            options,
        )
