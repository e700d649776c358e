"""Visits (预约): half a day at a unit, of which so many are given, each with its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

from sqlite_utils import Database as Connection

from kiosk.cases.working_days import is_working_day
from kiosk.gateway.sandbox.numbers import next_appointment_number
from kiosk.gateway.sandbox.refusals import RefusalCode, Refused
from kiosk.gateway.wire_values import DayPeriod

CAPACITY = 20  # citizens whom one unit sees in half a day
LONGEST_AHEAD = timedelta(days=90)  # further ahead nobody knows who will be there
ENDS: Mapping[DayPeriod, time] = {"morning": time(12), "afternoon": time(17)}
FIELDS = ("appointment_date", "appointment_period")


def book(
    connection: Connection,
    project_no: str,
    units: Iterable[str],
    day: date,
    period: DayPeriod,
    *,
    now: datetime,
) -> dict[str, str]:
    """One number for each unit that is visited; call it in the transaction that stores the case.

    Raises Refused when the half day is over or full, or nobody is there.
    """
    if (day, ENDS[period]) <= (now.date(), now.time()):
        raise Refused(RefusalCode.VISIT_OVER, FIELDS)
    if day > now.date() + LONGEST_AHEAD or not is_working_day(day):
        raise Refused(RefusalCode.VISIT_CLOSED, FIELDS)
    return {
        unit: _number(connection, project_no, unit, day, period) for unit in dict.fromkeys(units)
    }


def _number(
    connection: Connection, project_no: str, unit: str, day: date, period: DayPeriod
) -> str:
    table = connection.table("appointments")
    half_day = [unit, day.isoformat(), period]
    if table.count_where("unit = ? AND day = ? AND period = ?", half_day) >= CAPACITY:
        raise Refused(RefusalCode.VISIT_FULL, FIELDS)
    number = next_appointment_number(connection, day)
    table.insert(
        {
            "number": number,
            "project_no": project_no,
            "unit": unit,
            "day": day.isoformat(),
            "period": period,
        }
    )
    return number
