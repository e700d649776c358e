"""Every life event from the idle picture to its end, and what platform and paper say of it then.

What is handed in goes over HTTP to the sandbox platform, where it is the applicants' day; what is
printed goes over the printer's wire. Neither page nor effect is believed: the case is read from
the platform's own record, the slip from the paper that the bytes made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from drivers.receipt_printer.encoder import SlipEncoder
from drivers.receipt_printer.esc_pos import EscPosPrinter, PrinterTimes
from drivers.receipt_printer.glyphs import Glyphs
from drivers.receipt_printer.paper import PAPER_80_MM
from drivers.receipt_printer.picture import as_text
from drivers.receipt_printer.port import JobEnded
from drivers.simulators.esc_pos import EscPosSimulator
from drivers.simulators.line import PtyLine
from kiosk.access.profile import Language
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import LifeEvent
from kiosk.documents.receipt import laid_out
from kiosk.gateway.http_client import HttpGateway
from kiosk.gateway.port import CaseStatus, Submission
from kiosk.gateway.sandbox.matters import CatalogueMatters
from kiosk.journey.display import grouped
from kiosk.journey.effects import Effect, PrintReceipt, QueryLicences, Submit
from kiosk.journey.page import Page, Rows
from kiosk.journey.signals import LicencesFound, PrintFinished, Signal, Submitted
from kiosk.journey.world import World
from kiosk.station.devices import from_printer
from tests.harness.applicant import Applicant
from tests.harness.devices import Heard, quick_back_off
from tests.harness.people import citizen
from tests.harness.platform import CATALOGUE
from tests.harness.walk import NOW, Walker, world
from tests.kiosk.gateway.timed_platform import TimedPlatform, timed_platform
from tests.kiosk.journey.applicants import Told, told
from yici.journey.invented import Inventor

JOURNEYS = told()
COUNT = re.compile(r"(?:Question|Item|第) (\d+)(?: [问项])?(?:(?: of |，共 )(\d+))?")
NAMES = [f"{each.life_event}-{each.who}-{each.ends.ending}" for each in JOURNEYS]


class Branch:
    """One branch: the platform over HTTP, a printer on its wire, and all that came of them."""

    def __init__(
        self, gateway: HttpGateway, printer: EscPosPrinter, heard: Heard, paper: EscPosSimulator
    ) -> None:
        self._gateway = gateway
        self._printer = printer
        self._heard = heard
        self._paper = paper
        self._jobs = 0

    def answer(self, effect: Effect) -> Signal | None:
        """Ask the platform, or print and wait for the printer's word."""
        match effect:
            case QueryLicences(request=request):
                found = self._gateway.licences(request) if request.types else ()
                earlier = self._gateway.earlier(request) if request.elements else {}
                return LicencesFound(found, earlier)
            case Submit(submission=submission):
                return Submitted(submission.id, self._gateway.submit(submission))
            case PrintReceipt(job=job, receipt=receipt):
                self._jobs += 1
                self._printer.print(job, laid_out(receipt))
                ended = self._heard.wait_for(JobEnded, self._jobs)
                signal = from_printer(ended)
                assert isinstance(signal, PrintFinished)
                return signal
        return None

    @property
    def papers(self) -> int:
        """How many pieces of paper came out so far."""
        outs = self._paper.print_outs
        return outs[-1].number if outs else 0

    @property
    def paper(self) -> str:
        """All that stands on the newest piece of paper, as one line without blanks."""
        return flat(as_text(self._paper.print_outs[-1].marks))

    def case(self, submission: Submission, case_no: str) -> CaseStatus:
        """Where the platform says a case of this applicant stands."""
        return self._gateway.case(case_no, submission.applicant)


