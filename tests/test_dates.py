"""Civil dates: what is read, what is refused and with which hint, and the reckoning."""

from datetime import date, time

import pytest

from kith.dates import (
    DateError,
    Duration,
    count_days,
    half,
    likely_years,
    long_date,
    read_date,
    read_day_words,
    read_duration,
    read_time,
    shift,
    short_date,
    weekday_name,
)

WEDNESDAY = date(2026, 11, 4)


def test_years_that_somebody_means_begin_before_and_end_ten_ahead() -> None:
    assert likely_years(WEDNESDAY) == (1990, 2036)


def test_reads_a_date() -> None:
    assert read_date("2026-11-03") == date(2026, 11, 3)
    assert read_date("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text,message,hint",
    [
        ("2026-02-30", "there is no day `2026-02-30`", "February 2026 has 28 days"),
        ("2026-11-00", "there is no day `2026-11-00`", "November 2026 has 30 days"),
        ("2026-13-01", "there is no day `2026-13-01`", "months run from 01 to 12"),
        ("0026-11-03", "the year of `0026-11-03` is none that a journal knows", "years run from 1000 to 9000"),
        ("9999-12-31", "the year of `9999-12-31` is none that a journal knows", "years run from 1000 to 9000"),
    ],
)
def test_impossible_day_says_why(text: str, message: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        read_date(text)
    assert (str(caught.value), caught.value.hint, caught.value.impossible) == (message, hint, True)


@pytest.mark.parametrize(
    "text,hint",
    [
        ("03/04/2026", "write `2026-03-04` or `2026-04-03`"),
        ("3.11.2026", "write `2026-03-11` or `2026-11-03`"),
        ("23.11.2026", "write `2026-11-23`"),
        ("11/11/2026", "write `2026-11-11`"),
        ("2026/11/3", "write `2026-11-03`"),
        ("2026-11-03T10:00:00Z", "write `2026-11-03`"),
        ("2026-11-03 10:00", "write `2026-11-03`"),
        ("2026/31/12", "write year, month and day, as in `2026-11-03`"),
        ("3/4/26", "write year, month and day, as in `2026-11-03`"),
        ("0/0/2026", "write year, month and day, as in `2026-11-03`"),
        ("next week", "write year, month and day, as in `2026-11-03`"),
        ("٢٠٢٦-١١-٠٣", "write year, month and day, as in `2026-11-03`"),
        ("", "write year, month and day, as in `2026-11-03`"),
    ],
)
def test_another_order_is_refused_with_the_readings(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        read_date(text)
    assert (str(caught.value), caught.value.hint) == (f"`{text}` is not a date", hint)
    assert not caught.value.impossible


@pytest.mark.parametrize(
    "text,expected",
    [("7d", "7d"), ("2w", "2w"), ("3mo", "3mo"), ("1y", "1y"), ("0d", "0d"), ("10 d", "10d"), ("100y", "100y")],
)
def test_reads_a_duration(text: str, expected: str) -> None:
    assert str(read_duration(text)) == expected


def test_reads_minutes_where_minutes_are_meant() -> None:
    assert read_duration("20m", minutes=True) == Duration(20, "m")


@pytest.mark.parametrize(
    "text,minutes,hint",
    [
        ("soon", False, "write `7d`, `2w`, `3mo` or `1y`"),
        ("-7d", False, "write `7d`, `2w`, `3mo` or `1y`"),
        ("7", False, "write `7d`, `2w`, `3mo` or `1y`"),
        ("7D", False, "write `7d`, `2w`, `3mo` or `1y`"),
        ("3m", False, "write `3mo` for months, or `3d` for days"),
        ("3d", True, "write `3m`"),
        ("x", True, "write `20m`"),
        ("101y", False, "write at most `100y`"),
        ("9999mo", False, "write at most `100y`"),
        ("9999w", False, "write at most `100y`"),
    ],
)
def test_refuses_a_duration(text: str, minutes: bool, hint: str) -> None:  # noqa: FBT001 - a column of the table
    with pytest.raises(DateError) as caught:
        read_duration(text, minutes=minutes)
    assert caught.value.hint == hint


def test_reads_a_time() -> None:
    assert read_time("14:30") == time(14, 30)
    assert read_time("9:05") == time(9, 5)


@pytest.mark.parametrize("text", ["24:00", "12:60", "2pm", "14.30", "14:3", "١٤:٣٠", "14:30:00"])
def test_refuses_a_time(text: str) -> None:
    with pytest.raises(DateError, match="is not a time of day"):
        read_time(text)


@pytest.mark.parametrize(
    "text,hint",
    [
        ("2pm", "write `14:00`"),
        ("2:30 p.m.", "write `14:30`"),
        ("12 AM", "write `00:00`"),
        ("12:05pm", "write `12:05`"),
        ("13pm", "write hours and minutes, as in `14:30`"),
        ("2:75pm", "write hours and minutes, as in `14:30`"),
        ("noon", "write hours and minutes, as in `14:30`"),
    ],
)
def test_a_time_in_halves_of_a_day_is_refused_with_what_is_meant(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        read_time(text)
    assert caught.value.hint == hint


@pytest.mark.parametrize(
    "words,expected",
    [
        ("today", "2026-11-04"),
        ("Yesterday", "2026-11-03"),
        ("TOMORROW", "2026-11-05"),
        ("2026-11-03", "2026-11-03"),
        ("+3d", "2026-11-07"),
        ("-1w", "2026-10-28"),
        ("+1mo", "2026-12-04"),
        ("+ 2w", None),
        ("2 weeks ago", "2026-10-21"),
        ("a week ago", "2026-10-28"),
        ("an day ago", "2026-11-03"),
        ("six months ago", "2026-05-04"),
        ("in 2 weeks", "2026-11-18"),
        ("in one  year", "2027-11-04"),
        ("in 0 days", "2026-11-04"),
    ],
)
def test_reads_day_words(words: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(DateError):
            read_day_words(words, WEDNESDAY)
    else:
        assert read_day_words(words, WEDNESDAY).isoformat() == expected


@pytest.mark.parametrize(
    "words,back,ahead",
    [
        ("wednesday", "2026-10-28", "2026-11-11"),
        ("tuesday", "2026-11-03", "2026-11-10"),
        ("tue", "2026-11-03", "2026-11-10"),
        ("Thurs", "2026-10-29", "2026-11-05"),
        ("sunday", "2026-11-01", "2026-11-08"),
    ],
)
def test_weekdays_look_in_the_direction_of_the_field(words: str, back: str, ahead: str) -> None:
    assert read_day_words(words, WEDNESDAY, "back").isoformat() == back
    assert read_day_words(words, WEDNESDAY, "ahead").isoformat() == ahead


@pytest.mark.parametrize(
    "words,hint",
    [
        ("next friday", "write `2026-11-06` or `2026-11-13`"),
        ("this friday", "write `2026-11-06` or `2026-11-13`"),
        ("last friday", "write `2026-10-30` or `2026-10-23`"),
        ("next week", "write a date such as `2026-11-03`, `friday` or `+3d`"),
        ("th", "write a date such as `2026-11-03`, `friday` or `+3d`"),
        ("3rd of May", "write year, month and day, as in `2026-11-03`"),
        ("in 2 fortnights", "write a date such as `2026-11-03`, `friday` or `+3d`"),
        ("many days ago", "write a date such as `2026-11-03`, `friday` or `+3d`"),
        ("in 999999999 days", "write a date such as `2026-11-03`, `friday` or `+3d`"),
        ("in 999999999 years", "write a date such as `2026-11-03`, `friday` or `+3d`"),
        ("+3m", "write `3mo` for months, or `3d` for days"),
        ("+9999y", "write at most `100y`"),
    ],
)
def test_ambiguous_words_are_refused_with_the_candidates(words: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        read_day_words(words, WEDNESDAY)
    assert caught.value.hint == hint


def test_a_number_of_any_length_is_no_day() -> None:
    with pytest.raises(DateError):
        read_day_words(f"in {'9' * 5000} days", WEDNESDAY)


@pytest.mark.parametrize(
    "day,duration,expected",
    [
        ("2026-01-31", "1mo", "2026-02-28"),
        ("2028-01-31", "1mo", "2028-02-29"),
        ("2028-02-29", "1y", "2029-02-28"),
        ("2028-02-29", "4y", "2032-02-29"),
        ("2026-11-03", "3mo", "2027-02-03"),
        ("2026-11-03", "2w", "2026-11-17"),
        ("2026-12-31", "1d", "2027-01-01"),
    ],
)
def test_shifts_and_clamps_to_the_end_of_the_month(day: str, duration: str, expected: str) -> None:
    assert shift(date.fromisoformat(day), read_duration(duration)).isoformat() == expected


def test_shifts_several_times_and_back_and_by_minutes_not_at_all() -> None:
    assert shift(WEDNESDAY, Duration(1, "mo"), -1) == date(2026, 10, 4)
    assert shift(WEDNESDAY, Duration(30, "d"), 3) == date(2027, 2, 2)
    assert shift(WEDNESDAY, Duration(20, "m")) == WEDNESDAY


@pytest.mark.parametrize("duration", [Duration(9999, "y"), Duration(99999, "mo"), Duration(9_999_999, "w")])
def test_no_calendar_goes_on_for_ever(duration: Duration) -> None:
    with pytest.raises(OverflowError):
        shift(WEDNESDAY, duration)


def test_half_counts_real_days_and_rounds_up() -> None:
    assert half(date(2026, 11, 4), Duration(30, "d")) == date(2026, 11, 19)
    assert half(date(2026, 11, 4), Duration(7, "d")) == date(2026, 11, 8)
    assert half(date(2026, 2, 1), Duration(1, "mo")) == date(2026, 2, 15)
    assert half(date(2026, 1, 1), Duration(1, "mo")) == date(2026, 1, 17)


def test_words_for_people() -> None:
    day = date(2026, 11, 3)
    assert long_date(day) == "3 November 2026"
    assert long_date(day, date(2027, 1, 1)) == "3 November 2026"
    assert long_date(day, WEDNESDAY) == "3 November"
    assert short_date(day) == "3 Nov 2026"
    assert short_date(day, WEDNESDAY) == "3 Nov"
    assert weekday_name(day) == "Tuesday"
    assert [count_days(days) for days in (0, 1, 13)] == ["0 days", "1 day", "13 days"]
