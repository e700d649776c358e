"""The table of requirements: clause, figure, what was measured; in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yici.audit.results import Results, Tally
from yici.mistakes import Unusable

HEAD = ("rule", "requirement", "clause", "required", "worst measured", "of", "result")
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"


def as_table(parts: Sequence[Results]) -> list[str]:
    """One row a rule, and under them how much was looked at."""
    lines = [_row(HEAD), _row("---" for _ in HEAD)]
    lines += [_row(_cells(tally)) for part in parts for tally in part.tallies.values()]
    counts = "; ".join(f"{part.pages} drawings, {part.sides} sides" for part in parts)
    return [*lines, "", counts]


def with_table(document: str, lines: Sequence[str]) -> str:
    """A document with the table between its marks. Raises Unusable when it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise Unusable(f"the document of --table must have the marks {BEGIN} and {END}")
    return "\n".join([before + begin, *lines, end + after])


def _row(cells: Iterator[str] | Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(tally: Tally) -> Sequence[str]:
    rule = tally.rule
    clauses = "; ".join(f"{clause.text} ({clause.known.value})" for clause in rule.clauses)
    return (
        f"`{rule.id}`",
        rule.requirement,
        clauses,
        rule.figure,
        _worst(tally),
        str(tally.measured),
        _verdict(tally),
    )


def _worst(tally: Tally) -> str:
    if tally.worst is None:
        return "–"
    unit = "" if not tally.rule.unit else tally.rule.unit
    space = "" if unit.startswith(":") else " "
    return f"{tally.worst.measured:.4g}{space}{unit}".strip()


def _verdict(tally: Tally) -> str:
    if tally.findings:
        return f"{len(tally.findings)} not met"
    return "met" if tally.measured else "not measured"
