"""Changes single values in YAML text and leaves every other character, comments too, as it was.

A value is replaced where it stands, a missing key is put behind those that come before it. What
came out is read again and compared with what was wanted, so a style of writing that is not
understood here is refused and never spoilt.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from kiosk.catalogue.sheets.yaml_values import LOADER, flow, scalar
from kiosk.catalogue.yaml_source import Key

ABSENT = object()  # the value of a key that is to be taken away


class YamlEditError(Exception):
    """A value cannot be changed where it stands; the file must be edited by hand."""


def edited(text: str, key: Key, value: object, order: Sequence[str] = ()) -> str:
    """The text with one value changed, put in, or taken away (ABSENT).

    `key` leads to the value: `("matters", 3, "promise_days")`. Mappings on the way that are
    missing are made. A new key stands behind those that `order` names before it. Raises
    YamlEditError where aliases, or comments within the value, stand in the way.
    """
    root = yaml.compose(text, LOADER)
    if root is None:
        raise YamlEditError("the file is empty")
    tree = yaml.load(text, LOADER)  # noqa: S506  a safe loader, the C one where there is one
    wanted = _with(copy.deepcopy(tree), key, value)
    if wanted == tree:
        return text
    changed = _change(text, root, key, value, order)
    _confirm(text, root, changed, wanted)
    return changed


def _confirm(before: str, root: yaml.Node, after: str, wanted: object) -> None:
    try:
        root_after = yaml.compose(after, LOADER)
        same = yaml.load(after, LOADER) == wanted  # noqa: S506  as above
    except yaml.YAMLError as error:
        raise YamlEditError("cannot be changed in the way it is written") from error
    if not same or root_after is None:
        raise YamlEditError("cannot be changed in the way it is written")
    if lost := Counter(comments(before, root)) - Counter(comments(after, root_after)):
        raise YamlEditError(f"holds a comment that would be lost: {next(iter(lost))}")


def comments(text: str, root: yaml.Node) -> Iterator[str]:
    """Every comment of the text, from its # to the end of its line."""
    covered = sorted(_scalar_spans(text, root))
    start, number = 0, 0
    while (at := text.find("#", start)) >= 0:
        start = at + 1
        while number < len(covered) and covered[number][1] <= at:
            number += 1
        inside = number < len(covered) and covered[number][0] <= at
        if not inside and (at == 0 or text[at - 1] in " \t\n\r"):
            start = _line_end(text, at)
            yield text[at:start].rstrip()


def _scalar_spans(text: str, node: yaml.Node) -> Iterator[tuple[int, int]]:
    if isinstance(node, yaml.ScalarNode):
        yield node.start_mark.index, _end(text, node)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalar_spans(text, item)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalar_spans(text, name)
            yield from _scalar_spans(text, value)


def _with(tree: Any, key: Key, value: object) -> Any:
    """The tree as it shall be; KeyError and IndexError become a YamlEditError."""
    place = tree
    try:
        for part in key[:-1]:
            if isinstance(place, dict) and value is not ABSENT:
                place = place.setdefault(part, {})
            else:
                place = place[part]
        if value is not ABSENT:
            place[key[-1]] = value
        elif key[-1] in place:
            del place[key[-1]]
    except (KeyError, IndexError, TypeError) as error:
        raise YamlEditError(f"has no {'.'.join(map(str, key))}") from error
    return tree


def _change(text: str, root: yaml.Node, key: Key, value: object, order: Sequence[str]) -> str:
    seen = Counter(id(node) for node in _nodes(root))
    parent, node = None, root
    for depth, part in enumerate(key):
        if seen[id(node)] > 1:
            raise YamlEditError("is written as an alias (&, *)")
        parent, found = node, _child(node, part)
        if found is None:
            rest: object = value
            for name in reversed(key[depth + 1 :]):
                rest = {name: rest}
            return _inserted(text, parent, str(part), rest, order)
        node = found
    if seen[id(node)] > 1:
        raise YamlEditError("is written as an alias (&, *)")
    if value is ABSENT:
        return _removed(text, parent, str(key[-1]))
    return text[: node.start_mark.index] + _replacing(text, node, value) + text[_end(text, node) :]


