"""查进度 on real wires: what a citizen handed in here is found again by the card alone."""

from __future__ import annotations

import pytest

from drivers.receipt_printer.picture import as_text
from kiosk.gateway.port import Holder, MaterialEntry
from kiosk.journey.display import grouped
from kiosk.journey.page import Stage, Timeline
from tests.harness.devices import eventually
from tests.harness.platform import SandboxPlatform
from tests.kiosk.gateway import examples
from tests.kiosk.station.conftest import SCRIPT, Site

LEFT_OUT = "equipment_layout"


@pytest.fixture
def platform(fresh_platform: SandboxPlatform) -> SandboxPlatform:
    """Without the cases of other tests, which would be told here too."""
    return fresh_platform


@pytest.fixture
def owing(site: Site) -> str:
    """The number of a case of 刘样例's that waits for a paper."""
    with site.platform.gateway() as gateway:
        person = site.people["liu"]
        handed_in = examples.submission(
            life_event="restaurant",
            matters=("food_business_licence",),
            materials=(MaterialEntry(LEFT_OUT, "later"),),
            applicant=Holder("111", person.number, person.name),
        )
        return gateway.submit(handed_in).case_no


def test_what_was_handed_in_here_is_found_again_by_the_card(site: Site):
    with site.open() as (citizen, screen):
        site.identify(citizen)
        citizen.to("done", SCRIPT)
        screen.wait_until("已送到打印机")
        citizen.go("finish", "goodbye")
        site.reader.remove()
        citizen.go("finish", "idle")

        citizen.go("begin", "choose")
        citizen.go("progress", "identify.progress")
        site.reader.lay(site.people["chen"])
        page = screen.wait(lambda page: page.id == "progress" and not page.busy, "the cases")
        newest = next(block for block in page.blocks if isinstance(block, Timeline))
        case = site.platform.desk("cases")[0]
        assert newest.id == case["project_no"]
        received, *under_way, ended = newest.steps
        assert (received.stage, ended.stage) == (Stage.DONE, Stage.COMING)
        assert [step.id for step in under_way] == [task["task_code"] for task in case["tasks"]]
        assert {step.state for step in under_way} == {"在办"}
        citizen.go("finish", "goodbye")
        site.reader.remove()
        citizen.go("finish", "idle")
        assert screen.forgotten == 2
    (receipt,) = eventually(lambda: site.printer.print_outs, "the receipt")
    assert grouped(case["project_no"]) in as_text(receipt.marks)


def test_a_paper_is_missing_until_the_counter_has_it(site: Site, owing: str):
    with site.open() as (citizen, screen):
        citizen.go("begin", "choose")
        citizen.go("progress", "identify.progress")
        site.reader.lay(site.people["liu"])
        screen.wait_until("还差 1 份材料")
        answer = site.platform.raw("POST", f"/desk/cases/{owing}/papers/{LEFT_OUT}/arrived")
        assert answer.status_code == 303
        citizen.go("back", "choose")
        citizen.press("progress")
        page = screen.wait(lambda page: page.id == "progress" and not page.busy, "the cases")
        assert "还差" not in str(page)


def test_a_platform_out_of_reach_is_told_and_asked_again(site: Site, owing: str):
    site.platform.fault("down")
    with site.open() as (citizen, screen):
        citizen.go("begin", "choose")
        citizen.go("progress", "identify.progress")
        site.reader.lay(site.people["liu"])
        screen.wait_until("现在查不了")
        site.platform.fault("none")
        citizen.press("retry")
        screen.wait_until("还差 1 份材料")
