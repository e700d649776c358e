"""What keys do on a page: those of a keypad, of one switch or two, and of a keyboard on a desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kiosk.access.profile import Scanning
from kiosk.journey.page import Page
from kiosk.journey.signals import Adjustment
from kiosk.narration.port import Place
from screens import commands, leads, scanning
from screens.answered import Held, answered, typed
from screens.focus import Focus
from screens.interaction import Interaction
from screens.places import row_of
from screens.scanning import Event
from screens.sketch import Box
from screens.stops import TabStop, Zone
from screens.switches import Switches


class Keypad:
    """What each key does to the focus, or to the ring. Used by the thread of the window.

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
        self._focus = Focus(interaction)
        self._switches = Switches(interaction, now=now, pace_s=pace_s)
        self.forget()

    def forget(self) -> None:
        """The session ended: no key was used yet."""
        self._page: Page | None = None
        self._focus.forget()
        self._keyed = False  # whoever used more keys means no switch by SELECT
        self._switches.end()
        self._scanning = Scanning.NONE
        self._walked = False  # arrows were used, so the ring does not move by itself

    # What is drawn of it

    @property
    def focus(self) -> str | None:
        """The name of the place where the focus is."""
        return self.here.name if self.here else None

    @property
    def ring(self) -> tuple[Box, float] | None:
        """What the ring is drawn around on the side that is turned to, and its corners' radius."""
        if self.here is None or self._interaction.profile.curtain:
            return None
        box = self._switches.box or self.here.box
        return (box, self.here.radius) if box is not None else None

    @property
    def moving(self) -> bool:
        """Whether the ring moves by itself, so that `pulse` must be called."""
        return self._switches.moving

    @property
    def here(self) -> TabStop | None:
        """Where the focus is."""
        return self._focus.here

    # What happens outside

    def shown(self) -> None:
        """Another page, or the same one changed, or another profile."""
        page, profile = self._interaction.page, self._interaction.profile
        if page is None:
            return
        before, self._page = self._page, page
        another = before is None or before.id != page.id
        changed = profile.scanning is not self._scanning
        if changed:
            self._scanning, self._walked = profile.scanning, False
            self._switches.end()
        if before is None or another:
            self._focus.turn(before, page)
        elif not self._by_switches:
            self._focus.stay(before, page)
        if self._by_switches:
            if changed or another:
                self._switches.begin(self._scanning)
            self._follow_ring()
        self._focus.hold()

    def touched(self) -> None:
        """A finger is used: no ring until the next key."""
        self._focus.touched()
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
            self._focus.hold()  # the count-down that began anew may have moved the places
            act(self)

    def key(self, name: str, *, shift: bool = False) -> None:
        """A key of a keyboard that types nothing: tab, arrows, enter, backspace."""
        act = KEYBOARD.get("backtab" if name == "tab" and shift else name)
        if act is not None and self._interaction.page is not None:
            self._focus.hold()
            act(self)

    # What keys mean

    def step(self, by: int) -> None:
        """To the next or previous place; in a keyboard to the row below or above."""
        self._walk(leads.step, by)

    def along(self, by: int) -> None:
        """To the next or previous place, each key of a keyboard being one."""
        self._walk(leads.along, by)

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
        there = leads.beside(stops, self.here, by) or leads.skip(stops, self.here, by)
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
        elif self.here is not None:
            self._do(self.here)
        elif self._keyed:
            self.again()
        else:
            self._interaction.run(commands.Adjust(Adjustment.SWITCH))

    def enter(self) -> None:
        """Enter on a keyboard: takes the first candidate, else selects where the focus is."""
        if self._interaction.editor.composition.preedit:
            self._interaction.run(commands.Pick(0))
        elif self.here is not None:
            self.select()

    def space(self) -> None:
        """Space on a keyboard: selects, unless it is typed into a field."""
        if self._interaction.editor.entered is None:
            self.enter()

    def erase(self) -> None:
        """Backspace on a keyboard."""
        self._interaction.run(commands.Erase())

    def back(self) -> None:
        """The way back from the page, whatever its button is called there."""
        page = self._interaction.page
        self.action(page.back if page is not None else "")

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
        if self.here is not None:
            self._focus.say(self.here)
        else:
            self._interaction.narrator.again()

    # How the focus goes

    def _walk(
        self, lead: Callable[[tuple[TabStop, ...], TabStop | None, int], TabStop | None], by: int
    ) -> None:
        self._stand_aside()
        stops = self._interaction.stops()
        there = lead(stops, self.here, by)
        if there is not None:
            self._go(there)

    def _go(self, there: TabStop) -> None:
        self._keyed = True
        self._focus.go(there)

    def _do(self, stop: TabStop) -> None:
        if stop.target is None:
            self._focus.say(stop)
            return
        command, before = stop.target.command, Held.by(self._interaction.editor)
        if not self._interaction.run(command):
            self._stay()
            return
        if isinstance(command, commands.Leave):
            self._focus.here = leads.of_field(self._interaction.stops(), before.field)
        elif isinstance(command, commands.Turn):
            self._focus.here = leads.step(self._interaction.stops(), stop, command.by)
        elif isinstance(command, commands.MoreCandidates):
            self._focus.here = leads.candidate(self._interaction.stops()) or self.here
        self._focus.hold()
        if self.here is None:
            return
        there = self.here.target.command if self.here.target else None
        if (self.here.mark, there) != (stop.mark, command):
            self._interaction.narrator.moved(self._focus.place(self.here))
        elif not answered(command, self._page, before, Held.by(self._interaction.editor)):
            self._focus.say(self.here)

    def _stay(self) -> None:
        """Something is still composed: to the first character that can be chosen."""
        candidate = leads.candidate(self._interaction.stops())
        if candidate is not None:
            self._focus.here = candidate
            if self._by_switches:
                self._switches.to(candidate)
            self._interaction.narrator.moved(self._focus.place(candidate))
        self._focus.hold()

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
            if self.here is not None:
                self._interaction.narrator.focused(self._ring_place(self.here))
            return
        before = Held.by(editor)
        if not self._interaction.run(chosen.target.command):
            self._stay()
            return
        self._switches.stay(chosen)
        self._follow_ring()
        self._focus.hold()
        if self.here is None:
            return
        if typed(before, Held.by(editor)):
            self._interaction.narrator.moved(self._ring_place(self.here))
        elif not answered(chosen.target.command, self._page, before, Held.by(editor)):
            self._interaction.narrator.focused(self._ring_place(self.here))

    def _follow_ring(self) -> None:
        self._focus.here = self._switches.at
        if self.here is not None:
            self._interaction.turn_to(self.here.side)

    def _ring_place(self, here: TabStop) -> Place:
        if self._switches.at_group and here.zone is Zone.KEYS:
            return row_of(here, self._interaction.stops(), self._row_says)
        return self._focus.place(here)


Act = Callable[[Keypad], None]

# Keys of a keypad and switches, by the names of `drivers/nav_keypad/port.py`.
KEYPAD: Mapping[str, Act] = {
    "up": lambda keypad: keypad.step(-1),
    "down": lambda keypad: keypad.step(1),
    "left": lambda keypad: keypad.beside(-1),
    "right": lambda keypad: keypad.beside(1),
    "next": Keypad.next,
    "select": Keypad.select,
    "back": Keypad.back,
    "help": lambda keypad: keypad.action("help"),
    "again": Keypad.again,
    "volume_up": lambda keypad: keypad.adjust(Adjustment.LOUDER),
    "volume_down": lambda keypad: keypad.adjust(Adjustment.SOFTER),
}

# Keys of a keyboard on a desk, by the names of `screens/desk_keyboard.py`.
KEYBOARD: Mapping[str, Act] = {
    **{name: KEYPAD[name] for name in ("up", "down", "left", "right")},
    "tab": lambda keypad: keypad.along(1),
    "backtab": lambda keypad: keypad.along(-1),
    "enter": Keypad.enter,
    "spacebar": Keypad.space,
    "backspace": Keypad.erase,
}
