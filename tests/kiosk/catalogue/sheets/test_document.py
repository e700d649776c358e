"""docs/spreadsheets.md says what is so: its sheets, its example, its words for errors."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.harness.walk import ROOT
from tests.kiosk.catalogue.sheets.sample import LAYOUTS, changed, exported, take_in

TEXT = (ROOT / "docs/spreadsheets.md").read_text("utf-8")


def test_every_sheet_is_explained():
    for layout in LAYOUTS.lists.values():
        assert layout.sheet in TEXT


def test_every_heading_that_is_named_is_on_a_sheet():
    headings = {c.heading for layout in LAYOUTS.lists.values() for c in layout.columns}
    named = {"承诺时限（工作日）", "委托单位", "受托网点", "起始日期", "截止日期", "委托书标识"}
    assert named <= headings
    assert all(name in TEXT for name in named)


def test_the_example_says_what_it_is_said_to_say(tmp_path: Path):
    folder = tmp_path / "config/catalogue"
    shutil.copytree(ROOT / "config/catalogue", folder)
    found = re.search(r"^(实施清单![A-Z]+\d+): (\S+): \d+ → (\d+)$", TEXT, re.MULTILINE)
    assert found is not None
    line, place, _, value = found[0], *found.groups()
    done = take_in(folder, changed(exported(folder, tmp_path / "l.xlsx"), {place: int(value)}))
    assert done.changes == (line,)
    assert [str(file.relative_to(tmp_path)) for file in done.files] == [
        "config/catalogue/life_events/01-newborn.yaml"
    ]
