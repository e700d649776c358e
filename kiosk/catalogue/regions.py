"""Reads the file of regions, node by node, so that every problem is named with its line."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from kiosk.catalogue.model.record import RegionCode, Text
from kiosk.catalogue.model.region import Region, Regions, RegionsError, orphan
from kiosk.catalogue.yaml_source import Source

__all__ = ["RegionsError", "load_regions"]

_NAMES = TypeAdapter(dict[RegionCode, Text])

DEEPEST = 3  # the file, its regions, the names of one
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_regions(file: Path) -> Regions:
    """Read a file of regions.

    It holds the one key `regions`: each code, quoted, with `{zh: ..., en: ...}`. Raises
    RegionsError with everything that is wrong, each with file and line.
    """
    try:
        return Regions(_fast(file))
    except (ValueError, RegionsError):
        pass  # read again node by node, which is slower and knows the lines
    reader = _Reader(file)
    regions = reader.regions()
    codes = {region.code for region in regions}
    for region in regions:
        if region.parent is not None and region.parent not in codes:
            reader.problem(reader.lines[region.code], orphan(region))
    if reader.problems:
        raise RegionsError(reader.problems)
    return Regions(regions)


def _fast(file: Path) -> list[Region]:
    """All regions of a file that is right; ValueError for one that is not."""
    tree = Source(file).tree
    if not isinstance(tree, dict) or list(tree) != ["regions"]:
        raise ValueError("regions")
    names = _NAMES.validate_python(tree["regions"])
    if any(text != text.strip() for name in names.values() for text in (name.zh, name.en)):
        raise ValueError("blanks")
    return [Region(code=code, name=name) for code, name in names.items()]


class _Reader:
    """Reads one file node by node, since only nodes know their lines and keys given twice."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.problems: list[str] = []
        self.lines: dict[str, int] = {}

    def problem(self, line: int, what: str) -> None:
        self.problems.append(f"{self._file}:{line}: {what}")

    def regions(self) -> list[Region]:
        root = self._root()
        if root is None:
            return []
        keys = [key.value for key, _ in root.value] if isinstance(root, yaml.MappingNode) else []
        if keys != ["regions"]:
            self.problem(_line(root), "must hold the one key regions")
            return []
        ((_, tree),) = root.value
        if not isinstance(tree, yaml.MappingNode):
            self.problem(_line(tree), "regions: must be codes, each with its names")
            return []
        found = [self._region(key, value) for key, value in tree.value]
        return [region for region in found if region is not None]

    def _root(self) -> yaml.Node | None:
        try:
            text = self._file.read_bytes().decode()
            self._check_depth(text)
            if not self.problems:
                root: yaml.Node | None = yaml.compose(text, Loader)
                if root is not None:
                    return root
                self.problem(1, "is empty; it must hold the one key regions")
        except OSError as error:
            self.problems.append(f"{self._file}: cannot be read: {error.strerror}")
        except UnicodeDecodeError as error:
            self.problems.append(f"{self._file}: not UTF-8: {error.reason} at byte {error.start}")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            reason = getattr(error, "problem", None) or getattr(error, "reason", "unreadable")
            self.problem(mark.line + 1 if mark else 1, f"not YAML: {reason}")
        return None

    def _check_depth(self, text: str) -> None:
        # Composing recurses in C: some ten thousand brackets would end the process by a
        # segmentation fault. Parsing into events does not recurse.
        depth = 0
        for event in yaml.parse(text, Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                self.problem(_line(event), "is nested too deep; must be {zh, en}")
                return

    def _region(self, key: yaml.Node, value: yaml.Node) -> Region | None:
        line = _line(key)
        if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str":
            said = key.value[:40] if isinstance(key, yaml.ScalarNode) else "a key"
            self.problem(line, f"{said}: must be a code, 12 digits in quotes")
            return None
        code = key.value
        if code in self.lines:
            self.problem(line, f"{code[:40]}: is given twice, first in line {self.lines[code]}")
            return None
        self.lines[code] = line
        try:
            return Region.model_validate({"code": code, "name": self._names(code, value)})
        except ValidationError as error:
            for problem in error.errors(include_url=False, include_input=False):
                where = ".".join(str(part) for part in problem["loc"])
                self.problem(line, f"{code[:40]}: {where}: {problem['msg']}")
            return None

    def _names(self, code: str, value: yaml.Node) -> dict[str, object] | None:
        """The names as pydantic takes them; None where no names stand."""
        if not isinstance(value, yaml.MappingNode):
            return None
        names: dict[str, object] = {}
        for key, name in value.value:
            language = str(key.value)[:40]
            text = name.value if isinstance(name, yaml.ScalarNode) else None
            if language in names:
                self.problem(_line(key), f"{code[:40]}: {language} is given twice")
            if text is not None and text != text.strip():
                self.problem(_line(key), f"{code[:40]}: {language} has blanks around it")
            names[language] = text
        return names


def _line(node: yaml.Node | yaml.Event) -> int:
    return node.start_mark.line + 1 if node.start_mark else 1
