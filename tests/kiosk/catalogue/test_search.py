"""What a citizen types leads to the right life event, and shows why."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.search import (
    Alias,
    Aliases,
    Characters,
    Entry,
    Hit,
    Index,
    Kind,
    Manner,
    Place,
    entries_of,
    load_aliases,
    load_characters,
)
from kiosk.catalogue.search.make_characters import table

CONFIG = Path(__file__).resolve().parents[3] / "config"
CHARACTERS = load_characters(CONFIG / "search/characters.yaml")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(CONFIG / "catalogue")


@pytest.fixture(scope="module")
def aliases(catalogue: Catalogue) -> Aliases:
    return load_aliases(CONFIG / "search/aliases.yaml", catalogue)


@pytest.fixture(scope="module")
def index(catalogue: Catalogue, aliases: Aliases) -> Index:
    return Index.of(entries_of(catalogue, aliases), CHARACTERS, aliases.fillers)


def entry(name: str, *aliases: str, kind: Kind = Kind.MATTER, english: str = "") -> Entry:
    names = (name, english) if english else (name,)
    return Entry(kind, name, "event", names, tuple(Alias(text) for text in aliases))


def index_of(*entries: Entry | str) -> Index:
    return Index.of([entry(e) if isinstance(e, str) else e for e in entries], CHARACTERS)


def names(hits: tuple[Hit, ...]) -> list[str]:
    return [hit.entry.names[0] for hit in hits]


def shown(hit: Hit) -> str:
    """The text with its marked parts in brackets, and the name an alias leads to."""
    text = hit.text
    for start, end in reversed(hit.marks):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return f"{text} → {hit.entry.names[0]}" if hit.by_alias else text


def first(index: Index, query: str) -> str:
    """The life event of the best hit, and its matter's name if it is one."""
    hits = index.search(query)
    assert hits, f"nothing found for {query}"
    found = hits[0].entry
    if found.kind is Kind.LIFE_EVENT:
        return found.slug
    return f"{found.life_event}: {found.names[0]}"


@pytest.mark.parametrize(
    ("query", "event"),
    [
        # characters
        ("退休", "retirement"),
        ("新生儿", "newborn"),
        ("二手房", "second_hand_home"),
        # wording
        ("社保", "social_insurance"),
        ("生孩子", "newborn"),
        ("生毛毛", "newborn"),
        ("老人去世", "after_a_death"),
        ("办丧事", "after_a_death"),
        ("开饭店", "restaurant"),
        ("开公司", "company_founding"),
        ("买房", "second_hand_home"),
        ("看病", "medical_care"),
        ("退休金", "retirement"),
        ("养老金", "retirement"),
        ("退伍", "veterans"),
        ("读书", "school"),
        ("困难家庭", "special_groups"),
        ("交税", "taxes"),
        ("贷款", "financing"),
        ("开工", "building_permit"),
        # full pinyin
        ("shebao", "social_insurance"),
        ("tuixiu", "retirement"),
        ("laorenqushi", "after_a_death"),
        ("shenghaizi", "newborn"),
        ("kaifandian", "restaurant"),
        ("ershoufang", "second_hand_home"),
        ("jiuye", "employment"),
        # not typed to the end
        ("ershouf", "second_hand_home"),
        # initials
        ("tx", "retirement"),
        ("esf", "second_hand_home"),
        ("shhz", "newborn"),
        ("kfd", "restaurant"),
        ("lrqs", "after_a_death"),
        # mixed
        ("社bao", "social_insurance"),
        ("sheb", "social_insurance"),
        ("开fd", "restaurant"),
        ("tuix", "retirement"),
        # English
        ("retirement", "retirement"),
        ("tax", "taxes"),
        ("marriage", "marriage"),
        ("opening a rest", "restaurant"),
        # heard alike
        ("senghaizi", "newborn"),
        ("ersoufan", "second_hand_home"),
        ("fenyin", "marriage"),
        # however the keyboard made it
        ("ｓｈｅｂａｏ", "social_insurance"),
        ("SHE BAO", "social_insurance"),
        ("she'bao", "social_insurance"),
        ("shèbǎo", "social_insurance"),
        ("社會保險", "social_insurance"),
        ("  退 休。", "retirement"),
    ],
)
def test_a_life_event_is_found_first(index: Index, query: str, event: str):
    assert first(index, query) == event


