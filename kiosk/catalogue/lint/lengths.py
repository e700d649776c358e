"""Rules about how long texts may be, so that they fit a page at the largest size of letters.

The limits stand above the longest text in use of each kind; a sentence in English may have four
times as many characters as one in Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kiosk.catalogue.lint.rule import Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.lint.walk import texts

ENGLISH = 4  # Latin letters for one Chinese character
SENTENCES = re.compile(r"[。？！；]")
ENGLISH_SENTENCES = re.compile(r"[.?!;](?=\s|$)")


class Limit(NamedTuple):
    """Chinese characters in one sentence: more is a warning, more than `most` an error."""

    kind: str
    good: int
    most: int


QUESTION = Limit("a question", 24, 40)
LABEL = Limit("an answer or a name of a field", 16, 28)
UNIT = Limit("a unit of a value", 6, 10)
HELP = Limit("help, a reason or a note", 40, 60)
TOLD = Limit("a sentence that is told", 60, 90)

# The last key that is a name, or the last two, and the limit that holds there.
LIMITS = {
    ("questions", "text"): QUESTION,
    ("elements", "question"): QUESTION,
    ("groups", "more"): QUESTION,
    ("options", "label"): LABEL,
    ("rows", "label"): LABEL,
    ("check_rows", "label"): LABEL,
    ("questions", "label"): LABEL,
    ("elements", "name"): LABEL,
    ("groups", "name"): LABEL,
    ("life_events", "name"): LABEL,
    ("elements", "unit"): UNIT,
    ("elements", "help"): HELP,
    ("questions", "why"): HELP,
    ("options", "detail"): HELP,
    ("options", "stop"): HELP,
    ("rules", "message"): HELP,
    ("materials", "note"): HELP,
    ("deferral", "note"): HELP,
}
# Official wording that a lint cannot shorten.
OFFICIAL = {"name", "address", "hours", "basis", "issued_by"}

LONG = Rule(
    "text-long",
    Severity.WARNING,
    "what is asked and told is understood in one look, standing",
    "say it in two sentences, or leave out what does not help",
    "WCAG 2.2, 3.1.5",
)
TOO_LONG = Rule(
    "text-too-long",
    Severity.ERROR,
    "what is asked fits the page at the largest size of letters",
    "say it in two sentences, or leave out what does not help",
    "WCAG 2.2, 3.1.5",
)
RULES = (LONG, TOO_LONG)


def findings(scope: Scope) -> Iterator[Finding]:
    """Sentences longer than their limit."""
    for spot, text in texts(scope.catalogue):
        limit = limit_of(spot)
        if limit is None:
            continue
        longest = max(len(part.strip()) for part in SENTENCES.split(text.zh))
        yield from _judged(spot / "zh", longest, limit, 1)
        longest = max(len(part.strip()) for part in ENGLISH_SENTENCES.split(text.en))
        yield from _judged(spot / "en", longest, limit, ENGLISH)


def limit_of(spot: Spot) -> Limit | None:
    """The limit that holds for a text there; None for official wording and names of places."""
    names = [spot.kind, *(part for part in spot.key if isinstance(part, str))]
    if spot.kind in ("regions", "tables"):
        return None
    limit = LIMITS.get((names[-2], names[-1])) if len(names) > 1 else None
    if limit is None and names[-1] not in OFFICIAL:
        return TOLD
    return limit


def _judged(spot: Spot, length: int, limit: Limit, times: int) -> Iterator[Finding]:
    if length > limit.most * times:
        rule, most = TOO_LONG, limit.most * times
    elif length > limit.good * times:
        rule, most = LONG, limit.good * times
    else:
        return
    yield rule.at(spot, f"{limit.kind} with {length} characters; {most} are the most")
