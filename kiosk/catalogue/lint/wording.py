"""Rules about texts: both languages there, each in its own letters and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.catalogue.lint.rule import HOUSE, Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.lint.walk import texts
from kiosk.catalogue.model import Text

CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
ASCII_MARK = re.compile(r"[\u3400-\u9fff][,;:?!]|[,;?!][\u3400-\u9fff]")
ASCII_BRACKET = re.compile(
    r"[\u3400-\u9fff]\(|\)[\u3400-\u9fff]|\([\u3400-\u9fff]|[\u3400-\u9fff]\)"
)
CHINESE_MARK = re.compile(r"[，。；：？！、（）《》【】「」]")
WIDE_QUOTE = re.compile(r"[“”‘’]")  # as wide as a Chinese character in the font of the pages
QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
FULL_WIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]")
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff\ufffd]")
PLACEHOLDER = re.compile(r"\b(todo|fixme|tbd|xxx+|lorem ipsum)\b|[?？]{3}", re.IGNORECASE)
ASKED = re.compile(r"[？。?.](\s*[（(][^（(]*[）)])?")

UNTRANSLATED = Rule(
    "text-untranslated",
    Severity.ERROR,
    "a citizen who reads English finds English",
    "translate it; `en` must not repeat `zh`",
)
CHINESE_IN_ENGLISH = Rule(
    "text-chinese-in-english",
    Severity.ERROR,
    "English can be read and spoken without knowing characters",
    "translate the rest; quote a word that stands in Chinese on a paper or is to be typed so",
)
NO_CHINESE = Rule(
    "text-no-chinese",
    Severity.ERROR,
    "a citizen who reads Chinese finds Chinese",
    "write `zh` in Chinese; were the languages swapped?",
)
BLANKS = Rule(
    "text-blanks",
    Severity.ERROR,
    "texts are the same wherever they are compared, searched or printed",
    "take away blanks at both ends and doubled ones",
)
MARKS = Rule(
    "text-marks",
    Severity.ERROR,
    "Chinese is printed and spoken with its own punctuation",
    "write ，；：？！（） between Chinese characters",
    "GB/T 15834-2011",
)
ENGLISH_MARKS = Rule(
    "text-english-marks",
    Severity.ERROR,
    "English is printed and spoken with its own punctuation",
    "write , . ; : ? ! ( ) \" ' in English",
)
WIDTH = Rule(
    "text-full-width",
    Severity.ERROR,
    "numbers are the same wherever they are compared, searched or printed",
    "write digits, letters and blanks in their plain form (1, not １)",
)
UNSEEN_CHARACTER = Rule(
    "text-unseen",
    Severity.ERROR,
    "nothing stands in a text that cannot be seen, printed or spoken",
    "take the character away; write one line",
)
UNFINISHED = Rule(
    "text-placeholder",
    Severity.ERROR,
    "citizens read no note of an author",
    "write what is meant, or leave the field out: the terminal then says 待主管部门填写",
)
NOT_ASKED = Rule(
    "question-mark",
    Severity.WARNING,
    "a question can be heard as one",
    "end it with ？ and, in English, with ?",
    HOUSE,
)
RULES = (
    UNTRANSLATED,
    CHINESE_IN_ENGLISH,
    NO_CHINESE,
    BLANKS,
    MARKS,
    ENGLISH_MARKS,
    WIDTH,
    UNSEEN_CHARACTER,
    UNFINISHED,
    NOT_ASKED,
)


def findings(scope: Scope) -> Iterator[Finding]:
    """What is wrong with the wording of any text."""
    for spot, text in texts(scope.catalogue):
        yield from _languages(spot, text)
        yield from _chinese(spot / "zh", text.zh)
        yield from _english(spot / "en", text.en)
        for language, said in (("zh", text.zh), ("en", text.en)):
            yield from _both(spot / language, said)
        if _is_question(spot):
            yield from _question(spot, text)


def _languages(spot: Spot, text: Text) -> Iterator[Finding]:
    if not CHINESE.search(text.zh) and LETTERS.search(text.zh):
        yield NO_CHINESE.at(spot / "zh", "has no Chinese character")
    if text.en == text.zh and LETTERS.search(text.en + text.zh):
        yield UNTRANSLATED.at(spot / "en", "English is the same as Chinese")
    elif CHINESE.search(QUOTED.sub("", text.en)):
        yield CHINESE_IN_ENGLISH.at(spot / "en", "has Chinese characters outside quotation marks")


def _chinese(spot: Spot, said: str) -> Iterator[Finding]:
    for pattern in (ASCII_MARK, ASCII_BRACKET):
        found = pattern.search(said)
        if found:
            yield MARKS.at(spot, f"plain punctuation in Chinese: {found[0]}")
            return


def _english(spot: Spot, said: str) -> Iterator[Finding]:
    found = CHINESE_MARK.search(said)
    if found and not CHINESE.search(said):
        yield ENGLISH_MARKS.at(spot, f"Chinese punctuation in English: {found[0]}")
    if quote := WIDE_QUOTE.search(said):
        yield ENGLISH_MARKS.at(spot, f"quotation mark or apostrophe drawn too wide: {quote[0]}")


def _both(spot: Spot, said: str) -> Iterator[Finding]:
    if said != said.strip() or "  " in said:
        yield BLANKS.at(spot, "begins or ends with a blank, or has two together")
    if FULL_WIDTH.search(said):
        yield WIDTH.at(spot, "has full-width digits, letters or blanks")
    if UNSEEN.search(said):
        yield UNSEEN_CHARACTER.at(spot, "has a character that cannot be seen, or a line break")
    if PLACEHOLDER.search(said):
        yield UNFINISHED.at(spot, "looks like a note that is to be replaced")


def _is_question(spot: Spot) -> bool:
    asked = {("life_events", "text"), ("elements", "question"), ("groups", "more")}
    return bool(spot.key) and (spot.kind, spot.key[-1]) in asked and "commitment" not in spot.key


def _question(spot: Spot, text: Text) -> Iterator[Finding]:
    for language, said in (("zh", text.zh), ("en", text.en)):
        marks = list(ASKED.finditer(said))
        if not marks or marks[-1].end() != len(said):
            yield NOT_ASKED.at(spot / language, "does not end as a question")
            return
