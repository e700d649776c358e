"""Pinyin by librime (schema 朙月拼音·简化字), loaded when the first letter is typed.

Nothing that is typed is kept: the engine is refused unless its user dictionary is off in what was
deployed (kiosk/access/rime_deployment.py), because librime ignores a patch that was not.
"""

from __future__ import annotations

import ctypes
import string
from pathlib import Path

from kiosk.access import librime
from kiosk.access.chinese_input import ChineseInputUnavailable, Composition

SHARED_FOLDER = Path("/usr/share/rime-data")  # where Debian's packages put it
SCHEMA = "luna_pinyin_simp"
MAX_LETTERS = 60  # ten long syllables; more makes the search for a sentence slow

_LETTERS = frozenset(string.ascii_lowercase + "'")
# X11 keysyms
_BACKSPACE, _PAGE_UP, _PAGE_DOWN = 0xFF08, 0xFF55, 0xFF56


class RimeInput:
    """A ChineseInput. All of one process share one pair of folders, for librime has one."""

    def __init__(self, shared_folder: Path, user_folder: Path) -> None:
        """Remember the folders; nothing is loaded yet."""
        self._folders = (shared_folder, user_folder.resolve())
        self._session: _Session | None = None

    def type(self, letter: str) -> Composition:
        """Add a letter; past MAX_LETTERS it changes nothing."""
        session = self._opened()
        if letter in _LETTERS and session.letters() < MAX_LETTERS:
            session.press(ord(letter))
        return session.composition()

    def backspace(self) -> Composition:
        """Take back the last letter or choice."""
        return self._opened().press(_BACKSPACE).composition()

    def choose(self, index: int) -> Composition:
        """Take a candidate of the page shown."""
        return self._opened().choose(index).composition()

    def turn(self, *, forward: bool) -> Composition:
        """Show another page of candidates."""
        return self._opened().press(_PAGE_DOWN if forward else _PAGE_UP).composition()

    def clear(self) -> Composition:
        """Forget all: librime's session goes too, for it remembers what was committed in it."""
        if self._session is not None:
            self._session.close()
            self._session = None
        return Composition()

    def _opened(self) -> _Session:
        if self._session is None:
            self._session = _Session(librime.start(*self._folders))
        return self._session


class _Session:
    """One composition in librime."""

    def __init__(self, api: librime.Api) -> None:
        _require_forgetful(api)
        self._api = api
        self._id = api.create_session()
        if not api.select_schema(self._id, SCHEMA.encode()):
            raise ChineseInputUnavailable(f"librime has no schema {SCHEMA}; run `make setup`")

    def press(self, keysym: int) -> _Session:
        self._api.process_key(self._id, keysym, 0)
        return self

    def choose(self, index: int) -> _Session:
        if index >= 0:
            self._api.select_candidate_on_current_page(self._id, index)
        return self

    def close(self) -> None:
        self._api.destroy_session(self._id)

    def letters(self) -> int:
        return len(self._api.get_input(self._id) or b"")

    def composition(self) -> Composition:
        committed = self._committed()
        context = librime.Context(data_size=librime.following_bytes(librime.Context))
        if not self._api.get_context(self._id, ctypes.byref(context)):
            return Composition(committed=committed)
        try:
            menu = context.menu
            shown = menu.num_candidates
            return Composition(
                preedit=_text(context.composition.preedit),
                candidates=tuple(_text(menu.candidates[n].text) for n in range(shown)),
                has_more=bool(shown) and not menu.is_last_page,
                has_earlier=bool(shown) and menu.page_no > 0,
                committed=committed,
            )
        finally:
            self._api.free_context(ctypes.byref(context))

    def _committed(self) -> str:
        commit = librime.Commit(data_size=librime.following_bytes(librime.Commit))
        if not self._api.get_commit(self._id, ctypes.byref(commit)):
            return ""
        try:
            return _text(commit.text)
        finally:
            self._api.free_commit(ctypes.byref(commit))


def _require_forgetful(api: librime.Api) -> None:
    """Refuse a schema that would write down what citizens type."""
    schema = librime.Config()
    remembers = ctypes.c_int(1)
    if api.schema_open(SCHEMA.encode(), ctypes.byref(schema)):
        api.config_get_bool(
            ctypes.byref(schema), b"translator/enable_user_dict", ctypes.byref(remembers)
        )
        api.config_close(ctypes.byref(schema))
    if remembers.value:
        raise ChineseInputUnavailable(
            f"librime's schema {SCHEMA} is not deployed with the user dictionary off;"
            " run `make setup`"
        )


def _text(raw: bytes | None) -> str:
    return (raw or b"").decode("utf-8", errors="replace")
