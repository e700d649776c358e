"""Where lines end: nothing lost, nothing wider than the line, no mark at the wrong end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screens.wrapping import NO_START, wrap

EM = 10.0


def width_of(text: str) -> float:
    """Chinese one em, Latin half of it."""
    return sum(EM if ord(character) > 0x2E80 else EM / 2 for character in text)


def test_a_line_never_begins_with_closing_marks() -> None:
    text = "七件事一起办，交一次，五个工作日内办好。"
    for width in range(30, 250, 10):
        lines = wrap(text, width, width_of)
        assert all(line[0] not in NO_START for line in lines), (width, lines)


def test_numbers_and_words_stay_whole() -> None:
    lines = wrap("受理号 430104202607210037 回执", 100, width_of)
    assert "430104202607210037" in lines


def test_a_word_wider_than_the_line_is_broken_rather_than_cut() -> None:
    lines = wrap("x" * 50, 60, width_of)
    assert "".join(lines) == "x" * 50
    assert max(map(width_of, lines)) <= 60


def test_two_balanced_lines_part_at_a_mark() -> None:
    lines = wrap("亮蓝灯的地方就是。读完会提醒您取回。", 160, width_of, balance=True)
    assert lines == ["亮蓝灯的地方就是。", "读完会提醒您取回。"]


def test_three_chinese_lines_fill_their_width_and_end_where_phrases_do() -> None:
    phrases = [
        "我没有在其他地方领取过基本养老金，",
        "也没有在其他地方参加过医疗保险。",
        "以上都属实，如不属实愿意承担责任。",
    ]
    text = "".join(phrases)
    assert wrap(text, 180, width_of, balance=True) == phrases
    for width in range(100, 260, 10):
        lines = wrap(text, width, width_of, balance=True)
        assert len(lines) == len(wrap(text, width, width_of)), (width, lines)


def test_two_lines_part_behind_an_attribute_but_not_inside_bie_de() -> None:
    lines = wrap("您在别的地方交过职工医保吗？", 130, width_of, balance=True)
    assert lines == ["您在别的地方交过", "职工医保吗？"]


def test_a_few_words_between_quotation_marks_stay_together() -> None:
    text = "碰一下屏幕或者按“我在，接着办”就可以继续，不然一会儿就清除您填的内容。"
    for width in range(100, 300, 10):
        for balance in (True, False):
            lines = wrap(text, width, width_of, balance=balance)
            assert any("“我在，接着办”" in line for line in lines), (width, lines)


def test_no_is_not_parted_from_its_number() -> None:
    text = "Legal basis: Notice of the General Office [2023] No. 46, item 2"
    for width in range(70, 300, 5):
        lines = wrap(text, width, width_of, balance=True)
        assert any("No. 46," in line for line in lines), (width, lines)


def test_one_or_two_characters_are_not_left_alone_on_the_last_line() -> None:
    for text in ("登记迁户口领取新的社会保障卡", "这是公布的前后对比；时限看下面。"):
        for width in range(len(text) * 10 - 30, len(text) * 10, 5):
            lines = wrap(text, width, width_of)
            assert len(lines) == 2
            assert len(lines[1]) > 2, lines


def test_a_narrow_line_leaves_two_characters_on_the_last_one_rather_than_one() -> None:
    assert wrap("结果领取方式", 50, width_of) == ["结果领取", "方式"]


def test_a_number_is_not_parted_from_its_measure_word_nor_from_what_makes_it_ordinal() -> None:
    for whole in ("8号", "30 个", "第7项", "第 15 项"):
        text = f"请按顺序填写{whole}内容以后再继续"
        for width in range(80, 200, 5):
            lines = wrap(text, width, width_of)
            assert any(whole in line for line in lines), (width, lines)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet="一件事办，。（）a1 -\n\u3000", max_size=60),
    st.integers(min_value=20, max_value=300),
    st.booleans(),
)
def test_nothing_is_lost_whatever_the_text_and_the_width(
    text: str, width: int, balance: bool
) -> None:
    lines = wrap(text, width, width_of, balance=balance)
    assert "".join("".join(lines).split()) == "".join(text.split())


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="一件事办a1 ", max_size=60), st.integers(min_value=20, max_value=300))
def test_no_line_is_wider_than_allowed(text: str, width: int) -> None:
    assert all(width_of(line) <= width for line in wrap(text, width, width_of))


def test_what_stands_between_two_dots_is_not_parted_where_a_line_can_hold_it() -> None:
    lines = wrap("Zhou Heyi · 15 November 2026 · 06:42", 100, width_of)
    assert lines == ["Zhou Heyi", "15 November 2026", "06:42"]


def test_no_line_begins_or_ends_with_a_dot_between_phrases() -> None:
    text = "周样例 · 4399**********0010 · 汉族"
    for width in range(90, 240, 5):
        lines = wrap(text, width, width_of)
        assert not any(line.startswith("·") or line.endswith("·") for line in lines), lines
    assert wrap(text, 300, width_of) == [text]


def test_a_dot_within_a_name_stays() -> None:
    assert wrap("古丽尼格尔·样例江", 60, width_of) == ["古丽尼格尔·", "样例江"]


def test_two_balanced_lines_of_a_question_part_where_a_phrase_ends() -> None:
    for first, second in (
        ("孩子是", "哪一天出生的？"),
        ("孩子母亲的", "身份证号码是多少？"),
        ("结婚证上的", "字号是什么？"),
        ("这位继承人是", "亲人的什么人？"),
    ):
        text = first + second
        assert wrap(text, width_of(text) - EM, width_of, balance=True) == [first, second]


def test_a_question_is_not_parted_within_whether() -> None:
    assert wrap("您看是不是要报销", 70, width_of, balance=True) == ["您看是不是", "要报销"]
