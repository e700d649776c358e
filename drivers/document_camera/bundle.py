"""The pages of one document while it is being taken: added, taken again, left out, forgotten."""

from __future__ import annotations

from drivers.document_camera.pdf import LONGEST_PAGE, as_pdf
from drivers.document_camera.port import Page

MOST_PAGES = 30  # a page at 200 dpi takes 12 MB of memory


class BundleFull(Exception):
    """No more pages can be taken."""


class PageBundle:
    """Pages in order, numbered from 0, in memory alone. For one thread at a time.

    What leaves it is overwritten at once.
    """

    def __init__(self, most_pages: int = MOST_PAGES) -> None:
        self._most_pages = most_pages
        self._pages: list[Page] = []

    def __len__(self) -> int:
        return len(self._pages)

    def __repr__(self) -> str:
        """Says nothing of what is on the pages."""
        return f"PageBundle({len(self._pages)} pages)"

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages in order; each is overwritten when it leaves the bundle."""
        return tuple(self._pages)

    def add(self, page: Page) -> int:
        """Put a page at the end and give its number; raises BundleFull."""
        if len(self._pages) >= self._most_pages:
            raise BundleFull(f"{self._most_pages} pages are the most; begin another document")
        self._pages.append(page)
        return len(self._pages) - 1

    def retake(self, number: int, page: Page) -> None:
        """Put a page in the place of another; IndexError when there is none of that number."""
        self._check(number)
        self._pages[number].forget()
        self._pages[number] = page

    def remove(self, number: int) -> None:
        """Leave a page out; those behind it move up. IndexError when there is none."""
        self._check(number)
        self._pages.pop(number).forget()

    def pdf(self, longest_page: int = LONGEST_PAGE) -> bytes:
        """One PDF of all pages; raises `pdf.TooLarge`."""
        return as_pdf(self._pages, longest_page)

    def forget(self) -> None:
        """Overwrite and leave out all pages."""
        while self._pages:
            self._pages.pop().forget()

    def _check(self, number: int) -> None:
        if not 0 <= number < len(self._pages):
            raise IndexError(f"no page {number}; there are {len(self._pages)}")
