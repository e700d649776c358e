"""YAML files as trees, with the line of every key for those who must mend one.

PyYAML's loader lets a later key win in silence and forgets lines; it also composes by recursion in
C, so that some ten thousand brackets would end the process. What is needed against that costs
nothing for a file that is right: lines are looked up only when something is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

DEEPEST = 24  # a life event reaches 9: materials, its commitment, a text, a language …
MOST_ALIASES = 50
LARGEST = 2_000_000  # bytes of one file
NOT_BRACKETS = re.compile(r"[^\[\]{}]+")
DEEP_BLOCK = re.compile(rf"^[ ?-]{{{4 * DEEPEST},}}", re.MULTILINE)
ALIAS = re.compile(r"(?:^|[\s,\[{])\*\S", re.MULTILINE)
BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Key = tuple[str | int, ...]


class _TwiceError(yaml.YAMLError):
    """A key stands in a mapping twice."""


class _Loader(BaseLoader):  # type: ignore[misc]  # which base is known only when it runs
    """Refuses keys that are given twice."""

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> Any:
        tree = super().construct_mapping(node, deep)
        if len(tree) < len(node.value):
            raise _TwiceError
        return tree


class Source:
    """One file: its tree, and what is wrong with it as YAML."""

    def __init__(self, file: Path) -> None:
        """Reads the file; what is wrong stands in `problems`, and then `tree` is None."""
        self.file = file
        self.problems: list[str] = []
        self.tree: Any = None
        self._text = self._read()
        if self.problems or self._harms():
            return
        try:
            self.tree = yaml.load(self._text, _Loader)  # noqa: S506  the loader is a safe one
        except _TwiceError:
            self._name_twice(self._root, "")
        except (yaml.YAMLError, ValueError) as error:
            reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
            self._name(f"not YAML: {reason}", getattr(error, "problem_mark", None))
        else:
            if self.tree is None:
                self.problems.append(f"{file}: is empty; fill it in or take the file away")

    def place(self, key: Sequence[str | int]) -> str:
        """`file:line` of a key (`materials`, 3, `name`), or of the nearest key above it."""
        node, line = self._root, None
        for part in key:
            found = _step(node, part)
            if found is None:
                break
            line, node = found
        return f"{self.file}:{line}" if line else str(self.file)

    def wrong(self, error: ValidationError, above: Sequence[str | int] = ()) -> list[str]:
        """What does not fit a model, a line for each: place, key, message.

        `above`: the key of the part that was validated.
        """
        return [
            f"{self.place(key)}: {'.'.join(map(str, key)) or 'file'}: {problem['msg']}"
            for problem in error.errors(include_url=False, include_input=False)
            for key in [(*above, *problem["loc"])]
        ]

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self._text, BaseLoader)

    def _read(self) -> str:
        try:
            with self.file.open("rb") as stream:
                content = stream.read(LARGEST + 1)
            if len(content) > LARGEST:
                self.problems.append(f"{self.file}: is larger than {LARGEST} bytes")
            return content[:LARGEST].decode()
        except OSError as error:
            self.problems.append(f"{self.file}: cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            self.problems.append(f"{self.file}: not UTF-8: {error.reason} at byte {error.start}")
        return ""

    def _harms(self) -> bool:
        """Whether it is nested too deep, or its aliases multiply. Names it if so."""
        brackets = NOT_BRACKETS.sub("", self._text)
        for _ in range(DEEPEST):
            brackets = brackets.replace("[]", "").replace("{}", "")
        if not brackets and not DEEP_BLOCK.search(self._text) and not ALIAS.search(self._text):
            return False
        try:
            return self._harms_by_events()
        except yaml.YAMLError:
            return False  # said when it is loaded

    def _harms_by_events(self) -> bool:
        around: list[bool] = []  # the collections around an event: whether each has an anchor
        aliases = 0
        for event in yaml.parse(self._text, BaseLoader):
            wrong = ""
            if isinstance(event, yaml.AliasEvent):
                aliases += 1
                # Within an anchor they would multiply: ten lines could stand for a billion.
                wrong = "an alias within an anchor" if any(around) else wrong
                wrong = "too many aliases" if aliases > MOST_ALIASES else wrong
            elif isinstance(event, yaml.CollectionStartEvent):
                around.append(event.anchor is not None)
                wrong = "is nested too deep" if len(around) > DEEPEST else wrong
            elif isinstance(event, yaml.CollectionEndEvent):
                around.pop()
            if wrong:
                self._name(wrong, event.start_mark)
                return True
        return False

    def _name_twice(self, node: yaml.Node | None, above: str) -> None:
        """Name every key that is given twice."""
        if isinstance(node, yaml.SequenceNode):
            for number, item in enumerate(node.value):
                self._name_twice(item, f"{above}{number}.")
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for name, value in node.value:
                text = str(name.value)
                if text in seen:
                    self._name(f"{above}{text[:60]} is given twice", name.start_mark)
                seen.add(text)
                self._name_twice(value, f"{above}{text[:60]}.")

    def _name(self, problem: str, mark: Any) -> None:
        where = f":{mark.line + 1}" if mark else ""
        self.problems.append(f"{self.file}{where}: {problem}")


def _step(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    """One part of a key further down: its line and the node that stands there."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if str(name.value) == str(part):
                return name.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark.line + 1, node.value[part]
    return None
