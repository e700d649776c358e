"""Runs all rules over the catalogue in a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path

from kiosk.catalogue.consistency import CatalogueError
from kiosk.catalogue.lint import (
    annex,
    codes,
    effects,
    elements,
    lengths,
    limits,
    places,
    provenance,
    reach,
    sources,
    spelling,
    use,
    wording,
)
from kiosk.catalogue.lint.completeness import completeness
from kiosk.catalogue.lint.files import Files
from kiosk.catalogue.lint.proof import TIME_LIMIT_S, Proof
from kiosk.catalogue.lint.prover import prove
from kiosk.catalogue.lint.report import Located, Report
from kiosk.catalogue.lint.rule import Annex, Finding, Rule, Scope, Severity
from kiosk.catalogue.load import load_catalogue
from kiosk.catalogue.model import Catalogue

REFUSED = Rule(
    "refused",
    Severity.ERROR,
    "a terminal can read the catalogue",
    "mend this first; everything else is looked at when the catalogue can be read",
    "kiosk/catalogue/consistency.py",
)
SUBJECTS: Mapping[str, Sequence[Rule]] = {
    "reading": (REFUSED,),
    "wording": wording.RULES,
    "lengths": lengths.RULES,
    "provenance": provenance.RULES,
    "annex": annex.RULES,
    "codes": codes.RULES,
    "limits": limits.RULES,
    "places": places.RULES,
    "use": use.RULES,
    "elements": elements.RULES,
    "sources": sources.RULES,
    "names in conditions": spelling.RULES,
    "what can happen": reach.RULES,
    "what answers do": effects.RULES,
}
RULES = tuple(rule for rules in SUBJECTS.values() for rule in rules)
LOOKED_AT: Sequence[Callable[[Scope], Iterator[Finding]]] = (
    wording.findings,
    lengths.findings,
    provenance.findings,
    annex.findings,
    codes.findings,
    limits.findings,
    places.findings,
    use.findings,
    elements.findings,
    sources.findings,
    spelling.findings,
)
PROBLEM = re.compile(r"(?P<file>.+?\.ya?ml)(?::(?P<line>\d+))?: (?P<rest>.*)", re.DOTALL)
KEY = re.compile(r"(?P<key>[A-Za-z0-9_.]+): (?P<problem>.+)", re.DOTALL)


def lint(
    folder: Path,
    *,
    today: date,
    has_icon: Callable[[str], bool],
    annex: Annex | None = None,
    film_fault: Callable[[str], str] = lambda _: "",
    apart: bool = True,
    time_limit_s: float = TIME_LIMIT_S,
) -> Report:
    """Look at everything in the folder of a catalogue.

    `has_icon` says whether the screens can draw an icon; `annex` is what the catalogue is held
    against; `film_fault` says what is wrong with a film, nothing when it can be shown. Conditions
    are tried `apart`, in a process that is ended after `time_limit_s`, unless they are known to
    end. A catalogue that cannot be read gives a report with that alone. Raises ProofError when the
    conditions cannot be tried at all.
    """
    with Proof(today, time_limit_s) if apart else nullcontext() as proof:
        try:
            catalogue = load_catalogue(folder)
        except CatalogueError as error:
            return Report(tuple(sorted(refusal(folder, problem) for problem in error.problems)))
        if proof is not None:
            proof.begin(catalogue)
        found = list(_looked(Scope(catalogue, today, has_icon, annex, film_fault)))
        if proof is not None:
            found += proof.findings()
        else:
            found += (told for told in prove(catalogue, today) if isinstance(told, Finding))
    return _report(Files(folder), catalogue, found)


def _looked(scope: Scope) -> Iterator[Finding]:
    for looked in LOOKED_AT:
        yield from looked(scope)


def _report(files: Files, catalogue: Catalogue, found: list[Finding]) -> Report:
    located = {_located(files, finding) for finding in found}
    filled = completeness(catalogue)
    return Report(tuple(sorted(located)), catalogue.release, filled, files)


def _located(files: Files, finding: Finding) -> Located:
    file, line = files.place(finding.spot)
    rule = finding.rule
    key = files.key(finding.spot)
    return Located(file, line, key, rule.code, rule.severity, finding.problem, rule.remedy)


def refusal(folder: Path, problem: str) -> Located:
    """A problem that the reader of catalogues named, as a finding with its place."""
    named = PROBLEM.fullmatch(problem)
    file, line, rest = (
        (named["file"], int(named["line"] or 0), named["rest"]) if named else ("", 0, problem)
    )
    key = KEY.fullmatch(rest) if named else None
    return Located(
        file.removeprefix(f"{folder}/"),
        line,
        key["key"] if key else "",
        REFUSED.code,
        REFUSED.severity,
        key["problem"] if key else rest,
        REFUSED.remedy,
    )
