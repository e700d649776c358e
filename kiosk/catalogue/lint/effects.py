"""Rules about what answers do: each changes something, and not knowing stays safe."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from kiosk.catalogue.lint.reach import asking
from kiosk.catalogue.lint.rule import Finding, Rule, Severity, Spot, listed
from kiosk.catalogue.lint.truth import ALWAYS, NEVER, Truth
from kiosk.catalogue.lint.ways import Way, Ways
from kiosk.catalogue.model import Element, LifeEvent, Material, Option, Question

UNSURE = "unsure"

IDLE = Rule(
    "question-idle",
    Severity.ERROR,
    "the fewest questions that settle it: each answer changes something",
    "take the question away, or let a matter, a paper or a source hang on it",
)
ALIKE = Rule(
    "answers-alike",
    Severity.WARNING,
    "the fewest answers that settle it: each changes something",
    "make one answer of the two, or say in a `detail` why they are told apart",
)
DROPS = Rule(
    "unsure-drops",
    Severity.ERROR,
    "who does not know loses nothing that every other answer brings",
    "let the condition hold for `unsure` too, or let `unsure` stop and send to staff",
)
SILENT = Rule(
    "unsure-silent",
    Severity.WARNING,
    "who does not know is told what is assumed",
    "say in the answer's `detail` what is assumed or left out, or let it stop",
)
RULES = (IDLE, ALIKE, DROPS, SILENT)


@dataclass(frozen=True)
class Outcome:
    """One thing that hangs on answers: the questions, and for each set of answers to them what
    comes of it.
    """

    name: str
    questions: tuple[str, ...]
    table: tuple[tuple[Way, Hashable], ...]


def findings(
    event: LifeEvent, elements: Mapping[str, Element], truth: Truth, found: Ways
) -> Iterator[Finding]:
    """Answers of one life event that change nothing or too much."""
    if not found.whole or not found.ends:
        return  # told by reach
    outcomes = list(_outcomes(event, elements, truth, found))
    needs = list(_needs(event, truth, found))
    for place, question in enumerate(event.questions):
        if question.slug not in found.asked:
            continue
        spot = Spot("life_events", event.slug) / "questions" / place
        yield from _idle(spot, question, outcomes, found)
        unsure = next((o for o in question.options if o.value == UNSURE), None)
        if unsure is not None and unsure.stop is None:
            at = spot / "options" / question.options.index(unsure)
            yield from _unsure(at, question, unsure, needs)


def _outcomes(
    event: LifeEvent, elements: Mapping[str, Element], truth: Truth, found: Ways
) -> Iterator[Outcome]:
    conditions = [question.when for question in event.questions]
    conditions += [option.when for question in event.questions for option in question.options]
    conditions += [matter.when for matter in event.matters]
    conditions += [rule.holds for rule in event.rules]
    conditions += [single.when for single in event.only_one]
    sources = [source for element in elements.values() for source in element.sources]
    conditions += [source.when for source in sources]
    for condition in dict.fromkeys(conditions):
        if condition is not None:
            names = truth.questions(condition)
            yield _outcome(found, condition, names, partial(truth.judge, condition))
    for value in dict.fromkeys(source.value for source in sources):
        if value is not None:
            yield _outcome(found, value, truth.questions(value), partial(truth.texts, value))
    for material in event.materials:
        yield _material(event, material, truth, found)


def _outcome(
    found: Ways, name: str, questions: Iterable[str], of: Callable[[Way], Hashable]
) -> Outcome:
    names = tuple(sorted(questions))
    return Outcome(name, names, tuple((way, of(way)) for way in found.contexts(names)))


def _material(event: LifeEvent, material: Material, truth: Truth, found: Ways) -> Outcome:
    """Whether a paper is asked for, and whether a licence can stand for it."""
    conditions = asking(event, material)

    def of(way: Way) -> Hashable:
        applies = max(truth.state(condition, way) for condition in conditions)
        asked = truth.judge(material.when, way) if applies != NEVER else ()
        exempt = truth.judge(material.exempt_when, way) if any(asked) else ()
        return applies, asked, exempt

    names = truth.questions(*conditions, material.when, material.exempt_when)
    return _outcome(found, f"material {material.slug}", names, of)


def _needs(event: LifeEvent, truth: Truth, found: Ways) -> Iterator[Outcome]:
    """Matters and papers, and for some answers whether they never, sometimes or always apply."""

    def paper(material: Material, conditions: Sequence[str | None], way: Way) -> int:
        applies = max(truth.state(condition, way) for condition in conditions)
        return min(applies, truth.state(material.when, way))

    for matter in event.matters:
        names = truth.questions(matter.when)
        yield _outcome(found, f"matter {matter.slug}", names, partial(truth.state, matter.when))
    for material in event.materials:
        if material.required:
            conditions = asking(event, material)
            names = truth.questions(*conditions, material.when)
            of = partial(paper, material, conditions)
            yield _outcome(found, f"paper {material.slug}", names, of)


def _by_answer(question: Question, outcome: Outcome) -> dict[Hashable, dict[str, Hashable]]:
    """For each set of answers to the other questions, what comes of each answer to this one."""
    table: dict[Hashable, dict[str, Hashable]] = {}
    for way, effect in outcome.table:
        if way[question.slug]:
            rest = tuple([v for name, v in way.items() if name != question.slug])
            table.setdefault(rest, {})[way[question.slug]] = effect
    return table


def _idle(
    spot: Spot, question: Question, outcomes: list[Outcome], found: Ways
) -> Iterator[Finding]:
    effects: dict[str, dict[Hashable, Hashable]] = {}
    going_on = [o for o in question.options if o.stop is None]
    given = [o for o in going_on if (question.slug, o.value) in found.offered]
    for number, outcome in enumerate(outcomes):
        if question.slug in outcome.questions:
            for rest, by_answer in _by_answer(question, outcome).items():
                for value, effect in by_answer.items():
                    effects.setdefault(value, {})[number, rest] = effect
    stops = len(going_on) < len(question.options)
    if not stops and all(effects.get(o.value) == effects.get(given[0].value) for o in given):
        yield IDLE.at(spot, f"no answer to {question.slug} changes anything")
        return
    definite = [o for o in given if o.value != UNSURE]
    for number, option in enumerate(definite):
        for other in definite[:number]:
            alike = effects.get(option.value) == effects.get(other.value)
            if alike and not option.detail and not other.detail:
                at = spot / "options" / question.options.index(option)
                yield ALIKE.at(at, f"does the same as {other.value}")


def _unsure(
    spot: Spot, question: Question, unsure: Option, needs: list[Outcome]
) -> Iterator[Finding]:
    stopping = {option.value for option in question.options if option.stop is not None}
    dropped, silent = [], []
    for need in needs:
        if question.slug not in need.questions:
            continue
        for by_answer in _by_answer(question, need).values():
            others = [s for value, s in by_answer.items() if value not in {UNSURE, *stopping}]
            if UNSURE not in by_answer or not others or by_answer[UNSURE] != NEVER:
                continue
            if all(each == ALWAYS for each in others):
                dropped.append(need.name)
            elif any(each != NEVER for each in others):
                silent.append(need.name)
    if dropped:
        yield DROPS.at(spot, f"every other answer brings {listed(list(dict.fromkeys(dropped)))}")
    elif silent and unsure.detail is None:
        yield SILENT.at(spot, f"leaves out without a word: {listed(list(dict.fromkeys(silent)))}")