@pytest.mark.parametrize(
    ("query", "matter"),
    [
        ("上户口", "newborn: 户口登记"),
        ("孩子上户口", "newborn: 户口登记"),
        ("shanghukou", "newborn: 户口登记"),
        ("社保卡", "social_insurance: 社会保障卡申领"),
        ("房产证", "second_hand_home: 不动产统一登记"),
        ("打结婚证", "marriage: 内地居民婚姻登记"),
        ("领证", "marriage: 内地居民婚姻登记"),
        ("火化", "after_a_death: 出具火化证明"),
        ("丧葬费", "after_a_death: 遗属待遇申领"),
        ("营业执照", "company_founding: 企业设立登记"),
        ("驾照", "certificates: 驾驶证和车辆行驶证网上核验"),
        ("报销", "medical_care: 医疗付费、结算报销"),
        ("残疾证", "special_groups: 残疾人证办理"),
        ("sfz", "certificates: 身份证换领（遗失、损坏、到期）"),
        ("sengfenzheng", "certificates: 身份证换领（遗失、损坏、到期）"),
        ("fukou", "newborn: 户口登记"),
    ],
)
def test_a_matter_is_found_first_with_its_life_event(index: Index, query: str, matter: str):
    assert first(index, query) == matter


@pytest.mark.parametrize(
    ("query", "matter"),
    [
        ("我想给孙子上户口", "newborn: 户口登记"),
        ("怎么办残疾证", "special_groups: 残疾人证办理"),
        ("请问去哪里交税呢", "taxes"),
        ("身份证丢了怎么办", "certificates: 身份证换领（遗失、损坏、到期）"),
        ("怎么办护理补贴手续", "special_groups: "),
    ],
)
def test_a_whole_sentence_leads_to_what_is_wanted_in_it(index: Index, query: str, matter: str):
    assert first(index, query).startswith(matter)


@pytest.mark.parametrize(
    "query", ["我想要怎么办", "阿斯顿发", "外星人", "qwerty", "zzzzzz", "vvv", "？！"]
)
def test_nonsense_finds_nothing(index: Index, query: str):
    assert index.search(query) == ()


def test_every_name_is_found_first_by_itself_and_by_its_pinyin(
    index: Index, catalogue: Catalogue, aliases: Aliases
):
    for wanted in entries_of(catalogue, aliases):
        name = wanted.names[0][:40]
        assert index.search(name)[0].text.startswith(name)
        letters = "".join(CHARACTERS.readings.get(c, (c,))[0] for c in name[:6])
        assert wanted in [hit.entry for hit in index.search(letters, 50)], letters


def test_every_alias_leads_to_its_target(index: Index, catalogue: Catalogue, aliases: Aliases):
    for wanted in entries_of(catalogue, aliases):
        for alias in wanted.aliases:
            assert wanted in [hit.entry for hit in index.search(alias.text, 200)], alias.text


def test_every_life_event_is_known_by_common_wording(catalogue: Catalogue, aliases: Aliases):
    known = {group.to for group in aliases.aliases if len(group.words) >= 5}
    assert {event.slug for event in catalogue.life_events} <= known


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("重庆异地就医", ["chongqing", "zhongqing", "cq", "zq"]),
        ("银行开户许可", ["yinhang", "yinxing", "yh", "yx"]),
        ("会计师事务所", ["kuaiji", "huiji", "kj"]),
        ("单县户籍核验", ["shanxian", "danxian"]),
        ("西安来湘", ["xian", "xi an", "xi'an", "xa"]),
        ("女职工保护", ["nvzhigong", "nüzhigong"]),
        ("侵略损失登记", ["qinlve", "qinlue"]),
        ("长沙调动", ["changshadiao", "zhangshatiao"]),
    ],
)
def test_a_heteronym_is_found_by_each_of_its_common_readings(name: str, queries: list[str]):
    index = index_of(name, "居住证办理")
    for query in queries:
        assert names(index.search(query)) == [name], query


def test_a_reading_that_nobody_uses_is_no_noise():
    assert index_of("重庆异地就医").search("tongqing") == ()


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("户口", "[户口]迁移"),
        ("qianyi", "户口[迁移]"),
        ("hkq", "[户口迁]移"),
        ("hukouq", "[户口迁]移"),
        ("户qian", None),
        ("口qian", "户[口迁]移"),
        ("fukou", "[户口]迁移"),
        ("护口", "[户口]迁移"),
        ("户移", "[户]口迁[移]"),
        ("迁移户口", "[户口迁移]"),
        ("moving", "[Moving] a household"),
        ("househ", "Moving a [househ]old"),
        ("落户", "[落户] → 户口迁移"),
        ("luohu", "[落户] → 户口迁移"),
        ("我要落户", "[落户] → 户口迁移"),
    ],
)
def test_the_part_that_fits_is_marked(query: str, marked: str | None):
    index = index_of(entry("户口迁移", "落户", english="Moving a household"))
    assert [shown(hit) for hit in index.search(query)] == ([marked] if marked else [])