def flat(text: str) -> str:
    """Without the blanks and line ends that setting it on paper adds."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def shipped() -> World:
    return world()


@pytest.fixture(scope="module")
def timed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TimedPlatform]:
    directory = CatalogueMatters(load_catalogue(CATALOGUE))
    with timed_platform(tmp_path_factory.mktemp("platform"), directory, NOW) as platform:
        yield platform


@pytest.fixture(scope="module")
def branch(
    timed: TimedPlatform, glyphs: Glyphs, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Branch]:
    folder: Path = tmp_path_factory.mktemp("branch")
    paper = EscPosSimulator(PtyLine(folder / "receipt-printer"), PAPER_80_MM)
    paper.start()
    encoder = SlipEncoder(PAPER_80_MM, glyphs)
    patient = PrinterTimes(answer=5.0)  # a busy machine: its printer answers, however late
    printer = EscPosPrinter(paper.url, encoder, back_off=quick_back_off(), times=patient)
    heard = Heard()
    printer.start(heard)
    with timed.gateway() as gateway:
        yield Branch(gateway, printer, heard, paper)
    printer.stop()
    paper.stop()


def applicant(one: Told, shipped: World, branch: Branch) -> Applicant:
    name = f"{one.life_event}-{one.who}-{one.ends.ending}"
    return Applicant(
        Walker(shipped, NOW, name),
        replace(citizen(one.who).person, valid_to=None),  # its card runs out one day
        branch,
        Inventor(shipped.catalogue, NOW.date(), Random(name)),
        says={**one.answers, **one.values},
        entries=one.entries,
        papers=one.papers,
    )


def names(event: LifeEvent, slugs: tuple[str, ...], language: str) -> list[str]:
    matters = {matter.slug: matter for matter in event.matters}
    return [matters[slug].name.in_(Language(language)) for slug in slugs]


def told_rows(page: Page, block: str) -> list[str]:
    """The lines of a list on a page, which may not have one."""
    lists = [b for b in page.blocks if isinstance(b, Rows) and b.id == block]
    return [row.text for rows in lists for row in rows.rows]


def handed_in_as_expected(one: Told, who: Applicant, branch: Branch, timed: TimedPlatform) -> None:
    (submission,) = [e.submission for e in who.walker.effects if isinstance(e, Submit)]
    outcome = who.walker.session.outcome
    assert outcome is not None
    assert outcome.acknowledgement is not None
    number = outcome.acknowledgement.case_no
    desk = timed.newest()
    assert desk["project_no"] == number
    assert desk["theme_code"] == one.life_event
    assert [task["task_code"] for task in desk["tasks"]] == list(one.ends.handed_in)
    visited = [task["task_code"] for task in desk["tasks"] if task["appointment_no"]]
    assert visited == list(one.ends.booked)
    assert (desk["appointment_date"] is not None) == bool(one.ends.booked)
    if submission.visit is not None:
        assert desk["appointment_date"] == submission.visit.day.isoformat()
    promised = [paper for paper, way in one.papers.items() if way == "promise"]
    ways = {entry.material: entry.way for entry in submission.materials}
    assert [ways[paper] for paper in promised] == ["commitment"] * len(promised)
    status = branch.case(submission, number)
    assert [progress.matter for progress in status.matters] == list(one.ends.handed_in)
    assert flat(grouped(number)) in branch.paper


def printed_as_expected(one: Told, who: Applicant, branch: Branch, shipped: World) -> None:
    language = Language(one.language)
    for slug in one.ends.printed:
        layout = shipped.catalogue.layouts[slug]
        assert flat(layout.title.in_(language)) in branch.paper
        licence = next((x for x in citizen(one.who).licences if x.type == layout.licence), None)
        for row in layout.rows if licence else ():
            value = licence.fields.get(row.field, "") if licence else ""
            if value and not row.masked:
                assert flat(row.label.in_(language) + value) in branch.paper
            assert not (row.masked and value and value in branch.paper)


def noticed_as_expected(one: Told, who: Applicant, branch: Branch, shipped: World) -> None:
    """The notice to take home holds every matter and every paper that the page named."""
    event = shipped.catalogue.life_event(one.life_event)
    notice = next(page for page in who.walker.pages if page.id == "notice")
    expected = names(event, one.ends.told, one.language)
    assert told_rows(notice, "matters") == expected
    for text in (*expected, *told_rows(notice, "bring")):
        assert flat(text) in branch.paper


def counted_as_promised(pages: list[Page]) -> None:
    """Numbers go up one by one to the total, once one is named, and the bar never goes back."""
    for kind in ("question", "field"):
        shown = {page.id: page.eyebrow for page in pages if page.id.startswith(f"{kind}.")}
        counts = [found.groups() for text in shown.values() if (found := COUNT.search(text))]
        assert [int(number) for number, _ in counts] == list(range(1, len(shown) + 1))
        assert {int(total) for _, total in counts if total} <= {len(shown)}
        totals = [total for _, total in counts]
        assert totals == sorted(totals, key=bool), "once named, a total stays"
    gone = [page.progress for page in pages if page.progress is not None]
    assert gone == sorted(gone)


@pytest.mark.parametrize("one", JOURNEYS, ids=NAMES)
def test_a_life_event_ends_as_its_handling_says(
    one: Told, shipped: World, branch: Branch, timed: TimedPlatform
) -> None:
    event = shipped.catalogue.life_event(one.life_event)
    cases, papers = timed.desk("counts")["cases"], branch.papers
    who = applicant(one, shipped, branch)
    last = who.walk(one.life_event, one.language)
    expected = {"apply": "done", "book": "done", "print": "told", "inform": "told"}
    assert last.id == expected.get(one.ends.ending, "stopped")
    unused = {*one.answers, *one.values} - set(who.asked)
    assert not unused, "said, but never asked for"
    if last.id != "stopped":
        counted_as_promised(who.walker.pages)
    assert timed.desk("counts")["cases"] - cases == (last.id == "done")
    assert branch.papers - papers == (last.id != "stopped")
    if last.id == "stopped":
        assert one.ends.stopped in last.lead
        return
    if last.id == "done":
        handed_in_as_expected(one, who, branch, timed)
        for name in names(event, one.ends.handed_in, one.language):
            assert flat(name) in branch.paper
        notice = next(page for page in who.walker.pages if page.id == "notice")
        everything = set(names(event, one.ends.handed_in + one.ends.told, one.language))
        assert everything <= set(told_rows(notice, "matters"))
    if one.ends.ending == "inform":
        noticed_as_expected(one, who, branch, shipped)
    printed_as_expected(one, who, branch, shipped)


def test_every_life_event_is_walked_by_two_different_applicants(shipped: World) -> None:
    for event in shipped.catalogue.life_events:
        walked = [one for one in JOURNEYS if one.life_event == event.slug]
        assert len(walked) >= 2
        assert len({one.who for one in walked}) >= 2, event.slug
        assert len({tuple(one.answers.items()) for one in walked}) == len(walked)


def test_together_they_go_every_way_there_is() -> None:
    assert Counter(one.ends.ending for one in JOURNEYS).keys() == {
        "apply",
        "book",
        "print",
        "inform",
        "stop",
    }
    assert {one.language for one in JOURNEYS} == {"zh", "en"}
    held = {one.who: bool(citizen(one.who).licences) for one in JOURNEYS}
    assert set(held.values()) == {True, False}, "with e-licences and without any"
    assert {"legal", "agent"} <= {one.answers.get("role") for one in JOURNEYS}
    assert max(count for one in JOURNEYS for count in one.entries.values()) > 2
    assert {way for one in JOURNEYS for way in one.papers.values()} == {"here", "promise"}


def test_a_site_that_may_do_nothing_tells_everything(shipped: World, branch: Branch) -> None:
    """No delegation: the same answers end with the notice, and nothing is asked or handed in."""
    elsewhere = replace(shipped, site=replace(shipped.site, point="another_branch"))
    one = next(one for one in JOURNEYS if one.ends.ending == "apply")
    who = applicant(one, elsewhere, branch)
    assert who.walk(one.life_event).id == "told"
    assert not [effect for effect in who.walker.effects if isinstance(effect, Submit)]
    assert set(who.asked) <= one.answers.keys()
    assert flat(shipped.catalogue.life_event(one.life_event).matters[0].name.zh) in branch.paper
