"""A hand on the keypad that knows where it wants to go, and sees the ring."""

from __future__ import annotations

from tests.harness.window import Glass


def keyboard_shown(glass: Glass) -> bool:
    """Whether the keys are on the glass."""
    return any(placed.key == ("keyboard",) for placed in glass.driver.frame.placed)


def to_key(glass: Glass, name: str) -> None:
    """Go to a key: into the keyboard, to its row, then along it."""
    for _ in range(24):
        if glass.driver.focus == name:
            return
        there, here = glass.driver.target(name).box, glass.driver.ring
        assert here is not None
        if not is_key(glass) or there.y > here.bottom:
            glass.driver.press("down")
        elif there.bottom < here.y:
            glass.driver.press("up")
        else:
            glass.driver.press("right" if there.x > here.x else "left")
    raise AssertionError(f"{name} was not reached by keys")


def to_action(glass: Glass, name: str) -> None:
    """Go down to an action."""
    for _ in range(30):
        if glass.driver.focus == name:
            return
        glass.driver.press("down")
    raise AssertionError(f"{name} was not reached by DOWN")


def is_key(glass: Glass) -> bool:
    """Whether the focus is in the keyboard."""
    return any(
        target.name == glass.driver.focus
        for placed in glass.driver.frame.placed
        if placed.key == ("keyboard",)
        for target in placed.targets
    )


def leave_keyboard(glass: Glass) -> None:
    """Go down until the focus is out of the keyboard."""
    for _ in range(12):
        glass.driver.press("down")
        if not is_key(glass):
            return
    raise AssertionError("DOWN does not lead out of the keyboard")
