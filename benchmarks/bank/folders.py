"""Anybody's files with a truth: ``*_bank.csv``, ``*_invoices.csv``, ``*_truth.csv`` of one folder.

Every method gets the same knowledge: all lines and all items of a file set at once. A line is
*ambiguous* when several sets of up to six of the named payee's items have its sum: nothing in the
file decides between them, so those are reported apart.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from engine import facts as engine

from .intervals import interval, share
from .peers import Item, Payees, fitting_sets, one_to_one, unique_set

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data" / "matching"
OUTCOMES = ("right", "asked", "nothing", "wrong")
_NOWHERE = "the folder {} is not there: nothing was measured on real files"


@dataclass(frozen=True, slots=True)
class FileSet:
    name: str
    lines: tuple[tuple[str, date, str, Decimal], ...]  # key, date, text, amount
    items: tuple[tuple[str, str, Decimal], ...]  # document number, supplier, amount
    truth: dict[str, frozenset[str]]


@dataclass(slots=True)
class Outcome:
    """What one method did on one file set, plain lines and ambiguous ones apart."""

    method: str
    plain: Counter = field(default_factory=Counter)
    ambiguous: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    misses: list[tuple] = field(default_factory=list)


def load(folder: Path) -> Iterator[FileSet]:
    """The file sets of a folder, by name."""
    for bank in sorted(folder.glob("*_bank.csv")):
        stem = bank.name.removesuffix("_bank.csv")
        yield FileSet(
            name=stem,
            lines=tuple(
                (row["line"], date.fromisoformat(row["date"]), row["text"], Decimal(row["amount"]))
                for row in _rows(bank)
            ),
            items=tuple(
                (row["docno"], row["supplier"], Decimal(row["amount"]))
                for row in _rows(folder / f"{stem}_invoices.csv")
            ),
            truth={
                row["line"]: frozenset(filter(None, row["docnos"].split("|")))
                for row in _rows(folder / f"{stem}_truth.csv")
            },
        )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def _cents(amount: Decimal) -> int:
    return round(amount * 100)


class Arena:
    """One file set and the methods that compete on it."""

    def __init__(self, files: FileSet) -> None:
        self._files = files
        self._payees = Payees(Item(key, payee, _cents(amount)) for key, payee, amount in files.items)
        self._sign = self._direction()
        self.ambiguous = {
            key
            for key, _day, text, amount in files.lines
            if len(fitting_sets(self._payees.items(text), _cents(amount * self._sign))) > 1
        }

    def _direction(self) -> int:
        """-1 when the file writes payments negative and what they pay positive."""
        amounts = {key: amount for key, _payee, amount in self._files.items}
        same = other = 0
        for key, _day, _text, amount in self._files.lines:
            total = sum((amounts.get(number, Decimal(0)) for number in self._files.truth[key]), Decimal(0))
            same += total == amount
            other += total == -amount
        return 1 if same >= other else -1

    def peer(self, name: str, method: Callable[[list[Item], int], frozenset[str]]) -> Outcome:
        """A method that looks at one line at a time."""
        outcome, started = Outcome(name), time.perf_counter()
        answers = {}
        for key, _day, text, amount in self._files.lines:
            found = method(self._payees.items(text), _cents(amount * self._sign))
            answers[key] = ("proposed" if found else "nothing", found)
        outcome.seconds = time.perf_counter() - started
        return self._count(outcome, answers)

    def engine(self, match: Callable) -> Outcome:
        """The addon's engine on the same lines and items."""
        outcome, started = Outcome("this engine"), time.perf_counter()
        numbers = {index: item[0] for index, item in enumerate(self._files.items, start=1)}
        found = {answer.line: answer for answer in match(self._facts())}
        outcome.seconds = time.perf_counter() - started
        answers = {}
        for index, (key, *_rest) in enumerate(self._files.lines, start=1):
            answer = found.get(index)
            if answer is None or not answer.readings:
                answers[key] = (answer.outcome if answer else "nothing", frozenset())
                continue
            booked = answer.readings[0].match
            exact = not booked.write_offs and not booked.remainder
            items = frozenset(numbers[counterpart.item] for counterpart in booked.counterparts)
            answers[key] = (answer.outcome, items if exact else frozenset())
        return self._count(outcome, answers)

    def _count(self, outcome: Outcome, answers: dict[str, tuple[str, frozenset[str]]]) -> Outcome:
        for key, _day, text, amount in self._files.lines:
            said, items = answers[key]
            if said == "proposed":
                said = "right" if items == self._files.truth[key] else "wrong"
            (outcome.ambiguous if key in self.ambiguous else outcome.plain)[said] += 1
            if said != "right":
                outcome.misses.append((said, key, text, amount, items, self._files.truth[key]))
        return outcome

    def _facts(self) -> engine.MatchingFacts:
        """Outgoing payments (or receipts of negative sums) against bills of the day before."""
        payees = {name: number for number, name in enumerate(dict.fromkeys(i[1] for i in self._files.items), 1)}
        start = min(day for _key, day, _text, _amount in self._files.lines) - timedelta(days=1)
        return engine.MatchingFacts(
            settings=engine.MatchingSettings(company=1, currency="EUR"),
            lines=tuple(
                engine.BankLine(index, 1, 1, day, -amount * self._sign, "EUR", text)
                for index, (_key, day, text, amount) in enumerate(self._files.lines, start=1)
            ),
            items=tuple(
                _item(index, number, payees[payee], -amount, start)
                for index, (number, payee, amount) in enumerate(self._files.items, start=1)
            ),
            parties=tuple(
                engine.Party(number, (name,), receivable=1, payable=2, is_vendor=True)
                for name, number in payees.items()
            ),
            places={"EUR": 2},
        )


