"""A pack gives back exactly the items of its release, or says why it does not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from fleet.protocol.manifest import Manifest, Pack
from fleet.release import merge_patch
from fleet.release.build import Built, build
from fleet.release.packs import PackError, full, unpack
from kiosk.catalogue.items import canonical, release_name, to_items
from kiosk.catalogue.load import load_catalogue

OLD = to_items(load_catalogue(Path(__file__).resolve().parents[3] / "config/catalogue"))
BIRTH = "matter/birth_certificate"
NEW = OLD | {BIRTH: canonical(json.loads(OLD[BIRTH]) | {"promise_days": 9})}
BUILT = build(NEW, {release_name(OLD): OLD})

JSON = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([f"matter/{letter}" for letter in "abcdef"])


def parts(built: Built) -> tuple[Pack, bytes, Pack, bytes]:
    whole, (change,) = built.manifest.full, built.manifest.deltas
    return whole, built.packs[whole.sha256], change, built.packs[change.sha256]


def forged(content: bytes, base: str | None = None) -> tuple[Pack, bytes]:
    """A pack whose length and hash are right, so that only its content can be refused."""
    data = zstandard.compress(content)
    digest = hashlib.sha256(data).hexdigest()
    return Pack(sha256=digest, length=len(data), unpacked=len(content), base=base), data


def refused(pack: Pack, data: bytes, base: dict[str, bytes] | None = None) -> str:
    with pytest.raises(PackError) as caught:
        unpack(pack, data, base, BUILT.manifest)
    return caught.value.reason


def test_the_full_pack_gives_all_items():
    whole, data, _, _ = parts(BUILT)
    assert unpack(whole, data, None, BUILT.manifest) == NEW


def test_a_delta_gives_the_same_items_from_its_base_and_leaves_the_base_alone():
    _, _, change, data = parts(BUILT)
    base = dict(OLD)
    assert unpack(change, data, base, BUILT.manifest) == NEW
    assert base == OLD


def test_a_changed_limit_travels_in_less_than_a_hundred_bytes():
    assert len(parts(BUILT)[3]) < 100


@pytest.mark.parametrize("which", [0, 2])
def test_a_pack_changed_at_any_place_is_refused(which: int):
    pack, data = parts(BUILT)[which : which + 2]
    assert isinstance(pack, Pack)
    assert isinstance(data, bytes)
    base = OLD if pack.base else None
    for at in range(0, len(data), max(1, len(data) // 50)):
        broken = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert refused(pack, broken, base) == "its content is not what the manifest says"


def test_a_pack_that_is_cut_off_is_refused():
    whole, data, _, _ = parts(BUILT)
    assert "bytes long" in refused(whole, data[:-1])


def test_a_delta_on_another_base_is_refused():
    _, _, change, data = parts(BUILT)
    assert "not those of release" in refused(change, data, NEW)


def test_a_delta_without_its_base_is_refused():
    whole, whole_data, change, data = parts(BUILT)
    assert "a delta is opened with" in refused(change, data)
    assert "a delta is opened with" in refused(whole, whole_data, OLD)


def test_a_pack_of_another_release_is_refused_though_its_hash_is_right():
    pack = build(OLD, {})
    whole = pack.manifest.full
    assert "not those of the release" in refused(whole, pack.packs[whole.sha256])


def test_a_pack_that_unpacks_to_more_than_it_says_is_not_unpacked_further():
    bomb, data = forged(b"yici-pack 1\n+ matter/a " + b" " * 50_000_000)
    small = bomb.model_copy(update={"unpacked": 1000})
    assert "does not unpack to the 1000 bytes" in refused(small, data)


@pytest.mark.parametrize(
    "line",
    [
        b"? matter/a 1",
        b"",
        b"+",
        b"~ matter/nowhere {}",
        b"- matter/nowhere",
        b"~ %b {" % BIRTH.encode(),
        b"~ %b %b" % (BIRTH.encode(), b'{"a":' * 5000 + b"1" + b"}" * 5000),
        b'~ %b "\\ud800"' % BIRTH.encode(),
        b"+ \xff 1",
    ],
)
def test_a_line_that_cannot_be_read_is_refused(line: bytes):
    pack, data = forged(b"yici-pack 1\n" + line, release_name(OLD))
    assert refused(pack, data, OLD) in (
        "a line of it cannot be read",
        "the items in it are not those of the release",
    )


def test_a_pack_of_a_later_format_is_refused():
    assert "no pack that this terminal can read" in refused(*forged(b"yici-pack 2\n"))


def test_a_window_larger_than_a_terminal_has_is_refused():
    parameters = zstandard.ZstdCompressionParameters(window_log=27)
    compressor = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = compressor.compress(b"yici-pack 1\n" + b" " * 988) + compressor.flush()
    digest = hashlib.sha256(data).hexdigest()
    assert refused(Pack(sha256=digest, length=len(data), unpacked=1000), data) == (
        "cannot be decompressed"
    )


def test_a_manifest_named_after_other_content_is_refused():
    tree = BUILT.manifest.model_dump() | {"release": "0" * 12}
    with pytest.raises(ValueError, match="named by the first digits"):
        Manifest.model_validate(tree)


def test_a_manifest_for_later_terminals_can_still_be_read():
    tree = BUILT.manifest.model_dump() | {"item_schema": 7}
    assert Manifest.model_validate(tree).item_schema == 7


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=200), with_base=st.booleans())
def test_no_bytes_in_a_pack_make_it_fail_otherwise(content: bytes, with_base: bool):
    base = release_name(OLD) if with_base else None
    refused(*forged(b"yici-pack 1\n" + content, base), OLD if with_base else None)


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=200), size=st.integers(0, 1000))
def test_no_bytes_instead_of_a_pack_make_it_fail_otherwise(data: bytes, size: int):
    digest = hashlib.sha256(data).hexdigest()
    refused(Pack(sha256=digest, length=len(data), unpacked=size), data)


@settings(max_examples=200, deadline=None)
@given(old=st.dictionaries(KEYS, JSON), new=st.dictionaries(KEYS, JSON | st.none()))
def test_any_change_of_items_travels_whole_and_as_a_difference(old, new):
    base = {key: canonical(tree) for key, tree in old.items()}
    items = {key: canonical(tree) for key, tree in new.items()}
    built = build(items, {release_name(base): base})
    for pack in (built.manifest.full, *built.manifest.deltas):
        given_base = base if pack.base else None
        assert unpack(pack, built.packs[pack.sha256], given_base, built.manifest) == items


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"a": 1}, {"a": {"b": None}}),
        ({"a": {"b": 1}}, {"a": {"b": None}}),
        ({"a": 1}, {"a": True}),
        ({"a": 1}, {"a": 1.0}),
    ],
)
def test_what_a_merge_patch_cannot_say_travels_as_a_whole_item(old: dict, new: dict):
    filler = {"z": "x" * 100}  # so that a patch would be shorter
    base = {"matter/a": canonical(filler | old)}
    items = {"matter/a": canonical(filler | new)}
    built = build(items, {release_name(base): base})
    for pack in built.manifest.deltas:
        assert unpack(pack, built.packs[pack.sha256], base, built.manifest) == items


@settings(max_examples=200, deadline=None)
@given(old=JSON, new=JSON)
def test_a_merge_patch_makes_the_new_tree_of_the_old(old, new):
    assert merge_patch.apply(old, merge_patch.between(old, new)) == new


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [  # from RFC 7396, appendix A
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch_does_what_the_rfc_says(target, patch, result):
    assert merge_patch.apply(target, patch) == result


def test_equal_items_have_equal_packs():
    assert full(dict(reversed(NEW.items()))) == full(NEW)
