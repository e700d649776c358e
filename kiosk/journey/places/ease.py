"""How the terminal is used: size, colours, sound, reach, touch; in force at once, on any page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.access.profile import Contrast, Hand, Profile, Scanning, Speech, TextSize
from kiosk.journey.frame import over_page
from kiosk.journey.page import Action, Block, Choice, Heading, Page, Segments, Weight
from kiosk.journey.session import Session
from kiosk.journey.signals import Chosen, Pressed, Signal
from kiosk.journey.view import View

VOLUMES = ("3", "6", "8", "10")
RATES = ("-2", "0", "2")
YES, NO = "yes", "no"


@dataclass(frozen=True)
class _Aspect:
    """One thing to choose: what it can be, what it is, and the profile with another one."""

    values: tuple[str, ...]
    now: Callable[[Profile], str]
    put: Callable[[Profile, str], Profile]
    spoken: bool = False  # means something only while pages are read aloud


def _speech(**named: Callable[[str], object]) -> Callable[[Profile, str], Profile]:
    def put(profile: Profile, value: str) -> Profile:
        given = {name: make(value) for name, make in named.items()}
        return replace(profile, speech=replace(profile.speech, **given))  # type: ignore[arg-type]

    return put


def _yes(value: str) -> bool:
    return value == YES


def _said(truth: bool) -> str:
    return YES if truth else NO


def _nearest(values: tuple[str, ...], number: int) -> str:
    return min(values, key=lambda value: abs(int(value) - number))


ASPECTS: dict[str, _Aspect] = {
    "text": _Aspect(tuple(TextSize), lambda p: p.text, lambda p, v: replace(p, text=TextSize(v))),
    "contrast": _Aspect(
        tuple(Contrast), lambda p: p.contrast, lambda p, v: replace(p, contrast=Contrast(v))
    ),
    "speech": _Aspect(
        (NO, YES),
        lambda p: _said(p.speech.on),
        _speech(on=_yes, by_headphones=lambda _: False),
    ),
    "volume": _Aspect(
        VOLUMES, lambda p: _nearest(VOLUMES, p.speech.volume), _speech(volume=int), spoken=True
    ),
    "rate": _Aspect(
        RATES, lambda p: _nearest(RATES, p.speech.rate), _speech(rate=int), spoken=True
    ),
    "numbers_aloud": _Aspect(
        (NO, YES), lambda p: _said(p.speech.numbers_aloud), _speech(numbers_aloud=_yes), spoken=True
    ),
    "care": _Aspect(
        (NO, YES), lambda p: _said(p.care), lambda p, v: cared_for(p) if _yes(v) else uncared(p)
    ),
    "seated": _Aspect(
        (NO, YES), lambda p: _said(p.seated), lambda p, v: replace(p, seated=_yes(v))
    ),
    "hand": _Aspect(tuple(Hand), lambda p: p.hand, lambda p, v: replace(p, hand=Hand(v))),
    "steady": _Aspect(
        (NO, YES), lambda p: _said(p.steady), lambda p, v: replace(p, steady=_yes(v))
    ),
    "scanning": _Aspect(
        tuple(Scanning), lambda p: p.scanning, lambda p, v: replace(p, scanning=Scanning(v))
    ),
}


def cared_for(profile: Profile) -> Profile:
    """长辈模式: large, one thing a page, plain words, more time."""
    if profile.care:
        return profile
    return replace(profile, care=True, text=_large(profile.text), text_before_care=profile.text)


def uncared(profile: Profile) -> Profile:
    """Without it: the text as it was before, unless another size was chosen meanwhile."""
    before = profile.text_before_care
    if not profile.care or profile.text is not _large(before):
        return replace(profile, care=False)
    return replace(profile, care=False, text=before)


def _large(size: TextSize) -> TextSize:
    """At least large."""
    return max((size, TextSize.LARGE), key=list(TextSize).index)


def page(view: View) -> Page:
    """Each aspect with its heading; how it was before, and the way out, stand on every side."""
    return over_page(
        view,
        view.say("ease.title"),
        *_blocks(view),
        lead=view.say("ease.lead"),
        actions=(
            Action("reset", view.say("ease.reset"), Weight.PLAIN, icon="undo"),
            Action("curtain", view.say("ease.curtain"), Weight.PLAIN, icon="eye-off"),
            Action("close", view.say("ease.close"), Weight.PLAIN, icon="check"),
        ),
        back="close",
    )


def _blocks(view: View) -> tuple[Block, ...]:
    profile = view.session.profile
    blocks: list[Block] = []
    for name, aspect in ASPECTS.items():
        if aspect.spoken and not profile.speech.on:
            continue
        blocks.append(Heading(f"{name}_heading", view.say(f"ease.{name}.title")))
        blocks.append(
            Segments(
                name,
                tuple(Choice(v, view.say(f"ease.{name}.{_key(v)}")) for v in aspect.values),
                aspect.now(profile),
            )
        )
    return tuple(blocks)


def _key(value: str) -> str:
    """A phrase key has no sign."""
    return value.replace("-", "minus_")


def answer(view: View, signal: Signal) -> tuple[Session, tuple[()]]:
    """Put it in force, go back to the usual, draw the curtain, or close."""
    session = view.session
    match signal:
        case Chosen(block=name, choice=value) if name in ASPECTS and value in ASPECTS[name].values:
            return replace(session, profile=ASPECTS[name].put(session.profile, value)), ()
        case Pressed(action="reset"):
            return replace(session, profile=usual(session.profile)), ()
        case Pressed(action="curtain"):
            curtained = replace(session.profile, curtain=True)
            return replace(session, profile=curtained, over=None), ()
        case Pressed(action="close"):
            return replace(session, over=None), ()
    return session, ()


def usual(profile: Profile) -> Profile:
    """As at the beginning, but for the language and for headphones that are in."""
    speech = Speech(on=True, by_headphones=True) if profile.speech.by_headphones else Speech()
    return Profile(language=profile.language, speech=speech)
