"""Rules of speech: whoever sees nothing hears every text and every name of what can be done."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from screens.audit import clauses
from screens.audit.drawn import DrawnPage
from screens.audit.rule import Measured, Rule
from screens.audit.words import words
from screens.commands import Turn


def complete(drawn: DrawnPage) -> Iterator[Measured]:
    """Texts of the page that neither its reading nor the name of a target has, in characters."""
    heard = drawn.heard
    if heard is None or drawn.state:
        return
    said = [passage.text for passage in heard.passages]
    whole = spelled("".join([*said, *(target.says for _, _, target in drawn.targets())]))
    for word in words(drawn.page):
        if text := spelled(heard.wording.text(word.text).full):
            yield Measured(word.text, 0 if text in whole else len(text), 0)


def named(drawn: DrawnPage) -> Iterator[Measured]:
    """Targets with a name to be heard: their own, or that of a passage."""
    heard = drawn.heard
    if heard is None:
        return
    names = {passage.name for passage in heard.passages if passage.text.strip()}
    for side, _, target in drawn.targets():
        if not isinstance(target.command, Turn):  # the page turns by itself to what is read
            said = bool(target.says.strip()) or target.name in names
            yield Measured(target.name, int(said), 1, side)


def spelled(text: str) -> str:
    """The letters and digits of a text: pauses and signs are set where it is read."""
    return "".join(c for c in text if unicodedata.category(c)[0] in "LN").casefold()


RULES: tuple[Rule, ...] = (
    Rule(
        "spoken.complete",
        "Every text of a page is heard",
        (clauses.EN_NON_VISUAL,),
        "0 characters missing",
        "all texts of the page's record, looked for in what is read of the page",
        "characters",
        complete,
    ),
    Rule(
        "spoken.named",
        "Everything that can be done has a name to be heard",
        (clauses.EN_NON_VISUAL, clauses.WCAG_NAME),
        "≥ 1 name",
        "name of every target, its own or that of the page's reading",
        "names",
        named,
        at_least=True,
    ),
)
