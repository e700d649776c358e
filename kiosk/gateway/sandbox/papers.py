"""Papers that were not there when a case was handed in: which may be missing, until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlite_utils import Database as Connection

from kiosk.cases.working_days import due_date
from kiosk.catalogue.model.matter import ProcedureCode
from kiosk.gateway import wire
from kiosk.gateway.sandbox.matters import MaterialFacts, MatterFacts
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused

OUTSTANDING = frozenset({"later", "deferred"})


def check(
    application: wire.Application,
    matters: Mapping[str, MatterFacts],
    known: Mapping[str, MaterialFacts],
) -> None:
    """Raises Refused for a deferral or a commitment that the catalogue does not allow.

    A commitment is a letter (告知承诺书) that its giver signs, so one without is refused.
    """
    for material in application.materials:
        facts = known.get(material.material_code)
        if material.get_type == "deferred" and not _deferrable(facts, matters):
            raise Refused(RefusalCode.NOT_DEFERRABLE, ("materials",))
        if material.get_type == "commitment" and (facts is None or not facts.promisable):
            raise Refused(RefusalCode.NOT_PROMISABLE, ("materials",))
        if material.get_type == "commitment" and application.signature_type is None:
            raise Refused(RefusalCode.PROMISE_UNSIGNED, ("signature_type",))


def keep(
    connection: Connection,
    project_no: str,
    application: wire.Application,
    known: Mapping[str, MaterialFacts],
    accepted_on: date,
) -> None:
    """Note what is still to come; call it in the transaction that stores the case.

    A matter does not begin without a paper that comes `later`, so that its clock stands until
    the paper is there; a `deferred` one holds nothing up.
    """
    outstanding = {m.material_code: m for m in application.materials if m.get_type in OUTSTANDING}
    for position, (code, material) in enumerate(outstanding.items()):
        facts = known.get(code)
        paper = _row(application, material, facts, accepted_on)
        connection.table("papers").insert({"project_no": project_no, "position": position, **paper})
        if material.get_type == "later" and facts is not None:
            connection.table("stops").insert_all(
                {
                    "project_no": project_no,
                    "task_code": task_code,
                    "procedure_code": ProcedureCode.OTHER.value,
                    "name": facts.name,
                    "first": accepted_on.isoformat(),
                    "last": None,
                    "material_code": code,
                }
                for task_code in application.task_codes
                if task_code in facts.matters
            )


def arrive(connection: Connection, project_no: str, material_code: str, today: date) -> None:
    """The counter has the paper. Again changes nothing. Raises Refused when it is not awaited."""
    paper = next(
        connection.table("papers").rows_where(
            "project_no = ? AND material_code = ?", [project_no, material_code]
        ),
        None,
    )
    if paper is None:
        raise Refused(RefusalCode.UNKNOWN_PAPER)
    if paper["arrived_on"] is not None:
        return
    arrived_on = {"arrived_on": today.isoformat()}
    connection.table("papers").update((project_no, material_code), arrived_on)
    connection.execute(
        "UPDATE stops SET last = max(first, ?)"
        " WHERE project_no = ? AND material_code = ? AND last IS NULL",
        [today.isoformat(), project_no, material_code],
    )


def _deferrable(facts: MaterialFacts | None, matters: Mapping[str, MatterFacts]) -> bool:
    """An 即办件 is finished on the spot, so that nothing can follow it."""
    if facts is None or facts.deferral_days is None:
        return False
    return not any(matters[slug].instant for slug in facts.matters & set(matters))


def _row(
    application: wire.Application,
    material: wire.ApplicationMaterial,
    facts: MaterialFacts | None,
    accepted_on: date,
) -> dict[str, Any]:
    asked_by = application.task_codes
    if facts is not None:
        asked_by = tuple(code for code in asked_by if code in facts.matters)
    due = None
    if material.get_type == "deferred" and facts is not None and facts.deferral_days is not None:
        due = due_date(accepted_on, facts.deferral_days).date.isoformat()
    return {
        "material_code": material.material_code,
        "material_name": facts.name if facts else material.material_code,
        "get_type": material.get_type,
        "task_codes": " ".join(asked_by),
        "due": due,
        "arrived_on": None,
    }
