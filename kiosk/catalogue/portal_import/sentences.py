"""The portal's prose as sentences for a terminal: plain marks, one thing each, not too long."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Characters of one sentence that is told; see kiosk/catalogue/lint/lengths.py.
GOOD, MOST = 60, 90
SHORTEST = 8  # characters before a comma at which a sentence is cut
CHINESE = re.compile(r"[\u3400-\u9fff]")
FULL_WIDTH = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u3000]")
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\ufeff\ufffd\ue000-\uf8ff]"
)
# Notes of an author that nobody replaced: the text is not fit to be told.
UNFINISHED = re.compile(r"[?？]{3}|×××|[xX]{3}|□□|某某|(?i:\b(?:todo|tbd|fixme)\b)")
ENDS = re.compile(r"[。；;！!\n]+|(?<=[？?])")
# What counts the parts of a text: (1) 1、 1. （一） 一、 ①
NUMBERED = re.compile(
    r"""(?<![\d第(（〔年])
    (?: [(（]?\d{1,2}[)）] | \d{1,2}[、.．](?!\d) | [①-⑳]
      | [(（][一二三四五六七八九十]{1,3}[)）] | [一二三四五六七八九十]{1,2}、 )
    \s*(?=[\u3400-\u9fff《“A-Za-z])""",
    re.VERBOSE,
)
FULL = str.maketrans({",": "，", ";": "；", ":": "：", "?": "？", "!": "！"})


def plain(text: str) -> str:
    """One line with plain digits, Chinese marks between Chinese, and no doubled blanks."""
    text = FULL_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = " ".join(UNSEEN.sub("", text).split())
    if not CHINESE.search(text):
        return text
    text = text.replace("(", "（").replace(")", "）")
    text = re.sub(r"(?<=[\u3400-\u9fff“”《》（）])\s+(?=[\u3400-\u9fff“”《》（）])", "", text)
    text = re.sub(r"\s*([，。；：？！、（）])\s*", r"\1", text)
    text = re.sub(r"(?<=[\u3400-\u9fff])[,;:?!]", lambda f: f.group().translate(FULL), text)
    return re.sub(r"[,;?!](?=[\u3400-\u9fff])", lambda f: f.group().translate(FULL), text)


def name(text: str) -> str:
    """A name on one line, without what stands for something that nobody filled in."""
    line = plain(text)
    while UNFINISHED.search(line):
        line = plain(UNFINISHED.sub("", line))
    return line


def sentences(text: str) -> Iterator[str]:
    """Its sentences, without numbers before them; what is too long is cut at commas."""
    for part in ENDS.split(NUMBERED.sub("\n", text)):
        sentence = plain(part or "").strip("，、；：。 .-")
        if CHINESE.search(sentence) and not UNFINISHED.search(sentence):
            yield from _cut(sentence)


def _cut(sentence: str) -> Iterator[str]:
    """Parts of at most MOST characters: at commas outside brackets, else where it must be."""
    while len(sentence) > GOOD:
        at = _comma(sentence, "，", GOOD)
        if at is None and len(sentence) <= MOST:
            break
        if at is None:
            at = _comma(sentence, "，：、", MOST) or MOST
        yield sentence[:at].rstrip("，：、")
        sentence = sentence[at:].lstrip("，：、")
    if sentence:
        yield sentence


def _comma(sentence: str, marks: str, longest: int) -> int | None:
    """Behind the last of the marks that stands outside brackets and within reach."""
    depth, found = 0, None
    for at, character in enumerate(sentence[:longest]):
        depth += (character in "（《“") - (character in "）》”")
        if character in marks and depth <= 0 and at >= SHORTEST:
            found = at + 1
    return found


def paragraph(parts: Iterable[str]) -> str:
    """Sentences as one text; each ends with its mark."""
    return "".join(part if part.endswith(("？", "！")) else f"{part}。" for part in parts)


def short(full: str, longest: int) -> str:
    """A name of at most that many characters: without what stands in brackets, else cut."""
    if len(full) <= longest:
        return full
    without = re.sub(r"（[^（）]*）", "", full)
    return without[:longest] if without else full[:longest]


def names(text: str) -> list[str]:
    """Names with marks between: 居民户口簿；结婚证."""
    parts = (name(part).strip("，。 ") for part in re.split(r"[；;、\n]", text))
    return [part for part in dict.fromkeys(parts) if CHINESE.search(part)]
