"""The lists: whose rows stand on each, and what its columns are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kiosk.catalogue.model import Catalogue
from kiosk.catalogue.sheets import columns as c
from kiosk.catalogue.sheets import rows, shown
from kiosk.catalogue.sheets.columns import Column, Item, Role
from kiosk.catalogue.sheets.forms import Count, Day, Lines, Named, Word, Words
from kiosk.catalogue.sheets.names import Names


@dataclass(frozen=True)
class SheetList:
    """One list: its rows, and its columns by key. `scope` is the record that a row stands for."""

    scope: str
    items: Callable[[Catalogue], Iterator[Item]]
    columns: Mapping[str, Column]


IN_FILE = "change it in the life event's YAML file"
IN_EVENTS = "change it on the list of life events"
NUMBER = Column(Role.COUNTED)
ID = Column(Role.IDENTITY)
UNITS = c.value("matter", Named("units"), "units")
TYPE = c.value("matter", Word("type"), "type")
APPLICANT = c.value("matter", Word("applicant"), "applicant")
KIND = c.value("matter", Word("kind"), "instant")
CODE = c.code("matter", "catalogue_code")
TASK_CODE = c.code("matter", "task_code")
NAME = c.text("matter", "name")
VISIT = c.text("matter", "visit")
POINTS = c.value("event", Named("service_points"), "service_points")
CONSULT = c.code("event", "guide", "consult_phone")
EVENT_NAME = c.shown(shown.event_name, IN_EVENTS)
SHARED = {"number": NUMBER, "id": ID, "units": UNITS, "type": TYPE, "applicant": APPLICANT}


def _of_event(key: str) -> c.Show:
    def show(item: Item, catalogue: Catalogue, names: Names) -> str:
        return EVENT_COLUMNS[key].text(item, catalogue, names)

    return show


def _sourced(scope: str) -> Mapping[str, Column]:
    return {
        "provenance": c.value(scope, Word("provenance"), "provenance"),
        "source": c.value(scope, Words(), "source"),
    }


def _reductions() -> Iterator[tuple[str, Column]]:
    for figure in ("days", "trips", "materials", "steps"):
        for when in ("before", "after"):
            column = c.value("event", Count(), "guide", "reductions", figure, when)
            yield f"{figure}_{when}", column


EVENT_COLUMNS: Mapping[str, Column] = {
    "id": ID,
    "event_number": c.shown(shown.event_number, IN_FILE),
    "name": c.text("event", "name"),
    "name_en": c.english("event", "name"),
    "summary": c.text("event", "summary"),
    "summary_en": c.english("event", "summary"),
    "life_cycle": c.value("event", Word("life_cycle"), "life_cycle"),
    "code": c.code("event", "code"),
    "lead_units": c.value("event", Named("units"), "lead_units"),
    "limit_days": c.value("event", Count(), "guide", "limit_days"),
    **dict(_reductions()),
    "consult_phone": CONSULT,
    "supervise_phone": c.code("event", "guide", "supervise_phone"),
    "way": c.text("event", "guide", "way"),
    "basis": c.value("event", Lines(), "guide", "basis"),
    "conditions": c.value("event", Lines(), "guide", "conditions"),
    "process": c.value("event", Lines(), "guide", "process"),
    "service_points": POINTS,
    **_sourced("event"),
}
FEE = Column(Role.CARRIED, "matter", ("fee", "charged"), Word("yes_no"), whole=True)
IMPLEMENTATION_COLUMNS: Mapping[str, Column] = {
    **SHARED,
    "event_name": EVENT_NAME,
    "annex": c.shown(shown.annex, IN_FILE),
    "name": NAME,
    "name_en": c.english("matter", "name"),
    "catalogue_code": CODE,
    "task_code": TASK_CODE,
    "kind": KIND,
    "handling": c.value("matter", Word("handling"), "handling"),
    "in_hall": c.shown(shown.in_hall, "it follows from how the matter is handled"),
    "when": c.code("matter", "when"),
    "promise_days": c.value("matter", Count(), "promise_days"),
    "legal_days": c.value("matter", Count(), "legal_days"),
    "trips": c.value("matter", Count(), "trips"),
    "results": c.shown(shown.results, IN_FILE),
    "fee_charged": FEE,
    "fee_amount": c.code("matter", "fee", "amount_yuan"),
    "fee_basis": c.text("matter", "fee", "basis"),
    "procedures": c.shown(shown.procedures, IN_FILE),
    "visit": VISIT,
    "visit_en": c.english("matter", "visit"),
    "material_names": c.shown(shown.material_names, "change it on the list of materials"),
    "form_names": c.shown(shown.form_names, "change it on the list of materials"),
    "element_names": c.shown(shown.element_names, IN_FILE),
    "basis": c.shown(_of_event("basis"), IN_EVENTS),
    "process": c.shown(_of_event("process"), IN_EVENTS),
    "points": c.shown(_of_event("service_points"), IN_EVENTS),
    "phone": c.shown(_of_event("consult_phone"), IN_EVENTS),
    **_sourced("matter"),
}
MATERIAL_COLUMNS: Mapping[str, Column] = {
    "id": ID,
    "event_name": EVENT_NAME,
    "name": c.text("material", "name"),
    "name_en": c.english("material", "name"),
    "matter_names": c.shown(shown.matters_of_paper, IN_FILE),
    "code": c.code("material", "code"),
    "required": c.value("material", Word("yes_no"), "required"),
    "copies": c.value("material", Count(), "copies"),
    "exemption": c.value("material", Word("exemption"), "exemption"),
    "licence": c.value("material", Named("licence_types", many=False), "licence"),
    "when": c.code("material", "when"),
    "exempt_when": c.code("material", "exempt_when"),
    "deferral_days": c.value("material", Count(), "deferral", "days"),
    "commitment": c.shown(shown.commitment, IN_FILE),
    "issued_by": c.text("material", "issued_by"),
    "issued_by_en": c.english("material", "issued_by"),
    "note": c.text("material", "note"),
    "note_en": c.english("material", "note"),
    **_sourced("material"),
}
ELEMENT_COLUMNS: Mapping[str, Column] = {
    "id": ID,
    "name": c.text("element", "name"),
    "name_en": c.english("element", "name"),
    "term": c.value("element", Words(), "term"),
    "question": c.text("element", "question"),
    "question_en": c.english("element", "question"),
    "help": c.text("element", "help"),
    "help_en": c.english("element", "help"),
    "element_kind": c.value("element", Word("element_kind"), "kind"),
    "check": c.value("element", Word("check"), "check"),
    "sensitivity": c.value("element", Word("sensitivity"), "sensitivity"),
    "used_by": c.shown(shown.used_by, "change it in the life event's YAML file"),
    **_sourced("element"),
}
LETTER_COLUMNS: Mapping[str, Column] = {
    "matter_name": c.shown(shown.matter_name, "change it on another list of matters"),
    "type": TYPE,
    "kind": KIND,
    "applicant": APPLICANT,
    "remark": Column(Role.UNKEPT),
    "unit": c.value("letter", Named("units", many=False), "unit"),
    "site": c.value("letter", Named("service_points", many=False), "site"),
    "since": c.value("letter", Day(), "since"),
    "until": c.value("letter", Day(), "until"),
    "document": c.value("letter", Words(), "document"),
    "letter": Column(Role.COUNTED, show=lambda item, *_: item.slugs["letter"]),
    "id": ID,
}
MAIN_NAME = c.shown(shown.matter_name, "leave it empty, or write the matter's name")
LISTS: Mapping[str, SheetList] = {
    "windows": SheetList(
        "matter",
        rows.window_items,
        {**SHARED, "catalogue_code": CODE, "name": NAME, "kind": KIND, "visit": VISIT},
    ),
    "online": SheetList(
        "matter",
        rows.online_items,
        {
            **SHARED,
            "catalogue_code": CODE,
            "main_name": MAIN_NAME,
            "name": NAME,
            "task_code": TASK_CODE,
        },
    ),
    "negative": SheetList(
        "matter",
        rows.negative_items,
        {
            **SHARED,
            "catalogue_code": CODE,
            "name": NAME,
            "service_points": POINTS,
            "consult_phone": CONSULT,
            "visit": VISIT,
        },
    ),
    "letters": SheetList("letter", rows.letter_items, LETTER_COLUMNS),
    "implementation": SheetList("matter", rows.matter_items, IMPLEMENTATION_COLUMNS),
    "life_events": SheetList("event", rows.event_items, EVENT_COLUMNS),
    "materials": SheetList("material", rows.material_items, MATERIAL_COLUMNS),
    "elements": SheetList("element", rows.element_items, ELEMENT_COLUMNS),
}
