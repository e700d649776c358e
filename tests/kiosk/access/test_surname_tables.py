"""The three tables of surnames (docs/languages.md) say the same of each that they share."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

from kiosk.access.candidates import Surnames
from kiosk.access.speech.tables import load_tables
from tests.harness.walk import ROOT

# Everybody says this character, and hardly anybody is called so: read as a surname before a
# title it would be wrong far more often than right.
READ_AS_A_WORD = {"都"}


def typed() -> Surnames:
    return Surnames.of((ROOT / "config/rime/surnames.tsv").read_text("utf-8").splitlines())


def spoken() -> dict[str, tuple[str, ...]]:
    return dict(load_tables(ROOT / "config/speech").surnames.readings)


def usual(surname: str) -> str:
    """How the dictionary reads it."""
    return "".join(lazy_pinyin(surname, style=Style.NORMAL, v_to_u=False))


def test_a_surname_is_typed_as_it_is_spoken():
    readings = typed().readings
    for surname, reading in spoken().items():
        letters = "".join(syllable.rstrip("12345") for syllable in reading)
        assert letters in readings.get(surname, ()), surname


def test_a_surname_that_the_dictionary_reads_otherwise_has_a_reading_to_be_spoken_by():
    own = spoken().keys() | READ_AS_A_WORD
    for surname, readings in typed().readings.items():
        assert surname in own or usual(surname) in readings, surname


def test_every_surname_that_is_heard_as_one_can_be_typed_as_one():
    assert load_tables(ROOT / "config/speech").surnames.common - typed().readings.keys() == set()


def test_the_surnames_that_most_people_have_are_told_apart():
    table = (ROOT / "config/narration/surnames.tsv").read_text("utf-8").splitlines()
    told = {line.partition("\t")[0] for line in table if not line.startswith("#")}
    assert [surname for surname in typed().common if surname not in told] == []
