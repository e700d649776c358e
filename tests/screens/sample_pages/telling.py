"""What is told, checked, handed in and printed."""

from __future__ import annotations

from kiosk.journey.page import (
    Action,
    Callout,
    Cards,
    Choice,
    Code,
    Figure,
    Figures,
    Heading,
    Page,
    Paragraph,
    Picture,
    Row,
    Rows,
    Tone,
    Weight,
)
from tests.screens.sample_pages.words import Words, back, onward, step, top


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
