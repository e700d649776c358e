"""How a scripted citizen fills a field in: with the keys on the glass, or with a quick pick."""

from __future__ import annotations

from collections.abc import Sequence

from pypinyin import lazy_pinyin

from kiosk.journey.page import Field, FieldKind, Page
from screens.driver import WindowDriver

PARTS = {FieldKind.DATE: ("year", "month", "day"), FieldKind.TIME: ("hour", "minute")}
SEPARATORS = {FieldKind.DATE: "-", FieldKind.TIME: ":"}
QUICK_PICK = "candidate.0"


def write(driver: WindowDriver, block: Field, text: str, pinyin: Sequence[str] = ()) -> None:
    """Type the text as its kind is typed, and wait until the page holds it.

    `pinyin`: the letters for each Chinese character; looked up where it is empty. Raises
    NotOnTheGlass when a key is missing, NotSettled when the page does not take it.
    """
    if block.kind in PARTS:
        for part, digits in zip(PARTS[block.kind], text.split(SEPARATORS[block.kind]), strict=True):
            driver.touch(f"part.{part}")
            driver.type_on_glass(digits)
    elif block.kind is FieldKind.CHINESE:
        _compose(driver, text, pinyin or lazy_pinyin(text))
    else:
        driver.type_on_glass(text)
    driver.wait(lambda: holds(driver.page, text), "the field filled in")


def pick(driver: WindowDriver, block: Field) -> None:
    """Take the first quick pick, and wait until the page holds it."""
    driver.touch(QUICK_PICK)
    driver.wait(lambda: holds(driver.page, block.candidates[0]), "the quick pick taken")


def holds(page: Page | None, text: str) -> bool:
    """Whether a field of the page has that value."""
    return page is not None and any(isinstance(b, Field) and b.value == text for b in page.blocks)


def _compose(driver: WindowDriver, text: str, pinyin: Sequence[str]) -> None:
    for character, letters in zip(text, pinyin, strict=True):
        driver.type_pinyin(letters, character)
