"""Conditions (CEL) over answers and values. The only module that knows the CEL library.

A condition sees `answers.<question>`, `values.<element>` and `licences` (types held); what is
not known is the empty text, so a condition never fails for want of an answer. Conditions are
pushed to machines, so what could run long is refused: comprehensions and over-long text
(docs/decisions/0003-conditions.md).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

# `import cel` loads the library's own command line and with that a terminal toolkit: 0.12 s of a
# start of 0.75 s. Evaluating needs neither, so an empty module stands in for it.
sys.modules.setdefault("cel.cli", ModuleType("cel.cli"))

import cel  # noqa: E402

LONGEST = 300
COMPREHENSION = re.compile(r"\.\s*(all|exists|exists_one|map|filter)\s*\(")

ANSWER = re.compile(r"\banswers\.([a-z0-9_]+)")
VALUE = re.compile(r"\bvalues\.([a-z0-9_]+)")


class ConditionError(ValueError):
    """A condition cannot be read or names something that does not exist."""


@dataclass(frozen=True)
class Facts:
    """What a condition is decided on."""

    answers: Mapping[str, str]
    values: Mapping[str, str]
    licences: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Says nothing personal."""
        return "Facts(…)"


@lru_cache(maxsize=4096)
def _program(condition: str) -> Any:
    if len(condition) > LONGEST:
        raise ConditionError(f"condition is longer than {LONGEST} characters")
    try:
        program = cel.compile(condition)
    except ValueError as error:
        raise ConditionError(f"condition cannot be read: {condition!r}: {error}") from error
    if COMPREHENSION.search(condition):
        raise ConditionError(f"condition holds a comprehension: {condition!r}")
    return program


def named(condition: str) -> tuple[frozenset[str], frozenset[str]]:
    """The questions and the elements that a condition names."""
    return frozenset(ANSWER.findall(condition)), frozenset(VALUE.findall(condition))


def check(condition: str, questions: Container[str], elements: Container[str]) -> None:
    """Raise ConditionError when the condition fails or names an unknown question or element."""
    program = _program(condition)
    if unknown := set(program.variables()) - {"answers", "values", "licences"}:
        raise ConditionError(f"condition names {', '.join(sorted(unknown))}: {condition!r}")
    asked, valued = named(condition)
    missing = [f"no question {q}" for q in asked if q not in questions]
    missing += [f"no element {e}" for e in valued if e not in elements]
    if missing:
        raise ConditionError(f"condition fails: {condition!r}: {', '.join(sorted(missing))}")
    try:  # with no more than it names, since every name costs
        program.execute(
            {
                "answers": dict.fromkeys(asked, ""),
                "values": dict.fromkeys(valued, ""),
                "licences": [],
            }
        )
    except (KeyError, ValueError, TypeError, RuntimeError) as error:
        raise ConditionError(f"condition fails: {condition!r}: {error}") from error


class Conditions:
    """Decides conditions of one life event, whose names are filled up with empty text.

    `questions` and `elements` are all that its conditions name; more would cost at every step.
    """

    def __init__(self, questions: Iterable[str], elements: Iterable[str]) -> None:
        self._answers = tuple(questions)
        self._values = tuple(elements)

    def _execute(self, condition: str, facts: Facts) -> object:
        return _program(condition).execute(
            {
                "answers": {q: facts.answers.get(q, "") for q in self._answers},
                "values": {e: facts.values.get(e, "") for e in self._values},
                "licences": list(facts.licences),
            }
        )

    def holds(self, condition: str | None, facts: Facts) -> bool:
        """Whether the condition holds; no condition always does."""
        return condition is None or self._execute(condition, facts) is True

    def text(self, expression: str, facts: Facts) -> str:
        """The text that an expression gives; anything else than text is empty."""
        given = self._execute(expression, facts)
        return given if isinstance(given, str) else ""
