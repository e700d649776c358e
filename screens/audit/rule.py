"""What a rule is: a requirement with clause and figure, and how a drawn page is measured by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from screens.audit.drawn import DrawnPage

TOLERANCE = 0.005  # of any unit: what adding and rounding fractions may lose


class Known(StrEnum):
    """How well a clause is known (`docs/accessibility.md`)."""

    READ = "read"  # in the standard's own text
    CITED = "cited"  # through a document that cites the clause
    MEMORY = "memory"  # not looked up: verify before quoting
    HOUSE = "house"  # no standard's: this terminal's own


@dataclass(frozen=True)
class Clause:
    """Where a requirement is written."""

    text: str
    known: Known


@dataclass(frozen=True)
class Measured:
    """One thing measured, in the unit of its rule. `required`: the bound for this very thing."""

    what: str
    figure: float
    required: float
    side: int = 0


@dataclass(frozen=True)
class Finding:
    """One thing that does not meet its requirement. `side`: which side of the page, from 0."""

    rule: str
    page: str
    side: int
    profile: str
    what: str
    measured: float
    required: float
    unit: str

    def __str__(self) -> str:
        """In one line."""
        unit = f" {self.unit}" if self.unit else ""
        return (
            f"{self.rule}: {self.page}, side {self.side + 1}, {self.profile}: {self.what}: "
            f"{self.measured:.2f}{unit}, required {self.required:g}"
        )


Measure = Callable[[DrawnPage], Iterable[Measured]]


@dataclass(frozen=True)
class Rule:
    """`at_least`: the figure must not be below what is required, else not above it.

    `figure` says in words what is required, `how` how it is measured.
    """

    id: str
    requirement: str
    clauses: tuple[Clause, ...]
    figure: str
    how: str
    unit: str
    measure: Measure
    at_least: bool = False

    def meets(self, one: Measured) -> bool:
        """Whether something measured is as required."""
        return self.margin(one) >= -TOLERANCE

    def margin(self, one: Measured) -> float:
        """How far on the right side of its bound it is; negative: on the wrong one."""
        beyond = one.figure - one.required
        return beyond if self.at_least else -beyond

    def finding(self, one: Measured, drawn: DrawnPage) -> Finding:
        """Something measured on a page as a finding."""
        return Finding(
            self.id,
            drawn.name,
            one.side,
            drawn.setting,
            one.what,
            one.figure,
            one.required,
            self.unit,
        )
