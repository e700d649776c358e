"""Pages like those a citizen meets, in both languages, with every kind of block among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.access.profile import Language
from kiosk.journey.page import (
    Action,
    Callout,
    Cards,
    Choice,
    Choices,
    Code,
    Field,
    FieldKind,
    Figure,
    Figures,
    Heading,
    Layout,
    Page,
    Paragraph,
    Picture,
    Row,
    Rows,
    Segments,
    Tone,
    Weight,
)

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
        lead=say("亮蓝灯的地方就是。读完会提醒您取回。", "Where the blue light is."),
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


def notice(say: Words) -> Page:
    exempt = (
        ("父母身份证", "已从读卡器和电子证照核验", "Parents' cards", "read and checked"),
        ("居民户口簿", "电子证照", "Household booklet", "electronic"),
        ("结婚证", "电子证照", "Marriage licence", "electronic"),
        ("一件事申请表", "系统替您生成", "Application form", "made for you"),
        ("首次签发登记表", "系统替您生成", "First issue form", "made for you"),
    )
    figures = (
        ("时间", "5 天", "72 天", "Time", "5 days", "72 days"),
        ("跑动", "0 次", "4 次", "Visits", "0", "4"),
        ("材料", "4 份", "22 份", "Papers", "4", "22"),
        ("环节", "1 个", "7 个", "Steps", "1", "7"),
    )
    return step(
        say,
        "notice",
        say("一次告诉您", "All at once"),
        Figures(
            "reductions",
            tuple(Figure(say(a, d), say(b, e), say(c, f)) for a, b, c, d, e, f in figures),
        ),
        Heading("exempt_title", say("这些不用带", "No need to bring")),
        Rows(
            "exempt",
            tuple(
                Row(f"exempt_{n}", say(a, c), value=say(b, d), icon="check", tone=Tone.OK)
                for n, (a, b, c, d) in enumerate(exempt)
            ),
        ),
        Heading("bring_title", say("这些请在这里交", "Please hand in here")),
        Rows(
            "bring",
            (
                Row(
                    "record",
                    say("新生儿出生医学记录", "Medical birth record"),
                    badge=say("放在高拍仪下", "under the camera"),
                    tone=Tone.OK,
                ),
                Row(
                    "bill",
                    say("费用清单", "List of costs"),
                    badge=say("可以 10 天内补", "within 10 days"),
                    tone=Tone.WARN,
                ),
            ),
        ),
        lead=say("7 件事一起办，交一次，5 个工作日内办好。", "7 matters, handed in once."),
        progress=0.42,
        actions=(back(say), onward(say, "知道了，继续", "I see, continue")),
    )


def check(say: Words) -> Page:
    rows = (
        ("孩子姓名", "周禾一", "Child's name", "Zhou Heyi", True),
        ("出生时间", "2026年7月15日 06:42", "Born", "2026-07-15 06:42", True),
        ("母亲", "陈样例 · 4301**********0023", "Mother", "Chen · 4301**********0023", False),
        ("父亲", "周样例 · 4301**********0015", "Father", "Zhou · 4301**********0015", False),
        ("落户地址", "岳麓区望城坡街道 样例路 8 号", "Address", "8 Sample Road, Yuelu", True),
        ("联系电话", "138****0000", "Phone", "138****0000", True),
        ("结果送达", "邮寄到落户地址", "Delivery", "by post", True),
    )
    return step(
        say,
        "check",
        say("请核对", "Please check"),
        Rows(
            "answers",
            tuple(
                Row(
                    f"row_{n}",
                    say(a, c),
                    value=say(b, d),
                    action=f"change.{n}" if change else "",
                    action_text=say("更改", "Change") if change else "",
                )
                for n, (a, b, c, d, change) in enumerate(rows)
            ),
            columns=True,
        ),
        Callout(
            "owed",
            say("还差一份：费用清单", "Still owed: list of costs"),
            say("您选择了 10 天内补交（8月4日前）", "within 10 days (by 4 August)"),
            icon="alert",
        ),
        lead=say("只问了您 9 项，另外 21 项已经替您填好。", "9 asked, 21 filled in for you."),
        progress=0.82,
        actions=(back(say), onward(say, "签名并提交", "Sign and submit")),
    )


def done(say: Words) -> Page:
    matters = (
        ("出生医学证明", "分娩医院", "7月28日前", "Birth certificate", "hospital", "by 28 July"),
        ("户口登记", "望城坡派出所", "8月4日前", "Household", "police station", "by 4 August"),
        ("医保参保登记", "新区民政和社会保障局", "7月22日前", "Insurance", "bureau", "by 22 July"),
        ("社会保障卡", "新区民政和社会保障局", "9月1日前", "Social card", "bureau", "by 1 Sept"),
    )
    faces = (
        ("5", "非常满意", "Very good", "emoticon"),
        ("4", "满意", "Good", "emoticon-happy"),
        ("3", "基本满意", "Fair", "emoticon-neutral"),
        ("2", "不满意", "Poor", "emoticon-sad"),
        ("1", "很不满意", "Bad", "emoticon-sad"),
    )
    return Page(
        id="done",
        title=say("7 件事都交出去了", "7 matters handed in"),
        lead=say(
            "受理号 4301 0420 2607 2100 37　回执正在打印", "Case 4301 0420 2607 2100 37, printing"
        ),
        badge=say("已提交", "Handed in"),
        brand=say("一次办 · 麓谷支行", "Yici · Lugu branch"),
        progress=1.0,
        blocks=(
            Rows(
                "matters",
                tuple(
                    Row(f"m{n}", say(a, d), say(b, e), say(c, f), icon="clock")
                    for n, (a, b, c, d, e, f) in enumerate(matters)
                ),
            ),
            Paragraph(
                "more",
                say("还有 3 件 · 随时拿回执或身份证来查", "3 more: ask any time with your card"),
            ),
            Cards(
                "faces",
                tuple(Choice(f"rate.{n}", say(zh, en), icon=icon) for n, zh, en, icon in faces),
                columns=5,
                compact=True,
                title=say("这次办得怎么样？", "How was it?"),
            ),
        ),
        actions=(
            *top(say),
            Action("finish", say("办完了，清除我的信息", "Done, clear my data"), Weight.PRIMARY),
        ),
        footnotes=(say("请取回身份证", "Take your card"),),
        count_down_s=30,
        count_down_text=say("{seconds} 秒后自动清除", "Clears in {seconds} s"),
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
            Action("end", say("结束并清除", "End and clear"), Weight.BACK),
            Action("stay", say("我还在，继续办", "Yes, go on"), Weight.PRIMARY),
        ),
        count_down_s=30,
        count_down_text=say("{seconds} 秒后清除", "Clears in {seconds} s"),
    )


def submitting(say: Words) -> Page:
    return step(
        say,
        "submitting",
        say("正在提交", "Handing in"),
        Picture("sending", "send", say("请不要离开", "Please stay")),
        lead=say("大约需要 10 秒。", "About 10 seconds."),
        busy=True,
        progress=0.95,
        actions=(),
    )


def printing_failed(say: Words) -> Page:
    return step(
        say,
        "kept",
        say("已经收好，等网络恢复就交", "Kept until the network is back"),
        Callout(
            "printing",
            say("回执没有打印出来：缺纸", "Not printed: no paper"),
            say("可以扫码带走，也可以请工作人员加纸", "Scan the code, or call staff"),
            icon="printer-alert",
            action="reprint",
            action_text=say("再打一次", "Print again"),
        ),
        Code("code", "YICI1:4301042026072100370:QmFzZTQ1", say("用手机扫码带走", "Scan to keep")),
        lead=say("临时号 P-260721-0037", "Provisional number P-260721-0037"),
        actions=(onward(say, "办完了", "Finish"),),
    )


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


def told(say: Words) -> Page:
    """A count-down beside everything at the foot."""
    return step(
        say,
        "told",
        say("单子打好了", "The list is printed"),
        Picture("slip", "printer"),
        Callout(
            "printing",
            say("请取走单子", "Please take it"),
            say("上面有要准备的材料", "It says what to prepare"),
            icon="printer",
            tone=Tone.OK,
        ),
        actions=(onward(say, "办完了", "Finish"),),
        count_down_s=60,
        count_down_text=say("{seconds} 秒后自动清除", "Cleared in {seconds} s"),
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
        lead=say("点一下就变，填过的都在。", "Changes at once, and nothing is lost."),
        actions=(
            *top(say),
            Action("reset", say("恢复原样", "As before"), Weight.BACK, icon="undo"),
            Action("curtain", say("遮住屏幕", "Hide screen"), Weight.PLAIN, icon="eye-off"),
            Action("close", say("好了", "Done"), Weight.PRIMARY, icon="check"),
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


SAMPLES: Mapping[str, Callable[[Words], Page]] = {
    "idle": idle,
    "choose": choose,
    "identify": identify,
    "question": question,
    "notice": notice,
    "check": check,
    "done": done,
    "care": care,
    "warning": warning,
    "submitting": submitting,
    "printing_failed": printing_failed,
    "name": name,
    "quick_picks": quick_picks,
    "phone": phone,
    "id_number": id_number,
    "birthday": birthday,
    "birth_time": birth_time,
    "latin": latin,
    "search": search,
    "told": told,
    "ease": ease,
    "listening": listening,
}


def sample(sample_name: str, language: Language = ZH) -> Page:
    """One of the sample pages."""
    return SAMPLES[sample_name](Words(language))
