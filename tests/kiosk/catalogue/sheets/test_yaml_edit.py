"""What changing a value in a YAML file promises: that value, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.sheets.yaml_edit import ABSENT, YamlEditError, comments, edited
from kiosk.catalogue.yaml_source import Key
from tests.harness.walk import ROOT

FILE = """\
# Facts: a guide.
slug: marriage # not: wedding
name: { zh: 婚姻, en: "Marriage # one" }
matters:
  # the first
  - slug: register
    units: [police, health]
    promise_days: 20  # of the guide
    trips: 1
  - slug: household
    units:
      - police
      - health
    note: |
      two
      lines
    when: 'answers.a == "yes"'

# the end
licences: []
"""


def test_a_number_is_replaced_where_it_stands():
    assert edited(FILE, ("matters", 0, "promise_days"), 15) == FILE.replace("20  #", "15  #")


def test_a_missing_key_is_put_behind_those_that_come_before_it():
    changed = edited(FILE, ("matters", 0, "fee"), 5, ("slug", "units", "fee", "promise_days"))
    assert "    units: [police, health]\n    fee: 5\n    promise_days: 20" in changed


def test_a_missing_text_is_written_in_both_languages():
    changed = edited(FILE, ("matters", 0, "visit", "zh"), "要到场")
    changed = edited(changed, ("matters", 0, "visit", "en"), "Come: in person")
    assert '    visit: { zh: 要到场, en: "Come: in person" }\n' in changed


def test_a_key_is_put_into_braces():
    assert 'en: "Marriage # one", short: 婚 }' in edited(FILE, ("name", "short"), "婚")
    assert "licences: [a]" in edited(FILE, ("licences",), ["a"])


def test_a_key_is_taken_away_and_its_comment_stays():
    changed = edited(FILE, ("matters", 0, "promise_days"), ABSENT)
    assert "health]\n    # of the guide\n    trips: 1" in changed


def test_what_is_not_there_can_be_taken_away():
    assert edited(FILE, ("matters", 0, "visit"), ABSENT) == FILE


def test_the_first_and_the_last_key_in_braces_are_taken_away():
    assert 'name: { en: "Marriage # one" }' in edited(FILE, ("name", "zh"), ABSENT)
    assert "name: { zh: 婚姻 }" in edited(FILE, ("name", "en"), ABSENT)


def test_lists_keep_their_shape():
    in_brackets = edited(FILE, ("matters", 0, "units"), ["tax"])
    assert "units: [tax]\n    promise" in in_brackets
    in_lines = edited(FILE, ("matters", 1, "units"), ["tax", "police"])
    assert "units:\n      - tax\n      - police\n    note" in in_lines


def test_a_text_of_several_lines_is_replaced_and_taken_away():
    assert "    note: one\n    when" in edited(FILE, ("matters", 1, "note"), "one")
    assert "health\n    when" in edited(FILE, ("matters", 1, "note"), ABSENT)


def test_quotes_are_kept():
    changed = edited(FILE, ("matters", 1, "when"), 'answers.a == "no" && it\'s')
    assert """when: 'answers.a == "no" && it''s'\n""" in changed


def test_what_would_lose_a_comment_is_refused():
    text = "matters:\n  - a # first\n  - b\n"
    with pytest.raises(YamlEditError, match="comment that would be lost: # first"):
        edited(text, ("matters",), ["c"])


def test_an_alias_is_refused():
    with pytest.raises(YamlEditError, match="alias"):
        edited("a: &x { zh: 一 }\nb: *x\n", ("b", "zh"), "二")


def test_a_way_that_leads_nowhere_is_refused():
    with pytest.raises(YamlEditError, match=r"has no matters\.7\.slug"):
        edited(FILE, ("matters", 7, "slug"), "x")


VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["yes", "07", "", " a", "a: b", "a #b", "- a", "~", "2026-01-01", "a\nb", "，"]
    ),
    st.integers(-5, 500),
    st.booleans(),
    st.dates(date(1900, 1, 1)),
    st.lists(st.from_regex("[a-z][a-z_]{1,9}", fullmatch=True), max_size=4),
)


def keys(tree: Any, above: Key = ()) -> list[Key]:
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    found = []
    for name, value in pairs:
        found.append((*above, name))
        if isinstance(value, dict | list):
            found += keys(value, (*above, name))
    return found


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_value_anywhere_in_a_shipped_file_is_changed_alone_or_refused(data: st.DataObject):
    name = data.draw(st.sampled_from(["life_events/01-newborn.yaml", "units/annex.yaml"]))
    text = (ROOT / "config/catalogue" / name).read_text("utf-8")
    tree = yaml.safe_load(text)
    key = data.draw(st.sampled_from(keys(tree)))
    if data.draw(st.booleans()):
        key = (*key, data.draw(st.sampled_from(["visit", "trips"])))
    value = data.draw(st.one_of(st.just(ABSENT), VALUES))
    try:
        changed = edited(text, key, value)
    except YamlEditError:
        return
    after = yaml.safe_load(changed)
    place, last = after, key[-1]
    for part in key[:-1]:
        place = place[part]
    if value is ABSENT:
        assert isinstance(place, list) or last not in place
    else:
        assert place[last] == value
    assert list(comments(changed, yaml.compose(changed))) == list(
        comments(text, yaml.compose(text))
    )
    others = {found for found in keys(after) if found[: len(key)] != key}
    assert others <= set(keys(tree))
