"""The lint finds what it should, leaves alone what is right, and never fails itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from kiosk.catalogue.lint import Severity, load_annex, proof
from kiosk.catalogue.lint.proof import ProofError
from kiosk.catalogue.lint.spreadsheet import write
from kiosk.catalogue.lint.table import rows
from kiosk.catalogue.load import CatalogueError
from tests.harness.walk import ROOT
from tests.kiosk.catalogue.linting import (
    CLEAN,
    LETTERS,
    MOVING,
    PEOPLE,
    SHOP,
    THINGS,
    Edit,
    change,
    copy,
    linted,
)


def codes(folder: Path, **how: Any) -> set[str]:
    return {found.code for found in linted(folder, **how).findings}


def changed(tmp_path: Path, file: str, edit: Edit) -> Path:
    folder = copy(tmp_path)
    change(folder / file, edit)
    return folder


def test_a_clean_catalogue_has_no_findings():
    report = linted(CLEAN, apart=True)
    assert report.findings == ()
    assert report.releasable


def test_a_finding_names_the_line(tmp_path: Path):
    folder = copy(tmp_path)
    file = folder / MOVING
    text = file.read_text("utf-8").replace("limit_days: 10\n", "limit_days: 4\n")
    file.write_text(text, "utf-8")
    (found,) = linted(folder).findings
    assert found.code == "limit-whole"
    assert found.line == text.splitlines().index("  limit_days: 4") + 1
    assert found.severity is Severity.WARNING


def test_what_cannot_be_read_is_told_alone_with_its_line(tmp_path: Path):
    folder = copy(tmp_path)
    (folder / SHOP).write_text("slug: a: b", "utf-8")
    (folder / MOVING).write_text("slug: [", "utf-8")
    report = linted(folder)
    assert [(f.file, f.line, f.code) for f in report.findings] == [
        (MOVING, 2, "refused"),
        (SHOP, 1, "refused"),
    ]
    assert report.completeness is None


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    (found,) = linted(tmp_path / "nowhere").findings
    assert "is no folder" in found.problem


def test_conditions_are_tried_in_a_process_that_finds_the_same(tmp_path: Path):
    def edit(tree: Any) -> None:
        tree["matters"][3]["when"] = 'answers.home == "own" && answers.lease == "filed"'

    folder = changed(tmp_path, MOVING, edit)
    apart = linted(folder, apart=True)
    assert apart == linted(folder)
    assert "condition-never" in {found.code for found in apart.findings}


def test_trying_conditions_for_too_long_is_ended_and_told():
    report = linted(CLEAN, apart=True, time_limit_s=0.01)
    assert [found.code for found in report.findings] == ["proof-time"]
    assert not report.releasable


def test_a_prover_that_fails_is_no_clean_catalogue(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(proof.sys, "executable", "/bin/false")
    with pytest.raises(ProofError, match="failed"):
        linted(CLEAN, apart=True)


def test_more_ways_than_can_be_walked_are_told(tmp_path: Path):
    answers = [
        {"value": f"a{n}", "label": {"zh": f"选{n}", "en": f"No {n}"}, "detail": TEXT}
        for n in range(6)
    ]

    def edit(tree: Any) -> None:
        for n in range(6):
            question = dict(tree["questions"][1], slug=f"more_{n}", options=answers)
            tree["questions"].append(question)

    assert "questions-too-many" in codes(changed(tmp_path, MOVING, edit))


def test_the_same_datum_asked_in_two_life_events_is_one_element(tmp_path: Path):
    def edit(tree: Any) -> None:
        tree["elements"][0] |= {"name": {"zh": "孩子姓名", "en": "Child"}, "longest": 50}
        tree["elements"][0] |= {
            "question": {"zh": "孩子叫什么名字？", "en": "What is the child's name?"}
        }
        tree["elements"][0] |= {"check": "person_name"}

    def ungroup(tree: Any) -> None:
        del tree["elements"][5]["group"]

    folder = changed(tmp_path, THINGS, edit)
    change(folder / PEOPLE, ungroup)
    assert "element-alike" in codes(folder)


def test_a_value_that_rests_on_too_many_others_is_told(tmp_path: Path):
    def edit(tree: Any) -> None:
        first = tree["elements"][0]
        for n in range(7):
            after = f"values.chain_{n + 1}" if n < 6 else "values.shop_name"
            texts = {"zh": f"第{n}个？", "en": f"No {n}?"}
            sources = [{"value": after}]
            more = {"slug": f"chain_{n}", "name": texts, "question": texts, "sources": sources}
            tree["elements"].append(first | more)

    folder = changed(tmp_path, THINGS, edit)
    found = [f.key for f in linted(folder).findings if f.code == "source-deep"]
    assert found == ["chain_0.sources", "chain_1.sources"]


TEXT = {"zh": "说明", "en": "A word"}


@pytest.mark.parametrize(
    ("code", "file", "edit"),
    [
        # Not knowing may leave out what another answer brings, if it stops or says so.
        (
            "unsure-silent",
            SHOP,
            lambda t: t["questions"][0]["options"][2].update(stop=TEXT) or _drop(t, "detail"),
        ),
        # Two answers do the same, but say why they are told apart.
        (
            "answers-alike",
            MOVING,
            lambda t: t["questions"][1]["options"].append(
                {"value": "maybe", "label": {"zh": "也许", "en": "Maybe"}, "detail": TEXT}
            ),
        ),
        # Two answers read alike, each offered where the other is not.
        (
            "option-twice",
            MOVING,
            lambda t: t["questions"][2]["options"].extend(
                {"value": v, "label": TEXT, "detail": TEXT, "when": f'answers.children == "{w}"'}
                for v, w in (("one", "yes"), ("other", "no"))
            ),
        ),
        # A draft names a code that its licence type has with a source.
        (
            "draft-fact",
            MOVING,
            lambda t: t["materials"][0].update(provenance="drafted", source_id=None),
        ),
        # A Chinese word in quotation marks is what stands on the paper.
        (
            "text-chinese-in-english",
            THINGS,
            lambda t: t["elements"][0]["help"].update(en='The line "字号" of the licence.'),
        ),
        # A unit in brackets may stand behind a question.
        (
            "question-mark",
            THINGS,
            lambda t: t["elements"][0]["question"].update(
                zh="店多大？（平方米）", en="How large? (m²)"
            ),
        ),
        # Several phones, short ones and service numbers.
        (
            "phone",
            MOVING,
            lambda t: t["guide"].update(consult_phone="12345、400-800-8000、13800000000"),
        ),
        # Letters of one matter that follow one another.
        (
            "delegation-twice",
            "delegations/branch.yaml",
            lambda t: (
                t["delegations"][0].update(until="2026-11-30")
                or t["delegations"].append(
                    dict(t["delegations"][0], slug="later", since="2026-12-01", until=None)
                )
            ),
        ),
        # An answer decides only from which licence an element is filled.
        (
            "question-idle",
            MOVING,
            lambda t: (
                t["matters"][1].pop("when"),
                t["materials"][1].pop("when"),
                t["questions"].pop(),
            ),
        ),
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, code: str, file: str, edit: Edit):
    folder = changed(tmp_path, file, edit)
    found = codes(folder)
    assert "refused" not in found
    assert code not in found


def _drop(tree: Any, name: str) -> None:
    del tree["questions"][0]["options"][2][name]


def test_a_sample_that_may_be_missing_makes_a_warning_not_an_error(tmp_path: Path):
    def edit(tree: Any) -> None:
        tree["matters"][3]["when"] = 'values.home_address.startsWith("火星")'

    found = {f.code: f.severity for f in linted(changed(tmp_path, MOVING, edit)).findings}
    assert found["condition-not-seen"] is Severity.WARNING
    assert "condition-never" not in found


def test_what_departments_have_not_published_is_counted_and_listed(tmp_path: Path):
    report = linted(CLEAN)
    assert report.completeness is not None
    phones = next(
        field
        for field in report.completeness.fields
        if (field.kind, field.field) == ("unit", "phone")
    )
    assert (phones.filled, phones.of, phones.share) == (1, 2, 0.5)
    assert ("units/units.yaml", "market", "phone") in {
        (o.file, o.key, o.field) for o in report.open
    }
    # What is finished on the spot has no days to publish.
    assert ("residence_permit", "promise_days") not in {
        (o.key.rpartition(".")[2], o.field) for o in report.open
    }


def test_the_spreadsheet_says_what_the_report_says(tmp_path: Path):
    folder = changed(tmp_path, MOVING, lambda t: t.update(code="=1+1"))
    report = linted(folder)
    write(report, tmp_path / "report.xlsx")
    book = load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["findings", "completeness", "open"]
    findings = list(book["findings"].iter_rows(min_row=2, values_only=True))
    assert [(r[0], r[1], r[2], r[3], r[4]) for r in findings] == [
        (f.severity.value, f.code, f.file, f.line, f.key) for f in report.findings
    ]
    assert all(cell.data_type != "f" for row in book["findings"] for cell in row)
    assert book["open"].max_row == len(report.open) + 1


def test_every_rule_stands_in_the_document():
    document = (ROOT / "docs/catalogue-lint.md").read_text("utf-8").splitlines()
    assert [row for row in rows() if row and row not in document] == []
    told = {line for line in document if line.startswith("| `")}
    assert told <= set(rows())


def test_a_city_may_add_a_life_event_to_those_of_the_annex(tmp_path: Path):
    folder = copy(tmp_path)
    tree = (folder / SHOP).read_text("utf-8")
    for old, new in (
        ("slug: shop\nnumber: 2", "slug: stall\nnumber: 30"),
        ("    annex: T02-01\n", ""),
        ("    annex: T02-02\n", ""),
        ("slug: shop_register", "slug: stall_register"),
        ("slug: shop_inspection", "slug: stall_inspection"),
    ):
        assert old in tree
        tree = tree.replace(old, new)
    (folder / "life_events/30-stall.yaml").write_text(tree, "utf-8")
    assert codes(folder) == {"delegation-missing"}


def test_a_life_event_of_the_annex_that_is_missing_is_told(tmp_path: Path):
    folder = changed(tmp_path, LETTERS, lambda t: t["delegations"].pop())
    (folder / SHOP).unlink()
    found = [(f.code, f.file, f.problem) for f in linted(folder).findings]
    assert ("annex-event", "life_events", "no life event 2 (开店)") in found


def test_an_annex_that_cannot_be_read_is_named_with_its_line(tmp_path: Path):
    file = tmp_path / "annex.yaml"
    file.write_text("1:\n  name: 搬家\n  matters: 3\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"annex\.yaml:3: 1\.matters"):
        load_annex(file)


def scalars(tree: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(tree, dict):
        return [p for key, value in tree.items() for p in scalars(value, (*path, key))]
    if isinstance(tree, list):
        return [p for n, value in enumerate(tree) for p in scalars(value, (*path, n))]
    return [path]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_value_makes_the_lint_fail(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    folder = copy(tmp_path_factory.mktemp("fuzz"))

    def edit(tree: Any) -> None:
        *above, last = data.draw(st.sampled_from(scalars(tree)))
        for step in above:
            tree = tree[step]
        others = ["answers.home", 'values.moved_on > "2"', "home", "police", "T01-02", "0", "＝1"]
        tree[last] = data.draw(
            st.sampled_from(others) | st.text(max_size=30) | st.integers(-5, 10**9) | st.none()
        )

    change(folder / data.draw(st.sampled_from([MOVING, SHOP, PEOPLE, THINGS])), edit)
    report = linted(folder)
    assert list(report.lines())
    assert report.tree()["errors"] == report.count(Severity.ERROR)
