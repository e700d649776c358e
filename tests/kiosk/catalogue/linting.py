"""A small catalogue without findings, copied for each test and changed in one place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kiosk.catalogue.lint import Report, lint, load_annex

CLEAN = Path(__file__).with_name("lint_catalogue")
ANNEX = load_annex(Path(__file__).with_name("lint_annex.yaml"))
TODAY = date(2026, 11, 2)
ICONS = frozenset({"home", "store"})

Edit = Callable[[Any], object]

MOVING = "life_events/01-moving.yaml"
SHOP = "life_events/02-shop.yaml"
PEOPLE = "elements/10-people.yaml"
THINGS = "elements/20-shop.yaml"
LETTERS = "delegations/branch.yaml"
UNITS = "units/units.yaml"
POINTS = "service_points/sites.yaml"
LICENCES = "licence_types/types.yaml"
LAYOUTS = "layouts/queries.yaml"
NATIONS = "tables/nations.yaml"


def copy(folder: Path) -> Path:
    return Path(shutil.copytree(CLEAN, folder / "catalogue"))


def change(file: Path, edit: Edit) -> None:
    tree = yaml.safe_load(file.read_text("utf-8"))
    edit(tree)
    tree = json.loads(json.dumps(tree, default=str))  # what an edit shares would become an alias
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), "utf-8")


def linted(folder: Path, *, apart: bool = False, time_limit_s: float = 60) -> Report:
    return lint(
        folder,
        today=TODAY,
        has_icon=ICONS.__contains__,
        annex=ANNEX,
        film_fault=lambda name: f"there is no file {name}",
        apart=apart,
        time_limit_s=time_limit_s,
    )
