"""The lint: the gate that a catalogue passes before any release (问题字段=0).

What no catalogue may break is refused when it is read (`consistency.py`); the lint finds everything
else. `lint(folder, …)` gives a `Report`; `RULES` are all rules, by subject. Each module of rules
has its table at its top and one function `findings`; `prover.py` tries the conditions in a process
of its own.
"""

from kiosk.catalogue.lint.annex import load_annex
from kiosk.catalogue.lint.completeness import Completeness, completeness
from kiosk.catalogue.lint.report import Located, OpenField, Report
from kiosk.catalogue.lint.rule import Annex, Rule, Severity
from kiosk.catalogue.lint.run import REFUSED, RULES, lint

__all__ = [
    "REFUSED",
    "RULES",
    "Annex",
    "Completeness",
    "Located",
    "OpenField",
    "Report",
    "Rule",
    "Severity",
    "completeness",
    "lint",
    "load_annex",
]
