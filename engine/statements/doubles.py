"""One movement that came twice by two ways, and a movement that the bank sent again with other values.

A *way* is how a line came in: a format of files, a person, another program; it is empty where an import recognised a
line that was there already. Lines of one way are told apart by their keys at import, so two of them are two movements,
however alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..anomaly import WARN, Finding
from ..text import squeeze, words

DOUBLE, CORRECTED = "line_double", "line_corrected"
DOUBLE_CODES = (DOUBLE, CORRECTED)
LINE = "account.bank.statement.line"
#: Feeds date a movement by booking or by value day.
NEAR = timedelta(days=3)
#: Banks correct within days.
SOON = timedelta(days=10)
#: Shorter ids and references are counted anew by some banks every day.
LONG = 6
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Moved:
    """A bank line. ``way``: how it came in; ``batch``: its import, 0 for none; ``order``: which came first;
    ``is_provisional``: from a report whose lines the bank may still change; ``unique``: the bank's own id of it."""

    id: int
    journal: int
    day: date
    amount: Decimal
    currency: str
    text: str
    account: str
    references: tuple[str, ...]
    unique: str
    way: str
    batch: int
    is_provisional: bool = False

    @property
    def order(self) -> int:
        return self.id


def doubles(lines: Sequence[Moved], checked: Iterable[int]) -> dict[int, list[Finding]]:
    """{line id: findings} of the lines ``checked``; each line is the double of one other at most.

    The later line of a pair is the one that is told of.
    """
    wanted = set(checked)
    corrected = _corrected(lines, wanted)
    by_amount = defaultdict(list)
    for line in lines:
        by_amount[line.amount, line.currency].append(line)
    offers = []
    for group in by_amount.values():
        group.sort(key=lambda line: (line.day, line.order))
        for place, first in enumerate(group):
            for second in group[place + 1 :]:
                if second.day - first.day > NEAR:
                    break
                if first.id not in wanted and second.id not in wanted:
                    continue
                likeness = _likeness(first, second)
                if likeness:
                    offers.append(
                        (-likeness, abs((second.day - first.day).days), first.order, second.order, first, second)
                    )
    taken: set[int] = set()
    found = dict(corrected)
    for *_rank, first, second in sorted(offers, key=lambda offer: offer[:4]):
        if taken & {first.id, second.id}:
            continue
        taken |= {first.id, second.id}
        early, late = sorted((first, second), key=lambda line: line.order)
        values = {"amount": str(late.amount), "currency": late.currency, "date": early.day.isoformat()}
        found.setdefault(late.id, []).append(Finding(DOUBLE, WARN, values, (LINE, early.id), f"{DOUBLE}:{early.id}"))
    return found


def _likeness(first: Moved, second: Moved) -> float:
    """0 (two movements) to 2 (surely one); the amounts agree."""
    if not _is_other_way(first, second):
        return 0
    if _is_long(first.unique) and squeeze(first.unique) == squeeze(second.unique):
        return 2
    if _shared_reference(first, second):
        return 1.8 if _says_no_other(first, second) else 0
    if first.day != second.day or not _says_no_other(first, second):
        return 0
    return _text_likeness(first.text, second.text)


def _is_other_way(first: Moved, second: Moved) -> bool:
    if first.journal != second.journal:
        return True
    if not first.way or not second.way:
        # An import recognised it as a line of its own file: that file's other lines are other movements.
        return False
    return first.way != second.way and not (first.batch and first.batch == second.batch)


def _says_no_other(first: Moved, second: Moved) -> bool:
    one, other = squeeze(first.account), squeeze(second.account)
    return not (one and other and one != other and not one.endswith(other) and not other.endswith(one))


def _shared_reference(first: Moved, second: Moved) -> bool:
    mine = {squeeze(each) for each in first.references if _is_long(each)}
    return any(squeeze(each) in mine for each in second.references if _is_long(each))


def _is_long(reference: str) -> bool:
    bare = squeeze(reference or "")
    return len(bare) >= LONG and bool(bare.strip("0")) and bare not in ("NOTPROVIDED", "NONREF")


def _text_likeness(first: str, second: str) -> float:
    one, other = squeeze(first), squeeze(second)
    if one and one == other:
        return 1.5
    mine, theirs = ({word.text for word in words(text)} for text in (first, second))
    if not mine or not theirs:
        return 0
    numbers = [{word for word in found if word.isdigit()} for found in (mine, theirs)]
    if numbers[0] - numbers[1] and numbers[1] - numbers[0]:
        # "Invoice 17" is not "Invoice 18".
        return 0
    share = len(mine & theirs) / min(len(mine), len(theirs))
    return share if share >= ALIKE and any(len(word) > 2 for word in mine & theirs) else 0


def _corrected(lines: Sequence[Moved], wanted: set[int]) -> dict[int, list[Finding]]:
    """Movements that came again with another amount or day: by the bank's own id; where the first was provisional, also
    by its reference."""
    groups = defaultdict(list)
    for line in lines:
        if _is_long(line.unique):
            groups[line.journal, "id", squeeze(line.unique)].append(line)
        for reference in line.references:
            if _is_long(reference):
                groups[line.journal, "reference", squeeze(reference)].append(line)
    found: dict[int, list[Finding]] = {}
    for (_journal, kind, _value), group in sorted(groups.items(), key=lambda item: item[0][1]):
        group.sort(key=lambda line: line.order)
        for early, late in zip(group, group[1:], strict=False):
            if late.id in wanted and late.id not in found and _is_correction(early, late, kind):
                found[late.id] = [_correction(early, late)]
    return found


def _is_correction(early: Moved, late: Moved, kind: str) -> bool:
    if not early.batch or not late.batch or early.batch == late.batch:
        return False
    if kind == "reference" and not (early.is_provisional and not late.is_provisional):
        return False
    if early.amount == late.amount and _is_other_way(early, late):
        # Two ways date a movement differently: a double, not a correction.
        return False
    is_same = (early.day, early.amount) == (late.day, late.amount)
    # A payment and its return share an id too.
    is_one_way = (early.amount > 0) == (late.amount > 0)
    return is_one_way and not is_same and abs(late.day - early.day) <= SOON and _says_no_other(early, late)


def _correction(early: Moved, late: Moved) -> Finding:
    values = {
        "amount": str(late.amount),
        "date": late.day.isoformat(),
        "usual": str(early.amount),
        "booked": early.day.isoformat(),
        "currency": late.currency,
    }
    return Finding(CORRECTED, WARN, values, (LINE, early.id), f"{CORRECTED}:{early.id}")
