"""Weeks from Monday on, counted from the day of the forecast."""

from __future__ import annotations

from datetime import date, timedelta

HORIZON = 13


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date, at: date) -> int:
    """0 for the week of ``at``, 1 for the next one."""
    return (monday(day) - monday(at)).days // 7


def starts(at: date) -> list[date]:
    """The Mondays of the weeks ahead, the current week first."""
    first = monday(at)
    return [first + timedelta(weeks=number) for number in range(HORIZON)]
