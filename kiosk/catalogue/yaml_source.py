"""YAML files as trees that know their lines: where a key stands, and which is given twice.

PyYAML's loader forgets lines and lets a later key win in silence, so files are read as nodes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

DEEPEST = 24  # a life event reaches 9: materials, its commitment, a text, a language …
MOST_ALIASES = 50
LARGEST = 2_000_000  # bytes of one file
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = tuple[str | int, ...]


class Source:
    """One file: its tree, and what is wrong with it as YAML."""

    def __init__(self, file: Path) -> None:
        """Reads the file; what is wrong stands in `problems`, and then `tree` is None."""
        self.file = file
        self.problems: list[str] = []
        self.tree: Any = None
        self._nodes: dict[Key, yaml.Node] = {}
        root = self._root()
        if root is not None:
            self._find_twice(root, ())
        if root is not None and not self.problems:
            self.tree = self._constructed(root)

    def place(self, key: Sequence[str | int]) -> str:
        """`file:line` of a key (`materials`, 3, `name`), or of the nearest key above it."""
        for length in range(len(key), 0, -1):
            node = self._nodes.get(tuple(key[:length]))
            if node is not None:
                return f"{self.file}:{node.start_mark.line + 1}"
        return str(self.file)

    def _name(self, problem: str, mark: Any) -> None:
        where = f":{mark.line + 1}" if mark else ""
        self.problems.append(f"{self.file}{where}: {problem}")

    def _root(self) -> yaml.Node | None:
        try:
            content = self.file.read_bytes()
            if len(content) > LARGEST:
                self.problems.append(f"{self.file}: is larger than {LARGEST} bytes")
                return None
            text = content.decode()
            if self._deep(text):
                return None
            root: yaml.Node | None = yaml.compose(text, Loader)
        except OSError as error:
            self.problems.append(f"{self.file}: cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            self.problems.append(f"{self.file}: not UTF-8: {error.reason} at byte {error.start}")
        except yaml.YAMLError as error:
            self._name(f"not YAML: {_reason(error)}", getattr(error, "problem_mark", None))
        else:
            if root is None:
                self.problems.append(f"{self.file}: is empty; fill it in or take the file away")
            return root
        return None

    def _deep(self, text: str) -> bool:
        """Composing recurses in C, so that some ten thousand brackets would end the process."""
        open_: list[bool] = []  # the collections around an event: whether each has an anchor
        aliases = 0
        for event in yaml.parse(text, Loader):
            wrong = ""
            if isinstance(event, yaml.AliasEvent):
                aliases += 1
                # Within an anchor they would multiply: ten lines could stand for a billion.
                wrong = "an alias within an anchor" if any(open_) else wrong
                wrong = "too many aliases" if aliases > MOST_ALIASES else wrong
            elif isinstance(event, yaml.CollectionStartEvent):
                open_.append(event.anchor is not None)
                wrong = "is nested too deep" if len(open_) > DEEPEST else wrong
            elif isinstance(event, yaml.CollectionEndEvent):
                open_.pop()
            if wrong:
                self._name(wrong, event.start_mark)
                return True
        return False

    def _find_twice(self, node: yaml.Node, key: Key) -> None:
        """Remember where every key stands, and name those that are given twice."""
        self._nodes.setdefault(key, node)
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._find_twice(item, (*key, number))
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for name, value in node.value:
                text = str(name.value)
                if text in seen:
                    self._name(f"{text[:60]} is given twice", name.start_mark)
                seen.add(text)
                self._find_twice(value, (*key, text))
                self._nodes[(*key, text)] = name

    def _constructed(self, root: yaml.Node) -> Any:
        loader = yaml.SafeLoader("")
        try:
            return loader.construct_document(root)
        except (yaml.YAMLError, ValueError) as error:
            self._name(f"not YAML: {_reason(error)}", getattr(error, "problem_mark", None))
            return None


def _reason(error: Exception) -> str:
    return str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
