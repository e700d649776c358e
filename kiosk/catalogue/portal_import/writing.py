"""Records as YAML in the style of the files that people write."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kiosk.catalogue.portal_import.draft import Draft
from kiosk.catalogue.portal_import.guide import PortalGuide
from kiosk.catalogue.portal_import.parties import Record
from kiosk.catalogue.sheets.yaml_values import flow

HEAD = 96  # of a line in the head of a file
WIDTH = 110  # of a line with braces; what would be longer stands on lines of its own


def files(drafted: Draft, guide: PortalGuide) -> Mapping[str, str]:
    """The files of a draft by their names below the catalogue's folder."""
    stem = f"{drafted.number:02}-{drafted.slug.replace('_', '-')}.yaml"
    found = {f"life_events/{stem}": _head(drafted, guide) + "".join(_lines(drafted.event, 0))}
    for kind in ("units", "service_points", "delegations"):
        records: Sequence[Record] = getattr(drafted, kind)
        if records:
            said = f"# Of the draft {drafted.slug}, after the portal's guide {guide.code}.\n"
            found[f"{kind}/{stem}"] = said + "".join(_lines({kind: records}, 0))
    return found


def _head(drafted: Draft, guide: PortalGuide) -> str:
    facts = [guide.code, guide.implementation_code, guide.area_name, guide.area_code]
    named = ", ".join(fact for fact in facts if fact)
    first = f"DRAFT after the portal's guide {named}: {guide.title}. Every text in English is to "
    first += "be translated, every doubt to be settled before it is released."
    lines = [*textwrap.wrap(first, HEAD), "Doubts:"]
    for doubt in drafted.doubts:
        line = " ".join(doubt.split())
        lines += textwrap.wrap(f"- {line}", HEAD, subsequent_indent="  ")
    return "".join(f"# {line}\n" for line in lines)


def _lines(record: Mapping[str, Any], depth: int) -> Iterator[str]:
    """The keys of a mapping, one a line, deeper ones indented."""
    indent = "  " * depth
    for key, value in record.items():
        written = flow(value)
        if len(indent) + len(key) + len(written) <= WIDTH and not _has_records(value):
            yield f"{indent}{key}: {written}\n"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:\n"
            yield from _lines(value, depth + 1)
        elif isinstance(value, list) and _has_records(value):
            yield f"{indent}{key}:\n"
            for item in value:
                yield from _item(item, depth + 1)
        else:
            yield f"{indent}{key}: {written}\n"


def _item(item: Mapping[str, Any], depth: int) -> Iterator[str]:
    written = flow(item)
    if len(written) + 2 * depth <= WIDTH and "slug" not in item:
        yield f"{'  ' * depth}- {written}\n"
        return
    lines = list(_lines(item, depth + 1))
    yield f"{'  ' * depth}- {lines[0].lstrip()}"
    yield from lines[1:]


def _has_records(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, Mapping) for item in value)
