"""The real window for these tests, and pages laid out beside it."""

import pytest

from tests.harness.layout import Desk
from tests.harness.window import Glass, fonts


@pytest.fixture
def desk(glass: Glass) -> Desk:
    """Pages laid out with the letters of the window."""
    from screens.glass.lettering import Lettering  # noqa: PLC0415 -- once there is a window

    return Desk(Lettering(fonts()).measure, glass.chinese_input)
