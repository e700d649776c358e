"""Blocks of a page as pieces, one module each: `pieces(block, width, style)`. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.journey.page import (
    Callout,
    Cards,
    Choices,
    Code,
    Faults,
    Figures,
    Heading,
    Options,
    Paragraph,
    Picture,
    Rows,
    Segments,
    Signature,
    Timeline,
    Video,
)
from screens.blocks import (
    callout,
    cards,
    choices,
    code,
    faults,
    figures,
    heading,
    options,
    paragraph,
    picture,
    rows,
    segments,
    signature,
    timeline,
    video,
)
from screens.sketch import Piece
from screens.style import Style

SKETCHES: Mapping[type, Callable[[Any, float, Style], tuple[Piece, ...]]] = {
    Paragraph: paragraph.pieces,
    Heading: heading.pieces,
    Figures: figures.pieces,
    Rows: rows.pieces,
    Choices: choices.pieces,
    Options: options.pieces,
    Cards: cards.pieces,
    Segments: segments.pieces,
    Callout: callout.pieces,
    Picture: picture.pieces,
    Timeline: timeline.pieces,
    Faults: faults.pieces,
    Signature: signature.pieces,
    Video: video.pieces,
    Code: code.pieces,
}  # fields are sketched with their entry

__all__ = ["SKETCHES"]
