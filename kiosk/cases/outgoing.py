"""What a terminal hands in to the platform, as bytes and back; the one place that knows both."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from kiosk.gateway.port import Problem, Rating, Submission

Outgoing = Submission | Rating | Problem


class Kind(StrEnum):
    """What an item is."""

    SUBMISSION = "submission"
    RATING = "rating"
    PROBLEM = "problem"


class UnreadableItem(Exception):
    """Stored bytes are not an item of that kind; says nothing of what they hold."""


_TYPES: dict[Kind, type[Outgoing]] = {
    Kind.SUBMISSION: Submission,
    Kind.RATING: Rating,
    Kind.PROBLEM: Problem,
}
_ADAPTERS: dict[Kind, TypeAdapter[Any]] = {kind: TypeAdapter(_TYPES[kind]) for kind in Kind}


def kind_of(item: Outgoing) -> Kind:
    """The kind of an item."""
    return next(kind for kind, of_kind in _TYPES.items() if isinstance(item, of_kind))


def encode(item: Outgoing) -> bytes:
    """An item as UTF-8 JSON. Raises ValueError for what is no text (a lone surrogate)."""
    try:
        # Without warnings: pydantic's quote the value, and they go to the standard error output.
        return _ADAPTERS[kind_of(item)].dump_json(item, fallback=_plain, warnings="none")
    except (PydanticSerializationError, UnicodeEncodeError, TypeError):
        # Not chained: the text of both can quote what they could not write.
        raise ValueError(f"a {kind_of(item)} holds what is not text") from None


def decode(kind: Kind, content: bytes) -> Outgoing:
    """The item that `encode` was given. Raises UnreadableItem."""
    try:
        item: Outgoing = _ADAPTERS[kind].validate_json(content)
    except ValidationError as error:
        # Not chained: pydantic's text quotes the values, which are personal.
        places = ", ".join(sorted({str(fault["loc"][:1]) for fault in error.errors()}))
        raise UnreadableItem(f"stored {kind} cannot be read at {places or 'all'}") from None
    return item


def _plain(value: object) -> object:
    if isinstance(value, Mapping):  # read-only views, which pydantic does not know
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written")
