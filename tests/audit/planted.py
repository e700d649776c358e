"""One sound page, and that page broken in just one way for each rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Profile
from kiosk.access.rime import SHARED_FOLDER, RimeInput
from kiosk.journey.page import (
    Action,
    Choice,
    Choices,
    Field,
    FieldKind,
    Layout,
    Page,
    Paragraph,
    Weight,
)
from screens.audit.drawing import Drawing
from screens.audit.drawn import DrawnPage, Heard
from screens.audit.rule import Finding, Rule
from screens.commands import Enter, Turn
from screens.panel import Panel
from screens.sketch import Box, Fill, Line, Mark, Placed, Target
from screens.stops import TabStop, Zone
from screens.theme import Role
from tests.harness.walk import ROOT
from yici.audit.results import Results

PARAGRAPH = "孩子出生以后要办的证，一次都能办好，不用跑好几个地方，也不用把同样的话说好几遍。"
ACTIONS = (
    Action("back", "返回", Weight.BACK, icon="arrow-left"),
    Action("continue", "继续", Weight.PRIMARY, icon="arrow-right"),
    Action("help", "找工作人员", Weight.FOOT, icon="help-circle"),
    Action("leave", "结束并清除", Weight.FOOT, icon="exit-to-app"),
)
CHOICES = Choices(
    "who", (Choice("mother", "母亲", icon="account"), Choice("father", "父亲", icon="account"))
)
SOUND = Page(
    "question.who",
    "您是孩子的谁？",
    (Paragraph("why", PARAGRAPH), CHOICES),
    ACTIONS,
    brand="一次办",
    count_down_s=30,
    count_down_text="还有 {seconds} 秒",
)
WARNING = replace(SOUND, id="idle_warning", layout=Layout.NOTICE)
LONG = replace(
    SOUND,
    blocks=tuple(Paragraph(f"p{number}", PARAGRAPH) for number in range(16)),
    count_down_s=None,
)
MANY = replace(
    SOUND,
    blocks=(Choices("who", tuple(Choice(f"c{n}", PARAGRAPH[:n]) for n in range(6, 26))),),
    count_down_s=None,
)
TYPED = replace(SOUND, blocks=(Field("phone", "您的手机号", FieldKind.DIGITS),), count_down_s=None)


def measure(text: str, size: int, bold: bool) -> float:
    """Letters of a plain font: characters a square, Latin letters half of it."""
    return sum(size if ord(character) > 0x2E80 else size / 2 for character in text)


def drawing() -> Drawing:
    """Draws without a window; the sound page has no field, so no input method is begun."""
    return Drawing(
        Panel(),
        Phrases.load(ROOT / "config/phrases"),
        measure,
        RimeInput(SHARED_FOLDER, ROOT / "build/rime"),
        date(2026, 11, 22),
    )


def sound(page: Page = SOUND, profile: Profile | None = None) -> DrawnPage:
    """A page as it is, with all that rules want to know."""
    drawn = drawing().page(page, profile or Profile(), keys=True)
    usual = {target.name: target.box.centre for _, _, target in drawn.targets()}
    return replace(drawn, usual=usual, extensions=10)


def findings(rule: Rule, drawn: DrawnPage) -> list[Finding]:
    """What the audit finds by one rule."""
    results = Results((rule,))
    results.look(drawn)
    return list(results.findings())


def on_first(drawn: DrawnPage, change: Callable[[Placed], Placed]) -> DrawnPage:
    """The page with the pieces of its first side changed."""
    first = drawn.sides[0]
    changed = replace(first, placed=tuple(change(placed) for placed in first.placed))
    return replace(drawn, sides=(changed, *drawn.sides[1:]))


def with_lines(drawn: DrawnPage, holds: str, change: Callable[[Line], Mark | None]) -> DrawnPage:
    """The page with every line that begins so changed, or taken away."""

    def lines(placed: Placed) -> Placed:
        marks = []
        for mark in placed.piece.marks:
            hit = isinstance(mark, Line) and mark.text.startswith(holds)
            new = change(mark) if hit and isinstance(mark, Line) else mark
            marks.extend([new] if new is not None else [])
        return replace(placed, piece=replace(placed.piece, marks=tuple(marks)))

    return on_first(drawn, lines)


def with_targets(
    drawn: DrawnPage, name: str, change: Callable[[Target], Target | None]
) -> DrawnPage:
    """The page with one target changed, or taken away."""

    def targets(placed: Placed) -> Placed:
        kept = [change(t) if t.name == name else t for t in placed.piece.targets]
        whole = tuple(target for target in kept if target is not None)
        return replace(placed, piece=replace(placed.piece, targets=whole))

    return on_first(drawn, targets)


def moved(line: Line, x: float = 0, y: float = 0) -> Line:
    """A line elsewhere."""
    return replace(line, box=line.box.moved(x, y))


def covered(drawn: DrawnPage) -> DrawnPage:
    """A surface painted over the title."""

    def cover(placed: Placed) -> Placed:
        if placed.key != ("head",):
            return placed
        box = placed.piece.marks[0].box
        over = (*placed.piece.marks, Fill(box, Role.SURFACE))
        return replace(placed, piece=replace(placed.piece, marks=over))

    return on_first(drawn, cover)


def named_alike(drawn: DrawnPage) -> DrawnPage:
    """Two blocks with one name."""

    def rename(placed: Placed) -> Placed:
        return replace(placed, key=("block", "one")) if placed.key[0] == "block" else placed

    return on_first(drawn, rename)


def second_filled(drawn: DrawnPage) -> DrawnPage:
    """Back filled like the main button."""

    def fill(placed: Placed) -> Placed:
        marks = tuple(
            replace(mark, fill=Role.PRIMARY) if hasattr(mark, "fill") else mark
            for mark in placed.piece.marks
        )
        return replace(placed, piece=replace(placed.piece, marks=marks))

    return on_first(drawn, lambda p: fill(p) if p.key == ("bottom",) else p)


def without_turning(drawn: DrawnPage) -> DrawnPage:
    """A page of several sides without the button to the next."""

    def keep(placed: Placed) -> Placed:
        targets = tuple(t for t in placed.piece.targets if not isinstance(t.command, Turn))
        return replace(placed, piece=replace(placed.piece, targets=targets))

    return on_first(drawn, keep)


def without_the_field(drawn: DrawnPage) -> DrawnPage:
    """Keys alone."""
    first = drawn.sides[0]
    kept = tuple(placed for placed in first.placed if placed.key[0] != "block")
    return replace(drawn, sides=(replace(first, placed=kept), *drawn.sides[1:]))


def silent_about(drawn: DrawnPage, *names: str) -> DrawnPage:
    """Read without some of its parts."""
    assert drawn.heard is not None
    kept = tuple(p for p in drawn.heard.passages if p.name not in names)
    assert len(kept) < len(drawn.heard.passages)
    return replace(drawn, heard=Heard(kept, drawn.heard.wording))


def counting(seconds: int, drawn: DrawnPage) -> DrawnPage:
    """With another count-down."""
    return replace(drawn, page=replace(drawn.page, count_down_s=seconds))


def skipped(stops: tuple[TabStop, ...] | None, name: str) -> tuple[TabStop, ...]:
    """A walk that misses one place."""
    return tuple(stop for stop in stops or () if stop.name != name)


def backwards(drawn: DrawnPage) -> DrawnPage:
    """DOWN goes up."""
    return replace(drawn, downs=tuple(reversed(drawn.downs or ())))


def gone_once_marked(drawn: DrawnPage) -> DrawnPage:
    """A page on which touching an answer takes it to another side."""
    assert drawn.marked
    return replace(drawn, marked=tuple(replace(one, shown=False) for one in drawn.marked))


SEATED = Profile(seated=True)
FIELD_BOX = Box(0, 0, 100, 100)
BENEATH = TabStop(
    "name", "name", Zone.CONTENT, 0, FIELD_BOX, Target("name", FIELD_BOX, Enter("name"))
)

Plant = Callable[[], DrawnPage]

# Rule → the sound page that it passes, and the same broken in just that way.
PLANTED: Mapping[str, tuple[Plant, Callable[[DrawnPage], DrawnPage]]] = {
    "text.smallest": (sound, lambda d: with_lines(d, "还有", lambda x: replace(x, size=20))),
    "text.body": (sound, lambda d: with_lines(d, "孩子出生", lambda x: replace(x, size=26))),
    "text.line_length": (
        sound,
        lambda d: with_lines(d, "孩子", lambda x: replace(x, text="字" * 41)),
    ),
    "text.line_spacing": (sound, lambda d: with_lines(d, "孩子", lambda x: moved(x, y=12))),
    "text.present": (sound, lambda d: with_lines(d, "母亲", lambda _: None)),
    "whole.cut_off": (sound, lambda d: with_lines(d, "孩子", lambda x: moved(x, x=120))),
    "whole.texts_apart": (sound, lambda d: with_lines(d, "孩子", lambda x: moved(x, y=30))),
    "whole.texts_uncovered": (sound, covered),
    "whole.told_apart": (sound, named_alike),
    "whole.turned": (lambda: sound(LONG), without_turning),
    "whole.with_its_field": (lambda: sound(TYPED), without_the_field),
    "whole.answer_stays": (lambda: sound(MANY), gone_once_marked),
    "target.size": (
        sound,
        lambda d: with_targets(d, "mother", lambda t: replace(t, box=replace(t.box, height=40))),
    ),
    "target.gap": (
        sound,
        lambda d: with_targets(
            d, "mother", lambda t: replace(t, box=replace(t.box, height=t.box.height + 20))
        ),
    ),
    "target.worded": (sound, lambda d: with_lines(d, "继续", lambda _: None)),
    "target.own_words": (sound, lambda d: with_lines(d, "母亲", lambda x: moved(x, y=-75))),
    "target.highest": (
        lambda: sound(profile=SEATED),
        lambda d: with_targets(d, "mother", lambda t: replace(t, box=t.box.moved(0, -900))),
    ),
    "target.lowest": (
        lambda: sound(profile=SEATED),
        lambda d: replace(d, panel=replace(d.panel, bottom_mm=300)),
    ),
    "target.one_primary": (sound, second_filled),
    "target.same_place": (
        sound,
        lambda d: with_targets(d, "leave", lambda t: replace(t, box=t.box.moved(-400, 0))),
    ),
    "focus.down": (sound, lambda d: replace(d, downs=skipped(d.downs, "father"))),
    "focus.up": (sound, lambda d: replace(d, ups=skipped(d.ups, "leave"))),
    "focus.held": (
        sound,
        lambda d: replace(d, downs=(*(d.downs or ()), BENEATH)),
    ),
    "focus.order": (sound, backwards),
    "spoken.complete": (sound, lambda d: silent_about(d, "text:why")),
    "spoken.named": (sound, lambda d: silent_about(d, "father")),
    "time.long_enough": (lambda: sound(WARNING), lambda d: counting(15, d)),
    "time.short_enough": (lambda: sound(WARNING), lambda d: counting(60, d)),
    "time.extended": (sound, lambda d: replace(d, after_touch_s=1)),
    "time.kept": (sound, lambda d: replace(d, extensions=3)),
    "time.shown": (sound, lambda d: with_lines(d, "还有", lambda _: None)),
}