def _item(key: int, number: str, payee: int, residual: Decimal, day: date) -> engine.OpenItem:
    return engine.OpenItem(
        key=key, company=1, account=2, kind="bill" if residual <= 0 else "refund", document=key,
        partner=payee, date=day, due=day, residual=residual, currency="EUR",
        residual_company=residual, total=residual, names=(number,),
    )  # fmt: skip


def compete(folder: Path, match: Callable | None) -> list[tuple[str, int, list[Outcome]]]:
    """(file set, ambiguous lines, outcomes) for all methods; without ``match`` only the peers."""
    results = []
    for files in load(folder):
        arena = Arena(files)
        outcomes = [
            arena.peer("peer: name + amount, one to one", one_to_one),
            arena.peer("peer: name + unique set of <= 6", unique_set),
        ]
        if match:
            outcomes.append(arena.engine(match))
        results.append((files.name, len(arena.ambiguous), outcomes))
    return results


def outcome(folder: Path, match: Callable | None) -> tuple[str, dict]:
    """The table that people read, and the same as values."""
    if not folder.is_dir():
        return _NOWHERE.format(folder), {"missing": str(folder)}
    results = compete(folder, match)
    return report(results) or f"no *_bank.csv in {folder}", figures(results)


def report(results: list[tuple[str, int, list[Outcome]]]) -> str:
    """Three rows a method: all lines, those that can be decided, the ambiguous ones."""
    rows = []
    for name, ambiguous, outcomes in results:
        rows.append(f"{name}: {ambiguous} ambiguous lines (several sets fit)")
        for each in outcomes:
            rows.append(f"  {each.method} ({each.seconds:.1f} s)")
            rows.append(_part("all lines", each.plain + each.ambiguous))
            rows.append(_part("decidable", each.plain))
            rows.append(_part("ambiguous", each.ambiguous))
    return "\n".join(rows)


def _part(label: str, counts: Counter) -> str:
    n = sum(counts.values())
    others = "  ".join(f"{what} {counts[what]}" for what in OUTCOMES[1:])
    return f"    {label:10} right {share(counts['right'], n):34} {others}"


def figures(results: list[tuple[str, int, list[Outcome]]]) -> dict:
    """{file set: {method: {seconds, decidable, ambiguous}}}."""
    return {
        name: {
            each.method: {
                "seconds": each.seconds,
                "decidable": _shares(each.plain),
                "ambiguous": _shares(each.ambiguous),
            }
            for each in outcomes
        }
        for name, _ambiguous, outcomes in results
    }


def _shares(counts: Counter) -> dict:
    n = sum(counts.values())
    return {what: [counts[what], n, *interval(counts[what], n)] for what in OUTCOMES}
