"""From the idle picture to the first question."""

from __future__ import annotations

from dataclasses import replace

from kiosk.journey.page import (
    Action,
    Cards,
    Choice,
    Choices,
    Field,
    FieldKind,
    Layout,
    Page,
    Paragraph,
    Picture,
    Segments,
    Weight,
)
from tests.screens.sample_pages.words import Words, back, onward, step


def idle(say: Words) -> Page:
    return Page(
        id="idle",
        title=say("办一件事，\n来这里\n一次办好。", "One event,\none visit,\nall done."),
        lead=say(
            "生孩子、退休、开店、身后事……\n说一件事，填一张表，交一次材料。",
            "A birth, retirement, a shop, a death:\none form, handed in once.",
        ),
        brand=say("湖南湘江新区政务服务 · 麓谷支行", "Xiangjiang New Area · Lugu branch"),
        layout=Layout.IDLE,
        blocks=(
            Paragraph(
                "card_hint",
                say("把身份证放在读卡区，也可以开始", "Or lay your identity card on the reader"),
                icon="account-card-details",
            ),
            Cards(
                "ways",
                (
                    Choice(
                        "large_text",
                        say("长辈模式", "Large text"),
                        say("大字，一次一步", "one step at a time"),
                        icon="format-size",
                    ),
                    Choice(
                        "listen",
                        say("听着办", "Listen"),
                        say("全程语音，可用按键", "speech and keys"),
                        icon="volume-high",
                    ),
                    Choice(
                        "seated",
                        say("坐着办", "Seated"),
                        say("按钮移到下半屏", "buttons move down"),
                        icon="wheelchair-accessibility",
                    ),
                    Choice(
                        "dark",
                        say("高对比", "High contrast"),
                        say("黑底黄字，更清楚", "yellow on black"),
                        icon="contrast-circle",
                    ),
                ),
                title=say("先选您觉得方便的方式", "Choose what suits you"),
            ),
        ),
        actions=(
            Action("begin", say("点这里开始", "Touch to begin"), Weight.PRIMARY, "arrow-right"),
            Action("language", say("English", "中文"), Weight.TOP),
        ),
        footnotes=(
            say("服务时间 08:30–21:00", "Open 08:30–21:00"),
            say("7月21日 星期二 14:06", "21 July 14:06"),
        ),
    )


LIFE_EVENTS = (
    ("newborn", "新生儿出生", "证、户口、医保、社保卡", "Newborn", "household, insurance", "baby"),
    ("wedding", "结婚落户", "登记、迁户口", "Marriage", "register, household", "heart"),
    ("school", "孩子入学", "户籍、房产、社保核验", "School", "household, home", "school"),
    ("retire", "退休", "养老、医保、公积金", "Retirement", "pension, housing fund", "beach"),
    ("eatery", "开餐饮店", "许可、招牌、消防", "Restaurant", "licence, sign, fire", "store"),
    ("social", "社会保险", "登记、接续、领卡", "Insurance", "join, transfer, card", "cash"),
)


def choose(say: Words) -> Page:
    cards = tuple(
        Choice(slug, say(zh, en), say(zh_detail, en_detail), icon=icon)
        for slug, zh, zh_detail, en, en_detail, icon in LIFE_EVENTS
    )
    kinds = (
        Choice("person", say("个人 12", "People 12"), icon="account"),
        Choice("enterprise", say("企业 10", "Firms 10"), icon="domain"),
        Choice("project", say("项目 7", "Projects 7")),
    )
    return step(
        say,
        "choose",
        say("您要办什么事？", "What has happened?"),
        Field(
            "search",
            "",
            FieldKind.CHINESE,
            placeholder=say("输入事情的名字，或拼音首字母", "Name of the event, or initials"),
        ),
        Segments("life_cycle", kinds, "person"),
        Cards("life_events", cards),
        Cards("more", (Choice("more", say("更多（还有 6 件）", "More (6)")),), columns=1),
        actions=(
            Action("progress", say("查进度", "Progress"), Weight.PLAIN, icon="history"),
            Action("print", say("打证明", "Print"), Weight.PLAIN, icon="printer"),
            Action("ticket", say("取号预约", "Ticket"), Weight.PLAIN, icon="ticket"),
        ),
    )


def identify(say: Words) -> Page:
    return step(
        say,
        "identify",
        say("请把身份证\n平放在读卡区", "Lay your identity card on the reader"),
        Picture("card", "account-card-details"),
        Cards(
            "others",
            (
                Choice(
                    "code",
                    say("湘易办码", "Phone code"),
                    say("扫手机上的二维码", "scan from your phone"),
                    icon="qrcode-scan",
                ),
                Choice(
                    "social_card",
                    say("社保卡", "Social card"),
                    say("插入下方卡口", "insert it below"),
                    icon="account-card-details",
                ),
            ),
            title=say("没带身份证？也可以用", "No card with you? Use"),
        ),
        lead=say("放好别动。读完会提醒您取回。", "Leave it there until it is read."),
        progress=0.12,
        actions=(back(say), onward(say, "我在等读卡", "Waiting", enabled=False)),
    )


def question(say: Words) -> Page:
    return step(
        say,
        "question.household",
        say("孩子的户口\n落在哪一方？", "Whose household does the child join?"),
        Choices(
            "value",
            (
                Choice(
                    "mother",
                    say("落在母亲一方", "The mother's"),
                    say("岳麓区望城坡街道", "Wangchengpo, Yuelu"),
                ),
                Choice(
                    "father",
                    say("落在父亲一方", "The father's"),
                    say("从他的户口簿读取地址", "address from his booklet"),
                ),
                Choice(
                    "unsure",
                    say("我不确定", "I am not sure"),
                    say("先按母亲一方准备，办理前可改", "the mother's for now; can be changed"),
                ),
            ),
            "mother",
        ),
        eyebrow=say("新生儿出生 · 第 2 问，共 3 问", "Newborn · question 2 of 3"),
        lead=say("这决定由哪个派出所办理。", "It decides which police station is in charge."),
        progress=0.3,
    )


def care(say: Words) -> Page:
    page = question(say)
    blocks = (
        Choices(
            "value",
            (
                Choice("mother", say("母亲一方", "The mother's"), say("望城坡街道", "Wangchengpo")),
                Choice("father", say("父亲一方", "The father's")),
                Choice("unsure", say("我不确定", "I am not sure")),
            ),
            "mother",
        ),
    )
    return replace(
        page,
        id="question.care",
        blocks=blocks,
        lead="",
        eyebrow="",
        actions=(
            Action("again", say("再听一遍", "Listen again"), Weight.TOP, icon="volume-high"),
            Action("plain", say("普通模式", "Usual mode"), Weight.TOP),
            Action("back", say("返回", "Back"), Weight.BACK),
            Action("continue", say("继续", "Continue"), Weight.PRIMARY),
            Action("help", say("叫人来帮我", "Call someone"), Weight.FOOT, icon="help-circle"),
        ),
    )
