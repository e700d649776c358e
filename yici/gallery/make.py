"""Makes the gallery's pictures and its page, or the pictures that changes are held against."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kiosk.journey import page as pages
from yici.gallery.compare import kept, small
from yici.gallery.components import Component
from yici.gallery.shots import COMPARED, LOOKS, Photographer

TEMPLATE = Path(__file__).with_name("index.html")


@dataclass(frozen=True)
class Shown:
    """One picture of the page: its file beside `index.html`."""

    name: str
    file: str


@dataclass(frozen=True)
class Entry:
    """One component of the page. `source`: its data class as it stands in the code."""

    component: Component
    module: str
    source: str
    shots: tuple[Shown, ...]


def make(photographer: Photographer, found: Mapping[str, Component], target: Path) -> Path:
    """Every state in every look; gives the page that shows them. Works from file://."""
    target.mkdir(parents=True, exist_ok=True)
    entries = {}
    for slug, component in found.items():
        shots = []
        for state in component.states:
            for look in LOOKS:
                for shot in photographer.shots(component, state, look):
                    file = f"{slug}-{shot.name}.png"
                    small(shot.picture).save(target / file, optimize=True)
                    shots.append(Shown(shot.name, file))
        kind = getattr(pages, component.component)
        source = inspect.getsource(kind)
        entries[slug] = Entry(component, kind.__module__, source, tuple(shots))
    environment = Environment(
        loader=FileSystemLoader(TEMPLATE.parent), autoescape=True, undefined=StrictUndefined
    )
    index = target / "index.html"
    index.write_text(environment.get_template(TEMPLATE.name).render(shown=entries), "utf-8")
    return index


def accept(photographer: Photographer, found: Mapping[str, Component], stored: Path) -> list[Path]:
    """Store every compared picture anew, and drop those of states that are no more."""
    stored.mkdir(parents=True, exist_ok=True)
    written = []
    for slug, component in found.items():
        for state in component.states:
            for look in COMPARED:
                for shot in photographer.shots(component, state, look):
                    file = stored / f"{slug}-{shot.name}.png"
                    kept(shot).save(file, optimize=True)
                    written.append(file)
    for file in set(stored.glob("*.png")) - set(written):
        file.unlink()
    return written
