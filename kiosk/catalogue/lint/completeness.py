"""填报率: of what departments publish about each kind of record, how much is filled in.

What is open is no mistake: the terminal says 待主管部门填写. The list is what to ask them for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.catalogue.lint.rule import Spot
from kiosk.catalogue.model import Catalogue, Handling, Record

# Kind of record → what is published about it (003(一)4: basics of a guide, papers, process).
PUBLISHED: Mapping[str, Sequence[str]] = {
    "life_event": ("code", "service_points"),
    "guide": (
        "basis",
        "conditions",
        "process",
        "limit_days",
        "reductions",
        "consult_phone",
        "supervise_phone",
        "faq",
    ),
    "matter": (
        "type",
        "applicant",
        "catalogue_code",
        "task_code",
        "promise_days",
        "legal_days",
        "trips",
        "results",
        "fee",
    ),
    "material": ("source_id", "code", "copies", "issued_by"),
    "licence_type": ("code",),
    "unit": ("code", "phone"),
    "service_point": ("region", "address", "hours", "phone"),
    "delegation": ("document",),
}


@dataclass(frozen=True)
class Filled:
    """One published field of one kind of record: filled in so many `of` all records."""

    kind: str
    field: str
    filled: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 1 where there is no record."""
        return self.filled / self.of if self.of else 1.0


@dataclass(frozen=True)
class Open:
    """A field of a record that waits for its department (待主管部门填写)."""

    kind: str
    spot: Spot
    field: str


@dataclass(frozen=True)
class Completeness:
    """How much is filled in, and what is open."""

    fields: tuple[Filled, ...]
    open: tuple[Open, ...]

    def of(self, kind: str) -> Filled:
        """All fields of a kind together."""
        fields = [field for field in self.fields if field.kind == kind]
        return Filled(kind, "", sum(f.filled for f in fields), sum(f.of for f in fields))

    @property
    def kinds(self) -> tuple[Filled, ...]:
        """All fields of each kind together."""
        return tuple(self.of(kind) for kind in PUBLISHED)


def completeness(catalogue: Catalogue) -> Completeness:
    """Count what is filled in. An 即办件 has no days to publish, what is told only no trips."""
    filled = {(kind, name): [0, 0] for kind, names in PUBLISHED.items() for name in names}
    missing = []
    for kind, spot, record in _records(catalogue):
        for name in PUBLISHED[kind]:
            if not _expected(record, name):
                continue
            value = getattr(record, name)
            known = value is not None and value != ()
            filled[kind, name][0] += known
            filled[kind, name][1] += 1
            if not known:
                missing.append(Open(kind, spot, name))
    fields = (Filled(kind, name, *counts) for (kind, name), counts in filled.items())
    return Completeness(tuple(fields), tuple(missing))


def _expected(record: Record, name: str) -> bool:
    if name == "promise_days" and getattr(record, "instant", False):
        return False
    return not (name == "trips" and getattr(record, "handling", None) is Handling.INFORM)


def _records(catalogue: Catalogue) -> Iterator[tuple[str, Spot, Record]]:
    for event in catalogue.life_events:
        spot = Spot("life_events", event.slug)
        yield "life_event", spot, event
        yield "guide", spot / "guide", event.guide
        for number, matter in enumerate(event.matters):
            yield "matter", spot / "matters" / number, matter
        for number, material in enumerate(event.materials):
            yield "material", spot / "materials" / number, material
    for kind in ("licence_type", "unit", "service_point", "delegation"):
        for slug, record in getattr(catalogue, f"{kind}s").items():
            yield kind, Spot(f"{kind}s", slug), record
