"""Every component looks as it did, in two looks; and what does not is found and shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language
from kiosk.catalogue.consistency import CatalogueError
from tests.harness.window import ROOT, Glass
from yici.gallery.compare import against, difference, small
from yici.gallery.components import BLOCKS, components, page
from yici.gallery.make import make
from yici.gallery.shots import COMPARED, LOOKS, Look, Photographer, Shot

STORED = Path(__file__).with_name("pictures")
FAILED = ROOT / "build" / "gallery-failed"
FOUND = components(ROOT / "config/gallery")
PHRASES = Phrases.load(ROOT / "config/phrases")


@pytest.fixture
def photographer(glass: Glass) -> Photographer:
    return Photographer(glass.window, glass.driver, PHRASES)


@pytest.mark.parametrize("look", COMPARED, ids=lambda look: look.name)
@pytest.mark.parametrize("slug", FOUND)
def test_a_component_looks_as_it_did(photographer: Photographer, slug: str, look: Look):
    wrong = [
        fault
        for state in FOUND[slug].states
        for shot in photographer.shots(FOUND[slug], state, look)
        if (fault := against(shot, STORED / f"{slug}-{shot.name}.png", FAILED))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_picture_is_kept_of_what_is_no_more():
    states = {f"{slug}-{state}" for slug, one in FOUND.items() for state in one.states}
    looks = "|".join(look.name for look in COMPARED)
    named = {re.sub(rf"-({looks})-\d+$", "", file.stem) for file in STORED.glob("*.png")}
    assert named == states


def test_every_block_has_its_place_in_the_gallery_and_in_its_document():
    used = {
        tree["block"] for one in FOUND.values() for s in one.states.values() for tree in s.blocks
    }
    document = (ROOT / "docs/gallery.md").read_text("utf-8")
    assert set(BLOCKS) - used == set()
    assert [name for name in BLOCKS if f"`{name}`" not in document] == []


@pytest.mark.parametrize("language", Language)
def test_every_state_is_a_page_in_every_language(language: Language):
    for component in FOUND.values():
        for state in component.states:
            assert page(component, state, language, PHRASES).title


def before() -> Image.Image:
    with Image.open(STORED / "16-summary-rest-default-1.png") as stored:
        return stored.convert("RGB")


def moved(picture: Image.Image, box: tuple[int, int, int, int], by: int) -> Image.Image:
    part = picture.crop(box)
    ImageDraw.Draw(picture).rectangle(box, fill=picture.getpixel((2, 500)))
    picture.paste(part, (box[0], box[1] + by))
    return picture


def test_a_line_that_moved_by_a_millimetre_is_found():
    assert difference(before(), moved(before(), (20, 140, 520, 180), 2))


def test_a_text_that_is_cut_off_is_found():
    cut = before()
    ImageDraw.Draw(cut).rectangle((440, 140, 540, 180), fill=cut.getpixel((2, 500)))
    found = difference(before(), cut)
    assert found
    assert found.picture.size == cut.size


def test_another_colour_of_a_button_is_found():
    other = before()
    ImageDraw.Draw(other).rectangle((210, 840, 250, 850), fill="#3B0B57")
    assert difference(before(), other)


def test_edges_rounded_otherwise_are_no_difference():
    noisy = Image.effect_noise(before().size, 12).convert("RGB")
    rounded = ImageChops.add(before(), noisy, scale=1, offset=-128)
    assert difference(before(), rounded) is None


def test_who_sees_a_difference_is_told_where_to_look_and_what_to_do(tmp_path: Path):
    shot = Shot("rest", LOOKS[0], 1, moved(before(), (20, 140, 520, 180), 30))
    stored = STORED / "16-summary-rest-default-1.png"
    said = against(shot, stored, tmp_path)
    assert "--accept" in said
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "16-summary-rest-default-1-difference.png",
        "16-summary-rest-default-1.png",
    ]


def test_a_picture_that_was_never_stored_is_asked_for(tmp_path: Path):
    shot = Shot("rest", LOOKS[0], 1, before())
    assert "no such picture" in against(shot, tmp_path / "new.png", tmp_path / "failed")
    assert (tmp_path / "failed" / "new.png").exists()


def test_the_gallery_needs_no_network_and_shows_every_state(
    photographer: Photographer, tmp_path: Path
):
    slug = "26-code"
    index = make(photographer, {slug: FOUND[slug]}, tmp_path)
    text = index.read_text("utf-8")
    assert "//" not in text.replace("<!doctype", "")
    shown = re.findall(r'src="([^"]+)"', text)
    assert len(shown) == len(LOOKS)
    assert all((tmp_path / file).exists() for file in shown)
    assert "class Code" in text


def test_a_broken_gallery_file_says_which_file_and_key(tmp_path: Path):
    (tmp_path / "01-x.yaml").write_text("component: Code\nname: { zh: 码 }\n", "utf-8")
    with pytest.raises(CatalogueError, match=r"01-x\.yaml:2: name\.en"):
        components(tmp_path)


def test_pictures_are_small_on_the_disk():
    picture = small(before())
    assert picture.mode == "P"
    assert max(file.stat().st_size for file in STORED.glob("*.png")) < 60_000
