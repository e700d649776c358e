"""Where the voice is heard: the outputs of a sound device that is loaded after the first page."""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import cast

from drivers.audio.port import Audio, Output
from drivers.driver import Device
from kiosk.access.speech.port import Sinks


class Outputs:
    """Loudspeaker and headphones of a device that is made later, or never."""

    def __init__(self) -> None:
        self._audio: Audio | None = None

    def made_by(self, make: Callable[[], Device]) -> Callable[[], Device]:
        """The same maker; what it makes is where sound goes from then on."""

        def made() -> Device:
            device = make()
            # A driver's kind says which port its device has (tests/drivers/test_registry.py).
            self._audio = cast("Audio", device)
            return device

        return made

    @property
    def sinks(self) -> Sinks:
        """Where the voice's sound goes."""
        return Sinks(
            _Late(lambda: self._audio.loudspeaker if self._audio is not None else None),
            _Late(lambda: self._audio.headphones if self._audio is not None else None),
        )


class _Late:
    """A sink that is not there before its device is."""

    def __init__(self, output: Callable[[], Output | None]) -> None:
        self._output = output

    def play(self, samples: bytes) -> None:
        """Hand it on. Raises OSError while there is no such output, and the output's own."""
        output = self._output()
        if output is None:
            raise OSError(errno.ENODEV, "there is no such output, or not yet")
        output.play(samples)

    def drop(self) -> None:
        """Be silent at once."""
        output = self._output()
        if output is not None:
            output.drop()
