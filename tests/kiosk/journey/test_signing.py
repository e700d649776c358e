"""A promise is signed: with a finger, or by the same card laid once more; never by another's."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random

from kiosk.gateway.port import Signature, SignedBy, Submission
from kiosk.journey.card import wanted
from kiosk.journey.effects import Submit
from kiosk.journey.page import Page
from kiosk.journey.places.sign import MOST_POINTS, MOST_STROKES
from kiosk.journey.signals import CardRead, Signed
from kiosk.journey.world import World
from tests.harness.applicant import Applicant, Known
from tests.harness.people import citizen
from tests.harness.walk import NOW, Walker, world
from yici.journey.invented import Inventor

STROKES = (((100, 500), (500, 300), (900, 500)), ((500, 100), (500, 900)))
ANSWERS = {"need": "away", "away": "unsure"}


@cache
def shipped() -> World:
    return world()


class Signing(Applicant):
    """Promises a paper; `sign` is what they do where the promise is signed."""

    sign: Callable[[Walker], None]

    def _sign(self, item: str) -> None:
        self.sign(self.walker)
        self._carry_out(self.walker.press("submit"))


def walk(sign: Callable[[Walker], None], papers: dict[str, str]) -> Submission:
    who = citizen("chen")
    inventor = Inventor(shipped().catalogue, NOW.date(), Random(5))
    applicant = Signing(Walker(shipped()), who.person, Known(who), inventor, ANSWERS, papers=papers)
    applicant.sign = sign
    applicant.walk("medical_care")
    (submit,) = (e for e in applicant.walker.effects if isinstance(e, Submit))
    return submit.submission


def can_submit(page: Page) -> bool:
    return page.action("submit").enabled


PROMISE = {"away_residence": "promise"}


def test_a_promise_is_signed_with_a_finger():
    def by_hand(walker: Walker) -> None:
        assert not can_submit(walker.page)
        assert walker.press("submit") == ()
        walker.send(Signed(walker.page.id, "signature", STROKES))
        assert can_submit(walker.page)
        walker.send(Signed(walker.page.id, "signature", ()))  # sign again
        assert not can_submit(walker.page)
        walker.send(Signed(walker.page.id, "signature", STROKES))

    assert walk(by_hand, PROMISE).signature == Signature(SignedBy.HAND, STROKES)


def test_who_cannot_write_on_glass_signs_by_their_card_and_a_key():
    def by_card(walker: Walker) -> None:
        assert not wanted(walker.session)
        walker.press("by_card")
        assert wanted(walker.session)
        assert not can_submit(walker.page)
        walker.send(CardRead(citizen("chen").person))
        assert not wanted(walker.session)
        assert can_submit(walker.page)

    assert walk(by_card, PROMISE).signature == Signature(SignedBy.CARD)


def test_another_persons_card_signs_nothing_and_the_page_says_so():
    def first_another(walker: Walker) -> None:
        walker.press("by_card")
        walker.send(CardRead(citizen("liu").person))
        assert not can_submit(walker.page)
        assert walker.page.block("other")
        assert walker.session.person == citizen("chen").person
        walker.send(CardRead(citizen("chen").person))

    assert walk(first_another, PROMISE).signature == Signature(SignedBy.CARD)


def test_a_stroke_behind_a_page_in_front_signs_nothing():
    def behind_help(walker: Walker) -> None:
        sign = walker.page.id
        walker.press("help")
        walker.send(Signed(sign, "signature", STROKES))
        walker.press("close")
        assert not can_submit(walker.page)
        walker.send(Signed(sign, "signature", STROKES))

    assert walk(behind_help, PROMISE).signature == Signature(SignedBy.HAND, STROKES)


def test_a_signature_is_no_longer_than_a_platform_takes():
    endless = (((0, 0),) * (MOST_POINTS + 1),) * (MOST_STROKES + 1)

    def scribble(walker: Walker) -> None:
        walker.send(Signed(walker.page.id, "signature", endless))

    signature = walk(scribble, PROMISE).signature
    assert signature is not None
    assert len(signature.strokes) == MOST_STROKES
    assert {len(stroke) for stroke in signature.strokes} == {MOST_POINTS}


def test_nothing_is_signed_where_nothing_is_promised():
    def never(walker: Walker) -> None:
        raise AssertionError("asked to sign")

    assert walk(never, {"away_residence": "here"}).signature is None


def test_who_signed_and_then_brings_the_paper_hands_in_no_signature():
    def sign_and_think_again(walker: Walker) -> None:
        walker.send(Signed(walker.page.id, "signature", STROKES))
        walker.press("back")
        walker.press("papers")
        walker.press("ways.away_residence")
        walker.choose("here")
        walker.press("continue")
        walker.press("continue")
        assert walker.page.id == "check"

    assert walk(sign_and_think_again, PROMISE).signature is None
