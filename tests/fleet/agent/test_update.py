"""The table itself: where every road ends, and that none leads past a check."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fleet.agent.update import TABLE, Act, Happening, NoSuchStep, after, due
from fleet.protocol.messages import Update, UpdateState
from kiosk.catalogue.release_rows import AgentRow

RELEASES = ("a" * 12, "b" * 12)


def test_every_state_is_reached_and_left():
    assert {state for state, _ in TABLE} == set(UpdateState)
    assert {step.state for step in TABLE.values()} == set(UpdateState)


def test_a_desired_state_is_taken_up_in_every_state():
    for state in UpdateState:
        for happening in (Happening.WANTED, Happening.HAD):
            assert (state, happening) in TABLE


def test_only_what_was_staged_is_switched_to_and_only_what_was_switched_is_undone():
    acts = {act: {state for (state, _), step in TABLE.items() if step.act is act} for act in Act}
    assert acts[Act.SWITCH] == {UpdateState.STAGED}
    assert acts[Act.ROLL_BACK] == {UpdateState.SWITCHED}
    confirmed = {how for how, step in TABLE.items() if step.act is Act.CONFIRM}
    assert {happening for _, happening in confirmed} == {Happening.PASSED, Happening.HAD}
    assert (UpdateState.SWITCHED, Happening.HAD) not in confirmed


@given(
    st.lists(st.tuples(st.sampled_from(Happening), st.sampled_from(RELEASES)), max_size=30),
    st.text(max_size=400),
)
def test_whatever_happens_the_row_can_be_reported_and_a_switch_is_seen_to_its_end(story, reason):
    row, checking = AgentRow("current"), None
    for happening, wanted in story:
        before = row
        try:
            row, act = after(AgentRow(**{**vars(row), "wanted": wanted}), happening, reason)
        except NoSuchStep:
            continue
        Update(state=UpdateState(row.state), release=row.release, reason=row.reason)
        if act is Act.SWITCH:
            checking = row.release
        if checking and act in (Act.CONFIRM, Act.ROLL_BACK):
            assert row.release == checking
            checking = None
        if before.state == "switched" and act is Act.RECORD:
            assert row.release == checking


def test_what_is_in_force_is_not_wanted_again():
    row = AgentRow("current", release=RELEASES[0], wanted=RELEASES[0])
    assert due(row, RELEASES[0]) is None
    assert due(row, RELEASES[1]) is Happening.WANTED


def test_what_was_rolled_back_is_not_wanted_again_by_itself():
    row = AgentRow("rolled_back", release=RELEASES[0], wanted=RELEASES[0])
    assert due(row, RELEASES[1]) is None


def test_a_newer_wish_during_a_switch_is_taken_up_after_it():
    row = AgentRow("switched", release=RELEASES[0], wanted=RELEASES[1])
    assert due(row, RELEASES[0]) is None
    passed, _ = after(row, Happening.PASSED)
    assert due(passed, RELEASES[0]) is Happening.WANTED
    failed, _ = after(row, Happening.FAILED)
    assert due(failed, "c" * 12) is Happening.WANTED
