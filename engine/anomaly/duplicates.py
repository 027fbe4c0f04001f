"""Twins: bills that came before, however the second one is written.

What tells a copy from the next bill is its number; amounts and dates repeat by nature (rents, fees, runs of equal
orders). Same amounts with numbers of one series are therefore no twins, unless the amount never repeats there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..billing.told import likeness
from ..dates import days
from ..text import squeeze
from . import numbers
from .finding import STOP, WARN

#: A copy carries another date by at most this many days.
NEAR_DAYS = 5
#: The same number comes back as a reminder or a copy within this; later a short one has begun anew.
COPY_DAYS = 120
#: As long as that, and a number is no longer the same bill but the next year's.
YEAR_DAYS = 300
#: A "number" that so many bills of other amounts carry is that of the customer.
CUSTOMER_NUMBER = 3
#: So many bills of a vendor show whether his amounts repeat.
ENOUGH_BILLS = 5
#: Names from here on are one vendor under two records.
ALIKE = 0.9

BILL, CREDIT_NOTE, RECEIPT = "bill", "credit_note", "receipt"

#: How a twin was found: values of ``Twin.how``.
CONTENT, NUMBER, OTHER_AMOUNT, RETYPED, LOST_PREFIX, OTHER_VENDOR, NO_NUMBER, OTHER_NUMBER = (
    "content",
    "number",
    "other_amount",
    "retyped",
    "lost_prefix",
    "other_vendor",
    "no_number",
    "other_number",
)


@dataclass(frozen=True, slots=True)
class Bill:
    """One document. ``amount`` is positive; ``kind`` one of ``bill``, ``credit_note``, ``receipt``. ``vendor``: its
    commercial partner; ``names``, ``vats``, ``ibans`` what else it is known by. ``contents``: SHA-256 of its files.
    ``corrects``: number of the invoice that a credit note corrects; ``is_credited``: it was taken back in full.
    ``is_waiting``: only proposed; of two that wait, the one that came first is no copy of the later."""

    key: int
    vendor: int | None = None
    names: tuple[str, ...] = ()
    vats: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    number: str = ""
    date: date | None = None
    amount: Decimal | None = None
    currency: str = ""
    kind: str = BILL
    contents: frozenset[str] = frozenset()
    corrects: str = ""
    is_credited: bool = False
    is_waiting: bool = False
    is_posted: bool = False

    @property
    def is_credit_note(self) -> bool:
        return self.kind == CREDIT_NOTE


class Twin(NamedTuple):
    """``key``: of the bill that came before; ``how`` and ``severity`` see above."""

    key: int
    how: str
    severity: str


class Bills:
    """Bills that are known, indexed by vendor and amount, number, and content."""

    def __init__(self, bills: Iterable[Bill] = ()) -> None:
        self._by_key: dict[int, Bill] = {}
        self._by_amount: dict[tuple, list[int]] = defaultdict(list)
        self._by_number: dict[str, list[int]] = defaultdict(list)
        self._by_end: dict[str, list[int]] = defaultdict(list)
        self._by_content: dict[str, list[int]] = defaultdict(list)
        self._of_vendor: dict[int, list[int]] = defaultdict(list)
        self._repeats: dict[int, int] = defaultdict(int)
        for bill in bills:
            self.add(bill)

    def add(self, bill: Bill) -> None:
        """Known from now on. What it repeats is counted, twins apart, so that the order of adding matters little."""
        if bill.vendor is not None and self._is_repeat(bill):
            self._repeats[bill.vendor] += 1
        self._by_key[bill.key] = bill
        if bill.amount is not None:
            self._by_amount[bill.currency, bill.amount].append(bill.key)
        for key in numbers.number_keys(bill.number):
            self._by_number[key].append(bill.key)
            self._by_end[key[-3:]].append(bill.key)
        for content in bill.contents:
            self._by_content[content].append(bill.key)
        if bill.vendor is not None:
            self._of_vendor[bill.vendor].append(bill.key)

    def _is_repeat(self, bill: Bill) -> bool:
        """Whether its vendor billed the same amount a few days ago under the next number."""
        return any(
            self._by_key[key].vendor == bill.vendor
            and numbers.compare(bill.number, self._by_key[key].number) in (numbers.SEQUENCE, numbers.OTHER)
            and _days(bill, self._by_key[key]) <= NEAR_DAYS
            for key in self._by_amount.get((bill.currency, bill.amount), ())
        )

    def twins(self, bill: Bill) -> tuple[Twin, ...]:
        """Those that ``bill`` may be a copy of, what stops first; its own entry is left out."""
        found = []
        for key in self._near(bill):
            other = self._by_key[key]
            is_later = other.key == bill.key or other.is_waiting and other.key > bill.key
            if not is_later and other.is_credit_note == bill.is_credit_note:
                twin = self._compare(bill, other)
                if twin:
                    found.append(twin)
        found.sort(key=lambda twin: (twin.severity != STOP, -twin.key))
        return tuple(self._not_credited(bill, found))

    def _near(self, bill: Bill) -> dict[int, None]:
        keys: dict[int, None] = {}
        for content in sorted(bill.contents):
            keys.update(dict.fromkeys(self._by_content.get(content, ())))
        for number in sorted(numbers.number_keys(bill.number)):
            keys.update(dict.fromkeys(self._by_number.get(number, ())))
        if bill.amount:
            keys.update(dict.fromkeys(self._by_amount.get((bill.currency, bill.amount), ())))
        return keys

    # === ONE PAIR === #

    def _compare(self, bill: Bill, other: Bill) -> Twin | None:
        if bill.contents & other.contents:
            return Twin(other.key, CONTENT, STOP)
        number = numbers.compare(bill.number, other.number)
        is_same = bool(bill.amount) and (bill.amount, bill.currency) == (other.amount, other.currency)
        if not is_same_vendor(bill, other):
            return self._of_other_vendor(bill, other, number) if is_same else None
        if number == numbers.SAME:
            return self._same_number(bill, other, is_same)
        return self._same_amount(bill, other, number) if is_same else None

    def _same_number(self, bill: Bill, other: Bill, is_same: bool) -> Twin | None:
        apart = _days(bill, other)
        if apart > COPY_DAYS and numbers.restarts(bill.number) or apart > YEAR_DAYS and not is_same:
            return None
        if is_same:
            return Twin(other.key, NUMBER, STOP)
        if apart > NEAR_DAYS and self._is_customer_number(bill):
            return None
        return Twin(other.key, OTHER_AMOUNT, STOP)

    def _is_customer_number(self, bill: Bill) -> bool:
        keys = {key for number in numbers.number_keys(bill.number) for key in self._by_number.get(number, ())}
        amounts = {
            self._by_key[key].amount for key in keys if key != bill.key and is_same_vendor(bill, self._by_key[key])
        }
        return len(amounts - {bill.amount}) >= CUSTOMER_NUMBER

    def _same_amount(self, bill: Bill, other: Bill, number: str) -> Twin | None:
        """Same vendor and amount, another number or none."""
        apart = _days(bill, other)
        if number == numbers.PREFIX and apart <= COPY_DAYS:
            return Twin(other.key, LOST_PREFIX, STOP)
        if apart > NEAR_DAYS:
            return None
        if number == numbers.SLIP:
            return Twin(other.key, RETYPED, STOP)
        if number == numbers.MISSING:
            if self._times(bill, other) > 1:
                return None
            return Twin(other.key, NO_NUMBER, STOP if apart == 0 else WARN)
        return Twin(other.key, OTHER_NUMBER, WARN) if self._is_unlike(bill, other, number) else None

    def _is_unlike(self, bill: Bill, other: Bill, number: str) -> bool:
        """Whether two numbers that are no slips can still be one bill: the vendor's amounts never repeat, and this one
        is uneven and new; or one number is not even written as his numbers are."""
        if bill.vendor is None or self._times(bill, other) > 1:
            return False
        rarely = not self._repeats[bill.vendor] and len(self._of_vendor[bill.vendor]) >= ENOUGH_BILLS
        if number == numbers.SEQUENCE:
            return rarely and bill.amount % Decimal("0.5") != 0
        return rarely and _shape(bill.number) != _shape(other.number)

    def _times(self, bill: Bill, other: Bill) -> int:
        """How often the vendor of ``other`` billed this amount, as far as it is known, ``bill`` itself aside."""
        return sum(
            key != bill.key and self._by_key[key].vendor == other.vendor
            for key in self._by_amount.get((bill.currency, bill.amount), ())
        )

    def _of_other_vendor(self, bill: Bill, other: Bill, number: str) -> Twin | None:
        """Same amount under a record that nothing connects: only a long number says that it is one bill."""
        if number == numbers.SAME and numbers.is_telling(bill.number) and _days(bill, other) <= COPY_DAYS:
            return Twin(other.key, OTHER_VENDOR, STOP)
        is_long = numbers.is_telling(bill.number) and numbers.is_telling(other.number)
        is_near = number == numbers.PREFIX and _days(bill, other) <= NEAR_DAYS
        return Twin(other.key, OTHER_VENDOR, WARN) if is_near and is_long else None

    # === CREDIT NOTES === #

    def _not_credited(self, bill: Bill, found: list[Twin]) -> list[Twin]:
        """Without those that were taken back: a bill after a credit note is the corrected one. The very same number
        or file is a copy all the same."""
        if bill.is_credit_note:
            return found
        credits = self._credits(bill)
        kept = []
        for twin in sorted(found, key=lambda twin: _order(self._by_key[twin.key])):
            other = self._by_key[twin.key]
            if twin.how not in (CONTENT, NUMBER, LOST_PREFIX):
                if other.is_credited:
                    continue
                credit = next((note for note in credits if _takes_back(note, other)), None)
                if credit:
                    credits.remove(credit)
                    continue
            kept.append(twin)
        return [twin for twin in found if twin in kept]

    def _credits(self, bill: Bill) -> list[Bill]:
        """Credit notes of its vendor that were there when ``bill`` was written."""
        keys = self._of_vendor.get(bill.vendor, ()) if bill.vendor is not None else ()
        notes = [self._by_key[key] for key in keys if self._by_key[key].is_credit_note]
        return [note for note in notes if not (note.date and bill.date) or days(bill.date, note.date) <= NEAR_DAYS]


def is_same_vendor(bill: Bill, other: Bill) -> bool:
    """One record, or two that are one vendor by VAT id, bank account or name."""
    if bill.vendor is not None and bill.vendor == other.vendor:
        return True
    if _shared(bill.vats, other.vats) or _shared(bill.ibans, other.ibans):
        return True
    return any(likeness(name, mate) >= ALIKE for name in bill.names for mate in other.names)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool({squeeze(value) for value in one} & {squeeze(value) for value in other} - {""})


def _takes_back(note: Bill, bill: Bill) -> bool:
    if note.corrects:
        return numbers.compare(note.corrects, bill.number) == numbers.SAME
    is_later = note.date is None or bill.date is None or note.date >= bill.date
    return is_later and (note.amount, note.currency) == (bill.amount, bill.currency)


def _days(bill: Bill, other: Bill) -> int:
    """Days between them; none when one has no date."""
    return abs(days(bill.date, other.date)) if bill.date and other.date else 0


def _order(bill: Bill) -> tuple[int, int]:
    return bill.date.toordinal() if bill.date else 0, bill.key


def _shape(number: str) -> str:
    return "".join("9" if char.isdigit() else "A" for char in squeeze(number))
