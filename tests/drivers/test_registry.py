"""Devices come out of settings; a driver may come out of any installed package."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.driver import Equipment
from drivers.kinds import Kind
from drivers.registry import DevicesError, DeviceTable, configured, driver_names, load_driver
from drivers.simulators.code_scanner import CodeScannerSimulator, ScannerLine
from drivers.status import DeviceState
from kiosk.station.settings import DevicesSettings
from tests.harness.devices import CHINESE_FONT, REPOSITORY, Heard

EXAMPLE = REPOSITORY / "docs" / "driver_example"
EQUIPMENT = Equipment(CHINESE_FONT)
# What every driver can be made with: nothing is opened before start().
SAMPLES: Mapping[str, Mapping[str, object]] = {
    "ipp": {"url": "ipp://127.0.0.1:1/ipp/print"},
    "keyboard_scanner": {"url": "evdev:///dev/input/none"},
    "evdev_keypad": {"url": "evdev:///dev/input/none"},
    "v4l2_camera": {"url": "/dev/none", "view_mm": 420},
    "mjpeg_camera": {"url": "http://127.0.0.1:1/stream", "view_mm": 420},
    "pcsc": {},
    "alsa": {"loudspeaker": "null", "headphones": "plughw:CARD=none"},
}

# XFS4IoT (CWA 17852), Common.Capabilities: the properties that drivers use, and what they can say.
YES_OR_NO = (True, False)
XFS4IOT: Mapping[str, Mapping[str, tuple[bool | str, ...]]] = {
    "cardReader": {
        "type": (
            "motor",
            "swipe",
            "dip",
            "latchedDip",
            "contactless",
            "intelligentContactless",
            "permanent",
        ),
        "chipProtocols": (
            "chipT0",
            "chipT1",
            "chipProtocolNotRequired",
            "chipTypeAPart3",
            "chipTypeAPart4",
            "chipTypeB",
            "chipTypeNFC",
        ),
    },
    "barcodeReader": {
        "canFilterSymbologies": YES_OR_NO,
        "symbologies": ("qrCode", "dataMatrix", "aztec", "pdf417", "code128", "code39"),
    },
    "printer": {
        "type": ("receipt", "passbook", "journal", "document", "scanner"),
        "control": ("eject", "cut"),
        "paperSources": ("upper", "lower", "external", "aux", "aux2", "park"),
        "readForm": ("readImage",),
    },
    "auxiliaries": {
        "cabinetDoor": ("closed", "open", "locked", "bolted", "tampered"),
        "proximitySensor": YES_OR_NO,
        "ups": ("low", "engaged", "powering", "recovered"),
        "enhancedAudioControl": ("headsetDetection", "modeControllable"),
    },
}


def table(driver: str, **options: object) -> DeviceTable:
    return DeviceTable.model_validate({"driver": driver, **options})


def shipped() -> list[tuple[str, Kind]]:
    """Every driver of this package with the kind that it drives."""
    found = []
    for name in driver_names():
        for kind in Kind:
            try:
                load_driver(name, kind)
            except DevicesError:
                continue
            found.append((name, kind))
    return found


def problem(kind: Kind, given: DeviceTable) -> str:
    with pytest.raises(DevicesError) as caught:
        configured({kind: given})
    return str(caught.value)


def test_a_device_is_built_from_its_table() -> None:
    (device,) = configured({Kind.RECEIPT_PRINTER: table("esc_pos", url="/dev/none", paper_mm=58)})
    made = device.make(EQUIPMENT)
    assert made.status().device == "receipt_printer"
    assert made.status().state is DeviceState.ABSENT
    made.stop()


@pytest.mark.parametrize(("name", "kind"), shipped())
def test_every_driver_can_be_built_and_names_itself_by_its_kind(name: str, kind: Kind) -> None:
    (device,) = configured({kind: sample(name, kind)})
    made = device.make(EQUIPMENT)
    assert made.status().device == kind
    made.stop()


@pytest.mark.parametrize(("name", "kind"), shipped())
def test_every_driver_says_what_it_can_do_in_the_words_of_xfs4iot(name: str, kind: Kind) -> None:
    (device,) = configured({kind: sample(name, kind)})
    assert device.capabilities
    for interface, properties in device.capabilities.items():
        assert properties
        if interface != kind:
            for key, value in properties.items():
                known = XFS4IOT[interface][key]
                said = (value,) if isinstance(value, bool | str) else value
                assert set(said) <= set(known), key


def sample(name: str, kind: Kind) -> DeviceTable:
    del kind
    return table(name, **SAMPLES.get(name, {"url": "/dev/none"}))


def test_every_driver_and_key_is_in_the_handbook_of_settings() -> None:
    handbook = (REPOSITORY / "docs" / "settings.md").read_text("utf-8")
    for name, kind in shipped():
        assert f"| `{kind}` | `{name}` |" in handbook
        for key in load_driver(name, kind).settings.model_fields:
            assert f"`{key}`" in handbook, f"{name}: {key}"


def test_every_kind_has_its_place_in_the_settings() -> None:
    assert set(DevicesSettings.model_fields) == {kind.value for kind in Kind}


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (Kind.ID_CARD, table("abacus"), "devices.id_card.driver: there is no driver 'abacus'"),
        (Kind.ID_CARD, table("abacus"), "camera_scanner, esc_p2, esc_pos"),
        (Kind.ID_CARD, table("esc_pos", url="x"), "move the table to [devices.receipt_printer]"),
        (Kind.ID_CARD, table("sam_a"), "devices.id_card.url: Field required; add it"),
        (Kind.ID_CARD, table("sam_a", url="x", baud=1), "devices.id_card.baud: "),
        (Kind.ID_CARD, table("sam_a", url="x", baud=1), "this driver knows url, baud_rate"),
        (Kind.PAGE_PRINTER, table("ipp", url="http://printer"), "devices.page_printer.url: "),
    ],
)
def test_what_does_not_fit_is_told_with_key_and_remedy(
    kind: Kind, given: DeviceTable, says: str
) -> None:
    assert says in problem(kind, given)


def test_a_key_of_a_keypad_that_no_kernel_knows_is_told() -> None:
    given = table("evdev_keypad", url="evdev:///dev/input/none", keys={"KEY_TELEPORT": "up"})
    (device,) = configured({Kind.NAV_KEYPAD: given})
    with pytest.raises(DevicesError, match=r"devices\.nav_keypad: there is no key KEY_TELEPORT"):
        device.make(EQUIPMENT)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(DevicesError) as caught:
        configured({Kind.ID_CARD: table("abacus"), Kind.RECEIPT_PRINTER: table("esc_pos")})
    assert [found.key for found in caught.value.problems] == [
        "devices.id_card.driver",
        "devices.receipt_printer.url",
    ]


# What TOML can say.
VALUES = st.recursive(
    st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.dates()
    | st.sampled_from(
        ["/dev/none", "ipp://[", "http://h:99999/", "evdev://", "socket://", "\0", -1]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(list(shipped())), st.data())
def test_any_table_makes_a_device_or_is_told_by_key(
    driver: tuple[str, Kind], data: st.DataObject
) -> None:
    name, kind = driver
    keys = st.sampled_from(sorted(load_driver(name, kind).settings.model_fields))
    given_keys = data.draw(st.dictionaries(keys | st.text(max_size=8), VALUES, max_size=6))
    given_keys.pop("driver", None)
    options = {**SAMPLES.get(name, {"url": "/dev/none"}), **given_keys}
    try:
        (device,) = configured({kind: table(name, **options)})
        made = device.make(EQUIPMENT)
    except DevicesError as error:
        assert all(problem.key.startswith(f"devices.{kind}") for problem in error.problems)
        assert str(error)
    else:
        assert made.status().state is DeviceState.ABSENT
        made.stop()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(Kind), st.text(max_size=20))
def test_any_name_of_a_driver_is_known_or_told(kind: Kind, name: str) -> None:
    try:
        assert load_driver(name, kind).kind is kind
    except DevicesError as error:
        assert [problem.key for problem in error.problems] == [f"devices.{kind}.driver"]


def test_only_drivers_that_are_named_are_imported() -> None:
    program = """
