"""What a rule of the lint is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.catalogue.model import Catalogue

HOUSE = "house"  # the source of a rule that no document asks for
SEED = "003(一)4"  # 填报率及发布率均达到100%，问题字段为0, 实施清单要素
GB = "GB/T 39046-2020"


class Severity(StrEnum):
    """An error keeps a catalogue from being released, a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Spot:
    """Where something stands in a catalogue: the record and the key within it.

    `kind` is the catalogue's name for the records (`elements`), or `lint` for what has no record.
    `key` has the names of fields and the places in lists: `("questions", 0, "text", "zh")`.
    """

    kind: str
    slug: str
    key: tuple[str | int, ...] = ()

    def __truediv__(self, part: str | int) -> Spot:
        """One step further in: `spot / "questions" / 0`."""
        return Spot(self.kind, self.slug, (*self.key, part))


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, before it is known in which file it stands."""

    rule: Rule
    spot: Spot
    problem: str


@dataclass(frozen=True)
class Rule:
    """One rule: what it protects, what to do about a finding, and which document asks for it."""

    code: str
    severity: Severity
    protects: str
    remedy: str
    source: str = HOUSE

    def at(self, spot: Spot, problem: str) -> Finding:
        """The finding that this rule is broken there; `problem` says how."""
        return Finding(self, spot, problem)


@dataclass(frozen=True)
class AnnexEvent:
    """A life event as the annex of seed 000 lists it, with the names of its matters in order."""

    name: str
    matters: tuple[str, ...]


Annex = Mapping[int, AnnexEvent]  # by the number of the life event


@dataclass(frozen=True)
class Scope:
    """What the rules look at. Without an annex nothing is held against it.

    `film_fault` says what is wrong with a film of `config/media/`, nothing when it can be shown.
    """

    catalogue: Catalogue
    today: date
    has_icon: Callable[[str], bool]
    annex: Annex | None = None
    film_fault: Callable[[str], str] = lambda _: ""


def listed(words: Sequence[str], most: int = 6) -> str:
    """Words with commas, the first few of many: `a, b, c and 4 more`."""
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most} more"
