"""Every way through the questions of a life event: what can be asked, which answers are offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.catalogue.lint.truth import ALWAYS, NEVER, Truth
from kiosk.catalogue.model import LifeEvent, Question

MOST_WAYS = 20_000  # five questions with six answers each have 7,776

Way = Mapping[str, str]  # the answer to each question, empty where it was not asked


@dataclass
class Ways:
    """What was met on all ways.

    `ends` are those that reach the notice, without those that an answer stops; `asked` the
    questions that can be asked, `offered` their answers that can be given; `states` for each
    condition of a question or answer what it was (`truth.state`). `whole`: none was left out.
    """

    ends: list[Way] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    offered: set[tuple[str, str]] = field(default_factory=set)
    states: dict[str, set[int]] = field(default_factory=dict)
    whole: bool = True
    _contexts: dict[tuple[str, ...], tuple[Way, ...]] = field(default_factory=dict)

    def contexts(self, names: Sequence[str]) -> tuple[Way, ...]:
        """The answers to these questions alone, each combination that occurs once."""
        key = tuple(names)
        if key not in self._contexts:
            # In the order of walking: `dict.fromkeys` keeps the first of each.
            seen = dict.fromkeys(tuple([way[name] for name in key]) for way in self.ends)
            self._contexts[key] = tuple(dict(zip(key, chosen, strict=True)) for chosen in seen)
        return self._contexts[key]


def ways(event: LifeEvent, truth: Truth) -> Ways:
    """Walk all ways, answering each question in turn in every manner that is offered."""
    found = Ways()
    answers = {question.slug: "" for question in event.questions}
    _walk(event.questions, 0, answers, truth, found)
    return found


def _walk(
    questions: Sequence[Question], at: int, answers: dict[str, str], truth: Truth, found: Ways
) -> None:
    if at == len(questions):
        if len(found.ends) == MOST_WAYS:
            found.whole = False
        else:
            found.ends.append(dict(answers))
        return
    if not found.whole:
        return
    question = questions[at]
    asked = _state(question.when, answers, truth, found)
    if asked != ALWAYS:
        _walk(questions, at + 1, answers, truth, found)
    if asked == NEVER:
        return
    found.asked.add(question.slug)
    for option in question.options:
        if _state(option.when, answers, truth, found) == NEVER:
            continue
        found.offered.add((question.slug, option.value))
        if option.stop is None:
            answers[question.slug] = option.value
            _walk(questions, at + 1, answers, truth, found)
            answers[question.slug] = ""


def _state(condition: str | None, answers: Way, truth: Truth, found: Ways) -> int:
    seen = truth.state(condition, answers)
    if condition is not None:
        found.states.setdefault(condition, set()).add(seen)
    return seen
