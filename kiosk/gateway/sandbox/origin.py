"""Keeps pages of elsewhere from pressing the desk's buttons in a browser that is open there."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from kiosk.gateway.sandbox.refusals import RefusalCode, Refused


def own_page(request: Request) -> None:
    """Raises Refused when a browser says that another page sent this. Programs say nothing."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Refused(RefusalCode.FOREIGN_PAGE)
