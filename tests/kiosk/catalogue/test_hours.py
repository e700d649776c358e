"""Opening hours say when a place is open, by season, by decree, and in 5+X hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.beijing import BEIJING
from kiosk.cases.working_days import due_date, is_working_day
from kiosk.catalogue.hours import (
    DayKind,
    OpeningHours,
    Part,
    Service,
    Slot,
    Timetable,
)

SUMMER = {
    "since": "07-01",
    "until": "09-30",
    "periods": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:30", "closes": "17:30"}],
}
WINTER = {
    "since": "10-01",
    "until": "06-30",
    "periods": [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "17:00"}],
}
SATURDAY_MORNING = {"opens": "09:00", "closes": "12:00", "weekdays": [6]}
LUNCH = {"opens": "12:00", "closes": "13:00", "days": ["working"]}

# 法定工作日, 夏季（7月1日—9月30日）9:00—12:00, 13:30—17:30; 冬季（10月1日—次年6月30日）…—17:00
NEW_AREA_HALL = {"seasons": [SUMMER, WINTER]}
# 9:00-12:00 13:00-17:00, nothing said of seasons
LIUYANG = {"seasons": [{"periods": WINTER["periods"]}]}

TUESDAY = date(2026, 11, 10)  # an ordinary week of winter
SATURDAY = date(2026, 11, 14)


def timetable(tree: dict[str, Any]) -> Timetable:
    return Timetable(OpeningHours.model_validate(tree), is_working_day)


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), BEIJING)


def open_times(place: Timetable, day: date) -> list[str]:
    """The quarters of an hour at which a place opens or closes on that day."""
    quarters = [
        datetime.combine(day, time(), BEIJING) + timedelta(minutes=15 * n) for n in range(96)
    ]
    return [
        f"{now:%H:%M}"
        for before, now in zip([None, *quarters], quarters, strict=False)
        if place.open_at(now) != (before is not None and place.open_at(before))
    ]


def wrong(tree: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        OpeningHours.model_validate(tree)
    return str(caught.value)


def test_a_hall_opens_by_the_season_that_its_guide_publishes() -> None:
    hall = timetable(NEW_AREA_HALL)
    assert open_times(hall, date(2026, 6, 30)) == ["09:00", "12:00", "13:00", "17:00"]
    assert open_times(hall, date(2026, 7, 1)) == ["09:00", "12:00", "13:30", "17:30"]
    assert open_times(hall, date(2026, 9, 30)) == ["09:00", "12:00", "13:30", "17:30"]
    assert open_times(hall, date(2026, 10, 9)) == ["09:00", "12:00", "13:00", "17:00"]


def test_a_place_without_seasons_keeps_its_hours_all_year() -> None:
    place = timetable(LIUYANG)
    for day in (date(2026, 7, 1), TUESDAY, date(2024, 2, 29)):
        assert open_times(place, day) == ["09:00", "12:00", "13:00", "17:00"]


def test_nobody_is_there_on_decreed_days_off_and_everybody_on_days_worked_in_exchange() -> None:
    hall = timetable(NEW_AREA_HALL)
    assert open_times(hall, date(2025, 10, 8)) == []  # National Day, a Wednesday
    assert open_times(hall, date(2025, 10, 11)) == ["09:00", "12:00", "13:00", "17:00"]  # Saturday
    assert open_times(hall, date(2026, 2, 28)) != []  # Saturday after Spring Festival
    assert open_times(hall, SATURDAY) == []


def test_it_is_open_from_the_first_minute_and_closed_at_the_last() -> None:
    hall = timetable(NEW_AREA_HALL)
    assert not hall.open_at(at(TUESDAY, "08:59:59.999999"))
    assert hall.open_at(at(TUESDAY, "09:00"))
    assert hall.open_at(at(TUESDAY, "11:59:59.999999"))
    assert not hall.open_at(at(TUESDAY, "12:00"))


def test_hours_are_those_of_beijing_wherever_the_clock_comes_from() -> None:
    hall = timetable(NEW_AREA_HALL)
    assert hall.open_at(datetime(2026, 11, 10, 1, 0, tzinfo=UTC))
    assert not hall.open_at(datetime(2026, 11, 10, 9, 0, tzinfo=UTC))
    assert hall.open_at(datetime(2026, 11, 10, 9, 0))
    # Monday 23:00 in London is Tuesday morning in Beijing, still before opening.
    assert hall.next_opening(datetime(2026, 11, 9, 23, 0, tzinfo=UTC)) == at(TUESDAY, "09:00")


def test_the_next_opening_skips_midday_nights_and_holidays() -> None:
    hall = timetable(NEW_AREA_HALL)
    assert hall.next_opening(at(TUESDAY, "10:00")) == at(TUESDAY, "10:00")
    assert hall.next_opening(at(TUESDAY, "12:30")) == at(TUESDAY, "13:00")
    assert hall.next_opening(at(TUESDAY, "17:00")) == at(TUESDAY + timedelta(1), "09:00")
    assert hall.next_opening(at(date(2025, 9, 30), "18:00")) == at(date(2025, 10, 9), "09:00")


def test_a_place_that_never_opens_has_no_next_opening() -> None:
    closed = Timetable(OpeningHours.model_validate(NEW_AREA_HALL), lambda _day: False)
    assert closed.next_opening(at(TUESDAY, "10:00")) is None
    with pytest.raises(ValueError, match="no working day within a year of 2026-11-10"):
        closed.limit_counts_from(at(TUESDAY, "10:00"))


def test_extended_hours_on_a_saturday_are_no_ordinary_ones() -> None:
    hall = timetable({**NEW_AREA_HALL, "extended": [SATURDAY_MORNING, LUNCH]})
    assert hall.service_at(at(SATURDAY, "10:00")) is Service.EXTENDED
    assert hall.service_at(at(SATURDAY, "13:00")) is Service.CLOSED
    assert hall.service_at(at(SATURDAY + timedelta(1), "10:00")) is Service.CLOSED
    assert hall.service_at(at(TUESDAY, "12:30")) is Service.EXTENDED
    assert hall.service_at(at(TUESDAY, "13:00")) is Service.ORDINARY
    assert hall.next_opening(at(SATURDAY, "07:00")) == at(SATURDAY, "09:00")


def test_what_is_taken_in_on_a_saturday_counts_from_monday() -> None:
    hall = timetable({**NEW_AREA_HALL, "extended": [SATURDAY_MORNING]})
    monday = SATURDAY + timedelta(2)
    assert hall.limit_counts_from(at(SATURDAY, "10:00")) == monday
    assert hall.limit_counts_from(at(TUESDAY, "10:00")) == TUESDAY + timedelta(1)
    assert due_date(SATURDAY, 1).date == monday  # the clock of the case agrees


def test_a_saturday_worked_in_exchange_has_ordinary_hours() -> None:
    hall = timetable({**NEW_AREA_HALL, "extended": [SATURDAY_MORNING]})
    worked = date(2025, 10, 11)
    assert hall.kind_of(worked) is DayKind.WORKING
    assert hall.service_at(at(worked, "10:00")) is Service.ORDINARY


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (SATURDAY, DayKind.WEEKEND),
        (SATURDAY + timedelta(1), DayKind.WEEKEND),
        (date(2025, 9, 27), DayKind.WEEKEND),  # Saturday before a Sunday worked for National Day
        (date(2025, 10, 4), DayKind.HOLIDAY),  # Saturday in the middle of National Day
        (date(2025, 10, 5), DayKind.HOLIDAY),
        (date(2025, 10, 12), DayKind.WEEKEND),  # Sunday after a Saturday worked for it
        (date(2026, 1, 3), DayKind.HOLIDAY),  # the last day of New Year, 1 to 3 January
        (date(2026, 4, 4), DayKind.HOLIDAY),  # Qingming, 4 to 6 April: the Saturday
        (date(2026, 4, 5), DayKind.HOLIDAY),
        (date(2026, 4, 6), DayKind.HOLIDAY),
        (date(2026, 9, 27), DayKind.HOLIDAY),  # Mid-Autumn, 25 to 27 September: the Sunday
        (date(2026, 2, 14), DayKind.WORKING),
    ],
)
def test_a_weekend_within_a_decreed_break_is_holiday(day: date, kind: DayKind) -> None:
    assert timetable(NEW_AREA_HALL).kind_of(day) is kind


def test_extended_hours_of_weekends_do_not_reach_into_holidays() -> None:
    hall = timetable({**NEW_AREA_HALL, "extended": [SATURDAY_MORNING]})
    assert not hall.open_at(at(date(2025, 10, 4), "10:00"))
    on_holidays = {**SATURDAY_MORNING, "days": ["weekend", "holiday"]}
    duty = timetable({**NEW_AREA_HALL, "extended": [on_holidays]})
    assert duty.service_at(at(date(2025, 10, 4), "10:00")) is Service.EXTENDED


def test_a_terminal_by_the_door_is_open_day_and_night() -> None:
    every_day = {"opens": "00:00", "closes": "00:00", "days": ["working", "weekend", "holiday"]}
    door = timetable({**NEW_AREA_HALL, "extended": [every_day]})
    for day in (TUESDAY, SATURDAY, date(2025, 10, 4)):
        assert door.open_at(at(day, "00:00"))
        assert door.open_at(at(day, "23:59"))


def test_a_friday_afternoon_can_be_kept_closed() -> None:
    morning = {"opens": "09:00", "closes": "12:00"}
    afternoon = {"opens": "13:00", "closes": "17:00", "weekdays": [1, 2, 3, 4]}
    place = timetable({"seasons": [{"periods": [afternoon, morning]}]})
    friday = SATURDAY - timedelta(1)
    assert [s.part for s in place.slots(friday, 1)] == [Part.MORNING]
    assert [s.part for s in place.slots(TUESDAY, 1)] == [Part.MORNING, Part.AFTERNOON]


def test_visits_are_offered_by_half_days_that_are_open() -> None:
    hall = timetable({**NEW_AREA_HALL, "extended": [SATURDAY_MORNING]})
    friday = SATURDAY - timedelta(1)
    monday = SATURDAY + timedelta(2)
    assert hall.slots(friday, 4) == (
        Slot(friday, Part.MORNING),
        Slot(friday, Part.AFTERNOON),
        Slot(monday, Part.MORNING),
        Slot(monday, Part.AFTERNOON),
    )
    assert hall.slots(date(2025, 10, 1), 8) == ()
    assert hall.slots(friday, 0) == ()


def test_hours_through_midday_give_both_halves_of_the_day() -> None:
    place = timetable({"seasons": [{"periods": [{"opens": "09:00", "closes": "17:00"}]}]})
    assert [s.part for s in place.slots(TUESDAY, 1)] == [Part.MORNING, Part.AFTERNOON]
    late_morning = timetable({"seasons": [{"periods": [{"opens": "09:00", "closes": "12:30"}]}]})
    assert [s.part for s in late_morning.slots(TUESDAY, 1)] == [Part.MORNING]


@pytest.mark.parametrize("days", [-1, 367])
def test_slots_for_a_senseless_stretch_are_refused(days: int) -> None:
    with pytest.raises(ValueError, match="give 0 to 366"):
        timetable(LIUYANG).slots(TUESDAY, days)


def test_a_day_without_a_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="no calendar for the year 2100"):
        timetable(LIUYANG).open_at(at(date(2100, 1, 4), "10:00"))


def test_hours_go_through_json_and_back_unchanged() -> None:
    hours = OpeningHours.model_validate({**NEW_AREA_HALL, "extended": [SATURDAY_MORNING, LUNCH]})
    assert '"opens":"09:00"' in hours.model_dump_json()
    assert OpeningHours.model_validate_json(hours.model_dump_json()) == hours


def season(**changes: Any) -> dict[str, Any]:
    return {"seasons": [{"periods": WINTER["periods"]} | changes]}


def period(**changes: Any) -> dict[str, Any]:
    return season(periods=[{"opens": "09:00", "closes": "12:00"} | changes])


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        (period(opens=540), 'must be hours and minutes in quotes, such as "09:00"'),  # 9:00 in YAML
        (period(opens="9:00"), "must be hours and minutes"),
        (period(opens="０９:00"), "must be hours and minutes"),
        (period(closes="24:00"), "must be hours and minutes"),
        (period(closes="12:60"), "must be hours and minutes"),
        (period(opens="12:00"), "closes at 12:00, not after 12:00"),
        (period(opens="13:00"), "closes at 12:00, not after 13:00"),
        (period(weekdays=[0]), "greater than or equal to 1"),
        (period(weekdays=[]), "at least 1 item"),
        (period(days=["weekend"]), "Extra inputs are not permitted"),
        (season(periods=[]), "at least 1 item"),
        (
            season(periods=[*WINTER["periods"], {"opens": "11:30", "closes": "12:30"}]),
            "share 11:30",
        ),
        (season(since="02-30"), "there is no day 02-30 in any year"),
        (season(since="7-1"), 'must be month and day in quotes, such as "07-01"'),
        (season(since="01-02"), "01-01 is in no season"),
        ({"seasons": [SUMMER]}, "01-01 is in no season"),
        # As one guide has it: two summers, 1 July to 1 September.
        ({"seasons": [SUMMER, SUMMER | {"until": "09-01"}]}, "01-01 is in no season"),
        ({"seasons": [SUMMER, WINTER | {"since": "09-30"}]}, "09-30 is in more than one season"),
        ({"seasons": [SUMMER, WINTER | {"since": "10-02"}]}, "10-01 is in no season"),
        ({"seasons": []}, "at least 1 item"),
        ({**NEW_AREA_HALL, "extended": [{**LUNCH, "days": []}]}, "at least 1 item"),
        ({**NEW_AREA_HALL, "extended": [{**LUNCH, "days": ["sunday"]}]}, "'working', 'weekend'"),
        ({**NEW_AREA_HALL, "closed": True}, "Extra inputs are not permitted"),
    ],
)
def test_hours_that_make_no_sense_are_refused_with_the_reason(tree: Any, said: str) -> None:
    assert said in wrong(tree)


MINUTES = st.integers(0, 24 * 60 - 1)
DAYS = st.dates(date(2003, 1, 1), date(2026, 12, 20))
MOMENTS = st.datetimes(
    datetime(2003, 1, 1), datetime(2026, 12, 20), timezones=st.sampled_from([BEIJING, UTC])
)


@st.composite
def periods(draw: st.DrawFn) -> dict[str, Any]:
    opens, closes = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    weekdays = draw(st.none() | st.lists(st.integers(1, 7), min_size=1, max_size=7))
    return {
        "opens": f"{opens // 60:02}:{opens % 60:02}",
        "closes": f"{closes // 60:02}:{closes % 60:02}",
        "weekdays": weekdays,
    }


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    kinds = st.lists(st.sampled_from([kind.value for kind in DayKind]), min_size=1, max_size=3)
    extended = [draw(periods()) | {"days": draw(kinds)} for _ in range(draw(st.integers(0, 3)))]
    return timetable(
        {
            "seasons": [SUMMER, WINTER | {"periods": [draw(periods())]}],
            "extended": extended,
        }
    )


@given(timetables(), MOMENTS)
def test_the_next_opening_is_the_first_moment_at_which_it_is_open(
    place: Timetable, moment: datetime
) -> None:
    opening = place.next_opening(moment)
    assert opening is not None  # the summer has ordinary hours
    assert opening >= moment
    assert place.open_at(opening)
    assert (opening == moment) == place.open_at(moment)
    if opening > moment:
        assert not place.open_at(opening - timedelta(microseconds=1))
        between = moment + (opening - moment) / 2
        assert not place.open_at(between)


@given(timetables(), DAYS, st.integers(0, 30))
def test_every_slot_has_an_ordinary_hour_and_stands_in_order(
    place: Timetable, first: date, days: int
) -> None:
    slots = place.slots(first, days)
    assert list(slots) == sorted(set(slots), key=lambda slot: (slot.day, slot.part != Part.MORNING))
    for slot in slots:
        assert first <= slot.day < first + timedelta(days)
        assert is_working_day(slot.day)
        assert any(
            period.opens < time(12) if slot.part is Part.MORNING else period.last_minute > 13 * 60
            for period in place.ordinary(slot.day)
        )


@given(DAYS)
def test_a_holiday_is_a_day_off_in_a_row_that_takes_in_a_weekday(day: date) -> None:
    kind = timetable(NEW_AREA_HALL).kind_of(day)
    row = {day} if not is_working_day(day) else set()
    for step in (timedelta(-1), timedelta(1)):
        other = day
        while row and not is_working_day(other := other + step):
            row.add(other)
    takes_in_a_weekday = any(other.isoweekday() < 6 for other in row)
    assert (kind is DayKind.WORKING) == (not row)
    assert (kind is DayKind.HOLIDAY) == takes_in_a_weekday


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["seasons", "extended", "since", "until", "periods", "opens", "closes"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@settings(max_examples=200)
@given(JSON | JSON.map(lambda tree: {"seasons": tree}) | JSON.map(lambda tree: {"seasons": [tree]}))
def test_no_tree_breaks_the_model(tree: Any) -> None:
    try:
        hours = OpeningHours.model_validate(tree)
    except ValidationError:
        return
    assert OpeningHours.model_validate_json(hours.model_dump_json()) == hours
