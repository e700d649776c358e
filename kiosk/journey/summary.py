"""The lines of the check page: which values stand together, and which of them can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.catalogue.form import Origin
from kiosk.catalogue.model import SummaryRow
from kiosk.journey.display import shown
from kiosk.journey.view import View


@dataclass(frozen=True)
class Line:
    """One line: its key, what stands on the left, and the values (`heir_name.2`) on the right."""

    key: str
    label: str
    values: tuple[str, ...]


def lines(view: View) -> Iterator[Line]:
    """Every value of the form once, in the order of asking.

    Values that the life event puts together stand in one line, where the first of them would. The
    entries of a group are numbered where there are several.
    """
    needed = [element.slug for element in view.form.elements]
    rows = {slug: row for row in view.event.check_rows for slug in row.elements}
    done: set[str] = set()
    for key in needed:
        if key in done:
            continue
        slug, _, number = key.partition(".")
        row = rows.get(slug)
        together = tuple(k for k in _keys(row, slug, number) if k in needed)
        done.update(together)
        label = view.words(row.label if row else view.world.catalogue.elements[slug].name)
        entry = number or ("1" if f"{slug}.2" in needed else "")
        yield Line(key, f"{label} {entry}".rstrip(), together)


def _keys(row: SummaryRow | None, slug: str, number: str) -> tuple[str, ...]:
    slugs = row.elements if row else (slug,)
    return tuple(f"{each}.{number}" if number else each for each in slugs)


def changeable(view: View, line: Line) -> tuple[str, ...]:
    """What is on the card cannot be changed here; all else can."""
    known = view.form.known
    return tuple(
        key for key in line.values if key in known and known[key].origin is not Origin.CARD
    )


def value_text(view: View, line: Line) -> str:
    """The values of a line, as they are shown."""
    return " · ".join(filter(None, (shown(view, key) for key in line.values)))
