"""Rules about what can ever happen: conditions that can hold, questions and papers that can apply.

Proven by trying every way through the questions (`ways.py`) and samples of the values
(`samples.py`). Where every value was tried a finding is an error, elsewhere a warning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kiosk.catalogue.lint.rule import Finding, Rule, Severity, Spot
from kiosk.catalogue.lint.truth import ALWAYS, NEVER, Truth
from kiosk.catalogue.lint.ways import MOST_WAYS, Way, Ways
from kiosk.catalogue.model import Catalogue, Element, ElementKind, LifeEvent, Material

FAILS = Rule(
    "condition-fails",
    Severity.ERROR,
    "no answer and no value ends a citizen's session with an apology",
    'guard it: `values.x == "" || int(values.x) > 3`',
    "docs/decisions/0003-conditions.md",
)
NEVER_HOLDS = Rule(
    "condition-never",
    Severity.ERROR,
    "what is written can happen",
    "correct the condition, or take away what hangs on it",
)
NOT_SEEN = Rule(
    "condition-not-seen",
    Severity.WARNING,
    "what is written can happen",
    "compare the condition with the values that its elements can have",
)
ALWAYS_HOLDS = Rule(
    "condition-always",
    Severity.WARNING,
    "a condition decides something",
    "take the condition away",
)
RULE_NEVER_BROKEN = Rule(
    "rule-idle",
    Severity.WARNING,
    "a rule between elements can be broken, and so its message can be read",
    "correct the rule, or take it away",
)
QUESTION = Rule(
    "question-unreachable",
    Severity.ERROR,
    "every question can be asked",
    "correct its `when` or the answers before it, or take the question away",
)
OPTION = Rule(
    "option-unreachable",
    Severity.ERROR,
    "every answer can be given",
    "correct its `when`, or take the answer away",
)
NO_WAY = Rule(
    "question-dead-end",
    Severity.ERROR,
    "the questions lead to a notice",
    "let at least one answer go on",
)
MATERIAL = Rule(
    "material-unreachable",
    Severity.ERROR,
    "every paper that is listed can be asked for",
    "correct its `when` or `matters`, or take it away",
)
SOURCE = Rule(
    "source-unreachable",
    Severity.ERROR,
    "every source can fill its element for somebody",
    "correct its `when`: no life event that needs the element can fulfil it",
)
SOURCE_VALUE = Rule(
    "source-value",
    Severity.ERROR,
    "what is worked out fits its element",
    "give one of the element's options",
)
TOO_MANY = Rule(
    "questions-too-many",
    Severity.ERROR,
    "the fewest questions that settle it, and all ways through them proven",
    f"ask fewer, or depend on one another: more than {MOST_WAYS} ways",
)
TIME = Rule(
    "proof-time",
    Severity.ERROR,
    "every condition is decided at once, on the machines too",
    "simplify the conditions of the life event; or the machine that runs the lint is too slow",
    "docs/decisions/0003-conditions.md",
)
RULES = (
    FAILS,
    NEVER_HOLDS,
    NOT_SEEN,
    ALWAYS_HOLDS,
    RULE_NEVER_BROKEN,
    QUESTION,
    OPTION,
    NO_WAY,
    MATERIAL,
    SOURCE,
    SOURCE_VALUE,
    TOO_MANY,
    TIME,
)


def findings(event: LifeEvent, truth: Truth, found: Ways) -> Iterator[Finding]:
    """What can never, or must always, happen in one life event."""
    spot = Spot("life_events", event.slug)
    if not found.whole:
        yield TOO_MANY.at(spot / "questions", f"more than {MOST_WAYS} ways through the questions")
    elif not found.ends:
        yield NO_WAY.at(spot / "questions", "every way through the questions stops")
    else:
        yield from _asked(spot, event, found)
        yield from _applying(spot, event, truth, found)
    for place, rule in enumerate(event.rules):
        states = _states(truth, rule.holds, found)
        here = spot / "rules" / place / "holds"
        if states == {NEVER}:
            yield _never(truth, here, rule.holds)
        elif states == {ALWAYS}:
            yield RULE_NEVER_BROKEN.at(here, "no answer and no sample of a value breaks it")
    for place, single in enumerate(event.only_one):
        if _states(truth, single.when, found) == {NEVER}:
            yield _never(truth, spot / "only_one" / place / "when", single.when)


def failures(where: Iterable[tuple[Spot, str]], truth: Truth) -> Iterator[Finding]:
    """Conditions that failed for some answers or values; to be called after all were tried."""
    for spot, condition in where:
        if condition in truth.failures:
            yield FAILS.at(spot, truth.failures[condition])


def _asked(spot: Spot, event: LifeEvent, found: Ways) -> Iterator[Finding]:
    for place, question in enumerate(event.questions):
        here = spot / "questions" / place
        if question.slug not in found.asked:
            yield QUESTION.at(here, f"{question.slug} is never asked")
            continue
        if question.when is not None and found.states.get(question.when) == {ALWAYS}:
            yield ALWAYS_HOLDS.at(here / "when", f"{question.slug} is always asked")
        for number, option in enumerate(question.options):
            at = here / "options" / number
            if (question.slug, option.value) not in found.offered:
                yield OPTION.at(at, f"{option.value} is never offered")
            elif option.when is not None and found.states.get(option.when) == {ALWAYS}:
                yield ALWAYS_HOLDS.at(at / "when", f"{option.value} is always offered")


def _applying(spot: Spot, event: LifeEvent, truth: Truth, found: Ways) -> Iterator[Finding]:
    for place, matter in enumerate(event.matters):
        if matter.when is not None:
            states = _states(truth, matter.when, found)
            yield from _told(truth, spot / "matters" / place / "when", matter.when, states)
    for place, material in enumerate(event.materials):
        here = spot / "materials" / place
        wanted = list(_wanted(event, truth, material, found))
        if not wanted:
            continue  # none of its matters ever applies, which is told there
        states = {truth.state(material.when, way) for way in wanted}
        if states == {NEVER} and material.when is not None:
            if truth.exact(material.when):
                yield MATERIAL.at(here, f"{material.slug} is never asked for")
            else:
                yield NOT_SEEN.at(here / "when", "does not hold for any sample of the values")
        elif material.when is not None:
            yield from _told(truth, here / "when", material.when, states)
        if material.exempt_when is not None:
            states = {truth.state(material.exempt_when, way) for way in wanted}
            yield from _told(truth, here / "exempt_when", material.exempt_when, states)


def asking(event: LifeEvent, material: Material) -> list[str | None]:
    """When the matters apply that ask for a paper; None alone where one of them always does."""
    conditions = [m.when for m in event.matters if m.slug in material.matters]
    return [None] if None in conditions else list(dict.fromkeys(conditions))


def _wanted(event: LifeEvent, truth: Truth, material: Material, found: Ways) -> Iterator[Way]:
    """Answers for which one of the material's matters can apply."""
    conditions = asking(event, material)
    names = truth.questions(*conditions, material.when, material.exempt_when)
    for way in found.contexts(sorted(names)):
        if any(truth.state(condition, way) != NEVER for condition in conditions):
            yield way


