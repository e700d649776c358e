"""What a place is called that the page does not know: a key, a candidate, a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.access.profile import Language
from kiosk.journey.page import Field
from kiosk.narration.blocks import position, value
from kiosk.narration.port import Place
from kiosk.narration.wording import Said, Wording

KEYS = ("key.", "part.", "candidates.")
CANDIDATE = "candidate."
SIGNS: Mapping[str, str] = {
    "-": "keyboard.hyphen",
    ".": "keyboard.point",
    "@": "keyboard.at",
    " ": "keyboard.space",
}
STROKES: Mapping[str, str] = {  # as an input method shows them while they are composed
    "一": "keyboard.stroke_h",
    "丨": "keyboard.stroke_s",
    "丿": "keyboard.stroke_p",
    "丶": "keyboard.stroke_n",
    "乙": "keyboard.stroke_z",
    "乛": "keyboard.stroke_z",
}

Explained = Callable[[str, Language, str], str]
"""A candidate, the language, the letters typed for it or none: what tells it from the others."""


def called(
    place: Place, field: Field | None, *, preedit: str, wording: Wording, explained: Explained
) -> Said:
    """What is said of it. `field`: the one that the keyboard is for, which composes `preedit`."""
    says = place.says
    if place.name.startswith(CANDIDATE):
        if preedit or _is_name(says):
            label = Said.plain(explained(says, wording.language, _letters(preedit)))
            return wording.fill("narration.candidate", label=label)
        return wording.fill("narration.suggestion", label=_suggestion(place, field, wording))
    if place.name.startswith(KEYS):
        return wording.fill("narration.key", label=Said.plain(character(says, wording)))
    return wording.fill("narration.button", label=wording.text(says)) if says else Said()


def _suggestion(place: Place, field: Field | None, wording: Wording) -> Said:
    """A whole text that the page offers for the field."""
    if field is None or place.says not in field.candidates:
        return wording.text(place.says)
    candidates = field.candidates
    which = position(candidates.index(place.says) + 1, len(candidates), wording)
    return wording.join(value(field, wording, place.says), which)


def character(text: str, wording: Wording) -> str:
    """A digit or sign by its name; a word as it is."""
    if text in SIGNS:
        return wording.say(SIGNS[text])
    return wording.spelled(text) if len(text) == 1 else text


def _letters(preedit: str) -> str:
    """Pinyin as it is typed, ü as v, without what is already characters; empty for strokes."""
    return "".join(one for one in preedit.replace("ü", "v") if one.isascii() and one.isalpha())


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 2 and all("\u3400" <= c <= "\u9fff" for c in text)  # noqa: PLR2004
