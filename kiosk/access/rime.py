"""Pinyin and strokes by librime, loaded when the first letter is typed.

Nothing that is typed is kept: the engine is refused unless its user dictionary is off in what was
deployed (kiosk/access/rime_deployment.py), because librime ignores a patch that was not.
"""

from __future__ import annotations

import ctypes
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import structlog

from kiosk.access import librime
from kiosk.access.candidates import Offer, Rank, Surnames, usage
from kiosk.access.chinese_input import STROKES, ChineseInputUnavailable, Composition, Method

SHARED_FOLDER = Path("/usr/share/rime-data")  # where Debian's packages put it
SCHEMAS: Mapping[Method, str] = {Method.PINYIN: "luna_pinyin_simp", Method.STROKE: "stroke"}
SURNAMES, RARE_CHARACTERS = "surnames.tsv", "rare_characters.txt"  # beside the patches
MAX_LETTERS = 60  # ten long syllables; more makes the search for a sentence slow
LONGEST = 20  # characters of a candidate: what one line holds in the largest text

_LETTERS: Mapping[Method, frozenset[str]] = {
    Method.PINYIN: frozenset(string.ascii_lowercase + "'"),
    Method.STROKE: frozenset(STROKES),
}
_BACKSPACE = 0xFF08  # X11 keysym
_BMP_END = "\uffff"

log = structlog.get_logger(__name__)


