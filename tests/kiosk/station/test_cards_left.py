"""A card that stays on the reader, or is laid there again, is nobody's but its owner's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from drivers.kinds import Kind
from drivers.status import DeviceStatus
from kiosk.journey.signals import Chosen
from kiosk.journey.world import Timing
from tests.harness.devices import eventually
from tests.harness.station import Citizen
from tests.kiosk.station.conftest import Site


@pytest.fixture
def citizen(site: Site) -> Iterator[Citizen]:
    with site.open() as (someone, _):
        yield someone


def looked(site: Site) -> None:
    """The reader looked at what lies there, several times."""
    asked = site.reader.requests
    eventually(lambda: site.reader.requests > asked + 4, "the reader keeps watch")


def begun(citizen: Citizen, site: Site, slug: str = "chen") -> None:
    """A session that a card on the idle picture began."""
    site.reader.lay(site.people[slug])
    citizen.screen.wait_for("choose")


def laid_again(citizen: Citizen, site: Site) -> None:
    """Read, taken away, and laid again by somebody who thinks that it must lie there."""
    begun(citizen, site)
    site.reader.remove()
    looked(site)
    site.reader.lay(site.people["chen"])
    looked(site)


def stays_unread(citizen: Citizen, site: Site) -> None:
    """The idle picture stays and asks to take the card away; taken and laid anew, it is read."""
    citizen.screen.wait_until("请取回")
    read = site.reader.texts_read
    looked(site)
    assert citizen.screen.page.id == "idle"
    assert site.reader.texts_read == read
    site.reader.remove()
    citizen.screen.wait_until("也可以开始")
    begun(citizen, site)


def test_a_card_laid_again_after_it_was_read_is_told_at_the_end_and_begins_no_session(
    citizen: Citizen, site: Site
):
    laid_again(citizen, site)
    citizen.go("leave", "leave")
    citizen.go("end", "goodbye")
    citizen.screen.wait_until("身份证还在读卡区")
    citizen.go("finish", "idle")
    stays_unread(citizen, site)


def test_a_card_laid_on_the_last_page_begins_no_session(citizen: Citizen, site: Site):
    begun(citizen, site)
    site.reader.remove()
    looked(site)
    citizen.go("leave", "leave")
    citizen.go("end", "goodbye")
    assert "身份证还在读卡区" not in str(citizen.screen.page)
    site.reader.lay(site.people["chen"])
    citizen.screen.wait_until("身份证还在读卡区")
    citizen.go("finish", "idle")
    stays_unread(citizen, site)


def test_a_card_laid_again_begins_no_session_when_time_ended_the_last_one(site: Site):
    with site.open(Timing(idle_warning_s=5, idle_answer_s=1, goodbye_s=1)) as (citizen, screen):
        laid_again(citizen, site)
        screen.wait_for_end()
        stays_unread(citizen, site)


def test_a_card_laid_again_begins_no_session_when_a_defect_ended_the_last_one(
    citizen: Citizen, site: Site
):
    laid_again(citizen, site)
    citizen.station.post(Chosen("choose", "life_cycle", "of a page that never was"))
    citizen.screen.wait_for("broken")
    citizen.go("finish", "idle")
    stays_unread(citizen, site)


def test_a_card_laid_again_begins_no_session_when_the_reader_was_away_meanwhile(
    citizen: Citizen, site: Site
):
    laid_again(citizen, site)
    site.reader.unplug()
    citizen.go("leave", "leave")
    citizen.go("end", "goodbye")
    citizen.go("finish", "idle")
    site.reader.plug()
    stays_unread(citizen, site)


def test_a_card_laid_while_the_reader_was_away_begins_no_session(citizen: Citizen, site: Site):
    site.reader.unplug()
    eventually(lambda: not reader_of(citizen).usable, "the reader is away")
    site.reader.lay(site.people["chen"])
    site.reader.plug()
    stays_unread(citizen, site)


def test_a_card_laid_while_the_reader_that_asks_for_it_was_away_is_read_when_it_is_back(
    citizen: Citizen, site: Site
):
    citizen.go("begin", "choose")
    citizen.go("newborn", "identify")
    site.reader.unplug()
    eventually(lambda: not reader_of(citizen).usable, "the reader is away")
    site.reader.lay(site.people["chen"])
    site.reader.plug()
    citizen.screen.wait_for("consent")


def test_a_card_that_lies_there_when_the_terminal_starts_begins_no_session(site: Site):
    site.reader.lay(site.people["chen"])
    with site.open() as (citizen, _):
        stays_unread(citizen, site)


def test_an_expired_card_on_the_idle_picture_leads_to_where_one_goes_on_without_it(
    citizen: Citizen, site: Site
):
    begun(citizen, site, "wang")
    citizen.screen.wait_until("过期")
    citizen.go("newborn", "identify")
    citizen.go("without_card", "question.relation")


def reader_of(citizen: Citizen) -> DeviceStatus:
    """How the reader is."""
    devices = citizen.station.standing().devices
    return next(status for status in devices if status.device == Kind.ID_CARD)