def _nodes(node: yaml.Node) -> Iterator[yaml.Node]:
    yield node
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _nodes(item)
    elif isinstance(node, yaml.MappingNode):
        for _, item in node.value:
            yield from _nodes(item)


def _child(node: yaml.Node, part: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item: yaml.Node = node.value[part]
        return item
    return None


def _replacing(text: str, node: yaml.Node, value: object) -> str:
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and isinstance(value, list):
        # The list keeps its shape: one entry a line, under the first.
        return ("\n" + " " * node.start_mark.column).join(f"- {flow(item)}" for item in value)
    if not isinstance(node, yaml.ScalarNode) or isinstance(value, dict | list | tuple):
        return flow(value)
    gap = " " if node.start_mark.index == _end(text, node) else ""
    if gap and text[node.start_mark.index - 1 : node.start_mark.index].isspace():
        gap = ""
    return gap + scalar(value, node.style)


def _inserted(text: str, parent: yaml.Node, name: str, value: object, order: Sequence[str]) -> str:
    if not isinstance(parent, yaml.MappingNode):
        raise YamlEditError(f"has no {name}")
    entry = f"{name}: {flow(value)}"
    anchor = _anchor(parent, name, order)
    if parent.flow_style:
        if anchor is None:
            at = parent.start_mark.index + 1
            return f"{text[:at]} {entry} {text[at:].lstrip(' ')}"
        at = _end(text, anchor[1])
        return f"{text[:at]}, {entry}{text[at:]}"
    column = parent.start_mark.column
    if anchor is None:  # before the first: what stands there is no single line
        at = parent.start_mark.index
        return f"{text[:at]}{entry}\n{' ' * column}{text[at:]}"
    at = _line_end(text, _end(text, anchor[1]))
    return f"{text[:at]}\n{' ' * column}{entry}{text[at:]}"


def _anchor(
    parent: yaml.MappingNode, name: str, order: Sequence[str]
) -> tuple[yaml.Node, yaml.Node] | None:
    """The pair behind which a new key stands; in a block, one whose value ends on a line."""
    pairs = [pair for pair in parent.value if parent.flow_style or _is_inline(pair[1])]
    if name in order:
        before = set(order[: order.index(name)])
        pairs = [pair for pair in pairs if pair[0].value in before] or pairs[:1]
    return pairs[-1] if pairs else None


def _is_inline(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return node.style not in ("|", ">")
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _removed(text: str, parent: yaml.Node | None, name: str) -> str:
    if not isinstance(parent, yaml.MappingNode):
        raise YamlEditError(f"has no {name}")
    names = [pair[0].value for pair in parent.value]
    number = names.index(name)
    key, value = parent.value[number]
    start, end = key.start_mark.index, _end(text, value)
    if parent.flow_style:
        if number:
            return text[: _end(text, parent.value[number - 1][1])] + text[end:]
        following = parent.value[1][0].start_mark.index if len(names) > 1 else end
        return text[:start] + text[following:]
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():  # the first key of an entry stands behind its dash
        if len(names) == 1:
            raise YamlEditError(f"{name} is all there is; take the entry away by hand")
        return text[:start] + text[parent.value[1][0].start_mark.index :]
    rest = text[end : _line_end(text, end)].strip()
    kept = f"{text[line:start]}{rest}\n" if rest else ""
    return text[:line] + kept + text[_line_end(text, end) + 1 :]


def _end(text: str, node: yaml.Node) -> int:
    """Where a value ends; the marks of block collections and scalars reach into what follows."""
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        return len(text[: node.end_mark.index].rstrip())
    if not isinstance(node, yaml.CollectionNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(text, last[1] if isinstance(node, yaml.MappingNode) else last)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found
