"""What is kept of the pages that lie under a dialog, for when it goes again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kiosk.journey.page import Layout, Page

T = TypeVar("T")


@dataclass
class Beneath(Generic[T]):
    """By page id, the uppermost last. A dialog may lie over a dialog."""

    _kept: list[tuple[str, T]] = field(default_factory=list, repr=False)

    def turned(self, before: Page | None, page: Page, kept: T) -> T | None:
        """Another page came: keep that of the page it covers, or give back its own."""
        ids = [name for name, _ in self._kept]
        if page.id in ids:
            at = ids.index(page.id)
            back = self._kept[at][1]
            del self._kept[at:]
            return back
        if page.layout is not Layout.NOTICE:
            self.forget()
        elif before is not None:
            self._kept.append((before.id, kept))
        return None

    def forget(self) -> None:
        """Drop all of it."""
        self._kept.clear()
