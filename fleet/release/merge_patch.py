"""JSON merge patch (RFC 7396): what has changed in a tree, as a tree."""

from __future__ import annotations

from typing import Any


def apply(target: Any, patch: Any) -> Any:
    """The tree that a patch makes of a target; neither is changed (RFC 7396, section 2)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = apply(result.get(key), value)
    return result


def between(old: Any, new: Any) -> Any:
    """The patch that makes `new` of `old`.

    A patch cannot say null, so where `new` holds nulls the patch does not give it back: apply it
    and compare where that can be.
    """
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return new
    patch: dict[str, Any] = {key: None for key in old.keys() - new.keys()}
    for key, value in new.items():
        if key not in old:
            patch[key] = value
        elif old[key] != value:
            patch[key] = between(old[key], value)
    return patch
