"""Cells for reading: what is put together from more than the one record of a row."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.model import Catalogue, Exemption, Handling, Material
from kiosk.catalogue.sheets.columns import Item
from kiosk.catalogue.sheets.forms import Word
from kiosk.catalogue.sheets.names import Names


def event_name(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """The life event."""
    return item.event.name.zh


def matter_name(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """The matter."""
    return item.matter.name.zh


def in_hall(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """Whether a hall takes it (是否进驻大厅)."""
    inside = item.matter.handling is not Handling.INFORM
    return Word("yes_no").show(inside, names)


def results(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """What comes of it."""
    return "\n".join(result.name.zh for result in item.matter.results)


def procedures(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """What stops its clock (特殊环节)."""
    return "\n".join(procedure.name.zh for procedure in item.matter.procedures)


def _papers(item: Item) -> Iterator[Material]:
    slug = item.matter.slug
    yield from (paper for paper in item.event.materials if slug in paper.matters)


def material_names(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """Its papers."""
    return "\n".join(paper.name.zh for paper in _papers(item))


def form_names(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """Its forms (表格样表)."""
    forms = (paper for paper in _papers(item) if paper.exemption is Exemption.SYSTEM_FORM)
    return "\n".join(paper.name.zh for paper in forms)


def element_names(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """What it asks for."""
    return "\n".join(catalogue.elements[slug].name.zh for slug in item.matter.elements)


def event_number(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """The life event's number."""
    return str(item.event.number)


def matters_of_paper(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """For which matters a paper is asked."""
    return "\n".join(catalogue.matters[slug].name.zh for slug in item.material.matters)


def commitment(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """What a promise stands for."""
    commitment = item.material.commitment
    return commitment.proves.zh if commitment else ""


def used_by(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """Which matters ask for it."""
    users = (m for m in catalogue.matters.values() if item.element.slug in m.elements)
    return "\n".join(dict.fromkeys(matter.name.zh for matter in users))


def annex(item: Item, catalogue: Catalogue, names: Names) -> str:  # noqa: ARG001
    """Its number in the annex."""
    return item.matter.annex or ""
