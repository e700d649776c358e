"""Writes `config/search/characters.yaml`: `python -m kiosk.catalogue.search.make_characters FILE`.

The terminal reads the table instead of importing pypinyin, which would keep 57 MB in the process
(12 MB without its phrases) and take 140 ms; the table costs a tenth of that. Readings are
pypinyin's: the commonest one of each character, and those others that its phrases or names use
(重 has zhong and chong, not tong). Traditional forms are OpenCC's (`libopencc` comes with librime).
Characters are those of GB 2312: names of matters need no others, and a character that is not in
the table is still found as itself.
"""

from __future__ import annotations

import argparse
import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

OPENCC = "libopencc.so.1.1"
TO_SIMPLIFIED = b"t2s.json"
SHARE = 0.01  # a reading that fewer of the phrases use is a name or a dialect
# Readings in names of people and places and in daily speech, which the phrases leave out.
IN_NAMES = {
    "单": "shan",
    "召": "shao",
    "六": "lu",
    "区": "ou",
    "大": "dai",
    "熟": "shou",
    "盖": "ge",
    "种": "chong",
    "缪": "miao",
    "翟": "zhai",
    "覃": "qin",
    "谌": "shen",
}
COLUMNS = 90
BLOCK = range(0x4E00, 0x9FA6)  # CJK unified ideographs, as OpenCC and GBK know them
FIRST_HAN = "\u4e00"


def gb2312() -> list[str]:
    """The Chinese characters of GB 2312, in the order of Unicode."""
    return [chr(code) for code in BLOCK if _in_gb2312(chr(code))]


def _in_gb2312(character: str) -> bool:
    return len(character.encode("gb2312", "ignore")) > 0


def readings(characters: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The readings of each character, without tones, ü as v, the commonest first."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  see above: only where the table is made
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415
    from pypinyin.phrases_dict import phrases_dict  # noqa: PLC0415

    used: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase, sounds in phrases_dict.items():
        for character, sound in zip(phrase, sounds, strict=False):
            used[character][to_normal(sound[0])] += 1
    found = {}
    for character in characters:
        every = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        first, *others = every[0]
        count = used[character]
        enough = SHARE * count.total()
        common = [
            sound for sound in others if count[sound] > enough or sound == IN_NAMES.get(character)
        ]
        found[character] = (first, *sorted(common, key=lambda sound: -count[sound]))
    return found


def simplified(characters: str) -> str:
    """Each character in its simplified form, by OpenCC."""
    library = ctypes.CDLL(OPENCC)
    library.opencc_open.restype = ctypes.c_void_p
    library.opencc_open.argtypes = [ctypes.c_char_p]
    library.opencc_close.argtypes = [ctypes.c_void_p]
    convert = library.opencc_convert_utf8_to_buffer
    convert.restype = ctypes.c_size_t
    convert.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p]
    handle = library.opencc_open(TO_SIMPLIFIED)
    if handle in (None, ctypes.c_void_p(-1).value):
        raise OSError(f"OpenCC cannot open {TO_SIMPLIFIED.decode()}; install libopencc-data")
    found = []
    try:
        for character in characters:  # one by one: in a row OpenCC would read them as phrases
            content, buffer = character.encode(), ctypes.create_string_buffer(64)
            convert(handle, content, len(content), buffer)
            found.append(buffer.value.decode())
    finally:
        library.opencc_close(handle)
    return "".join(found)


def table() -> str:
    """The whole file."""
    characters = gb2312()
    sounds: dict[str, list[str]] = defaultdict(list)
    for character, found in readings(characters).items():
        for sound in found:
            sounds[sound].append(character)
    wanted = frozenset(characters)
    others = [chr(code) for code in BLOCK if chr(code) not in wanted]
    pairs = [
        (old, new)
        for old, new in zip(others, simplified("".join(others)), strict=True)
        if new in wanted
    ]
    lines = [
        "# Made by kiosk/catalogue/search/make_characters.py from pypinyin and OpenCC.",
        "# syllables: the characters read so, without tones, ü as v. A character stands under",
        "# every reading that is in common use.",
        "syllables:",
        *(f'  "{sound}": {"".join(sounds[sound])}' for sound in sorted(sounds)),
        "# Traditional characters, and under each the simplified one that stands for it.",
        "traditional:",
        *_rows("".join(old for old, _ in pairs)),
        "simplified:",
        *_rows("".join(new for _, new in pairs)),
    ]
    return "\n".join(lines) + "\n"


def _rows(characters: str) -> list[str]:
    return [f"  - {characters[i : i + COLUMNS]}" for i in range(0, len(characters), COLUMNS)]


def main() -> None:
    """Write the file that is named."""
    parser = argparse.ArgumentParser(description="Makes the table of characters for searching.")
    parser.add_argument("file", type=Path)
    parser.parse_args().file.write_text(table(), "utf-8")


if __name__ == "__main__":
    main()