def _states(truth: Truth, condition: str, found: Ways) -> set[int]:
    names = sorted(truth.questions(condition))
    return {truth.state(condition, way) for way in found.contexts(names)}


def _told(truth: Truth, spot: Spot, condition: str, states: set[int]) -> Iterator[Finding]:
    if states == {NEVER}:
        yield _never(truth, spot, condition)
    elif states == {ALWAYS}:
        yield ALWAYS_HOLDS.at(spot, "holds whenever it is decided, whatever is answered")


def _never(truth: Truth, spot: Spot, condition: str) -> Finding:
    if truth.exact(condition):
        return NEVER_HOLDS.at(spot, "holds for no answer that can be given")
    return NOT_SEEN.at(spot, "does not hold for any sample of the values")


@dataclass
class Sources:
    """What the sources of shared elements gave over all life events that need them."""

    states: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    exact: dict[tuple[str, int], bool] = field(default_factory=dict)
    wrong: dict[tuple[str, int], str] = field(default_factory=dict)

    def take(self, catalogue: Catalogue, element: Element, truth: Truth, found: Ways) -> None:
        """Try the sources of one element with the ways of one life event."""
        for place, source in enumerate(element.sources):
            key = (element.slug, place)
            given = [text for text in (source.when, source.value) if text is not None]
            exact = all(truth.exact(text) for text in given)
            self.exact[key] = self.exact.get(key, True) and exact
            for way in found.contexts(sorted(truth.questions(*given))):
                reached = truth.state(source.when, way)
                if source.value is not None and reached != NEVER:
                    texts = {str(text) for text in truth.texts(source.value, way) if text}
                    self._compare(catalogue, key, element, texts)
                    reached = reached if texts else NEVER
                self.states.setdefault(key, set()).add(reached)

    def _compare(
        self, catalogue: Catalogue, key: tuple[str, int], element: Element, texts: set[str]
    ) -> None:
        if element.kind is ElementKind.CHOICE:
            options = {option.value for option in catalogue.options(element)}
            other = sorted(texts - options)
            if other:
                self.wrong[key] = f"gives {other[0]!r}, which is none of its options"

    def findings(self) -> Iterator[Finding]:
        """Sources that fill nothing anywhere; to be called after all life events."""
        for (slug, place), states in self.states.items():
            spot = Spot("elements", slug) / "sources" / place
            if states == {NEVER} and self.exact[slug, place]:
                yield SOURCE.at(spot, "fills nothing in any life event that needs the element")
            elif states == {NEVER}:
                yield NOT_SEEN.at(spot, "fills nothing for any sample of the values")
            if (slug, place) in self.wrong:
                yield SOURCE_VALUE.at(spot / "value", self.wrong[slug, place])
