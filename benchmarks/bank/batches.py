"""The rhythm of the work: lines are matched period by period, with the books of its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from .ledger import Ledger
from .values import CompanyYear, Line


def period_end(day: date, period: str) -> date:
    """Last day of the day's period."""
    if period == "day":
        return day
    if period == "week":
        return day + timedelta(days=6 - day.weekday())
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def replay(year: CompanyYear) -> Iterator[tuple[Ledger, tuple[Line, ...]]]:
    """Each period's lines with the ledger that is known when they are matched.

    The ledger holds the documents and registered payments up to the period's end and the truth of
    all earlier periods; when the caller is done with one, its truth is booked, unless he did.
    """
    ledger = Ledger(year.partners)
    waiting = sorted(
        [*year.documents, *year.payments],
        key=lambda record: (record.date, hasattr(record, "memo"), record.key),
    )
    for end, group in groupby(year.lines, lambda line: period_end(line.date, year.period)):
        lines = tuple(group)
        while waiting and waiting[0].date <= end:
            record = waiting.pop(0)
            if hasattr(record, "memo"):
                ledger.register(record)
            else:
                ledger.issue(record)
        yield ledger, lines
        for line in lines:
            if line.key not in ledger.booked:
                ledger.book(line, year.truths[line.key].booking)
