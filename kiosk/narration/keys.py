"""What a place is called that the page does not know: a key, a candidate, a button."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kiosk.access.profile import Language
from kiosk.journey.page import Field
from kiosk.narration.blocks import position, value
from kiosk.narration.port import Place
from kiosk.narration.wording import Said, Wording

KEYS = ("key.", "part.", "candidates.")
CANDIDATE = "candidate."
SIGNS: Mapping[str, str] = {
    "-": "narration.sign.dash",
    ".": "narration.sign.dot",
    "@": "narration.sign.at",
    "+": "narration.sign.plus",
    "−": "narration.sign.minus",
    "'": "narration.sign.apostrophe",
    "/": "narration.sign.slash",
    " ": "narration.sign.space",
}
PART = re.compile(r"part\.(?P<part>[a-z]+)(?:\.(?P<step>more|less))?")
STEPS: Mapping[str, str] = {"more": "narration.sign.plus", "less": "narration.sign.minus"}

Explained = Callable[[str, Language], str]


def called(
    place: Place, field: Field | None, *, composing: bool, wording: Wording, explained: Explained
) -> Said:
    """What is said of it. `field`: the one that the keyboard is for."""
    says = place.says
    if place.name.startswith(CANDIDATE):
        if composing or _is_name(says):
            label = Said.plain(explained(says, wording.language))
            return wording.fill("narration.candidate", label=label)
        return wording.fill("narration.suggestion", label=_suggestion(place, field, wording))
    if place.name.startswith(KEYS):
        return wording.fill("narration.key", label=_key(place.name, says, wording))
    return wording.fill("narration.button", label=wording.text(says)) if says else Said()


def _suggestion(place: Place, field: Field | None, wording: Wording) -> Said:
    """A whole text that the page offers for the field."""
    if field is None or place.says not in field.candidates:
        return wording.text(place.says)
    candidates = field.candidates
    which = position(candidates.index(place.says) + 1, len(candidates), wording)
    return wording.join(value(field, wording, place.says), which)


def character(text: str, wording: Wording) -> str:
    """One character by its name."""
    return wording.say(SIGNS[text]) if text in SIGNS else wording.spelled(text)


def _key(name: str, says: str, wording: Wording) -> Said:
    """Digits and signs by name; what stands for a part of a date with the name of the part."""
    found = PART.fullmatch(name)
    if found is None:
        return Said.plain(character(says, wording) if len(says) == 1 else says)
    if found["step"]:
        label = wording.phrase(STEPS[found["step"]])
    elif says.isdigit():
        label = Said.plain(wording.spelled(says))
    else:
        label = wording.phrase("narration.empty")
    return wording.join(wording.phrase(f"date.{found['part']}"), label)


def _is_name(text: str) -> bool:
    return 0 < len(text) <= 2 and all("\u3400" <= c <= "\u9fff" for c in text)  # noqa: PLR2004
