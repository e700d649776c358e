"""What touching something asks for: a signal to the station, or a change of the screen itself."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journey.signals import Adjustment


@dataclass(frozen=True)
class Press:
    """Send `Pressed`."""

    action: str


@dataclass(frozen=True)
class Choose:
    """Send `Chosen`."""

    block: str
    choice: str


@dataclass(frozen=True)
class Adjust:
    """Send `Adjusted`."""

    adjustment: Adjustment


@dataclass(frozen=True)
class Turn:
    """Turn the page over (+1) or back up (-1)."""

    by: int


@dataclass(frozen=True)
class Enter:
    """Put the caret into a field, and its keyboard on the glass."""

    field: str


@dataclass(frozen=True)
class Leave:
    """Take the keyboard off the glass."""


@dataclass(frozen=True)
class Insert:
    """Put text into the field at the caret."""

    text: str


@dataclass(frozen=True)
class Replace:
    """Put this text in place of all that the field holds (quick picks)."""

    text: str


@dataclass(frozen=True)
class Erase:
    """Take back the last letter of a composition, else the character before the caret."""


@dataclass(frozen=True)
class Clear:
    """Empty the field."""


@dataclass(frozen=True)
class Compose:
    """Give a letter to the input method."""

    letter: str


@dataclass(frozen=True)
class Pick:
    """Take a candidate of the input method."""

    index: int


@dataclass(frozen=True)
class MoreCandidates:
    """Show the next or the previous candidates of the input method."""

    forward: bool


@dataclass(frozen=True)
class Script:
    """Change between the faces of a keyboard: pinyin, letters, capitals."""

    name: str


@dataclass(frozen=True)
class SelectPart:
    """Choose which part of a date or time digits go to."""

    index: int


@dataclass(frozen=True)
class StepPart:
    """Make a part of a date or time larger or smaller."""

    index: int
    by: int


@dataclass(frozen=True)
class Unsign:
    """Take all strokes of a signature away."""

    block: str


@dataclass(frozen=True)
class PlayFilm:
    """Let the film go on, or begin again at its end."""

    block: str


@dataclass(frozen=True)
class HoldFilm:
    """Let the film stand still."""

    block: str


@dataclass(frozen=True)
class ReplayFilm:
    """Show the film from its beginning."""

    block: str


Command = (
    Press
    | Choose
    | Adjust
    | Turn
    | Enter
    | Leave
    | Insert
    | Replace
    | Erase
    | Clear
    | Compose
    | Pick
    | MoreCandidates
    | Script
    | SelectPart
    | StepPart
    | Unsign
    | PlayFilm
    | HoldFilm
    | ReplayFilm
)
