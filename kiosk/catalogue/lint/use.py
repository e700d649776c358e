"""Rules about what is in the catalogue but serves nothing, or stands there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kiosk.catalogue.consistency import event_conditions, relevant_elements
from kiosk.catalogue.lint.rule import Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.model import Catalogue, LifeEvent, Material, Question

LICENCE = Rule(
    "licence-unused",
    Severity.ERROR,
    "nobody is asked for consent to look up what is not needed",
    "take it out of `licences`, or let it fill an element or stand for a paper",
    "GB/T 35273-2020, 5.2: least that is needed",
)
LICENCE_TYPE = Rule(
    "licence-type-unused",
    Severity.WARNING,
    "the catalogue holds what the terminals need",
    "take it away, or name it in a life event's `licences` or a result",
)
LAYOUT = Rule(
    "layout-unused",
    Severity.WARNING,
    "the catalogue holds what the terminals need",
    "name it in a result, or take it away",
)
UNIT = Rule(
    "unit-unused",
    Severity.WARNING,
    "the catalogue holds what the terminals need",
    "name it in a matter or a life event, or take it away",
)
POINT = Rule(
    "service-point-unused",
    Severity.WARNING,
    "the catalogue holds what the terminals need",
    "name it in a life event's `service_points` or in a delegation, or take it away",
)
TABLE = Rule(
    "table-unused",
    Severity.WARNING,
    "the catalogue holds what the terminals need",
    "name it in an element, or take it away",
)
SLUG = Rule(
    "slug-twice",
    Severity.ERROR,
    "an answer, a paper, a submission each mean one thing",
    "give each question and each material of a life event a slug of its own",
)
LISTED_TWICE = Rule(
    "listed-twice",
    Severity.WARNING,
    "a list names each once",
    "take the second one away",
)
OPTION = Rule(
    "option-twice",
    Severity.ERROR,
    "each answer can be told from the others",
    "give each answer a value and a label of its own",
)
UNSURE = Rule(
    "question-unsure",
    Severity.ERROR,
    "nobody is stuck before a question that they cannot answer",
    "add the answer `unsure`, which stays safe, or set `certain: true` if everybody knows",
)
CERTAIN = Rule(
    "question-certain",
    Severity.WARNING,
    "a question that everybody can answer offers no way around it",
    "take `certain` or the answer `unsure` away",
)
STANDS_FOR = Rule(
    "material-licence",
    Severity.WARNING,
    "a paper that is checked by licence need not be brought",
    "name the `licence`, or say `exemption: submit`",
    "portal: 免提交方式",
)
EXEMPT_WHEN = Rule(
    "material-exempt",
    Severity.ERROR,
    "a condition that is written is decided",
    "name the `licence` that stands for the paper, or take `exempt_when` away",
)
SHOWS = Rule(
    "option-shows",
    Severity.WARNING,
    "an answer that shows a value can know it",
    "let something fill the element, or write a `detail`",
)
ICON = Rule(
    "icon",
    Severity.ERROR,
    "a life event is found by its picture too",
    "choose a name of screens/icons.json",
)
SIGN_VIDEO = Rule(
    "sign-video",
    Severity.ERROR,
    "a film that is offered can be seen",
    "put the file below config/media/, 20 MB at most, in a form that OpenCV plays, "
    "or take `sign_video` away",
)
RULES = (
    LICENCE,
    LICENCE_TYPE,
    LAYOUT,
    UNIT,
    POINT,
    TABLE,
    SLUG,
    LISTED_TWICE,
    OPTION,
    UNSURE,
    CERTAIN,
    STANDS_FOR,
    EXEMPT_WHEN,
    SHOWS,
    ICON,
    SIGN_VIDEO,
)


def findings(scope: Scope) -> Iterator[Finding]:
    """Records that serve nothing, and what is listed twice."""
    catalogue = scope.catalogue
    yield from _records(catalogue)
    for event in catalogue.life_events:
        spot = Spot("life_events", event.slug)
        if not scope.has_icon(event.icon):
            yield ICON.at(spot / "icon", f"there is no icon {event.icon}")
        if event.sign_video and (fault := scope.film_fault(event.sign_video)):
            yield SIGN_VIDEO.at(spot / "sign_video", fault)
        used = _licences(catalogue, event)
        for number, slug in enumerate(event.licences):
            if slug not in used:
                yield LICENCE.at(spot / "licences" / number, f"nothing here needs {slug}")
        yield from _twice(spot, event)
        for number, question in enumerate(event.questions):
            yield from _question(catalogue, spot / "questions" / number, question)
        for number, material in enumerate(event.materials):
            yield from _material(spot / "materials" / number, material)


def _records(catalogue: Catalogue) -> Iterator[Finding]:
    events = catalogue.life_events
    matters = list(catalogue.matters.values())
    results = [result for matter in matters for result in matter.results]
    delegations = catalogue.delegations.values()
    looked_up = {slug for event in events for slug in event.licences}
    used: dict[str, tuple[Rule, set[str | None]]] = {
        "licence_types": (LICENCE_TYPE, {*looked_up, *(result.licence for result in results)}),
        "layouts": (LAYOUT, {result.layout for result in results}),
        "units": (
            UNIT,
            {
                *(slug for event in events for slug in event.lead_units),
                *(slug for matter in matters for slug in matter.units),
            },
        ),
        "service_points": (
            POINT,
            {
                *(slug for event in events for slug in event.service_points),
                *(delegation.site for delegation in delegations),
            },
        ),
        "tables": (TABLE, {element.table for element in catalogue.elements.values()}),
    }
    for kind, (rule, slugs) in used.items():
        for slug in getattr(catalogue, kind):
            if slug not in slugs:
                yield rule.at(Spot(kind, slug), f"nothing names {slug}")


def _licences(catalogue: Catalogue, event: LifeEvent) -> set[str]:
    used = {material.licence for material in event.materials if material.licence}
    for element in relevant_elements(catalogue, event).values():
        used |= {source.licence.partition(".")[0] for source in element.sources if source.licence}
    layouts = (result.layout for matter in event.matters for result in matter.results)
    used |= {catalogue.layouts[layout].licence for layout in layouts if layout}
    conditions = " ".join(condition for _, condition in event_conditions(catalogue, event))
    return used | {slug for slug in event.licences if f'"{slug}" in licences' in conditions}


def _twice(spot: Spot, event: LifeEvent) -> Iterator[Finding]:
    lists: dict[str, Sequence[Question | Material]] = {
        "questions": event.questions,
        "materials": event.materials,
    }
    for name, records in lists.items():
        for number in _repeated([record.slug for record in records]):
            yield SLUG.at(spot / name / number, f"{records[number].slug} stands here twice")
    for name in ("lead_units", "licences", "service_points"):
        for number in _repeated(getattr(event, name)):
            yield LISTED_TWICE.at(spot / name / number, f"{getattr(event, name)[number]} again")
    for number, matter in enumerate(event.matters):
        for name in ("units", "elements"):
            for place in _repeated(getattr(matter, name)):
                here = spot / "matters" / number / name / place
                yield LISTED_TWICE.at(here, f"{getattr(matter, name)[place]} again")
    for number, material in enumerate(event.materials):
        for place in _repeated(material.matters):
            here = spot / "materials" / number / "matters" / place
            yield LISTED_TWICE.at(here, f"{material.matters[place]} again")


def _repeated(slugs: Sequence[str]) -> list[int]:
    return [number for number, slug in enumerate(slugs) if slug in slugs[:number]]


def _question(catalogue: Catalogue, spot: Spot, question: Question) -> Iterator[Finding]:
    values = [option.value for option in question.options]
    # Two answers may read alike when each is offered only where the other is not.
    labels = [option.label.zh for option in question.options if option.when is None]
    for number, option in enumerate(question.options):
        if option.value in values[:number] or labels.count(option.label.zh) > 1:
            yield OPTION.at(spot / "options" / number, f"{option.label.zh} is given twice")
    if not question.certain and "unsure" not in values:
        yield UNSURE.at(spot, f"{question.slug} has no answer `unsure`")
    if question.certain and "unsure" in values:
        yield CERTAIN.at(spot / "certain", "yet it has the answer `unsure`")
    for number, option in enumerate(question.options):
        if option.shows is not None and not catalogue.elements[option.shows].sources:
            yield SHOWS.at(
                spot / "options" / number / "shows", f"nothing but asking gives {option.shows}"
            )


def _material(spot: Spot, material: Material) -> Iterator[Finding]:
    by_licence = material.exemption.value in ("licence_check", "linked")
    if by_licence and material.licence is None:
        yield STANDS_FOR.at(
            spot / "exemption", f"{material.exemption.value}, but no licence is named"
        )
    if material.exempt_when is not None and material.licence is None:
        yield EXEMPT_WHEN.at(spot / "exempt_when", "is never decided: no licence is named")
