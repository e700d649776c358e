"""Rules about data elements: each used, asked once, typed as it is checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from kiosk.catalogue.conditions import named
from kiosk.catalogue.consistency import relevant_elements
from kiosk.catalogue.lint.rule import GB, Finding, Rule, Scope, Severity, Spot, listed
from kiosk.catalogue.model import Catalogue, Check, Element, ElementKind, LifeEvent

DATES = frozenset({Check.PAST_DATE, Check.COMING_DATE, Check.ANY_DATE})
NUMBERS = frozenset({Check.WHOLE_NUMBER, Check.DECIMAL, Check.MONEY})
WRITTEN = frozenset({Check.PLAIN, Check.PERSON_NAME, Check.ADDRESS})

# The checks that a value of a kind can pass: its keyboard and page give nothing else.
CHECKS: Mapping[ElementKind, frozenset[Check]] = {
    ElementKind.CHINESE: WRITTEN,
    ElementKind.TEXT: WRITTEN | {Check.CREDIT_CODE},
    ElementKind.DIGITS: frozenset(
        {
            Check.PLAIN,
            Check.WHOLE_NUMBER,
            Check.MOBILE_PHONE,
            Check.PHONE,
            Check.POST_CODE,
            Check.BANK_ACCOUNT,
        }
    ),
    ElementKind.ID_NUMBER: frozenset({Check.ID_NUMBER}),
    ElementKind.MONEY: frozenset({Check.MONEY, Check.DECIMAL}),  # its keyboard has a point
    ElementKind.DATE: DATES,
    ElementKind.TIME: frozenset({Check.CLOCK_TIME}),
    ElementKind.CHOICE: frozenset({Check.PLAIN}),
    ElementKind.REGION: frozenset({Check.REGION}),
}

# The shortest `longest` with which every right value can be typed.
ROOM = {
    Check.ID_NUMBER: 18,
    Check.CREDIT_CODE: 18,
    Check.MOBILE_PHONE: 11,
    Check.PHONE: 12,
    Check.POST_CODE: 6,
    Check.BANK_ACCOUNT: 19,
    Check.REGION: 12,
    Check.PERSON_NAME: 15,
    Check.ADDRESS: 30,
}

UNUSED = Rule(
    "element-unused",
    Severity.ERROR,
    "the dictionary holds what is asked, and nothing else",
    "name it in a matter's `elements`, or take it away",
)
TWICE = Rule(
    "element-twice",
    Severity.ERROR,
    "nobody is asked the same twice (一次填报)",
    "make one element of the two, or word the questions so that they differ",
    "湘综新发〔2023〕46号",
)
ALIKE = Rule(
    "element-alike",
    Severity.WARNING,
    "a datum has one name in the whole dictionary (一数一源)",
    "use one element in both life events",
    GB,
)
KIND = Rule(
    "element-check",
    Severity.ERROR,
    "what can be typed can be right",
    "choose the check that belongs to the kind, see docs/schema/elements.json",
)
ROOM_FOR = Rule(
    "element-longest",
    Severity.ERROR,
    "every right value can be typed to its end",
    "raise `longest`",
)
BOUNDS = Rule(
    "element-bounds",
    Severity.ERROR,
    "there is a value that fits",
    "exchange or correct the bounds; they bound numbers, `months` and `ahead_months` dates",
)
OPTIONS = Rule(
    "element-options",
    Severity.ERROR,
    "what can be chosen is what is stored",
    "give options or a table to a choice, to nothing else, and each value once",
)
MASKED = Rule(
    "element-sensitivity",
    Severity.WARNING,
    "numbers of documents, accounts and addresses are masked where they are shown",
    "set `sensitivity: sensitive`",
    "GB/T 35273-2020, annex B",
)
GROUP_UNUSED = Rule(
    "group-unused",
    Severity.WARNING,
    "a group repeats something",
    "give it to elements, or take it away",
)
GROUP_APART = Rule(
    "group-apart",
    Severity.WARNING,
    "what belongs to one child, heir or shareholder is asked together",
    "move the elements next to each other in their file",
)
ROW = Rule(
    "check-row",
    Severity.ERROR,
    "the page on which answers are checked shows what was asked, once",
    "name elements that a matter of this life event needs, each in one row",
)
RULE_ELEMENT = Rule(
    "rule-element",
    Severity.ERROR,
    "a message stands where the citizen can put it right",
    "let the rule stand at an element that a matter of this life event needs",
)
RULE_VALUES = Rule(
    "rule-values",
    Severity.ERROR,
    "a rule is decided on what is known",
    "name only elements that this life event needs or works out",
)
RULES = (
    UNUSED,
    TWICE,
    ALIKE,
    KIND,
    ROOM_FOR,
    BOUNDS,
    OPTIONS,
    MASKED,
    GROUP_UNUSED,
    GROUP_APART,
    ROW,
    RULE_ELEMENT,
    RULE_VALUES,
)


def findings(scope: Scope) -> Iterator[Finding]:
    """Elements that are not used, not typed or not asked as they should be."""
    catalogue = scope.catalogue
    asked = {event.slug: _asked(event) for event in catalogue.life_events}
    yield from _unused(catalogue)
    for slug, element in catalogue.elements.items():
        spot = Spot("elements", slug)
        yield from _typing(spot, element)
        yield from _choice(spot, element)
    yield from _twice(catalogue, asked)
    yield from _groups(catalogue)
    for event in catalogue.life_events:
        yield from _rows(event, asked[event.slug])
        yield from _rules(catalogue, event, asked[event.slug])


def _asked(event: LifeEvent) -> frozenset[str]:
    return frozenset(slug for matter in event.matters for slug in matter.elements)


def _unused(catalogue: Catalogue) -> Iterator[Finding]:
    used: set[str] = set()
    for event in catalogue.life_events:
        used.update(relevant_elements(catalogue, event))
    for slug in catalogue.elements:
        if slug not in used:
            yield UNUSED.at(Spot("elements", slug), f"no matter and no condition uses {slug}")


def _typing(spot: Spot, element: Element) -> Iterator[Finding]:
    if element.check not in CHECKS[element.kind]:
        fits = listed(sorted(check.value for check in CHECKS[element.kind]))
        yield KIND.at(
            spot / "check", f"{element.check.value} does not fit {element.kind.value} ({fits})"
        )
    room = ROOM.get(element.check, 0)
    if element.longest < room:
        yield ROOM_FOR.at(
            spot / "longest", f"{element.longest} characters, a right value may have {room}"
        )
    lowest, highest = element.lowest, element.highest
    if lowest is not None and highest is not None and lowest > highest:
        yield BOUNDS.at(spot / "lowest", f"lowest {lowest} lies above highest {highest}")
    for name in ("lowest", "highest"):
        if getattr(element, name) is not None and element.check not in NUMBERS:
            yield BOUNDS.at(spot / name, f"bounds nothing: {element.check.value} is no number")
    for name in ("months", "ahead_months"):
        if getattr(element, name) is not None and element.kind is not ElementKind.DATE:
            yield BOUNDS.at(spot / name, f"bounds nothing: {element.kind.value} is no date")
    guarded = (Check.ID_NUMBER, Check.BANK_ACCOUNT, Check.ADDRESS)
    public = element.sensitivity.value == "public"
    if element.check in guarded and element.sensitivity.value != "sensitive" and not public:
        yield MASKED.at(spot, f"{element.check.value} is sensitive, or public when a company's")


def _choice(spot: Spot, element: Element) -> Iterator[Finding]:
    if element.kind is not ElementKind.CHOICE and (element.options or element.table):
        yield OPTIONS.at(spot, f"{element.kind.value} has options, which nobody is offered")
    if element.options and element.table:
        yield OPTIONS.at(spot / "options", "has options and a table; the options are not offered")
    values = [option.value for option in element.options]
    for number, value in enumerate(values):
        if value in values[:number]:
            yield OPTIONS.at(spot / "options" / number, f"{value} is given twice")


def _twice(catalogue: Catalogue, asked: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    told: set[tuple[str, str]] = set()
    pairs = list(_same(catalogue))
    for event in catalogue.life_events:
        for one, other, what in pairs:
            if {one, other} <= asked[event.slug] and (one, other) not in told:
                told.add((one, other))
                spot = Spot("elements", other) / ("question" if what == "question" else "name")
                yield TWICE.at(spot, f"{event.slug} asks {one} and {other} with one {what}")
    for one, other, what in pairs:
        if what == "name" and (one, other) not in told and _exchangeable(catalogue, one, other):
            yield ALIKE.at(Spot("elements", other), f"{one} has the same name, kind and question")


def _same(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """Pairs of elements with the same question, or the same name and kind."""
    by: dict[tuple[object, ...], list[str]] = {}
    for slug, element in catalogue.elements.items():
        by.setdefault(("question", element.question.zh), []).append(slug)
        by.setdefault(("name", element.name.zh, element.kind), []).append(slug)
    for key, slugs in by.items():
        for one, other in combinations(slugs, 2):
            yield one, other, str(key[0])


def _exchangeable(catalogue: Catalogue, one: str, other: str) -> bool:
    first, second = catalogue.elements[one], catalogue.elements[other]
    same = ("question", "check", "group", "options", "table", "unit")
    return all(getattr(first, name) == getattr(second, name) for name in same)


def _groups(catalogue: Catalogue) -> Iterator[Finding]:
    order = list(catalogue.elements.values())
    for slug in catalogue.groups:
        places = [number for number, element in enumerate(order) if element.group == slug]
        if not places:
            yield GROUP_UNUSED.at(Spot("groups", slug), "no element is of this group")
        for before, after in pairwise(places):
            if after != before + 1:
                between = order[before + 1].slug
                yield GROUP_APART.at(
                    Spot("elements", order[after].slug) / "group",
                    f"{between} stands between this and the rest of {slug}",
                )


def _rows(event: LifeEvent, asked: frozenset[str]) -> Iterator[Finding]:
    spot = Spot("life_events", event.slug)
    seen: set[str] = set()
    for number, row in enumerate(event.check_rows):
        for place, slug in enumerate(row.elements):
            here = spot / "check_rows" / number / "elements" / place
            if slug not in asked:
                yield ROW.at(here, f"no matter needs {slug}")
            if slug in seen:
                yield ROW.at(here, f"{slug} stands in two rows")
            seen.add(slug)


def _rules(catalogue: Catalogue, event: LifeEvent, asked: frozenset[str]) -> Iterator[Finding]:
    known = _worked_out(catalogue, event) | asked
    for number, rule in enumerate(event.rules):
        spot = Spot("life_events", event.slug) / "rules" / number
        if rule.element not in asked:
            yield RULE_ELEMENT.at(spot / "element", f"no matter needs {rule.element}")
        unknown = sorted(named(rule.holds)[1] - known)
        if unknown:
            yield RULE_VALUES.at(
                spot / "holds", f"nothing here says {listed(unknown)}, so it is always empty"
            )


def _worked_out(catalogue: Catalogue, event: LifeEvent) -> frozenset[str]:
    """Elements that something but the citizen gives."""
    elements = relevant_elements(catalogue, event)
    return frozenset(slug for slug, element in elements.items() if element.sources)
