"""What is left until a page goes by itself, in words and as a bar that grows shorter."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.journey.page import Page


@dataclass(frozen=True, slots=True)
class CountDown:
    """`text` is empty where nothing is counted; `left` is the share of the time that is left."""

    text: str = ""
    left: float = 0.0


NONE = CountDown()


def count_down(page: Page, seconds: int | None) -> CountDown:
    """Of a page that has so many seconds left; None: it does not go by itself."""
    if seconds is None:
        return NONE
    text = (page.count_down_text or "{seconds}").replace("{seconds}", str(seconds))
    return CountDown(text, min(1.0, seconds / page.count_down_s) if page.count_down_s else 0.0)
