"""Catalogues that differ in one limit, as a release would bring them."""

from __future__ import annotations

from functools import cache

from kiosk.catalogue.items import canonical, parse, release_name, to_items
from kiosk.catalogue.load import load_catalogue
from tests.harness.walk import ROOT


@cache
def shipped_items() -> dict[str, bytes]:
    return to_items(load_catalogue(ROOT / "config/catalogue"))


def with_limit(days: int, matter: str = "birth_certificate") -> tuple[str, dict[str, bytes]]:
    """The shipped catalogue with another limit for one matter: its release and its items."""
    key = f"matter/{matter}"
    changed = parse(shipped_items()[key]) | {"promise_days": days}
    items = {**shipped_items(), key: canonical(changed)}
    return release_name(items), items
