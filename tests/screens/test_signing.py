"""Signing with a finger: a stroke is told when it is finished, kept on the glass, and forgotten."""

from __future__ import annotations

import pytest

from kiosk.access.profile import Contrast, TextSize
from kiosk.journey.page import Page, Signature, Strokes
from kiosk.journey.signals import Signed
from screens.signature import MOST_POINTS, MOST_STROKES, WHOLE, Signing, area
from screens.sketch import Box
from tests.harness.window import Glass
from tests.screens.sample_pages import ZH, Words, sample, step

Point = tuple[float, float]


def signing_page(strokes: Strokes = ()) -> Page:
    block = Signature("signature", "用手指签在框里", "重签", "签在这里", strokes)
    return step(Words(ZH), "sign", "请签名", block)


@pytest.fixture
def signing(glass: Glass) -> Glass:
    glass.show(signing_page())
    return glass


def box(glass: Glass) -> Box:
    ink = area(glass.driver.frame, "signature")
    assert ink is not None
    return ink.box


def draw(glass: Glass, *way: Point) -> None:
    """A finger along points given as shares of the area."""
    driver, room = glass.driver, box(glass)
    places = [(room.x + x * room.width, room.y + y * room.height) for x, y in way]
    driver.touch_at(*places[0], by=places[1:], end=places[-1])


def dark_pixels(glass: Glass) -> int:
    room = box(glass).grown(-12)
    picture = glass.driver.picture().convert("L")
    part = picture.crop((round(room.x), round(room.y), round(room.right), round(room.bottom)))
    return sum(part.histogram()[:90])


def test_a_stroke_is_told_once_it_is_finished(signing):
    draw(signing, (0.1, 0.5), (0.5, 0.2), (0.9, 0.5))
    (signed,) = signing.signals
    assert isinstance(signed, Signed)
    assert (signed.page, signed.block) == ("sign", "signature")
    ((first, *_, last),) = signed.strokes
    assert first == pytest.approx((100, 500), abs=3)
    assert last == pytest.approx((900, 500), abs=3)


def test_the_next_stroke_comes_with_those_before(signing):
    draw(signing, (0.1, 0.5), (0.3, 0.5))
    draw(signing, (0.5, 0.5), (0.7, 0.5))
    assert [len(signal.strokes) for signal in signing.signals] == [1, 2]


def test_what_is_drawn_is_seen_before_the_page_comes_back(signing):
    empty = dark_pixels(signing)
    draw(signing, (0.1, 0.3), (0.9, 0.3))
    assert dark_pixels(signing) > empty + 500


@pytest.mark.parametrize("contrast", Contrast)
@pytest.mark.parametrize("text", [TextSize.SMALL, TextSize.LARGEST])
def test_it_can_be_signed_in_every_size_and_contrast(glass, text, contrast):
    glass.show(signing_page(), text, contrast)
    draw(glass, (0.2, 0.2), (0.8, 0.8))
    assert len(glass.signals) == 1


def test_whatever_leaves_the_area_is_held_at_its_edge(signing):
    draw(signing, (0.5, 0.5), (0.5, -3), (5, 0.5))
    (signed,) = signing.signals
    assert all(0 <= at <= WHOLE for point in signed.strokes[0] for at in point)


def test_a_finger_that_began_beside_the_area_does_not_write(signing):
    draw(signing, (0.5, -0.2), (0.5, 0.5))
    assert signing.signals == []


def test_clearing_takes_all_strokes_away(signing):
    empty = dark_pixels(signing)
    draw(signing, (0.1, 0.3), (0.9, 0.3))
    signing.show(signing_page(signing.signals[-1].strokes))
    signing.driver.touch("clear.signature")
    assert signing.signals[-1] == Signed("sign", "signature", ())
    signing.show(signing_page())
    assert dark_pixels(signing) == pytest.approx(empty, abs=20)


