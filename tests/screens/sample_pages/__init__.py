"""Pages like those a citizen meets, in both languages, with every kind of block among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.access.profile import Language
from kiosk.journey.page import Page
from tests.screens.sample_pages import adjusting, beginning, entering, telling
from tests.screens.sample_pages.words import EN, ZH, Words, step

__all__ = ["EN", "SAMPLES", "ZH", "Words", "sample", "step"]

SAMPLES: Mapping[str, Callable[[Words], Page]] = {
    "idle": beginning.idle,
    "choose": beginning.choose,
    "identify": beginning.identify,
    "question": beginning.question,
    "notice": telling.notice,
    "check": telling.check,
    "done": telling.done,
    "care": beginning.care,
    "warning": adjusting.warning,
    "submitting": telling.submitting,
    "printing_failed": telling.printing_failed,
    "name": entering.name,
    "quick_picks": entering.quick_picks,
    "phone": entering.phone,
    "id_number": entering.id_number,
    "birthday": entering.birthday,
    "birth_time": entering.birth_time,
    "latin": entering.latin,
    "search": entering.search,
    "told": telling.told,
    "ease": adjusting.ease,
    "listening": adjusting.listening,
}


def sample(sample_name: str, language: Language = ZH) -> Page:
    """One of the sample pages."""
    return SAMPLES[sample_name](Words(language))
