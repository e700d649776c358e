"""Which tab stop a key leads to, and which one stands in for another that has gone. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.journey.page import Choices, Faults, Field, Layout, Page, Weight
from screens.commands import Choose, Enter, Pick, Turn
from screens.stops import Mark, TabStop, Zone


def find(stops: Sequence[TabStop], mark: Mark | None) -> TabStop | None:
    """The place of that mark; one of the same name where its block has gone."""
    if mark is None:
        return None
    named = [stop for stop in stops if stop.name == mark[1]]
    same = [stop for stop in named if stop.mark == mark or not turn(stop)]
    return next((stop for stop in same if stop.mark == mark), same[0] if same else None)


def first(stops: Sequence[TabStop], page: Page) -> TabStop | None:
    """Where the focus begins: at the first place.

    A page in front with nothing but actions asks whether to go on: there it begins at the filled
    button, so that a key pressed once too often clears nothing.
    """
    begun = step(stops, None, 1)
    if page.layout is not Layout.NOTICE or begun is None or begun.zone is not Zone.ACTIONS:
        return begun
    safe = onward(page)
    return next((s for s in stops if (s.zone, s.name) == (begun.zone, safe)), begun)


def onward(page: Page) -> str:
    """The name of the button by which one goes on; empty where there is none."""
    return next((action.id for action in page.actions if action.weight is Weight.PRIMARY), "")


def step(stops: Sequence[TabStop], here: TabStop | None, by: int) -> TabStop | None:
    """The next (+1) or previous (-1) place, round and round; in a keyboard the row below or above.

    None: before the first place.
    """
    if here is None or here.zone is not Zone.KEYS:
        there = along(stops, here, by)
        if there is None or there.zone is not Zone.KEYS:
            return there
        return rows(keys_of(stops))[0 if by > 0 else -1][0]
    lines = rows(keys_of(stops))
    at = next((n for n, line in enumerate(lines) if here in line), 0) + by
    if 0 <= at < len(lines):
        if candidate(lines[at]) and not candidate(lines[at - by]):
            return candidate(stops)  # the likeliest character, wherever one comes from
        return min(lines[at], key=lambda stop: _off(stop, here))
    keys = keys_of(stops)
    return along(stops, keys[-1] if by > 0 else keys[0], by)


def along(stops: Sequence[TabStop], here: TabStop | None, by: int) -> TabStop | None:
    """The next or previous place, every key of a keyboard being one."""
    if not stops:
        return None
    if here not in stops:
        return stops[0 if by > 0 else -1]
    return stops[(stops.index(here) + by) % len(stops)]


def beside(stops: Sequence[TabStop], here: TabStop | None, by: int) -> TabStop | None:
    """The nearest place to the right (+1) or left (-1) in the same row; None at its end."""
    if here is None or here.target is None or here not in stops:
        return None
    line = next(line for line in rows(_near(stops, here)) if here in line)
    at = line.index(here) + by
    return line[at] if 0 <= at < len(line) else None


def skip(stops: Sequence[TabStop], here: TabStop | None, by: int) -> TabStop | None:
    """The next or previous place that can be selected, past texts; None within a keyboard."""
    if here is not None and here.zone is Zone.KEYS:
        return None
    wanted = [stop for stop in stops if stop.target is not None or stop == here]
    return step(wanted, here, by)


def turn(stop: TabStop) -> int:
    """By how many sides selecting a place turns the page over: 1, -1, or 0."""
    command = stop.target.command if stop.target else None
    return command.by if isinstance(command, Turn) else 0


def candidate(stops: Sequence[TabStop]) -> TabStop | None:
    """The first of the characters that a keyboard offers."""
    return next((s for s in stops if s.target and isinstance(s.target.command, Pick)), None)


def of_block(stops: Sequence[TabStop], block: str) -> TabStop | None:
    """The first place of a block."""
    return next((stop for stop in stops if stop.owner == block), None) if block else None


def of_field(stops: Sequence[TabStop], field: str | None) -> TabStop | None:
    """The place at which a field is entered."""
    return next((s for s in stops if s.target and s.target.command == Enter(field or "")), None)


def at_fault(before: Page, after: Page) -> str:
    """The first block that says what is wrong and did not before; empty when none does."""
    old = {block.id: block for block in before.blocks}
    for block in after.blocks:
        was = old.get(block.id)
        if isinstance(block, Field) and block.error:
            if not isinstance(was, Field) or not was.error:
                return block.id
        elif isinstance(block, Faults) and was is None:
            return block.id
    return ""


def newly_chosen(before: Page, after: Page) -> Choose | None:
    """The answer that was marked; the first of others that came for it; None where neither."""
    old = {block.id: block.selected for block in before.blocks if isinstance(block, Choices)}
    for block in after.blocks:
        if isinstance(block, Choices) and old.get(block.id, block.selected) != block.selected:
            names = [choice.id for choice in block.choices]
            if names:
                return Choose(block.id, block.selected if block.selected in names else names[0])
    return None


def keys_of(stops: Sequence[TabStop]) -> list[TabStop]:
    """The keys of the keyboard."""
    return [stop for stop in stops if stop.zone is Zone.KEYS]


def rows(stops: Sequence[TabStop]) -> list[list[TabStop]]:
    """Places of one side as lines from above, each from the left."""
    lines: list[list[TabStop]] = []
    for stop in sorted(stops, key=lambda stop: _centre(stop)[1]):
        if lines and _level(lines[-1][0], stop):
            lines[-1].append(stop)
        else:
            lines.append([stop])
    return [sorted(line, key=lambda stop: _centre(stop)[0]) for line in lines]


def _near(stops: Sequence[TabStop], here: TabStop) -> list[TabStop]:
    return [
        stop
        for stop in stops
        if stop.target is not None and (stop.side, stop.zone) == (here.side, here.zone)
    ]


def _level(one: TabStop, other: TabStop) -> bool:
    """Whether two places are in one row: the middle of each is beside the other."""
    a, b = one.box, other.box
    return (
        a is not None
        and b is not None
        and a.y <= _centre(other)[1] < a.bottom
        and b.y <= _centre(one)[1] < b.bottom
    )


def _centre(stop: TabStop) -> tuple[float, float]:
    return stop.box.centre if stop.box else (0.0, 0.0)


def _off(stop: TabStop, here: TabStop) -> float:
    return abs(_centre(stop)[0] - _centre(here)[0])


def nearest(stops: Sequence[TabStop], gone: TabStop) -> TabStop | None:
    """The place in the same part of the page that is closest to where another one was."""
    same = [stop for stop in stops if stop.zone is gone.zone] or list(stops)
    x, y = _centre(gone)

    def far(stop: TabStop) -> tuple[int, float]:
        there = _centre(stop)
        return abs(stop.side - gone.side), (there[0] - x) ** 2 + (there[1] - y) ** 2

    return min(same, key=far, default=None)
