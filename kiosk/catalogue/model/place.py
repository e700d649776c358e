"""Who handles matters and where: units, service points, and what a site may do for whom."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from kiosk.catalogue.hours import OpeningHours
from kiosk.catalogue.model.record import RegionCode, Slug, Sourced, Text


class Unit(Sourced):
    """A department or company that handles matters (责任单位).

    `code` is its unified social credit code (GB 32100), None where it is not published.
    """

    slug: Slug
    name: Text
    code: str | None = None
    phone: str | None = None


class ServicePoint(Sourced):
    """A place where people are seen and papers are taken (办理点).

    `hours` as it is published, `opening` the same for a calendar; None: 待主管部门填写.
    """

    slug: Slug
    name: Text
    region: RegionCode | None = None
    address: Text | None = None
    hours: Text | None = None
    opening: OpeningHours | None = None
    phone: str | None = None


class Delegation(Sourced):
    """授权委托书: from when until when a site may handle which matters for a unit.

    `site` is the service point at which the terminals stand. `until` is the last day; None: until
    it is withdrawn. `document` is its number, None where it is not published.
    """

    slug: Slug
    site: Slug
    unit: Slug
    matters: Annotated[tuple[Slug, ...], Field(min_length=1)]
    since: date
    until: date | None = None
    document: str | None = None
