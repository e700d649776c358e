"""A release from the publisher to the terminal, over a real broker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fleet.protocol.messages import Presence, Status, UpdateState, read
from fleet.protocol.topics import Kind
from kiosk.catalogue.items import release_name
from kiosk.catalogue.release_store import ReleaseStore
from tests.fleet.agent.site import WITHIN_S, Fleet, TerminalSide, running_agent
from tests.fleet.release.publication import ITEMS, with_limit
from tests.harness.devices import eventually


def test_a_published_release_comes_into_use_and_is_reported(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    with running_agent(fleet, store):
        fleet.wait_last("the shipped release", release=release_name(ITEMS))
        release = fleet.release(7)
        fleet.says(UpdateState.CURRENT, release)
        fleet.wait_last("in use", release=release, terminal_running=True)
    assert store.items(release) == with_limit(7)
    assert store.in_force().confirmed


def test_a_shipped_release_that_is_desired_is_the_banks_from_then_on(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    assert store.in_force().shipped
    with running_agent(fleet, store):
        fleet.desire(release_name(ITEMS))
        eventually(lambda: not store.in_force().shipped, "the bank's", WITHIN_S)
    assert terminal.served == [release_name(ITEMS)]


def test_what_is_retained_is_enough_for_a_terminal_that_comes_late(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    release = fleet.release(7)
    with running_agent(fleet, store):
        fleet.says(UpdateState.CURRENT, release)


def test_the_next_release_comes_as_a_delta(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    with running_agent(fleet, store):
        fleet.says(UpdateState.CURRENT, fleet.release(7))
        second = fleet.publication.release(8)
        manifest = fleet.packs(second)
        fleet.publish_metadata()
        blobs = dict(fleet.publication.repository.blobs())
        for sha256, content in blobs.items():
            if sha256 != manifest.full.sha256:
                fleet.put_piece(sha256, 0, content)
        fleet.desire(second)
        fleet.says(UpdateState.CURRENT, second)


def test_the_release_before_needs_nothing_fetched(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    with running_agent(fleet, store):
        first, second = fleet.release(7), fleet.release(8)
        fleet.says(UpdateState.CURRENT, second)
        fleet.publication.repository.publish(first)
        fleet.publish_metadata()
        fleet.desire(first)
        fleet.wait_last("the first release again", release=first)


def test_a_switch_waits_until_nobody_is_in_a_session(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    terminal.busy = True
    with running_agent(fleet, store):
        fleet.wait_last("somebody is there", busy=True)
        release = fleet.release(7)
        fleet.says(UpdateState.STAGED, release)
        assert fleet.last().busy
        assert store.in_force().active == release_name(ITEMS)
        terminal.busy = False
        fleet.says(UpdateState.CURRENT, release)


def test_a_switch_waits_for_a_terminal_that_does_not_run(fleet: Fleet, store: ReleaseStore):
    store.install(release_name(ITEMS), ITEMS)
    with running_agent(fleet, store):
        release = fleet.release(7)
        fleet.says(UpdateState.STAGED, release)
        assert not fleet.last().terminal_running
        side = TerminalSide(store)
        side.start()
        fleet.says(UpdateState.CURRENT, release)
        side.stop()


def test_a_switch_waits_for_its_time(fleet: Fleet, store: ReleaseStore, terminal: TerminalSide):
    with running_agent(fleet, store):
        release = fleet.publication.release(7)
        fleet.publish_blobs()
        fleet.publish_metadata()
        soon = datetime.now(UTC) + timedelta(seconds=2)
        fleet.desire(release, not_before=soon)
        fleet.says(UpdateState.STAGED, release)
        fleet.says(UpdateState.CURRENT, release)
        assert datetime.now(UTC) >= soon


def test_a_release_that_the_terminal_finds_wanting_is_rolled_back_and_not_tried_again(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    terminal.finding = "life_event/newborn: KeyError"
    with running_agent(fleet, store):
        release = fleet.release(7)
        fleet.says(UpdateState.ROLLED_BACK, release, "newborn")
        fleet.wait_last("the release before", release=release_name(ITEMS))
    run = fleet.last().boot
    with running_agent(fleet, store):
        eventually(lambda: fleet.last().boot != run, "a report of the next run", WITHIN_S)
        assert fleet.last().update.state is UpdateState.ROLLED_BACK
        terminal.finding = ""
        fleet.desire(release)
        fleet.says(UpdateState.CURRENT, release)


def test_a_release_that_nobody_checks_is_rolled_back(
    fleet: Fleet, store: ReleaseStore, terminal: TerminalSide
):
    with running_agent(fleet, store, check_s=0.5):
        fleet.wait_last("the terminal", terminal_running=True)
        terminal.checks = False
        fleet.says(UpdateState.ROLLED_BACK, fleet.release(7), "no self-check")
    assert store.in_force().active == release_name(ITEMS)


def test_birth_and_death_are_told(fleet: Fleet, store: ReleaseStore):
    def presences() -> list[Presence]:
        topic = fleet.terminal.topic(Kind.STATUS)
        return [
            read(Status, payload).presence
            for heard, payload in fleet.manager.heard.copy()
            if heard == topic
        ]

    with running_agent(fleet, store):
        eventually(lambda: presences() == [Presence.ONLINE], "birth", WITHIN_S)
    eventually(lambda: presences()[-1] is Presence.OFFLINE, "death", WITHIN_S)
