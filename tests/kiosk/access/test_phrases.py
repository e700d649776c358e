"""Phrases: whole and alike in all languages, and in plainer words for care mode."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.access.phrases import CARE, Phrases, PhrasesError, phrases_in
from kiosk.access.profile import Language, Profile
from kiosk.journey.places.ease import cared_for
from kiosk.journey.session import Place, Session
from kiosk.journey.step import show
from kiosk.journey.world import Moment
from tests.harness.walk import NOW, world

SHIPPED = Path("config/phrases")
NUMBER = re.compile(r"\{\{?(count|days|months|longest|asked|prefilled|seconds)\}?\}")
WORD_OF_NUMBER = re.compile(r"\{\w+:([^|{}]*)\|[^|{}]*\}")
PLURAL_OF_ONE = re.compile(r"\b1 (\w+ )?(?!is\b)\w+s\b")


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder of phrases: path and content of each file."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


TWO = {
    "zh/a.toml": '[page]\ntitle = "您有 {count} 份"\nend = "结束"\n',
    "en/a.toml": '[page]\ntitle = "You have {count}"\nend = "End"\n',
}


def test_a_phrase_has_its_places_filled(tmp_path: Path) -> None:
    phrases = Phrases.load(written(tmp_path, TWO))
    assert phrases.text(Language.ZH, "page.title", count=3) == "您有 3 份"
    assert phrases.text(Language.EN, "page.title", count=3) == "You have 3"
    assert phrases.keys() == {"page.title", "page.end"}
    with pytest.raises(KeyError, match="count"):
        phrases.text(Language.ZH, "page.title")


def test_a_word_goes_with_its_number(tmp_path: Path) -> None:
    plural = {"en/a.toml": '[page]\ntitle = "{count} {count:day|days} left"\nend = "End"\n'}
    phrases = Phrases.load(written(tmp_path, TWO | plural))
    said = [phrases.text(Language.EN, "page.title", count=count) for count in (0, 1, 2)]
    assert said == ["0 days left", "1 day left", "2 days left"]


def test_one_of_a_thing_is_never_said_in_the_plural() -> None:
    for folder in (SHIPPED / "en", SHIPPED / "en" / CARE):
        for _, key, phrase in phrases_in(folder):
            said = WORD_OF_NUMBER.sub(r"\1", NUMBER.sub("1", phrase))
            assert not PLURAL_OF_ONE.search(said), f"{key}: {said}"


def test_care_mode_has_plainer_words_where_there_are_any(tmp_path: Path) -> None:
    care = {"zh/care/a.toml": '[page]\nend = "不办了"\n'}
    phrases = Phrases.load(written(tmp_path, TWO | care))
    assert phrases.plain(Language.ZH, "page.end") == "不办了"
    assert phrases.text(Language.ZH, "page.end") == "结束"
    assert phrases.plain(Language.ZH, "page.title", count=2) == "您有 2 份"
    assert phrases.plain(Language.EN, "page.end") == "End"


@pytest.mark.parametrize(
    ("care", "complaint"),
    [
        ('[page]\nstart = "x"\n', "zh/care: page.start is no phrase of zh"),
        ('[page]\ntitle = "x"\n', "zh/care: page.title has other {places} than usually"),
        ("[page]\nend = 1\n", "page.end is not text"),
        ("[page", "not TOML"),
    ],
)
def test_plainer_words_that_fit_nothing_are_refused(
    tmp_path: Path, care: str, complaint: str
) -> None:
    folder = written(tmp_path, {**TWO, "zh/care/a.toml": care})
    with pytest.raises(PhrasesError) as refused:
        Phrases.load(folder)
    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    ("file", "complaint"),
    [
        ({"en/b.toml": 'page.end = "x"'}, "en/b.toml: page.end is given in another file too"),
        ({"en/a.toml": "page.end = 3"}, "page.end is not text"),
        ({"en/a.toml": ""}, "en: no phrase files"),
        ({"en/a.toml": '[page]\ntitle = "{count"\nend = "x"'}, "en: page.title: "),
        (
            {"en/a.toml": '[page]\ntitle = "{count:day}"\nend = "x"'},
            "en: page.title: write two words",
        ),
    ],
)
def test_a_broken_file_is_refused_with_its_key(
    tmp_path: Path, file: dict[str, str], complaint: str
) -> None:
    folder = written(tmp_path, TWO | file)
    with pytest.raises(PhrasesError) as refused:
        Phrases.load(folder)
    assert complaint in str(refused.value)


def test_both_languages_have_plainer_words_for_the_same_phrases() -> None:
    zh, en = ({key for _, key, _ in phrases_in(SHIPPED / tag / CARE)} for tag in ("zh", "en"))
    assert zh == en
    assert len(zh) >= 30


def test_plainer_words_are_other_words() -> None:
    phrases = Phrases.load(SHIPPED)
    for language in phrases.languages:
        usual = {key: phrase for _, key, phrase in phrases_in(SHIPPED / language)}
        for _, key, phrase in phrases_in(SHIPPED / language / CARE):
            assert phrase != usual[key], f"{language}: {key}"


@pytest.mark.parametrize("language", Language)
def test_a_page_in_care_mode_speaks_plainly(language: Language) -> None:
    here = world()
    moment = Moment(NOW, "m-1")
    usual = Session(id="s-1", place=Place("leave"), profile=Profile(language=language))
    careful = Session(id="s-1", place=Place("leave"), profile=cared_for(usual.profile))
    titles = [show(here, session, moment).page.title for session in (usual, careful)]
    expected = [say(language, "leave.title") for say in (here.phrases.text, here.phrases.plain)]
    assert titles == expected
    assert titles[0] != titles[1]
