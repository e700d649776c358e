"""How the terminal is used, and whether somebody is still there."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Action, Choice, Heading, Layout, Page, Picture, Segments, Weight
from tests.screens.sample_pages.beginning import question
from tests.screens.sample_pages.words import Words, back, foot, onward, step, top


def warning(say: Words) -> Page:
    return Page(
        id="idle_warning",
        title=say("您还在吗？", "Are you still there?"),
        lead=say("没有操作时，会清除您填的内容。", "What you filled in will be cleared."),
        brand=say("一次办 · 麓谷支行", "Yici · Lugu branch"),
        layout=Layout.NOTICE,
        blocks=(Picture("waiting", "timer-sand"),),
        actions=(
            *top(say),
            Action("stay", say("我还在，继续办", "Yes, go on"), Weight.PRIMARY, icon="arrow-left"),
            Action("end", say("结束并清除", "End and clear"), Weight.FOOT, icon="exit-to-app"),
        ),
        back="stay",
        count_down_s=30,
        count_down_text=say("{seconds} 秒后清除", "Clears in {seconds} s"),
    )


def ease(say: Words) -> Page:
    """Everything that can be set, and three buttons beside each other."""
    aspects = (
        ("text", "字大小", ("小", "中", "大", "特大"), "Text size", ("S", "M", "Large", "Largest")),
        (
            "contrast",
            "颜色",
            ("平常", "白底黑字", "黑底黄字", "不刺眼"),
            "Colours",
            ("Usual", "On white", "On black", "No glare"),
        ),
        ("speech", "把页面读出来", ("不用", "读出来"), "Read pages aloud", ("No", "Read aloud")),
        ("seated", "站着还是坐着", ("站着", "坐着，按钮放低"), "Standing or seated", ("Up", "Low")),
        ("hand", "用哪只手", ("右手", "左手"), "Which hand", ("Right", "Left")),
    )
    blocks: list[object] = []
    for slug, zh, zh_values, en, en_values in aspects:
        values = zip(zh_values, en_values, strict=True)
        choices = tuple(Choice(f"{slug}.{n}", say(*both)) for n, both in enumerate(values))
        blocks += [Heading(f"{slug}_heading", say(zh, en)), Segments(slug, choices, choices[0].id)]
    page = step(say, "ease", say("怎样更方便？", "What is easier for you?"), *blocks)
    return replace(
        page,
        layout=Layout.NOTICE,
        back="close",
        lead=say("点一下就变，填过的都在。", "Changes at once, and nothing is lost."),
        actions=(
            *top(say),
            Action("reset", say("恢复原样", "As before"), Weight.PLAIN, icon="undo"),
            Action("curtain", say("遮住屏幕", "Hide screen"), Weight.PLAIN, icon="eye-off"),
            Action("close", say("好了", "Done"), Weight.PLAIN, icon="check"),
        ),
    )


def listening(say: Words) -> Page:
    """The bar above as it is while pages are read aloud; help beside Back in care mode."""
    page = question(say)
    spoken = (
        Action("replay", say("再听一遍", "Again"), Weight.TOP, icon="replay"),
        Action("pause", say("停一停", "Pause"), Weight.TOP, icon="pause"),
        Action("ease", say("更方便", "Easier"), Weight.TOP, icon="tune"),
        Action("language", say("English", "中文"), Weight.TOP),
    )
    helped = Action("help", say("找工作人员", "Get help"), Weight.PLAIN, icon="help-circle")
    return replace(
        page,
        id="question.listening",
        actions=(*spoken, back(say), helped, onward(say), *foot(say)[1:]),
    )
