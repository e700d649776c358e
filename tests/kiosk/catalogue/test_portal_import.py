"""A guide of the portal becomes a draft that loads, passes the lint and runs, or nothing does."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kiosk.catalogue.lint import Report, Severity, lint
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue, Exemption, Handling, LifeCycle, Provenance
from kiosk.catalogue.portal_import.guide import GuideError
from kiosk.catalogue.portal_import.importing import Drafted, Options, import_guide
from kiosk.catalogue.portal_import.sentences import MOST, sentences
from kiosk.catalogue.portal_import.words import load_words
from kiosk.journey.effects import Effect, PrintReceipt, QueryLicences, Submit
from kiosk.journey.signals import LicencesFound, PrintFinished, PrintOutcome, Signal
from kiosk.journey.world import World
from screens.icons import has_icon
from tests.harness.applicant import Applicant
from tests.harness.people import citizen
from tests.harness.walk import ROOT, Walker, acknowledge, world
from tests.kiosk.catalogue.sheets.sample import contents
from yici.journey.invented import Inventor

GUIDES = Path(__file__).parent / "guides"
WORDS = load_words(ROOT / "config/sheets")
HERE = Options(site="sample_branch", since=date(2026, 1, 1))
TODAY = date(2026, 11, 22)


def element(slug: str, kind: str = "text") -> dict[str, Any]:
    text = {"zh": f"{slug} 是什么？", "en": f"What is {slug}?"}
    options = [{"value": v, "label": {"zh": f"选 {v}", "en": v}} for v in ("post", "collect")]
    choice = {"kind": "choice", "options": options} if kind == "choice" else {"kind": kind}
    return {"slug": slug, "name": {"zh": f"名 {slug}", "en": slug}, "question": text, **choice}


LEAN: dict[str, Any] = {
    "elements/all": {
        "elements": [
            *map(element, ("company_name", "company_code", "applicant_name", "applicant_number")),
            element("phone"),
            element("result_delivery", "choice"),
            element("company_delivery", "choice"),
        ]
    },
    "licence_types/all": {
        "licence_types": [
            {"slug": slug, "name": {"zh": "证", "en": slug}, "code": code, "fields": ["number"]}
            for slug, code in (("resident_id_card", "L2000016"), ("business_licence", "L1000005"))
        ]
    },
    "units/all": {"units": [{"slug": "police", "name": {"zh": "公安局", "en": "Police"}}]},
    "service_points/all": {
        "service_points": [{"slug": "sample_branch", "name": {"zh": "样例", "en": "Sample"}}]
    },
    "regions": {"regions": {"430000000000": {"zh": "湖南省", "en": "Hunan Province"}}},
    "life_events/01-one": {
        "slug": "one",
        "number": 1,
        "name": {"zh": "一", "en": "One"},
        "summary": {"zh": "一", "en": "One"},
        "icon": "baby",
        "life_cycle": "person",
        "lead_units": ["police"],
        "guide": {"way": {"zh": "在这里", "en": "Here"}},
        "matters": [
            {
                "slug": "one_matter",
                "name": {"zh": "一", "en": "One"},
                "units": ["police"],
                "handling": "inform",
            }
        ],
    },
}


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of one told life event, which a lint reads in no time."""
    folder = tmp_path_factory.mktemp("lean")
    for name, tree in LEAN.items():
        file = folder / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")
    return folder


