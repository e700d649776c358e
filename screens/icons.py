"""Icon names of the Material Design Icons font and the characters that draw them.

`icons.json` lists every icon of the 1.x web font by the name that its designers gave it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("icons.json")


@cache
def characters() -> Mapping[str, str]:
    """Icon name → the character of the font."""
    names: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in names.items()}


def has_icon(name: str) -> bool:
    """Whether there is an icon of that name; a page drawn with another shows its words alone."""
    return name in characters()
