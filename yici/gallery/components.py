"""What the gallery shows, as data: components, how each is used, and its states as pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ConfigDict, TypeAdapter

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language
from kiosk.catalogue.model import Text
from kiosk.catalogue.yaml_file import read_yaml
from kiosk.journey.page import Action, Block, Layout, Page, Weight

BLOCKS: Mapping[str, type] = {kind.__name__: kind for kind in get_args(Block)}
LANGUAGES = {language.value for language in Language}
FOOT = {"help": "help-circle", "problem": "alert", "leave": "exit-to-app"}


class State(BaseModel):
    """One state as a page. `touch`: targets to touch first; `focus`: where the keypad's ring is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text | None = None
    lead: Text | None = None
    eyebrow: Text | None = None
    progress: float | None = None
    layout: Layout = Layout.STEP
    busy: bool = False
    blocks: tuple[dict[str, Any], ...] = ()
    actions: tuple[dict[str, Any], ...] = ()
    touch: tuple[str, ...] = ()
    focus: str = ""


class Component(BaseModel):
    """A component: its class in `kiosk/journey/page.py`, what it does and how it is used."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    component: str
    name: Text
    does: str
    touch: str
    keypad: str
    switch: str
    speech: str
    states: dict[str, State]


def components(folder: Path) -> dict[str, Component]:
    """By file name, in its order. Raises CatalogueError: which file and key, and what is wrong."""
    return {file.stem: read_yaml(file, Component) for file in sorted(folder.glob("*.yaml"))}


def page(component: Component, state: str, language: Language, phrases: Phrases) -> Page:
    """The page of a state. Raises pydantic's ValidationError for a block that is not one."""
    shown = component.states[state]
    actions = tuple(_adapter(Action).validate_python(in_(tree, language)) for tree in shown.actions)
    return Page(
        id=f"{component.name.en}.{state}",
        title=(shown.title or component.name).in_(language),
        lead=shown.lead.in_(language) if shown.lead else "",
        eyebrow=shown.eyebrow.in_(language) if shown.eyebrow else "",
        brand=component.component,
        blocks=tuple(_block(in_(tree, language)) for tree in shown.blocks),
        actions=(*_around(shown, language, phrases), *(actions or _usual(language, phrases))),
        progress=shown.progress,
        layout=shown.layout,
        busy=shown.busy,
    )


def in_(tree: Any, language: Language) -> Any:
    """The tree with every `{zh: …, en: …}` replaced by the text of one language."""
    if isinstance(tree, dict):
        if tree.keys() == LANGUAGES:
            return tree[language.value]
        return {key: in_(value, language) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [in_(value, language) for value in tree]
    return tree


def _block(tree: dict[str, Any]) -> Block:
    kind = BLOCKS[tree["block"]]
    rest = {key: value for key, value in tree.items() if key != "block"}
    block: Block = _adapter(kind).validate_python(rest)
    return block


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _usual(language: Language, phrases: Phrases) -> tuple[Action, ...]:
    back, onward = (phrases.text(language, f"frame.{name}") for name in ("back", "continue"))
    return (
        Action("back", back, Weight.BACK, icon="arrow-left"),
        Action("continue", onward, Weight.PRIMARY, icon="arrow-right"),
    )


def _around(shown: State, language: Language, phrases: Phrases) -> tuple[Action, ...]:
    """The bar above and the foot, as on every page; a dialog has no foot."""
    other = Language.EN if language is Language.ZH else Language.ZH
    foot = FOOT if shown.layout is Layout.STEP else {}
    return (
        Action("ease", phrases.text(language, "frame.ease"), Weight.TOP, icon="tune"),
        Action("language", phrases.text(other, "frame.language"), Weight.TOP),
        *(
            Action(name, phrases.text(language, f"frame.{name}"), Weight.FOOT, icon=icon)
            for name, icon in FOOT.items()
            if name in foot
        ),
    )
