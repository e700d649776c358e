"""A catalogue that does not hold together is refused, with every file and key that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.load import CatalogueError, load_catalogue
from tests.harness.catalogue import SHIPPED, small_catalogue

NEWBORN = "life_events/01-newborn.yaml"
APPLICANT = "elements/10-applicant.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return small_catalogue(tmp_path)


def change(file: Path, edit: Callable[[Any], None]) -> None:
    tree = yaml.safe_load(file.read_text("utf-8"))
    edit(tree)
    file.write_text(yaml.safe_dump(tree, allow_unicode=True), "utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return caught.value.problems


def one_problem(folder: Path) -> str:
    (problem,) = problems(folder)
    return problem


def test_the_shipped_catalogue_holds_together():
    catalogue = load_catalogue(SHIPPED)
    assert catalogue.life_event("newborn") is catalogue.life_event("1")


def test_a_release_is_named_after_its_content(copy: Path):
    before = load_catalogue(copy).release
    assert load_catalogue(copy).release == before
    change(copy / NEWBORN, lambda tree: tree["matters"][0].update(promise_days=6))
    assert load_catalogue(copy).release != before


def test_broken_yaml_is_named_with_its_line(copy: Path):
    file = copy / NEWBORN
    text = file.read_text("utf-8")
    line = text.splitlines().index("slug: newborn") + 1
    file.write_text(text.replace("slug: newborn", "slug: newborn: twice"), "utf-8")
    assert f"{file}:{line}: not YAML" in one_problem(copy)


def test_bytes_that_are_no_text_are_named(copy: Path):
    (copy / NEWBORN).write_bytes(b"\xff\xfe\x00slug")
    assert "not UTF-8" in one_problem(copy)


def test_an_unknown_key_is_named(copy: Path):
    change(copy / NEWBORN, lambda tree: tree["matters"][2].update(promised=3))
    assert "matters.2.promised" in one_problem(copy)


def test_all_problems_are_told_at_once(copy: Path):
    def edit(tree: Any) -> None:
        tree["matters"][0]["promise_days"] = -1
        tree["questions"][0]["options"] = []

    change(copy / NEWBORN, edit)
    assert len(problems(copy)) == 2


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda t: t["matters"][0]["elements"].append("shoe_size"), "no element shoe_size"),
        (lambda t: t["materials"][0]["matters"].append("nowhere"), "no matter nowhere"),
        (lambda t: t["licences"].append("fishing"), "no licence type fishing"),
        (lambda t: t["licences"].remove("birth_record") or t.pop("purpose"), "purpose"),
        (lambda t: t["matters"][6].update(when="answers.claim =="), "cannot be read"),
        (lambda t: t["matters"][6].update(when='answers.clam == "yes"'), "condition fails"),
        (lambda t: t["matters"][6].update(when="weather == 'fine'"), "names weather"),
        (lambda t: t["matters"][6].update(when="[1].exists(x, x > 0)"), "comprehension"),
        (lambda t: t["matters"][1].update(slug="birth_certificate"), "once"),
        (lambda t: t["matters"][0]["units"].append("nowhere"), "no unit nowhere"),
        (lambda t: t["lead_units"].append("nowhere"), "no unit nowhere"),
        (lambda t: t["matters"][0].update(handling="print"), "needs a result with a layout"),
        (lambda t: t["matters"][0].update(annex="T01-02"), "annex T01-02 stands in"),
    ],
)
def test_what_does_not_hold_together_is_named(copy: Path, edit, says: str):
    change(copy / NEWBORN, edit)
    assert any(says in problem and "01-newborn.yaml" in problem for problem in problems(copy))


def test_a_licence_field_that_no_licence_gives_is_named(copy: Path):
    def edit(tree: Any) -> None:
        tree["elements"][2]["sources"] = [{"licence": "birth_record.shoe_size"}]

    change(copy / APPLICANT, edit)
    assert "birth_record has no field shoe_size" in one_problem(copy)


def test_a_source_that_says_nothing_is_named(copy: Path):
    change(copy / APPLICANT, lambda t: t["elements"][2].update(sources=[{}]))
    assert "a source is one of" in one_problem(copy)


def test_an_element_given_twice_is_named(copy: Path):
    change(copy / APPLICANT, lambda t: t["elements"].append(t["elements"][0]))
    assert any(
        "applicant_name stands in elements/10-applicant.yaml" in problem
        for problem in problems(copy)
    )


def test_a_missing_file_is_named(copy: Path):
    (copy / "licence_types/personal.yaml").unlink()
    assert any("no licence type resident_id_card" in problem for problem in problems(copy))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    assert problems(tmp_path / "nowhere") == [f"{tmp_path}/nowhere: is no folder"]


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_bytes_make_the_loader_fail_otherwise(tmp_path_factory, content: bytes):
    folder = small_catalogue(tmp_path_factory.mktemp("fuzz"))
    (folder / NEWBORN).write_bytes(content)
    with pytest.raises(CatalogueError):
        load_catalogue(folder)


def test_a_wrong_value_is_named_with_its_line(copy: Path):
    file = copy / NEWBORN
    text = file.read_text("utf-8").replace("promise_days: 5\n", "promise_days: five\n", 1)
    file.write_text(text, "utf-8")
    line = text.splitlines().index("    promise_days: five") + 1
    assert f"{file}:{line}: matters.0.promise_days" in one_problem(copy)


def test_a_key_given_twice_is_named_with_its_line(copy: Path):
    file = copy / NEWBORN
    file.write_text(file.read_text("utf-8") + "slug: newborn\n", "utf-8")
    assert one_problem(copy).endswith("slug is given twice")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 100_000, "nested too deep"),
        ("a: &a [1]\nb: &b [*a]\nc: &c [*b, *b]\n", "an alias within an anchor"),
        ("a: &a [1]\nb: [" + "*a," * 60 + "]\n", "too many aliases"),
        ("a: !!python/object:os.system x\n", "not YAML"),
    ],
)
def test_a_file_that_would_harm_the_reader_is_refused(copy: Path, text: str, says: str):
    (copy / NEWBORN).write_text(text, "utf-8")
    assert says in one_problem(copy)
