"""The thread that owns a device, with a driver that has a defect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from structlog.testing import capture_logs

from drivers.life import BackOff
from drivers.owner import LinkOwner
from drivers.status import DeviceState
from tests.harness.devices import Heard, eventually

ON_THE_CARD = "what was on the card"


class Defective:
    """A driver of which one step fails for the first few times."""

    def __init__(self, step: str, times: int) -> None:
        back_off = BackOff(first_s=0.02, longest_s=0.1, steady_s=0.3)
        self.owner: LinkOwner[None, object] = LinkOwner("toaster", self._opened, back_off)
        self._step, self._left = step, times

    @contextmanager
    def _opened(self, stopping: Callable[[], bool]) -> Iterator[None]:
        del stopping
        self._do("open")
        yield

    def begin(self, link: None) -> None:
        del link
        self._do("begin")

    def turn(self, link: None) -> None:
        del link
        self._do("turn")
        self.owner.rest(0.01)

    def without_device(self) -> None:
        """Nothing waits for it."""

    def lost(self) -> None:
        """Nothing was under way."""

    def end(self) -> None:
        """Nothing is left over."""

    def _do(self, step: str) -> None:
        if step == self._step and self._left:
            self._left -= 1
            raise ZeroDivisionError(ON_THE_CARD)


@pytest.mark.parametrize("step", ["open", "begin", "turn"])
def test_a_defect_is_logged_once_for_each_loss_and_does_not_end_the_device(
    step: str, heard: Heard
) -> None:
    driver = Defective(step, times=4)
    with capture_logs() as logs:
        driver.owner.start(driver, heard)
        eventually(lambda: len(logs) > 2, "it has returned")
        driver.owner.stop()
    assert [entry["event"] for entry in logs] == [
        "device.defect",
        "device.lost",
        "device.returned",
    ]
    assert heard.states[-1] is DeviceState.ONLINE
    assert ON_THE_CARD not in str(logs) + str(heard.events)
