"""Two languages, and what every page has around its content."""

from __future__ import annotations

from kiosk.access.profile import Language
from kiosk.journey.page import Action, Page, Weight

ZH, EN = Language.ZH, Language.EN


class Words:
    """Picks one of two languages."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language is ZH else en


def top(say: Words) -> tuple[Action, ...]:
    return (
        Action("text_size", say("字大小", "Text size"), Weight.TOP, icon="format-size"),
        Action("ease", say("更方便", "Easier"), Weight.TOP, icon="tune"),
        Action("language", say("English", "中文"), Weight.TOP),
    )


def foot(say: Words) -> tuple[Action, ...]:
    return (
        Action("help", say("叫工作人员", "Call staff"), Weight.FOOT, icon="help-circle"),
        Action("problem", say("办不成事？", "Not working?"), Weight.FOOT, icon="alert"),
        Action("leave", say("结束并清除", "End and clear"), Weight.FOOT, icon="exit-to-app"),
    )


def back(say: Words) -> Action:
    return Action("back", say("返回", "Back"), Weight.BACK, icon="arrow-left")


def onward(say: Words, zh: str = "继续", en: str = "Continue", *, enabled: bool = True) -> Action:
    return Action("continue", say(zh, en), Weight.PRIMARY, icon="arrow-right", enabled=enabled)


def step(say: Words, name: str, title: str, *blocks: object, **more: object) -> Page:
    actions = more.pop("actions", (back(say), onward(say)))
    return Page(
        id=name,
        title=title,
        blocks=blocks,  # type: ignore[arg-type]
        actions=(*top(say), *actions, *foot(say)),  # type: ignore[misc]
        brand=say("一次办 · 麓谷支行", "Yici · Lugu branch"),
        **more,  # type: ignore[arg-type]
    )
