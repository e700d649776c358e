"""The drivers `v4l2_camera` and `mjpeg_camera` as the registry finds them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from drivers.driver import Capabilities, Device, Driver, DriverSettings, Equipment
from drivers.kinds import Kind

_Mm = Annotated[float, Field(gt=0, le=2000)]


class V4l2Settings(DriverSettings):
    """`url`: `/dev/v4l/by-id/…`. `view_mm`: how much of the desk the picture's width shows."""

    url: str
    view_mm: _Mm
    width: Annotated[int, Field(ge=320, le=8192)] = 3264
    height: Annotated[int, Field(ge=240, le=8192)] = 2448


class MjpegSettings(DriverSettings):
    """`url`: `http[s]://host[:port]/path`. `view_mm`: likewise."""

    url: Annotated[str, Field(pattern=r"^https?://[^/?#\s]+")]
    view_mm: _Mm


def _make_v4l2(settings: V4l2Settings, equipment: Equipment) -> Device:
    del equipment
    from drivers.document_camera.camera import PageCamera  # noqa: PLC0415
    from drivers.v4l2 import V4l2Camera  # noqa: PLC0415

    camera = V4l2Camera(Path(settings.url), width=settings.width, height=settings.height)
    return PageCamera(camera, settings.view_mm)


def _make_mjpeg(settings: MjpegSettings, equipment: Equipment) -> Device:
    del equipment
    from drivers.document_camera.camera import PageCamera  # noqa: PLC0415
    from drivers.document_camera.mjpeg import MjpegCamera  # noqa: PLC0415

    return PageCamera(MjpegCamera(settings.url), settings.view_mm)


def _capabilities(settings: DriverSettings) -> Capabilities:
    del settings
    return {"printer": {"type": ("scanner",), "readForm": ("readImage",)}}


V4L2_CAMERA = Driver(Kind.DOCUMENT_CAMERA, V4l2Settings, _make_v4l2, _capabilities)
MJPEG_CAMERA = Driver(Kind.DOCUMENT_CAMERA, MjpegSettings, _make_mjpeg, _capabilities)
