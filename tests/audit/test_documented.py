"""What is audited is what docs/accessibility.md says."""

from __future__ import annotations

import pytest

from screens.audit.colours import RULES as PIXEL_RULES
from screens.audit.rule import Known
from screens.audit.rules import LAYOUT_RULES
from tests.harness.walk import ROOT
from yici.audit.results import Results
from yici.audit.table import BEGIN, END, as_table, with_table

RULES = (*LAYOUT_RULES, *PIXEL_RULES)
DOCUMENT = (ROOT / "docs/accessibility.md").read_text("utf-8")


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_every_rule_stands_in_the_document_with_its_clauses_and_figure(rule) -> None:
    row = next(line for line in DOCUMENT.splitlines() if line.startswith(f"| `{rule.id}` |"))
    assert rule.requirement in row
    assert rule.figure in row
    for clause in rule.clauses:
        assert f"{clause.text} ({clause.known.value})" in row


def test_the_document_says_how_well_a_clause_is_known() -> None:
    for known in Known:
        assert f"`{known.value}`: " in DOCUMENT


def test_a_table_takes_the_place_of_the_one_before() -> None:
    document = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    table = as_table([Results(RULES)])
    assert with_table(with_table(document, ["x"]), table) == with_table(document, table)
    with pytest.raises(ValueError, match="marks"):
        with_table("no marks", table)
