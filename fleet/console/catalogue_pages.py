"""What the catalogue holds and which of it is sample data: the whole, and each life event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Query
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from fleet.console.contents import Contents, EventContents, contents
from fleet.console.rendering import Pages
from fleet.manager.published import Published, PublishedRelease
from fleet.protocol.messages import ReleaseName
from fleet.release.files import ReleaseError
from kiosk.access.profile import Language
from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.model import Handling, Provenance, Slug, Text

OFFERED = 60  # earlier releases to choose from
LINES = 5  # of what is wrong with a release

NOT_FOUND = 404
UNREADABLE = 500

log = structlog.get_logger(__name__)


class CatalogueView(BaseModel):
    """Whose catalogue, of which release, in which language; also the page's address.

    `bank` None: the first there is; `release` None: the one that terminals should have.
    """

    model_config = ConfigDict(frozen=True)

    lang: Literal[Language.ZH, Language.EN] = Language.ZH
    bank: Annotated[str, Field(max_length=64)] | None = None
    release: ReleaseName | None = None

    def link(self, **changed: object) -> str:
        """The query of this view with something changed."""
        view = self.model_copy(update=changed)
        asked = {"lang": view.lang.value, "bank": view.bank, "release": view.release}
        return "?" + urlencode({key: value for key, value in asked.items() if value is not None})


Asked = Annotated[CatalogueView, Query()]


class Missing(Exception):
    """There is nothing to show: the phrases `catalogue.missing.{phrase}`, and why in detail."""

    def __init__(self, phrase: str, status: int, detail: tuple[str, ...] = ()) -> None:
        super().__init__(phrase)
        self.phrase = phrase
        self.status = status
        self.detail = detail


def catalogue_pages(published: Published, pages: Pages) -> APIRouter:
    """The routes. They read files, so they are plain functions, which run in threads."""
    router = APIRouter()

    def show(view: CatalogueView, template: str, slug: str | None = None) -> HTMLResponse:
        shown: dict[str, object] = {
            "view": view,
            "say": _saying(view.lang),
            "banks": published.banks,
            "releases": (),
            "chosen": None,
        }
        try:
            bank = _bank(published, view)
            releases = _releases(published, bank)
            shown["releases"] = releases[:OFFERED]
            chosen = _chosen(releases, view)
            counted = _contents(published, bank, chosen)
            event = None if slug is None else _event(counted, slug)
        except Missing as missing:
            shown["missing"] = missing
            return pages.render("catalogue_missing.html", view.lang, shown, missing.status)
        shown |= {"chosen": chosen, "contents": counted, "found": event}
        shown |= {"provenances": tuple(Provenance), "handlings": tuple(Handling)}
        return pages.render(template, view.lang, shown)

    @router.get("/catalogue")
    def whole(view: Asked) -> HTMLResponse:
        return show(view, "catalogue.html")

    @router.get("/catalogue/{slug}")
    def life_event(view: Asked, slug: Annotated[Slug, InPath()]) -> HTMLResponse:
        return show(view, "life_event.html", slug)

    return router


def _saying(language: Language) -> Callable[[Text], str]:
    def say(said: Text) -> str:
        return said.in_(language)

    return say


def _bank(published: Published, view: CatalogueView) -> str:
    if not published.banks:
        raise Missing("release", 200)
    if view.bank is None:
        return published.banks[0]
    if view.bank not in published.banks:
        raise Missing("bank", NOT_FOUND)
    return view.bank


def _releases(published: Published, bank: str) -> tuple[PublishedRelease, ...]:
    try:
        return published.releases(bank)
    except (ReleaseError, OSError) as fault:
        log.warning("releases not readable", bank=bank, reason=str(fault))
        raise Missing("unreadable", UNREADABLE, (str(fault),)) from fault


def _chosen(releases: Sequence[PublishedRelease], view: CatalogueView) -> PublishedRelease:
    if not releases:
        raise Missing("release", 200)
    if view.release is None:
        return releases[0]
    for release in releases:
        if release.name == view.release:
            return release
    raise Missing("other_release", NOT_FOUND)


def _contents(published: Published, bank: str, release: PublishedRelease) -> Contents:
    try:
        return contents(published.catalogue(bank, release.name))
    except (ReleaseError, OSError) as fault:
        reasons: tuple[str, ...] = (str(fault),)
    except CatalogueError as fault:
        reasons = tuple(fault.problems[:LINES])
    log.warning("release not readable", bank=bank, release=release.name, reasons=reasons)
    raise Missing("unreadable", UNREADABLE, reasons)


def _event(counted: Contents, slug: str) -> EventContents:
    for event in counted.events:
        if event.event.slug == slug:
            return event
    raise Missing("event", NOT_FOUND)
