"""Phrases are in plain language: ours are, and each rule catches one that is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.access.plain_language import (
    PlainWords,
    PlainWordsError,
    Rule,
    broken,
    load,
    problems,
)
from kiosk.access.profile import Language

FILE = Path("config/access/plain_words.toml")
RULES = load(FILE)


def rules_broken(phrase: str, language: Language) -> list[Rule]:
    return [rule for rule, _ in broken(phrase, language, RULES[language])]


def test_all_that_citizens_read_and_hear_is_in_plain_language() -> None:
    assert [str(problem) for problem in problems(Path("config/phrases"), RULES)] == []


ZH, EN = Language.ZH, Language.EN
PLANTED = [
    (
        ZH,
        "请您把身份证平放在读卡区上面并且一直等到屏幕上出现读取完成的提示以后再把它从上面拿下来收好",
        Rule.LONG,
    ),
    (ZH, "请{name}等着。" + "很" * 41, Rule.LONG),
    (ZH, "逾期请重交", Rule.HARD_WORD),
    (ZH, "请务必带上", Rule.HARD_WORD),
    (ZH, "按 ENTER 继续", Rule.CAPITALS),
    (ZH, "您不得不重填", Rule.DOUBLE_NEGATION),
    (ZH, "没有身份证就不能办", Rule.DOUBLE_NEGATION),
    (ZH, "非本人来不可", Rule.DOUBLE_NEGATION),
    (ZH, "先放卡，再看屏，再点好，再签字，再拿单", Rule.IDEAS),
    (
        EN,
        "Please lay the card on the reader and wait until the screen tells you that it has been"
        " read and that you can take it back.",
        Rule.LONG,
    ),
    (EN, "Prior to handing in, check it", Rule.HARD_WORD),
    (EN, "This number is invalid", Rule.HARD_WORD),
    (EN, "Bring papers, e.g. a card", Rule.HARD_WORD),
    (EN, "PLEASE wait", Rule.CAPITALS),
    (EN, "Send it to the MPS", Rule.CAPITALS),
    (EN, "You cannot go on with nothing", Rule.DOUBLE_NEGATION),
    (EN, "That is not unusual", Rule.DOUBLE_NEGATION),
    (EN, "No case is begun unless it is paid", Rule.DOUBLE_NEGATION),
    (EN, "Lay it down, wait, take it, sign, go", Rule.IDEAS),
    (EN, "Touch “Continue”", Rule.MARK),
    (EN, "The printer’s cover is open", Rule.MARK),
]


@pytest.mark.parametrize(("language", "phrase", "rule"), PLANTED)
def test_a_phrase_that_is_not_plain_is_caught(language: Language, phrase: str, rule: Rule) -> None:
    assert rule in rules_broken(phrase, language)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        (ZH, "卡号不对，请对照银行卡再看一遍。"),
        (ZH, "没带也能先提交，以后再交。"),
        (ZH, "请点“继续”"),
        (EN, 'Touch "Continue" on the printer\'s page'),
        (ZH, "很" * 40 + "。" + "很" * 40),
        (EN, "Your ID card is read. Take it back: it is yours."),
        (EN, "There is no such day. You cannot go on."),
        (EN, "The interviewer asked about shallots"),
    ],
)
def test_a_plain_phrase_is_let_be(language: Language, phrase: str) -> None:
    assert rules_broken(phrase, language) == []


@pytest.mark.parametrize("hard", [(tag, word) for tag in RULES for word in RULES[tag].words])
def test_every_hard_word_is_caught_and_no_better_one_is_hard(hard: tuple[Language, str]) -> None:
    language, word = hard
    phrase = f"请{word}好" if language is ZH else f"Now {word} it"
    assert Rule.HARD_WORD in rules_broken(phrase, language)
    assert Rule.HARD_WORD not in rules_broken(RULES[language].words[word], language)


def test_a_problem_names_file_key_and_better_word(tmp_path: Path) -> None:
    for tag, text in (("zh", "结束"), ("en", "Terminate"), ("fr", "Terminer via MPS")):
        (tmp_path / tag / "care").mkdir(parents=True)
        (tmp_path / tag / "page.toml").write_text(f'[page]\nend = "{text}"\n', encoding="utf-8")
    (tmp_path / "zh/care/page.toml").write_text('[page]\nend = "逾期"\n', encoding="utf-8")
    found = problems(tmp_path, RULES)
    assert [(p.file.relative_to(tmp_path).as_posix(), p.key, p.rule) for p in found] == [
        ("en/page.toml", "page.end", Rule.HARD_WORD),
        ("zh/care/page.toml", "page.end", Rule.HARD_WORD),
    ], "plainer words are judged too, a language without rules is not"
    assert str(found[0]).endswith("page.end: “terminate” is hard; better: end")


@pytest.mark.parametrize(
    "text",
    ["[zh]\nlongest = 0\nparts = 1", "[zh", "[zh]\nnegations = ['(']", "[Chinese]", "[zh]\nx = 1"],
)
def test_rules_that_cannot_be_read_are_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "plain_words.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlainWordsError, match=r"plain_words\.toml"):
        load(file)


def test_rules_that_are_missing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlainWordsError, match=r"none\.toml"):
        load(tmp_path / "none.toml")


@given(phrase=st.text(max_size=200), language=st.sampled_from([ZH, EN]))
def test_any_text_can_be_judged(phrase: str, language: Language) -> None:
    assert all(detail for _, detail in broken(phrase, language, RULES[language]))


@given(count=st.integers(1, 60))
def test_a_sentence_is_measured_by_its_words(count: int) -> None:
    words = PlainWords(longest=20, parts=9)
    found = [rule for rule, _ in broken(" ".join(["go"] * count), EN, words)]
    assert found == ([Rule.LONG] if count > 20 else [])
