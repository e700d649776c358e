"""What a condition can give for given answers, over every sample of the values it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kiosk.catalogue.conditions import Conditions, Facts, named
from kiosk.catalogue.lint.samples import Samples

MOST_TRIED = 256  # combinations of values for one condition and one set of answers
HELD = re.compile(r"[\"']([a-z0-9_]+)[\"']\s+in\s+licences")

NEVER, SOMETIMES, ALWAYS = range(3)
Verdict = tuple[bool | str, ...]  # one result for each combination of values
TRUE: Verdict = (True,)


def _state(verdict: Verdict) -> int:
    held = [result is True for result in verdict]
    return ALWAYS if all(held) else SOMETIMES if any(held) else NEVER


@dataclass(frozen=True)
class _Plan:
    """How a condition is tried: the questions it names, the combinations of all else."""

    questions: tuple[str, ...]
    conditions: Conditions
    tried: tuple[tuple[Mapping[str, str], tuple[str, ...]], ...]
    exact: bool


class Truth:
    """Tries the conditions of one life event and remembers what they gave."""

    def __init__(self, questions: Sequence[str], samples: Callable[[str], Samples]) -> None:
        """`questions`: all slugs that the life event has; an answer to another one is empty."""
        self._questions = frozenset(questions)
        self._samples = samples
        self._plans: dict[str, _Plan] = {}
        self._known: dict[tuple[str, bool, tuple[str, ...]], tuple[Verdict, int]] = {}
        self.failures: dict[str, str] = {}

    def questions(self, *conditions: str | None) -> frozenset[str]:
        """The questions of this life event that any of the conditions names."""
        plans = (self._plan(condition) for condition in conditions if condition is not None)
        return frozenset(slug for plan in plans for slug in plan.questions)

    def exact(self, condition: str) -> bool:
        """Whether everything that the condition can meet is tried."""
        return self._plan(condition).exact

    def judge(self, condition: str | None, answers: Mapping[str, str]) -> Verdict:
        """What the condition gives for these answers; no condition always holds."""
        return TRUE if condition is None else self._judged(condition, answers, text=False)[0]

    def state(self, condition: str | None, answers: Mapping[str, str]) -> int:
        """Whether the condition never, sometimes or always holds for these answers."""
        return ALWAYS if condition is None else self._judged(condition, answers, text=False)[1]

    def texts(self, expression: str, answers: Mapping[str, str]) -> Verdict:
        """The texts that an expression gives for these answers."""
        return self._judged(expression, answers, text=True)[0]

    def _judged(
        self, condition: str, answers: Mapping[str, str], *, text: bool
    ) -> tuple[Verdict, int]:
        plan = self._plan(condition)
        key = (condition, text, tuple([answers.get(slug, "") for slug in plan.questions]))
        if key not in self._known:
            own = dict(zip(plan.questions, key[2], strict=True))
            verdict = tuple(self._results(condition, plan, own, text=text))
            self._known[key] = verdict, _state(verdict)
        return self._known[key]

    def _results(
        self, condition: str, plan: _Plan, answers: Mapping[str, str], *, text: bool
    ) -> Iterator[bool | str]:
        decide = plan.conditions.text if text else plan.conditions.holds
        for values, licences in plan.tried:
            try:
                yield decide(condition, Facts(answers, values, licences))
            except (KeyError, ValueError, TypeError, RuntimeError) as error:
                known = ", ".join(f"{k}={v!r}" for k, v in {**answers, **values}.items())
                self.failures.setdefault(condition, f"{str(error)[:160]} (with {known[:160]})")
                yield "" if text else False

    def _plan(self, condition: str) -> _Plan:
        if condition not in self._plans:
            questions, values = named(condition)
            licences = sorted(set(HELD.findall(condition)))
            samples = {slug: self._samples(slug) for slug in sorted(values)}
            lists = [list(samples[slug].values) for slug in samples]
            holdings = list(_holdings(licences))
            cut = _cut(lists, MOST_TRIED // len(holdings))
            tried = tuple(
                (dict(zip(samples, chosen, strict=True)), held)
                for held in holdings
                for chosen in product(*lists)
            )
            self._plans[condition] = _Plan(
                tuple(sorted(questions & self._questions)),
                Conditions(questions, values),
                tried,
                exact=not cut and all(sample.exact for sample in samples.values()),
            )
        return self._plans[condition]


def _holdings(licences: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every set of licences that a citizen may hold, of the first four that are named."""
    for held in product((False, True), repeat=min(len(licences), 4)):
        yield tuple(slug for slug, has in zip(licences, held, strict=False) if has)


def _cut(lists: list[list[str]], most: int) -> bool:
    """Shorten the longest lists until there are at most so many combinations; whether it did."""
    cut = False
    while lists and _count(lists) > most:
        max(lists, key=len).pop()
        cut = True
    return cut


def _count(lists: list[list[str]]) -> int:
    total = 1
    for values in lists:
        total *= len(values)
    return total
