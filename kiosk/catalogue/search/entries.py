"""Makes the entries of a catalogue: life events, their matters, and the aliases of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kiosk.catalogue.model import Catalogue, Option, Text
from kiosk.catalogue.search.aliases import Aliases
from kiosk.catalogue.search.entry import Alias, Entry, Kind


def entries_of(catalogue: Catalogue, aliases: Aliases) -> tuple[Entry, ...]:
    """One entry for each life event and for each of its matters, in the catalogue's order.

    Aliases of what the catalogue does not have lead nowhere and are left out: a release may take
    away a matter that the aliases still name. `load_aliases` is where they are checked.
    """
    return tuple(_entries(catalogue, _by_target(aliases)))


def _by_target(aliases: Aliases) -> dict[str, list[Alias]]:
    found: dict[str, list[Alias]] = {}
    seen: Counter[str] = Counter()
    for group in aliases.aliases:
        for word in group.words:
            found.setdefault(group.to, []).append(Alias(word, seen[word]))
            seen[word] += 1
    return found


def _entries(catalogue: Catalogue, aliases: dict[str, list[Alias]]) -> Iterator[Entry]:
    for event in catalogue.life_events:
        yield Entry(
            kind=Kind.LIFE_EVENT,
            slug=event.slug,
            life_event=event.slug,
            names=_names(event.name),
            aliases=(*_own(event.wordings), *aliases.get(event.slug, ())),
        )
        for matter in event.matters:
            yield Entry(
                kind=Kind.MATTER,
                slug=matter.slug,
                life_event=event.slug,
                names=_names(matter.name),
                aliases=(*_own(matter.wordings), *aliases.get(matter.annex or "", ())),
            )


def _own(wordings: tuple[str, ...]) -> tuple[Alias, ...]:
    """Wordings that a record brings along, so that a release can add some."""
    return tuple(Alias(word) for word in wordings)


def _names(name: Text) -> tuple[str, ...]:
    return (name.zh, name.en)


def option_entries(options: Sequence[Option]) -> tuple[Entry, ...]:
    """The options of one list, by what each is called in every language."""
    return tuple(Entry(Kind.OPTION, option.value, "", _names(option.label)) for option in options)
