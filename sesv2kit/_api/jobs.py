# Written by `python -m codegen` from codegen/spec; edit that, not this file.
"""Rows of operations: jobs."""

from __future__ import annotations

from .. import models
from .._core.model import Limits
from .._core.operation import Argument, Operation, Page

CANCEL_EXPORT_JOB = Operation(
    name="CancelExportJob",
    method="PUT",
    path="/v2/email/export-jobs/{JobId}/cancel",
    kind="idempotent",
    output=lambda: models.EmptyResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("job_id", "JobId", "path", lambda: str, Limits(min_length=1), required=True),),
)
CREATE_EXPORT_JOB = Operation(
    name="CreateExportJob",
    method="POST",
    path="/v2/email/export-jobs",
    kind="write",
    output=lambda: models.CreateExportJobResponse,
    errors=("BadRequestException", "LimitExceededException", "NotFoundException", "TooManyRequestsException"),
    rate=1,
    arguments=(
        Argument("export_data_source", "ExportDataSource", "body", lambda: models.ExportDataSource, required=True),
        Argument("export_destination", "ExportDestination", "body", lambda: models.ExportDestination, required=True),
    ),
)
CREATE_IMPORT_JOB = Operation(
    name="CreateImportJob",
    method="POST",
    path="/v2/email/import-jobs",
    kind="write",
    output=lambda: models.CreateImportJobResponse,
    errors=("BadRequestException", "LimitExceededException", "TooManyRequestsException"),
    arguments=(
        Argument("import_destination", "ImportDestination", "body", lambda: models.ImportDestination, required=True),
        Argument("import_data_source", "ImportDataSource", "body", lambda: models.ImportDataSource, required=True),
    ),
)
GET_EXPORT_JOB = Operation(
    name="GetExportJob",
    method="GET",
    path="/v2/email/export-jobs/{JobId}",
    kind="read",
    output=lambda: models.GetExportJobResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("job_id", "JobId", "path", lambda: str, Limits(min_length=1), required=True),),
)
GET_IMPORT_JOB = Operation(
    name="GetImportJob",
    method="GET",
    path="/v2/email/import-jobs/{JobId}",
    kind="read",
    output=lambda: models.GetImportJobResponse,
    errors=("BadRequestException", "NotFoundException", "TooManyRequestsException"),
    arguments=(Argument("job_id", "JobId", "path", lambda: str, Limits(min_length=1), required=True),),
)
LIST_EXPORT_JOBS = Operation(
    name="ListExportJobs",
    method="POST",
    path="/v2/email/list-export-jobs",
    kind="read",
    output=lambda: models.ListExportJobsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="export_jobs", token="next_token", size="page_size"),
    arguments=(
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int),
        Argument("export_source_type", "ExportSourceType", "body", lambda: models.ExportSourceType),
        Argument("job_status", "JobStatus", "body", lambda: models.JobStatus),
    ),
)
LIST_IMPORT_JOBS = Operation(
    name="ListImportJobs",
    method="POST",
    path="/v2/email/import-jobs/list",
    kind="read",
    output=lambda: models.ListImportJobsResponse,
    errors=("BadRequestException", "TooManyRequestsException"),
    page=Page(items="import_jobs", token="next_token", size="page_size"),
    arguments=(
        Argument("import_destination_type", "ImportDestinationType", "body", lambda: models.ImportDestinationType),
        Argument("next_token", "NextToken", "body", lambda: str),
        Argument("page_size", "PageSize", "body", lambda: int),
    ),
)
