"""Electronic licences (电子证照), code tables, and how what a terminal prints is laid out."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kiosk.catalogue.model.record import Record, Slug, Sourced, Text


class LicenceType(Sourced):
    """A kind of electronic licence and the fields that it gives.

    `code` is the standard material code of the portal (L1000005: 营业执照).
    """

    slug: Slug
    name: Text
    code: str | None = None
    fields: tuple[Slug, ...]


class CodeEntry(Record):
    """One line of a code table, such as GB/T 3304 nations."""

    code: str
    label: Text


class Paper(StrEnum):
    """What a layout is printed on."""

    RECEIPT = "receipt"


class LayoutRow(Record):
    """One line: a label and the licence field whose value stands behind it."""

    label: Text
    field: Slug
    masked: bool = False


class Layout(Record):
    """What is printed of a licence: title, lines, and the remark below them."""

    slug: Slug
    paper: Paper
    licence: Slug
    title: Text
    rows: Annotated[tuple[LayoutRow, ...], Field(min_length=1)]
    remark: Text
