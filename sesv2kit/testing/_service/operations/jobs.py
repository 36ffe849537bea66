"""Jobs that import and export, which the service's clock moves ahead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import attrs

from .... import errors, models
from ...._core.model import Model, wire
from .. import exporting, importing
from ..paging import listing, page
from ..world import World

_START: Final = timedelta(seconds=1)
"""After how long a job is being processed."""
_END: Final = timedelta(seconds=5)
"""After how long it is done."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ImportJob(Model):
    """An import, by its id."""

    job: models.GetImportJobResponse = attrs.field(metadata=wire("job"))


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExportJob(Model):
    """An export, by its id."""

    job: models.GetExportJobResponse = attrs.field(metadata=wire("job"))


def _status(world: World, created_at: datetime | None) -> str:
    age = world.now - (created_at or world.now)
    return "CREATED" if age < _START else "PROCESSING" if age < _END else "COMPLETED"


def finish_due_jobs(world: World) -> None:
    """Do what jobs are to do whose time has come. Every request calls it, so that the effects are there in time."""
    imports = world.records(ImportJob)
    for job_id, imported in list(imports.items()):
        if imported.job.completed_timestamp is None:
            imports[job_id] = ImportJob(job=_moved_import(world, imported.job))
    exports = world.records(ExportJob)
    for job_id, exported in list(exports.items()):
        if exported.job.completed_timestamp is None:
            exports[job_id] = ExportJob(job=_moved_export(world, exported.job))


def _moved_import(world: World, job: models.GetImportJobResponse) -> models.GetImportJobResponse:
    status = _status(world, job.created_timestamp)
    if status != "COMPLETED" or job.import_destination is None or job.import_data_source is None:
        return attrs.evolve(job, job_status=status)
    done = importing.run(world, job.import_destination, job.import_data_source)
    return attrs.evolve(
        job,
        job_status="FAILED" if done.problem else "COMPLETED",
        completed_timestamp=(job.created_timestamp or world.now) + _END,
        processed_records_count=done.processed,
        failed_records_count=len(done.failures),
        failure_info=_failure(world, str(job.job_id), done),
    )


def _failure(world: World, job_id: str, done: importing.Imported) -> models.FailureInfo | None:
    """Return what went wrong in an import, if anything did; the rows that were left out are in a file."""
    url = None
    if done.failures:
        url = f"s3://ses-imports-{world.account_id}/{job_id}-failed.json"
        world.files[url] = exporting.write(done.failures, "JSON")
    return models.FailureInfo(failed_records_s3_url=url, error_message=done.problem) if url or done.problem else None


def _moved_export(world: World, job: models.GetExportJobResponse) -> models.GetExportJobResponse:
    status = _status(world, job.created_timestamp)
    if status != "COMPLETED" or job.export_data_source is None or job.export_destination is None:
        return attrs.evolve(job, job_status=status)
    suffix = str(job.export_destination.data_format).lower()
    url = f"s3://ses-exports-{world.account_id}/{job.job_id}.{suffix}"
    rows = exporting.rows(world, job.export_data_source)
    world.files[url] = exporting.write(rows, str(job.export_destination.data_format))
    return attrs.evolve(
        job,
        job_status="COMPLETED",
        completed_timestamp=(job.created_timestamp or world.now) + _END,
        export_destination=attrs.evolve(job.export_destination, s3_url=url),
        statistics=models.ExportStatistics(processed_records_count=len(rows), exported_records_count=len(rows)),
    )


def _not_found(job_id: str) -> errors.NotFoundException:
    return errors.NotFoundException(f"Job {job_id} does not exist.")


def create_import_job(
    world: World, *, import_destination: models.ImportDestination, import_data_source: models.ImportDataSource
) -> models.CreateImportJobResponse:
    """Begin an import of a file, see `FakeSES.files`. It takes 5 seconds of the service's clock."""
    importing.check(world, import_destination)
    job_id = world.new_id()
    job = models.GetImportJobResponse(
        job_id=job_id,
        import_destination=import_destination,
        import_data_source=import_data_source,
        job_status="CREATED",
        created_timestamp=world.now,
    )
    world.records(ImportJob)[job_id] = ImportJob(job=job)
    return models.CreateImportJobResponse(job_id=job_id)


