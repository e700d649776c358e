"""Photos through a vendor's decoder: a program that is trusted with nothing.

Its stand-in is a program that speaks the same contract, written by the test.
"""

from __future__ import annotations

import io
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from drivers.id_card.photo import PhotoDecoder, PhotoError
from drivers.id_card.port import CardRead, IdCard
from drivers.id_card.sam_a import ReaderTimes, SamAReader
from drivers.self_test import Result
from drivers.simulators.card_image import PHOTO
from drivers.simulators.sam_a import SamASimulator
from drivers.status import DeviceState
from drivers.wire import Stopped
from tests.harness.devices import Heard, eventually, quick_back_off
from tests.harness.leavings import nothing_left_behind

WIDTH, HEIGHT = 102, 126

# The bytes' own pattern as a picture of 102 × 126 dots: another card, another picture.
DECODES = f"""
import struct, sys
wlt = sys.stdin.buffer.read()
assert len(wlt) == 1024
row = (3 * {WIDTH} + 3) // 4 * 4
dots = bytes(wlt[i % len(wlt)] for i in range(row * {HEIGHT}))
head = struct.pack("<2sIHHI", b"BM", 54 + len(dots), 0, 0, 54)
info = struct.pack("<IiiHHIIiiII", 40, {WIDTH}, {HEIGHT}, 1, 24, 0, len(dots), 2835, 2835, 0, 0)
sys.stdout.buffer.write(head + info + dots)
"""

