"""Which of several fits comes first, what of it is marked, and which readings count."""

from __future__ import annotations

import pytest

from kiosk.catalogue.search import Alias, Characters, Entry, Index, Kind, Manner, Place
from tests.kiosk.catalogue.searching import CHARACTERS, entry, index_of, names, shipped_index, shown


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


@pytest.mark.parametrize(
    ("name", "heard"),
    [
        ("摘要", ["zaiyao"]),
        ("灾害", ["zhaihai"]),
        ("车辆", ["celiang", "cheniang"]),
        ("身份", ["senfen", "shengfeng"]),
        ("年检", ["lianjian"]),
        ("营业", ["yinye"]),
        ("单位", ["dangwei"]),
        ("防空", ["huangkong", "fankong"]),
        ("湖泊", ["fubo"]),
    ],
)
def test_sounds_that_hunan_does_not_tell_apart_are_found_as_fuzzy(name: str, heard: list[str]):
    for query in heard:
        (hit,) = index_of(name, "土地使用").search(query)
        assert (hit.text, hit.manner) == (name, Manner.FUZZY), query


def test_loose_fits_are_shown_only_when_nothing_fits_better():
    index = index_of("登记", "等级", "登户口记")
    assert names(index.search("登记")) == ["登记"]
    assert names(index_of("等级", "登户口记").search("登记")) == ["等级"]
    assert names(index_of("登户口记").search("登记")) == ["登户口记"]


@pytest.mark.parametrize(
    ("query", "found", "too_far"),
    [("残疾证", "残疾人专用证", "残疾学生家庭证"), ("开店", "开餐饮店", "开大餐饮店")],
)
def test_characters_may_be_left_out_but_not_many(query: str, found: str, too_far: str):
    assert names(index_of(found, too_far).search(query)) == [found]


def test_one_letter_finds_only_what_begins_with_it():
    index = index_of("转移", "户口转移", entry("教师", english="A teacher's z"))
    assert names(index.search("z")) == ["转移"]


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


def test_a_limit_is_kept_and_must_be_positive():
    index = shipped_index()
    assert len(index.search("登记", 3)) == 3
    assert index.search("登记", 3) == index.search("登记", 20)[:3]
    with pytest.raises(ValueError, match="at least 1"):
        index.search("登记", 0)


def test_an_empty_index_finds_nothing():
    assert index_of().search("社保") == ()
    assert index_of("！！").search("！！") == ()


def test_of_a_sentence_the_longest_wording_in_it_counts_most():
    index = index_of("户口", entry("户口登记", "上户口"))
    assert names(index.search("想给孙子上户口")) == ["户口登记", "户口"]


def test_characters_that_the_table_does_not_know_are_found_as_themselves():
    bare = Index.of([entry("㙍街道户口登记")], Characters({}, {}))
    assert names(bare.search("㙍街")) == ["㙍街道户口登记"]
    assert bare.search("hukou") == ()
