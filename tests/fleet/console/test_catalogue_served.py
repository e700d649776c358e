"""The catalogue's page as `yici fleet serve` serves it, beside everything else that it does."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.fleet.console.catalogue_pages import words
from tests.fleet.serving import manager
from tests.harness.broker import RunningBroker
from tests.harness.walk import ROOT

READY_S = 120.0  # two shared cores: it begins by building a release
ANSWER_S = 30.0


@pytest.mark.timeout(READY_S + 3 * ANSWER_S)
def test_the_manager_shows_the_catalogue_that_it_began_with(broker: RunningBroker, tmp_path: Path):
    begin = ("--begin-with", str(ROOT / "config/catalogue"))
    with manager(broker, tmp_path, *begin, ready_s=READY_S) as serving:
        answer = httpx.get(f"{serving.url}/catalogue", timeout=ANSWER_S)
    assert answer.status_code == 200
    seen = words(answer.text)
    assert "一件事 29" in seen
    assert "1 新生儿出生 含示例" in seen
