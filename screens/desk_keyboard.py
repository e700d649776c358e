"""A keyboard on a desk, for whoever works on the terminal: what of its keys is meant, and once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

KEYS = {  # SDL key codes as Kivy gives them
    9: "tab",
    13: "enter",
    271: "enter",
    32: "spacebar",
    8: "backspace",
    273: "up",
    274: "down",
    275: "right",
    276: "left",
}
REPEAT_S = 1.0  # a key down again sooner than this without having been up is only held


class OnKey(Protocol):
    """Told of a key that types nothing, by its name in `KEYS`."""

    def __call__(self, name: str, *, shift: bool) -> None:
        """It went down."""


class DeskKeyboard:
    """The keys of one window; held down they count once. `now`: seconds of a clock."""

    def __init__(
        self, on_key: OnKey, on_text: Callable[[str], None], now: Callable[[], float]
    ) -> None:
        self._on_key = on_key
        self._on_text = on_text
        self._now = now
        self._held: dict[int, float] = {}
        self._fresh = False

    def listen(self, window: Any, widget: Any) -> None:
        """Hear all keys of Kivy's window for what fills it; none opens a panel of Kivy's or exits.

        Kivy forgets who hears it: whoever asks for this keeps the keyboard.
        """
        window.bind(on_key_down=self._down, on_key_up=self._up, on_textinput=self._text)
        window.request_keyboard(lambda: None, widget)

    def _down(self, _: Any, key: int, *rest: Any) -> bool:
        now = self._now()
        self._fresh = now - self._held.get(key, -REPEAT_S) >= REPEAT_S
        self._held[key] = now
        name = KEYS.get(key)
        if name is not None and self._fresh:
            modifiers = rest[2] if len(rest) > 2 else ()  # noqa: PLR2004 -- scancode, text, modifiers
            self._on_key(name, shift="shift" in (modifiers or ()))
        return True

    def _up(self, _: Any, key: int, *__: Any) -> bool:
        self._held.pop(key, None)
        return True

    def _text(self, _: Any, text: str) -> bool:
        if self._fresh:
            self._fresh = False
            self._on_text(text)
        return True
