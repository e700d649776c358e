"""The tables of the sandbox platform."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database as Connection
from sqlite_utils import Migrations

from kiosk.storage.database import Database

migrations = Migrations("sandbox_platform")


def open_store(folder: Path) -> Database:
    """Open or create the database in `folder`. Raises a DatabaseFault."""
    return Database(folder / "platform.sqlite3", [migrations])


@migrations()
def first_tables(connection: Connection) -> None:
    """Cases with their tasks, numbers given, uses of licences, ratings and problems."""
    connection.table("cases").create(
        {
            "row_guid": str,
            "project_no": str,
            "body_digest": str,
            "holder_digest": str,
            "terminal_code": str,
            "theme_code": str,
            "theme_name": str,
            "task_version": str,
            "accept_date": str,
            "accepted": str,  # the acknowledgement as it was first given
            "repeats": int,
        },
        pk="row_guid",
        not_null={"project_no", "body_digest", "holder_digest", "accepted", "repeats"},
        strict=True,
    )
    connection.table("cases").create_index(["project_no"], unique=True)
    connection.table("tasks").create(
        {
            "project_no": str,
            "task_code": str,
            "position": int,
            "task_name": str,
            "org_name": str,
            "promise_date": str,
            "task_state": str,
        },
        pk=("project_no", "task_code"),
        strict=True,
    )
    connection.table("serials").create({"scope": str, "last": int}, pk="scope", strict=True)
    connection.table("licence_uses").create(
        {
            "id": int,
            "used_at": str,
            "consent_time": str,
            "terminal_code": str,
            "certificate_type": str,
            "certificate_identifier": str,
            "use_purpose": str,
        },
        pk="id",
        strict=True,
    )
    connection.table("evaluations").create(
        {
            "row_guid": str,
            "body_digest": str,
            "apply_guid": str,
            "satisfaction_code": int,  # GB/T 39046 A.8: 1 is best
            "eval_detail": str,
            "assess_time": str,
        },
        pk="row_guid",
        strict=True,
    )
    connection.table("problems").create(
        {
            "row_guid": str,
            "body_digest": str,
            "problem_no": str,
            "problem_type": str,
            "terminal_code": str,
            "theme_code": str,
            "page": str,
            "facts": str,
            "report_time": str,
        },
        pk="row_guid",
        strict=True,
    )


@migrations()
def clocks_papers_and_visits(connection: Connection) -> None:
    """What stops a clock, papers still to come, visits, earlier values told, a holder's cases.

    Cases of before have no holder index, since the number it is made of was never kept: their
    holders find them by case number alone.
    """
    cases, tasks = connection.table("cases"), connection.table("tasks")
    for column in ("holder_index", "appointment_date", "appointment_period"):
        cases.add_column(column, str)
    cases.create_index(["holder_index"])
    tasks.add_column("promise_days", int)
    for column in ("ended_on", "procedure", "procedure_code"):
        tasks.add_column(column, str)
    tasks.add_column("appointment_no", str, not_null_default="")
    connection.table("stops").create(
        {
            "id": int,
            "project_no": str,
            "task_code": str,
            "procedure_code": str,  # GB/T 39046 A.7
            "name": str,
            "first": str,
            "last": str,
            "material_code": str,  # the paper that the matter waits for
        },
        pk="id",
        strict=True,
    )
    connection.table("stops").create_index(["project_no"])
    connection.table("papers").create(
        {
            "project_no": str,
            "material_code": str,
            "position": int,
            "material_name": str,
            "get_type": str,
            "task_codes": str,  # of the matters that ask for it, with blanks between them
            "due": str,
            "arrived_on": str,
        },
        pk=("project_no", "material_code"),
        strict=True,
    )
    connection.table("appointments").create(
        {"id": int, "number": str, "project_no": str, "unit": str, "day": str, "period": str},
        pk="id",
        strict=True,
    )
    connection.table("appointments").create_index(["unit", "day", "period"])
    connection.table("archive_uses").create(
        {
            "id": int,
            "used_at": str,
            "consent_time": str,
            "terminal_code": str,
            "element_code": str,
            "use_purpose": str,
        },
        pk="id",
        strict=True,
    )
