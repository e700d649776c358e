"""Rules about where facts come from: sources named, drafts that do not pretend to know."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.lint.rule import HOUSE, Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.lint.walk import spots
from kiosk.catalogue.model import Catalogue, Material, Provenance, Record, Sourced

# What only a department can say. A draft leaves it out: 待主管部门填写.
FACTS = {
    "Matter": ("promise_days", "legal_days", "catalogue_code", "task_code", "trips"),
    "Unit": ("code", "phone"),
    "ServicePoint": ("address", "hours", "phone"),
    "Delegation": ("document",),
    "LicenceType": ("code",),
    "Material": ("code", "source_id"),
}
GUIDE_FACTS = ("limit_days", "reductions", "consult_phone", "supervise_phone")

NO_SOURCE = Rule(
    "source-missing",
    Severity.ERROR,
    "every fact can be held against the document that it comes from",
    "name the document or the guide in `source`, or mark the record as drafted",
    HOUSE,
)
INVENTED = Rule(
    "draft-fact",
    Severity.ERROR,
    "no number, phone, limit, fee or address is made up",
    "leave it out, and the terminal says 待主管部门填写; or name where it comes from",
    HOUSE,
)
RULES = (NO_SOURCE, INVENTED)


def findings(scope: Scope) -> Iterator[Finding]:
    """Facts without a source."""
    for spot, record in sourced(scope.catalogue):
        if record.provenance is Provenance.DRAFTED:
            yield from _draft(scope.catalogue, spot, record)
        elif not record.source.strip():
            yield NO_SOURCE.at(spot, f"{record.provenance.value}, but no source is named")
    for event in scope.catalogue.life_events:
        if event.provenance is Provenance.DRAFTED:
            for name in GUIDE_FACTS:
                if getattr(event.guide, name) is not None:
                    here = Spot("life_events", event.slug) / "guide" / name
                    yield INVENTED.at(here, f"a drafted guide says {name}")


def _draft(catalogue: Catalogue, spot: Spot, record: Sourced) -> Iterator[Finding]:
    known = None
    if isinstance(record, Material) and record.licence is not None:
        known = catalogue.licence_types[record.licence].code  # a code with a source of its own
    for name in FACTS.get(type(record).__name__, ()):
        if getattr(record, name) not in (None, known):
            yield INVENTED.at(spot / name, f"a draft says {name}")
    fee = getattr(record, "fee", None)
    if fee is not None and (fee.amount_yuan or fee.basis):
        yield INVENTED.at(spot / "fee", "a draft says what it costs")


def sourced(catalogue: Catalogue) -> Iterator[tuple[Spot, Sourced]]:
    """Every record that says where it comes from, those within life events too."""
    for spot, record in spots(catalogue):
        yield from _sourced(spot, record)


def _sourced(spot: Spot, record: Record) -> Iterator[tuple[Spot, Sourced]]:
    if isinstance(record, Sourced):
        yield spot, record
    for name in ("matters", "questions", "materials"):
        for number, part in enumerate(getattr(record, name, ())):
            if isinstance(part, Record):
                yield from _sourced(spot / name / number, part)