import sys
from drivers.kinds import Kind
from drivers.registry import DeviceTable, configured
configured({Kind.ID_CARD: DeviceTable(driver="sam_a", url="/dev/none")})
loaded = {name.split(".")[0] for name in sys.modules}
print(sorted(loaded & {"cv2", "numpy", "PIL", "serial", "escpos", "pyipp", "evdev", "smartcard"}))
print(sorted(name for name in sys.modules if name.startswith("drivers.") and "." in name[8:]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
    )
    assert done.stdout.splitlines() == ["[]", "['drivers.id_card.driver']"]


# -- a driver of somebody else


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of docs/hardware.md, installed by pip as a vendor's package is."""
    folder = tmp_path_factory.mktemp("vendor")
    source = folder / "source"
    source.mkdir()
    for file in EXAMPLE.iterdir():
        if file.is_file():
            (source / file.name).write_bytes(file.read_bytes())
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--target", str(folder / "site"), str(source)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return folder / "site"


@pytest.fixture
def installed(vendor: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(vendor))
    yield vendor
    for name in ("framed_scanner", "framed_scanner_stream"):
        sys.modules.pop(name, None)


def test_a_driver_of_another_package_reads_from_its_wire(
    installed: Path, tmp_path: Path, heard: Heard
) -> None:
    scanner = CodeScannerSimulator(ScannerLine(tmp_path / "code-scanner"))
    scanner.start()
    (device,) = configured({Kind.CODE_SCANNER: table("framed_scanner", url=scanner.url)})
    made = device.make(EQUIPMENT)
    made.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    made.want(True)  # type: ignore[attr-defined]
    scanner.send(b"noise\x02yici:case:1", b"\x03")
    from drivers.code_scanner.port import CodeScanned  # noqa: PLC0415

    assert heard.wait_for(CodeScanned).code.text == "yici:case:1"
    made.stop()
    scanner.stop()


def test_a_driver_whose_package_lacks_a_part_is_told_with_what_to_do(
    installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {Kind.CODE_SCANNER: table("framed_scanner", url="/dev/none")}
    monkeypatch.setitem(sys.modules, "framed_scanner_stream", None)
    (device,) = configured(given)
    with pytest.raises(DevicesError, match=r"'framed_scanner' cannot be imported.*install"):
        device.make(EQUIPMENT)
    monkeypatch.setitem(sys.modules, "framed_scanner", None)
    said = problem(Kind.CODE_SCANNER, given[Kind.CODE_SCANNER])
    assert "devices.code_scanner.driver: driver 'framed_scanner' cannot be imported" in said


def test_an_entry_point_that_is_no_driver_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    metadata = tmp_path / "odd-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[yici.drivers]\nodd = json:dumps\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "json:dumps, which 'odd' names, is no Driver" in problem(Kind.ID_CARD, table("odd"))


def test_the_example_of_the_handbook_is_typed_as_the_house_is() -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary"]
    command += [str(file) for file in sorted(EXAMPLE.glob("*.py"))]
    done = subprocess.run(
        command, cwd=REPOSITORY, capture_output=True, text=True, timeout=200, check=False
    )
    assert done.stdout == ""
