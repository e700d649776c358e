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
from types import MappingProxyType

from kiosk.catalogue.model.record import Record, RegionCode, Text


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
                problems.append(orphan(region))
            children[region.parent] = (*children.get(region.parent, ()), region)
        if problems:
            raise RegionsError(problems)
        self._by_code: Mapping[str, Region] = MappingProxyType(by_code)
        self._children: Mapping[str | None, tuple[Region, ...]] = MappingProxyType(children)

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


def orphan(region: Region) -> str:
    """What is wrong with a region whose parent is missing."""
    return f"{region.code} {region.name.zh}: lies in {region.parent}, which is not here; add that"
