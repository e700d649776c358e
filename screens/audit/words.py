"""Every word of a page that must be on the glass, read off the page itself.

Works on the fields of the page's records, so a kind of block that is added later is held to the
same rules without a word here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum

from kiosk.journey.page import Page, Row

# Not words: names, files, and what is shown only instead of something else.
NOT_SHOWN = frozenset(
    {"id", "icon", "name", "action", "selected", "payload", "file", "broken", "hold", "again"}
    | {"placeholder", "hint", "value", "candidates", "count_down_text", "heard", "longest"}
)
SMALL = frozenset({"detail", "badge", "before", "brand", "eyebrow", "footnotes", "day", "state"})
SHOWN: Mapping[type, frozenset[str]] = {Row: frozenset({"value"})}  # here, not elsewhere


@dataclass(frozen=True)
class Word:
    """A text of a page. `block`: the id of its block, empty outside of all.

    `small`: secondary, which may be smaller than running text. `action`: the name of its button.
    """

    text: str
    block: str = ""
    small: bool = False
    action: str = ""


def words(page: Page) -> Iterator[Word]:
    """All texts of a page."""
    for name in ("brand", "badge", "eyebrow", "title", "lead"):
        yield Word(getattr(page, name), small=name in SMALL)
    for block in page.blocks:
        yield from _of(block, block.id, small=bool(getattr(block, "small", False)))
    for action in page.actions:
        yield Word(action.text, action=action.id)
    for note in page.footnotes:
        yield Word(note, small=True)


def bare(text: str) -> str:
    """Without blanks, line ends and dots between phrases, which wrapping changes."""
    return "".join(text.replace(" · ", " ").split())


def _of(part: object, block: str, *, small: bool) -> Iterator[Word]:
    shown = SHOWN.get(type(part), frozenset())
    for each in fields(part):  # type: ignore[arg-type]
        if each.name in NOT_SHOWN and each.name not in shown:
            continue
        value = getattr(part, each.name)
        less = small or each.name in SMALL
        if isinstance(value, str) and not isinstance(value, Enum):
            if value:
                yield Word(value, block, less)
        elif isinstance(value, tuple):
            for one in value:
                if is_dataclass(one):
                    yield from _of(one, block, small=less)
