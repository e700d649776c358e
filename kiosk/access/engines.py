"""Whether this machine can speak and take Chinese, asked before a citizen needs it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kiosk.access.chinese_input import ChineseInput, ChineseInputUnavailable, Method
from kiosk.access.profile import Language
from kiosk.access.speech.espeak import SpeechUnavailable
from kiosk.access.speech.synthesiser import Synthesiser
from kiosk.access.speech.tables import SpeechTablesError

FIRST_LETTERS: Mapping[Method, str] = {Method.PINYIN: "a", Method.STROKE: "h"}


def speech_problem(tables: Path, voices: Mapping[Language, str]) -> str:
    """Why nothing can be spoken, with the remedy; empty when all is well."""
    try:
        Synthesiser(tables, voices)
    except (SpeechUnavailable, SpeechTablesError) as error:
        return str(error)
    return ""


def chinese_input_problem(engine: ChineseInput) -> str:
    """Why Chinese cannot be typed, with the remedy; empty when all is well."""
    try:
        engine.surnames()
        for method, letter in FIRST_LETTERS.items():
            engine.begin(method)
            engine.type(letter)
        engine.forget()
    except ChineseInputUnavailable as error:
        return str(error)
    return ""
