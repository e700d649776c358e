"""What a page printer can be asked to print: a PDF and the sheet it is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PDF = "application/pdf"


class Sheet(StrEnum):
    """Sizes of paper by their names in PWG 5101.1."""

    A4 = "iso_a4_210x297mm"
    A5 = "iso_a5_148x210mm"


@dataclass(frozen=True)
class Document:
    """A PDF file's bytes, printed once on one side unless `two_sided`."""

    pdf: bytes
    sheet: Sheet = Sheet.A4
    two_sided: bool = False

    def __repr__(self) -> str:
        """Says nothing of its contents, which are personal."""
        return f"Document({len(self.pdf)} bytes, {self.sheet.value})"
