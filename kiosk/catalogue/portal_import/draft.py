"""A guide as the records of a draft life event, ready to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kiosk.catalogue.model import Catalogue, Handling, LifeCycle, Provenance
from kiosk.catalogue.portal_import.doubts import doubts
from kiosk.catalogue.portal_import.guide import PortalGuide
from kiosk.catalogue.portal_import.matters import Matters, handling_of, matters, title_of
from kiosk.catalogue.portal_import.papers import papers
from kiosk.catalogue.portal_import.parties import (
    Parties,
    Record,
    said,
    service_points,
    usable_phone,
)
from kiosk.catalogue.portal_import.sentences import paragraph, plain, sentences, short
from kiosk.catalogue.portal_import.slugs import Slugs, sound
from kiosk.catalogue.portal_import.words import PortalWords
from kiosk.catalogue.sheets.english import MARK, untranslated

MOST_CONDITIONS = 12
MOST_STEPS = 10
MOST_ASKED = 8
LONGEST_TITLE = 26
LONGEST_SLUG = 30
FIGURES = ("days", "trips", "materials", "steps")


@dataclass(frozen=True)
class Draft:
    """The records of each kind of file, and what stands in the head of the life event's."""

    slug: str
    number: int
    event: Record
    units: Sequence[Record]
    service_points: Sequence[Record]
    delegations: Sequence[Record]
    doubts: Sequence[str]


@dataclass(frozen=True)
class Wish:
    """What the person who imports says: number, kind, and at which site it is to run from when."""

    number: int
    life_cycle: LifeCycle | None = None
    site: str | None = None
    since: date | None = None


def slug_of(guide: PortalGuide, words: PortalWords) -> str:
    """The slug that a guide's life event has: the sound of its name."""
    return sound(title_of(guide, words), LONGEST_SLUG)


def life_cycle_of(guide: PortalGuide) -> LifeCycle:
    """A person's or an enterprise's, as the third character of the code says."""
    return LifeCycle.PERSON if guide.code[2] == "P" else LifeCycle.ENTERPRISE


def draft(guide: PortalGuide, catalogue: Catalogue, words: PortalWords, wish: Wish) -> Draft:
    """What a guide means for the catalogue. The catalogue must not have its life event yet."""
    slug = slug_of(guide, words)
    taken = [event.slug for event in catalogue.life_events]
    slugs = Slugs([slug, *taken, *catalogue.matters])
    life_cycle = wish.life_cycle or life_cycle_of(guide)
    parties = Parties(catalogue, guide, words)
    lead = parties.unit(guide.lead_department) if guide.lead_department else parties.unknown()
    handled = matters(guide, parties, words, life_cycle, slugs)
    paper = papers(guide, catalogue, words, handled.slugs)
    points, new_points = service_points(catalogue, guide, Slugs(catalogue.service_points))
    notes = [*doubts(guide, catalogue), *handled.doubts, *paper.doubts]
    if wish.life_cycle is None:
        notes.append(f"that it is one of {life_cycle.value} is only what its code says")
    name = short(title_of(guide, words), LONGEST_TITLE)
    licences = list(paper.licences)
    if _filled_by(words.company_licence, handled, catalogue):
        licences = list(dict.fromkeys([words.company_licence, *licences]))
    count = len(handled.records)
    event: Record = {
        "slug": slug,
        "number": wish.number,
        "name": said(name),
        "summary": {
            "zh": words.texts.summary.zh.format(count=count),
            "en": words.texts.summary.en.format(count=count),
        },
        "icon": words.icon,
        "life_cycle": life_cycle.value,
        "code": guide.code,
        "lead_units": [lead],
        "provenance": Provenance.PORTAL.value,
        "source": guide.code,
    }
    if licences:
        read = untranslated(name).removeprefix(f"{MARK}: ")
        event["purpose"] = {
            "zh": words.texts.purpose.zh.format(name=name),
            "en": words.texts.purpose.en.format(sound=read),
        }
        event["licences"] = licences
    if points:
        event["service_points"] = points
    event["guide"] = _guide(guide, words, notes)
    if handled.questions:
        event["questions"] = handled.questions
    event["matters"] = handled.records
    if paper.records:
        event["materials"] = paper.records
    if handling_of(guide) is Handling.APPLY:
        event["check_rows"] = _check_rows(handled, words)
    letters = _letters(slug, handled, wish)
    return Draft(slug, wish.number, event, parties.new, new_points, letters, notes)


