"""The tree of regions (行政区划): province, city, county, town, community.

A code has 12 digits (统计用区划代码): six after GB/T 2260-2007 for province, city and county, three
after GB/T 10114-2003 for street or town, three for community or village. So it names its own level
and every region above it, and the tree needs no other links. Two kinds of codes name no division
but an area of its own, by the numbers of 湖南政务服务网: `..01 000000`, the departments of a city
itself, and `...999000`, those of a county, or the functional area that administers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import ValidationError

from kiosk.catalogue.model.record import Record, RegionCode, Text

__all__ = ["Level", "Region", "Regions", "RegionsError"]

DEEPEST = 3  # the file, its regions, the names of one
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Level(StrEnum):
    """What kind of region a code names."""

    PROVINCE = "province"  # 省
    CITY = "city"  # 市, 州
    COUNTY = "county"  # 区, 县, county-level 市
    TOWN = "town"  # 街道, 镇, 乡; also a development zone that ranks with them
    COMMUNITY = "community"  # 社区, 村
    FUNCTIONAL = "functional"  # no division: a functional area, or a government's own departments


# How many digits of a code name a region of that level; the rest are zeros.
DIGITS: Mapping[int, Level] = MappingProxyType(
    {
        2: Level.PROVINCE,
        4: Level.CITY,
        6: Level.COUNTY,
        9: Level.TOWN,
        12: Level.COMMUNITY,
    }
)


class RegionsError(Exception):
    """The regions cannot be used; one line for each thing that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Region(Record):
    """One region with its name in every language of the terminal."""

    code: RegionCode
    name: Text

    @property
    def level(self) -> Level:
        """What its code says that it is."""
        city, below_city, below_county = self.code[2:4], self.code[4:], self.code[6:]
        # In a prefecture (21 to 50 in GB/T 2260) 01 is a county-level city: 433101 吉首市.
        of_city = below_city == "01000000" and ("01" <= city <= "20" or "51" <= city <= "70")
        if of_city or below_county == "999000":
            return Level.FUNCTIONAL
        return DIGITS[_digits(self.code)]

    @property
    def parent(self) -> str | None:
        """The code of the region that it lies in by its number; None for a province."""
        above = [digits for digits in DIGITS if digits < _digits(self.code)]
        return self.code[: above[-1]].ljust(12, "0") if above else None


class Regions:
    """A tree that does not change. Every question about a code that is not in it is a KeyError."""

    def __init__(self, regions: Iterable[Region]) -> None:
        """Raises RegionsError for a code given twice and for a region whose parent is missing."""
        listed = sorted(regions, key=lambda region: region.code)
        by_code = {region.code: region for region in listed}
        children: dict[str | None, tuple[Region, ...]] = {}
        problems = [
            f"{first.code}: is given twice"
            for first, second in pairwise(listed)
            if first.code == second.code
        ]
        for region in by_code.values():
            if region.parent is not None and region.parent not in by_code:
                problems.append(_orphan(region))
            children[region.parent] = (*children.get(region.parent, ()), region)
        if problems:
            raise RegionsError(problems)
        self._by_code: Mapping[str, Region] = MappingProxyType(by_code)
        self._children: Mapping[str | None, tuple[Region, ...]] = MappingProxyType(children)

    @classmethod
    def load(cls, file: Path) -> Regions:
        """Read a file of regions.

        It holds the one key `regions`: each code, quoted, with `{zh: ..., en: ...}`. Raises
        RegionsError with everything that is wrong, each with file and line.
        """
        reader = _Reader(file)
        regions = reader.regions()
        codes = {region.code for region in regions}
        for region in regions:
            if region.parent is not None and region.parent not in codes:
                reader.problem(reader.lines[region.code], _orphan(region))
        if reader.problems:
            raise RegionsError(reader.problems)
        return cls(regions)

    def __iter__(self) -> Iterator[Region]:
        """All of them in the order of their codes: a region before those in it."""
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Region:
        try:
            return self._by_code[code]
        except KeyError:
            raise KeyError(f"no region {code}; add it to the file of regions") from None

    def name(self, code: str) -> Text:
        """望月湖街道, Wangyuehu Subdistrict."""
        return self[code].name

    def level(self, code: str) -> Level:
        """What kind of region it is."""
        return self[code].level

    def parent(self, code: str) -> Region | None:
        """The region it lies in; None for a province."""
        above = self[code].parent
        return None if above is None else self[above]

    def children(self, code: str | None = None) -> tuple[Region, ...]:
        """The regions directly in it, in the order of their codes; of None, the provinces."""
        if code is not None:
            self[code]
        return self._children.get(code, ())

    def ancestry(self, code: str) -> tuple[Region, ...]:
        """The region with everything that it lies in, the province first."""
        region = self[code]
        above = () if region.parent is None else self.ancestry(region.parent)
        return (*above, region)

    def path(self, code: str) -> Text:
        """湖南省 长沙市 岳麓区 望月湖街道; in English from the smallest, with commas."""
        names = [region.name for region in self.ancestry(code)]
        return Text(
            zh=" ".join(name.zh for name in names),
            en=", ".join(name.en for name in reversed(names)),
        )

    def within(self, code: str, ancestor: str) -> bool:
        """Whether a region is the other or lies in it."""
        return self[ancestor] in self.ancestry(code)


def _digits(code: str) -> int:
    """How many digits of a code say something, in whole levels: of 430104000000, six."""
    return next(digits for digits in DIGITS if not code[digits:].strip("0"))


def _orphan(region: Region) -> str:
    return f"{region.code} {region.name.zh}: lies in {region.parent}, which is not here; add that"


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
