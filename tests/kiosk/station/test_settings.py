"""Settings that cannot be used are refused with the file, the key and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.station.settings import SettingsError, load_settings
from tests.harness.walk import ROOT

SHIPPED = ROOT / "config/terminal.toml"


@pytest.fixture
def changed(tmp_path: Path):
    def write(old: str, new: str) -> Path:
        text = SHIPPED.read_text("utf-8")
        assert old in text
        file = tmp_path / "terminal.toml"
        file.write_text(text.replace(old, new, 1), "utf-8")
        return file

    return write


def refusal(file: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(file)
    return str(caught.value)


def test_the_shipped_settings_are_good_and_paths_stand_beside_the_file():
    settings = load_settings(SHIPPED)
    assert settings.catalogue == ROOT / "config/catalogue"
    assert settings.site.terminal == "XJ0001"


def test_a_font_that_is_not_there_is_named(changed):
    file = changed("[fonts]", "[fonts]")
    assert "fonts.regular: " in refusal(file)
    assert "make setup" in refusal(file)


def test_the_environment_stands_above_the_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YICI_GATEWAY__URL", "http://127.0.0.1:9")
    assert str(load_settings(SHIPPED).gateway.url) == "http://127.0.0.1:9/"


@pytest.mark.parametrize(
    ("old", "new", "key", "remedy"),
    [
        ('terminal = "XJ0001"', "", "site.terminal", "add it to the file"),
        ('terminal = "XJ0001"', 'terminal = "长沙一号"', "site.terminal", "mend it"),
        ("ppi = 81.6", "pixels_per_inch = 81.6", "panel.pixels_per_inch", "no such key"),
        ("paper_mm = 80", "paper_mm = 76", "devices.receipt_printer.paper_mm", "mend it"),
        ('driver = "sam_a"', "", "devices.id_card.driver", "add it to the file"),
        ('driver = "sam_a"', 'driver = "abacus"', "devices.id_card.driver", "name one of"),
        ('driver = "sam_a"', 'driver = "esc_pos"', "devices.id_card.driver", "[devices.receipt_"),
        (
            "paper_mm = 80",
            "paper_cm = 8",
            "devices.receipt_printer.paper_cm",
            "paper_mm",
        ),
        ("[devices.id_card]", "[devices.id_crad]", "devices.id_crad", "no such key"),
        ('url = "http://127.0.0.1:8701"', 'url = "platform"', "gateway.url", "mend it"),
        ("idle_warning_s = 120", "idle_warning_s = 0", "timing.idle_warning_s", "mend it"),
    ],
)
def test_a_bad_key_is_named_with_its_remedy(changed, old, new, key, remedy):
    file = changed(old, new)
    said = refusal(file)
    assert f"{file}: {key}: " in said
    assert remedy in said


def test_a_device_of_the_environment_stands_above_the_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("YICI_DEVICES__ID_CARD__URL", "socket://127.0.0.1:9")
    monkeypatch.setenv("YICI_DEVICES__SMART_CARD__DRIVER", "abacus")
    assert "devices.smart_card.driver: there is no driver 'abacus'" in refusal(SHIPPED)
    monkeypatch.delenv("YICI_DEVICES__SMART_CARD__DRIVER")
    devices = load_settings(SHIPPED).devices
    assert devices.id_card.options["url"] == "socket://127.0.0.1:9"
    assert devices.receipt_printer.options["url"] == str(
        ROOT / "config/../var/wires/receipt-printer"
    )


def test_all_bad_keys_are_told_at_once(changed):
    file = changed("paper_mm = 80", "paper_mm = 76")
    text = file.read_text("utf-8").replace("width = 1080", "width = 1")
    file.write_text(text, "utf-8")
    assert len(refusal(file).splitlines()) == 2


def test_a_key_of_the_platform_is_never_shown(changed):
    assert "development-only" not in str(load_settings(SHIPPED))
    assert "open-sesame" not in refusal(changed('key = "development-only"', "key = 5"))


def test_a_file_that_is_not_toml_is_named_with_the_line(changed):
    assert "line" in refusal(changed("[panel]", "[panel"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    assert "nowhere.toml: cannot be read" in refusal(tmp_path / "nowhere.toml")


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(tmp_path_factory, content: bytes):
    file = tmp_path_factory.mktemp("settings") / "terminal.toml"
    file.write_bytes(content)
    refusal(file)
