"""One form (一次表单): the union of what the applying matters need, minus what is known.

A value from a card or a licence that does not fit its element is not used; the citizen is
asked instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from kiosk.catalogue.checks import problem
from kiosk.catalogue.conditions import Facts
from kiosk.catalogue.guidance import Guidance
from kiosk.catalogue.model import Element, Source

ROUNDS = 5  # computed values may rest on computed values; deeper chains are a catalogue error


class Origin(StrEnum):
    """Where a value comes from."""

    CARD = "card"
    LICENCE = "licence"
    EARLIER = "earlier"  # from the citizen's earlier cases
    COMPUTED = "computed"
    ASKED = "asked"


@dataclass(frozen=True)
class Known:
    """A value and its origin."""

    value: str
    origin: Origin

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Known({self.origin.value})"


@dataclass(frozen=True)
class Evidence:
    """What a form can be filled from: the card, the licences by type, what was typed.

    `earlier` are values by element of the citizen's earlier cases, as the platform gives them;
    `entries` says how many entries a group has where it is not one.
    """

    card: Mapping[str, str]
    licences: Mapping[str, Mapping[str, str]]
    typed: Mapping[str, str]
    answers: Mapping[str, str]
    today: date
    earlier: Mapping[str, str] = field(default_factory=dict)
    entries: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Says nothing personal."""
        return "Evidence(…)"


@dataclass(frozen=True)
class Form:
    """The one form as it stands. `elements` in the order of asking.

    An element of the n-th entry of a group stands there under the slug `slug.n`.
    """

    elements: tuple[Element, ...]
    known: Mapping[str, Known]
    facts: Facts
    separate: int

    @property
    def values(self) -> dict[str, str]:
        """Every needed element that is known."""
        needed = {element.slug for element in self.elements}
        return {slug: known.value for slug, known in self.known.items() if slug in needed}

    @property
    def to_ask(self) -> tuple[Element, ...]:
        """Elements that nothing but the citizen can give: unknown, or typed on this form."""
        return tuple(
            element
            for element in self.elements
            if element.slug not in self.known or self.known[element.slug].origin is Origin.ASKED
        )

    @property
    def prefilled(self) -> int:
        """How many elements needed no asking."""
        return len(self.elements) - len(self.to_ask)

    def __repr__(self) -> str:
        """Says nothing personal."""
        return f"Form({len(self.elements)} elements)"


def fill(guidance: Guidance, evidence: Evidence) -> Form:
    """Work out the form: what applies, what is known from where, what is left to ask.

    `separate` is how many fields the departments' forms have one by one, which is what the
    citizen would fill in without the one form.
    """
    known = dict(_resolve(guidance, evidence))
    facts = Facts(
        answers=evidence.answers,
        values={slug: k.value for slug, k in known.items()},
        licences=tuple(evidence.licences),
    )
    matters = guidance.handed_in(facts)
    slugs = dict.fromkeys(slug for matter in matters for slug in matter.elements)
    needed = [e for slug, e in guidance.elements.items() if slug in slugs]
    single = guidance.only_one(facts)
    entries = {group: n for group, n in evidence.entries.items() if group not in single}
    elements = tuple(_with_entries(needed, entries))
    times = Counter(element.slug.partition(".")[0] for element in elements)
    separate = sum(times[slug] for matter in matters for slug in matter.elements)
    return Form(elements, known, facts, separate)


def of_entry(form: Form, number: str) -> Facts:
    """The facts as the n-th entry of a group sees them; as they are for no number."""
    if not number:
        return form.facts
    grouped = (element.slug.partition(".")[0] for element in form.elements if element.group)
    return _seen_from(form.facts, number, grouped)


def _seen_from(facts: Facts, number: str, grouped: Iterable[str]) -> Facts:
    """With the values of the n-th entry in place of the first one's, empty where it has none."""
    own = {slug: facts.values.get(f"{slug}.{number}", "") for slug in grouped}
    return replace(facts, values={**facts.values, **own})


def suggestions(guidance: Guidance, evidence: Evidence, form: Form, slug: str) -> tuple[str, ...]:
    """Values to pick from for an element that is asked for, each once, in the order of sources."""
    element = guidance.elements[slug]
    offered = (
        _from(guidance, source, evidence, form.facts)
        for source in element.sources
        if source.suggest
    )
    values = (known.value for known in offered if known)
    fitting = (v for v in values if not _misfit(guidance, element, v, evidence))
    return tuple(dict.fromkeys(fitting))


