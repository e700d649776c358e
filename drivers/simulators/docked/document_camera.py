"""The document camera on the dock, and what lies on its desk."""

from __future__ import annotations

from collections.abc import Mapping

from drivers.kinds import Kind
from drivers.simulators.desk import Glare, Laid, Scene
from drivers.simulators.desk_papers import Paper
from drivers.simulators.docked.device import Control, Docked, choice
from drivers.simulators.document_camera import CameraFault, DocumentCameraSimulator

EMPTY = "empty"
SCENES: Mapping[str, Scene] = {
    EMPTY: Scene(),
    "letter": Scene(papers=(Laid(Paper.LETTER, turn=92),)),
    "form": Scene(papers=(Laid(Paper.FORM, turn=85),), tilt=(0.06, 0.02)),
    "card": Scene(papers=(Laid(Paper.CARD, x_mm=20),)),
    "two_papers": Scene(papers=(Laid(Paper.CARD, x_mm=-100), Laid(Paper.BOOKLET, x_mm=90))),
    "glare": Scene(papers=(Laid(Paper.LETTER, turn=90),), glare=Glare(20, 10, 45)),
    "blurred": Scene(papers=(Laid(Paper.LETTER, turn=90),), defocus_mm=1.4),
    "dark": Scene(papers=(Laid(Paper.LETTER, turn=90),), light=0.2),
    "hand": Scene(papers=(Laid(Paper.LETTER, turn=90),), hand=0.5),
}


def document_camera(simulator: DocumentCameraSimulator) -> Docked:
    """`scene`: what lies on the desk, and in what light."""
    shown = [EMPTY]

    def show(name: str) -> None:
        simulator.show(SCENES[name])
        shown[0] = name

    def fail(fault: CameraFault) -> None:
        simulator.fault = fault

    return Docked(
        Kind.DOCUMENT_CAMERA,
        simulator,
        lambda: simulator.url,
        {
            "scene": Control(tuple(SCENES), lambda: shown[0], show, "scene"),
            "fault": choice(CameraFault, lambda: simulator.fault, fail, "document_camera_fault"),
        },
    )
