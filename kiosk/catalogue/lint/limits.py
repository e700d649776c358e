"""Rules about what a matter promises: days, trips, fees, reductions, what may follow later."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.catalogue.lint.rule import GB, Finding, Rule, Scope, Severity, Spot
from kiosk.catalogue.model import (
    Exemption,
    Handling,
    LifeEvent,
    Material,
    Matter,
    Reductions,
)

MADE_HERE = (Exemption.SYSTEM_FORM, Exemption.PERSONAL_SPACE)

PROMISE = Rule(
    "limit-promise",
    Severity.ERROR,
    "no department promises later than the law allows",
    "compare both with the published guide",
    f"{GB}, 承诺办结时限",
)
INSTANT = Rule(
    "limit-instant",
    Severity.ERROR,
    "what is finished on the spot (即办件) has no days to wait",
    "take `promise_days` away, or `instant`",
    f"{GB}, table A.6",
)
WHOLE = Rule(
    "limit-whole",
    Severity.WARNING,
    "the limit told for the whole is one that every part can keep",
    "a doubt of the source may stand; say so in the head of the file",
)
REDUCTION = Rule(
    "reduction",
    Severity.ERROR,
    "the four reductions are reductions",
    "exchange `before` and `after`, or compare them with the guide",
    "portal: 四减",
)
FEE = Rule(
    "fee",
    Severity.ERROR,
    "nobody pays for what is free",
    "take amount and basis away, or say that it is charged",
    f"{GB}, 是否收费",
)
FEE_UNKNOWN = Rule(
    "fee-unknown",
    Severity.WARNING,
    "who has to pay knows how much, or where to ask",
    "give the published amount or basis, or a note that says where it is to be asked",
    f"{GB}, 收费依据",
)
VISIT = Rule(
    "visit",
    Severity.ERROR,
    "who has to come knows why and what to bring",
    "write `visit`: why one must come and what happens there",
)
VISIT_NOT = Rule(
    "visit-unneeded",
    Severity.WARNING,
    "nobody comes who need not",
    "take `visit` away, or book the matter",
)
TRIPS = Rule(
    "trips",
    Severity.WARNING,
    "what is booked needs a visit, and what needs none is not booked",
    "compare `trips` and `handling` with the guide",
    f"{GB}, 到现场次数",
)
DEFERRAL = Rule(
    "deferral-nothing",
    Severity.WARNING,
    "only a paper that must be handed in can follow later (容缺)",
    "take `deferral` away",
)
PROMISED = Rule(
    "commitment-nothing",
    Severity.WARNING,
    "a promise (告知承诺) stands for a proof that would have to be handed in",
    "take `commitment` away",
)
RESULT = Rule(
    "result-layout",
    Severity.ERROR,
    "what is looked up here can also be printed",
    "name a `layout` for every result of a matter that is printed here",
)
RESULT_TWICE = Rule(
    "result-twice",
    Severity.WARNING,
    "a result is told once",
    "take one away",
)
RULES = (
    PROMISE,
    INSTANT,
    WHOLE,
    REDUCTION,
    FEE,
    FEE_UNKNOWN,
    VISIT,
    VISIT_NOT,
    TRIPS,
    DEFERRAL,
    PROMISED,
    RESULT,
    RESULT_TWICE,
)


def findings(scope: Scope) -> Iterator[Finding]:
    """Promises that do not hold together."""
    for event in scope.catalogue.life_events:
        spot = Spot("life_events", event.slug)
        yield from _guide(spot / "guide", event)
        for number, matter in enumerate(event.matters):
            here = spot / "matters" / number
            yield from _days(here, matter)
            yield from _fee(here / "fee", matter)
            yield from _visit(here, matter)
            yield from _results(here / "results", matter)
        for number, material in enumerate(event.materials):
            yield from _later(spot / "materials" / number, material)


def _guide(spot: Spot, event: LifeEvent) -> Iterator[Finding]:
    guide = event.guide
    slowest = max(event.matters, key=lambda matter: matter.promise_days or 0)
    if guide.limit_days is not None and guide.limit_days < (slowest.promise_days or 0):
        yield WHOLE.at(
            spot / "limit_days",
            f"{guide.limit_days} days for the whole, {slowest.promise_days} for {slowest.slug}",
        )
    if guide.reductions is not None:
        for name in Reductions.model_fields:
            reduction = getattr(guide.reductions, name)
            if reduction.after > reduction.before:
                yield REDUCTION.at(
                    spot / "reductions" / name, f"{reduction.before} grow to {reduction.after}"
                )


def _days(spot: Spot, matter: Matter) -> Iterator[Finding]:
    promised, legal = matter.promise_days, matter.legal_days
    if promised is not None and legal is not None and promised > legal:
        yield PROMISE.at(spot / "promise_days", f"{promised} days, the law allows {legal}")
    if matter.instant and promised:
        yield INSTANT.at(spot / "promise_days", f"finished on the spot, yet {promised} days")


def _fee(spot: Spot, matter: Matter) -> Iterator[Finding]:
    fee = matter.fee
    if fee is None:
        return
    if not fee.charged and (fee.amount_yuan is not None or fee.basis is not None):
        yield FEE.at(spot, "free, yet with an amount or a basis")
    if fee.charged and not (fee.amount_yuan or fee.basis or fee.note):
        yield FEE_UNKNOWN.at(spot, "charged, without amount, basis or note")


def _visit(spot: Spot, matter: Matter) -> Iterator[Finding]:
    booked = matter.handling is Handling.BOOK
    if booked and matter.visit is None:
        yield VISIT.at(spot, f"{matter.slug} is booked, without saying why one must come")
    if matter.visit is not None and matter.handling in (Handling.APPLY, Handling.PRINT):
        yield VISIT_NOT.at(spot / "visit", f"{matter.slug} needs no visit")
    if booked and matter.trips == 0:
        yield TRIPS.at(spot / "trips", "booked, though nobody need come")


def _results(spot: Spot, matter: Matter) -> Iterator[Finding]:
    names = [result.name.zh for result in matter.results]
    for number, result in enumerate(matter.results):
        if matter.handling is Handling.PRINT and result.layout is None:
            yield RESULT.at(
                spot / number, f"{matter.slug} is printed here, this result has no layout"
            )
        if result.name.zh in names[:number]:
            yield RESULT_TWICE.at(spot / number / "name", "stands here twice")


def _later(spot: Spot, material: Material) -> Iterator[Finding]:
    if material.deferral is not None and material.exemption in MADE_HERE:
        yield DEFERRAL.at(spot / "deferral", "the paper is made or fetched by the system")
    elif material.deferral is not None and not material.required:
        yield DEFERRAL.at(spot / "deferral", "the paper is not required anyway")
    if material.commitment is not None and material.exemption in MADE_HERE:
        yield PROMISED.at(spot / "commitment", "the paper is made or fetched by the system")
