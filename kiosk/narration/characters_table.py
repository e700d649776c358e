"""Makes `config/narration/characters.tsv`: for each common character the words that tell it best.

`python -m kiosk.narration.characters_table` on a machine with Debian's rime-essay (words and how
often they are used, traditional characters), opencc's library (to simplified ones) and pypinyin.
Characters are those of GB 2312, surnames come from `config/narration/surnames.tsv`. One that is
read in several ways has a word for each reading that is much used: from rime-essay, from the
surnames read otherwise (`config/speech/surnames.toml`), and before these from
`config/narration/heteronyms.tsv`.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

from pypinyin import Style, lazy_pinyin

ESSAY = Path("/usr/share/rime-data/essay.txt")
FOLDER = Path("config/narration")
READ_SURNAMES = Path("config/speech/surnames.toml")
OPENCC = "libopencc.so.1.1"
LONGEST = 4  # characters of a word
SHARED = 0.3  # of a word's use by words that sound the same, from which on it tells too little
USED = 500  # of a word from which on its reading of a character is offered
LESS = 0.2  # what such a word still counts, and one that doubles the character
LAST_OF_LEVEL_1 = 0xD7F9  # GB 2312 leaves the rest of this row empty
HEAD = """\
# Which word tells a character from its homophones; a tab between them. A character that is read in
# several ways has a line for each, the most common first, and behind the word how it is read there.
# Made by `python -m kiosk.narration.characters_table`, not by hand.
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


Words = dict[str, dict[str, str]]
"""Of each character, for each reading (pinyin, the tone behind it) the word that tells it."""


class Telling:
    """Which words tell their characters. `counts`: how often each word is used."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = counts
        pairs = (word for word, count in counts.items() if len(word) == 2 and count)  # noqa: PLR2004
        self._sounds = {word: _sounds(word) for word in pairs}
        self._alike: dict[tuple[str, ...], int] = defaultdict(int)
        for word, sounds in self._sounds.items():
            self._alike[sounds] += counts[word]
        self._words: dict[str, list[str]] = defaultdict(list)
        for word in counts:
            for character in set(word):
                self._words[character].append(word)

    def best(self, character: str) -> dict[str, str]:
        """The word that tells it best, then one for each other reading that is much used."""
        words = self._words[character]
        if not words:
            return {}
        first = max(words, key=lambda word: self._how_well(word, character))
        found = {sound_in(first, character): first}
        often = [w for w in words if w in self._sounds and self._counts[w] >= USED]
        often.sort(key=lambda word: self._how_well(word, character), reverse=True)
        for word in often:
            sound = sound_in(word, character)
            if _spelling(sound) not in map(_spelling, found):
                found[sound] = word
        return found

    def _how_well(self, word: str, character: str) -> tuple[bool, bool, float]:
        count, sounds = float(self._counts[word]), self._sounds.get(word)
        others = self._alike[sounds] - count if sounds else 0
        usual = sounds is not None and sound_in(word, character) == _sounds(character)[0]
        worse = others > SHARED * count or word.count(character) > 1
        return sounds is not None, usual, count * (LESS if worse else 1)


def sound_in(word: str, character: str) -> str:
    """How a character of a word is read there."""
    return _sounds(word)[word.index(character)]


@cache
def _sounds(word: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True))


def _spelling(sound: str) -> str:
    return sound[:-1]


def rows(file: Path) -> list[list[str]]:
    """The cells of each line that is no comment."""
    lines = file.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def by_hand(words: Words) -> None:
    """Put in what people say: of surnames, and of readings that the words do not tell well."""
    for character, word in rows(FOLDER / "surnames.tsv"):
        _first(words[character], word, sound_in(word, character))
    surnames = tomllib.loads(READ_SURNAMES.read_text("utf-8"))["surnames"]
    for name, sound in surnames.items():
        usual = next(iter(words[name]), sound)
        if len(name) == 1 and _spelling(usual) != _spelling(sound):
            _put(words[name], f"姓{name}", sound)
    for character, word, sound in rows(FOLDER / "heteronyms.tsv"):
        _put(words[character], word, sound)


def _first(known: dict[str, str], word: str, sound: str) -> None:
    """The word before all others, and in place of the one whose reading is spelled alike."""
    others = [(one, told) for one, told in known.items() if _spelling(one) != _spelling(sound)]
    known.clear()
    known.update([(sound, word), *others])


def _put(known: dict[str, str], word: str, sound: str) -> None:
    """The word in place of the one whose reading is spelled alike, else as the last."""
    alike = next((one for one in known if _spelling(one) == _spelling(sound)), sound)
    entries = {**known, alike: word}
    known.clear()
    known.update((sound if one == alike else one, told) for one, told in entries.items())


def main() -> int:
    """Write the table."""
    telling = Telling(used(simplified(ESSAY.read_text("utf-8")).splitlines()))
    words: Words = defaultdict(dict, {one: telling.best(one) for one in common()})
    by_hand(words)
    table = "".join(
        "\t".join((character, word, sound)[: 3 if len(known) > 1 else 2]) + "\n"
        for character, known in sorted(words.items())
        for sound, word in known.items()
    )
    (FOLDER / "characters.tsv").write_text(HEAD + table, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
