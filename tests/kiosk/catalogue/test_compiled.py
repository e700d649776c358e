"""A start reads the catalogue once; what was kept is used only if it is of what is there now."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.catalogue import compiled
from kiosk.catalogue.load import CatalogueError, load_catalogue
from kiosk.catalogue.start import starting_catalogue
from tests.harness.catalogue import small_catalogue


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return small_catalogue(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "catalogue.db"


def test_what_is_kept_is_what_was_read(shipped: Path, store: Path):
    first = starting_catalogue(store, shipped).catalogue
    kept = compiled.kept(store.with_name(compiled.FILE), compiled.fingerprint(shipped))
    assert kept == first == load_catalogue(shipped)
    assert list(kept.elements) == list(first.elements)
    assert starting_catalogue(store, shipped).catalogue == first


def test_a_changed_file_is_read_again(shipped: Path, store: Path):
    before = starting_catalogue(store, shipped).catalogue
    file = shipped / "life_events/01-newborn.yaml"
    text = file.read_text("utf-8").replace("promise_days: 5\n", "promise_days: 6\n", 1)
    file.write_text(text, "utf-8")
    after = starting_catalogue(store, shipped).catalogue
    assert after.release != before.release
    assert after.matter("birth_certificate").promise_days == 6


@pytest.mark.parametrize("rubbish", [b"", b"\n", b"rubbish", b"{}\n{}", b"\xff" * 1000])
def test_rubbish_in_its_place_is_read_over(shipped: Path, store: Path, rubbish: bytes):
    expected = starting_catalogue(store, shipped).catalogue
    store.with_name(compiled.FILE).write_bytes(rubbish)
    assert starting_catalogue(store, shipped).catalogue == expected


def test_a_byte_that_flipped_is_noticed(shipped: Path, store: Path):
    expected = starting_catalogue(store, shipped).catalogue
    kept = store.with_name(compiled.FILE)
    content = kept.read_bytes()
    at = content.index("出生".encode(), 200)
    kept.write_bytes(content[:at] + b"\xe6" + content[at + 1 :])
    assert starting_catalogue(store, shipped).catalogue == expected


def test_a_folder_that_became_wrong_is_refused_whatever_was_kept(shipped: Path, store: Path):
    starting_catalogue(store, shipped)
    (shipped / "life_events/01-newborn.yaml").write_text("slug: [", "utf-8")
    with pytest.raises(CatalogueError):
        starting_catalogue(store, shipped)


def test_a_terminal_that_cannot_keep_it_starts_all_the_same(shipped: Path, tmp_path: Path):
    (tmp_path / "data").write_text("a file where the folder should be")
    in_the_way = tmp_path / "data" / "catalogue.db"
    assert starting_catalogue(in_the_way, shipped).catalogue.life_events
