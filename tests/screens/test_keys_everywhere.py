"""No page traps who uses keys: everything is reached from everywhere, and no key does harm.

Without a window: focus, keyboards and sides are worked out by the same code that the glass shows,
with letters of an even width.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language, Profile, Scanning, TextSize
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from kiosk.journey.page import Page
from kiosk.journey.signals import Chosen
from kiosk.narration.port import Place, Silent
from screens.commands import Command, Turn
from screens.curtain import Curtain
from screens.editor import Editor
from screens.interaction import Interaction, ScreenSignal
from screens.keypad import KEYPAD, Keypad
from screens.panel import Panel
from screens.renderer import Renderer
from screens.scanning import PACE_S, READING
from screens.stops import Zone
from tests.harness.people import citizen
from tests.harness.walk import Walker
from tests.harness.window import ROOT, TODAY, Clock
from tests.screens.test_journey_pages import pages, walker

MOST = 120  # presses; more than any page has places
SLOW = settings(
    deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SIZES = st.sampled_from([TextSize.NORMAL, TextSize.LARGEST])
KEYS = st.lists(st.sampled_from(sorted(KEYPAD)), max_size=40)


def wide(text: str, size: int, bold: bool) -> float:
    """Every letter of one width: half an em, a whole one for a character."""
    return sum(size * (0.55 if one.isascii() else 1.0) for one in text)


class Telling(Silent):
    """Makes places of some texts, as where pages are read aloud; knows where the focus went."""

    def __init__(self) -> None:
        self.texts: tuple[str, ...] = ()
        self.place = Place("")

    def stops(self) -> tuple[str, ...]:
        return self.texts

    def focused(self, place: Place) -> None:
        self.place = place


class Screen:
    """The page, its keys and what they ask for."""

    def __init__(self, engine: RimeInput) -> None:
        phrases, panel = Phrases.load(ROOT / "config" / "phrases"), Panel(fullscreen=False)
        self.signals: list[ScreenSignal] = []
        self.clock = Clock()
        self.narrator = Telling()
        self.inside = Interaction(
            Renderer(panel, phrases, wide),
            Curtain(panel, phrases, wide),
            lambda: Editor(engine, lambda: TODAY),
            self.signals.append,
            self.narrator,
            now=self.clock,
        )
        self.keypad = Keypad(self.inside, lambda row: f"{row}", now=self.clock)

    def show(self, page: Page, profile: Profile) -> None:
        self.inside.show(page, profile)
        self.keypad.shown()
        self.inside.drawn()

    def forget(self) -> None:
        self.inside.forget()
        self.keypad.forget()
        self.signals.clear()

    def press(self, key: str) -> str | None:
        self.keypad.press(key)
        frame = self.inside.drawn()
        assert frame is not None
        here = self.keypad.focus
        named = [stop for stop in self.inside.stops() if stop.name == here]
        assert here is None or named
        on_glass = [s for s in named if s.box is None or s.side == frame.turns.at]
        assert not named or on_glass, "the page turned to where the focus is"
        return here

    def side(self) -> int:
        """The side on the glass."""
        frame = self.inside.drawn()
        assert frame is not None
        return frame.turns.at

    def sides(self) -> set[int]:
        """All of the page."""
        frame = self.inside.drawn()
        assert frame is not None
        return set(range(frame.turns.of))

    def reached(self) -> Command | None:
        """What selecting the place last told of would do."""
        mark = (self.narrator.place.block, self.narrator.place.name)
        stop = next((stop for stop in self.inside.stops() if stop.mark == mark), None)
        return stop.target.command if stop and stop.target else None

    def commands(self) -> set[Command]:
        """What can be touched on any side, but for turning over and the keys of a keyboard."""
        frame = self.inside.frame()
        assert frame is not None
        back, found = frame.turns.at, set()
        for side in range(frame.turns.of):
            self.inside.turn_to(side)
            frame = self.inside.frame()
            assert frame is not None
            found |= {
                target.command
                for placed in frame.placed
                if placed.key != ("keyboard",)
                for target in placed.targets
                if not isinstance(target.command, Turn)
            }
        self.inside.turn_to(back)
        return found


@pytest.fixture(scope="module")
def screen() -> Screen:
    return Screen(RimeInput(SHARED_FOLDER, ROOT / "build" / "rime"))


@cache
def each(language: Language) -> tuple[Page, ...]:
    """One page of every id, and the one on which everything is set."""
    someone = walker(language)
    someone.press("ease")
    someone.send(Chosen(someone.page.id, "speech", "yes"))
    return tuple({page.id: page for page in [*pages(language), someone.page]}.values())


def unmoved(page: Page) -> Page:
    """The page without what a key would change of the profile, so that it stays as it is."""
    return replace(page, count_down_s=None)


@pytest.mark.parametrize("way", ["down", "up"])
@SLOW
@given(data=st.data(), text=SIZES, before=KEYS)
def test_everything_is_reached_from_everywhere_by_one_key(
    screen: Screen, way: str, data: st.DataObject, text: TextSize, before: list[str]
) -> None:
    screen.forget()
    page = unmoved(data.draw(st.sampled_from(each(Language.ZH))))
    screen.show(page, Profile(text))
    for key in before:
        screen.press(key)
    wanted, seen = screen.commands(), set()
    for _ in range(MOST):
        screen.press(way)
        seen.add(screen.reached())
        if wanted <= seen:
            return
    assert wanted <= seen


@pytest.mark.parametrize("way", ["down", "up"])
@SLOW
@given(data=st.data(), text=SIZES, care=st.booleans(), seated=st.booleans())
def test_every_side_of_a_page_is_seen_by_one_key(
    screen: Screen, *, way: str, data: st.DataObject, text: TextSize, care: bool, seated: bool
) -> None:
    screen.forget()
    page = unmoved(data.draw(st.sampled_from(each(Language.ZH))))
    screen.show(page, Profile(text, care=care, seated=seated))
    seen = {screen.side()}
    for _ in range(MOST):
        screen.press(way)
        seen.add(screen.side())
    assert seen == screen.sides()


@pytest.mark.parametrize("switches", [Scanning.ONE_SWITCH, Scanning.TWO_SWITCHES])
@SLOW
@given(data=st.data(), text=SIZES, care=st.booleans(), seated=st.booleans())
def test_the_ring_of_a_switch_goes_over_every_side_of_a_page(
    screen: Screen,
    *,
    switches: Scanning,
    data: st.DataObject,
    text: TextSize,
    care: bool,
    seated: bool,
) -> None:
    screen.forget()
    page = unmoved(data.draw(st.sampled_from(each(Language.ZH))))
    screen.show(page, Profile(text, care=care, seated=seated, scanning=switches))
    seen, groups = {screen.side()}, 0
    while seen != screen.sides() and groups < MOST:
        if switches is Scanning.TWO_SWITCHES:
            screen.press("next")
        else:
            screen.clock.seconds += PACE_S * READING
            assert screen.keypad.pulse()
        seen.add(screen.side())
        groups += 1
    assert seen == screen.sides()


@pytest.mark.parametrize("scanning", Scanning)
@pytest.mark.parametrize("care", [False, True])
def test_a_notice_is_read_side_by_side_with_select_alone(
    screen: Screen, *, scanning: Scanning, care: bool
) -> None:
    screen.forget()
    notice = next(page for page in each(Language.ZH) if page.id == "notice")
    screen.show(notice, Profile(TextSize.LARGEST, care=care, scanning=scanning))
    if scanning is Scanning.NONE:
        screen.press("down")
    assert len(screen.sides()) > 1
    seen = [screen.side()]
    while screen.keypad.focus == "turn.next":
        screen.press("select")
        seen.append(screen.side())
    assert seen == sorted(screen.sides())


@SLOW
@given(data=st.data(), text=SIZES)
def test_every_key_of_a_keyboard_is_reached_by_arrows(
    screen: Screen, data: st.DataObject, text: TextSize
) -> None:
    screen.forget()
    fields = [page for page in each(Language.ZH) if page.id.startswith("field.")]
    screen.show(data.draw(st.sampled_from(fields)), Profile(text))
    wanted = {stop.name for stop in screen.inside.stops() if stop.zone is Zone.KEYS}
    seen: set[str | None] = set()
    for _ in range(MOST):
        here = screen.press("down")
        if here in wanted:
            seen |= {here, *along(screen, "left"), *along(screen, "right")}
        elif seen:
            break
    assert wanted <= seen


def along(screen: Screen, key: str) -> list[str | None]:
    """Where a key leads within a row, up to its end."""
    went = [screen.keypad.focus]
    while (here := screen.press(key)) != went[-1]:
        went.append(here)
        assert len(went) < MOST
    return went


@SLOW
@given(
    keys=st.lists(st.sampled_from(sorted(KEYPAD)), max_size=80),
    scanning=st.sampled_from(Scanning),
    text=SIZES,
    begun=st.booleans(),
    listened=st.booleans(),
)
def test_whatever_is_pressed_on_the_way_nothing_breaks(
    screen: Screen,
    *,
    keys: list[str],
    scanning: Scanning,
    text: TextSize,
    begun: bool,
    listened: bool,
) -> None:
    screen.forget()
    someone: Walker = walker(Language.ZH)
    if begun:
        someone.begin(citizen("limian").person, ())
    profile = Profile(text, scanning=scanning)
    someone.session = replace(someone.session, profile=profile)
    screen.show(someone.page, profile)
    for key in keys:
        page = someone.page
        screen.narrator.texts = tuple(f"text:{b.id}" for b in page.blocks) if listened else ()
        screen.press(key)
        screen.clock.seconds += 2
        screen.keypad.pulse()
        while screen.signals:
            someone.send(screen.signals.pop(0))
        screen.show(someone.page, someone.session.profile)
