"""The drivers `serial_scanner`, `keyboard_scanner`, `camera_scanner` as the registry finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind
from drivers.serial_settings import FlowingSettings


class SerialScannerSettings(FlowingSettings):
    """`ends`: whether CR or LF follows a code."""

    ends: bool = True


class KeyboardScannerSettings(DriverSettings):
    """`url`: `evdev:///dev/input/by-id/…-event-kbd`."""

    url: str


class CameraScannerSettings(DriverSettings):
    """`url`: `/dev/v4l/by-id/…`. Width and height are asked for; the camera takes what is near."""

    url: str
    width: Annotated[int, Field(ge=320, le=8192)] = 1280
    height: Annotated[int, Field(ge=240, le=8192)] = 720


def _make_serial(settings: SerialScannerSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.code_scanner.serial_line import SerialScanner  # noqa: PLC0415

    return SerialScanner(
        settings.url,
        baud_rate=settings.baud_rate,
        flow_control=settings.flow_control,
        ends=settings.ends,
    )


def _make_keyboard(settings: KeyboardScannerSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.code_scanner.keyboard_wedge import KeyboardWedge  # noqa: PLC0415

    return KeyboardWedge(settings.url)


def _make_camera(settings: CameraScannerSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.code_scanner.camera import CameraScanner  # noqa: PLC0415
    from drivers.code_scanner.decoding import Decoder  # noqa: PLC0415
    from drivers.code_scanner.zbar import ZbarEngine  # noqa: PLC0415
    from drivers.code_scanner.zxing import ZxingEngine  # noqa: PLC0415
    from drivers.v4l2 import V4l2Camera  # noqa: PLC0415

    camera = V4l2Camera(Path(settings.url), width=settings.width, height=settings.height)
    return CameraScanner(camera, Decoder((ZxingEngine(), ZbarEngine())))


def _capabilities(settings: DriverSettings) -> Capabilities:
    # which symbologies a scanner reads is set up in the scanner; it does not say
    del settings
    return {"barcodeReader": {"canFilterSymbologies": False}}


def _camera_capabilities(settings: CameraScannerSettings) -> Capabilities:
    del settings
    symbologies = ("qrCode", "dataMatrix", "aztec", "pdf417", "code128", "code39")
    return {"barcodeReader": {"canFilterSymbologies": False, "symbologies": symbologies}}


def _answers(settings: DriverSettings) -> bool:
    del settings
    return False


SERIAL_SCANNER = Driver(
    Kind.CODE_SCANNER, SerialScannerSettings, _make_serial, _capabilities, _answers
)
KEYBOARD_SCANNER = Driver(
    Kind.CODE_SCANNER, KeyboardScannerSettings, _make_keyboard, _capabilities, _answers
)
CAMERA_SCANNER = Driver(
    Kind.CODE_SCANNER, CameraScannerSettings, _make_camera, _camera_capabilities
)