def test_marks_count_characters_of_the_text_as_it_is_shown():
    index = index_of("登记（基本医疗保险）", "ＩＣ 卡申领")
    assert shown(index.search("登记基本")[0]) == "[登记（基本]医疗保险）"
    assert shown(index.search("ic卡")[0]) == "[ＩＣ 卡]申领"
    assert shown(index.search("kashenling")[0]) == "ＩＣ [卡申领]"


def test_hits_come_in_the_order_of_how_well_they_fit():
    index = index_of(
        "办理社保费",
        entry("医疗登记", "社保"),
        "社保",
        entry("缴费", "城乡社保"),
        "社保登记",
        entry("查询", "社保证明"),
    )
    best = ["社保", "社保登记", "医疗登记", "查询", "办理社保费", "缴费"]
    assert names(index.search("社保")) == best
    assert names(index.search("shebao")) == best
    assert names(index.search("sb")) == best
    assert [hit.place for hit in index.search("社保")] == sorted(Place)


def test_what_is_typed_right_comes_before_what_only_sounds_alike():
    index = index_of("自行车登记", "支持登记", "伤害登记", "丧葬登记")
    assert names(index.search("shang")) == ["伤害登记", "丧葬登记"]
    assert names(index.search("sang")) == ["丧葬登记", "伤害登记"]
    assert [hit.manner for hit in index.search("sang")] == [Manner.PINYIN, Manner.FUZZY]


def test_a_life_event_comes_before_a_matter_that_fits_as_well():
    index = index_of("退休申请", entry("退休手续办理", kind=Kind.LIFE_EVENT))
    assert names(index.search("退休")) == ["退休手续办理", "退休申请"]


def test_of_several_targets_of_one_alias_the_first_in_the_file_is_shown_first():
    later, sooner = (
        Entry(Kind.MATTER, slug, "event", (slug,), (Alias("社保卡", order),))
        for slug, order in (("later", 1), ("sooner", 0))
    )
    hits = Index.of([later, sooner], CHARACTERS).search("社保卡")
    assert [hit.entry for hit in hits] == [sooner, later]


def test_an_entry_is_shown_once_by_its_best_text():
    index = index_of(entry("社保登记", "社保", "办社保"))
    assert [shown(hit) for hit in index.search("社保")] == ["[社保]登记"]


def test_a_limit_is_kept_and_must_be_positive(index: Index):
    assert len(index.search("登记", 3)) == 3
    assert index.search("登记", 3) == index.search("登记", 20)[:3]
    with pytest.raises(ValueError, match="at least 1"):
        index.search("登记", 0)


def test_an_empty_index_finds_nothing():
    assert index_of().search("社保") == ()
    assert index_of("！！").search("！！") == ()


TYPED = st.one_of(
    st.text(max_size=60),
    st.text("abcdeghinosuxz' ", max_size=60),
    st.text("社会保险登记户口 shebao，（", max_size=20),
)


@given(query=TYPED, limit=st.integers(1, 30))
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_hits_are_ranked_unique_and_marked_within_their_text(
    index: Index, query: str, limit: int
):
    hits = index.search(query, limit)
    assert len(hits) <= limit
    assert len({hit.entry for hit in hits}) == len(hits)
    assert list(hits) == sorted(hits, key=lambda hit: (hit.manner, hit.place))
    for hit in hits:
        texts = {alias.text for alias in hit.entry.aliases} if hit.by_alias else hit.entry.names
        assert hit.text in texts
        edges = [edge for mark in hit.marks for edge in mark]
        assert edges == sorted(set(edges))
        assert edges
        assert 0 <= edges[0] < edges[-1] <= len(hit.text)


