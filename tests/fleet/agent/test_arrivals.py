"""What comes in is kept only as far as it is wanted, and never more of it than may be."""

from __future__ import annotations

import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st

from fleet.agent.arrivals import MOST_FILES, Blobs, Files
from fleet.protocol.topics import CHUNK_BYTES, chunk, every_chunk

CONTENT = bytes(range(256)) * 2048 + b"the last piece is short"
NAME = hashlib.sha256(CONTENT).hexdigest()
PIECES = [CONTENT[at : at + CHUNK_BYTES] for at in range(0, len(CONTENT), CHUNK_BYTES)]


def wanted() -> Blobs:
    blobs = Blobs()
    blobs.want(NAME, len(CONTENT))
    return blobs


@given(st.permutations(list(range(len(PIECES))) * 2))
def test_pieces_in_any_order_and_twice_make_the_blob(order):
    blobs = wanted()
    for number in order:
        blobs.put(NAME, number, PIECES[number])
    assert blobs.get(NAME) == CONTENT
    assert not blobs.is_wrong(NAME)
    assert blobs.topics() == []


def test_what_nobody_wants_is_not_kept():
    blobs = wanted()
    assert not blobs.put("0" * 64, 0, b"piece")
    assert not blobs.put(NAME, len(PIECES), b"piece")
    assert not blobs.put(NAME, 0, b"x" * (CHUNK_BYTES + 1))
    assert blobs.get("0" * 64) is None


def test_only_what_is_missing_is_asked_for_and_everything_when_it_is_wrong():
    blobs = wanted()
    for number in range(len(PIECES) - 1):
        blobs.put(NAME, number, PIECES[number])
    last = len(PIECES) - 1
    assert blobs.topics() == [chunk(NAME, last)]
    blobs.put(NAME, last, b"tampered")
    assert blobs.is_wrong(NAME)
    assert blobs.topics() == [chunk(NAME, number) for number in range(len(PIECES))]


def test_a_blob_of_many_pieces_is_asked_for_by_one_filter():
    blobs = Blobs()
    blobs.want(NAME, CHUNK_BYTES * 100)
    assert blobs.topics() == [every_chunk(NAME)]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=20)), max_size=400))
def test_no_flood_of_files_fills_the_memory(flood):
    files = Files()
    for number in range(MOST_FILES):
        files.put(f"{number}.root.json", b"{}")
    for name, content in flood:
        files.put(name, content)
        assert files.get(name) == (content or None)
    assert len(files._files) <= MOST_FILES
