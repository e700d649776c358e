"""A small catalogue folder for tests that break one: the newborn life event and what it needs."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.harness.walk import ROOT

SHIPPED = ROOT / "config/catalogue"
KEPT = (
    "life_events/01-*.yaml",
    "elements/10-*.yaml",
    "elements/30-*.yaml",
    "elements/90-*.yaml",
    "licence_types/*.yaml",
    "units/*.yaml",
    "tables/*.yaml",
    "service_points/sites.yaml",
)
COMPANY = "legal_representative_phone"  # a source of the phone that only companies have
REGIONS = """regions:
  "430000000000": {zh: 湖南省, en: Hunan Province}
  "430100000000": {zh: 长沙市, en: Changsha City}
  "430104000000": {zh: 岳麓区, en: Yuelu District}
"""


def small_catalogue(folder: Path) -> Path:
    """Copy it to `folder/catalogue`."""
    copy = folder / "catalogue"
    for pattern in KEPT:
        for file in SHIPPED.glob(pattern):
            target = copy / file.relative_to(SHIPPED)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    contact = copy / "elements/90-contact.yaml"
    lines = contact.read_text("utf-8").splitlines(keepends=True)
    contact.write_text("".join(line for line in lines if COMPANY not in line), "utf-8")
    (copy / "regions.yaml").write_text(REGIONS, "utf-8")
    return copy
