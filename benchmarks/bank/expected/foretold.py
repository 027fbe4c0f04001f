"""Real payments of public bodies, walked forward month by month: did what was foretold of a payee come true?

A payment is foretold where its record up to that day is good enough to be watched. It came true when the next payment
of that stream was on time and in the range. The peer says for the same payees: the same gap again, the same amount.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from engine.expecting import Movement
from engine.expecting.recognise import recognise
from engine.expecting.replay import is_sure

from ...coding import rows
from ..intervals import share

#: Months at the end that are foretold.
MONTHS = 12
_FIVE = Decimal("0.05")


def outcome(_seeds) -> tuple[str, dict]:
    lines = ["Foretold on real payments (day and amount of the next one; n payments that were due)"]
    figures = {}
    for split in rows.shipped():
        movements = _movements(split)
        if len({movement.payee for movement in movements}) < 50:
            continue
        ours, peer, day = _walk(movements)
        figures[split.name] = {"ours": ours, "peer": peer, "day": day}
        lines.append(f"  {split.name:<16} came true     {share(*ours)}")
        lines.append(f"  {'':<16} day alone     {share(*day)}")
        lines.append(f"  {'':<16} same again    {share(*peer)}")
    if len(lines) == 1:
        lines.append("  none: the shared data is not here")
    return "\n".join(lines), figures


def _movements(split) -> list[Movement]:
    """A bank pays all items of one payee on one day at once."""
    sums: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for row in (*split.past, *split.future):
        if row.payee:
            sums[row.case.date, row.payee] += row.case.amount
    return [
        Movement((number,), day, amount, "GBP", payee, payee)
        for number, ((day, payee), amount) in enumerate(sorted(sums.items()))
        if amount
    ]


def _walk(movements):
    days = [movement.day for movement in movements]
    by_payee = defaultdict(list)
    for movement in movements:
        by_payee[movement.payee].append(movement)
    end, memo = days[-1], {}
    right = [0, 0, 0]
    n = 0
    cut = _months_before(end, MONTHS)
    while cut < end:
        following = _months_before(cut, -1)
        known = movements[: bisect_right(days, cut - timedelta(days=1))]
        for series in recognise(known, cut, memo):
            due = series.rhythm.due(series.rhythm.nearest(series.last) + 1)
            # What is due in this month, and whose time is over before the data ends.
            if not is_sure(series) or not cut <= due < following or due + _tolerance(series) > end:
                continue
            n += 1
            coming = [m for m in by_payee[series.key] if m.day >= cut and m.direction == series.direction]
            on_time = [m for m in coming if abs(m.day - due) <= _tolerance(series)]
            right[0] += any(series.amounts.holds(m.amount) for m in on_time)
            right[1] += _same_again(series, coming)
            right[2] += bool(on_time)
        cut = following
    return (right[0], n), (right[1], n), (right[2], n)


def _tolerance(series) -> timedelta:
    return timedelta(days=series.rhythm.tolerance)


def _same_again(series, coming) -> bool:
    last, before = series.movements[-1], series.movements[-2]
    due = last.day + (last.day - before.day)
    return any(
        abs(m.day - due) <= _tolerance(series) and abs(m.amount - last.amount) <= _FIVE * abs(last.amount)
        for m in coming
    )


def _months_before(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
