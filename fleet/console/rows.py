"""A terminal in words: what each cell of the table says, and how it is marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from fleet.manager.care import PAPER_IN_ORDER, UPDATE_FAILED, WORKING
from fleet.manager.reading import TerminalRow
from fleet.protocol.messages import DeviceReport, Presence, UpdateState
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language

UNDER_WAY = frozenset({UpdateState.FETCHING, UpdateState.STAGED, UpdateState.SWITCHED})


class Mark(StrEnum):
    """How a word is set."""

    OK = "ok"
    WARN = "warn"
    PLAIN = "plain"


@dataclass(frozen=True)
class Word:
    """A word with its mark."""

    text: str
    mark: Mark = Mark.PLAIN


@dataclass(frozen=True)
class Shown:
    """A row of the table."""

    bank: str
    name: str
    wants_care: bool
    presence: Word
    last_seen: str
    activity: Word | None
    fresh: bool  # the terminal is there, so what it reported last is how it is
    release: str
    desired: str
    release_differs: bool
    update: Word
    reason: str
    devices: tuple[tuple[str, tuple[Word, ...]], ...]
    waiting: str


class Wording:
    """Phrases of one language; a word from the wire that has no phrase stands as it came."""

    def __init__(self, phrases: Phrases, language: Language, zone: tzinfo) -> None:
        """`zone`: of the times shown."""
        self._phrases = phrases
        self._keys = phrases.keys()
        self._language = language
        self._zone = zone

    def text(self, key: str, **places: object) -> str:
        """The phrase of a key."""
        return self._phrases.text(self._language, key, **places)

    def word(self, kind: str, value: str) -> str:
        """The phrase of a word of the protocol, else the word itself."""
        key = f"{kind}.{value}"
        return self.text(key) if key in self._keys else value

    def moment(self, moment: datetime | None) -> str:
        """A time of day with its date."""
        return f"{moment.astimezone(self._zone):%m-%d %H:%M:%S}" if moment else self.text("never")

    def date(self, moment: datetime) -> str:
        """A day with its year, and the time of day."""
        return f"{moment.astimezone(self._zone):%Y-%m-%d %H:%M}"

    def shown(self, row: TerminalRow) -> Shown:
        """A terminal as the table says it."""
        return Shown(
            bank=row.terminal.bank,
            name=row.terminal.name,
            wants_care=row.wants_care,
            presence=self._presence(row.presence),
            last_seen=self.moment(row.last_seen),
            activity=self._activity(row),
            fresh=row.presence is Presence.ONLINE,
            release=row.release or self.text("none"),
            desired=row.desired_release or self.text("none"),
            release_differs=(
                row.desired_release is not None and row.release != row.desired_release
            ),
            update=self._update(row.update),
            reason=row.update_reason,
            devices=tuple(
                (self.word("device", device.device), tuple(self._device(device)))
                for device in row.devices
            ),
            waiting="" if row.waiting is None else str(row.waiting),
        )

    def _presence(self, presence: Presence | None) -> Word:
        if presence is None:
            return Word(self.text("presence.unknown"))
        mark = Mark.OK if presence is Presence.ONLINE else Mark.WARN
        return Word(self.word("presence", presence.value), mark)

    def _activity(self, row: TerminalRow) -> Word | None:
        if row.presence is not Presence.ONLINE:
            return None  # nobody knows
        if row.terminal_running is None:
            return Word(self.text("activity.unknown"))
        if not row.terminal_running:
            return Word(self.text("activity.not_running"), Mark.WARN)
        return Word(self.text("activity.busy" if row.busy else "activity.idle"))

    def _update(self, state: UpdateState | None) -> Word:
        if state is None:
            return Word(self.text("none"))
        mark = Mark.WARN if state in UPDATE_FAILED else Mark.OK
        return Word(self.word("update", state.value), Mark.PLAIN if state in UNDER_WAY else mark)

    def _device(self, device: DeviceReport) -> Iterator[Word]:
        state = self.word("device_state", device.state)
        yield Word(state, Mark.OK if device.state in WORKING else Mark.WARN)
        if device.cover_open:
            yield Word(self.text("cover_open"), Mark.WARN)
        if device.paper != "unknown":  # also said by devices that have no paper
            paper = self.word("paper", device.paper)
            yield Word(paper, Mark.PLAIN if device.paper in PAPER_IN_ORDER else Mark.WARN)
