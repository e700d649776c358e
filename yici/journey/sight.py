"""What a scripted citizen sees of a page: the names of what can be touched, and what is refused."""

from __future__ import annotations

from kiosk.journey.page import Callout, Cards, Choices, Field, Page, Rows, Segments


def choices(page: Page) -> list[str]:
    """Answers that can be marked."""
    return [c.id for b in page.blocks if isinstance(b, Choices) for c in b.choices]


def cards(page: Page) -> list[str]:
    """Life events, or what else is on cards."""
    return [c.id for b in page.blocks if isinstance(b, Cards) for c in b.cards]


def other_lists(page: Page) -> list[str]:
    """Parts of a choice side by side that are not chosen."""
    lists = [b for b in page.blocks if isinstance(b, Segments)]
    return [c.id for b in lists for c in b.choices if c.id != b.selected]


def rows(page: Page) -> list[str]:
    """What the lines of a page lead to, empty for a line that leads nowhere."""
    return [row.action for b in page.blocks if isinstance(b, Rows) for row in b.rows]


def complaint(page: Page) -> str:
    """What a field does not take, in its own words."""
    errors = [b.error for b in page.blocks if isinstance(b, Field) and b.error]
    return errors[0] if errors else page.lead if page.id.startswith("field.") else ""


def card_left(page: Page) -> bool:
    """Whether it asks to take away a card that lies on the reader."""
    return any(isinstance(b, Callout) and b.id == "left" for b in page.blocks)