@pytest.fixture
def folder(lean: Path, tmp_path: Path) -> Path:
    """A copy of the lean one."""
    return Path(shutil.copytree(lean, tmp_path / "catalogue"))


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A copy of the catalogue that ships."""
    return Path(shutil.copytree(ROOT / "config/catalogue", tmp_path / "whole"))


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


def take_in(name: str, folder: Path, options: Options = HERE) -> Drafted:
    return import_guide(GUIDES / f"{name}.json", folder, WORDS, options)


def rewritten(tmp_path: Path, name: str, **changes: Any) -> Path:
    """A guide with some keys changed."""
    guide = json.loads((GUIDES / f"{name}.json").read_text("utf-8"))
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(guide | changes, ensure_ascii=False), "utf-8")
    return file


def faults(report: Report, drafted: Drafted) -> list[str]:
    """Errors that the lint finds in the files of the draft."""
    names = {file.name for file in drafted.files}
    return [
        f"{found.file}:{found.line}: {found.key}: {found.problem}"
        for found in report.findings
        if found.severity is Severity.ERROR and Path(found.file).name in names
    ]


class Counterparts:
    """A platform without licences that takes everything, a printer that prints everything."""

    def answer(self, effect: Effect) -> Signal | None:
        match effect:
            case QueryLicences():
                return LicencesFound(())
            case Submit():
                return acknowledge(effect)
            case PrintReceipt(job=job):
                return PrintFinished(job, PrintOutcome.SENT)
        return None


def ending(shipped: World, catalogue: Catalogue, slug: str, seed: int) -> str:
    """Where somebody ends who answers by chance."""
    walker = Walker(replace(shipped, catalogue=catalogue))
    inventor = Inventor(catalogue, TODAY, Random(seed))
    person = citizen("chen").person
    someone = Applicant(walker, person, Counterparts(), inventor, by_chance=True)
    return someone.walk(slug).id


@pytest.mark.parametrize(
    ("name", "end"), [("person", "done"), ("enterprise", "told"), ("bare", "told")]
)
def test_a_guide_that_nobody_has_seen_is_a_draft_without_errors_that_runs(
    whole: Path, shipped: World, name: str, end: str
):
    drafted = take_in(name, whole)
    catalogue = load_catalogue(whole)
    report = lint(whole, today=TODAY, has_icon=has_icon)
    assert faults(report, drafted) == []
    assert {ending(shipped, catalogue, drafted.slug, seed) for seed in range(3)} == {end}


def test_what_the_guide_says_stands_in_the_draft(folder: Path):
    drafted = take_in("person", folder)
    event = load_catalogue(folder).life_event(drafted.slug)
    assert (event.slug, event.number, event.code) == ("yang_tai_zhong_cai", 30, "43PCN9001")
    assert event.name.zh == "阳台种菜"
    assert event.name.en == "To be translated: yang tai zhong cai"
    assert event.provenance is Provenance.PORTAL and event.source == "43PCN9001"
    guide = event.guide
    assert guide.limit_days == 5
    assert guide.consult_phone == "0731-88000001" and guide.supervise_phone is None
    assert guide.reductions and guide.reductions.materials.after == 3
    assert [text.zh for text in guide.conditions] == [
        "阳台朝南或者朝东的住户",
        "阳台面积不小于2平方米",
        "没有堆放杂物",
    ]
    assert [text.zh for text in guide.process] == ["提交申请", "专窗收取材料", "园艺部门办理"]
    (asked,) = guide.faq
    assert asked.question.zh == "租来的房子能办吗？"
    assert asked.answer.zh == "能办。要房东同意。同意书当面签。"


def test_matters_have_their_limits_results_and_units(folder: Path):
    drafted = take_in("person", folder)
    catalogue = load_catalogue(folder)
    first, query, rain, spring, autumn = catalogue.life_event(drafted.slug).matters
    assert (first.promise_days, first.trips, first.handling) == (3, 0, Handling.APPLY)
    assert [result.name.zh for result in first.results] == ["种植登记证"]
    assert first.elements[-1] == "result_delivery" and "result_delivery" not in query.elements
    assert catalogue.units[first.units[0]].name.zh == "园艺部门"
    assert query.units == ("departments_concerned",) and query.results == ()
    assert query.fee and not query.fee.charged
    assert (spring.name.zh, autumn.name.zh) == ("种苗领取（春季）", "种苗领取（秋季）")
    assert rain.promise_days == 8


def test_the_lead_unit_is_found_under_the_name_that_the_annex_has_for_it(
    whole: Path, tmp_path: Path
):
    file = rewritten(tmp_path, "person", lead_department="湖南湘江新区管理委员会教育局")
    drafted = import_guide(file, whole, WORDS, HERE)
    assert load_catalogue(whole).life_event(drafted.slug).lead_units == ("education_bureau",)


def test_materials_keep_their_ids_and_how_they_are_spared(folder: Path):
    drafted = take_in("person", folder)
    event = load_catalogue(folder).life_event(drafted.slug)
    form, card, photo, house, load = event.materials
    assert (form.exemption, form.code, form.note) == (Exemption.SYSTEM_FORM, "T1000999", None)
    assert (card.exemption, card.licence) == (Exemption.LINKED, "resident_id_card")
    assert card.note and card.note.zh == "证件在有效期内。正反面都要。"
    assert card.issued_by and card.issued_by.zh == "公安部门"
    assert event.licences == ("resident_id_card",) and event.purpose is not None
    assert (photo.exemption, photo.required, photo.copies) == (
        Exemption.PERSONAL_SPACE,
        False,
        None,
    )
    assert (photo.name.zh, photo.issued_by) == ("阳台照片（近期）", None)
    assert (house.exemption, house.copies, house.code) == (Exemption.SUBMIT, 2, None)
    assert (load.exemption, load.licence) == (Exemption.LICENCE_CHECK, None)


def test_matters_that_not_everybody_needs_are_asked_for(folder: Path):
    drafted = take_in("person", folder)
    event = load_catalogue(folder).life_event(drafted.slug)
    assert [question.text.zh for question in event.questions] == [
        "要一起办“阳台查询”吗？",
        "要一起办“雨水收集备案”吗？",
    ]
    asked = [matter.name.zh for matter in event.matters if matter.when]
    assert asked == ["阳台查询", "雨水收集备案"]
    assert [option.value for option in event.questions[0].options] == ["yes", "no", "unsure"]


def test_what_contradicts_itself_stands_in_the_head_of_the_file(folder: Path):
    drafted = take_in("person", folder)
    doubts = "\n".join(drafted.doubts)
    for doubt in (
        "雨水收集备案 takes 8 days, the whole 5",
        "3 materials after the reduction, but 5 are listed",
        "the material id M43PCN90010003 stands there 2 times",
        "taking part: 公安部门、园艺部门、气象部门",
        "supervise_phone 内线 4 号 cannot be called; left out",
        "楼栋证明: exemption 8 is unknown",
        "承重证明: checked by a licence that is not named",
        "that it is one of person is only what its code says",
    ):
        assert doubt in doubts
    head = drafted.files[0].read_text("utf-8").partition("\nslug:")[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert "雨水收集备案 takes 8 days" in head


def test_what_costs_money_is_told_with_its_price(folder: Path):
    drafted = take_in("enterprise", folder)
    event = load_catalogue(folder).life_event(drafted.slug)
    record, seal = event.matters
    assert record.handling is Handling.INFORM and record.elements == ()
    assert record.fee and record.fee.amount_yuan == "12.50"
    assert seal.fee and seal.fee.charged and seal.fee.amount_yuan is None
    assert event.life_cycle is LifeCycle.ENTERPRISE
    assert event.guide.reductions is None  # one of the four is missing, one grows
    assert [text.zh for text in event.guide.conditions] == [
        "依法登记的企业都可以办，没有登记的先登记"
    ]


def test_a_guide_without_matters_is_told_as_one(folder: Path):
    drafted = take_in("bare", folder, Options(number=77, life_cycle=LifeCycle.PROJECT))
    event = load_catalogue(folder).life_event("77")
    assert event.slug == drafted.slug and event.life_cycle is LifeCycle.PROJECT
    assert [matter.handling for matter in event.matters] == [Handling.INFORM]
    assert len(event.name.zh) <= 26


def test_without_a_site_nothing_is_delegated(folder: Path, shipped: World):
    drafted = take_in("person", folder, Options())
    assert not any("delegations" in str(file) for file in drafted.files)
    assert ending(shipped, load_catalogue(folder), drafted.slug, 1) == "told"


def test_other_files_are_not_touched(folder: Path):
    before = contents(folder)
    drafted = take_in("person", folder)
    after = contents(folder)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + len(drafted.files) == len(before) + 4


def test_a_trial_writes_nothing(folder: Path):
    before = contents(folder)
    assert len(take_in("person", folder, replace(HERE, trial=True)).files) == 4
    assert contents(folder) == before


def test_a_second_import_is_refused_unless_it_is_to_replace_the_first(folder: Path, tmp_path: Path):
    first = take_in("person", folder)
    before = contents(folder)
    with pytest.raises(GuideError, match="is there already, number 30; say --replace"):
        take_in("person", folder)
    assert contents(folder) == before
    file = rewritten(tmp_path, "person", completed_limit=9, service_points=[])
    again = import_guide(file, folder, WORDS, replace(HERE, replace=True))
    assert (again.slug, again.number) == (first.slug, 30)
    assert load_catalogue(folder).life_event(first.slug).guide.limit_days == 9
    assert not (folder / "service_points/30-yang-tai-zhong-cai.yaml").exists()


def test_a_draft_on_which_others_rest_is_not_replaced(folder: Path):
    drafted = take_in("person", folder)
    letter = folder / "delegations/mine.yaml"
    event = load_catalogue(folder).life_event(drafted.slug)
    letter.write_text(
        "delegations:\n"
        f"  - {{ slug: mine, site: sample_branch, unit: {event.matters[0].units[0]}, "
        f"since: 2026-01-01, matters: [{event.matters[0].slug}] }}\n",
        "utf-8",
    )
    before = contents(folder)
    with pytest.raises(GuideError, match="others rest on it"):
        take_in("person", folder, replace(HERE, replace=True))
    assert contents(folder) == before


def test_a_file_that_somebody_wrote_is_never_replaced(folder: Path, tmp_path: Path):
    drafted = take_in("person", folder)
    mine = drafted.files[0].with_name("55-mine.yaml")
    drafted.files[0].rename(mine)
    before = contents(folder)
    with pytest.raises(GuideError, match="is there already"):
        take_in("person", folder, replace(HERE, replace=True))
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "43XX1"}, "code: String should match pattern"),
        ({"title": 5}, "title: Input should be a valid string"),
        ({"completed_limit": "5"}, "completed_limit: Input should be a valid integer"),
        ({"completed_limit": -1}, "completed_limit: Input should be greater than or equal to 0"),
        ({"linked_matters": [{}]}, "linked_matters.0.name: Field required"),
        ({"reduction": {"days": [1]}}, "reduction.days: List should have at least 2 items"),
        ({"materials": [{"name": "x" * 2000}]}, "materials.0.name: String should have at most"),
        ({"materials": [{"name": "表"}] * 500}, "materials: List should have at most 200 items"),
    ],
)
def test_what_is_no_guide_is_named_with_its_key(
    folder: Path, tmp_path: Path, changes: dict[str, Any], said: str
):
    before = contents(folder)
    with pytest.raises(GuideError) as error:
        import_guide(rewritten(tmp_path, "person", **changes), folder, WORDS, HERE)
    assert any(f"guide.json: {said}" in problem for problem in error.value.problems)
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Invalid JSON"),
        (b"[" * 100_000, "Invalid JSON"),
        (b'{"slug": "id-card", "name": "x"}', "a guide of a single matter is no life event"),
        (b"\xff\xfe{", "Invalid JSON"),
        (b" " * 3_000_000, "is larger than 2000000 bytes"),
    ],
    ids=["empty", "deep", "single", "utf16", "large"],
)
def test_what_is_no_guide_at_all_is_refused(
    folder: Path, tmp_path: Path, content: bytes, said: str
):
    (tmp_path / "guide.json").write_bytes(content)
    with pytest.raises(GuideError, match=said):
        import_guide(tmp_path / "guide.json", folder, WORDS, HERE)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(number=1), "--number 1: is taken"),
        (Options(site="nowhere", since=date(2026, 1, 1)), "--site nowhere: no such service point"),
        (Options(site="sample_branch"), "say --since too"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(folder: Path, options: Options, said: str):
    before = contents(folder)
    with pytest.raises(GuideError, match=said):
        take_in("person", folder, options)
    assert contents(folder) == before


def test_sentences_are_cut_where_one_would_breathe():
    text = "一，" + "这里说得很长很长的一段话，" * 10 + "（括号里，不断开）。二；3.第三句?"
    found = list(sentences(text))
    assert found[-2:] == ["二", "第三句？"]
    assert all(len(sentence) <= MOST for sentence in found)
    assert any("（括号里，不断开）" in sentence for sentence in found)


PROSE = st.text(
    st.sampled_from(
        "办事材料登记注销证２A1b (（)）,，。;；:：?？!、-“”《》/\n\t\u200b\ufeff①一.X某无"
    ),
    max_size=130,
)
LINES = PROSE.map(lambda text: f"登{text}")
LIMIT = st.none() | st.integers(0, 400)
FIGURES = st.none() | st.lists(st.integers(0, 30), min_size=2, max_size=2)
ANY_GUIDE = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["43PCN0001", "43TC2300100Y"]),
        "title": LINES,
        "linked_matters": st.lists(
            st.fixed_dictionaries(
                {"name": LINES, "promise_limit": LIMIT, "result": st.none() | PROSE},
                optional={"department": LINES, "business_type": LINES},
            ),
            max_size=4,
        ),
    },
    optional={
        "fee": st.none() | st.booleans(),
        "lead_department": LINES,
        "cooperating_departments": st.lists(LINES, max_size=2),
        "completed_limit": LIMIT,
        "consult_phone": LINES,
        "conditions": st.lists(PROSE, max_size=3),
        "process": PROSE,
        "reduction": st.fixed_dictionaries(
            dict.fromkeys(("days", "trips", "materials", "steps"), FIGURES)
        ),
        "faq": st.lists(st.fixed_dictionaries({"q": PROSE, "a": PROSE}), max_size=3),
        "materials": st.lists(
            st.fixed_dictionaries(
                {"name": LINES, "exemption": st.sampled_from(["1", "2", "3", "4", "5", "9"])},
                optional={
                    "fill_notes": PROSE,
                    "source_note": PROSE,
                    "copies": st.integers(-1, 99),
                    "standard_code": st.sampled_from(["L2000016", "L1000005", "T1", ""]).filter(
                        bool
                    ),
                    "material_id": st.sampled_from(["M43PCN00010001", "1"]),
                },
            ),
            max_size=3,
        ),
        "service_points": st.lists(
            st.fixed_dictionaries({"name": LINES, "address": PROSE, "hours": PROSE}), max_size=2
        ),
    },
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.reuse, Phase.generate),  # to make a failure smaller takes minutes here
)
@given(guide=ANY_GUIDE)
def test_any_guide_is_a_draft_without_errors_or_refused(
    guide: dict[str, Any], lean: Path, tmp_path_factory: pytest.TempPathFactory
):
    tmp_path = tmp_path_factory.mktemp("any")
    shutil.copytree(lean, tmp_path / "catalogue")
    file = tmp_path / "guide.json"
    file.write_text(json.dumps(guide, ensure_ascii=False), "utf-8")
    before = contents(tmp_path / "catalogue")
    try:
        drafted = import_guide(file, tmp_path / "catalogue", WORDS, HERE)
    except GuideError as error:
        assert all(str(file) in problem for problem in error.problems)
        assert "does not hold" not in str(error)
        assert contents(tmp_path / "catalogue") == before
        return
    report = lint(tmp_path / "catalogue", today=TODAY, has_icon=has_icon, apart=False)
    assert faults(report, drafted) == []
