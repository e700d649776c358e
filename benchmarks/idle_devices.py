"""Idle CPU of all devices attached, beside none: `python -m benchmarks.idle_devices`.

Each in a fresh process that runs the drivers as a resting terminal does (nothing wanted), against
simulators in a process of their own. What it says is percent of one core for the drivers alone; a
window is not part of it (`benchmarks/window_start.py`).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from drivers.driver import Equipment
from drivers.kinds import Kind
from drivers.registry import DeviceTable, configured
from drivers.simulators.eve_process import eventually, free_port

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "build/fonts/NotoSansSC-Regular.otf"
PEOPLE = ROOT / "config/sandbox/people.yaml"
REST_S = 20.0
BUDGET = 0.01  # of a core, all devices together


def tables(wires: Path, printer: int, camera: int) -> dict[Kind, DeviceTable]:
    """Every device of a bench in `wires`."""

    def table(driver: str, url: str, **more: object) -> DeviceTable:
        return DeviceTable.model_validate({"driver": driver, "url": url, **more})

    return {
        Kind.ID_CARD: table("sam_a", str(wires / "id-card")),
        Kind.RECEIPT_PRINTER: table("esc_pos", str(wires / "receipt-printer")),
        Kind.CODE_SCANNER: table("serial_scanner", str(wires / "code-scanner")),
        Kind.FORM_PRINTER: table("esc_p2", str(wires / "form-printer")),
        Kind.PAGE_PRINTER: table("ipp", f"ipp://127.0.0.1:{printer}/ipp/print"),
        Kind.DOCUMENT_CAMERA: table(
            "mjpeg_camera", f"http://127.0.0.1:{camera}/stream", view_mm=420
        ),
        Kind.NAV_KEYPAD: table("evdev_keypad", str(wires / "nav-keypad")),
        Kind.SIGNALS: table("serial_board", str(wires / "signals")),
    }


def rest(wanted: dict[Kind, DeviceTable]) -> float:
    """The share of a core that these devices take while they rest."""
    devices = [device.make(Equipment(FONT)) for device in configured(wanted)]
    for device in devices:
        device.start(lambda _: None)
    there = eventually(lambda: all(device.status().usable for device in devices), 20)
    assert there, [device.status() for device in devices]
    time.sleep(2)
    began, used = time.monotonic(), time.process_time()
    time.sleep(REST_S)
    share = (time.process_time() - used) / (time.monotonic() - began)
    for device in devices:
        device.stop()
    return share


def main() -> int:
    """All together, then each alone."""
    printer, camera = free_port(), free_port()
    with tempfile.TemporaryDirectory() as folder:
        wires = Path(folder)
        command = [sys.executable, "-m", "drivers.simulators.dock", "--people", str(PEOPLE)]
        command += ["--wires", folder, "--port", str(free_port()), "--page-printer", str(printer)]
        command += ["--document-camera", str(camera)]
        with subprocess.Popen(command, cwd=ROOT) as dock:
            assert eventually((wires / "signals").exists, 30)
            everything = tables(wires, printer, camera)
            if len(sys.argv) > 1:
                everything = {Kind(name): everything[Kind(name)] for name in sys.argv[1:]}
            share = rest(everything)
            dock.terminate()
            dock.wait(10)
    print(
        json.dumps(
            {
                "benchmark": "idle CPU of attached devices, share of a core",
                "devices": [kind.value for kind in everything],
                "share": round(share, 4),
                "budget": BUDGET,
            }
        )
    )
    return 0 if share <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
