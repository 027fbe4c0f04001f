"""What came of what was expected: each time it was due beside the payment that was it, and what is odd about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..anomaly.finding import WARN, Finding
from .amounts import is_same
from .rhythm import Rhythm
from .values import WAGES, Amounts, Movement

LINE = "account.bank.statement.line"
#: So many of the newest times are looked at: "11 of 12".
LOOKED_AT = 12
#: After so many in a row that did not come, it seems to have ended: one finding, not three.
STOPPED = 3
#: What is odd about a payment that came is told for so many days; what is missing, as long as it is looked at.
TOLD_DAYS = 62
#: A payment this many times the expected one is no longer taken for it, nor one this many times smaller.
_FARTHEST = Decimal(4)

MISSING, WAGES_MISSING, STOPPED_CODE = "expected_missing", "expected_wages_missing", "expected_stopped"
TWICE, DOUBLED, AMOUNT, EARLY, LATE = (
    "expected_twice",
    "expected_doubled",
    "expected_amount",
    "expected_early",
    "expected_late",
)
AGAIN = "expected_again"
#: Missing, and nothing came since.
NOT_COME = "expected_not_come"
CODES = (MISSING, WAGES_MISSING, STOPPED_CODE, TWICE, DOUBLED, AMOUNT, EARLY, LATE, AGAIN, NOT_COME)


@dataclass(frozen=True, slots=True)
class Watched:
    """An expected payment as it stands now, set by a person or learned. Nothing is asked of it before ``since``, nor
    after ``until``, nor in a pause (first day, last day or None). ``known``: the day up to which its bank is known."""

    id: int
    group: tuple[str, str, str]
    rhythm: Rhythm
    amounts: Amounts
    since: date
    known: date
    until: date | None = None
    paused: tuple[date, date | None] | None = None
    purpose: str = ""
    tells_amount: bool = True

    def asks(self, day: date) -> bool:
        if day < self.since or (self.until and day > self.until):
            return False
        if not self.paused or day < self.paused[0]:
            return True
        return self.paused[1] is not None and day > self.paused[1]


@dataclass(slots=True)
class Time:
    """One time at which it was due. ``extra``: more payments that are it as well. Not ``asked``: none was expected."""

    slot: int
    day: date
    movement: Movement | None = None
    extra: tuple[Movement, ...] = ()
    asked: bool = True


def paired(watched: Sequence[Watched], groups: dict[tuple[str, str, str], Sequence[Movement]]) -> dict[int, list[Time]]:
    """{id: its newest times, oldest first}: those that should have come by now, and those that came since.

    Payments of one payee go to the expected payment whose day and amount they are nearest to.
    """
    found: dict[int, list[Time]] = {}
    by_group: dict[tuple, list[Watched]] = defaultdict(list)
    for each in watched:
        by_group[each.group].append(each)
    for group, members in by_group.items():
        times = {each.id: _times(each) for each in members}
        _take(members, times, groups.get(group, ()))
        found.update({each.id: _judged(each, times[each.id]) for each in members})
    return found


def _times(watched: Watched) -> dict[int, Time]:
    """The newest times up to the next one, which may have come early."""
    rhythm, known = watched.rhythm, watched.known
    back = timedelta(days=round((LOOKED_AT + 1) * rhythm.length))
    last = rhythm.after(known)
    times = {slot: Time(slot, day) for slot, day in rhythm.between(known - back, last)}
    return dict(sorted(times.items())[-LOOKED_AT - 1 :])


def _take(members: Sequence[Watched], times: dict[int, dict[int, Time]], group: Iterable[Movement]) -> None:
    offers = []
    for movement in group:
        for watched in members:
            slot = watched.rhythm.nearest(movement.day)
            # Before it is expected at its day, it may have come for the time before or the next one.
            for near in (slot - 1, slot, slot + 1):
                time = times[watched.id].get(near)
                if time and (cost := _cost(watched, time, movement)) is not None:
                    offers.append((cost, movement.day, movement.ids, watched.id, near, movement))
    offers.sort(key=lambda offer: offer[:5])
    used: set[tuple[int, ...]] = set()
    for _far, _day, ids, key, slot, movement in offers:
        if ids not in used and times[key][slot].movement is None:
            times[key][slot].movement = movement
            used.add(ids)
    by_id = {watched.id: watched for watched in members}
    for _far, _day, ids, key, slot, movement in offers:
        time = times[key][slot]
        if ids in used or time.movement is None:
            continue
        if by_id[key].amounts.holds(movement.amount) or is_same(abs(movement.amount), abs(time.movement.amount)):
            time.extra = (*time.extra, movement)
            used.add(ids)


def _cost(watched: Watched, time: Time, movement: Movement) -> float | None:
    """How far a payment is from what was expected then; None when it is another one."""
    off = abs((movement.day - time.day).days)
    amount, expected = abs(movement.amount), watched.amounts.expected
    if not expected or not expected / _FARTHEST <= amount <= expected * _FARTHEST:
        return None
    # Both at another time and of another amount, it is another payment.
    if off > (watched.rhythm.length * 0.75 if watched.amounts.holds(amount) else watched.rhythm.tolerance):
        return None
    beside = 0.0 if watched.amounts.holds(amount) else float(abs(amount - expected) / max(amount, expected))
    return off / max(watched.rhythm.tolerance, 1) + 4 * beside


def _judged(watched: Watched, times: dict[int, Time]) -> list[Time]:
    """Without those that did not come and are not asked for, or may still come."""
    limit = watched.known - timedelta(days=watched.rhythm.tolerance)
    for time in times.values():
        time.asked = watched.asks(time.day)
    return [time for time in times.values() if time.movement or (time.asked and time.day < limit)]


# === WHAT IS ODD === #


def findings(watched: Watched, times: Sequence[Time]) -> tuple[Finding, ...]:
    """What somebody should look at; nothing of a payment that never came yet."""
    found = _again(watched, times)
    asked = [time for time in times if time.asked][-LOOKED_AT:]
    if not any(time.movement for time in asked):
        return tuple(found)
    recent = _recent(watched)
    found += _missing(watched, asked)
    for number, time in enumerate(asked):
        if time.movement and time.day >= recent:
            is_again = number > 0 and bool(asked[number - 1].extra)
            found += _odd(watched, time, is_again)
    return tuple(found)


def _recent(watched: Watched) -> date:
    return watched.known - timedelta(days=max(TOLD_DAYS, round(1.5 * watched.rhythm.length)))


def _again(watched: Watched, times: Sequence[Time]) -> list[Finding]:
    """It had ended, and came all the same."""
    found = []
    for time in times:
        movement = time.movement
        if watched.until and movement and time.day > watched.until and time.day >= _recent(watched):
            values = {
                "last": watched.until.isoformat(),
                "date": movement.day.isoformat(),
                "amount": str(abs(movement.amount)),
            }
            line = (LINE, movement.ids[0])
            found.append(Finding(AGAIN, WARN, _told(watched, values), line, f"again:{movement.ids[0]}"))
    return found


def _missing(watched: Watched, asked: Sequence[Time]) -> list[Finding]:
    came = sum(time.movement is not None for time in asked)
    first = next(number for number, time in enumerate(asked) if time.movement)
    gone = [time for time in asked[first:] if time.movement is None]
    shown = {"seen": came, "due": len(asked) - first, "amount": str(watched.amounts.expected)}
    trailing = 0
    while asked[-1 - trailing].movement is None:
        trailing += 1
    if trailing >= STOPPED:
        last = asked[-1 - trailing].movement.day
        values = {**shown, "last": last.isoformat(), "count": trailing}
        stopped = [Finding(STOPPED_CODE, WARN, _told(watched, values), key=f"stopped:{last.isoformat()}")]
        return stopped + [_gone(watched, time, shown, MISSING) for time in gone[:-trailing]]
    last = asked[-1 - trailing].day
    return [_gone(watched, time, shown, NOT_COME if time.day > last else MISSING) for time in gone]


def _gone(watched: Watched, time: Time, shown: dict, code: str) -> Finding:
    code = WAGES_MISSING if watched.purpose == WAGES else code
    return Finding(
        code, WARN, _told(watched, {**shown, "date": time.day.isoformat()}), key=f"missing:{time.day.isoformat()}"
    )


def _odd(watched: Watched, time: Time, is_again: bool) -> list[Finding]:
    movement, found = time.movement, []
    line = (LINE, movement.ids[0])
    values = {"date": movement.day.isoformat(), "first": time.day.isoformat(), "amount": str(abs(movement.amount))}
    for extra in time.extra:
        code = DOUBLED if is_again else TWICE
        told = {**values, "last": extra.day.isoformat(), "amount": str(abs(extra.amount))}
        found.append(Finding(code, WARN, _told(watched, told), (LINE, extra.ids[0]), f"twice:{extra.ids[0]}"))
    if watched.tells_amount and not watched.amounts.holds(movement.amount):
        told = {**values, "usual": str(watched.amounts.expected)}
        found.append(Finding(AMOUNT, WARN, _told(watched, told), line, f"amount:{movement.ids[0]}"))
    off = (movement.day - time.day).days
    if abs(off) > watched.rhythm.tolerance:
        code = LATE if off > 0 else EARLY
        told = {**values, "count": abs(off)}
        found.append(Finding(code, WARN, _told(watched, told), line, f"{code}:{movement.ids[0]}"))
    return found


def _told(watched: Watched, values: dict) -> dict:
    return {**values, "currency": watched.group[2]}
