"""Fields of every kind, each with its keyboard."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import Cards, Choice, Field, FieldKind, Page
from tests.screens.sample_pages.words import Words, back, step


def field(
    say: Words, kind: FieldKind, label: tuple[str, str], value: str = "", **more: object
) -> Page:
    return step(
        say,
        f"field.{kind.value}",
        say(f"{label[0]}是什么？", f"What is the {label[1]}?"),
        Field("value", say(*label), kind, value, **more),  # type: ignore[arg-type]
        eyebrow=say("新生儿出生 · 第 3 项，共 9 项", "Newborn · 3 of 9"),
        lead=say("写在出生医学证明和户口簿上。", "As on the birth certificate."),
        progress=0.5,
    )


def search(say: Words) -> Page:
    """Four hits right below the field they answer to."""
    hits = (
        ("生育登记", "属于“婚姻”", "Registering a birth", "part of marriage"),
        ("生育医疗待遇支付", "属于“新生儿出生”", "Refund of birth costs", "part of a birth"),
        ("生育津贴登记、报销", "属于“就医”", "Maternity allowance", "part of seeing a doctor"),
        ("“生娃” → 新生儿出生", "", "“Baby” → A child is born", ""),
    )
    cards = tuple(
        Choice(f"hit.{n}", say(a, c), say(b, d), icon="heart", marks=((0, 1),))
        for n, (a, b, c, d) in enumerate(hits)
    )
    return step(
        say,
        "search",
        say("您要找什么？", "What are you looking for?"),
        Field("query", say("说一件事", "Name one thing"), FieldKind.CHINESE, "生", longest=20),
        Cards("hits", cards, columns=1, found=True),
        lead=say("写几个字，或者拼音、首字母都行。", "Some characters, pinyin or first letters."),
        actions=(back(say),),
    )


def name(say: Words) -> Page:
    return field(say, FieldKind.CHINESE, ("孩子的姓名", "child's name"), "周𠮷㙍")


def quick_picks(say: Words) -> Page:
    page = field(
        say,
        FieldKind.CHINESE,
        ("出生地点", "place of birth"),
        candidates=("长沙市妇幼保健院", "湘雅医院", "湘雅三医院"),
    )
    return replace(page, id="field.place")


def phone(say: Words) -> Page:
    error = say("手机号是 11 位，您填了 9 位", "A phone number has 11 digits, this has 9")
    return field(
        say, FieldKind.DIGITS, ("联系电话", "phone number"), "138000000", longest=11, error=error
    )


def id_number(say: Words) -> Page:
    return field(say, FieldKind.ID_NUMBER, ("父亲身份证号", "father's ID"), longest=18)


def birthday(say: Words) -> Page:
    return field(say, FieldKind.DATE, ("出生日期", "date of birth"), "2026-07-15")


def birth_time(say: Words) -> Page:
    return field(say, FieldKind.TIME, ("出生时间", "time of birth"))


def latin(say: Words) -> Page:
    return field(say, FieldKind.TEXT, ("电子邮箱", "e-mail"), "zhou@example.cn")
