"""Generated payees with one odd thing each: is it found, and nothing else? The truth knows nothing of the engine."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from engine.expecting import Movement
from engine.expecting.recognise import grouped, recognise
from engine.expecting.replay import is_sure, tells_amount
from engine.expecting.watch import Watched, findings, paired

from ..intervals import share

#: The bank is known until then; payees began up to two years before.
KNOWN = date(2026, 7, 16)
_MONTHS = 12


@dataclass(slots=True)
class Story:
    """``payments`` of one payee, and what an attentive bookkeeper would say: {(code, day it is about)}; of two
    payments of one time either may be called the second."""

    name: str
    payments: list[tuple[date, Decimal]]
    truth: set[tuple[str, date]]


def _month_day(year: int, month: int, day: int) -> date:
    month, year = (month - 1) % _MONTHS + 1, year + (month - 1) // _MONTHS
    following = date(year + month // _MONTHS, month % _MONTHS + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), following - timedelta(days=1))


def _working(day: date, side: int) -> date:
    """Moved off a weekend: back, forward, or (0) not at all."""
    while side and day.weekday() >= 5:
        day += timedelta(days=side)
    return day


def _dues(rng: random.Random) -> list[date]:
    """Fourteen to twenty-four months, the last due well before the bank's last day."""
    day, side = rng.choice((1, 3, 15, 20, 31)), rng.choice((-1, 0, 1))
    count = rng.randint(14, 24)
    # The newest one may come late and is still known; the one after it is not due yet.
    last = 7 if day < 15 else 6
    return [_working(_month_day(2026, last - back, day), side) for back in range(count - 1, -1, -1)]


def _paid(rng: random.Random, dues: list[date], kind: str) -> list[tuple[date, Decimal]]:
    base = Decimal(rng.randint(2_000, 500_000)) / 100
    step = rng.randint(4, len(dues) - 6)
    amounts = []
    for number in range(len(dues)):
        if kind == "varying":
            amounts.append((base * Decimal(rng.randint(85, 115)) / 100).quantize(Decimal("0.01")))
        elif kind == "indexed" and number >= step:
            amounts.append((base * Decimal("1.03")).quantize(Decimal("0.01")))
        else:
            amounts.append(base)
    late = [0, 0, 0, 1] if kind != "varying" else [0, 0, 1, 2]
    return [(day + timedelta(days=rng.choice(late)), amount) for day, amount in zip(dues, amounts, strict=True)]


def all_came(rng, paid, dues):
    return paid, set()


def one_missing(rng, paid, dues):
    at = len(dues) - 1 - rng.randint(0, 8)
    code = "expected_missing" if at < len(dues) - 1 else "expected_not_come"
    return paid[:at] + paid[at + 1 :], {(code, dues[at])}


def three_missing(rng, paid, dues):
    return paid[:-3], {("expected_stopped", paid[-4][0])}


def paid_twice(rng, paid, dues):
    day, amount = paid[-1]
    again = day + timedelta(days=rng.randint(0, 4))
    return [*paid, (again, amount)], {("expected_twice", again)}


def doubled(rng, paid, dues):
    extra = [(day + timedelta(days=rng.randint(1, 4)), amount) for day, amount in paid[-2:]]
    return sorted([*paid, *extra]), {("expected_twice", extra[0][0]), ("expected_doubled", extra[1][0])}


def another_amount(rng, paid, dues):
    day, amount = paid[-1]
    changed = (amount * Decimal(rng.choice((60, 140, 160))) / 100).quantize(Decimal("0.01"))
    return [*paid[:-1], (day, changed)], {("expected_amount", day)}


def too_late(rng, paid, dues):
    day = dues[-1] + timedelta(days=rng.randint(10, 12))
    return [*paid[:-1], (day, paid[-1][1])], {("expected_late", day)}


SCENARIOS = (all_came, one_missing, three_missing, paid_twice, doubled, another_amount, too_late)
KINDS = ("fixed", "indexed", "varying")


def _stories(seed: int) -> list[Story]:
    rng = random.Random(seed)
    found = []
    for scenario in SCENARIOS:
        for kind in KINDS:
            dues = _dues(rng)
            payments, truth = scenario(rng, _paid(rng, dues, kind), dues)
            found.append(Story(f"{scenario.__name__.replace('_', ' ')}, {kind}", payments, truth))
    return found + [Story("by chance", _chance(rng), set()) for _payee in range(10)]


def _chance(rng: random.Random) -> list[tuple[date, Decimal]]:
    """A payee without a rhythm."""
    day, found = date(2025, 1, 1), []
    while (day := day + timedelta(days=rng.randint(2, 55))) < KNOWN:
        found.append((day, Decimal(rng.randint(1_000, 900_000)) / 100))
    return found


def outcome(seeds) -> tuple[str, dict]:
    """Right: exactly what the truth says of the payee, no more, no less."""
    right, total = Counter(), Counter()
    for seed in seeds:
        stories = _stories(seed)
        told = _told(stories)
        for number, story in enumerate(stories):
            total[story.name] += 1
            right[story.name] += _by_month(told[number]) == _by_month(story.truth)
        lines = [f"Odd payments found, nothing else said ({len(list(seeds))} seeds)"]
    lines += [f"  {name:<26} {share(right[name], total[name])}" for name in total]
    lines.append(f"  {'all':<26} {share(sum(right.values()), sum(total.values()))}")
    return "\n".join(lines), {name: {"right": right[name], "n": total[name]} for name in total}


def _by_month(found: set[tuple[str, date]]) -> set[tuple[str, str]]:
    return {(code, f"{day:%Y-%m}") for code, day in found}


def _told(stories: list[Story]) -> list[set[tuple[str, date]]]:
    """What is said of each payee: learned as the addon learns, from the same bank lines."""
    movements = [
        Movement((number * 1000 + place,), day, -amount, "EUR", f"name:{number}", story.name)
        for number, story in enumerate(stories)
        for place, (day, amount) in enumerate(story.payments)
    ]
    movements.sort(key=lambda movement: (movement.day, movement.ids))
    watched = []
    # As it was learned before: what ended since is still expected.
    before = KNOWN - timedelta(days=100)
    learned = {series.key: series for series in recognise([m for m in movements if m.day <= before], before)}
    learned.update({series.key: series for series in recognise(movements, KNOWN)})
    for number, series in enumerate(learned.values()):
        if is_sure(series):
            group = (series.key, series.direction, series.currency)
            telling = tells_amount(series.amounts.pattern, series.hits, series.held)
            watched.append(
                Watched(number, group, series.rhythm, series.amounts, series.first, KNOWN, tells_amount=telling)
            )
    found: list[set] = [set() for _story in stories]
    times = paired(watched, grouped(movements))
    for each in watched:
        for finding in findings(each, times[each.id]):
            day = {"expected_twice": "last", "expected_doubled": "last", "expected_stopped": "last"}
            about = date.fromisoformat(finding.values[day.get(finding.code, "date")])
            found[int(each.group[0].removeprefix("name:"))].add((finding.code, about))
    return found
