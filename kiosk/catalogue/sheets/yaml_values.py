"""Writes single values as YAML on one line, in the way the files of the catalogue are written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# JSON leaves them as they are; YAML folds or refuses them even between quotes.
UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def flow(value: object) -> str:
    """A value on one line: `{ zh: 领证, en: "Yes, now" }`, `[newborn, phone]`, `5`."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{name}: {flow(item)}" for name, item in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(flow(item) for item in value)}]"
    return scalar(value)


def scalar(value: object, style: str | None = None) -> str:
    """One scalar; text is plain where it reads back as itself, else quoted.

    `style` is the quote that stood there before (`'`, `"`) and is kept where it can be.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError(f"no scalar: {type(value).__name__}")
    if style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return value if style != '"' and _is_plain(value) else quoted(value)


def quoted(text: str) -> str:
    """Between double quotes, with escapes that YAML and JSON share."""
    escaped = json.dumps(text, ensure_ascii=False)
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", escaped)


def _is_plain(text: str) -> bool:
    """Whether it is itself without quotes, in a line of its own and between braces."""
    if not text.isprintable():
        return False
    try:  # the pure loader, which takes less as plain than the one in C
        read = yaml.load(f"a: {text}\nb: {{ c: {text}, d: [{text}] }}\n", yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return bool(read == {"a": text, "b": {"c": text, "d": [text]}})