def test_clearing_an_empty_area_says_nothing(signing):
    signing.driver.touch("clear.signature")
    assert signing.signals == []


def test_nothing_of_a_signature_is_left_after_the_session(signing):
    draw(signing, (0.1, 0.3), (0.9, 0.3))
    signing.window.forget()
    signing.driver.settle()
    signing.show(signing_page())
    draw(signing, (0.5, 0.5), (0.6, 0.6))
    assert len(signing.signals[-1].strokes) == 1


def test_another_page_begins_without_strokes(signing):
    draw(signing, (0.1, 0.3), (0.9, 0.3))
    signing.show(sample("question"))
    signing.show(signing_page())
    draw(signing, (0.5, 0.5), (0.6, 0.6))
    assert len(signing.signals[-1].strokes) == 1


def test_a_signature_is_in_no_representation(signing):
    draw(signing, (0.1, 0.3), (0.9, 0.3))
    (signed,) = signing.signals
    assert "300" not in repr(signed)
    assert "300" not in repr(signing_page(signed.strokes))


def stroke(capture: Signing, glass: Glass, *ways: Point) -> Strokes | None:
    room = box(glass)
    capture.begin(1, glass.driver.frame, room.x + ways[0][0], room.y + ways[0][1])
    for x, y in ways[1:]:
        capture.move(1, room.x + x, room.y + y)
    return capture.end(1)


def test_the_answer_to_an_earlier_stroke_takes_no_later_one_away(signing):
    capture, page = Signing(), signing_page()
    capture.show(page)
    first = stroke(capture, signing, (10, 10), (100, 100))
    both = stroke(capture, signing, (200, 10), (300, 100))
    assert first is not None
    for shown in (page, signing_page(first)):
        capture.show(shown)
        assert capture.strokes == both


def test_the_answer_to_a_stroke_that_was_cleared_since_brings_it_not_back(signing):
    capture = Signing()
    capture.show(signing_page())
    first = stroke(capture, signing, (10, 10), (100, 100))
    assert first is not None
    assert capture.clear("signature")
    capture.show(signing_page(first))
    assert capture.strokes == ()
    capture.show(signing_page())
    assert capture.strokes == ()


def test_what_the_page_says_by_itself_holds(signing):
    capture = Signing()
    capture.show(signing_page())
    stroke(capture, signing, (10, 10), (100, 100))
    other = (((1, 1), (2, 2)),)
    capture.show(signing_page(other))
    assert capture.strokes == other


def test_a_second_finger_writes_nothing(signing):
    capture = Signing()
    capture.show(signing_page())
    room = box(signing)
    capture.begin(1, signing.driver.frame, room.x + 10, room.y + 10)
    assert capture.begin(2, signing.driver.frame, room.x + 200, room.y + 10)
    assert not capture.move(2, room.x + 300, room.y + 10)
    assert capture.end(2) is None
    strokes = capture.end(1)
    assert strokes is not None
    assert len(strokes) == 1


def test_endless_scribbling_is_bounded(signing):
    capture = Signing()
    capture.show(signing_page())
    way = [(10 + 40 * (n % 2), 10 + n % 300) for n in range(3 * MOST_POINTS)]
    for _ in range(MOST_STROKES + 20):
        stroke(capture, signing, *way[:50])
    assert len(capture.strokes) == MOST_STROKES
    capture.clear("signature")
    long = stroke(capture, signing, *way)
    assert long is not None
    assert len(long[0]) <= MOST_POINTS


def test_a_touch_without_a_way_is_a_dot(signing):
    empty = dark_pixels(signing)
    draw(signing, (0.5, 0.3))
    assert len(signing.signals) == 1
    assert dark_pixels(signing) > empty


def test_the_pages_own_strokes_are_drawn(glass):
    glass.show(signing_page())
    empty = dark_pixels(glass)
    glass.show(signing_page((((100, 300), (900, 300)),)))
    assert dark_pixels(glass) > empty + 500
