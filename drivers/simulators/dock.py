"""Runs the simulated devices with a page to work them by, on this machine only.

    python -m drivers.simulators.dock --people config/sandbox/people.yaml --wires var/wires \\
        --port 8702 --page-printer 8706 --document-camera 8707

The wires are pseudo-terminals behind symlinks in WIRES, `id-card` for one; the page printer is at
`ipp://127.0.0.1:8706/ipp/print`, the camera at `http://127.0.0.1:8707/stream`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import uvicorn

from drivers.receipt_printer.paper import PAPER_58_MM, PAPER_80_MM
from drivers.simulators import people, words
from drivers.simulators.dock_app import make_app
from drivers.simulators.docked.whole import Outfit, whole_bench

_HOST = "127.0.0.1"
_WORDS = Path(__file__).parents[2] / "config" / "dock"
_PREPARED_FONT = "NotoSansSC-Regular.otf"
_DEBIAN_FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_DEBIAN_FACE = 2  # of the collection: JP, KR, SC, TC, HK
_PAPERS = {80: PAPER_80_MM, 58: PAPER_58_MM}
_LINGER_S = 1  # for pages that still listen when the dock ends


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; 2 when something that was named cannot be used."""
    asked = _parser().parse_args(arguments)
    try:
        bench = whole_bench(_outfit(asked), people.load(asked.people))
        app = make_app(bench, words.load(asked.words))
    except (people.PeopleError, words.WordsError, OSError) as error:
        print(f"dock: {error}", file=sys.stderr)  # noqa: T201 - a command speaks to its caller
        return 2
    uvicorn.run(
        app,
        host=_HOST,
        port=asked.port,
        log_level="warning",
        timeout_graceful_shutdown=_LINGER_S,
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dock", description="Simulated devices and their page.")
    parser.add_argument("--people", type=Path, required=True, help="YAML file of test people")
    parser.add_argument("--wires", type=Path, required=True, help="folder for the wires' symlinks")
    parser.add_argument("--port", type=int, required=True, help="of the page, on 127.0.0.1")
    parser.add_argument("--fonts", type=Path, help=f"folder with {_PREPARED_FONT}")
    parser.add_argument("--words", type=Path, default=_WORDS, help="folder of the page's words")
    parser.add_argument("--paper-mm", type=int, choices=sorted(_PAPERS), default=80)
    parser.add_argument("--page-printer", type=int, help="port of an IPP printer (cups-ipp-utils)")
    parser.add_argument("--document-camera", type=int, help="port of an MJPEG camera")
    parser.add_argument(
        "--smart-card", action="store_true", help="a pcscd (vsmartcard-vpcd); says its socket"
    )
    return parser


def _outfit(asked: argparse.Namespace) -> Outfit:
    """Raises OSError when there is no font."""
    file, face = _DEBIAN_FONT, _DEBIAN_FACE
    if asked.fonts is not None:
        file, face = asked.fonts / _PREPARED_FONT, 0
    if not file.is_file():
        raise OSError(f"{file} is not there; install fonts-noto-cjk or name another --fonts")
    return Outfit(
        asked.wires,
        file,
        face,
        _PAPERS[asked.paper_mm],
        asked.page_printer,
        asked.document_camera,
        asked.smart_card,
    )


if __name__ == "__main__":
    sys.exit(main())
