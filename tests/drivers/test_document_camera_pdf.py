"""Pages become a document: small enough, whole, in order, and forgotten afterwards."""

from __future__ import annotations

import io
import re

import cv2
import numpy as np
import pytest
from PIL import Image, PdfParser

from drivers.document_camera.bundle import BundleFull, PageBundle
from drivers.document_camera.pdf import LONGEST_PAGE, TooLarge, as_pdf
from drivers.document_camera.port import Page
from drivers.simulators.desk_papers import Paper, Press
from tests.harness.devices import CHINESE_FONT, SIMPLIFIED

A4_DOTS = (1654, 2339)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(CHINESE_FONT, SIMPLIFIED)


def page_of(pixels: cv2.typing.MatLike) -> Page:
    return Page(np.array(pixels, np.uint8), 210, 297, 200)


def printed_page(press: Press, paper: Paper, noise: float = 3.0) -> Page:
    sheet = cv2.resize(press.printed(paper), A4_DOTS, interpolation=cv2.INTER_AREA)
    grain = np.random.default_rng(1).normal(0, noise, (600, 827, 3)).astype(np.int16)
    tiled = np.tile(grain, (4, 2, 1))[:2339]
    return page_of(cv2.add(cv2.convertScaleAbs(sheet, alpha=0.8), tiled, dtype=cv2.CV_8U))


def even_page(grey: int) -> Page:
    return page_of(np.full((2339, 1654, 3), grey, np.uint8))


def pictures(pdf: bytes) -> list[Image.Image]:
    """The JPEG pictures in a PDF, by their markers."""
    found = re.findall(rb"stream\r?\n(\xff\xd8.*?\xff\xd9)\r?\nendstream", pdf, re.DOTALL)
    return [Image.open(io.BytesIO(jpeg)) for jpeg in found]


def pages_in(pdf: bytes) -> int:
    with io.BytesIO(pdf) as file, PdfParser.PdfParser(f=file) as parser:
        return len(parser.pages)


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.FORM])
@pytest.mark.parametrize("noise", [1.0, 4.0, 9.0])
def test_a_page_of_print_stays_within_500_kilobytes_at_200_dpi(
    paper: Paper, noise: float, press: Press
) -> None:
    pdf = as_pdf([printed_page(press, paper, noise)])
    assert len(pdf) <= LONGEST_PAGE
    (picture,) = pictures(pdf)
    assert picture.size == A4_DOTS
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert box is not None
    assert [float(side) for side in box.groups()] == pytest.approx([595.3, 841.9], abs=0.5)


def test_the_seal_stays_red(press: Press) -> None:
    (picture,) = pictures(as_pdf([printed_page(press, Paper.LETTER)]))
    red, _, blue = picture.convert("RGB").split()
    assert np.max(np.asarray(red).astype(int) - np.asarray(blue)) > 60


def test_several_pages_are_in_order_each_within_its_bound(press: Press) -> None:
    pages = [even_page(200), printed_page(press, Paper.LETTER), even_page(90)]
    pdf = as_pdf(pages)
    assert pages_in(pdf) == 3
    assert len(pdf) <= 3 * LONGEST_PAGE
    levels = [np.asarray(picture.convert("L")).mean() for picture in pictures(pdf)]
    assert levels[0] == pytest.approx(200, abs=2)
    assert levels[2] == pytest.approx(90, abs=2)


def test_a_page_that_is_too_rich_loses_colour_before_it_is_refused(press: Press) -> None:
    page = printed_page(press, Paper.LETTER, noise=30)
    pdf = as_pdf([page])
    assert len(pdf) <= LONGEST_PAGE
    (picture,) = pictures(pdf)
    assert picture.mode == "L"
    with pytest.raises(TooLarge, match="210 × 297"):
        as_pdf([page], longest_page=20_000)


def test_at_the_very_last_a_page_is_black_and_white(press: Press) -> None:
    pdf = as_pdf([printed_page(press, Paper.LETTER)], longest_page=100_000)
    assert len(pdf) <= 100_000
    assert b"/CCITTFaxDecode" in pdf


def test_a_document_has_a_page() -> None:
    with pytest.raises(TooLarge):
        as_pdf([])


def test_pages_are_taken_again_and_left_out() -> None:
    bundle = PageBundle()
    first, second, third, better = (even_page(grey) for grey in (40, 90, 140, 200))
    assert [bundle.add(page) for page in (first, second, third)] == [0, 1, 2]
    bundle.retake(1, better)
    bundle.remove(0)
    assert bundle.pages == (better, third)
    levels = [np.asarray(picture.convert("L")).mean() for picture in pictures(bundle.pdf())]
    assert levels == pytest.approx([200, 140], abs=2)
    assert first.pixels.max() == second.pixels.max() == 0, "what leaves is overwritten"


def test_forgetting_overwrites_every_page() -> None:
    bundle = PageBundle()
    pages = [even_page(grey) for grey in (40, 90)]
    for page in pages:
        bundle.add(page)
    bundle.forget()
    assert len(bundle) == 0
    assert [page.pixels.max() for page in pages] == [0, 0]


def test_a_bundle_has_room_for_so_many_and_says_so() -> None:
    bundle = PageBundle(most_pages=1)
    bundle.add(even_page(40))
    with pytest.raises(BundleFull, match="1 pages are the most"):
        bundle.add(even_page(40))
    for number in (-1, 1):
        with pytest.raises(IndexError, match=f"no page {number}"):
            bundle.remove(number)
