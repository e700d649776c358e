"""Another language is a folder of phrases, and nothing else."""

from __future__ import annotations

import copy
import pickle
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.access.languages import About, Languages, LanguagesError
from kiosk.access.phrases import Phrases, PhrasesError
from kiosk.access.profile import Language
from kiosk.catalogue.model import Text
from kiosk.journey.signals import IdleWarned
from tests.harness.people import citizen
from tests.harness.walk import Walker, world
from tests.kiosk.journey.test_newborn import SHORT

SHIPPED = Path("config/phrases")
PSEUDO = Language("qps")  # of the tags kept free for private use
OPEN, CLOSE = "⟦", "⟧"  # around each phrase of it: what stands without is not of it
PHRASE = re.compile(r'(?m)(?<== )"(.*)"$')


def with_pseudo(folder: Path, about: str = 'order = 3\nfallback = "en"\n') -> Path:
    """The shipped phrases, and beside them English marked as another language."""
    phrases = shutil.copytree(SHIPPED, folder / "phrases")
    third = shutil.copytree(phrases / "en", phrases / PSEUDO)
    for file in third.rglob("*.toml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(PHRASE.sub(rf'"{OPEN}\1{CLOSE}"', text), encoding="utf-8")
    (third / "language.toml").write_text(about, encoding="utf-8")
    return phrases


@pytest.fixture(scope="module")
def walker(tmp_path_factory: pytest.TempPathFactory) -> Walker:
    phrases = Phrases.load(with_pseudo(tmp_path_factory.mktemp("three")))
    return Walker(replace(world(), phrases=phrases))


def test_chinese_and_english_ship_in_that_order_and_each_has_a_voice() -> None:
    languages = Phrases.load(SHIPPED).languages
    assert list(languages) == [Language.ZH, Language.EN]
    assert [languages.voice(language) for language in languages] == ["cmn-latn-pinyin", "en"]


def test_the_language_button_leads_through_all_languages_and_back(walker: Walker) -> None:
    walker.send(IdleWarned())
    offered = []
    for _ in range(3):
        offered.append(walker.page.action("language").text)
        walker.press("language")
    assert offered == ["English", f"{OPEN}English{CLOSE}", "中文"]
    assert walker.session.profile.language is Language.ZH


def test_a_life_event_is_walked_from_end_to_end_in_another_language(walker: Walker) -> None:
    walker.send(IdleWarned())
    walker.press("language")
    walker.press("language")
    assert walker.session.profile.language is PSEUDO
    before = len(walker.pages)
    someone = citizen("chen")
    walker.begin(someone.person, someone.licences)
    walker.to("done", SHORT)
    for page in walker.pages[before:]:
        words = [action.text for action in page.actions if action.id != "language"]
        assert [word for word in words if not word.startswith(OPEN)] == [], page.id
    assert walker.page.title.startswith(OPEN)


def test_what_the_catalogue_lacks_in_a_language_is_said_in_its_fallback(walker: Walker) -> None:
    languages = walker.world.phrases.languages
    assert languages.nearest(PSEUDO, Text.LANGUAGES) is Language.EN
    assert languages.nearest(Language.ZH, Text.LANGUAGES) is Language.ZH
    with pytest.raises(KeyError, match="qps"):
        Text(zh="中文", en="English").in_(PSEUDO)


def test_a_fallback_may_have_a_fallback() -> None:
    one, two = Language("ug"), Language("kk")
    about = {Language.ZH: About(), one: About(fallback="kk"), two: About()}
    assert Languages(about).nearest(one, [Language.ZH]) is Language.ZH


@pytest.mark.parametrize(
    ("about", "complaint"),
    [
        ('fallback = "fr"', "fallback 'fr' is no folder here"),
        ('fallback = "qps"', "fallback 'qps' leads back to itself"),
        ('order = "first"', "order: "),
        ('voices = "qps"', "voices: "),
        ("order = ", "not TOML"),
    ],
)
def test_a_wrong_language_file_is_refused_with_its_reason(
    tmp_path: Path, about: str, complaint: str
) -> None:
    with pytest.raises(PhrasesError) as refused:
        Phrases.load(with_pseudo(tmp_path, about))
    assert complaint in str(refused.value)
    assert "qps/language.toml" in str(refused.value).replace("\\", "/")


def test_a_folder_that_names_no_language_is_refused(tmp_path: Path) -> None:
    phrases = with_pseudo(tmp_path)
    (phrases / PSEUDO).rename(phrases / "Pseudo")
    with pytest.raises(PhrasesError, match="'Pseudo' is no tag of a language"):
        Phrases.load(phrases)


@pytest.mark.parametrize(
    ("find", "put", "complaint"),
    [
        (r"(?m)^back = .*\n", "", "qps: no phrase for frame.back"),
        (r"(?m)^back = ", "forth = 'x'\nback = ", "zh: no phrase for frame.forth .qps has."),
        (r"\{count\}", "{number}", "qps: .* has other {places} than in zh"),
    ],
)
def test_a_language_that_is_not_whole_is_refused(
    tmp_path: Path, find: str, put: str, complaint: str
) -> None:
    phrases = with_pseudo(tmp_path)
    file = phrases / PSEUDO / "journey.toml"
    text = file.read_text(encoding="utf-8")
    changed = re.sub(find, put, text, count=1)
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(PhrasesError, match=complaint):
        Phrases.load(phrases)


def test_without_chinese_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    phrases = shutil.copytree(SHIPPED, tmp_path / "phrases")
    shutil.rmtree(phrases / "zh")
    with pytest.raises(PhrasesError, match="no folder zh"):
        Phrases.load(phrases)


def test_languages_without_a_file_come_after_those_with_an_order(tmp_path: Path) -> None:
    for tag in ("ug", "bo", "zh", "en"):
        (tmp_path / tag).mkdir()
    (tmp_path / "zh" / "language.toml").write_text("order = 1", encoding="utf-8")
    assert list(Languages.read(tmp_path)) == ["zh", "bo", "en", "ug"]


def test_an_unknown_fallback_is_named_where_languages_are_put_together() -> None:
    with pytest.raises(LanguagesError, match="'xx'"):
        Languages({Language.ZH: About(), Language.EN: About(fallback="xx")})


@given(tag=st.from_regex(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", fullmatch=True))
def test_one_tag_is_one_language(tag: str) -> None:
    language = Language(tag)
    assert language is Language(tag)
    assert copy.deepcopy(language) is pickle.loads(pickle.dumps(language)) is language  # noqa: S301
    assert (language, language.value, str(language)) == (tag, tag, tag)


@given(text=st.text(max_size=12))
def test_what_is_no_tag_is_no_language(text: str) -> None:
    if re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", text):
        return
    with pytest.raises(ValueError, match="is not a valid Language"):
        Language(text)
    assert list(Language) == [Language.ZH, Language.EN]
