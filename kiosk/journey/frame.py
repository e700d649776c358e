"""What every page has in common: the bar above, Back, help, 办不成事, ending the session."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.listening import listening_s
from kiosk.journey.page import PAUSE, REPLAY, Action, Block, Layout, Page, Weight
from kiosk.journey.view import View
from kiosk.journey.way import progress


def primary(view: View, key: str, *, enabled: bool = True, name: str = "continue") -> Action:
    """The one filled button, with a phrase of its own."""
    return Action(name, view.say(key), Weight.PRIMARY, icon="arrow-right", enabled=enabled)


def helper(view: View) -> Action:
    """A person to ask: among the buttons in care mode, else at the foot."""
    weight = Weight.PLAIN if view.session.profile.care else Weight.FOOT
    return Action("help", view.say("frame.help"), weight, icon="help-circle")


def step_page(
    view: View,
    title: str,
    *blocks: Block,
    lead: str = "",
    eyebrow: str = "",
    badge: str = "",
    actions: tuple[Action, ...] = (),
    back: bool = True,
    foot: bool = True,
    busy: bool = False,
    count_down: tuple[int, str] | None = None,
    heard: tuple[str, ...] = (),
) -> Page:
    """A page of the way, with everything that is in the same place on all of them.

    One with a `count_down` stays at least as long as it takes to hear it, where it is read aloud.
    """
    own = list(actions)
    if foot and view.session.profile.care:  # a person to ask is as large as Back
        own.append(helper(view))
    if back and view.session.trail:
        own.append(Action("back", view.say("frame.back"), Weight.BACK, icon="arrow-left"))
    page = Page(
        id=view.session.place.id,
        title=title,
        lead=lead,
        eyebrow=eyebrow,
        badge=badge,
        blocks=blocks,
        actions=(*top(view), *own, *(_foot(view) if foot else ())),
        brand=view.words(view.world.site.brand),
        progress=progress(view, view.session.place),
        busy=busy,
        heard=heard,
        count_down_s=count_down[0] if count_down else None,
        count_down_text=count_down[1] if count_down else "",
    )
    speech = view.session.profile.speech
    if page.count_down_s is None or not speech.on:
        return page
    return replace(page, count_down_s=max(page.count_down_s, listening_s(page, speech.rate)))


def over_page(
    view: View,
    title: str,
    *blocks: Block,
    lead: str = "",
    actions: tuple[Action, ...],
    back: str,
    count_down: tuple[int, str] | None = None,
) -> Page:
    """A page in front of what it interrupts; the action named `back` leads to that again."""
    place = view.session.over or view.session.place
    return Page(
        id=place.id,
        title=title,
        lead=lead,
        blocks=blocks,
        actions=(*(action for action in top(view) if action.id != "ease"), *actions),
        brand=view.words(view.world.site.brand),
        layout=Layout.NOTICE,
        back=back,
        count_down_s=count_down[0] if count_down else None,
        count_down_text=count_down[1] if count_down else "",
    )


def top(view: View) -> tuple[Action, ...]:
    """How the terminal is used, and the language: one touch away on every page."""
    other = view.world.phrases.languages.after(view.language)
    profile = view.session.profile
    if profile.speech.on:
        first: tuple[Action, ...] = (
            Action(REPLAY, view.say("frame.replay"), Weight.TOP, icon="replay"),
            Action(PAUSE, view.say("frame.pause"), Weight.TOP, icon="pause"),
        )
    else:
        first = (Action("text_size", view.say("frame.text_size"), Weight.TOP, icon="format-size"),)
    return (
        *first,
        Action("ease", view.say("frame.ease"), Weight.TOP, icon="tune"),
        Action("language", view.world.phrases.text(other, "frame.language"), Weight.TOP),
    )


def _foot(view: View) -> tuple[Action, ...]:
    return (
        *(() if view.session.profile.care else (helper(view),)),
        Action("problem", view.say("frame.problem"), Weight.FOOT, icon="alert"),
        Action("leave", view.say("frame.leave"), Weight.FOOT, icon="exit-to-app"),
    )
