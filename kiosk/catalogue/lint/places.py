"""Rules about who may do what where: delegations (授权清单) and the units of matters."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.lint.rule import Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.model import Catalogue, Delegation, Handling

LIST = "汨政办函〔2023〕32号, 附件4 授权清单"

OTHER_UNIT = Rule(
    "delegation-unit",
    Severity.ERROR,
    "only the unit whose matter it is can delegate it",
    "name the unit of the matter, or take the matter out of the letter",
    LIST,
)
TOLD_ONLY = Rule(
    "delegation-inform",
    Severity.WARNING,
    "what is delegated can be done at a terminal",
    "take the matter out of the letter, or say how it is handled here",
    LIST,
)
NOT_COVERED = Rule(
    "delegation-missing",
    Severity.WARNING,
    "what a terminal can do, some site may do",
    "write a delegation of one of its units, or set `handling: inform`",
    LIST,
)
TWICE = Rule(
    "delegation-twice",
    Severity.WARNING,
    "it is clear which letter a case rests on",
    "let one letter cover the matter at a site at any time",
    LIST,
)
ENDED = Rule(
    "delegation-ended",
    Severity.WARNING,
    "letters that have ended are renewed or taken away",
    "renew the letter, or take it away",
    LIST,
)
RULES = (OTHER_UNIT, TOLD_ONLY, NOT_COVERED, TWICE, ENDED)


def findings(scope: Scope) -> Iterator[Finding]:
    """Letters that delegate what they cannot, and matters that no letter covers."""
    catalogue = scope.catalogue
    covered: dict[tuple[str, str, str], list[Delegation]] = {}
    for slug, letter in catalogue.delegations.items():
        spot = Spot("delegations", slug)
        if letter.until is not None and letter.until < scope.today:
            yield ENDED.at(spot / "until", f"ended on {letter.until}")
        for number, name in enumerate(letter.matters):
            here = spot / "matters" / number
            yield from _matter(catalogue, here, letter, name)
            others = covered.setdefault((letter.site, letter.unit, name), [])
            for other in others:
                if _overlap(letter, other):
                    yield TWICE.at(here, f"{other.slug} covers {name} at the same time")
            others.append(letter)
    told = {name for _, _, name in covered}
    for event in catalogue.life_events:
        for number, matter in enumerate(event.matters):
            if matter.handling is not Handling.INFORM and matter.slug not in told:
                yield NOT_COVERED.at(
                    Spot("life_events", event.slug) / "matters" / number,
                    f"no letter covers {matter.slug}, so no terminal may handle it",
                )


def _matter(catalogue: Catalogue, spot: Spot, letter: Delegation, name: str) -> Iterator[Finding]:
    matter = catalogue.matters[name]
    if letter.unit not in matter.units:
        yield OTHER_UNIT.at(spot, f"{letter.unit} does not handle {name}")
    if matter.handling is Handling.INFORM:
        yield TOLD_ONLY.at(spot, f"{name} is only told about")


def _overlap(one: Delegation, other: Delegation) -> bool:
    first, second = sorted((one, other), key=lambda letter: letter.since)
    return first.until is None or first.until >= second.since
