"""The console as an ASGI application: the terminals, live, and the pages of the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Annotated, Literal

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, StreamingResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel, ConfigDict
from starlette.middleware.trustedhost import TrustedHostMiddleware

from fleet.console.catalogue_pages import catalogue_pages
from fleet.console.rendering import Pages
from fleet.manager.ingest import Counts
from fleet.manager.published import Published
from fleet.manager.reading import page, totals
from fleet.manager.store import Store
from kiosk.access.phrases import Phrases
from kiosk.access.profile import Language
from kiosk.beijing import BEIJING

LOOK_S = 0.3  # how soon the page hears of a change; a storm of reports renews it as often, no more
HEARTBEAT_S = 15.0  # a comment, so that proxies keep the line and a page that is gone is noticed
_ASSETS = Path(__file__).parent / "page"


@dataclass(frozen=True)
class Fleet:
    """What the console looks at."""

    store: Store
    broker_up: Callable[[], bool]
    counts: Callable[[], Counts]
    published: Published


class View(BaseModel):
    """What of the fleet is asked for, and in which language; also the page's address."""

    model_config = ConfigDict(frozen=True)

    lang: Literal[Language.ZH, Language.EN] = Language.ZH
    care: bool = False
    page: int = 1

    def link(self, **changed: object) -> str:
        """The address of this view with something changed."""
        view = self.model_copy(update=changed)
        return f"?lang={view.lang.value}&care={int(view.care)}&page={view.page}"


def console(fleet: Fleet, phrases: Phrases, zone: tzinfo = BEIJING) -> FastAPI:
    """The application. `zone`: of the times shown."""
    app = FastAPI(title="Yici console", docs_url=None, redoc_url=None, openapi_url=None)
    # A page of elsewhere cannot reach the console under a name that it lets point here.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    pages = Pages(phrases, zone)

    def render(template: str, view: View) -> HTMLResponse:
        wording = pages.wording(view.lang)
        found = page(fleet.store.engine, only_wanting_care=view.care, number=view.page)
        shown = {
            "view": view,
            "rows": [wording.shown(row) for row in found.rows],
            "page": found,
            "totals": totals(fleet.store.engine),
            "broker_up": fleet.broker_up(),
            "counts": fleet.counts(),
        }
        return pages.render(template, view.lang, shown)

    @app.get("/")
    def whole(view: Annotated[View, Query()]) -> HTMLResponse:
        return render("console.html", view)

    @app.get("/live")
    def live(view: Annotated[View, Query()]) -> HTMLResponse:
        return render("live.html", view)

    @app.get("/events")
    def events(request: Request) -> StreamingResponse:
        return StreamingResponse(_changes(fleet, request), media_type="text/event-stream")

    app.include_router(catalogue_pages(fleet.published, pages))
    app.mount("/assets", StaticFiles(directory=_ASSETS / "assets"))
    return app


async def _changes(fleet: Fleet, request: Request) -> AsyncIterator[str]:
    """An event for each change; the first one at once, since the page may already be old."""
    told, silent_s = "", 0.0
    while not await request.is_disconnected():
        state = f"{fleet.store.changes} {fleet.broker_up()} {fleet.counts().refused}"
        if state != told:
            told, silent_s = state, 0.0
            yield f"data: {state}\n\n"
        elif silent_s >= HEARTBEAT_S:
            silent_s = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(LOOK_S)
        silent_s += LOOK_S