def _filled_by(licence: str, handled: Matters, catalogue: Catalogue) -> bool:
    """Whether a licence gives an element that the matters ask for."""
    asked = {slug for record in handled.records for slug in record.get("elements", ())}
    elements = (catalogue.elements[slug] for slug in asked & catalogue.elements.keys())
    licences = (source.licence for element in elements for source in element.sources)
    return any(each is not None and each.startswith(f"{licence}.") for each in licences)


def _guide(guide: PortalGuide, words: PortalWords, notes: list[str]) -> Record:
    record: Record = {}
    explained = [*guide.condition_notes, *(each.note for each in guide.extra.condition_notes)]
    conditions = [s for text in [*guide.conditions, *explained] for s in sentences(text)]
    steps = [
        s
        for text in (guide.process or "").replace("→", "->").split("->")
        for s in sentences(text)
        if not s.endswith(words.pictures)
    ]
    for key, found, most in (
        ("conditions", conditions, MOST_CONDITIONS),
        ("process", steps, MOST_STEPS),
    ):
        told = [s for s in dict.fromkeys(found) if s not in words.nothing]
        if not told:
            notes.append(f"{key}: nothing that can be told")
            continue
        if len(told) > most:
            notes.append(f"{key}: {len(told) - most} more sentences are left out")
        record[key] = [said(s) for s in told[:most]]
    texts = words.texts
    apply = handling_of(guide) is Handling.APPLY
    record["way"] = (texts.way_apply if apply else texts.way_inform).model_dump()
    if guide.completed_limit is not None:
        record["limit_days"] = guide.completed_limit
    if (figures := _reductions(guide)) is not None:
        record["reductions"] = figures
    for key in ("consult_phone", "supervise_phone"):
        if (number := usable_phone(getattr(guide, key))) is not None:
            record[key] = number
    asked = _asked(guide, words)
    if len(asked) > MOST_ASKED:
        notes.append(f"faq: {len(asked) - MOST_ASKED} more questions are left out")
    if asked:
        record["faq"] = asked[:MOST_ASKED]
    return record


def _reductions(guide: PortalGuide) -> Record | None:
    """All four, or none: the notice shows them together."""
    found: Record = {}
    for name in FIGURES:
        pair = getattr(guide.reduction, name, None)
        if pair is None or pair[1] > pair[0]:
            return None
        found[name] = {"before": pair[0], "after": pair[1]}
    return found


def _asked(guide: PortalGuide, words: PortalWords) -> list[Record]:
    found = []
    for asked in guide.faq:
        question = plain("".join(sentences(asked.q)))
        answer = paragraph(s for s in sentences(asked.a) if s not in words.nothing)
        if question and answer:
            question = question if question.endswith("？") else f"{question}？"
            found.append({"question": said(question), "answer": said(answer)})
    return found


def _check_rows(handled: Matters, words: PortalWords) -> list[Record]:
    """What was asked, in three lines at most: company, applicant, phone and delivery."""
    used = list(dict.fromkeys(e for record in handled.records for e in record["elements"]))
    rows = (
        (words.texts.company_row, [e for e in used if e in ("company_name", "company_code")]),
        (words.texts.applicant_row, [e for e in used if e.startswith("applicant_")]),
        (
            words.texts.contact_row,
            [e for e in used if not e.startswith(("applicant_", "company_name", "company_code"))],
        ),
    )
    return [{"label": label.model_dump(), "elements": e} for label, e in rows if e]


def _letters(slug: str, handled: Matters, wish: Wish) -> list[Record]:
    """A drafted letter of each unit to the site, so that the draft can be tried there."""
    if wish.site is None or wish.since is None:
        return []
    by_unit: dict[str, list[str]] = {}
    for record in handled.records:
        if record["handling"] != Handling.INFORM.value:
            by_unit.setdefault(record["units"][0], []).append(record["slug"])
    return [
        {
            "slug": f"{slug}_letter_{number}",
            "site": wish.site,
            "unit": unit,
            "since": wish.since,
            "matters": slugs,
        }
        for number, (unit, slugs) in enumerate(by_unit.items(), start=1)
    ]