Program = Callable[[str], tuple[str, ...]]


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Writes an executable of these lines; gives the command."""

    def written(lines: str) -> tuple[str, ...]:
        file = tmp_path / "wlt2bmp"
        file.write_text(f"#!{sys.executable} -S\n{lines}", "utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        return (str(file),)

    return written


def decode(command: tuple[str, ...], wlt: bytes = PHOTO, timeout_s: float = 30.0) -> bytes:
    return PhotoDecoder(command, timeout_s).decode(wlt, lambda: False)


def running(command: tuple[str, ...]) -> bool:
    """Whether a process of this program is left."""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if command[0].encode() in process.read_bytes():
                return True
        except (FileNotFoundError, ProcessLookupError):
            continue
    return False


# -- the program


def test_a_photo_comes_out_as_png(program: Program) -> None:
    with Image.open(io.BytesIO(decode(program(DECODES)))) as photo:
        assert (photo.format, photo.size) == ("PNG", (WIDTH, HEIGHT))


def test_another_card_has_another_photo(program: Program) -> None:
    command = program(DECODES)
    assert decode(command) == decode(command)
    assert decode(command) != decode(command, PHOTO[:512] + bytes(range(256)) * 2)


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        pytest.param("import time; time.sleep(60)", "takes too long", id="hangs"),
        pytest.param(
            "import os, time; os.close(1); time.sleep(60)", "takes too long", id="never ends"
        ),
        pytest.param("import os; os.abort()", "ended with signal 6", id="crashes"),
        pytest.param("raise SystemExit(3)", "ended with code 3", id="gives up"),
        pytest.param("", "gave no picture", id="says nothing"),
        pytest.param("print('no photo' * 99)", "gave no picture", id="says rubbish"),
        pytest.param(
            "import sys\nfor _ in range(1024): sys.stdout.buffer.write(bytes(1 << 20))",
            "more than 1048576 bytes",
            id="says a gigabyte",
        ),
        pytest.param(
            DECODES.replace(f"{WIDTH}, {HEIGHT}, 1", "3000, 3000, 1"), "dots", id="a huge picture"
        ),
        pytest.param(
            DECODES.replace("head + info + dots", "(head + info + dots)[:900]"),
            "gave no picture",
            id="half a picture",
        ),
        pytest.param(
            "import sys; sys.stdin.buffer.read()\nbytes(2 << 30)",
            "ended with code 1",
            id="eats the memory",
        ),
        pytest.param(
            "import os\nif os.fork() == 0:\n    import time; time.sleep(60)",
            "takes too long",
            id="leaves a child behind",
        ),
    ],
)
def test_whatever_the_decoder_does_there_is_only_no_photo(
    lines: str, says: str, program: Program
) -> None:
    command = program(lines)
    with nothing_left_behind():
        with pytest.raises(PhotoError, match=says):
            decode(command, timeout_s=1.0 if says == "takes too long" else 30.0)
        eventually(lambda: not running(command), "the decoder is gone, with its children")


def test_the_decoder_can_leave_no_trace_on_the_disk(program: Program, tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    keeps = f"import sys\nopen({str(trace)!r}, 'wb', 0).write(sys.stdin.buffer.read())"
    with pytest.raises(PhotoError):
        decode(program(keeps))
    assert not trace.exists() or trace.read_bytes() == b""


def test_the_decoder_sees_nothing_of_the_terminals_surroundings(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YICI_GATEWAY__TOKEN", "secret")
    command = program("import os; raise SystemExit(len(os.environ.keys() - {'PATH', 'LANG'}))")
    with pytest.raises(PhotoError, match="gave no picture"):
        decode(command)


def test_a_terminal_that_stops_does_not_wait_for_the_decoder(program: Program) -> None:
    began = time.monotonic()
    with pytest.raises(Stopped):
        PhotoDecoder(program("import time; time.sleep(60)"), 30.0).decode(PHOTO, lambda: True)
    assert time.monotonic() - began < 10.0  # of the 30 s that it has


def test_a_file_that_is_no_program_is_told(program: Program, tmp_path: Path) -> None:
    command = program(DECODES)
    Path(command[0]).write_text("neither machine code nor a script", "utf-8")
    with pytest.raises(PhotoError, match="cannot be run"):
        decode(command)
    with pytest.raises(PhotoError, match="is not there"):
        decode((str(tmp_path / "nothing"),))


# -- the reader


def read(end: SamASimulator, card: IdCard, heard: Heard, command: tuple[str, ...]) -> SamAReader:
    reader = SamAReader(
        end.url,
        back_off=quick_back_off(),
        times=ReaderTimes(poll=0.05),
        photo_decoder=PhotoDecoder(command, 15.0) if command else None,
    )
    reader.start(heard)
    heard.wait_for_state(DeviceState.ONLINE)
    reader.want(True)
    end.lay(card)
    return reader


def test_a_card_is_read_with_its_photo(
    program: Program, reader_end: SamASimulator, people: dict[str, IdCard], heard: Heard
) -> None:
    reader = read(reader_end, people["chen"], heard, program(DECODES))
    card = heard.wait_for(CardRead).card
    assert card.photo is not None
    assert card.photo.startswith(b"\x89PNG")
    assert card.name == people["chen"].name
    assert "PNG" not in repr(card)
    assert reader.status().detail == ""
    assert reader.self_test().findings["photo"] == "decoder there"
    reader.stop()


def test_a_card_is_read_without_its_photo_when_the_decoder_crashes(
    program: Program, reader_end: SamASimulator, people: dict[str, IdCard], heard: Heard
) -> None:
    reader = read(reader_end, people["chen"], heard, program("import os; os.abort()"))
    assert heard.wait_for(CardRead).card == people["chen"]
    assert reader.status().detail == "no photos: the decoder ended with signal 6"
    reader.stop()


def test_a_decoder_that_is_not_there_does_no_harm_and_is_told(
    reader_end: SamASimulator, people: dict[str, IdCard], heard: Heard, tmp_path: Path
) -> None:
    reader = read(reader_end, people["chen"], heard, (str(tmp_path / "nothing"),))
    assert heard.wait_for(CardRead).card.photo is None
    assert "no photos" in reader.status().detail
    report = reader.self_test()
    assert report.result is Result.ATTENTION
    assert "is not there" in report.findings["photo"]
    reader.stop()


def test_without_a_decoder_there_are_no_photos(
    reader_end: SamASimulator, people: dict[str, IdCard], heard: Heard
) -> None:
    reader = read(reader_end, people["chen"], heard, ())
    assert heard.wait_for(CardRead).card.photo is None
    assert reader.self_test().findings["photo"] == "no decoder is set"
    reader.stop()
