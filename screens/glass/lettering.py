"""Letters by Kivy's text engine: their widths, and lines of them as textures.

Kept for what is drawn again and again; `forget` drops all, for some of it is personal.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from kivy.core.text import Label
from kivy.graphics.texture import Texture

from screens.icons import characters
from screens.panel import Fonts

MOST_WIDTHS = 20_000
MOST_PIXELS = 12_000_000  # 48 MB of textures, about three full pages at the largest text

Shape = tuple[str, str, int]  # font file, text, size in pixels


class Lettering:
    """The letters of one set of fonts."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = {
            False: str(fonts.regular),
            True: str(fonts.bold),
        }
        self._icons = str(fonts.icons)
        self._widths: dict[Shape, float] = {}
        self._rulers: dict[tuple[str, int], Callable[[str], tuple[int, int]]] = {}
        self._textures: OrderedDict[Shape, Texture] = OrderedDict()
        self._pixels = 0

    def measure(self, text: str, size: int, bold: bool) -> float:
        """Width of a line of text in pixels."""
        shape = (self._fonts[bold], text, size)
        width = self._widths.get(shape)
        if width is None:
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            width = float(self._ruler(shape[0], size)(text)[0]) if text else 0.0
            self._widths[shape] = width
        return width

    def line(self, text: str, size: int, *, bold: bool) -> Texture:
        """A line of text in white, to be coloured when drawn."""
        return self._texture((self._fonts[bold], text, size))

    def icon(self, name: str, size: int) -> Texture:
        """A pictogram in white."""
        return self._texture((self._icons, characters()[name], size))

    def forget(self) -> None:
        """Drop all texts."""
        self._widths.clear()
        self._textures.clear()
        self._pixels = 0

    def texts(self) -> frozenset[str]:
        """All texts kept."""
        return frozenset(text for _, text, _ in (*self._widths, *self._textures))

    def _ruler(self, font: str, size: int) -> Callable[[str], tuple[int, int]]:
        ruler = self._rulers.get((font, size))
        if ruler is None:
            label = Label(font_name=font, font_size=size)
            label.resolve_font_name()
            ruler = self._rulers[font, size] = label.get_extents
        return ruler

    def _texture(self, shape: Shape) -> Texture:
        texture = self._textures.get(shape)
        if texture is not None:
            self._textures.move_to_end(shape)
            return texture
        font, text, size = shape
        label = Label(text=text, font_name=font, font_size=size, color=(1, 1, 1, 1))
        label.refresh()
        texture = label.texture
        self._textures[shape] = texture
        self._pixels += texture.width * texture.height
        while self._pixels > MOST_PIXELS and len(self._textures) > 1:
            _, oldest = self._textures.popitem(last=False)
            self._pixels -= oldest.width * oldest.height
        return texture
