"""What the figures count, on the small catalogue and on the one that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.catalogue.checks import problem
from kiosk.catalogue.lint import load_annex
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.stats import CARD, EventFigures, Split, event_figures, figures, widest
from kiosk.catalogue.stats_text import lines
from tests.harness.walk import ROOT
from tests.kiosk.catalogue.linting import CLEAN, MOVING, PEOPLE, TODAY, Edit, change, copy


@pytest.fixture(scope="module")
def clean() -> Catalogue:
    return load_catalogue(CLEAN)


def moving(catalogue: Catalogue) -> EventFigures:
    return event_figures(catalogue, catalogue.life_event("moving"), TODAY)


def changed(tmp_path: Path, file: str, edit: Edit) -> EventFigures:
    folder = copy(tmp_path)
    change(folder / file, edit)
    return moving(load_catalogue(folder))


def test_the_widest_way_lets_every_matter_apply_that_can(clean: Catalogue):
    way = widest(clean, clean.life_event("moving"), TODAY)
    assert way == {"home": "rented", "children": "yes", "lease": "filed"}


def test_the_one_form_asks_each_element_once_and_nothing_that_the_card_says(clean: Catalogue):
    found = moving(clean)
    # Transfer (5 fields) and permit (4); children and query are not filled in here.
    assert found.separate.all == 9
    assert found.form.all == 5
    # Name, number and ethnic group are on the card: the address and the day are asked.
    assert found.asked.all == 2


def test_what_is_sourced_and_what_is_drafted_are_counted_apart(clean: Catalogue, tmp_path: Path):
    assert moving(clean).matters == Split(sourced=4, drafted=0)
    assert moving(clean).separate == Split(sourced=0, drafted=9)
    portal = {"provenance": "portal", "source": "43PCN0001"}
    found = changed(tmp_path, PEOPLE, lambda t: t["elements"][0].update(portal))
    assert found.separate == Split(sourced=2, drafted=7)
    assert found.form == Split(sourced=1, drafted=4)
    assert found.asked == Split(sourced=0, drafted=2)


def test_papers_are_counted_with_licences_and_without(clean: Catalogue, tmp_path: Path):
    found = moving(clean)
    # The ID card and the child's birth certificate; the lease is on record on this way.
    assert (found.papers.all, found.papers_without, found.papers_with) == (2, 2, 1)
    made = changed(tmp_path, MOVING, lambda t: t["materials"][2].update(exemption="system_form"))
    assert (made.papers.all, made.papers_without, made.papers_with) == (2, 1, 0)


def test_reductions_are_those_that_are_published(clean: Catalogue):
    assert moving(clean).reductions == {
        "days": (20, 10),
        "trips": (3, 1),
        "materials": (8, 3),
        "steps": (6, 2),
    }
    assert event_figures(clean, clean.life_event("shop"), TODAY).reductions == {}


def test_totals_are_counted_by_kind(clean: Catalogue):
    found = figures(clean, TODAY)
    assert (found.life_events, found.annex_matters, found.annex_names, found.matters) == (
        2,
        5,
        5,
        6,
    )
    assert found.handling == {"apply": 2, "inform": 2, "book": 1, "print": 1}
    assert found.materials == {"submit": 2, "licence_check": 1}
    assert found.provenance["units"] == {"portal": 1, "seed": 1}
    assert found.provenance["matters"] == {"seed": 5, "portal": 1}
    assert found.tree()["events"][0]["separate"] == {"sourced": 0, "drafted": 9}


def test_the_lines_name_every_life_event(clean: Catalogue):
    said = list(lines(figures(clean, TODAY)))
    row = next(line for line in said if " moving " in line)
    assert "0+9" in row
    assert "20→10 3→1 8→3 6→2" in row
    assert any("5 matters of the annex with 5 distinct names" in line for line in said)


def test_everything_on_the_card_of_the_figures_is_believed(clean: Catalogue):
    for slug in ("applicant_name", "applicant_number", "applicant_nation"):
        element = clean.elements[slug]
        (source,) = element.sources
        assert source.card is not None
        assert problem(element, CARD[source.card], TODAY, clean.options(element)) is None


def test_the_shipped_catalogue_has_the_annex_whole():
    found = figures(load_catalogue(ROOT / "config/catalogue"), TODAY)
    annex = load_annex(ROOT / "config/lint/annex.yaml")
    assert found.life_events == len(annex) == 29
    assert found.annex_matters == sum(len(event.matters) for event in annex.values()) == 116
    assert found.annex_names == 105
    for event in found.events:
        assert event.asked.all <= event.form.all <= event.separate.all
        assert event.papers_with <= event.papers_without <= event.papers.all
