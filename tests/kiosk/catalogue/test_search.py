"""What a citizen types leads to the right life event or matter of the shipped catalogue."""

from __future__ import annotations

import pytest

from kiosk.catalogue.search import Index, entries_of
from tests.kiosk.catalogue.searching import (
    CHARACTERS,
    first,
    shipped_aliases,
    shipped_catalogue,
    shipped_index,
)


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
def test_a_life_event_is_found_first(query: str, event: str):
    assert first(shipped_index(), query) == event


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
def test_a_matter_is_found_first_with_its_life_event(query: str, matter: str):
    assert first(shipped_index(), query) == matter


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
def test_a_whole_sentence_leads_to_what_is_wanted_in_it(query: str, matter: str):
    assert first(shipped_index(), query).startswith(matter)


@pytest.mark.parametrize(
    "query", ["我想要怎么办", "阿斯顿发", "外星人", "qwerty", "zzzzzz", "vvv", "？！"]
)
def test_nonsense_finds_nothing(query: str):
    assert shipped_index().search(query) == ()


def test_every_name_is_found_first_by_itself_and_by_its_pinyin():
    for wanted in entries_of(shipped_catalogue(), shipped_aliases()):
        name = wanted.names[0][:40]
        assert shipped_index().search(name)[0].text.startswith(name)
        letters = "".join(CHARACTERS.readings.get(c, (c,))[0] for c in name[:6])
        assert wanted in [hit.entry for hit in shipped_index().search(letters, 50)], letters


def test_every_alias_leads_to_its_target():
    for wanted in entries_of(shipped_catalogue(), shipped_aliases()):
        for alias in wanted.aliases:
            assert wanted in [hit.entry for hit in shipped_index().search(alias.text, 200)], (
                alias.text
            )


def test_every_life_event_is_known_by_common_wording():
    known = {group.to for group in shipped_aliases().aliases if len(group.words) >= 5}
    assert {event.slug for event in shipped_catalogue().life_events} <= known


def test_a_record_brings_wordings_of_its_own_along():
    catalogue = shipped_catalogue()
    newborn = catalogue.life_event("newborn").model_copy(update={"wordings": ("添丁进口",)})
    changed = catalogue.model_copy(update={"life_events": (newborn,)})
    index = Index.of(entries_of(changed, shipped_aliases()), CHARACTERS)
    assert first(index, "添丁进口") == "newborn"
