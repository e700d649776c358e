"""`make soak`: every page in every size, language and reach; in every contrast what is painted."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Contrast, Language, TextSize
from screens.audit.photography import Photography
from tests.harness.window import Glass
from yici.audit.auditor import Auditor
from yici.audit.pages import one_of_each
from yici.audit.results import Results
from yici.audit.run import look, look_at_pixels, whole_plan
from yici.audit.visitor import Situation
from yici.audit.ways import chosen

SHOWN = 100  # findings

pytestmark = pytest.mark.soak


def unmet(results: Results) -> list[str]:
    return [str(finding) for finding in results.findings()][:SHOWN]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", TextSize)
def test_every_page_in_every_reach(
    auditor: Auditor, situations: tuple[Situation, ...], text: TextSize, language: Language
) -> None:
    ways = chosen(text, None, language)
    assert unmet(look(auditor, whole_plan(situations, ways))) == []


@pytest.mark.parametrize("contrast", Contrast)
@pytest.mark.parametrize("text", TextSize)
def test_every_composition_painted_in_every_contrast(
    auditor: Auditor,
    situations: tuple[Situation, ...],
    text: TextSize,
    contrast: Contrast,
    glass: Glass,
) -> None:
    ways = chosen(text, contrast, None)
    plan = whole_plan(one_of_each(situations), ways)
    assert unmet(look_at_pixels(auditor, plan, Photography(glass.driver))) == []
