"""Makes `config/narration/characters.tsv`: for each common character the word that tells it best.

`python -m kiosk.narration.characters_table` on a machine with Debian's rime-essay (words and how
often they are used, traditional characters), opencc's library (to simplified ones) and pypinyin.
Characters are those of GB 2312, surnames come from `config/narration/surnames.tsv`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

from pypinyin import Style, lazy_pinyin

ESSAY = Path("/usr/share/rime-data/essay.txt")
FOLDER = Path("config/narration")
OPENCC = "libopencc.so.1.1"
LONGEST = 4  # characters of a word
SHARED = 0.3  # of a word's use by words that sound the same, from which on it tells too little
LESS = 0.2  # what such a word still counts, and one that doubles the character
LAST_OF_LEVEL_1 = 0xD7F9  # GB 2312 leaves the rest of this row empty
HEAD = """\
# Which word tells a character from its homophones; a tab between them. Made by
# `python -m kiosk.narration.characters_table`, not by hand.
# Words are chosen by how often rime-essay has them (LGPL-3.0, https://github.com/rime/rime-essay),
# in simplified characters by OpenCC (Apache-2.0); surnames are after surnames.tsv.
"""


def simplified(text: str) -> str:
    """Traditional characters as simplified ones. OSError: OpenCC is not installed."""
    library = ctypes.CDLL(OPENCC)
    library.opencc_open.restype = library.opencc_convert_utf8.restype = ctypes.c_void_p
    library.opencc_open.argtypes = [ctypes.c_char_p]
    library.opencc_convert_utf8.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
    library.opencc_convert_utf8_free.argtypes = [ctypes.c_void_p]
    library.opencc_close.argtypes = [ctypes.c_void_p]
    converter = library.opencc_open(b"t2s.json")
    data = text.encode()
    converted = library.opencc_convert_utf8(converter, data, len(data))
    answer = ctypes.string_at(converted).decode()
    library.opencc_convert_utf8_free(converted)
    library.opencc_close(converter)
    return answer


def used(lines: Iterable[str]) -> dict[str, int]:
    """How often each word is used; words written alike once simplified are one."""
    counts: dict[str, int] = defaultdict(int)
    for line in lines:
        word, _, count = line.partition("\t")
        if 1 < len(word) <= LONGEST:
            counts[word] += int(count or 0)
    return counts


def common() -> Iterator[str]:
    """The characters of GB 2312, the more common ones first."""
    for row, cell in product(range(0xB0, 0xF8), range(0xA1, 0xFF)):
        if row != LAST_OF_LEVEL_1 >> 8 or cell <= LAST_OF_LEVEL_1 & 0xFF:
            yield bytes((row, cell)).decode("gb2312")


def best(counts: Mapping[str, int]) -> dict[str, str]:
    """For each common character the word that tells it; none where no word has it."""
    pairs = {word: count for word, count in counts.items() if len(word) == 2}  # noqa: PLR2004
    sounds = {word: _sound(word) for word, count in pairs.items() if count}
    alike: dict[tuple[str, ...], int] = defaultdict(int)
    for word, sound in sounds.items():
        alike[sound] += pairs[word]
    words: dict[str, list[str]] = defaultdict(list)
    for word in counts:
        for character in set(word):
            words[character].append(word)

    def telling(word: str, character: str) -> tuple[bool, bool, float]:
        count = float(counts[word])
        others = alike[sounds[word]] - count if word in sounds else 0
        usual = word in sounds and sounds[word][word.index(character)] == _sound(character)[0]
        worse = others > SHARED * count or word.count(character) > 1
        return len(word) == 2 and count > 0, usual, count * (LESS if worse else 1)  # noqa: PLR2004

    return {
        character: max(words[character], key=lambda word: telling(word, character))
        for character in common()
        if words[character]
    }


def _sound(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))


def rows(file: Path) -> dict[str, str]:
    """Character and description of each line that is no comment."""
    lines = file.read_text("utf-8").splitlines()
    return dict(line.split("\t")[:2] for line in lines if line and not line.startswith("#"))


def main() -> int:
    """Write the table."""
    words = best(used(simplified(ESSAY.read_text("utf-8")).splitlines()))
    words.update(rows(FOLDER / "surnames.tsv"))
    table = "".join(f"{character}\t{word}\n" for character, word in sorted(words.items()))
    (FOLDER / "characters.tsv").write_text(HEAD + table, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
