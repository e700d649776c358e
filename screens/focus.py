"""Which target keys would select, and where Tab and the arrows lead. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from screens.sketch import Target

Direction = tuple[int, int]  # x, y: one of them 0, the other -1 or +1

ASIDE = 3.0  # how much worse a target to the side is than one straight ahead


def step(targets: Sequence[Target], name: str | None, by: int) -> str | None:
    """The next (+1) or previous (-1) target in reading order, round and round."""
    if not targets:
        return None
    names = [target.name for target in targets]
    if name not in names:
        return names[0 if by > 0 else -1]
    return names[(names.index(name) + by) % len(names)]


def towards(targets: Sequence[Target], name: str | None, direction: Direction) -> str | None:
    """The nearest target in a direction; the same one when there is none."""
    here = next((target for target in targets if target.name == name), None)
    if here is None:
        return step(targets, None, sum(direction))
    ahead = [
        (distance, target.name)
        for target in targets
        if target.name != name and (distance := _distance(here, target, direction)) is not None
    ]
    return min(ahead)[1] if ahead else here.name


def _distance(here: Target, there: Target, direction: Direction) -> float | None:
    """How far ahead, with what is aside counted dearer; None for what is not ahead."""
    a, b = here.box, there.box
    if direction[0]:
        ahead = b.x - a.right if direction[0] > 0 else a.x - b.right
        aside = max(0.0, b.y - a.bottom, a.y - b.bottom)
        off = abs(b.centre[1] - a.centre[1])
    else:
        ahead = b.y - a.bottom if direction[1] > 0 else a.y - b.bottom
        aside = max(0.0, b.x - a.right, a.x - b.right)
        off = abs(b.centre[0] - a.centre[0])
    if ahead < -min(a.width, a.height) / 2:
        return None
    return max(0.0, ahead) + ASIDE * aside + 0.01 * off
