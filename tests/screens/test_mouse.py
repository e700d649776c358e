"""A real pointer, as a touch panel or a view in the browser gives it, reaches the page."""

from __future__ import annotations

from kiosk.journey.signals import Pressed
from tests.harness.window import Glass
from tests.screens.sample_pages import sample


def test_a_click_of_the_windows_own_pointer_presses_what_is_under_it(glass: Glass):
    from kivy.core.window import Window  # noqa: PLC0415  there is no window before

    page = sample("idle")
    glass.show(page)
    x, y = glass.driver.target("begin").box.centre
    glass.clock.seconds += 1
    Window.dispatch("on_mouse_down", x, y, "left", [])
    glass.driver.step()
    Window.dispatch("on_mouse_up", x, y, "left", [])
    glass.driver.settle()
    assert Pressed(page.id, "begin") in glass.signals
