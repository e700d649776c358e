"""The kinds of device that a terminal can have: names in settings, in statuses and in reports."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A terminal has at most one device of each kind."""

    ID_CARD = "id_card"
    SMART_CARD = "smart_card"
    CODE_SCANNER = "code_scanner"
    RECEIPT_PRINTER = "receipt_printer"
    PAGE_PRINTER = "page_printer"
    FORM_PRINTER = "form_printer"
    DOCUMENT_CAMERA = "document_camera"
    NAV_KEYPAD = "nav_keypad"
    SIGNALS = "signals"
    AUDIO = "audio"
