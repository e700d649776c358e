"""All rules as a table, which docs/catalogue-lint.md shows."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.lint.rule import Rule
from kiosk.catalogue.lint.run import SUBJECTS


def rows() -> Iterator[str]:
    """Markdown: a heading and a table for each subject."""
    for subject, rules in SUBJECTS.items():
        yield f"### {subject.capitalize()}"
        yield ""
        yield "| code | severity | what it protects | what to do | source |"
        yield "|---|---|---|---|---|"
        yield from (row(rule) for rule in rules)
        yield ""


def row(rule: Rule) -> str:
    """One rule as a line of the table."""
    parts = (f"`{rule.code}`", rule.severity.value, rule.protects, rule.remedy, rule.source)
    return "| " + " | ".join(part.replace("|", "\\|") for part in parts) + " |"
