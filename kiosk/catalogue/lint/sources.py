"""Rules about where values come from: each source fits its element and can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.catalogue.conditions import named
from kiosk.catalogue.consistency import relevant_elements
from kiosk.catalogue.form import ROUNDS
from kiosk.catalogue.lint.rule import Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.model import Catalogue, Check, Element, ElementKind, Source

WRITTEN = frozenset({ElementKind.CHINESE, ElementKind.TEXT})

# What a field of the card can fill (GA/T 467-2013: texts, codes and days of an ID card).
CARD: Mapping[str, frozenset[ElementKind]] = {
    "name": WRITTEN,
    "address": WRITTEN,
    "sex": frozenset({ElementKind.CHOICE}),
    "nation": frozenset({ElementKind.CHOICE}),
    "birth": frozenset({ElementKind.DATE}),
    "number": frozenset({ElementKind.ID_NUMBER}),
}

# Endings of licence fields whose values are of one kind only.
FIELDS: Mapping[str, frozenset[ElementKind]] = {
    "_date": frozenset({ElementKind.DATE}),
    "_address": WRITTEN,
    "_name": WRITTEN,
}

KIND = Rule(
    "source-kind",
    Severity.ERROR,
    "what is known already fills the form",
    "take the source away, or let it fill an element of its own kind; a value that does not "
    "fit is never believed, and the citizen is asked",
)
NOT_LOOKED_UP = Rule(
    "source-licence",
    Severity.ERROR,
    "a licence that could fill an element is looked up",
    "add the licence to the `licences` of a life event that needs the element, or take it away",
)
CIRCLE = Rule(
    "source-circle",
    Severity.ERROR,
    "a value is worked out from others, not from itself",
    "let one element of the circle be asked",
)
DEEP = Rule(
    "source-deep",
    Severity.ERROR,
    "every worked-out value is there when the form is shown",
    f"shorten the chain: at most {ROUNDS} values rest on one another",
)
SHADOWED = Rule(
    "source-twice",
    Severity.WARNING,
    "every source that is listed can be the one that is used",
    "take one away",
)
RULES = (KIND, NOT_LOOKED_UP, CIRCLE, DEEP, SHADOWED)


def findings(scope: Scope) -> Iterator[Finding]:
    """Sources that can fill nothing."""
    catalogue = scope.catalogue
    looked_up = _looked_up(catalogue)
    for slug, element in catalogue.elements.items():
        for number, source in enumerate(element.sources):
            spot = Spot("elements", slug) / "sources" / number
            if source in element.sources[:number]:
                yield SHADOWED.at(spot, "stands here twice")
            yield from _kinds(catalogue, spot, element, source)
            kind = (source.licence or "").partition(".")[0]
            if kind and slug in looked_up and kind not in looked_up[slug]:
                yield NOT_LOOKED_UP.at(
                    spot / "licence", f"no life event that needs {slug} looks {kind} up"
                )
    yield from _chains(catalogue)


def _looked_up(catalogue: Catalogue) -> dict[str, set[str]]:
    """For each element in use, the licences that some life event with it looks up."""
    found: dict[str, set[str]] = {}
    for event in catalogue.life_events:
        for slug in relevant_elements(catalogue, event):
            found.setdefault(slug, set()).update(event.licences)
    return found


def _kinds(catalogue: Catalogue, spot: Spot, element: Element, source: Source) -> Iterator[Finding]:
    said = f"cannot fill {element.kind.value}"
    if source.card is not None and element.kind not in CARD[source.card]:
        yield KIND.at(spot / "card", f"the card's {source.card} {said}")
    if source.licence is not None:
        field = source.licence.partition(".")[2]
        for ending, kinds in FIELDS.items():
            if field.endswith(ending) and element.kind not in kinds:
                yield KIND.at(spot / "licence", f"{field} {said}")
    if source.earlier is not None:
        earlier = catalogue.elements[source.earlier]
        same = earlier.kind is element.kind or {earlier.kind, element.kind} <= WRITTEN
        if not same or (earlier.check is not element.check and Check.PLAIN is not element.check):
            yield KIND.at(spot / "earlier", f"{earlier.slug}, {earlier.check.value}, {said}")


def _chains(catalogue: Catalogue) -> Iterator[Finding]:
    rests_on = {
        slug: frozenset[str]().union(
            *(named(source.value)[1] for source in element.sources if source.value)
        )
        for slug, element in catalogue.elements.items()
    }
    depths: dict[str, int] = {}

    def depth(slug: str, above: tuple[str, ...]) -> int:
        if slug in above:
            return 0  # the circle is told at each of its members
        if slug not in depths:
            below = [depth(x, (*above, slug)) for x in rests_on.get(slug, ())]
            depths[slug] = 1 + max(below) if below else 0
        return depths[slug]

    for slug in catalogue.elements:
        spot = Spot("elements", slug) / "sources"
        if _reaches(rests_on, slug):
            yield CIRCLE.at(spot, f"{slug} is worked out from itself")
        elif depth(slug, ()) > ROUNDS:
            yield DEEP.at(spot, f"rests on {depths[slug]} values, one on the other")


def _reaches(rests_on: Mapping[str, frozenset[str]], start: str) -> bool:
    """Whether a value is worked out from itself, by whatever steps."""
    seen: set[str] = set()
    waiting = set(rests_on[start])
    while waiting:
        if start in waiting:
            return True
        seen |= waiting
        waiting = {x for slug in waiting for x in rests_on.get(slug, ())} - seen
    return False
