"""What `make run` tells whoever started it, Chinese first, then English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from drivers.simulators.people import Somebody
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language
from yici.station_plan import Station

LANGUAGES = (Language.ZH, Language.EN)


def in_both(phrases: Phrases, key: str, service: str = "", **places: object) -> str:
    """One line: a phrase in both languages, with the name of a service filled in."""
    return " | ".join(
        phrases.text(
            language,
            key,
            **({"service": phrases.text(language, f"service.{service}")} if service else {}),
            **places,
        )
        for language in LANGUAGES
    )


def announcement(station: Station, people: Sequence[Somebody], phrases: Phrases) -> str:
    """The addresses, the test people and what to try."""
    return "\n".join(
        line for language in LANGUAGES for line in _told(station, people, phrases, language)
    )


def _told(
    station: Station, people: Sequence[Somebody], phrases: Phrases, language: Language
) -> Iterator[str]:
    def text(key: str) -> str:
        return phrases.text(language, f"ready.{key}")

    yield ""
    yield text("title")
    if station.display is None:
        yield f"  {text('window')}"
    else:
        yield f"  {text('view')} {station.view_url}"
    yield f"  {text('dock')} {station.dock_url}"
    yield f"  {text('platform')} {station.platform_url}"
    yield f"  {text('console')} {station.console_url}"
    yield text("people")
    for somebody in people:
        yield f"  {somebody.card.name} ({somebody.slug}): {somebody.note[language.value]}"
    yield text("try")
    for number, key in enumerate(("try_card", "try_paper", "try_platform", "try_release"), 1):
        yield f"  {number}. {text(key)}"
    yield text("stop")