@given(content=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_harmless(index: Index, content: bytes):
    index.search(content.decode("utf-8", "surrogateescape"))
    index.search(content.decode("utf-16", "replace"))


@given(start=st.integers(0, 30), length=st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_any_part_of_a_name_is_found_in_it_however_wide_it_is_typed(start: int, length: int):
    name = "公众聚集场所投入使用、营业前消防安全检查"
    part = name[start : start + length].strip("、")
    index = index_of(name, "ABC登记")
    if part:
        (hit,) = index.search(part)
        assert (hit.text[hit.marks[0][0] : hit.marks[0][1]]).strip("、") == part
    assert index.search("abc登") == index.search("ＡＢＣ登")


def test_a_query_without_end_is_cut_and_answered():
    index = index_of("登记" * 30)
    assert index.search("登记" * 50_000) == index.search("登记" * 20)
    assert index.search("an" * 50_000) == ()


def test_threads_may_search_one_index_at_the_same_time(index: Index):
    queries = ["shebao", "上户口", "tx", "登记", "tax", "开fd", "老人", "sengfenzheng"] * 20
    expected = [index.search(query) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(index.search, queries)) == expected


def test_searching_does_not_import_pypinyin():
    code = "import sys, kiosk.catalogue.search; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_the_table_of_characters_is_what_its_maker_makes():
    assert (CONFIG / "search/characters.yaml").read_text("utf-8") == table()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "file: "),
        ("syllables: {a: 啊}\ntraditional: [後]\nsimplified: []", "same number of characters"),
        ("syllables: {a: [啊]}\ntraditional: []\nsimplified: []", "syllables.a: "),
    ],
)
def test_a_broken_table_of_characters_is_named(tmp_path: Path, content: str, problem: str):
    file = tmp_path / "characters.yaml"
    file.write_text(content, "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_characters(file)
    assert str(file) in str(caught.value)
    assert problem in str(caught.value)


Load = Callable[[str | bytes], list[str]]


@pytest.fixture
def problems(tmp_path: Path, catalogue: Catalogue) -> Load:
    """What the loader of aliases says about a file with this content, without the file's name."""

    def load(content: str | bytes) -> list[str]:
        file = tmp_path / "aliases.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(CatalogueError) as caught:
            load_aliases(file, catalogue)
        assert all(problem.startswith(str(file)) for problem in caught.value.problems)
        return [problem.removeprefix(f"{file}") for problem in caught.value.problems]

    return load


def test_an_alias_that_leads_nowhere_is_named_with_its_key(problems: Load):
    first, second = problems(
        "aliases: [{to: newborn, words: [生]},"
        " {to: T99-01, words: [一]}, {to: nothing, words: [二]}]"
    )
    assert "aliases.1.to: there is no T99-01" in first
    assert "aliases.2.to: there is no nothing" in second


def test_an_alias_given_twice_for_one_target_is_named(problems: Load):
    (problem,) = problems(
        "aliases: [{to: newborn, words: [生娃, Baby]}, {to: T01-01, words: [生娃]},"
        " {to: newborn, words: [baby]}]"
    )
    assert "aliases.2.words.0: baby leads to newborn already (aliases.0.words.1)" in problem


@pytest.mark.parametrize("word", ["''", "' 生娃'", "'生娃 '", "'，'", '"生\\n娃"', "生" * 21, "12"])
def test_a_blank_or_over_long_word_is_named_with_its_key(problems: Load, word: str):
    (problem,) = problems(f"aliases: [{{to: newborn, words: [好, {word}]}}]")
    assert problem.startswith(": aliases.0.words.1: ")


def test_all_problems_of_a_file_are_named_at_once(problems: Load):
    found = problems("aliases: [{to: newborn, words: []}, {too: x, words: ['']}]\nfillers: ['']")
    assert [problem.split(": ")[1] for problem in found] == [
        "aliases.0.words",
        "aliases.1.to",
        "aliases.1.words.0",
        "aliases.1.words",
        "aliases.1.too",
        "fillers.0",
    ]


@pytest.mark.parametrize("content", ["aliases: [", b"\xff\xfe\x00", "aliases: 3", "- a", ""])
def test_a_file_that_is_no_list_of_aliases_is_refused(problems: Load, content: str | bytes):
    assert len(problems(content)) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path, catalogue: Catalogue):
    with pytest.raises(CatalogueError, match="cannot be read: No such file"):
        load_aliases(tmp_path / "none.yaml", catalogue)


def test_aliases_of_what_a_release_took_away_are_left_out(catalogue: Catalogue, aliases: Aliases):
    fewer = catalogue.model_copy(update={"life_events": catalogue.life_events[:1]})
    index = Index.of(entries_of(fewer, aliases), CHARACTERS, aliases.fillers)
    assert first(index, "生孩子") == "newborn"
    assert index.search("开饭店") == ()


def test_characters_that_the_table_does_not_know_are_found_as_themselves():
    bare = Index.of([entry("㙍街道户口登记")], Characters({}, {}))
    assert names(bare.search("㙍街")) == ["㙍街道户口登记"]
    assert bare.search("hukou") == ()
