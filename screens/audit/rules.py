"""All rules that look at one page at a time."""

from __future__ import annotations

from screens.audit import focus, spoken, targets, text, timing, whole
from screens.audit.rule import Rule

LAYOUT_RULES: tuple[Rule, ...] = (
    *text.RULES,
    *whole.RULES,
    *targets.RULES,
    *focus.RULES,
    *spoken.RULES,
    *timing.RULES,
)
