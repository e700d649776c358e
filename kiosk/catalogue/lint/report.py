"""What a lint tells: findings with file, line and key, and how much is filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from kiosk.catalogue.lint.completeness import Completeness
from kiosk.catalogue.lint.files import Files
from kiosk.catalogue.lint.rule import Severity

Paint = Callable[[str, Severity | None], str]


@dataclass(frozen=True, order=True)
class Located:
    """A finding with its place. `line` is 0 where the file has no such line."""

    file: str
    line: int
    key: str
    code: str
    severity: Severity
    problem: str
    remedy: str


@dataclass(frozen=True)
class OpenField:
    """A published field that waits for its department, with its place."""

    file: str
    line: int
    kind: str
    key: str
    field: str


@dataclass(frozen=True)
class Report:
    """All that was found, by file and line, in the catalogue of that `release` (its content hash).

    `completeness` is None, and `release` empty, when the catalogue could not be read.
    """

    findings: tuple[Located, ...]
    release: str = ""
    completeness: Completeness | None = None
    files: Files | None = field(default=None, compare=False, repr=False)

    @cached_property
    def open(self) -> tuple[OpenField, ...]:
        """Published fields that wait; looked up when asked for, as every file is read for it."""
        if self.completeness is None or self.files is None:
            return ()
        files = self.files
        return tuple(
            OpenField(*files.place(each.spot), each.kind, files.key(each.spot), each.field)
            for each in self.completeness.open
        )

    def count(self, severity: Severity) -> int:
        """How many findings of that severity there are."""
        return sum(found.severity is severity for found in self.findings)

    @property
    def releasable(self) -> bool:
        """Whether no error stands against a release."""
        return self.count(Severity.ERROR) == 0

    def errors(self) -> Report:
        """The errors alone."""
        errors = (found for found in self.findings if found.severity is Severity.ERROR)
        return Report(tuple(errors), self.release)

    def tree(self) -> dict[str, Any]:
        """All of it as it is written to JSON."""
        rates = self.completeness.fields if self.completeness else ()
        return {
            "release": self.release,
            "errors": self.count(Severity.ERROR),
            "warnings": self.count(Severity.WARNING),
            "findings": [asdict(found) for found in self.findings],
            "completeness": [asdict(rate) for rate in rates],
            "open": [asdict(each) for each in self.open],
        }

    def lines(self, paint: Paint = lambda text, _: text) -> Iterator[str]:
        """The report for a person, grouped by file; `paint` may colour a severity or a heading."""
        for file, group in groupby(self.findings, key=lambda found: found.file):
            yield paint(file, None)
            for found in group:
                place = f"{found.line}: " if found.line else ""
                severity = paint(found.severity.value, found.severity)
                yield f"  {place}{severity} {found.code}  {found.key}"
                yield f"      {found.problem}"
                yield f"      → {found.remedy}"
            yield ""
        if self.completeness is not None:
            kinds = self.completeness.kinds
            said = ", ".join(f"{kind.kind} {kind.share:.0%}" for kind in kinds if kind.of)
            yield f"填报率 (of what departments publish): {said}"
            fields = [f for f in self.completeness.fields if f.filled < f.of]
            said = ", ".join(f"{f.kind}.{f.field} {f.of - f.filled}" for f in fields)
            yield f"待主管部门填写 (fields that are open): {said or 'none'}"
        counts = Counter(found.code for found in self.findings)
        if counts:
            yield ", ".join(f"{code} {count}" for code, count in counts.most_common())
        yield f"{self.count(Severity.ERROR)} errors, {self.count(Severity.WARNING)} warnings"
