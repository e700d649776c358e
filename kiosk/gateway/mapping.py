"""Port to wire and back, the one place where the two vocabularies meet.

Requests are built unchecked: what the platform may not accept it refuses itself, with a reason
for the citizen. Answers come here only after their model has checked them.
"""

from __future__ import annotations

from kiosk.gateway import wire
from kiosk.gateway.port import (
    Acknowledgement,
    CaseStatus,
    DayPart,
    Holder,
    Licence,
    LicenceRequest,
    MatterProgress,
    Problem,
    Rating,
    Submission,
    Visit,
)


def licence_query(request: LicenceRequest) -> wire.LicenceQuery:
    """The licence types asked for, with the consent given."""
    return wire.LicenceQuery.model_construct(
        certificate_holder_type=request.holder.document_type,
        certificate_holder_code=request.holder.number,
        certificate_holder=request.holder.name,
        certificate_types=request.types,
        use_purpose=request.purpose,
        consent_time=request.consent_at,
    )


def licences(answer: wire.Certificates) -> tuple[Licence, ...]:
    """The licences found."""
    return tuple(
        Licence(
            type=certificate.certificate_type,
            identifier=certificate.certificate_identifier,
            fields=certificate.certificate_data,
        )
        for certificate in answer.certificates
    )


def archive_query(request: LicenceRequest) -> wire.ArchiveQuery:
    """The data elements asked for, with the consent given."""
    return wire.ArchiveQuery.model_construct(
        certificate_holder_type=request.holder.document_type,
        certificate_holder_code=request.holder.number,
        certificate_holder=request.holder.name,
        element_codes=request.elements,
        use_purpose=request.purpose,
        consent_time=request.consent_at,
    )


def application(submission: Submission) -> wire.Application:
    """A submission without its id, which stands in the address."""
    visit = submission.visit
    return wire.Application.model_construct(
        terminal_code=submission.terminal,
        theme_code=submission.life_event,
        task_version=submission.catalogue,
        task_codes=submission.matters,
        applyer_name=submission.applicant.name,
        applyer_page_type=submission.applicant.document_type,
        applyer_page_code=submission.applicant.number,
        apply_date=submission.applied_at,
        situations=dict(submission.answers),
        form_data=dict(submission.values),
        materials=tuple(
            wire.ApplicationMaterial.model_construct(
                material_code=entry.material,
                get_type=entry.way,  # type: ignore[arg-type]  # the platform checks it
                certificate_identifier=entry.licence or None,
                promise_date=entry.due,
            )
            for entry in submission.materials
        ),
        delivery=submission.delivery,
        provisional_no=submission.provisional_no,
        appointment_date=visit.day if visit else None,
        appointment_period=visit.part.value if visit else None,
        signature_type=submission.signature.by.value if submission.signature else None,
        signature_strokes=submission.signature.strokes if submission.signature else (),
    )


def acknowledgement(answer: wire.Accepted) -> Acknowledgement:
    """The platform's word that it has the submission; times are in Beijing time."""
    return Acknowledgement(
        case_no=answer.project_no,
        accepted_at=answer.accept_date,
        matters=_matters(answer.tasks),
    )


def case_query(case_no: str, holder: Holder) -> wire.CaseQuery:
    """One case of that holder."""
    return wire.CaseQuery.model_construct(
        project_no=case_no,
        applyer_name=holder.name,
        applyer_page_type=holder.document_type,
        applyer_page_code=holder.number,
    )


def holder_query(holder: Holder) -> wire.HolderQuery:
    """All cases of that holder."""
    return wire.HolderQuery.model_construct(
        applyer_name=holder.name,
        applyer_page_type=holder.document_type,
        applyer_page_code=holder.number,
    )


def case_status(answer: wire.CaseProgress) -> CaseStatus:
    """Where the case stands."""
    return CaseStatus(
        case_no=answer.project_no,
        life_event=answer.theme_code,
        state=answer.project_state,
        matters=_matters(answer.tasks),
        accepted_at=answer.accept_date,
        visit=_visit(answer),
        missing=answer.missing_materials,
        missing_until=answer.supplement_date,
    )


def evaluation(rating: Rating) -> wire.Evaluation:
    """A rating without its id; five is best on both sides, so nothing is turned round."""
    return wire.Evaluation.model_construct(
        apply_guid=rating.submission,
        satisfaction=rating.satisfaction,
        eval_detail=rating.reasons,
        assess_time=rating.rated_at,
    )


def problem_report(problem: Problem) -> wire.ProblemReport:
    """A problem without its id."""
    return wire.ProblemReport.model_construct(
        terminal_code=problem.terminal,
        theme_code=problem.life_event,
        page=problem.page,
        problem_type=problem.kind,
        report_time=problem.reported_at,
        facts=dict(problem.facts),
    )


def _matters(tasks: tuple[wire.TaskProgress, ...]) -> tuple[MatterProgress, ...]:
    return tuple(
        MatterProgress(
            matter=task.task_code,
            name=task.task_name,
            department=task.org_name,
            due=task.promise_date,
            state=task.task_state,
            appointment=task.appointment_no,
        )
        for task in tasks
    )


def _visit(answer: wire.CaseProgress) -> Visit | None:
    if answer.appointment_date is None or answer.appointment_period is None:
        return None
    return Visit(answer.appointment_date, DayPart(answer.appointment_period))
