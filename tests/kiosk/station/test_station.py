"""A terminal on real wires, with a real platform and real stores; only the window is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby

import pytest

from drivers.receipt_printer.picture import as_text
from drivers.simulators.esc_pos import PrinterFault
from drivers.simulators.sam_a import ReaderFault
from drivers.status import PaperState
from kiosk import beijing
from kiosk.journey.world import Timing
from tests.harness.devices import eventually
from tests.harness.station import Citizen, Recorder
from tests.kiosk.journey.test_newborn import LONG
from tests.kiosk.station.conftest import SCRIPT, Site


@pytest.fixture
def citizen(site: Site) -> Iterator[Citizen]:
    with site.open() as (someone, _):
        yield someone


def test_a_mother_hands_in_and_takes_a_receipt_home(citizen: Citizen, site: Site):
    before = site.platform.desk("counts")["cases"]
    site.identify(citizen)
    citizen.to("done", SCRIPT)
    citizen.screen.wait_until("已送到打印机")
    (print_out,) = eventually(lambda: site.printer.print_outs, "a receipt")
    printed = as_text(print_out.marks)
    assert "受理号" in printed
    assert "陈**" in printed
    assert site.platform.desk("counts")["cases"] == before + 1
    citizen.go("finish", "goodbye")
    site.reader.remove()
    citizen.go("finish", "idle")
    assert citizen.screen.forgotten == 1


def test_a_card_laid_on_the_idle_picture_begins_a_session(citizen: Citizen, site: Site):
    site.reader.lay(site.people["chen"])
    assert "陈样例" in citizen.screen.wait_for("choose").lead


def test_a_card_left_behind_is_not_read_for_the_next_citizen(citizen: Citizen, site: Site):
    site.identify(citizen)
    citizen.go("leave", "leave")
    citizen.go("end", "goodbye")
    citizen.go("finish", "idle")
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    citizen.screen.wait_until("没取走的卡")
    site.reader.remove()
    site.reader.lay(site.people["zhou"])
    citizen.screen.wait_for("consent")


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (ReaderFault.WRONG_CHECK, "没有读出来"),
        (ReaderFault.REMOVED_WHILE_READ, "拿开得太早"),
        (ReaderFault.UNKNOWN_TYPE, "不是能用的证件"),
    ],
)
def test_trouble_with_a_card_is_told_and_the_next_try_goes_on(
    citizen: Citizen, site: Site, fault: ReaderFault, says: str
):
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    site.reader.fault = fault
    site.reader.lay(site.people["chen"])
    citizen.screen.wait_until(says)
    site.reader.fault = ReaderFault.NONE
    site.reader.remove()
    site.reader.lay(site.people["chen"])
    citizen.screen.wait_for("consent")


def test_an_expired_card_is_refused_with_what_to_do(citizen: Citizen, site: Site):
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    site.reader.lay(site.people["wang"])
    assert "派出所" in str(citizen.screen.wait_until("过期"))


def test_an_unplugged_reader_is_told_and_goes_on_when_plugged_in_again(
    citizen: Citizen, site: Site
):
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    site.reader.unplug()
    citizen.screen.wait_until("读卡器现在用不了")
    site.reader.plug()
    eventually(lambda: "用不了" not in str(citizen.screen.page), "the reader is back")
    site.reader.lay(site.people["chen"])
    citizen.screen.wait_for("consent")


@pytest.mark.parametrize("fault", ["down", "rubbish"])
def test_without_licences_the_form_is_filled_by_hand(citizen: Citizen, site: Site, fault: str):
    site.platform.fault(fault)
    site.identify(citizen)
    citizen.go("continue", "question.relation")
    assert "连不上" in str(citizen.screen.page)


@pytest.mark.parametrize(
    ("fault", "seconds"), [("down", 0), ("rubbish", 0), ("slow", 2.5), ("drop_after_commit", 0)]
)
def test_without_a_clear_answer_there_is_a_provisional_number_and_one_case_later(
    site: Site, fault: str, seconds: float
):
    before = site.platform.desk("counts")["cases"]
    site.submit_wait_s = 1
    with site.open() as (citizen, screen):
        site.identify(citizen)
        citizen.to("check", SCRIPT)
        site.platform.fault(fault, seconds=seconds)
        citizen.press("submit")
        page = screen.wait_for("done")
        assert "等待提交" in page.badge
        assert "已提交" not in page.badge + page.title
        screen.wait_until("已送到打印机")
        (print_out,) = site.printer.print_outs
        assert "还没有提交出去" in as_text(print_out.marks)
    site.platform.fault("none")
    with site.open():
        eventually(
            lambda: site.platform.desk("counts")["cases"] == before + 1, "the case arrives", 15
        )
    with site.open():
        assert site.platform.desk("counts")["cases"] == before + 1


@pytest.mark.parametrize(
    ("paper", "says"), [(PaperState.OUT, "没有纸"), (PaperState.LOW, "已送到打印机")]
)
def test_paper_decides_what_is_said_of_the_receipt(
    citizen: Citizen, site: Site, paper: PaperState, says: str
):
    site.identify(citizen)
    site.printer.paper = paper
    citizen.to("done", SCRIPT)
    citizen.screen.wait_until(says)


def test_a_receipt_waits_for_paper_and_is_printed_again_on_demand(citizen: Citizen, site: Site):
    site.identify(citizen)
    site.printer.paper = PaperState.OUT
    citizen.to("done", SCRIPT)
    citizen.screen.wait_until("没有纸")
    site.printer.paper = PaperState.FULL
    citizen.press("reprint")
    citizen.screen.wait_until("已送到打印机")


def test_a_silent_printer_is_never_said_to_have_printed(citizen: Citizen, site: Site):
    site.identify(citizen)
    site.printer.fault = PrinterFault.SILENT
    citizen.to("done", SCRIPT)
    page = citizen.screen.wait_until("printer-alert", timeout_s=40)
    assert "已送到打印机" not in str(page)
    assert page.block("code")


def test_a_printer_that_dies_in_mid_job_is_told_and_prints_again(citizen: Citizen, site: Site):
    site.identify(citizen)
    site.printer.fault = PrinterFault.DIES_MID_JOB
    citizen.to("done", SCRIPT)
    citizen.screen.wait_until("printer-alert", timeout_s=40)
    site.printer.fault = PrinterFault.NONE
    eventually(lambda: site.printer.plugged or site.printer.plug() is None, "power is back")

    def printed() -> bool:
        if "reprint" in str(citizen.screen.page):
            citizen.press("reprint")
        return "已送到打印机" in str(citizen.screen.page)

    eventually(printed, "printed again", 30)


def test_an_unplugged_printer_does_not_hold_up_the_citizen(citizen: Citizen, site: Site):
    site.identify(citizen)
    site.printer.unplug()
    citizen.to("done", SCRIPT)
    citizen.screen.wait_until("没有打出来", timeout_s=40)
    citizen.go("finish", "goodbye")


def test_idle_time_warns_can_be_extended_and_then_clears(site: Site):
    timing = Timing(idle_warning_s=1, idle_answer_s=5, done_s=2, goodbye_s=1)
    with site.open(timing) as (citizen, screen):
        citizen.press("begin")
        for extended in range(4):
            warned = ["choose", "idle_warning"] * (extended + 1)
            screen.wait(lambda _, so_far=warned: walked(screen)[1:] == so_far, f"{warned}")
            if extended < 3:
                citizen.press("stay")
        screen.wait_for_end()
        assert screen.forgotten == 1


def walked(screen: Recorder) -> list[str]:
    """The ids of all pages that were shown, however shortly, each run of equal ones once."""
    return [page_id for page_id, _ in groupby(page.id for page in screen.pages)]


def test_a_rating_and_a_problem_reach_the_platform(citizen: Citizen, site: Site):
    before = site.platform.desk("counts")
    site.identify(citizen)
    citizen.go("problem", "problem")
    citizen.press("kind.machine")
    citizen.screen.wait_until("编号")
    citizen.go("close", "consent")
    citizen.to("done", SCRIPT)
    citizen.press("rate.5")
    citizen.screen.wait_until("谢谢")

    def arrived() -> bool:
        now = site.platform.desk("counts")
        return all(now[kind] == before[kind] + 1 for kind in ("evaluations", "problems"))

    eventually(arrived, "rating and problem", 15)


def test_a_key_that_cannot_be_used_is_told_and_holds_nobody_up(site: Site):
    (site.folder / "data").mkdir()
    (site.folder / "data/vault.key").write_bytes(b"too short")
    with site.open() as (citizen, screen):
        site.identify(citizen)
        citizen.go("continue", "question.relation")
        born = beijing.today() - timedelta(days=7)
        citizen.to("check", {**LONG, "claim": "no", "child_birth_date": f"{born}"})
        citizen.press("submit")
        assert "没有交出去" in screen.wait_for("refused").lead
        citizen.go("continue", "check")
