"""Takes pages through the real window: their frames as they are drawn, and their pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kiosk.access.profile import Profile
from kiosk.journey.page import Page
from screens.audit.drawn import DrawnPage
from screens.driver import WindowDriver

if TYPE_CHECKING:
    from screens.audit.drawn import Picture


class Photography:
    """Uses one window, in its thread."""

    def __init__(self, driver: WindowDriver) -> None:
        self._driver = driver

    def page(self, page: Page, profile: Profile) -> DrawnPage:
        """All sides of a page with their pixels, and one of them with the focus ring."""
        driver, window = self._driver, self._driver.window
        window.forget()
        driver.settle()
        window.show(page, profile)
        driver.settle()
        sides, pictures = [driver.frame], [self._picture()]
        while driver.frame.turns.more:
            driver.touch("turn.next")
            sides.append(driver.frame)
            pictures.append(self._picture())
        return DrawnPage(
            page,
            profile,
            window.panel,
            tuple(sides),
            pictures=tuple(pictures),
            ringed=self._ringed(),
        )

    def _ringed(self) -> tuple[int, Picture]:
        """After DOWN, from wherever the page is turned to."""
        self._driver.window.press("down")
        self._driver.settle()
        return self._driver.frame.turns.at, self._picture()

    def _picture(self) -> Picture:
        panel = self._driver.window.panel
        upwards = np.frombuffer(self._driver.pixels(), np.uint8)
        return upwards.reshape(panel.height, panel.width, 3)[::-1]
