"""`yici devices`: what the settings name and how it is, tests of it, and what else is attached.

Also whether the machine can speak and take Chinese.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import structlog
import typer

from drivers.discovery import discover
from drivers.driver import Equipment
from drivers.registry import DevicesError, configured
from kiosk import beijing
from kiosk.access.engines import chinese_input_problem, speech_problem
from kiosk.access.languages import Languages, LanguagesError
from kiosk.access.phrases import Phrases, PhrasesError
from kiosk.access.profile import Language
from kiosk.access.rime import RimeInput
from kiosk.station.settings import SettingsError, TerminalSettings, load_settings
from yici.device_checks import Checked, Checks, PrinterPages
from yici.device_report import Say
from yici.device_report import as_json as report_as_json
from yici.device_report import as_text as report_as_text

ROOT = Path(__file__).resolve().parent.parent

WELL, NOT_ALL_WELL, CANNOT_START = 0, 1, 2  # exit codes


def check_devices(config: Path, language: str, *, test: bool, as_json: bool) -> int:
    """Write the report to standard output; gives the exit code."""
    # The report says what drivers log, and JSON must stand alone.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    try:
        settings = load_settings(config)
        phrases = Phrases.load(ROOT / "config/devices/phrases")

        def say(key: str, **places: object) -> str:
            return phrases.text(Language(language), key, **places)

        checked = _checked(settings, say, test=test)
        engines = _engines(settings)
    except (SettingsError, DevicesError, PhrasesError, LanguagesError) as error:
        typer.echo(str(error), err=True)
        return CANNOT_START
    found = discover()
    if as_json:
        typer.echo(
            json.dumps(report_as_json(checked, engines, found), ensure_ascii=False, indent=2)
        )
    else:
        typer.echo(report_as_text(checked, engines, found, say, config))
    well = all(device.well for device in checked) and not any(engines.values())
    return WELL if well else NOT_ALL_WELL


def _checked(settings: TerminalSettings, say: Say, *, test: bool) -> list[Checked]:
    font = settings.fonts.regular
    pages = PrinterPages(say, font, beijing.now()) if test else None
    with Checks(configured(settings.devices.tables()), Equipment(font)) as checks:
        return list(checks.all(pages))


def _engines(settings: TerminalSettings) -> dict[str, str]:
    """What is wrong with each engine that the terminal needs; empty for one that is well."""
    typing = settings.chinese_input
    found = {"chinese_input": chinese_input_problem(RimeInput(typing.shared, typing.deployed))}
    if settings.devices.audio is not None:
        languages = Languages.read(settings.phrases)
        voices = {language: languages.voice(language) for language in languages}
        found["speech"] = speech_problem(settings.speech, voices)
    return found
