"""The duplicate guard on a year of real payments: each bill is held against all before it, and so are planted twins.

A bill is what one supplier was paid under one document number. What the guard says of real bills is counted as false:
the ledger holds no known duplicates, so a true one would count against it.
"""

from __future__ import annotations

import csv
import gzip
import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.anomaly.duplicates import Bill, Bills

from .score import Count
from .sets import FOLDER
from .truth import DataError

FILE = FOLDER / "coding" / "mcc_2016_2018.csv.gz"
YEARS = (2017, 2016, 2018)
EACH = 1000  # planted of each kind and year
MOST_FALSE, LEAST_FOUND = 1 / 500, 0.95
_SEED = 6
_ARRIVES = 40  # days until the copy comes
_LOOKALIKES = dict(zip("0O1I5S8B", "O0I1S5B8", strict=True))
_SUFFIXES = (" LTD", " LIMITED", " PLC", " LLP", " GROUP", " UK")


def bills(path: Path = FILE) -> list[Bill]:
    """In the order in which they were paid."""
    if not path.is_file():
        raise DataError(f"no measuring data in {path}")
    sums: dict[tuple[str, str], tuple[date, Decimal]] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = row["supplier"], row["docno"]
            day, amount = sums.get(key, (date.fromisoformat(row["date"]), Decimal(0)))
            sums[key] = min(day, date.fromisoformat(row["date"])), amount + Decimal(row["amount"])
    records: dict[str, int] = {}
    found = []
    for (supplier, number), (day, amount) in sorted(sums.items(), key=lambda item: (item[1][0], item[0])):
        if not amount or not number:
            continue
        vendor = records.setdefault(supplier, len(records) + 1)
        kind = "credit_note" if amount < 0 else "bill"
        found.append(Bill(len(found) + 1, vendor, (supplier,), (), (), number, day, abs(amount), "GBP", kind))
    return found


def retyped(bill: Bill, chance: random.Random) -> Bill:
    """A slip of the fingers, a letter for a digit."""
    number = bill.number
    at = chance.randrange(1, len(number) - 1)
    ways: list[Callable[[], str]] = [
        lambda: number[:at] + _LOOKALIKES.get(number[at], chance.choice("0123456789")) + number[at + 1 :],
        lambda: number[:at] + number[at + 1] + number[at] + number[at + 2 :],
        lambda: number[:at] + number[at + 1 :],
        lambda: number[:at] + number[at] + number[at:],
    ]
    changed = number
    while changed == number:
        changed = chance.choice(ways)()
    return replace(bill, number=changed)


def written_otherwise(bill: Bill, chance: random.Random) -> Bill:
    """The same number with other separators or with a word before it."""
    number = bill.number
    ways = (f"{number[:4]} {number[4:]}", f"{number[:4]}-{number[4:]}", f"No. {number}", f"00{number}", f"#{number}")
    return replace(bill, number=chance.choice(ways))


def redated(bill: Bill, chance: random.Random) -> Bill:
    return replace(bill, date=bill.date + timedelta(chance.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5))))


def other_record(bill: Bill, chance: random.Random) -> Bill:
    """The same vendor under a second record, its name written in another way."""
    (name,) = bill.names
    ways = [name.upper(), name.replace(" and ", " & "), name.rstrip(".") + ".", f"The {name}", name.lower().title()]
    upper = name.upper()
    ways += [name[: -len(suffix)] for suffix in _SUFFIXES if upper.endswith(suffix) and len(name) > len(suffix) + 4]
    ways.append(name + " Ltd")
    return replace(bill, vendor=-bill.vendor, names=(chance.choice([way for way in ways if way != name]),))


def lost_prefix(bill: Bill, chance: random.Random) -> Bill:
    """Without its first figures; or the copy has the letters that the first had lost."""
    if chance.random() < 0.5:
        return replace(bill, number=bill.number[chance.choice((2, 3, 4)) :])
    return replace(bill, number=chance.choice(("INV", "RE-", "SI/", "F")) + bill.number)


def split(bill: Bill, chance: random.Random) -> Bill:
    """One page of a bill that was scanned in pieces: its number and day, a part of its amount."""
    share = Decimal(chance.randint(15, 85)) / 100
    return replace(bill, amount=(bill.amount * share).quantize(Decimal("0.01")) or Decimal("0.01"))


def retyped_and_redated(bill: Bill, chance: random.Random) -> Bill:
    return redated(retyped(bill, chance), chance)


KINDS = {
    "number retyped": retyped,
    "number written otherwise": written_otherwise,
    "re-dated": redated,
    "other record": other_record,
    "lost prefix": lost_prefix,
    "split pages": split,
}
#: Harder than what is asked: not part of the goal.
BESIDE = {"retyped and re-dated": retyped_and_redated}


def measure(year: int, each: int = EACH) -> dict[str, Any]:
    """What the guard says of the year's bills and of ``each`` twins of each kind; older bills are known to it."""
    every = [bill for bill in bills() if bill.date.year <= year]
    of_year = [bill for bill in every if bill.date.year == year]
    index, alarms, hows = Bills(), Count(), Counter()
    found = {name: Count() for name in (*KINDS, *BESIDE)}
    for bill, kind in _arriving(every, of_year, each):
        twins = index.twins(bill) if kind or bill.date.year == year else ()
        if kind:
            found[kind].add(bool(twins))
            continue
        if bill.date.year == year:
            alarms.add(bool(twins))
            hows.update(twin.how for twin in twins[:1])
        index.add(bill)
    asked = Count()
    for name in KINDS:
        asked.merge(found[name])
    return {
        "year": year,
        "false": alarms.to_json(),
        "false_by_way": dict(hows),
        "planted": {name: count.to_json() for name, count in found.items()},
        "found": asked.to_json(),
    }


def _arriving(every: list[Bill], of_year: list[Bill], each: int) -> Iterator[tuple[Bill, str]]:
    """Real bills and twins (with their kind) in the order in which they come."""
    chance = random.Random(f"{_SEED} {of_year[0].date.year}" if of_year else str(_SEED))
    planted = []
    long_enough = [bill for bill in of_year if len(bill.number) > 5 and bill.amount > 1]
    for name, change in {**KINDS, **BESIDE}.items():
        for bill in chance.sample(long_enough, min(each, len(long_enough))):
            arrives = bill.date + timedelta(chance.randint(0, _ARRIVES))
            twin = replace(change(bill, chance), key=-bill.key)
            planted.append((arrives, 1, len(planted), twin, name))
    real = ((bill.date, 0, bill.key, bill, "") for bill in every)
    for _day, _second, _order, bill, name in heapq.merge(real, sorted(planted, key=lambda row: row[:3])):
        yield bill, name
