"""Linked matters of a guide as records, and a question for each that not everybody needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kiosk.catalogue.model import Handling, LifeCycle, Provenance
from kiosk.catalogue.portal_import.guide import Charge, LinkedMatter, PortalGuide
from kiosk.catalogue.portal_import.parties import Parties, Record, said
from kiosk.catalogue.portal_import.sentences import CHINESE, UNFINISHED, names, plain, short
from kiosk.catalogue.portal_import.sentences import name as plain_name
from kiosk.catalogue.portal_import.slugs import Slugs
from kiosk.catalogue.portal_import.words import PortalWords
from kiosk.catalogue.sheets.english import MARK, untranslated

MOST_QUESTIONS = 5
LONGEST_NAME = 24  # characters of a matter's name within a question
LONGEST_SLUG = 36
AMOUNT = re.compile(r"(\d{1,6}(?:\.\d{1,2})?)元")


@dataclass
class Matters:
    """The matters and questions as records; what was doubtful."""

    records: list[Record] = field(default_factory=list)
    questions: list[Record] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def slugs(self) -> list[str]:
        """The slugs of the matters."""
        return [record["slug"] for record in self.records]


def handling_of(guide: PortalGuide) -> Handling:
    """Taken in here when the guide lists papers and asks for no money; else told of."""
    taken = guide.linked_matters and guide.materials and guide.fee is False
    return Handling.APPLY if taken else Handling.INFORM


def matters(
    guide: PortalGuide,
    parties: Parties,
    words: PortalWords,
    life_cycle: LifeCycle,
    slugs: Slugs,
) -> Matters:
    """Every linked matter; where there is none, the whole as one."""
    found = Matters()
    linked = guide.linked_matters or [LinkedMatter(name=title_of(guide, words))]
    times = Counter(matter.name for matter in linked)
    handling = handling_of(guide)
    for matter in linked:
        # The same matter may be listed once for each of its 业务办理项.
        name = plain_name((times[matter.name] > 1 and matter.business_type) or matter.name)
        if not CHINESE.search(name):
            found.doubts.append(f"a matter called {matter.name[:40]} is left out")
            continue
        record: Record = {
            "slug": slugs.of(name, LONGEST_SLUG),
            "provenance": Provenance.PORTAL.value,
            "source": guide.code,
            "name": said(name),
            "units": _units(matter, guide, parties),
            "handling": handling.value,
        }
        if matter.promise_limit is not None:
            record["promise_days"] = matter.promise_limit
        if guide.reduction and guide.reduction.trips and guide.reduction.trips[1] == 0:
            record["trips"] = 0
        given = names(matter.result or "")
        results = [{"name": said(result)} for result in given if result not in words.nothing]
        if results:
            record["results"] = results
        if (fee := _fee(matter, guide, words)) is not None:
            record["fee"] = fee
        if handling is Handling.APPLY:
            record["elements"] = elements(words, life_cycle, with_result=bool(results))
        found.records.append(record)
    _ask(found, words)
    return found


def title_of(guide: PortalGuide, words: PortalWords) -> str:
    """The name of the life event: 结婚落户 of 结婚落户“一件事”."""
    title = plain_name(guide.title)
    for word in words.title_without:
        title = title.replace(word, "")
    return title.strip(" “”") or plain_name(guide.title)


def elements(words: PortalWords, life_cycle: LifeCycle, *, with_result: bool) -> list[str]:
    """What an application asks for; how its result is to come, only where there is one."""
    asked = list(words.elements[life_cycle])
    return [*asked, words.result_elements[life_cycle]] if with_result else asked


def _units(matter: LinkedMatter, guide: PortalGuide, parties: Parties) -> list[str]:
    if matter.department:
        return [parties.unit(matter.department)]
    if len(guide.cooperating_departments) == 1:
        return [parties.unit(guide.cooperating_departments[0])]
    return [parties.unknown()]


def _fee(matter: LinkedMatter, guide: PortalGuide, words: PortalWords) -> Record | None:
    charges = [*guide.charges, *guide.extra.charges]
    mine = [c for c in charges if c.matter in (matter.name, matter.business_type)]
    if mine:
        return _charged(mine[0], words)
    if guide.fee is False and not charges:
        return {"charged": False}
    return None


def _charged(charge: Charge, words: PortalWords) -> Record:
    fee: Record = {"charged": True}
    amount = AMOUNT.fullmatch(plain(charge.standard or ""))
    if amount is not None:
        fee["amount_yuan"] = amount[1]
    basis = plain(charge.basis or "").strip("。 ")
    if CHINESE.search(basis) and not UNFINISHED.search(basis):
        fee["basis"] = said(basis)
    if len(fee) == 1:
        fee["note"] = words.texts.charge_unknown.model_dump()
    return fee


def _ask(found: Matters, words: PortalWords) -> None:
    """A question for each of the first few matters that not everybody needs; one always applies."""
    optional = [
        record
        for record in found.records
        if any(word in record["name"]["zh"] for word in words.optional)
    ]
    if len(optional) == len(found.records):
        optional = optional[1:]
    for record in optional[:MOST_QUESTIONS]:
        slug = f"want_{record['slug']}"[:40].rstrip("_")
        record["when"] = f'answers.{slug} != "no"'
        found.questions.append(_question(slug, record["name"]["zh"], words))
    if len(optional) > MOST_QUESTIONS:
        left = _listed(optional[MOST_QUESTIONS:])
        found.doubts.append(f"not everybody needs these, yet nobody is asked: {left}")


def _listed(records: Sequence[Record]) -> str:
    return "、".join(record["name"]["zh"] for record in records)


def _question(slug: str, name: str, words: PortalWords) -> Record:
    texts = words.texts
    name = short(name, LONGEST_NAME)
    sound = untranslated(name).removeprefix(f"{MARK}: ")
    return {
        "slug": slug,
        "label": said(name),
        "text": {
            "zh": texts.question.zh.format(name=name),
            "en": texts.question.en.format(sound=sound),
        },
        "why": texts.why.model_dump(),
        "options": [
            {"value": "yes", "label": texts.yes.model_dump()},
            {"value": "no", "label": texts.no.model_dump()},
            {
                "value": "unsure",
                "label": texts.unsure.model_dump(),
                "detail": texts.unsure_detail.model_dump(),
            },
        ],
    }
