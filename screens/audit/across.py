"""A rule that looks at many pages at once: the same thing in the same place on all of them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from screens.audit import clauses
from screens.audit.drawn import DrawnPage
from screens.audit.rule import Clause, Finding

EVERYWHERE = frozenset({"back", "help", "problem", "leave", "ease", "language"})
SAME_MM = 12.7  # a finger that knows the place still meets the target

ID = "across.same_place"
REQUIREMENT = "What is on every page is in the same place on all of them"
CLAUSES: tuple[Clause, ...] = (clauses.WCAG_CONSISTENT, clauses.LOOK)


Place = tuple[float, float]


def places(drawn: DrawnPage) -> Iterator[tuple[str, int, Place]]:
    """The middle of Back, help and the like: name, side, mm from the top left of the glass."""
    for side, _, target in drawn.targets():
        if target.name in EVERYWHERE:
            x, y = target.box.centre
            yield target.name, side, (drawn.mm(x), drawn.mm(y))


def moved(pages: Sequence[DrawnPage]) -> Iterator[Finding]:
    """Where one of them is elsewhere than on most pages of the same profile and layout."""
    seen: dict[tuple[str, ...], Counter[Place]] = defaultdict(Counter)
    for drawn in pages:
        for name, _, place in places(drawn):
            seen[_like(drawn, name)][place] += 1
    usual = {like: counts.most_common(1)[0][0] for like, counts in seen.items()}
    for drawn in pages:
        for name, side, place in places(drawn):
            far = math.dist(place, usual[_like(drawn, name)])
            if far > SAME_MM:
                yield Finding(ID, drawn.name, side, drawn.setting, name, far, SAME_MM, "mm")


def _like(drawn: DrawnPage, name: str) -> tuple[str, ...]:
    return drawn.setting, drawn.page.layout.value, name
