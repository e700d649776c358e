"""Whatever is typed, however long and by however many at once, is answered in good order."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.catalogue.search import Hit, Manner
from tests.kiosk.catalogue.searching import index_of, shipped_index

TYPED = st.one_of(
    st.text(max_size=60),
    st.text("abcdeghinosuxz' ", max_size=60),
    st.text("社会保险登记户口 shebao，（", max_size=20),
)


def rank(hit: Hit) -> tuple[int, int]:
    """Of what is contained in a query the longest comes first, wherever it stands."""
    return hit.manner, -len(hit.text) if hit.manner is Manner.CONTAINED else hit.place


@given(query=TYPED, limit=st.integers(1, 30))
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_hits_are_ranked_unique_and_marked_within_their_text(
    query: str, limit: int
):
    hits = shipped_index().search(query, limit)
    assert len(hits) <= limit
    assert len({hit.entry for hit in hits}) == len(hits)
    assert list(hits) == sorted(hits, key=rank)
    for hit in hits:
        texts = {alias.text for alias in hit.entry.aliases} if hit.by_alias else hit.entry.names
        assert hit.text in texts
        edges = [edge for mark in hit.marks for edge in mark]
        assert edges == sorted(set(edges))
        assert edges
        assert 0 <= edges[0] < edges[-1] <= len(hit.text)


@given(content=st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_harmless(content: bytes):
    shipped_index().search(content.decode("utf-8", "surrogateescape"))
    shipped_index().search(content.decode("utf-16", "replace"))


@given(start=st.integers(0, 30), length=st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_any_part_of_a_name_is_found_in_it_however_wide_it_is_typed(start: int, length: int):
    name = "公众聚集场所投入使用、营业前消防安全检查"
    part = name[start : start + length].strip("、")
    index = index_of(name, "ABC登记")
    if part:
        (hit,) = index.search(part)
        assert (hit.text[hit.marks[0][0] : hit.marks[0][1]]).strip("、") == part
    assert index.search("abc登") == index.search("ＡＢＣ登")


def test_a_query_without_end_is_cut_and_answered():
    index = index_of("登记" * 30)
    assert index.search("登记" * 50_000) == index.search("登记" * 20)
    assert index.search("an" * 50_000) == ()


def test_threads_may_search_one_index_at_the_same_time():
    index = shipped_index()
    queries = ["shebao", "上户口", "tx", "登记", "tax", "开fd", "老人", "sengfenzheng"] * 20
    expected = [index.search(query) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(index.search, queries)) == expected


def test_searching_does_not_import_pypinyin():
    code = "import sys, kiosk.catalogue.search; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
