"""What an audit found: for each rule how much was measured, the worst of it, and what failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from screens.audit.drawn import DrawnPage
from screens.audit.rule import Finding, Measured, Rule


@dataclass
class Tally:
    """One rule over many pages. `worst`: the measurement with the least margin, and where."""

    rule: Rule
    measured: int = 0
    worst: Finding | None = None
    findings: list[Finding] = field(default_factory=list)
    _margin: float = 0.0

    def add(self, one: Measured, drawn: DrawnPage) -> None:
        """Count one measurement."""
        self.measured += 1
        margin = self.rule.margin(one)
        if self.worst is None or margin < self._margin:
            self.worst, self._margin = self.rule.finding(one, drawn), margin
        if not self.rule.meets(one):
            self.findings.append(self.rule.finding(one, drawn))


@dataclass
class Results:
    """All rules over all pages looked at."""

    rules: tuple[Rule, ...]
    pages: int = 0
    sides: int = 0
    tallies: dict[str, Tally] = field(init=False)

    def __post_init__(self) -> None:
        """Nothing measured yet."""
        self.tallies = {rule.id: Tally(rule) for rule in self.rules}

    def look(self, drawn: DrawnPage) -> None:
        """Measure one page by every rule."""
        self.pages += 1
        self.sides += len(drawn.sides)
        for tally in self.tallies.values():
            for one in tally.rule.measure(drawn):
                tally.add(one, drawn)

    def findings(self) -> Iterator[Finding]:
        """All that failed."""
        for tally in self.tallies.values():
            yield from tally.findings


def as_json(results: Results) -> Mapping[str, Any]:
    """Everything, for a program."""
    return {
        "pages": results.pages,
        "sides": results.sides,
        "rules": [
            {
                "id": tally.rule.id,
                "requirement": tally.rule.requirement,
                "clauses": [asdict(clause) for clause in tally.rule.clauses],
                "figure": tally.rule.figure,
                "how": tally.rule.how,
                "unit": tally.rule.unit,
                "measured": tally.measured,
                "worst": asdict(tally.worst) if tally.worst else None,
                "failed": len(tally.findings),
            }
            for tally in results.tallies.values()
        ],
        "findings": [asdict(one) for one in results.findings()],
    }