def get_import_job(world: World, *, job_id: str) -> models.GetImportJobResponse:
    """Return an import and how far it has come."""
    found = world.records(ImportJob).get(job_id)
    if found is None:
        raise _not_found(job_id)
    return found.job


def list_import_jobs(
    world: World,
    *,
    import_destination_type: str | None = None,
    next_token: str | None = None,
    page_size: int | None = None,
) -> models.ListImportJobsResponse:
    """List the imports, the newest first."""
    jobs = [record.job for record in world.records(ImportJob).values()][::-1]
    wanted = [job for job in jobs if import_destination_type in (None, _destination_type(job))]
    listed = listing("ListImportJobs", {"type": import_destination_type})
    found, token = page(world.region, listed, wanted, next_token, page_size, default=100, maximum=1000)
    return models.ListImportJobsResponse(
        import_jobs=[
            models.ImportJobSummary(
                job_id=job.job_id,
                import_destination=job.import_destination,
                job_status=job.job_status,
                created_timestamp=job.created_timestamp,
                processed_records_count=job.processed_records_count,
                failed_records_count=job.failed_records_count,
            )
            for job in found
        ],
        next_token=token,
    )


def _destination_type(job: models.GetImportJobResponse) -> str:
    destination = job.import_destination
    return "CONTACT_LIST" if destination and destination.contact_list_destination else "SUPPRESSION_LIST"


def create_export_job(
    world: World, *, export_data_source: models.ExportDataSource, export_destination: models.ExportDestination
) -> models.CreateExportJobResponse:
    """Begin an export to a file, see `FakeSES.files`. It takes 5 seconds of the service's clock."""
    job_id = world.new_id()
    is_metrics = export_data_source.metrics_data_source is not None
    job = models.GetExportJobResponse(
        job_id=job_id,
        export_source_type="METRICS_DATA" if is_metrics else "MESSAGE_INSIGHTS",
        job_status="CREATED",
        export_destination=export_destination,
        export_data_source=export_data_source,
        created_timestamp=world.now,
    )
    world.records(ExportJob)[job_id] = ExportJob(job=job)
    return models.CreateExportJobResponse(job_id=job_id)


def get_export_job(world: World, *, job_id: str) -> models.GetExportJobResponse:
    """Return an export, how far it has come, and where its file is."""
    found = world.records(ExportJob).get(job_id)
    if found is None:
        raise _not_found(job_id)
    return found.job


def cancel_export_job(world: World, *, job_id: str) -> models.EmptyResponse:
    """Cancel an export that is not done yet."""
    job = get_export_job(world, job_id=job_id)
    if job.completed_timestamp is not None:
        raise errors.BadRequestException(f"Job {job_id} can't be cancelled, its status is {job.job_status}.")
    cancelled = attrs.evolve(job, job_status="CANCELLED", completed_timestamp=world.now)
    world.records(ExportJob)[job_id] = ExportJob(job=cancelled)
    return models.EmptyResponse()


def list_export_jobs(
    world: World,
    *,
    next_token: str | None = None,
    page_size: int | None = None,
    export_source_type: str | None = None,
    job_status: str | None = None,
) -> models.ListExportJobsResponse:
    """List the exports, the newest first."""
    jobs = [record.job for record in world.records(ExportJob).values()][::-1]
    wanted: Sequence[models.GetExportJobResponse] = [
        job
        for job in jobs
        if export_source_type in (None, job.export_source_type) and job_status in (None, job.job_status)
    ]
    listed = listing("ListExportJobs", {"type": export_source_type, "status": job_status})
    found, token = page(world.region, listed, wanted, next_token, page_size, default=100, maximum=100)
    return models.ListExportJobsResponse(
        export_jobs=[
            models.ExportJobSummary(
                job_id=job.job_id,
                export_source_type=job.export_source_type,
                job_status=job.job_status,
                created_timestamp=job.created_timestamp,
                completed_timestamp=job.completed_timestamp,
            )
            for job in found
        ],
        next_token=token,
    )
