"""Which records stand on each list.

Which matters stand on an attachment follows from how they are handled: those that a terminal only
tells of are on the negative list, all others on the list of the windows; those that need no visit
are done online from end to end.
"""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Catalogue, Handling, LifeEvent, Matter
from kiosk.catalogue.sheets.columns import Item


def matter_items(catalogue: Catalogue) -> Iterator[Item]:
    """Every matter, with its life event."""
    for event in catalogue.life_events:
        for matter in event.matters:
            yield matter_item(event, matter)


def matter_item(event: LifeEvent, matter: Matter) -> Item:
    """One matter, with its life event."""
    slugs = {"event": event.slug, "matter": matter.slug}
    return Item(matter.slug, {"event": event, "matter": matter}, slugs)


def window_items(catalogue: Catalogue) -> Iterator[Item]:
    """Matters that a window or terminal takes."""
    yield from (i for i in matter_items(catalogue) if i.matter.handling is not Handling.INFORM)


def negative_items(catalogue: Catalogue) -> Iterator[Item]:
    """Matters that are told of and no more."""
    yield from (i for i in matter_items(catalogue) if i.matter.handling is Handling.INFORM)


def online_items(catalogue: Catalogue) -> Iterator[Item]:
    """Matters that need no visit."""
    yield from (i for i in matter_items(catalogue) if i.matter.trips == 0)


def letter_items(catalogue: Catalogue) -> Iterator[Item]:
    """Every matter of every letter."""
    of_matter = {item.id: item for item in matter_items(catalogue)}
    for letter in catalogue.delegations.values():
        for slug in letter.matters:
            item = of_matter[slug]
            yield Item(
                slug,
                {**item.records, "letter": letter},
                {**item.slugs, "letter": letter.slug},
            )


def event_items(catalogue: Catalogue) -> Iterator[Item]:
    """Every life event."""
    for event in catalogue.life_events:
        yield Item(event.slug, {"event": event}, {"event": event.slug})


def material_items(catalogue: Catalogue) -> Iterator[Item]:
    """Every material, with its life event."""
    for event in catalogue.life_events:
        for material in event.materials:
            name = f"{event.slug}.{material.slug}"
            slugs = {"event": event.slug, "material": name}
            yield Item(name, {"event": event, "material": material}, slugs)


def element_items(catalogue: Catalogue) -> Iterator[Item]:
    """Every data element, in the order of asking."""
    for element in catalogue.elements.values():
        yield Item(element.slug, {"element": element}, {"element": element.slug})
