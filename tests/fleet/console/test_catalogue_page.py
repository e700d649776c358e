"""What an administrator sees of the catalogue: over real HTTP, of releases that were published."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fleet.release.repository import Repository
from kiosk.access.phrases import Phrases
from kiosk.catalogue.items import canonical, from_items
from kiosk.catalogue.lint.completeness import PUBLISHED
from kiosk.catalogue.model import (
    Catalogue,
    Exemption,
    Handling,
    LifeCycle,
    Provenance,
    Sensitivity,
    Sourced,
)
from tests.fleet.console.catalogue_pages import (
    PHRASES,
    Pages,
    changed,
    publish,
    row_of,
    serving,
    words,
)
from tests.fleet.release.publication import ITEMS, with_limit

BANK = "sample"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return from_items(ITEMS)


@pytest.fixture(scope="module")
def releases() -> list[str]:
    """Names of the releases of `pages`, in the order in which they were published."""
    return []


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, releases: list[str]) -> Iterator[Pages]:
    """The catalogue with another limit, and then as it is."""
    folder = tmp_path_factory.mktemp("console")
    repository = Repository.open(folder / "repository", BANK)
    releases += [publish(repository, with_limit(9)), publish(repository, ITEMS)]
    with serving(folder, {BANK: repository}) as served:
        yield served


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository.open(tmp_path / "repository", BANK)


@pytest.fixture
def fresh(tmp_path: Path, repository: Repository) -> Iterator[Pages]:
    """A console whose bank has published nothing yet."""
    with serving(tmp_path, {BANK: repository}) as served:
        yield served


def drafted(records: Iterable[Sourced]) -> int:
    return sum(record.provenance is Provenance.DRAFTED for record in records)


def test_the_whole_is_counted_by_where_it_comes_from(pages: Pages, catalogue: Catalogue):
    events = catalogue.life_events
    materials = [material for event in events for material in event.materials]
    elements = catalogue.elements.values()
    seen = pages.seen("/catalogue")
    for figure in (
        f"一件事 {len(events)}",
        f"事项 {len(catalogue.matters)} 其中清单事项 116",
        f"材料 {len(materials)}",
        f"数据元 {len(elements)}",
    ):
        assert figure in seen
    samples = pages.row("/catalogue", "示例（待主管部门核定）")
    counts = [drafted(events), drafted(catalogue.matters.values()), drafted(materials)]
    assert samples.startswith("示例（待主管部门核定） " + " ".join(map(str, counts)))
    assert f" {drafted(elements)} " in samples


def test_every_life_event_has_its_row_with_units_handling_and_sources(
    pages: Pages, catalogue: Catalogue
):
    source = pages.source("/catalogue")
    newborn = row_of(source, "新生儿出生")
    event = catalogue.life_event("newborn")
    assert newborn.startswith("1 新生儿出生 含示例 新区卫生健康局（疾病预防控制局） 在终端申请 8 ")
    assert f"示例 {drafted(event.materials)}" in newborn
    for event in catalogue.life_events:
        row = row_of(source, event.name.zh)
        assert row.startswith(f"{event.number} {event.name.zh} ")
        assert all(catalogue.units[unit].name.zh in row for unit in event.lead_units)
        told = sum(matter.handling is Handling.INFORM for matter in event.matters)
        assert (f"只告知 {told}" in row) == bool(told)


def test_what_is_drafted_is_marked_and_what_has_a_source_is_not(
    fresh: Pages, repository: Repository, catalogue: Catalogue
):
    sourced = {"provenance": "portal", "source": "43PCN0009"}
    event = json.loads(ITEMS["life_event/newborn"]) | sourced
    for kind in ("questions", "materials"):
        event[kind] = [record | sourced for record in event[kind]]
    items = ITEMS | {"life_event/newborn": canonical(event)}
    for matter in catalogue.life_event("newborn").matters:
        for element in matter.elements:
            items |= changed(f"element/{element}", **sourced)
    publish(repository, items)
    assert "示例" not in fresh.row("/catalogue", "新生儿出生")
    assert "示例" not in fresh.seen("/catalogue/newborn")
    assert "含示例" in fresh.row("/catalogue", "就业")
    assert re.match(r"20 政策兑现 示例 ", fresh.row("/catalogue", "政策兑现"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_each_life_event_names_everything_in_it(
    pages: Pages, catalogue: Catalogue, language: str
):
    for event in catalogue.life_events:
        seen = pages.seen(f"/catalogue/{event.slug}?lang={language}")
        elements = (catalogue.elements[slug] for m in event.matters for slug in m.elements)
        units = (catalogue.units[unit] for matter in event.matters for unit in matter.units)
        named = [*event.matters, *event.materials, *elements, *units]
        names = [record.name for record in named]
        names += [question.text for question in event.questions]
        names += [option.label for question in event.questions for option in question.options]
        missing = [name.zh for name in names if words(getattr(name, language)) not in seen]
        assert missing == [], event.slug


def test_a_matter_is_shown_with_its_limit_its_handling_and_its_source(pages: Pages):
    assert pages.row("/catalogue/newborn", "出生医学证明签发") == (
        "出生医学证明签发 T01-01 新区卫生健康局（疾病预防控制局） 在终端申请 5 个工作日 "
        "待主管部门填写 文件 湘综新发〔2023〕46号"
    )
    assert "需要提交 有电子证照《结婚证》可免交 政府部门 政务服务网 43PCN0009" in pages.row(
        "/catalogue/newborn", "中华人民共和国结婚证"
    )


def test_what_waits_for_the_department_is_listed_until_it_is_filled_in(
    fresh: Pages, repository: Repository
):
    publish(repository, ITEMS)
    unit = "新区卫生健康局（疾病预防控制局）"
    open_before = int(fresh.row("/catalogue", "新生儿出生").rpartition(" ")[2])
    assert f"责任单位 {unit} 统一社会信用代码 电话" in fresh.seen("/catalogue/newborn")
    source = {"provenance": "portal", "source": "43PCN0009"}
    publish(repository, ITEMS | changed("unit/health_bureau", phone="0731-88857992", **source))
    assert int(fresh.row("/catalogue", "新生儿出生").rpartition(" ")[2]) == open_before - 1
    assert f"责任单位 {unit} 统一社会信用代码 责任单位" in fresh.seen("/catalogue/newborn")


def test_an_earlier_release_is_shown_as_it_was(pages: Pages, releases: list[str]):
    earlier, newest = releases
    assert f"目录版本 {newest} 在用" in pages.seen("/catalogue")
    assert f"目录版本 {earlier} 以前的版本" in pages.seen(f"/catalogue?release={earlier}")
    matter = "出生医学证明签发"
    assert "5 个工作日" in pages.row("/catalogue/newborn", matter)
    assert "9 个工作日" in pages.row(f"/catalogue/newborn?release={earlier}", matter)
    assert re.findall(r'option value="(\w+)"', pages.source("/catalogue")) == [newest, earlier]


def test_choosing_another_release_stays_with_the_life_event(pages: Pages):
    (form,) = re.findall(r"<form[^>]*>", pages.source("/catalogue/newborn?lang=en"))
    assert "action" not in form  # so a browser asks for the same page with the new release
    assert '<input type="hidden" name="lang" value="en">' in pages.source("/catalogue?lang=en")


def test_a_link_stays_with_the_release_that_is_looked_at(pages: Pages, releases: list[str]):
    source = html.unescape(pages.source(f"/catalogue?lang=en&release={releases[0]}"))
    assert f'href="/catalogue/newborn?lang=en&release={releases[0]}"' in source
    assert f'href="?lang=zh&release={releases[0]}"' in source


def test_a_rolled_back_release_is_the_one_in_use_again(fresh: Pages, repository: Repository):
    first, second = publish(repository, with_limit(9)), publish(repository, ITEMS)
    assert f"目录版本 {second} 在用" in fresh.seen("/catalogue")
    repository.publish(first)
    assert f"目录版本 {first} 在用" in fresh.seen("/catalogue")


def test_before_anything_is_published_the_page_says_what_to_do_and_then_shows_it(
    tmp_path: Path, fresh: Pages
):
    said = fresh.seen("/catalogue")
    assert "还没有发布过事项目录" in said
    assert "yici fleet release build --sign" in said
    assert "No catalogue has been published yet" in fresh.seen("/catalogue/newborn?lang=en")
    publish(Repository.open(tmp_path / "repository", BANK), ITEMS)  # as the command line does
    assert "新生儿出生" in fresh.seen("/catalogue")


def test_a_damaged_release_is_named_and_another_can_be_chosen(
    tmp_path: Path, fresh: Pages, repository: Repository
):
    earlier, newest = publish(repository, with_limit(9)), publish(repository, ITEMS)
    pack = next(one for one in repository.releases() if one.name == newest).manifest.full
    (tmp_path / "repository/blobs" / pack.sha256).write_bytes(b"cut off")
    answer = fresh.answer("/catalogue")
    assert answer.status_code == 500
    assert "这个版本读不出来" in words(answer.text)
    assert f"{pack.sha256}: is damaged; build the release again" in answer.text
    assert f'option value="{earlier}"' in answer.text
    assert "新生儿出生" in fresh.seen(f"/catalogue?release={earlier}")


def test_a_release_that_this_program_cannot_read_says_which_item(
    fresh: Pages, repository: Repository
):
    publish(repository, ITEMS | changed("unit/health_bureau", fax="<b>none</b>"))
    answer = fresh.answer("/catalogue/newborn")
    assert answer.status_code == 500
    assert "unit/health_bureau: fax" in answer.text
    assert "<b>none" not in answer.text


def test_what_was_read_once_is_not_read_again(tmp_path: Path, fresh: Pages, repository: Repository):
    release = publish(repository, ITEMS)
    with ThreadPoolExecutor(8) as visitors:
        seen = list(visitors.map(fresh.seen, ["/catalogue"] * 8))
    assert len(set(seen)) == 1
    pack = repository.releases()[0].manifest.full
    (tmp_path / "repository/blobs" / pack.sha256).unlink()
    assert f"目录版本 {release} 在用" in fresh.seen("/catalogue/newborn")


def test_each_bank_has_its_own_catalogue(tmp_path: Path, repository: Repository):
    other = Repository.open(tmp_path / "other", "other-bank")
    publish(repository, ITEMS)
    with serving(tmp_path, {BANK: repository, "other-bank": other}) as served:
        assert "新生儿出生" in served.seen("/catalogue")
        assert "还没有发布过事项目录" in served.seen("/catalogue?bank=other-bank")
        assert 'href="/catalogue?lang=zh&amp;bank=other-bank"' in served.source("/catalogue")


@pytest.mark.parametrize(
    "address",
    ["/catalogue/no_such_event", "/catalogue?release=000000000000", "/catalogue?bank=nobody"],
)
def test_what_is_not_there_is_said_to_be_not_there(pages: Pages, address: str):
    answer = pages.answer(address)
    assert answer.status_code == 404
    assert re.search("没有这件事|没有发布过这个版本|没有这家银行", answer.text)


@pytest.mark.parametrize(
    "address",
    ["/catalogue?lang=fr", "/catalogue?release=../../keys", "/catalogue/..%2Fkeys", "/catalogue/X"],
)
def test_an_address_that_asks_for_nonsense_is_refused(pages: Pages, address: str):
    assert pages.answer(address).status_code in (404, 422)


@given(
    slug=st.sampled_from(["", "/newborn", "/no_such_event"]),
    asked=st.dictionaries(st.sampled_from(["lang", "bank", "release"]), st.text(), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_for_the_console_answers_in_order(
    pages: Pages, slug: str, asked: dict[str, str]
):
    answer = pages.answer(f"/catalogue{slug}?{urlencode(asked, errors='replace')}")
    assert answer.status_code in (200, 404, 422)


def test_terminals_and_catalogue_lead_to_each_other_in_the_same_language(pages: Pages):
    assert 'href="/catalogue?lang=en"' in pages.source("/?lang=en")
    for path in ("/catalogue?lang=en", "/catalogue/newborn?lang=en"):
        assert 'href="/?lang=en"' in pages.source(path)


def test_the_page_needs_no_script_and_nothing_from_elsewhere(pages: Pages):
    for path in ("/catalogue", "/catalogue/newborn"):
        source = pages.source(path)
        assert "<script" not in source
        assert "style=" not in source  # the page's own policy forbids it
        links = re.findall(r'(?:src|href|action)="([^"]+)"', source)
        assert [link for link in links if "//" in link] == []
        styles = [link for link in links if link.startswith("/assets/")]
        assert all(len(pages.source(style)) > 100 for style in styles)
        anchors = {link.removeprefix("#") for link in links if link.startswith("#")}
        assert anchors <= set(re.findall(r'id="(\w+)"', source))


def test_whatever_a_catalogue_can_say_has_its_words():
    keys = Phrases.load(PHRASES).keys()
    enums = {
        "handling": Handling,
        "exemption": Exemption,
        "life_cycle": LifeCycle,
        "provenance": Provenance,
        "provenance_whole": Provenance,
        "sensitivity": Sensitivity,
    }
    for kind, members in enums.items():
        assert {f"catalogue.{kind}.{member.value}" for member in members} <= keys
    for kind, fields in PUBLISHED.items():
        assert f"catalogue.record.{kind}" in keys
        assert {f"catalogue.field.{kind}.{field}" for field in fields} <= keys
