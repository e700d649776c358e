"""Frames onto a Kivy canvas: only pieces that are new or elsewhere are drawn again."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from kivy.graphics import (
    Canvas,
    Color,
    InstructionGroup,
    Rectangle,
    SmoothRoundedRectangle,
)
from kivy.graphics import Line as Drawing
from kivy.graphics.texture import Texture

from kiosk.journey.page import Strokes
from screens.blocks import motion
from screens.film import Film, FilmFrame, Playing
from screens.frame import BACKGROUND, Frame
from screens.glass.lettering import Lettering
from screens.signature import WHOLE, Signing, area
from screens.sketch import (
    Box,
    Fill,
    Icon,
    Ink,
    Key,
    Line,
    Mark,
    Matrix,
    Moving,
    Outline,
    Piece,
    Placed,
    Screen,
)
from screens.theme import Role, Theme, rgba

# Noto Sans SC, hhea: a rendered line reaches 1.16 em above its baseline; the em box 0.88 em
ABOVE_EM_BOX = 1.16 - 0.88
HEAVIER_EM = 1 / 48  # how far a heavy line is drawn beside itself


@dataclass
class _Moved:
    """A picture that moves: where it is drawn, and since when, in s of the clock of `move`."""

    mark: Moving
    box: Box
    group: InstructionGroup
    since: float = math.nan  # until it is moved for the first time
    drawn: tuple[Mark, ...] = ()


class Painter:
    """Draws on one canvas of a given height. `repainted`: how many pieces the last frame cost."""

    def __init__(self, canvas: Canvas, height: float, lettering: Lettering) -> None:
        self._canvas = canvas
        self._height = height
        self._lettering = lettering
        self._theme: Theme = {}
        self._shown: dict[Key, tuple[Piece, float, float, InstructionGroup]] = {}
        self._moved: dict[Key, _Moved] = {}
        self._screens: dict[Key, tuple[Screen, InstructionGroup]] = {}
        self._projected: Texture | None = None
        self.repainted = 0

    def paint(self, frame: Frame, theme: Theme) -> None:
        """Bring the canvas to the frame."""
        if theme is not self._theme:
            self.clear()
            self._theme = theme
        self.repainted = 0
        wanted = {placed.key: placed for placed in frame.placed}
        for key in [key for key in self._shown if not self._same(key, wanted.get(key))]:
            self._part(key).remove(self._shown.pop(key)[3])
            self._moved.pop(key, None)
            self._screens.pop(key, None)
        for key, placed in wanted.items():
            if key not in self._shown:
                group = self._group(placed)
                self._part(key).add(group)
                self._shown[key] = (placed.piece, placed.x, placed.y, group)
                self.repainted += 1

    def clear(self) -> None:
        """Take everything off."""
        for key, (_, _, _, group) in self._shown.items():
            self._part(key).remove(group)
        self._shown = {}
        self._moved = {}
        self._screens = {}
        self._projected = None

    def move(self, now: float) -> bool:
        """Bring what moves to where it is at a moment of a clock, in s; whether any goes on."""
        for moved in self._moved.values():
            moved.since = now if math.isnan(moved.since) else moved.since
            marks = motion.at(moved.mark.motion, moved.box, now - moved.since)
            if marks != moved.drawn:
                self._redraw(moved, marks)
        return any(not motion.resting(now - moved.since) for moved in self._moved.values())

    def rest(self) -> None:
        """Bring what moves to its rest at once."""
        for moved in self._moved.values():
            moved.since = -math.inf
        self.move(0.0)

    def project(self, film: Film) -> None:
        """Put the picture of the film on its screen, or the words that it cannot be shown."""
        for screen, group in self._screens.values():
            group.clear()
            if film.playing is Playing.BROKEN:
                for line in screen.broken:
                    self._mark(group, line, line.box.moved(screen.box.x, screen.box.y))
            elif film.frame is not None:
                self._picture(group, film.frame, screen.box)

    def _picture(self, group: InstructionGroup, frame: FilmFrame, room: Box) -> None:
        """As large as the room allows, in its middle."""
        size = (frame.width, frame.height)
        if self._projected is None or self._projected.size != size:
            self._projected = Texture.create(size=size, colorfmt="rgba")
            self._projected.flip_vertical()
        self._projected.blit_buffer(frame.pixels, colorfmt="rgba", bufferfmt="ubyte")
        share = min(room.width / frame.width, room.height / frame.height)
        wide, high = share * frame.width, share * frame.height
        x, y = room.centre
        group.add(Color(1, 1, 1, 1))
        place = (x - wide / 2, self._height - y - high / 2)
        group.add(Rectangle(texture=self._projected, pos=place, size=(wide, high)))

    def _redraw(self, moved: _Moved, marks: tuple[Mark, ...]) -> None:
        moved.drawn = marks
        moved.group.clear()
        for mark in marks:
            self._mark(moved.group, mark, mark.box)

    def _part(self, key: Key) -> Canvas:
        return self._canvas.before if key[0] == BACKGROUND else self._canvas

    def _same(self, key: Key, placed: Placed | None) -> bool:
        if placed is None:
            return False
        piece, x, y, _ = self._shown[key]
        return (x, y) == (placed.x, placed.y) and (piece is placed.piece or piece == placed.piece)

    def _group(self, placed: Placed) -> InstructionGroup:
        group = InstructionGroup()
        for mark in placed.piece.marks:
            box = mark.box.moved(placed.x, placed.y)
            if isinstance(mark, Moving):
                moved = self._moved[placed.key] = _Moved(mark, box, InstructionGroup())
                group.add(moved.group)
                self._redraw(moved, motion.at(mark.motion, box, 0.0))
            elif isinstance(mark, Screen):
                projection = InstructionGroup()
                self._screens[placed.key] = (replace(mark, box=box), projection)
                group.add(projection)
            else:
                self._mark(group, mark, box)
        return group

    def _mark(self, group: InstructionGroup, mark: Mark, box: Box) -> None:
        match mark:
            case Fill():
                self.fill(group, box, self._theme[mark.role], mark.radius)
            case Outline():
                self.fill(group, box, self._theme[mark.border], mark.radius)
                inner = box.grown(-mark.thickness)
                radius = max(0.0, mark.radius - mark.thickness)
                self.fill(group, inner, self._theme[mark.fill], radius)
            case Line():
                self._line(group, mark, box)
            case Icon():
                texture = self._lettering.icon(mark.name, round(box.width))
                x, y = box.centre
                across = Box(
                    round(x - texture.width / 2),
                    round(y - texture.height / 2),
                    texture.width,
                    texture.height,
                )
                self._texture(group, texture, across, mark.role)
            case Matrix():
                self._texture(group, _modules(mark.modules), box, Role.CODE)
            case Ink():
                self._ink(group, mark.strokes, replace(mark, box=box))

    def sign(self, group: InstructionGroup, frame: Frame, signing: Signing) -> None:
        """What of a signature the page does not have yet, the stroke being drawn among it."""
        look = area(frame, signing.block)
        if look is not None and signing.strokes != look.strokes:
            self._ink(group, signing.strokes, look)

    def _ink(self, group: InstructionGroup, strokes: Strokes, look: Ink) -> None:
        """Lines drawn by a finger; a touch without a way is a dot."""
        box = look.box
        group.add(Color(*rgba(self._theme[look.role])))
        for stroke in strokes:
            points = [
                place
                for x, y in (stroke if len(stroke) > 1 else stroke * 2)
                for place in (
                    box.x + x * box.width / WHOLE,
                    self._height - box.y - y * box.height / WHOLE,
                )
            ]
            group.add(Drawing(points=points, width=look.thickness / 2, cap="round", joint="round"))

    def fill(self, group: InstructionGroup, box: Box, colour: str, radius: float) -> None:
        """A rectangle of one colour."""
        if box.width <= 0 or box.height <= 0:
            return
        group.add(Color(*rgba(colour)))
        self.shape(group, box, radius)

    def shape(self, group: InstructionGroup, box: Box, radius: float) -> None:
        """A rectangle in the colour in force, its corners rounded smoothly."""
        place = {"pos": (box.x, self._height - box.bottom), "size": (box.width, box.height)}
        if radius <= 0:
            group.add(Rectangle(**place))
        else:
            corner = min(radius, box.width / 2, box.height / 2)
            group.add(SmoothRoundedRectangle(radius=[corner], segments=12, **place))

    def _line(self, group: InstructionGroup, line: Line, box: Box) -> None:
        texture = self._lettering.line(line.text, line.size, bold=line.bold)
        top = round(box.y - ABOVE_EM_BOX * line.size)
        place = Box(box.x, top, texture.width, texture.height)
        self._texture(group, texture, place, line.role)
        if line.heavy:
            beside = max(1, round(HEAVIER_EM * line.size))
            group.add(
                Rectangle(
                    texture=texture,
                    pos=(round(box.x) + beside, round(self._height - place.bottom)),
                    size=(place.width, place.height),
                )
            )

    def _texture(self, group: InstructionGroup, texture: Texture, box: Box, role: Role) -> None:
        group.add(Color(*rgba(self._theme[role])))
        pos = (round(box.x), round(self._height - box.bottom))
        group.add(Rectangle(texture=texture, pos=pos, size=(box.width, box.height)))


def _modules(modules: tuple[tuple[bool, ...], ...]) -> Texture:
    """One texel a module, opaque where dark, without smoothing."""
    side = len(modules)
    texture = Texture.create(size=(side, side), colorfmt="rgba")
    texture.mag_filter = texture.min_filter = "nearest"
    rows = reversed(modules)  # textures begin at the bottom
    data = b"".join(b"\xff\xff\xff\xff" if dark else b"\0\0\0\0" for row in rows for dark in row)
    texture.blit_buffer(data, colorfmt="rgba", bufferfmt="ubyte")
    return texture
