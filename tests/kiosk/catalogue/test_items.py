"""A catalogue comes back from its items exactly, or is refused with the item that is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.items import canonical, from_items, release_name, to_items
from kiosk.catalogue.load import CatalogueError, load_catalogue
from tests.harness.catalogue import small_catalogue

with TemporaryDirectory() as folder:
    SHIPPED = load_catalogue(small_catalogue(Path(folder)))
ITEMS = to_items(SHIPPED)
NEWBORN = "life_event/newborn"
BIRTH = "matter/birth_certificate"


def changed(key: str, edit: Callable[[Any], object]) -> dict[str, bytes]:
    tree = json.loads(ITEMS[key])
    edit(tree)
    return ITEMS | {key: canonical(tree)}


def without(key: str) -> dict[str, bytes]:
    return {name: content for name, content in ITEMS.items() if name != key}


def problems(items: dict[str, bytes]) -> str:
    with pytest.raises(CatalogueError) as caught:
        from_items(items)
    return "\n".join(caught.value.problems)


def test_a_catalogue_comes_back_from_its_items_exactly():
    again = from_items(ITEMS)
    assert again == SHIPPED
    assert list(again.elements) == list(SHIPPED.elements)
    assert to_items(again) == ITEMS


def test_the_release_is_named_after_the_items_alone():
    assert SHIPPED.release == release_name(ITEMS)
    assert release_name(dict(reversed(ITEMS.items()))) == SHIPPED.release
    assert from_items(ITEMS).release == SHIPPED.release


def test_a_changed_limit_changes_one_item_and_the_name_of_the_release():
    items = changed(BIRTH, lambda tree: tree.update(promise_days=9))
    catalogue = from_items(items)
    assert catalogue.matter("birth_certificate").promise_days == 9
    assert catalogue.release != SHIPPED.release
    assert {key for key, content in to_items(catalogue).items() if content != ITEMS[key]} == {BIRTH}


def test_a_default_that_is_left_out_leaves_the_name_as_it_is():
    assert b"null" not in b"".join(ITEMS.values())
    assert b'"required":true' not in b"".join(ITEMS.values())


@pytest.mark.parametrize(
    ("key", "edit", "says"),
    [
        (BIRTH, lambda t: t.update(promise_days=-1), f"{BIRTH}: promise_days:"),
        (BIRTH, lambda t: t.update(promised=1), f"{BIRTH}: promised:"),
        (BIRTH, lambda t: t.update(slug="other"), f"{BIRTH}: slug:"),
        (BIRTH, lambda t: t.update(elements=["shoe_size"]), "no element shoe_size"),
        (BIRTH, lambda t: t.update(when="answers.nothing =="), f"{NEWBORN}: matters"),
        (NEWBORN, lambda t: t["matters"].append("nowhere"), f"{NEWBORN}: matters: no matter"),
        (NEWBORN, lambda t: t["matters"].remove("birth_certificate"), f"{BIRTH}: no life event"),
        (NEWBORN, lambda t: t["matters"].append("birth_certificate"), "once"),
        (NEWBORN, lambda t: t.update(matters=[1]), f"{NEWBORN}: matters: must be a list of slugs"),
        (NEWBORN, lambda t: t.pop("guide"), f"{NEWBORN}: guide"),
        ("order/elements", lambda t: t.pop(), "order/elements: must name every element once"),
        ("order/elements", lambda t: t.append(t[0]), "order/elements: must name"),
        ("table/nations", lambda t: t.append(t[0]), "table/nations: a code is given twice"),
        ("table/nations", lambda t: t[0].pop("label"), "table/nations: 0.label"),
    ],
)
def test_an_item_that_does_not_fit_is_named(key: str, edit: Callable[[Any], object], says: str):
    assert says in problems(changed(key, edit))


@pytest.mark.parametrize(
    ("items", "says"),
    [
        (without("table/nations"), "no table nations"),
        (without("order/elements"), "order/elements: is the one order"),
        (without(BIRTH), "no matter birth_certificate"),
        (ITEMS | {"weather/today": b"{}"}, "weather/today: is no key of an item"),
        (ITEMS | {"order/matters": b"[]"}, "order/elements: is the one order"),
        (ITEMS | {BIRTH: b"{"}, f"{BIRTH}: not JSON"),
        (ITEMS | {BIRTH: b"[" * 100_000}, f"{BIRTH}: not JSON"),
        (ITEMS | {BIRTH: b"[]"}, f"{BIRTH}: item:"),
        (ITEMS | {NEWBORN: b"NaN"}, f"{NEWBORN}: not JSON"),
        (ITEMS | {BIRTH: ITEMS[BIRTH] + b" "}, f"{BIRTH}: is not in canonical form"),
        ({"order/elements": b"[]", "regions/tree": b"{}"}, "no life event"),
        ({"order/elements": b"[]"}, "regions/tree: is the one tree"),
        ({}, "order/elements: is the one order"),
    ],
)
def test_items_that_are_missing_or_no_json_are_named(items: dict[str, bytes], says: str):
    assert says in problems(items)


def test_all_problems_are_told_at_once():
    items = changed(BIRTH, lambda tree: tree.update(promise_days=-1))
    told = problems(items | {"table/nations": b"nothing"})
    assert BIRTH in told
    assert "table/nations" in told


_TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["slug", "matters", "name"]), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(
    key=st.sampled_from([BIRTH, NEWBORN, "order/elements", "table/nations", "element/child_name"]),
    content=st.binary(max_size=60) | _TREES.map(canonical),
)
def test_no_bytes_of_an_item_make_the_reader_fail_otherwise(key: str, content: bytes):
    with pytest.raises(CatalogueError, match=r"\w+/"):
        from_items(ITEMS | {key: content})
