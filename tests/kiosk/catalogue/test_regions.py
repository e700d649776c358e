"""Regions answer where a place lies, and a file that does not hold together is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.model.record import Text
from kiosk.catalogue.model.region import Level, Region, Regions, RegionsError
from kiosk.catalogue.regions import load_regions

SHIPPED = Path(__file__).resolve().parents[3] / "config/catalogue/regions.yaml"

HUNAN = "430000000000"
CHANGSHA = "430100000000"
YUELU = "430104000000"
WANGYUEHU = "430104001000"
HUDONG = "430104001001"
NEW_AREA = "430104999000"
CITY_ITSELF = "430101000000"
NINGXIANG = "430182000000"
CODES = st.text(alphabet="0123456789", min_size=12, max_size=12)


@pytest.fixture(scope="module")
def regions() -> Regions:
    return load_regions(SHIPPED)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "regions.yaml"


def problems(file: Path, text: str | bytes) -> list[str]:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RegionsError) as caught:
        load_regions(file)
    return caught.value.problems


def one_problem(file: Path, text: str | bytes) -> str:
    (problem,) = problems(file, text)
    return problem


def region(code: str) -> Region:
    return Region(code=code, name=Text(zh="某地", en="Somewhere"))


def test_a_street_is_told_with_everything_it_lies_in(regions: Regions) -> None:
    assert regions.path(WANGYUEHU).zh == "湖南省 长沙市 岳麓区 望月湖街道"
    assert regions.path(WANGYUEHU).en == (
        "Wangyuehu Subdistrict, Yuelu District, Changsha City, Hunan Province"
    )
    assert regions.path(HUDONG).zh == "湖南省 长沙市 岳麓区 望月湖街道 湖东社区"
    assert regions.name(NINGXIANG).zh == "宁乡市"


def test_each_code_says_its_level(regions: Regions) -> None:
    codes = (HUNAN, CHANGSHA, YUELU, WANGYUEHU, HUDONG)
    assert [regions.level(code) for code in codes] == [
        Level.PROVINCE,
        Level.CITY,
        Level.COUNTY,
        Level.TOWN,
        Level.COMMUNITY,
    ]
    assert regions.level("430104102000") is Level.TOWN  # 莲花镇
    assert regions.level("430104102203") is Level.COMMUNITY  # 金华村


def test_the_new_area_stands_under_yuelu_as_no_division(regions: Regions) -> None:
    assert regions.level(NEW_AREA) is Level.FUNCTIONAL
    assert regions.parent(NEW_AREA) == regions[YUELU]
    assert regions.level(CITY_ITSELF) is Level.FUNCTIONAL
    assert regions.parent(CITY_ITSELF) == regions[CHANGSHA]


def test_the_first_city_of_a_prefecture_is_a_county(regions: Regions) -> None:
    assert regions.level("433101000000") is Level.COUNTY  # 吉首市, not the prefecture itself
    assert region("445101000000").level is Level.FUNCTIONAL  # 4451 潮州市 is a city, not one


def test_a_town_directly_under_a_city_has_the_city_as_its_parent() -> None:
    # Dongguan has no counties: its towns are numbered 4419 00 1xx.
    tree = Regions([region(code) for code in ("440000000000", "441900000000", "441900101000")])
    assert tree.parent("441900101000") == tree["441900000000"]
    assert tree.level("441900101000") is Level.TOWN


def test_within_knows_what_lies_in_what(regions: Regions) -> None:
    assert regions.within(HUDONG, CHANGSHA)
    assert regions.within(NEW_AREA, YUELU)
    assert regions.within(YUELU, YUELU)
    assert not regions.within(CHANGSHA, YUELU)
    assert not regions.within(NINGXIANG, YUELU)


def test_children_are_the_next_level_in_the_order_of_their_codes(regions: Regions) -> None:
    counties = [r for r in regions.children(CHANGSHA) if r.level is Level.COUNTY]
    assert [county.name.zh for county in counties] == [
        "芙蓉区",
        "天心区",
        "岳麓区",
        "开福区",
        "雨花区",
        "望城区",
        "长沙县",
        "浏阳市",
        "宁乡市",
    ]
    assert regions.children(HUDONG) == ()
    assert [province.code for province in regions.children()] == [HUNAN]


def test_the_shipped_tree_has_all_that_its_header_promises(regions: Regions) -> None:
    levels = [r.level for r in regions]
    assert levels.count(Level.CITY) == 14
    assert levels.count(Level.COUNTY) == 122
    for county in (r for r in regions.children(CHANGSHA) if r.level is Level.COUNTY):
        assert any(r.level is Level.TOWN for r in regions.children(county.code)), county.name.zh
    for town in regions.children(YUELU):
        if town.level is Level.TOWN:
            assert regions.children(town.code), town.name.zh


def test_every_shipped_name_ends_with_what_its_level_is_called(regions: Regions) -> None:
    ends = {
        Level.PROVINCE: ("省",),
        Level.CITY: ("市", "州"),
        Level.COUNTY: ("区", "县", "市"),
        Level.TOWN: ("街道", "镇", "乡", "高科技园", "管理委员会"),
        Level.COMMUNITY: ("社区", "村"),
        Level.FUNCTIONAL: ("市直", "新区"),
    }
    for r in regions:
        assert r.name.zh.endswith(ends[r.level]), r.name.zh
        assert re.fullmatch(r"[A-Z][A-Za-z'()\- ]+", r.name.en), r.name.en
        assert r.name.en.split()[0] != r.name.en, f"{r.name.en} does not say what it is"


def test_an_unknown_code_is_named(regions: Regions) -> None:
    for ask in (regions.name, regions.level, regions.parent, regions.children, regions.path):
        with pytest.raises(KeyError, match="no region 110101000000"):
            ask("110101000000")
    with pytest.raises(KeyError, match="no region 110101000000"):
        regions.within(YUELU, "110101000000")
    assert "110101000000" not in regions


def test_a_region_without_its_parent_is_named_with_its_line(file: Path) -> None:
    lines = ('"430000000000": {zh: 湖南省, en: H}', '"430104000000": {zh: 岳麓区, en: Y}')
    problem = one_problem(file, "regions:\n" + "".join(f"  {line}\n" for line in lines))
    assert problem.startswith(f"{file}:3: 430104000000 岳麓区: ")
    assert "430100000000" in problem


def test_a_code_given_twice_is_named_with_both_lines(file: Path) -> None:
    line = '  "430000000000": {zh: 湖南省, en: Hunan}\n'
    assert one_problem(file, "regions:\n" + line * 2) == (
        f"{file}:3: 430000000000: is given twice, first in line 2"
    )
    with pytest.raises(RegionsError, match="430000000000: is given twice"):
        Regions([region(HUNAN), region(HUNAN)])


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            "430000000000: {zh: 湖南省, en: Hunan}",
            "430000000000: must be a code, 12 digits in quotes",
        ),
        ('"43": {zh: 湖南省, en: Hunan}', "43: code: String should match pattern"),
        ('"43000000000０": {zh: 湖南省, en: Hunan}', "code: String should match pattern"),
        ('"430000000000": 湖南省', "430000000000: name: "),
        ('"430000000000": {zh: 湖南省}', "430000000000: name.en: Field required"),
        (
            '"430000000000": {zh: 湖南省, en: }',
            "430000000000: name.en: String should have at least",
        ),
        ('"430000000000": {zh: 湖南省, en: H, fr: H}', "name.fr: Extra inputs are not permitted"),
        ('"430000000000": {zh: 湖南省, en: H, en: I}', "430000000000: en is given twice"),
        ('"430000000000": {zh: "湖南省 ", en: H}', "430000000000: zh has blanks around it"),
        ('"430000000000": {zh: [湖南省], en: H}', "is nested too deep"),
        ("? [a]\n  : {zh: 湖南省, en: H}", "a key: must be a code"),
        ("<<: {zh: 湖南省, en: H}", "<<: must be a code"),
        ('"430000000000": *nowhere', "not YAML: found undefined alias"),
        ('"430000000000": {zh: 湖南省', "not YAML: "),
    ],
)
def test_a_broken_entry_is_named_with_file_line_and_key(file: Path, entry: str, said: str) -> None:
    problem = one_problem(file, f"regions:\n  {entry}\n")
    assert re.match(rf"{re.escape(str(file))}:[23]: ", problem)
    assert said in problem


def test_everything_that_is_wrong_is_told_at_once(file: Path) -> None:
    found = problems(file, 'regions:\n  "1": {zh: a, en: b}\n  "2": {zh: a}\n')
    assert len(found) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"# nothing\n", "is empty"),
        (b"- 1\n", "must hold the one key regions"),
        (b"regions: {}\nplaces: {}\n", "must hold the one key regions"),
        (b"regions: [1]\n", "regions: must be codes"),
        (b"\xff\xfe", "not UTF-8"),
        (b"regions: \x00", "not YAML"),
        (b"[" * 100_000, "is nested too deep"),
    ],
)
def test_a_file_of_another_kind_is_refused(file: Path, content: bytes, said: str) -> None:
    assert said in one_problem(file, content)


def test_a_missing_file_is_named(file: Path) -> None:
    with pytest.raises(RegionsError, match=r"regions\.yaml: cannot be read: No such file"):
        load_regions(file)


@given(st.lists(CODES, max_size=12, unique=True))
def test_any_codes_with_what_they_lie_in_make_a_tree(codes: list[str]) -> None:
    listed = {code: region(code) for code in codes}
    for code in codes:
        while (above := listed[code].parent) is not None:
            code = above  # noqa: PLW2901
            listed.setdefault(code, region(code))
    tree = Regions(listed.values())
    assert len(tree) == len(listed)
    for r in tree:
        above = tree.parent(r.code)
        assert r in tree.children(above.code if above else None)
        assert tree.ancestry(r.code)[-1] == r
        assert all(tree.within(r.code, ancestor.code) for ancestor in tree.ancestry(r.code))
        assert all(tree.within(child.code, r.code) for child in tree.children(r.code))


@settings(max_examples=150)
@given(
    st.binary(max_size=200)
    | st.recursive(
        st.sampled_from(["430000000000", '"430000000000"', '"430100000000"', "zh", "en", "名", ""]),
        lambda inner: st.lists(inner, max_size=3).map(
            lambda parts: "{" + ", ".join(f"{part}: {part}" for part in parts) + "}"
        ),
        max_leaves=12,
    ).map(lambda text: f"regions: {text}".encode())
)
def test_no_file_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzzed.yaml"
    file.write_bytes(content)
    try:
        tree = load_regions(file)
    except RegionsError as error:
        assert error.problems
        assert all(problem.startswith(str(file)) for problem in error.problems)
    else:
        assert all(tree.path(r.code) for r in tree)
