"""When a session ends no text of it remains in the screen."""

from __future__ import annotations

import gc
import sys

from kiosk.journey.signals import Edited
from tests.harness.window import ROOT, Glass
from tests.screens.sample_pages import sample

TYPED = "430104"


def kept_anywhere(text: str) -> list[str]:
    """Where Kivy's own caches hold the text, but for the folders in which its files lie."""
    from kivy.cache import Cache  # noqa: PLC0415

    def named(key: object) -> str:
        return str(key).replace(sys.prefix, "").replace(str(ROOT), "")

    return [
        f"{category}: {key}"
        for category, objects in Cache._objects.items()
        for key in objects
        if text in named(key)
    ]


def test_nothing_typed_or_shown_remains(glass: Glass) -> None:
    glass.show(sample("id_number"))
    glass.driver.type_on_glass(TYPED)
    glass.show(sample("check"))
    assert any("4301" in text for text in glass.window.texts_kept())
    glass.window.forget()
    glass.driver.settle()
    assert glass.window.texts_kept() == frozenset()
    assert kept_anywhere("4301") == []
    assert glass.driver.page is None


def test_the_glass_is_empty_until_the_next_page(glass: Glass) -> None:
    glass.show(sample("check"))
    glass.window.forget()
    glass.driver.settle()
    assert glass.driver.is_blank()


def test_a_page_shown_after_forgetting_is_drawn(glass: Glass) -> None:
    glass.show(sample("phone"))
    glass.driver.type_on_glass("1")
    glass.window.forget()
    glass.show(sample("phone"))
    assert "138\N{NO-BREAK SPACE}0000\N{NO-BREAK SPACE}00" in glass.driver.texts()
    glass.driver.type_on_glass("2")
    assert glass.signals[-1] == Edited("field.digits", "value", "1380000002"[:10])


def test_a_page_given_before_forgetting_is_dropped(glass: Glass) -> None:
    glass.show(sample("question"))
    glass.window.show(sample("check"), glass.window.profile)
    glass.window.forget()
    glass.driver.settle()
    assert glass.driver.page is None


def test_sessions_do_not_pile_up_widgets(glass: Glass) -> None:
    def walk() -> None:
        for name in ("idle", "question", "notice", "check", "done"):
            glass.show(sample(name))
        glass.window.forget()
        glass.driver.settle()

    walk()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(5):
        walk()
    gc.collect()
    assert len(gc.get_objects()) < before * 1.02
