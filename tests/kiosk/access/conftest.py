from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.access.rime import SHARED_FOLDER, RimeInput
from kiosk.access.rime_deployment import deploy

DEPLOYED = Path("build/rime")  # the one of `make setup`: librime takes one folder in a process


@pytest.fixture(scope="session")
def user_folder() -> Path:
    deploy(DEPLOYED)
    return DEPLOYED


@pytest.fixture
def pinyin(user_folder: Path) -> RimeInput:
    return RimeInput(SHARED_FOLDER, user_folder)
