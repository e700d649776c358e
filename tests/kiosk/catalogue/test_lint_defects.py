"""Each defect is planted alone in a clean catalogue and found with its rule, file and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kiosk.catalogue.lint import RULES
from tests.kiosk.catalogue.linting import (
    LAYOUTS,
    LETTERS,
    LICENCES,
    MOVING,
    NATIONS,
    PEOPLE,
    POINTS,
    SHOP,
    THINGS,
    UNITS,
    Edit,
    change,
    copy,
    linted,
)


class Defect(NamedTuple):
    code: str
    file: str
    key: str
    edit: Edit


def put(*path: str | int, value: Any) -> Edit:
    """Put a value where the path leads; a list grows by what is put at its end."""

    def edit(tree: Any) -> None:
        for step in path[:-1]:
            tree = tree[step]
        if isinstance(tree, list) and path[-1] == len(tree):
            tree.append(value)
        else:
            tree[path[-1]] = value

    return edit


def drop(*path: str | int) -> Edit:
    def edit(tree: Any) -> None:
        for step in path[:-1]:
            tree = tree[step]
        del tree[path[-1]]

    return edit


def again(*path: str | int, **other: Any) -> Edit:
    """Put a copy of a list's first record at its end, with some fields otherwise."""

    def edit(tree: Any) -> None:
        for step in path:
            tree = tree[step]
        tree.append({**tree[0], **other} if isinstance(tree[0], dict) else tree[0])

    return edit


def text(zh: str, en: str = "Something") -> dict[str, str]:
    return {"zh": zh, "en": en}


DRAFTED = {"slug": "spare", "name": text("备用", "Spare")}
QUESTION = {
    "slug": "pets",
    "label": text("宠物", "Pets"),
    "text": text("您养宠物吗？", "Do you keep pets?"),
    "why": text("只是问问。", "Just asking."),
    "certain": True,
    "options": [
        {"value": "yes", "label": text("养", "Yes")},
        {"value": "no", "label": text("不养", "No")},
    ],
}

