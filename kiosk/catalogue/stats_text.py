"""The figures of a catalogue as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.catalogue.stats import EventFigures, Figures, Split

HEADS = ("no", "life event", "matters", "separate", "form", "asked", "papers", "bring", "四减")
LAYOUT = "{:>2}  {:<18} {:>9} {:>10} {:>8} {:>8} {:>8} {:>7}  {}"
REDUCED = ("days", "trips", "materials", "steps")


def lines(found: Figures) -> Iterator[str]:
    """Totals, then a line for each life event, then what the columns mean."""
    yield f"release {found.release}"
    yield f"{found.life_events} life events, {found.questions} questions"
    yield (
        f"{found.annex_matters} matters of the annex with {found.annex_names} distinct names, "
        f"{found.matters} matters in all"
    )
    yield f"{found.units} units, {found.elements} elements, {found.groups} groups"
    yield f"matters by handling: {_counts(found.handling)}"
    yield f"materials: {sum(found.materials.values())}; {_counts(found.materials)}"
    yield "provenance:"
    yield from (f"  {kind}: {_counts(counts)}" for kind, counts in found.provenance.items())
    yield ""
    yield LAYOUT.format(*HEADS).rstrip()
    yield from (_line(event) for event in found.events)
    yield ""
    yield "counts are sourced+drafted; fields on the widest way through the questions, card only:"
    yield "separate: fields of the departments' own forms; form: elements of the one form;"
    yield "asked: of these, what the citizen fills in; bring: papers with all licences/without any;"
    yield "四减: days, trips, materials, steps, before→after, as the portal has them"


def _line(event: EventFigures) -> str:
    return LAYOUT.format(
        event.number,
        event.slug,
        _split(event.matters),
        _split(event.separate),
        _split(event.form),
        _split(event.asked),
        _split(event.papers),
        f"{event.papers_with}/{event.papers_without}",
        " ".join(f"{b}→{a}" for b, a in (event.reductions[r] for r in REDUCED))
        if event.reductions
        else "-",
    )


def _split(count: Split) -> str:
    return f"{count.sourced}+{count.drafted}"


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
