"""The profiles in which pages are looked at: few of them cover all pairs, all of them all."""

from __future__ import annotations

from itertools import combinations, product

from kiosk.access.profile import Contrast, Hand, Language, Profile, TextSize
from yici.audit.ways import chosen, covering, every, laid_out, rotated

SETTINGS = {
    "text": list(TextSize),
    "contrast": list(Contrast),
    "language": list(Language),
    "seated": [False, True],
    "care": [False, True],
    "hand": list(Hand),
}


def test_any_two_settings_of_two_kinds_meet_in_the_covering_profiles() -> None:
    for (one, values), (other, others) in combinations(SETTINGS.items(), 2):
        met = {(getattr(way, one), getattr(way, other)) for way in covering()}
        assert met == set(product(values, others)), (one, other)


def test_speech_meets_every_size_and_language() -> None:
    met = {(way.speech.on, way.text, way.language) for way in covering()}
    assert len({(on, text) for on, text, _ in met}) == 8
    assert len({(on, language) for on, _, language in met}) == 4


def test_in_sixteen_days_every_page_is_seen_in_every_covering_profile() -> None:
    pages = range(40)
    seen = {pair for rotation in range(16) for pair in rotated(pages, rotation)}
    assert seen == set(product(pages, covering()))


def test_the_whole_matrix_has_every_size_contrast_language_and_reach() -> None:
    met = {(way.text, way.contrast, way.language, way.seated) for way in every()}
    assert len(met) == 4 * 4 * 2 * 2
    assert {way.care for way in every()} == {False, True}
    assert {way.hand for way in every()} == set(Hand)


def test_profiles_that_differ_in_colours_alone_are_laid_out_once() -> None:
    plain = [Profile(contrast=contrast) for contrast in Contrast]
    assert len(laid_out(plain)) == 1
    assert len(laid_out(every())) == len(every()) / len(Contrast)


def test_a_setting_that_is_asked_for_is_the_only_one() -> None:
    some = chosen(TextSize.LARGEST, None, Language.EN)
    assert {way.text for way in some} == {TextSize.LARGEST}
    assert {way.language for way in some} == {Language.EN}
    assert {way.contrast for way in some} == set(Contrast)
