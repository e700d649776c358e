"""What keys do on a page: those of a keypad, of one switch or two, and of a keyboard on a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.access.profile import Scanning
from kiosk.journey.page import Page
from kiosk.journey.signals import Adjustment
from kiosk.narration.port import Place
from screens import commands, focus, scanning
from screens.answered import Held, answered, typed
from screens.beneath import Beneath
from screens.focus import Mark, Stop, Zone
from screens.interaction import Interaction
from screens.places import place_of, row_of
from screens.scanning import Event
from screens.sketch import Box
from screens.switches import Switches


class Keypad:
    """Where the focus is, and what each key does to it. Used by the thread of the window.

    The focus is None until keys are used and after a touch. `row_says` names a row of a
    keyboard by its number; `pace_s`: how long the ring rests when it moves by itself.
    """

    def __init__(
        self,
        interaction: Interaction,
        row_says: Callable[[int], str],
        *,
        now: Callable[[], float],
        pace_s: float = scanning.PACE_S,
    ) -> None:
        self._interaction = interaction
        self._row_says = row_says
        self._switches = Switches(interaction, now=now, pace_s=pace_s)
        self.forget()

    def forget(self) -> None:
        """The session ended: no key was used yet."""
        self._page: Page | None = None
        self._here: Stop | None = None
        self._used = False  # since the last touch
        self._keyed = False  # ever: whoever has more keys means no switch by SELECT
        self._beneath: Beneath[Mark | None] = Beneath()
        self._switches.end()
        self._scanning = Scanning.NONE
        self._walked = False  # arrows were used, so the ring does not move by itself

    # What is drawn of it

    @property
    def focus(self) -> str | None:
        """The name of the place where the focus is."""
        return self._here.name if self._here else None

    @property
    def ring(self) -> tuple[Box, float] | None:
        """What the ring is drawn around on the side that is turned to, and its corners' radius."""
        if self._here is None or self._interaction.profile.curtain:
            return None
        box = self._switches.box or self._here.box
        return (box, self._here.radius) if box is not None else None

    @property
    def moving(self) -> bool:
        """Whether the ring moves by itself, so that `pulse` must be called."""
        return self._switches.moving

    # What happens outside

    def shown(self) -> None:
        """Another page, or the same one changed, or another profile."""
        page, profile = self._interaction.page, self._interaction.profile
        if page is None:
            return
        before, self._page = self._page, page
        changed = profile.scanning is not self._scanning
        if changed:
            self._scanning, self._walked = profile.scanning, False
            self._switches.end()
        if before is not None and before.id == page.id:
            self._stay(before, page)
        else:
            kept = self._here.mark if self._here else None
            back = self._beneath.turned(before, page, kept)
            stops = self._interaction.stops()
            self._here = focus.find(stops, back)
            # Who listens hears the page first: the first step leads to its first place.
            if self._here is None and self._used and not self._interaction.narrator.stops():
                self._here = focus.step(stops, None, 1)
            changed = True
        if changed and self._by_switches:
            self._switches.begin(self._scanning)
        if self._by_switches:
            self._follow_ring()
        self._hold()

    def _stay(self, before: Page, page: Page) -> None:
        """The same page changed: the focus goes to what is wrong now, or stays on its place."""
        here = self._here
        if here is None or self._by_switches:
            return
        there = focus.of_block(self._interaction.stops(), focus.at_fault(before, page))
        if there is not None:
            self._put(there)
        self._hold()
        if self._here is not None and self._here.mark != here.mark:
            self._interaction.narrator.moved(self._place(self._here))

    def touched(self) -> None:
        """A finger is used: no ring until the next key."""
        self._here, self._used = None, False
        self._switches.rest()

    def pulse(self) -> bool:
        """Move the ring when its time has come; whether it did."""
        due = self._switches.due
        if due:
            self._scan(Event.MOVE)
        return due

    def press(self, name: str) -> None:
        """A key of the keypad or a switch went down; names it does not know do nothing."""
        act = KEYPAD.get(name)
        if act is not None and self._interaction.page is not None:
            self._interaction.touched()
            self._hold()  # a count-down may have moved the places
            act(self)

    def key(self, name: str, *, shift: bool = False) -> None:
        """A key of a keyboard that types nothing: tab, arrows, enter, backspace."""
        act = KEYBOARD.get("backtab" if name == "tab" and shift else name)
        if act is not None and self._interaction.page is not None:
            self._hold()
            act(self)

    # What keys mean

    def step(self, by: int) -> None:
        """To the next or previous place; in a keyboard to the row below or above."""
        self._walk(focus.step, by)

    def along(self, by: int) -> None:
        """To the next or previous place, each key of a keyboard being one."""
        self._walk(focus.along, by)

    def beside(self, by: int) -> None:
        """To the place beside it, else to the next that can be selected; in a field, the caret."""
        editor, listening = self._interaction.editor, bool(self._interaction.narrator.stops())
        at_caret = (editor.focused,) if listening else (editor.focused, None)
        if editor.entered is not None and self.focus in at_caret:
            editor.move(by)
            if listening:
                self.again()
            return
        self._stand_aside()
        stops = self._interaction.stops()
        there = focus.beside(stops, self._here, by) or focus.skip(stops, self._here, by)
        if there is None:
            self.again()
        else:
            self._go(there)

    def next(self) -> None:
        """The switch that moves: the ring begins to go by switches, then to what comes next."""
        if self._by_switches:
            self._scan(Event.MOVE)
        elif self._scanning is Scanning.NONE:
            self._interaction.run(commands.Adjust(Adjustment.SWITCHES))
        else:
            self.along(1)

    def select(self) -> None:
        """The key that selects; alone, it is a switch, and the ring begins to move for it."""
        if self._by_switches:
            self._scan(Event.SELECT)
        elif self._here is not None:
            self._do(self._here)
        elif self._keyed:
            self.again()
        else:
            self._interaction.run(commands.Adjust(Adjustment.SWITCH))

    def enter(self) -> None:
        """Enter on a keyboard: takes the first candidate, else selects where the focus is."""
        if self._interaction.editor.composition.preedit:
            self._interaction.run(commands.Pick(0))
        elif self._here is not None:
            self.select()

    def space(self) -> None:
        """Space on a keyboard: selects, unless it is typed into a field."""
        if self._interaction.editor.entered is None:
            self.enter()

    def erase(self) -> None:
        """Backspace on a keyboard."""
        self._interaction.run(commands.Erase())

    def action(self, name: str) -> None:
        """The page's action of that name; where there is none, say where the focus is."""
        page = self._interaction.page
        if page is not None and any(a.id == name and a.enabled for a in page.actions):
            self._interaction.run(commands.Press(name))
        else:
            self.again()

    def adjust(self, adjustment: Adjustment) -> None:
        """Louder, softer."""
        self._interaction.run(commands.Adjust(adjustment))

    def again(self) -> None:
        """Answer a key that leads nowhere: the place again, or the page where there is none."""
        if self._here is not None:
            self._say(self._here)
        else:
            self._interaction.narrator.again()

    # How the focus goes

    def _walk(
        self, lead: Callable[[tuple[Stop, ...], Stop | None, int], Stop | None], by: int
    ) -> None:
        self._stand_aside()
        stops = self._interaction.stops()
        there = lead(stops, self._here, by)
        if there is not None:
            self._go(there)

    @staticmethod
    def _field(stops: tuple[Stop, ...], field: str | None) -> Stop | None:
        if field is None:
            return None
        wanted = commands.Enter(field)
        return next((s for s in stops if s.target and s.target.command == wanted), None)

    def _go(self, there: Stop) -> None:
        """Put the focus on a place, and the caret into it where it is the field of its page."""
        self._used = self._keyed = True
        self._put(there)
        self._hold()
        if self._here is not None:
            self._say(self._here)

    def _put(self, there: Stop) -> None:
        editor = self._interaction.editor
        self._here = there
        if isinstance(there.target and there.target.command, commands.Enter):
            if not editor.dismissible and editor.focused != there.name:
                self._interaction.run(commands.Enter(there.name))
        elif editor.dismissible and there.zone is not Zone.KEYS:
            self._interaction.run(commands.Leave())

    def _do(self, stop: Stop) -> None:
        if stop.target is None:
            self._say(stop)
            return
        command, before = stop.target.command, Held.by(self._interaction.editor)
        self._interaction.run(command)
        if isinstance(command, commands.Leave):
            self._here = self._field(self._interaction.stops(), before.field)
        elif isinstance(command, commands.MoreCandidates):
            self._here = focus.candidate(self._interaction.stops()) or self._here
        self._hold()
        if self._here is None:
            return
        there = self._here.target.command if self._here.target else None
        if (self._here.mark, there) != (stop.mark, command):
            self._interaction.narrator.moved(self._place(self._here))
        elif not answered(command, self._page, before, Held.by(self._interaction.editor)):
            self._say(self._here)

    def _hold(self) -> None:
        """Keep the focus on its place, or the one nearest to where that was, and turn to it."""
        if self._here is None:
            return
        stops = self._interaction.stops()
        self._here = focus.find(stops, self._here.mark) or focus.nearest(stops, self._here)
        if self._here is not None:
            self._interaction.turn_to(self._here.side)

    def _say(self, stop: Stop) -> None:
        self._interaction.narrator.focused(self._place(stop))

    def _place(self, stop: Stop) -> Place:
        return place_of(stop, self._interaction.stops())

    # Switches

    @property
    def _by_switches(self) -> bool:
        return self._scanning is not Scanning.NONE and not self._walked

    def _stand_aside(self) -> None:
        """Who has arrows walks; the ring of a switch would only be in the way."""
        if self._by_switches:
            self._walked = True
            self._switches.end()

    def _scan(self, event: Event) -> None:
        chosen, editor = self._switches.happened(event), self._interaction.editor
        if chosen is None or chosen.target is None:
            self._follow_ring()
            if self._here is not None:
                self._interaction.narrator.focused(self._ring_place(self._here))
            return
        before = Held.by(editor)
        self._interaction.run(chosen.target.command)
        self._switches.stay(chosen)
        self._follow_ring()
        self._hold()
        if self._here is None:
            return
        if typed(before, Held.by(editor)):
            self._interaction.narrator.moved(self._ring_place(self._here))
        elif not answered(chosen.target.command, self._page, before, Held.by(editor)):
            self._interaction.narrator.focused(self._ring_place(self._here))

    def _follow_ring(self) -> None:
        self._here = self._switches.at
        if self._here is not None:
            self._interaction.turn_to(self._here.side)

    def _ring_place(self, here: Stop) -> Place:
        if self._switches.at_group and here.zone is Zone.KEYS:
            return row_of(here, self._interaction.stops(), self._row_says)
        return self._place(here)


Act = Callable[[Keypad], None]

# Keys of a keypad and switches, by the names of `drivers/nav_keypad/port.py`.
KEYPAD: Mapping[str, Act] = {
    "up": lambda keypad: keypad.step(-1),
    "down": lambda keypad: keypad.step(1),
    "left": lambda keypad: keypad.beside(-1),
    "right": lambda keypad: keypad.beside(1),
    "next": Keypad.next,
    "select": Keypad.select,
    "back": lambda keypad: keypad.action("back"),
    "help": lambda keypad: keypad.action("help"),
    "again": Keypad.again,
    "volume_up": lambda keypad: keypad.adjust(Adjustment.LOUDER),
    "volume_down": lambda keypad: keypad.adjust(Adjustment.SOFTER),
}

# Keys of a keyboard on a desk, by the names of `screens/window.py`.
KEYBOARD: Mapping[str, Act] = {
    **{name: KEYPAD[name] for name in ("up", "down", "left", "right")},
    "tab": lambda keypad: keypad.along(1),
    "backtab": lambda keypad: keypad.along(-1),
    "enter": Keypad.enter,
    "spacebar": Keypad.space,
    "backspace": Keypad.erase,
}