def _with_entries(needed: list[Element], entries: Mapping[str, int]) -> Iterator[Element]:
    """Every entry of a group in turn, where the group's first element stands."""
    done: set[str] = set()
    for element in needed:
        if element.group is None:
            yield element
        elif element.group not in done:
            done.add(element.group)
            members = [member for member in needed if member.group == element.group]
            yield from members
            for number in range(2, entries.get(element.group, 1) + 1):
                for member in members:
                    yield member.model_copy(update={"slug": f"{member.slug}.{number}"})


def _resolve(guidance: Guidance, evidence: Evidence) -> dict[str, Known]:
    """What the card says, then what was typed, then sources in order until nothing more comes."""
    known = {slug: Known(value, Origin.ASKED) for slug, value in evidence.typed.items() if value}
    known |= dict(_said_by_card(guidance, evidence))
    for _ in range(ROUNDS):
        facts = Facts(
            evidence.answers,
            {slug: k.value for slug, k in known.items()},
            tuple(evidence.licences),
        )
        found = dict(_round(guidance, evidence, known, facts))
        if not found:
            break
        known |= found
    return known


def _said_by_card(guidance: Guidance, evidence: Evidence) -> Iterator[tuple[str, Known]]:
    """The card is not argued with, even when the citizen first said to be somebody else."""
    facts = Facts(evidence.answers, evidence.typed, tuple(evidence.licences))
    for slug, element in guidance.elements.items():
        for source in element.sources:
            if source.card is None or source.suggest:
                continue
            found = _from(guidance, source, evidence, facts)
            if found and not _misfit(guidance, element, found.value, evidence):
                yield slug, found


def _round(
    guidance: Guidance, evidence: Evidence, known: Mapping[str, Known], facts: Facts
) -> Iterator[tuple[str, Known]]:
    for slug, element in guidance.elements.items():
        if slug not in known:
            yield from _first(guidance, evidence, element, slug, facts)
        for number in range(2, evidence.entries.get(element.group or "", 1) + 1):
            key = f"{slug}.{number}"
            if key not in known:  # a card and a licence speak of the first entry alone
                computed = tuple(source for source in element.sources if source.value)
                later = element.model_copy(update={"sources": computed})
                group = (s for s, e in guidance.elements.items() if e.group == element.group)
                seen = _seen_from(facts, str(number), group)
                yield from _first(guidance, evidence, later, key, seen)


def _first(
    guidance: Guidance, evidence: Evidence, element: Element, key: str, facts: Facts
) -> Iterator[tuple[str, Known]]:
    """The first source that gives a value that fits."""
    for source in element.sources:
        if source.suggest:
            continue
        found = _from(guidance, source, evidence, facts)
        if found and not _misfit(guidance, element, found.value, evidence):
            yield key, found
            return


def _misfit(guidance: Guidance, element: Element, value: str, evidence: Evidence) -> bool:
    options = guidance.catalogue.options(element)
    return bool(problem(element, value, evidence.today, options))


def _from(guidance: Guidance, source: Source, evidence: Evidence, facts: Facts) -> Known | None:
    """What a source gives, where its condition holds.

    Values are looked up before conditions are tried, which takes far longer; an expression is
    worked out only where its condition holds.
    """
    if source.card is not None:
        value, origin = evidence.card.get(source.card, ""), Origin.CARD
    elif source.licence is not None:
        kind, field = source.licence.split(".")
        value, origin = evidence.licences.get(kind, {}).get(field, ""), Origin.LICENCE
    elif source.earlier is not None:
        value, origin = evidence.earlier.get(source.earlier, ""), Origin.EARLIER
    else:
        return _computed(guidance, source, facts)
    holds = value and guidance.conditions.holds(source.when, facts)
    return Known(value, origin) if holds else None


def _computed(guidance: Guidance, source: Source, facts: Facts) -> Known | None:
    if not guidance.conditions.holds(source.when, facts):
        return None
    value = guidance.conditions.text(source.value or '""', facts)
    return Known(value, Origin.COMPUTED) if value else None
