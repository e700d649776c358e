"""`yici catalogue`: what each command writes, and with which code it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from kiosk.catalogue.schema import schemas
from tests.harness.walk import ROOT
from tests.kiosk.catalogue.linting import CLEAN, MOVING, change, copy
from yici.command import app

SMALL_ANNEX = CLEAN.with_name("lint_annex.yaml")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["catalogue", *words], catch_exceptions=False)


def lint(folder: Path, *words: str) -> Result:
    return run("lint", "--catalogue", str(folder), "--annex", str(SMALL_ANNEX), *words)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy(tmp_path)


def test_a_clean_catalogue_ends_with_0(folder: Path):
    done = lint(folder)
    assert done.exit_code == 0
    assert "0 errors, 0 warnings" in done.output


def test_an_error_ends_with_1_and_says_where(folder: Path):
    change(folder / MOVING, lambda t: t["matters"][0].update(legal_days=3))
    done = lint(folder)
    assert done.exit_code == 1
    assert MOVING in done.output
    assert "error limit-promise  moving.matters.household_move.promise_days" in done.output
    assert "\x1b[" not in done.output  # no colours where nobody looks at a screen


def test_a_warning_ends_with_0_unless_strict(folder: Path):
    change(folder / MOVING, lambda t: t["guide"].update(limit_days=1))
    assert lint(folder).exit_code == 0
    assert lint(folder, "--strict").exit_code == 1


def test_json_is_the_whole_report(folder: Path, tmp_path: Path):
    change(folder / MOVING, lambda t: t.update(icon="no-such-icon"))
    done = lint(folder, "--format", "json", "--out", str(tmp_path / "report.xlsx"))
    assert done.exit_code == 1
    tree = json.loads(done.stdout)
    assert tree["errors"] == 1
    assert tree["findings"][0]["file"] == MOVING
    assert tree["completeness"]
    assert tree["open"]
    assert load_workbook(tmp_path / "report.xlsx")["findings"].max_row == 2


def test_a_report_that_cannot_be_written_is_told(folder: Path):
    done = lint(folder, "--out", str(folder / "nowhere/report.xlsx"))
    assert done.exit_code == 1
    assert "nowhere" in done.stderr


def test_an_annex_that_is_not_there_is_told(folder: Path):
    done = run("lint", "--catalogue", str(folder), "--annex", str(folder / "none.yaml"))
    assert done.exit_code == 1
    assert "none.yaml: cannot be read" in done.stderr


def test_the_rules_can_be_listed():
    assert "| `annex-matter` | error |" in run("lint", "--rules").output


def test_figures_come_as_text_and_as_json(folder: Path):
    done = run("stats", "--catalogue", str(folder))
    assert done.exit_code == 0
    assert "2 life events, 4 questions" in done.output
    tree = json.loads(run("stats", "--catalogue", str(folder), "--format", "json").stdout)
    assert [event["slug"] for event in tree["events"]] == ["moving", "shop"]


def test_figures_of_a_broken_catalogue_are_refused(folder: Path):
    (folder / MOVING).write_text("slug: [", "utf-8")
    done = run("stats", "--catalogue", str(folder))
    assert done.exit_code == 1
    assert "01-moving.yaml" in done.stderr


def test_a_search_marks_what_fits_and_says_how():
    done = run("search", "生孩子", "--limit", "1")
    assert done.exit_code == 0
    assert done.output == "[生孩子] → 新生儿出生  newborn  (characters, alias_exact)\n"
    (hit,) = json.loads(run("search", "shengyudengji", "--limit", "1", "--format", "json").stdout)
    assert (hit["life_event"], hit["slug"]) == ("marriage", "birth_registration")
    assert hit["manner"] == "pinyin"
    assert run("search", "@@@@").output == "Nothing is found.\n"


def test_the_published_schema_is_that_of_the_model(tmp_path: Path):
    assert run("schema", "--out", str(tmp_path)).exit_code == 0
    written = {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()}
    published = {f.name: f.read_text("utf-8") for f in (ROOT / "docs/schema").iterdir()}
    assert published == written, "run: yici catalogue schema"
    assert {f"{name}.json" for name in schemas()} == set(published)


def test_every_folder_of_the_catalogue_has_a_schema():
    names = {f.name for f in (ROOT / "config/catalogue").iterdir() if f.is_dir()}
    assert names - {"life_events", "tables"} | {"life_event", "table", "regions"} == set(schemas())


def test_the_schema_refuses_keys_that_the_model_refuses():
    tree = schemas()["life_event"]
    assert tree["additionalProperties"] is False
    assert schemas()["elements"]["additionalProperties"] is False
    assert set(schemas()["elements"]["properties"]) == {"elements", "groups"}


def test_the_catalogue_that_ships_can_be_released():
    done = run("lint")
    assert done.exit_code == 0, done.output


def test_no_release_is_built_of_a_catalogue_with_an_error(tmp_path: Path):
    catalogue = Path(shutil.copytree(ROOT / "config/catalogue", tmp_path / "catalogue"))
    change(
        catalogue / "life_events/01-newborn.yaml", lambda t: t["matters"][0].update(legal_days=1)
    )
    repository = ["--folder", str(tmp_path / "fleet"), "build", "--catalogue", str(catalogue)]
    done = CliRunner().invoke(app, ["fleet", "release", *repository], catch_exceptions=False)
    assert done.exit_code == 1
    assert "limit-promise" in done.stderr
    assert "No release is made" in done.stderr
    shown = CliRunner().invoke(app, ["fleet", "release", *repository[:2], "show"])
    assert "waits for publication: nothing" in shown.output
