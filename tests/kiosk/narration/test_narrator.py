"""What is said when: on a new page, on a changed one, where the focus goes, and to whom."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language, Profile, Speech
from kiosk.journey.page import (
    Action,
    Block,
    Cards,
    Choice,
    Choices,
    Field,
    FieldKind,
    Heading,
    Options,
    Page,
    Paragraph,
    Row,
    Rows,
    Segments,
    Signature,
    Tone,
    Weight,
)
from kiosk.journey.signals import IdleWarned, Pressed
from kiosk.narration.characters import Characters
from kiosk.narration.narrator import PageNarrator
from kiosk.narration.port import Narrator, Place
from tests.harness.walk import ROOT, Walker
from tests.kiosk.narration.recording import Recorder, every_page, listening, shipped

CHARACTERS = ROOT / "config/narration/characters.tsv"
PARENTS = (Choice("mother", "母亲"), Choice("father", "父亲"))
GO_ON = Action("continue", "继续", Weight.PRIMARY)
ID_NUMBER = "439900199603120027"


def narrator(voice: Recorder, characters: Path = CHARACTERS) -> PageNarrator:
    return PageNarrator(
        voice, shipped().phrases, Characters(characters, shipped().phrases).explained
    )


@pytest.fixture
def voice() -> Recorder:
    return Recorder()


@pytest.fixture
def said(voice: Recorder) -> PageNarrator:
    return narrator(voice)


def page(*blocks: Block, name: str = "question.who", **more: object) -> Page:
    return Page(name, "您是谁？", blocks, **{"actions": (GO_ON,), **more})


def test_a_new_page_is_told_with_its_choices_and_at_first_how_to_go_on(
    voice: Recorder, said: PageNarrator
):
    said.shown(page(Choices("c", PARENTS), eyebrow="第 1 问", lead="为了办证。"), listening())
    assert [utterance.text for utterance in voice.said] == [
        "第 1 问",
        "您是谁？",
        "为了办证。",
        "有 2 个选项：母亲；父亲",
        "按向下键往下走，按向上键往回走，按向右键跳到下一个能选的，按中间的键选定。",
    ]
    for number in range(3):
        said.shown(page(name=f"p{number}"), listening())
    assert voice.heard == "您是谁？"


def test_of_many_choices_only_the_number_is_said(voice: Recorder, said: PageNarrator):
    many = tuple(Choice(str(n), f"第 {n} 样") for n in range(12))
    said.shown(page(Cards("c", many)), listening())
    assert "有 12 个选项 |" in voice.heard


def test_lines_with_buttons_are_told_without_them(voice: Recorder, said: PageNarrator):
    rows = (Row("r", "孩子姓名", value="周禾一", action="change.child_name", action_text="更改"),)
    said.shown(page(Rows("a", rows, columns=True)), listening())
    assert "| 孩子姓名，周禾一 |" in voice.heard
    said.focused(Place("change.child_name"))
    assert voice.heard == "按钮：孩子姓名，周禾一，更改"


def test_an_answer_is_said_and_the_first_times_where_to_go_on(voice: Recorder, said: PageNarrator):
    waiting = (replace(GO_ON, enabled=False),)
    before = page(Choices("c", PARENTS), actions=waiting)
    said.shown(before, listening())
    said.shown(page(Choices("c", PARENTS, "father")), listening())
    assert voice.heard == "已选 父亲 | 往下走，有“继续”按钮。"
    said.shown(page(Choices("c", PARENTS, "mother")), listening())
    assert voice.heard == "已选 母亲"


def test_of_several_answers_each_mark_is_said(voice: Recorder, said: PageNarrator):
    said.shown(page(Options("c", PARENTS)), listening())
    assert "有 2 个选项，可以选几个：母亲；父亲" in voice.heard
    said.shown(page(Options("c", PARENTS, frozenset({"father"}))), listening())
    assert voice.heard == "已选 父亲"
    said.shown(page(Options("c", PARENTS)), listening())
    assert voice.heard == "取消了 父亲"


def test_an_error_is_said_at_once_and_before_all_else(voice: Recorder, said: PageNarrator):
    field = Field("value", "电话", FieldKind.DIGITS)
    said.shown(page(field), listening())
    said.shown(page(replace(field, error="手机号是 11 位。"), lead="再看一遍"), listening())
    assert voice.heard == "有错：手机号是 11 位。 | 再看一遍"
    said.focused(Place("value"))
    assert voice.heard.startswith("有错：手机号是 11 位。填写项：电话，还没有填")


def test_only_what_changed_of_a_page_is_said(voice: Recorder, said: PageNarrator):
    later = Row("a", "结婚证", detail="原件", icon="blank", action="paper.a", action_text="以后交")
    rows = Rows("r", (later, Row("b", "户口簿")))
    said.shown(page(rows, Paragraph("t", "别的")), listening())
    marked = replace(later, icon="marked", tone=Tone.OK, action_text="带来了")
    here = replace(rows, rows=(marked, rows.rows[1]))
    said.shown(page(here, Paragraph("t", "别的")), listening())
    assert voice.heard == "结婚证，带来了"
    voice.calls.clear()
    said.shown(page(here, Paragraph("t", "别的")), listening())
    assert voice.calls == []


def test_in_care_mode_the_narrator_too_says_it_in_plainer_words(voice: Recorder, tmp_path: Path):
    folder = Path(shutil.copytree(ROOT / "config/phrases", tmp_path / "phrases"))
    (folder / "zh/care/narration.toml").write_text('[narration]\nwait = "等一会儿"\n', "utf-8")
    said = PageNarrator(voice, Phrases.load(folder), lambda text, *_: text)
    said.shown(page(busy=True), replace(listening(), care=True))
    assert voice.said[-1].text == "等一会儿"


def test_what_was_found_is_counted_and_not_read_at_every_letter(
    voice: Recorder, said: PageNarrator
):
    field = Field("query", "找什么", FieldKind.CHINESE)
    cards = tuple(Choice(str(n), f"事 {n}") for n in range(3))
    said.shown(page(field, Cards("hits", (), found=True)), listening())
    said.shown(page(field, Cards("hits", cards, found=True)), listening())
    assert voice.heard == "找到 3 个，在下面"
    said.shown(page(field, Cards("hits", (), found=True)), listening())
    assert voice.heard == "没有找到"


def test_waiting_is_said(voice: Recorder, said: PageNarrator):
    said.shown(page(), listening())
    said.shown(page(busy=True), listening())
    assert voice.heard == "请稍等"
    said.shown(page(name="submitting", busy=True), listening())
    assert voice.heard.endswith("请稍等")


def test_a_button_that_comes_is_said(voice: Recorder, said: PageNarrator):
    said.shown(page(), listening())
    said.shown(page(actions=(GO_ON, Action("retry", "再试一次", Weight.PLAIN))), listening())
    assert voice.heard == "按钮：再试一次"


def test_a_count_down_is_said_at_30_20_10_and_5_seconds(voice: Recorder, said: PageNarrator):
    left = page(count_down_s=45, count_down_text="还有 {seconds} 秒")
    said.shown(left, listening())
    assert "还有 45 秒" in voice.heard
    voice.calls.clear()
    for seconds in range(45, 0, -1):
        said.counting(seconds)
    assert voice.calls == ["add", "add", "speak", "speak"]
    assert voice.heard == "还有 5 秒"
    said.focused(Place("text:head"))
    assert voice.heard == "您是谁？还有 1 秒"


def test_who_is_asked_whether_they_are_there_always_hears_how_to_answer(
    voice: Recorder, said: PageNarrator
):
    for number in range(4):
        said.shown(page(name=f"p{number}"), listening())
    walker = Walker(shipped())
    walker.press("begin")
    for way in (IdleWarned(), Pressed(walker.page.id, "leave")):
        walker.send(way)
        said.shown(walker.page, listening())
        stay, end = (walker.page.action(name).text for name in ("stay", "end"))
        assert f"| 按钮：{stay} | 按钮：{end} | 按向右键找按钮，按中间的键选定。" in voice.heard
        walker.press("stay")


def test_a_page_that_goes_by_itself_says_by_which_button_one_goes_on(
    voice: Recorder, said: PageNarrator
):
    leaving = Action("leave", "结束并清除", Weight.FOOT)
    for number in range(4):
        left = page(name=f"p{number}", count_down_s=45, actions=(GO_ON, leaving))
        said.shown(left, listening())
    assert voice.heard == "您是谁？ | 按钮：继续 | 按向右键找按钮，按中间的键选定。"


def test_a_print_out_is_read_before_the_rating_and_what_is_on_both_once(
    voice: Recorder, said: PageNarrator
):
    matters = (
        Row("a", "户口登记", "公安局", "7月1日前"),
        Row("b", "医保参保", "医保局", "7月9日前"),
    )
    faces = Cards("faces", PARENTS, title="办得怎么样？")
    printed = (
        "回执上写着",
        "户口登记、7月1日前、公安局 不收费",
        "医保参保、7月9日前、医保局",
        "念完了",
    )
    papers = Rows("p", (Row("c", "结婚证"),))
    said.shown(page(Rows("m", matters), faces, papers, heard=printed), listening())
    assert voice.heard.startswith(
        "您是谁？ | 结婚证 | 回执上写着 | 户口登记、7月1日前、公安局 不收费 |"
        " 医保参保、7月9日前、医保局 | 念完了 | 办得怎么样？ | 有 2 个选项：母亲；父亲"
    )


def test_a_print_out_is_read_to_its_end_while_it_is_printed(voice: Recorder, said: PageNarrator):
    printing = page(Paragraph("print", "回执正在打印"), heard=("回执上写着", "念完了"))
    said.shown(printing, listening())
    said.shown(replace(printing, blocks=(Paragraph("print", "请取走"),)), listening())
    assert voice.calls == ["speak", "add"]
    assert voice.heard.endswith("请取走")


def test_parts_side_by_side_are_told_with_their_heading(voice: Recorder, said: PageNarrator):
    answers = (Choice("no", "关"), Choice("yes", "开"))
    said.shown(page(Heading("h", "长辈模式"), Segments("care", answers, "no")), listening())
    assert "您是谁？ | 长辈模式，有 2 个选项：关；开" in voice.heard


def test_the_focus_says_the_place_and_where_it_is(voice: Recorder, said: PageNarrator):
    said.shown(page(Choices("c", PARENTS)), listening())
    said.focused(Place("father", number=3, count=6))
    assert voice.heard == "选项：父亲，第 2 个，共 2 个 | 第 3 处，共 6 处"
    said.focused(Place("continue"))
    assert voice.heard == "按钮：继续"
    said.focused(Place("uncover", "显示屏幕"))
    assert voice.heard == "按钮：显示屏幕"


def test_where_the_focus_was_put_is_said_after_the_answer(voice: Recorder, said: PageNarrator):
    said.shown(page(Field("value", "姓名", FieldKind.CHINESE)), listening())
    said.typed("value", "章", "")
    said.moved(Place("key.z", "z"))
    assert (voice.heard, voice.calls[-1]) == ("章 | 键：z", "add")


def test_an_error_is_not_said_twice_where_the_focus_goes_to_it(voice: Recorder, said: PageNarrator):
    field = Field("value", "电话", FieldKind.DIGITS)
    said.shown(page(field), listening())
    said.shown(page(replace(field, error="手机号是 11 位。")), listening())
    said.moved(Place("value"))
    assert voice.heard == "有错：手机号是 11 位。 | 填写项：电话，还没有填"


def test_of_a_page_with_much_to_hear_is_said_how_to_pass_over_it(
    voice: Recorder, said: PageNarrator
):
    texts = tuple(Paragraph(f"t{number}", f"第 {number} 句") for number in range(20))
    said.shown(page(*texts), listening())
    assert voice.heard.startswith(
        "您是谁？ | 这一页有 21 段，随时可以按向右键，跳到下面的按钮。 | 第 0 句"
    )


def test_who_cannot_sign_with_a_finger_hears_of_the_other_way_at_once(
    voice: Recorder, said: PageNarrator
):
    by_card = Action("by_card", "用身份证确认", Weight.PLAIN)
    said.shown(page(Signature("s", "签在框里", "重签"), actions=(by_card, GO_ON)), listening())
    assert "按钮：用身份证确认" in voice.heard
    assert "按钮：继续" not in voice.heard


def test_where_one_is_comes_after_all_buttons_of_the_page(voice: Recorder, said: PageNarrator):
    easier = Action("ease", "更方便", Weight.TOP)
    said.shown(page(brand="一次办", progress=0.5, actions=(GO_ON, easier)), listening())
    said.again()
    assert "按钮：继续 | 一次办，进度：百分之 50 | 按钮：更方便" in voice.heard


def test_a_case_number_is_left_out_to_its_check_letter(voice: Recorder, said: PageNarrator):
    said.shown(page(Paragraph("t", "受理号 4399 0020 2611 2200 0001 Z")), listening())
    assert "受理号 号码不念出声 |" in voice.heard
    voice.private = True
    said.again()
    assert "二二零零，零零零幺，Z" in voice.heard


def test_of_choices_with_the_same_name_the_one_of_its_block_is_said(
    voice: Recorder, said: PageNarrator
):
    answers = (Choice("no", "关"), Choice("yes", "开"))
    blocks: list[Block] = []
    for name, heading in (("care", "长辈模式"), ("seated", "坐着办")):
        blocks += [Heading(f"{name}_h", heading), Segments(name, answers, "no")]
    said.shown(page(*blocks), listening())
    said.focused(Place("yes", block="seated"))
    assert voice.heard == "选项：坐着办，开，第 2 个，共 2 个"
    said.focused(Place("yes", block="care"))
    assert voice.heard == "选项：长辈模式，开，第 2 个，共 2 个"


@pytest.mark.parametrize(("script", "what"), [("chinese", "拼音"), ("strokes", "笔画")])
def test_what_is_still_composed_is_said_where_one_wanted_to_go_on(
    voice: Recorder, said: PageNarrator, script: str, what: str
):
    said.shown(page(Field("value", "姓名", FieldKind.CHINESE)), listening())
    said.typed("value", "", "da")
    said.unfinished(script)
    assert voice.heard == f"还有没选好的字：点一个字，或把{what}删掉"


def test_a_field_says_how_it_is_typed(voice: Recorder, said: PageNarrator):
    said.shown(page(Field("value", "姓名", FieldKind.CHINESE)), listening())
    said.focused(Place("value"))
    assert voice.heard.startswith("填写项：姓名，还没有填 | 拼音键盘在下面")


@pytest.mark.parametrize(
    ("place", "heard"),
    [
        (Place("key.5", "5"), "键：五"),
        (Place("key.1", "1"), "键：幺"),
        (Place("key.q", "q"), "键：q"),
        (Place("key.-", "-"), "键：短横"),
        (Place("key.delete", "删除"), "键：删除"),
        (Place("part.year.more", "年，加一"), "键：年，加一"),
        (Place("candidates.more", "更多字"), "键：更多字"),
        (Place("candidate.0", "章"), "候选字：章，文章的章"),
        (Place("candidate.1", "张"), "候选字：张，弓长张"),
        (Place("candidate.2", "伟"), "候选字：伟，伟大的伟"),
    ],
)
def test_keys_and_candidates_are_told_apart(
    voice: Recorder, said: PageNarrator, place: Place, heard: str
):
    said.shown(page(Field("value", "姓名", FieldKind.CHINESE)), listening())
    said.typed("value", "", "zhang")
    said.focused(place)
    assert voice.heard == heard


@pytest.mark.parametrize(
    ("preedit", "heard"),
    [
        ("hang", "候选字：行，银行的行"),
        ("周 hang", "候选字：行，银行的行"),
        ("xing", "候选字：行，进行的行"),
        ("丿丿丨", "候选字：行，进行的行"),
    ],
)
def test_a_candidate_is_told_by_the_reading_that_was_typed(
    voice: Recorder, said: PageNarrator, preedit: str, heard: str
):
    said.shown(page(Field("value", "地址", FieldKind.CHINESE)), listening())
    said.typed("value", "", preedit)
    said.focused(Place("candidate.0", "行"))
    assert voice.heard == heard


def test_quick_picks_are_told_apart_also_where_they_are_not_read_aloud(
    voice: Recorder, said: PageNarrator
):
    picks = ("13800000000", "13900000000")
    field = Field("value", "电话", FieldKind.DIGITS, candidates=picks, sensitive=True)
    said.shown(page(field), listening())
    said.focused(Place("candidate.1", picks[1]))
    assert voice.heard.startswith("候选：内容不念出声，第 2 个，共 2 个")
    voice.private = True
    said.focused(Place("candidate.1", picks[1]))
    assert voice.heard == "候选：幺三九，零零零零，零零零零，第 2 个，共 2 个"


def test_a_persons_number_is_said_only_to_their_ears(voice: Recorder, said: PageNarrator):
    number = page(Paragraph("t", f"号码 {ID_NUMBER}"))
    said.shown(number, listening())
    assert "号码不念出声" in voice.heard
    assert not any(utterance.private for utterance in voice.every)
    voice.private = True
    said.again()
    assert "四三九九零零，幺九九六，零三幺二，零零二七" in voice.heard
    assert [u.private for u in voice.said if "四三九九" in u.text] == [True]


def test_who_wants_it_hears_numbers_aloud(voice: Recorder, said: PageNarrator):
    said.shown(page(Paragraph("t", f"号码 {ID_NUMBER}")), listening(numbers_aloud=True))
    assert "四三九九零零" in voice.heard


def test_why_a_number_is_not_read_is_said_once_a_page(voice: Recorder, said: PageNarrator):
    why = "请插上耳机"
    said.shown(page(Paragraph("t", f"号码 {ID_NUMBER}")), listening())
    assert voice.heard.count(why) == 1
    said.focused(Place("text:t"))
    assert why not in voice.heard
    said.shown(page(Paragraph("t", f"号码 {ID_NUMBER}"), name="next"), listening())
    assert voice.heard.count(why) == 1


def test_nothing_is_said_of_a_life_event_to_the_room_that_is_somebodys_number():
    voice = Recorder()
    said = narrator(voice)
    for language, one in every_page():
        said.shown(one, listening(language))
        said.again()
        for name in said.stops():
            said.focused(Place(name))
    assert len(voice.every) > 1000
    assert not any(utterance.private for utterance in voice.every)


def test_nothing_is_said_while_speech_is_off(voice: Recorder, said: PageNarrator):
    said.shown(page(Choices("c", PARENTS)), Profile())
    said.focused(Place("father"))
    said.typed("value", "a", "")
    said.counting(10)
    said.again()
    said.pause()
    assert voice.calls == []
    assert said.stops() == ()


def test_turning_speech_on_reads_the_page_from_its_beginning_and_off_is_silence(
    voice: Recorder, said: PageNarrator
):
    said.shown(page(Paragraph("t", "说明")), Profile())
    said.shown(page(Paragraph("t", "说明")), listening())
    assert voice.heard.startswith("语音打开了 | 您是谁？ | 说明")
    assert said.stops() == ("text:head", "text:t")
    said.shown(page(Paragraph("t", "说明")), Profile())
    assert voice.calls[-1] == "silence"
    assert said.stops() == ()


def test_another_language_reads_the_page_anew(voice: Recorder, said: PageNarrator):
    said.shown(page(Paragraph("t", "说明")), listening())
    english = Page("question.who", "Who are you?", (Paragraph("t", "Why"),))
    said.shown(english, listening(Language.EN))
    assert voice.heard.startswith("Who are you? | Why")
    assert {utterance.language for utterance in voice.said} == {Language.EN}


@pytest.mark.parametrize(
    ("change", "heard"),
    [
        ({"volume": 7}, "音量 7"),
        ({"rate": 2}, "语速快 2 档"),
        ({"rate": -1}, "语速慢 1 档"),
        ({"numbers_aloud": True}, "号码会念出来"),
    ],
)
def test_a_change_of_the_voice_is_said(
    voice: Recorder, said: PageNarrator, change: dict[str, int], heard: str
):
    said.shown(page(), listening())
    said.shown(page(), listening(**change))
    assert voice.heard == heard
    speech = Speech(on=True, **change)
    assert f"tune {speech.volume} {speech.rate}" in voice.calls


def test_the_curtain_is_said(voice: Recorder, said: PageNarrator):
    said.shown(page(), listening())
    said.shown(page(), replace(listening(), curtain=True))
    assert voice.heard == "屏幕遮住了，按键和语音照常"
    said.shown(page(), listening())
    assert voice.heard == "屏幕重新显示了"


def test_again_says_everything_there_is_on_the_page(voice: Recorder, said: PageNarrator):
    said.shown(page(Choices("c", PARENTS)), listening())
    said.again()
    assert voice.heard.startswith(
        "您是谁？ | 选项：母亲，第 1 个，共 2 个 | 选项：父亲，第 2 个，共 2 个 | 按钮：继续"
    )


def test_a_pause_holds_and_whatever_is_said_next_goes_on(voice: Recorder, said: PageNarrator):
    said.shown(page(), listening())
    voice.calls.clear()
    said.pause()
    said.pause()
    said.pause()
    said.focused(Place("continue"))
    assert voice.calls == ["pause", "go on", "pause", "go on", "speak"]


def test_after_a_session_there_is_silence_and_nothing_is_kept(voice: Recorder, said: PageNarrator):
    said.shown(page(Field("value", "姓名", FieldKind.CHINESE, value="周禾一")), listening())
    said.typed("value", "周禾一二", "")
    said.forget()
    assert voice.calls[-1] == "silence"
    assert said.stops() == ()
    assert not any("周" in repr(vars(said)) for _ in (0,))
    said.focused(Place("value"))
    assert voice.said == []


def test_it_is_the_narrator_that_the_window_asks_for(said: PageNarrator):
    asked: Narrator = said
    assert not asked.speaking
