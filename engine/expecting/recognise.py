"""Which payments recur: payees' movements parted into streams, each with its rhythm, its amounts and its record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from . import amounts as levels
from .purpose import purpose_of
from .rhythm import PERIODS, Rhythm, fit
from .values import Amounts, Movement, Series

#: Keys of runs: what is paid to several on one day, by the account that it settles.
RUN = "settles"
#: The newest payments of a stream tell how it is now.
_NEWEST = 24
_TRIALS = 12
#: A stream that has not come for so many periods is over: nothing is expected of it when it is first seen.
_ENDED = 2.5
#: Two streams of one payee, one after the other, are one whose price changed by no more than this.
_CONTINUED = Decimal("0.4")
#: On so many days must several payees have been paid from one liability, for them to be one run.
_RUN_DAYS = 3


def recognise(
    movements: Sequence[Movement], until: date, memo: dict | None = None, also: Sequence[Movement] = ()
) -> list[Series]:
    """The payments that recur and are not over.

    :param movements: of one company, in order of day
    :param until: the day up to which the bank is known
    :param also: later ones that teach nothing, but show that a payee is still paid
    :param memo: kept between calls over the same movements: a replay looks at each stream once
    """
    found = []
    alive = grouped([*movements, *also]) if also else {}
    for key, group in grouped(movements).items():
        mark = (key, len(group))
        if memo is not None and mark in memo:
            streams = memo[mark]
        else:
            streams = _streams(key, group)
            if memo is not None:
                memo[mark] = streams
        last = max((movement.day for movement in alive.get(key, ())), default=None)
        found += [series for series in streams if not _is_over(series, max(series.last, last or series.last), until)]
    return found


def _is_over(series: Series, last: date, until: date) -> bool:
    return (until - last).days > _ENDED * series.rhythm.length


def grouped(movements: Sequence[Movement]) -> dict[tuple[str, str, str], list[Movement]]:
    """{(payee or run, direction, currency): movements}; runs of one day are one movement."""
    runs = _run_accounts(movements)
    payers = {m.payee: m.account for m in movements if m.payee and m.account in runs}
    found: dict[tuple, list[Movement]] = defaultdict(list)
    daily: dict[tuple, list[Movement]] = defaultdict(list)
    for movement in movements:
        account = movement.account if movement.is_booked else payers.get(movement.payee)
        if account in runs:
            daily[f"{RUN}:{account}", movement.direction, movement.currency, movement.day].append(movement)
        elif movement.payee:
            found[movement.payee, movement.direction, movement.currency].append(movement)
    for (key, direction, currency, _day), run in daily.items():
        found[key, direction, currency].append(_joined(run))
    return found


def _run_accounts(movements: Iterable[Movement]) -> set[int]:
    """Liabilities that several payees are paid from on one day: a wage run, made one transfer each."""
    payees: dict[tuple[int, date], set[str]] = defaultdict(set)
    for movement in movements:
        if movement.account is not None and movement.is_booked:
            payees[movement.account, movement.day].add(movement.payee)
    days: dict[int, int] = defaultdict(int)
    for (account, _day), who in payees.items():
        days[account] += len(who) > 1
    return {account for account, count in days.items() if count >= _RUN_DAYS}


def _joined(run: Sequence[Movement]) -> Movement:
    if len(run) == 1:
        return run[0]
    ids = tuple(number for movement in run for number in movement.ids)
    return replace(run[0], ids=ids, amount=sum((m.amount for m in run), Decimal(0)), payee="", name="")


# === ONE PAYEE === #


def _streams(key: tuple[str, str, str], group: Sequence[Movement]) -> list[Series]:
    """Prices that recur first; what is left may recur with amounts that vary."""
    if len({movement.day for movement in group}) < min(period.least for period in PERIODS.values()):
        return []
    found, rest = [], list(group)
    for cluster in _clusters(group):
        if len(cluster) == len(rest):
            break
        series = _series(key, cluster)
        if series:
            found.append(series)
            taken = {movement.ids for movement in cluster}
            rest = [movement for movement in rest if movement.ids not in taken]
    whole = _series(key, group)
    parts = _continued(key, found)
    if whole and (len(parts) < 2 or len(whole.movements) > sum(len(part.movements) for part in parts)):
        # One stream explains all of it: its levels are a price that changed.
        return [_with_record(whole)]
    if len(rest) != len(group):
        other = _series(key, rest)
        parts += [other] if other else []
    return [_with_record(part) for part in parts]


def _clusters(group: Sequence[Movement]) -> list[list[Movement]]:
    """Movements of one price, the most frequent price first."""
    ordered = sorted(group, key=lambda movement: abs(movement.amount))
    clusters: list[list[Movement]] = []
    for movement in ordered:
        if clusters and levels.is_same(abs(clusters[-1][0].amount), abs(movement.amount)):
            clusters[-1].append(movement)
        else:
            clusters.append([movement])
    least = min(period.least for period in PERIODS.values())
    large = [sorted(cluster, key=lambda m: (m.day, m.ids)) for cluster in clusters if len(cluster) >= least]
    return sorted(large, key=lambda cluster: (-len(cluster), cluster[0].day))


def _series(key: tuple[str, str, str], group: Sequence[Movement]) -> Series | None:
    recent = group[-_NEWEST:]
    found = fit([movement.day for movement in recent])
    if not found:
        return None
    payee, direction, currency = key
    return Series(payee, direction, currency, found.rhythm, _read(recent), tuple(recent), purpose=purpose_of(recent))


def _read(group: Sequence[Movement]) -> Amounts:
    return levels.read([movement.day for movement in group], [abs(movement.amount) for movement in group])


def _continued(key: tuple[str, str, str], parts: Sequence[Series]) -> list[Series]:
    """Streams that follow each other at another price are one."""
    found: list[Series] = []
    for part in sorted(parts, key=lambda series: series.first):
        before = next((series for series in found if _continues(series, part)), None)
        joined = _series(key, [*before.movements, *part.movements]) if before else None
        if joined:
            found[found.index(before)] = joined
        else:
            found.append(part)
    return found


def _continues(before: Series, after: Series) -> bool:
    gap = (after.first - before.last).days
    if before.rhythm.period != after.rhythm.period or not 0 < gap <= 2 * before.rhythm.length:
        return False
    return abs(after.amounts.expected - before.amounts.expected) <= _CONTINUED * before.amounts.expected


# === ITS RECORD === #


def _with_record(series: Series) -> Series:
    """How often the next payment came as the payments before it had told."""
    payments, hits, held, trials = series.movements, 0, 0, 0
    least = PERIODS[series.rhythm.period].least
    for number in range(max(least, len(payments) - _TRIALS), len(payments)):
        before, coming = payments[:number], payments[number]
        told = fit([movement.day for movement in before])
        if told and _is_again(told.rhythm, before[-1], coming):
            continue
        trials += 1
        if told and _is_on_time(told.rhythm, before[-1], coming):
            hits += 1
            held += _read(before).holds(coming.amount)
    return replace(series, hits=hits, held=held, trials=trials)


def _is_again(rhythm: Rhythm, last: Movement, coming: Movement) -> bool:
    """A second payment at the same time is no trial: one was foretold, and came."""
    return rhythm.nearest(last.day) == rhythm.nearest(coming.day)


def _is_on_time(rhythm: Rhythm, last: Movement, coming: Movement) -> bool:
    due = rhythm.due(rhythm.nearest(last.day) + 1)
    return abs((coming.day - due).days) <= rhythm.tolerance