class RimeInput:
    """A ChineseInput. All of one process share one pair of folders, for librime has one."""

    def __init__(self, shared_folder: Path, user_folder: Path) -> None:
        """Remember the folders; nothing is loaded yet."""
        self._folders = (shared_folder, user_folder.resolve())
        self._method = Method.PINYIN
        self._surname = False
        self._session: _Session | None = None
        self._page = 0
        self._offer: Offer | None = None
        self._told: set[str] = set()

    @property
    def method(self) -> Method:
        """Pinyin, or what was begun last."""
        return self._method

    def begin(self, method: Method, *, surname: bool = False) -> Composition:
        """Compose by this method; a session of the same one that is empty is gone on with."""
        session = self._session
        if session is not None and (method is not self._method or session.letters()):
            self.clear()
        self._method, self._surname = method, surname
        return Composition()

    def type(self, letter: str) -> Composition:
        """Add a letter; past MAX_LETTERS it changes nothing."""
        session = self._opened()
        if letter not in _LETTERS[self._method] or len(session.letters()) >= MAX_LETTERS:
            return self._composition("")
        return self._after(session.press(ord(letter)))

    def backspace(self) -> Composition:
        """Take back the last letter or choice."""
        return self._after(self._opened().press(_BACKSPACE))

    def choose(self, index: int) -> Composition:
        """Take a candidate of the page shown."""
        session = self._opened()
        number = self._offered().number(self._page, index)
        if number is None:
            return self._composition("")
        committed = session.choose(number)
        self._surname = False  # what follows is the given name
        return self._after(committed)

    def turn(self, *, forward: bool) -> Composition:
        """Show another page of candidates."""
        _, more = self._offered().page(self._page)
        if forward and more:
            self._page += 1
        elif not forward and self._page:
            self._page -= 1
        return self._composition("")

    def clear(self) -> Composition:
        """Forget all: librime's session goes too, for it remembers what was committed in it."""
        self._offer = None
        self._page = 0
        if self._session is not None:
            self._session.close()
            self._session = None
        return Composition()

    def forget(self) -> None:
        """Forget all, and go back to pinyin."""
        self.clear()
        self._method, self._surname = Method.PINYIN, False

    def surnames(self) -> tuple[str, ...]:
        """The most common ones, from the file deployed."""
        return self._known.common

    def _opened(self) -> _Session:
        if self._session is None:
            with self._telling():
                self._session = _Session(librime.start(*self._folders), SCHEMAS[self._method])
        return self._session

    def _after(self, committed: str) -> Composition:
        """What the composition became; its candidates are read anew."""
        self._offer = None
        self._page = 0
        return self._composition(committed)

    def _composition(self, committed: str) -> Composition:
        preedit = self._opened().preedit()
        candidates, more = self._offered().page(self._page) if preedit else ((), False)
        return Composition(preedit, candidates, more, self._page > 0, committed)

    def _offered(self) -> Offer:
        if self._offer is None:
            session = self._opened()
            self._offer = Offer(session.candidates, self._rank(session.letters()))
        return self._offer

    def _rank(self, letters: str) -> Rank:
        """Surnames where a name begins, then as librime has it; strokes: usual characters first."""
        surnames = self._known if self._surname else None
        by_stroke = self._method is Method.STROKE
        spelled = None if by_stroke else letters.replace("'", "")
        drawable = self._rare

        def rank(text: str) -> tuple[int, ...] | None:
            if len(text) > LONGEST:
                return None
            if any(character > _BMP_END and character not in drawable for character in text):
                return None
            leading = surnames.rank(text, spelled) if surnames else None
            return (0, *leading) if leading else (1, usage(text) if by_stroke else 0)

        return rank

    @cached_property
    def _known(self) -> Surnames:
        lines = self._lines(SURNAMES)
        with self._telling():
            try:
                return Surnames.of(lines)
            except ValueError as error:
                raise ChineseInputUnavailable(
                    f"{self._folders[1] / SURNAMES}: a line is no surname, tab, reading"
                ) from error

    @cached_property
    def _rare(self) -> frozenset[str]:
        """Characters beyond the Basic Multilingual Plane that can be drawn."""
        lines = self._lines(RARE_CHARACTERS)
        return frozenset("".join(line for line in lines if not line.startswith("#")))

    def _lines(self, name: str) -> list[str]:
        file = self._folders[1] / name
        with self._telling():
            try:
                return file.read_text(encoding="utf-8").splitlines()
            except (OSError, UnicodeDecodeError) as error:
                why = "is missing" if isinstance(error, OSError) else "is broken"
                raise ChineseInputUnavailable(f"{file} {why}; run `make setup`") from error

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Log why it cannot be used, each reason once: a keyboard asks at every letter."""
        try:
            yield
        except ChineseInputUnavailable as error:
            if (reason := str(error)) not in self._told:
                self._told.add(reason)
                log.error("chinese_input.unavailable", reason=reason)  # noqa: TRY400 - says it all
            raise


class _Session:
    """One composition in librime."""

    def __init__(self, api: librime.Api, schema: str) -> None:
        _require_forgetful(api, schema)
        self._api = api
        self._id = api.create_session()
        if not api.select_schema(self._id, schema.encode()):
            self.close()
            raise ChineseInputUnavailable(f"librime has no schema {schema}; run `make setup`")

    def press(self, keysym: int) -> str:
        """Press a key; what that committed."""
        self._api.process_key(self._id, keysym, 0)
        return self._committed()

    def choose(self, number: int) -> str:
        """Take a candidate by its number in the whole list; what that committed."""
        self._api.select_candidate(self._id, number)
        return self._committed()

    def close(self) -> None:
        self._api.destroy_session(self._id)

    def letters(self) -> str:
        return _text(self._api.get_input(self._id))

    def preedit(self) -> str:
        context = librime.Context(data_size=librime.following_bytes(librime.Context))
        if not self._api.get_context(self._id, ctypes.byref(context)):
            return ""
        try:
            return _text(context.composition.preedit)
        finally:
            self._api.free_context(ctypes.byref(context))

    def candidates(self, start: int, count: int) -> list[str]:
        listing = librime.CandidateList()
        if not self._api.candidate_list_from_index(self._id, ctypes.byref(listing), start):
            return []
        found: list[str] = []
        try:
            while len(found) < count and self._api.candidate_list_next(ctypes.byref(listing)):
                found.append(_text(listing.candidate.text))
        finally:
            self._api.candidate_list_end(ctypes.byref(listing))
        return found

    def _committed(self) -> str:
        commit = librime.Commit(data_size=librime.following_bytes(librime.Commit))
        if not self._api.get_commit(self._id, ctypes.byref(commit)):
            return ""
        try:
            return _text(commit.text)
        finally:
            self._api.free_commit(ctypes.byref(commit))


def _require_forgetful(api: librime.Api, name: str) -> None:
    """Refuse a schema that would write down what citizens type."""
    schema = librime.Config()
    remembers = ctypes.c_int(1)
    if api.schema_open(name.encode(), ctypes.byref(schema)):
        api.config_get_bool(
            ctypes.byref(schema), b"translator/enable_user_dict", ctypes.byref(remembers)
        )
        api.config_close(ctypes.byref(schema))
    if remembers.value:
        raise ChineseInputUnavailable(
            f"librime's schema {name} is not deployed with the user dictionary off;"
            " run `make setup`"
        )


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", errors="replace")
