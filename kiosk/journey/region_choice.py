"""Choosing a region level by level: city, county, street, community."""

from __future__ import annotations

from dataclasses import replace

from kiosk.catalogue.model import Element
from kiosk.catalogue.model.region import Level, Region
from kiosk.journey.page import Choice, Choices
from kiosk.journey.session import Session
from kiosk.journey.view import View


def block(view: View, code: str) -> Choices:
    """The regions of the level that is open. `code`: what is chosen so far, empty at first."""
    choices = tuple(
        Choice(region.code, view.words(region.name)) for region in _below(view, _open(view, code))
    )
    return Choices("value", choices, code)


def path(view: View, code: str) -> str:
    """What is chosen so far: 湖南省 长沙市 岳麓区."""
    opened = _open(view, code)
    return view.words(view.world.catalogue.region_tree.path(opened)) if opened else ""


def choose(view: View, code: str) -> Session:
    """Mark a region; one that has others in it opens."""
    if code not in view.world.catalogue.region_tree:
        return view.session
    return replace(view.session, draft=code, error="")


def up(view: View, code: str) -> Session:
    """One level up."""
    opened = _open(view, code)
    above = view.world.catalogue.region_tree.parent(opened) if opened else None
    return replace(view.session, draft=above.code if above else "", error="")


def has_up(view: View, code: str) -> bool:
    """Whether there is a level above the one that is open; a lone province has none."""
    return _open(view, code) != _start(view)


def problem(view: View, element: Element, code: str) -> str | None:
    """The phrase of what is wrong with a choice: one with others in it is not one yet."""
    tree = view.world.catalogue.region_tree
    ended = code in tree and not _below(view, code)
    return None if ended else f"check.{element.check.value}"


def _open(view: View, code: str) -> str:
    """The region whose parts are shown."""
    tree = view.world.catalogue.region_tree
    if code not in tree:
        return _start(view)
    if _below(view, code):
        return code
    above = tree.parent(code)
    return above.code if above else ""


def _start(view: View) -> str:
    provinces = view.world.catalogue.region_tree.children()
    return provinces[0].code if len(provinces) == 1 else ""


def _below(view: View, code: str) -> tuple[Region, ...]:
    regions = view.world.catalogue.region_tree.children(code or None)
    return tuple(region for region in regions if region.level is not Level.FUNCTIONAL)
