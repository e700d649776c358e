"""The receipt (回执): what the citizen takes home, built from what is known and no more."""

from __future__ import annotations

from drivers.receipt_printer.slip import Slip

Receipt = Slip