WORDING = [
    Defect(
        "text-untranslated",
        MOVING,
        "moving.name.en",
        put("name", value=text("ABC 搬家", "ABC 搬家")),
    ),
    Defect(
        "text-chinese-in-english",
        PEOPLE,
        "home_address.question.en",
        put("elements", 3, "question", "en", value="Where is your 家?"),
    ),
    Defect(
        "text-no-chinese", UNITS, "police.name.zh", put("units", 0, "name", "zh", value="Police")
    ),
    Defect("text-blanks", MOVING, "moving.name.zh", put("name", "zh", value="搬家 ")),
    Defect("text-blanks", SHOP, "shop.name.en", put("name", "en", value="A  shop")),
    Defect("text-marks", MOVING, "moving.guide.way.zh", put("guide", "way", "zh", value="好,行。")),
    Defect(
        "text-marks",
        LAYOUTS,
        "register_query.title.zh",
        put("layouts", 0, "title", "zh", value="户籍(查询)"),
    ),
    Defect(
        "text-english-marks",
        MOVING,
        "moving.questions.home.why.en",
        put("questions", 0, "why", "en", value="It decides，what is needed."),
    ),
    Defect(
        "text-english-marks",
        MOVING,
        "moving.guide.way.en",
        put("guide", "way", "en", value="Without one, write “无”."),
    ),
    Defect(
        "text-full-width",
        POINTS,
        "hall.address.zh",
        put("service_points", 1, "address", "zh", value="岳麓大道１号"),
    ),
    Defect(
        "text-unseen",
        PEOPLE,
        "moved_on.name.zh",
        put("elements", 4, "name", "zh", value="搬家\u200b日期"),
    ),
    Defect(
        "text-placeholder", MOVING, "moving.summary.en", put("summary", "en", value="TODO permit")
    ),
    Defect(
        "question-mark",
        THINGS,
        "shop_name.question.zh",
        put("elements", 0, "question", "zh", value="店的名字"),
    ),
    Defect(
        "question-mark",
        MOVING,
        "moving.questions.home.text.en",
        put("questions", 0, "text", "en", value="Whose home is it"),
    ),
    Defect(
        "text-long",
        MOVING,
        "moving.questions.home.text.zh",
        put("questions", 0, "text", "zh", value="您" * 25 + "？"),
    ),
    Defect(
        "text-too-long",
        THINGS,
        "shop_name.help.zh",
        put("elements", 0, "help", "zh", value="字" * 61 + "。"),
    ),
    Defect(
        "text-too-long",
        PEOPLE,
        "child_name.question.en",
        put("elements", 5, "question", "en", value="a" * 161 + "?"),
    ),
    Defect(
        "text-long",
        MOVING,
        "moving.questions.home.options.own.label.zh",
        put("questions", 0, "options", 0, "label", "zh", value="字" * 17),
    ),
]
FACTS = [
    Defect("source-missing", MOVING, "moving", drop("source")),
    Defect(
        "source-missing", MOVING, "moving.materials.id_card_paper", drop("materials", 0, "source")
    ),
    Defect("source-missing", UNITS, "market", put("units", 1, "source", value=" ")),
    Defect(
        "draft-fact", SHOP, "shop.guide.consult_phone", put("guide", "consult_phone", value="12345")
    ),
    Defect("draft-fact", POINTS, "branch.phone", put("service_points", 0, "phone", value="12345")),
    Defect(
        "draft-fact",
        LETTERS,
        "branch_police.document",
        put("delegations", 0, "document", value="1号"),
    ),
    Defect(
        "draft-fact",
        MOVING,
        "moving.matters.child_move.promise_days",
        lambda t: t["matters"][3].pop("provenance") and t["matters"][3].update(promise_days=3),
    ),
    Defect("annex-event", SHOP, "shop.number", put("number", value=3)),
    Defect("annex-matter", MOVING, "moving.matters", drop("matters", 1, "annex")),
    Defect(
        "annex-matter",
        MOVING,
        "moving.matters.child_move.annex",
        put("matters", 3, "annex", value="T01-04"),
    ),
    Defect(
        "annex-name",
        SHOP,
        "shop.matters.shop_register.name.zh",
        put("matters", 0, "name", "zh", value="登记营业"),
    ),
    Defect(
        "annex-provenance",
        SHOP,
        "shop.matters.shop_register.provenance",
        put("matters", 0, "provenance", value="drafted"),
    ),
    Defect(
        "code-credit", UNITS, "police.code", put("units", 0, "code", value="12441500196720244A")
    ),
    Defect(
        "code-task",
        MOVING,
        "moving.matters.household_move.task_code",
        put("matters", 0, "task_code", value="12441500196720244T9000109001000"),
    ),
    Defect(
        "code-task-base",
        MOVING,
        "moving.matters.household_move.task_code",
        put("matters", 0, "task_code", value="12441500196720244T4000109001999"),
    ),
    Defect(
        "code-task-unit",
        MOVING,
        "moving.matters.household_move.task_code",
        put("matters", 0, "task_code", value="91430104MA4L00001C4000109001000"),
    ),
    Defect(
        "code-material",
        MOVING,
        "moving.materials.id_card_paper.code",
        put("materials", 0, "code", value="L2000017"),
    ),
    Defect(
        "code-material-id",
        MOVING,
        "moving.materials.id_card_paper.source_id",
        put("materials", 0, "source_id", value="M43PCN00020001"),
    ),
    Defect(
        "code-licence",
        LICENCES,
        "id_card.code",
        lambda t: t["licence_types"][0].update(code="2000016"),
    ),
    Defect("code-guide", MOVING, "moving.code", put("code", value="PCN0001")),
    Defect(
        "code-region",
        POINTS,
        "hall.region",
        put("service_points", 1, "region", value="430105000000"),
    ),
    Defect(
        "phone",
        MOVING,
        "moving.guide.consult_phone",
        put("guide", "consult_phone", value="0731-888"),
    ),
    Defect("phone", POINTS, "hall.phone", put("service_points", 1, "phone", value="0731—88857992")),
    Defect(
        "source-form",
        MOVING,
        "moving.materials.lease_paper.source",
        put("materials", 1, "source", value="the portal"),
    ),
]
LIMITS = [
    Defect(
        "limit-promise",
        MOVING,
        "moving.matters.household_move.promise_days",
        put("matters", 0, "legal_days", value=9),
    ),
    Defect(
        "limit-instant",
        MOVING,
        "moving.matters.residence_permit.promise_days",
        put("matters", 1, "promise_days", value=3),
    ),
    Defect("limit-whole", MOVING, "moving.guide.limit_days", put("guide", "limit_days", value=5)),
    Defect(
        "reduction",
        MOVING,
        "moving.guide.reductions.trips",
        put("guide", "reductions", "trips", "after", value=4),
    ),
    Defect(
        "fee",
        MOVING,
        "moving.matters.residence_permit.fee",
        put("matters", 1, "fee", "charged", value=False),
    ),
    Defect(
        "fee-unknown",
        MOVING,
        "moving.matters.residence_permit.fee",
        put("matters", 1, "fee", value={"charged": True}),
    ),
    Defect("visit", MOVING, "moving.matters.household_move", drop("matters", 0, "visit")),
    Defect(
        "visit-unneeded",
        MOVING,
        "moving.matters.residence_permit.visit",
        put("matters", 1, "visit", value=text("请来。", "Come.")),
    ),
    Defect(
        "trips", MOVING, "moving.matters.household_move.trips", put("matters", 0, "trips", value=0)
    ),
    Defect(
        "deferral-nothing",
        MOVING,
        "moving.materials.lease_paper.deferral",
        put("materials", 1, "required", value=False),
    ),
    Defect(
        "commitment-nothing",
        MOVING,
        "moving.materials.birth_paper.commitment",
        lambda t: t["materials"][2].update(
            exemption="system_form",
            commitment={k: text("承诺", "Promise") for k in ("proves", "text", "consequence")},
        ),
    ),
    Defect(
        "result-layout",
        MOVING,
        "moving.matters.household_query.results.1",
        put("matters", 2, "results", 1, value={"name": text("查询单", "Slip")}),
    ),
    Defect(
        "result-twice",
        MOVING,
        "moving.matters.residence_permit.results.1.name",
        again("matters", 1, "results"),
    ),
    Defect(
        "delegation-unit",
        LETTERS,
        "branch_market.matters.0",
        put("delegations", 1, "unit", value="police"),
    ),
    Defect(
        "delegation-inform",
        LETTERS,
        "branch_market.matters.1",
        put("delegations", 1, "matters", 1, value="shop_inspection"),
    ),
    Defect(
        "delegation-missing",
        SHOP,
        "shop.matters.shop_inspection",
        put("matters", 1, "handling", value="apply"),
    ),
    Defect(
        "delegation-twice",
        LETTERS,
        "branch_again.matters.0",
        again("delegations", slug="branch_again", matters=["household_move"]),
    ),
    Defect(
        "delegation-ended",
        LETTERS,
        "branch_police.until",
        put("delegations", 0, "until", value="2026-10-31"),
    ),
]
USE = [
    Defect("licence-unused", MOVING, "moving.licences.0", drop("materials", 0, "licence")),
    Defect("licence-type-unused", LICENCES, "spare", again("licence_types", slug="spare")),
    Defect("layout-unused", LAYOUTS, "spare", again("layouts", slug="spare")),
    Defect("unit-unused", UNITS, "spare", put("units", 2, value=DRAFTED)),
    Defect("service-point-unused", POINTS, "spare", put("service_points", 2, value=DRAFTED)),
    Defect("table-unused", NATIONS, "nations", lambda _: None),
    Defect(
        "slug-twice",
        MOVING,
        "moving.materials.lease_paper",
        put("materials", 2, "slug", value="lease_paper"),
    ),
    Defect("slug-twice", MOVING, "moving.questions.home", again("questions")),
    Defect(
        "listed-twice",
        MOVING,
        "moving.matters.household_move.elements.5",
        put("matters", 0, "elements", 5, value="moved_on"),
    ),
    Defect(
        "option-twice",
        MOVING,
        "moving.questions.home.options.rented",
        put("questions", 0, "options", 1, "label", value=text("自己的", "Mine")),
    ),
    Defect("question-unsure", SHOP, "shop.questions.kitchen", drop("questions", 0, "options", 2)),
    Defect(
        "question-certain",
        SHOP,
        "shop.questions.kitchen.certain",
        put("questions", 0, "certain", value=True),
    ),
    Defect(
        "material-licence",
        MOVING,
        "moving.materials.birth_paper.exemption",
        put("materials", 2, "exemption", value="linked"),
    ),
    Defect(
        "material-exempt",
        MOVING,
        "moving.materials.birth_paper.exempt_when",
        put("materials", 2, "exempt_when", value='answers.home == "own"'),
    ),
    Defect(
        "option-shows",
        SHOP,
        "shop.questions.kitchen.options.yes.shows",
        put("questions", 0, "options", 0, "shows", value="shop_name"),
    ),
    Defect("icon", SHOP, "shop.icon", put("icon", value="castle")),
    Defect("sign-video", SHOP, "shop.sign_video", put("sign_video", value="gone.mp4")),
]
ELEMENTS = [
    Defect(
        "element-unused",
        THINGS,
        "spare",
        again(
            "elements",
            slug="spare",
            name=text("另一个", "Other"),
            question=text("另一个？", "Other?"),
        ),
    ),
    Defect(
        "element-twice",
        PEOPLE,
        "child_number.question",
        put("elements", 5, "question", value=text("孩子的证件号码是多少？", "What is it?")),
    ),
    Defect(
        "element-twice",
        PEOPLE,
        "child_number.name",
        put("elements", 6, "name", value=text("申请人证件号码", "Number")),
    ),
    Defect(
        "element-check", PEOPLE, "moved_on.check", put("elements", 4, "check", value="mobile_phone")
    ),
    Defect(
        "element-longest", PEOPLE, "child_number.longest", put("elements", 6, "longest", value=17)
    ),
    Defect("element-bounds", THINGS, "shop_area.lowest", put("elements", 1, "lowest", value=30000)),
    Defect("element-bounds", THINGS, "shop_name.months", put("elements", 0, "months", value=3)),
    Defect(
        "element-options",
        THINGS,
        "shop_kind.options.food",
        put("elements", 3, "options", 1, "value", value="food"),
    ),
    Defect("element-options", THINGS, "shop_name", put("elements", 0, "table", value="nations")),
    Defect("element-sensitivity", PEOPLE, "home_address", drop("elements", 3, "sensitivity")),
    Defect("group-unused", PEOPLE, "heir", again("groups", slug="heir")),
    Defect(
        "group-apart",
        PEOPLE,
        "child_number.group",
        lambda t: t["elements"].insert(5, t["elements"].pop(0)),
    ),
    Defect(
        "check-row",
        MOVING,
        "moving.check_rows.1.elements.1",
        put("check_rows", 1, "elements", 1, value="shop_name"),
    ),
    Defect(
        "check-row",
        MOVING,
        "moving.check_rows.1.elements.1",
        put("check_rows", 1, "elements", 1, value="applicant_name"),
    ),
    Defect(
        "rule-element", SHOP, "shop.rules.0.element", put("rules", 0, "element", value="moved_on")
    ),
    Defect(
        "rule-values",
        SHOP,
        "shop.rules.0.holds",
        put("rules", 0, "holds", value='values.moved_on == "" || values.shop_area != ""'),
    ),
    Defect(
        "source-kind",
        PEOPLE,
        "moved_on.sources.0.card",
        put("elements", 4, "sources", value=[{"card": "name"}]),
    ),
    Defect(
        "source-kind",
        PEOPLE,
        "child_name.sources.0.licence",
        put("elements", 5, "sources", value=[{"licence": "id_card.valid_from_date"}]),
    ),
    Defect(
        "source-kind",
        PEOPLE,
        "child_name.sources.0.earlier",
        put("elements", 5, "sources", value=[{"earlier": "moved_on"}]),
    ),
    Defect(
        "source-licence",
        THINGS,
        "shop_name.sources.0.licence",
        put("elements", 0, "sources", value=[{"licence": "id_card.holder_name"}]),
    ),
    Defect(
        "source-circle",
        THINGS,
        "shop_name.sources",
        put("elements", 0, "sources", value=[{"value": "values.shop_name"}]),
    ),
    Defect("source-twice", PEOPLE, "applicant_name.sources.1", again("elements", 0, "sources")),
]
CONDITIONS = [
    Defect(
        "condition-literal",
        MOVING,
        "moving.matters.child_move.when",
        put("matters", 3, "when", value='answers.children == "yeah"'),
    ),
    Defect(
        "condition-literal",
        THINGS,
        "shop_kind.sources.0.when",
        put("elements", 3, "sources", 0, "when", value='answers.kitchen == "perhaps"'),
    ),
    Defect(
        "condition-licence",
        MOVING,
        "moving.materials.birth_paper.when",
        put("materials", 2, "when", value='"passport" in licences'),
    ),
    Defect(
        "condition-form",
        MOVING,
        "moving.matters.child_move.when",
        put("matters", 3, "when", value='answers.children != "no" && "home" in answers'),
    ),
    Defect(
        "question-order",
        MOVING,
        "moving.questions.home.when",
        put("questions", 0, "when", value='answers.children != "no"'),
    ),
    Defect(
        "condition-fails",
        SHOP,
        "shop.rules.0.holds",
        put(
            "rules",
            0,
            "holds",
            value='values.shop_area == "" || int(values.kitchen_area) <= int(values.shop_area)',
        ),
    ),
    Defect(
        "condition-fails",
        MOVING,
        "moving.matters.child_move.when",
        put("matters", 3, "when", value='values.moved_on == "" || int(values.moved_on) > 3'),
    ),
    Defect(
        "condition-never",
        MOVING,
        "moving.matters.child_move.when",
        put("matters", 3, "when", value='answers.home == "own" && answers.lease == "filed"'),
    ),
    Defect(
        "condition-never",
        MOVING,
        "moving.materials.id_card_paper.exempt_when",
        put("materials", 0, "exempt_when", value='answers.home == "dormitory"'),
    ),
    Defect(
        "condition-not-seen",
        MOVING,
        "moving.matters.child_move.when",
        put("matters", 3, "when", value='values.home_address == "" && values.home_address != ""'),
    ),
    Defect(
        "condition-always",
        MOVING,
        "moving.matters.child_move.when",
        put("matters", 3, "when", value='answers.children != ""'),
    ),
    Defect(
        "rule-idle",
        SHOP,
        "shop.rules.0.holds",
        put("rules", 0, "holds", value='values.kitchen_area != "-1"'),
    ),
    Defect(
        "question-unreachable",
        MOVING,
        "moving.questions.lease",
        put("questions", 2, "when", value='answers.home == "dormitory"'),
    ),
    Defect(
        "option-unreachable",
        MOVING,
        "moving.questions.lease.options.filed",
        put("questions", 2, "options", 0, "when", value='answers.home == "own"'),
    ),
    Defect(
        "question-dead-end",
        SHOP,
        "shop.questions",
        lambda t: [o.update(stop=text("请走。", "Go.")) for o in t["questions"][0]["options"]],
    ),
    Defect(
        "material-unreachable",
        MOVING,
        "moving.materials.birth_paper",
        put("materials", 2, "when", value='answers.children == "no"'),
    ),
    Defect(
        "source-unreachable",
        THINGS,
        "shop_kind.sources.0",
        put("elements", 3, "sources", 0, "when", value='answers.home == "own"'),
    ),
    Defect(
        "source-value",
        THINGS,
        "shop_kind.sources.0.value",
        put("elements", 3, "sources", 0, "value", value='"foods"'),
    ),
    Defect("question-idle", MOVING, "moving.questions.pets", put("questions", 3, value=QUESTION)),
    Defect(
        "answers-alike",
        MOVING,
        "moving.questions.children.options.maybe",
        put("questions", 1, "options", 2, value={"value": "maybe", "label": text("也许", "Maybe")}),
    ),
    Defect(
        "unsure-drops",
        MOVING,
        "moving.questions.home.options.unsure",
        put("matters", 1, "when", value='answers.home == "own" || answers.home == "rented"'),
    ),
    Defect(
        "unsure-silent",
        SHOP,
        "shop.questions.kitchen.options.unsure",
        drop("questions", 0, "options", 2, "detail"),
    ),
]
REFUSED = [
    Defect("refused", MOVING, "guide.limit_days", put("guide", "limit_days", value="five")),
    Defect("refused", SHOP, "", put("matters", 0, "elements", 0, value="shoe_size")),
    Defect(
        "refused",
        MOVING,
        "matters.child_move.when",
        put("matters", 3, "when", value="answers.children =="),
    ),
]
DEFECTS = [*WORDING, *FACTS, *LIMITS, *USE, *ELEMENTS, *CONDITIONS, *REFUSED]


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: f"{defect.code}-{defect.key}")
def test_a_planted_defect_is_found_with_its_file_and_key(tmp_path: Path, defect: Defect):
    folder = copy(tmp_path)
    if defect.code == "table-unused":
        change(folder / PEOPLE, lambda t: t["elements"][2].update(table="peoples"))
        (folder / "tables/peoples.yaml").write_bytes((folder / NATIONS).read_bytes())
    change(folder / defect.file, defect.edit)
    found = {(f.code, f.file, f.key) for f in linted(folder).findings}
    assert (defect.code, defect.file, defect.key) in found


def test_at_least_sixty_different_defects_are_planted():
    assert len({(d.code, d.file, d.key) for d in DEFECTS}) >= 60


def test_every_rule_has_found_its_defect():
    # Those left out need more than one edit, or time; test_lint.py has them.
    elsewhere = {"element-alike", "source-deep", "questions-too-many", "proof-time"}
    planted = {defect.code for defect in DEFECTS}
    assert {rule.code for rule in RULES} - planted - elsewhere == set()
