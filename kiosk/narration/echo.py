"""What typing sounds like: each letter, character and digit as it comes or goes. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kiosk.journey.page import Field, FieldKind
from kiosk.narration.blocks import holding, own
from kiosk.narration.keys import STROKES, character
from kiosk.narration.wording import Said, Wording

PARTS = {FieldKind.DATE: ("year", "month", "day"), FieldKind.TIME: ("hour", "minute")}
PART_DIGITS = 2  # a day or a minute of one digit may still get another
JOINTS = re.compile(r"[-:]")
HAN = re.compile(r"[\u3400-\u9fff]")
APART = re.compile(r"[\s']")


@dataclass(frozen=True)
class Typed:
    """What a field holds. `preedit`: letters that are not yet characters."""

    text: str = field(default="", repr=False)
    preedit: str = field(default="", repr=False)


def heard(before: Typed, after: Typed, block: Field, wording: Wording) -> Said:
    """What changed; nothing when nothing did."""
    if block.kind in PARTS:
        return _date(before.text, after.text, block, wording)
    if before.text != after.text:
        return _text(before.text, after.text, block, wording)
    return _composed(APART.sub("", before.preedit), APART.sub("", after.preedit), wording)


def _composed(before: str, after: str, wording: Wording) -> Said:
    """Letters, strokes by their names, and characters chosen so far."""
    removed, added = _difference(before, after)
    if not (removed or added):
        return Said()
    if added and removed:  # a character was chosen for the first letters
        added = "".join(one for one in after if HAN.match(one) and one not in STROKES) or after
    said = Said.plain(_strokes(added or removed, wording))
    return said if added else wording.fill("narration.typing.deleted", text=said)


def _strokes(text: str, wording: Wording) -> str:
    if set(text) <= STROKES.keys():
        pause = wording.say("narration.separator")
        return pause.join(wording.say(STROKES[one]) for one in text)
    return character(text, wording)


def _text(before: str, after: str, block: Field, wording: Wording) -> Said:
    if not own(block):
        return _change(before, after, wording)
    removed, added = _difference(before, after)
    if added and removed:
        return holding(block, wording, after)
    if not after:
        return wording.phrase("narration.typing.cleared")
    key, full = "narration.typing.entered", _spelled(added, wording)
    if removed:
        key = "narration.typing.deleted_hidden"
        full = wording.say("narration.typing.deleted", text=_spelled(removed, wording))
    return Said(full, wording.say(key, count=len(after) if added else len(removed)))


def _change(before: str, after: str, wording: Wording) -> Said:
    """Letters, or a text that is for all ears as far as it is no number of somebody's."""
    removed, added = _difference(before, after)
    if added and removed:
        return wording.fill("narration.value", value=wording.text(after))
    if added:
        return _named(added, wording)
    if not removed:
        return Said()
    if not after and len(removed) > 1:
        return wording.phrase("narration.typing.cleared")
    return wording.fill("narration.typing.deleted", text=_named(removed, wording))


def _named(text: str, wording: Wording) -> Said:
    return Said.plain(character(text, wording)) if len(text) == 1 else wording.text(text)


def _spelled(text: str, wording: Wording) -> str:
    pause = wording.say("narration.separator")
    return pause.join(character(one, wording) for one in text)


def _difference(before: str, after: str) -> tuple[str, str]:
    """What went and what came between what stayed at the beginning and at the end."""
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return before[start : len(before) - end], after[start : len(after) - end]


def _date(before: str, after: str, block: Field, wording: Wording) -> Said:
    """The part that changed; the whole once all parts are there."""
    if before == after:
        return Said()
    if not after:
        return wording.phrase("narration.typing.cleared")
    old, new = _pieces(before), _pieces(after)
    if all(new) and len(new[-1]) == PART_DIGITS and old[-1:] != new[-1:]:
        whole = (":" if block.kind is FieldKind.TIME else "-").join(new)
        return holding(block, wording, whole)
    said = [
        wording.join(wording.phrase(f"date.{part}"), _piece(digits, wording))
        for part, digits, was in zip(PARTS[block.kind], new, (*old, "", "", ""), strict=False)
        if digits != was
    ]
    return wording.join(*said)


def _pieces(text: str) -> list[str]:
    """Digits of each part of `2026 - 07 - ––`."""
    return [piece.strip(" –") for piece in JOINTS.split(text)] if text else []


def _piece(digits: str, wording: Wording) -> Said:
    if not digits:
        return wording.phrase("narration.empty")
    return Said.plain(wording.spelled(digits))
