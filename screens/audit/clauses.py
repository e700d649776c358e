"""The clauses that rules cite, and how well each is known. Quoted nowhere else."""

from __future__ import annotations

from screens.audit.rule import Clause, Known

READ, CITED, MEMORY, HOUSE = Known.READ, Known.CITED, Known.MEMORY, Known.HOUSE

EN_TEXT_SIZE = Clause("EN 301 549 V3.2.1 5.1.4", READ)
VVSG_TEXT_SIZE = Clause("VVSG 2.0 7.1-G", CITED)
SECTION_508_TEXT = Clause("Section 508 402.4", READ)
VVSG_CONTRAST = Clause("VVSG 2.0 7.1-C, 7.1-D", CITED)
WCAG_CONTRAST = Clause("WCAG 2.2 1.4.6", READ)
WCAG_NON_TEXT = Clause("WCAG 2.2 1.4.11", MEMORY)
WCAG_FOCUS_VISIBLE = Clause("WCAG 2.2 2.4.7", MEMORY)
VVSG_TARGETS = Clause("VVSG 2.0 7.2-I, 7.2-H", CITED)
WCAG_LINE_LENGTH = Clause("WCAG 2.2 1.4.8", READ)
WCAG_LATIN_LENGTH = Clause("WCAG 2.2 1.4.8, 80 Latin", MEMORY)
WCAG_SPACING = Clause("WCAG 2.2 1.4.8, 1.4.12", READ)
WCAG_RESIZE = Clause("WCAG 2.2 1.4.4", MEMORY)
EN_FOCUS_TRAP = Clause("EN 301 549 V3.2.1 5.1.6.2", READ)
WCAG_FOCUS_ORDER = Clause("WCAG 2.2 2.4.3", MEMORY)
WCAG_KEYBOARD = Clause("WCAG 2.2 2.1.1", MEMORY)
EN_NON_VISUAL = Clause("EN 301 549 V3.2.1 5.1.3.1", READ)
WCAG_NAME = Clause("WCAG 2.2 4.1.2", MEMORY)
WCAG_TIMING = Clause("WCAG 2.2 2.2.1", MEMORY)
VVSG_IDLE = Clause("VVSG 2.0, idle time", CITED)
EN_REACH_FORWARD = Clause("EN 301 549 V3.2.1 8.3.2.3", READ)
EN_REACH_SIDE = Clause("EN 301 549 V3.2.1 8.3.3", READ)
WCAG_CONSISTENT = Clause("WCAG 2.2 3.2.3", MEMORY)
LOOK = Clause("house", HOUSE)
