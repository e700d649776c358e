"""Case, problem and visit numbers. Of the first two: area, day, serial of the day, check character.

`439900 20261120 000123 K` without the blanks. GB/T 39046 says no more of a 办件编号 than that it
has at most 50 characters; cities put area and day first, so does this. The check character
(ISO 7064 MOD 37,36, as GB/T 36904 uses it) catches a number mistyped from a receipt.
"""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database as Connection
from stdnum.iso7064 import mod_37_36

AREA = "439900"  # belongs to no place
SERIAL_DIGITS = 6


def next_case_number(connection: Connection, day: date) -> str:
    """The next 办件编号 of that day; call it inside the transaction that stores the case."""
    return _next(connection, "", day)


def next_problem_number(connection: Connection, day: date) -> str:
    """The next number of a 办不成事; it begins with P."""
    return _next(connection, "P", day)


def next_appointment_number(connection: Connection, day: date) -> str:
    """The next number of a visit on that day: Y, month and day, serial of the day, check character.

    Short, since it is called out; it need be unique on its day alone.
    """
    number = f"Y{day:%m%d}{_serial(connection, f'Y{day:%Y%m%d}'):03d}"
    return number + mod_37_36.calc_check_digit(number)


def _next(connection: Connection, prefix: str, day: date) -> str:
    serial = _serial(connection, f"{prefix}{day:%Y%m%d}")
    number = f"{prefix}{AREA}{day:%Y%m%d}{serial:0{SERIAL_DIGITS}d}"
    return number + mod_37_36.calc_check_digit(number)


def _serial(connection: Connection, scope: str) -> int:
    connection.execute(
        "INSERT INTO serials (scope, last) VALUES (?, 1)"
        " ON CONFLICT (scope) DO UPDATE SET last = last + 1",
        [scope],
    )
    return int(
        connection.execute("SELECT last FROM serials WHERE scope = ?", [scope]).fetchone()[0]
    )
