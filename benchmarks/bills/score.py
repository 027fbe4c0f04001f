"""Of all documents of a set: fields right, fields shown as sure and right, whole documents, seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.intervals import interval

from . import compare
from .reading import Result, is_shown_as_sure
from .truth import FIELDS

#: The four that a bill must have to be booked.
FOUR = ("vendor", "number", "date", "total")


@dataclass
class Count:
    """So many right of so many."""

    right: int = 0
    n: int = 0

    def add(self, is_right: bool) -> None:
        self.right += bool(is_right)
        self.n += 1

    def merge(self, other: Count) -> None:
        self.right += other.right
        self.n += other.n

    def to_json(self) -> dict[str, Any]:
        low, high = interval(self.right, self.n)
        share = self.right / self.n if self.n else None
        return {"right": self.right, "n": self.n, "share": share, "low": low, "high": high}


@dataclass
class Score:
    """``fields``: per field of a truth, ``four``: documents with vendor, number, date and total all right (of those
    whose truth tells at least three of them), ``sure``: fields shown as sure, ``told_sure``: of all fields."""

    fields: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    four: Count = field(default_factory=Count)
    every: Count = field(default_factory=Count)
    kinds: Count = field(default_factory=Count)
    lines: Count = field(default_factory=Count)
    line_rows: Count = field(default_factory=Count)
    sure: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    told_sure: Count = field(default_factory=Count)
    errors: list[tuple[str, str, str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    speed: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def add(self, result: Result) -> None:
        document = result.document
        if result.error:
            self.unread.append((document.name, result.error))
        right = {name: self._field(result, name) for name in document.truth}
        four = [right[name] for name in FOUR if name in right]
        if len(four) >= 3:
            self.four.add(all(four))
        if right:
            self.every.add(all(right.values()))
        if document.kind:
            self.kinds.add(result.reading.kind == document.kind)
        if document.lines is not None:
            items, kind = result.reading.items, result.reading.kind
            self.lines.add(compare.lines_are_right(document, items, kind))
            found, rows = compare.line_totals(document, items, kind)
            self.line_rows.merge(Count(found, rows))
        self.speed.setdefault(result.source, []).extend(
            [(result.seconds / result.pages, result.cpu / result.pages)] * result.pages
        )

    def _field(self, result: Result, name: str) -> bool:
        found = result.found(FIELDS[name])
        said = found.value if found else ""
        is_right = compare.is_right(result.document, name, said, result.reading.kind)
        self.fields[name].add(is_right)
        is_sure = is_shown_as_sure(FIELDS[name], found)
        self.told_sure.add(is_sure)
        if is_sure:
            self.sure[name].add(is_right)
        if not is_right:
            told = " | ".join(result.document.truth[name])
            self.errors.append((result.document.name, name, told, f"{said}{' (SURE)' if is_sure else ''}"))
        return is_right

    def sure_of_all(self) -> Count:
        total = Count()
        for count in self.sure.values():
            total.merge(count)
        return total

    def to_json(self) -> dict[str, Any]:
        return {
            "fields": {name: count.to_json() for name, count in self.fields.items() if count.n},
            "four": self.four.to_json(),
            "every_field": self.every.to_json(),
            "kinds": self.kinds.to_json(),
            "documents_with_all_lines": self.lines.to_json(),
            "lines": self.line_rows.to_json(),
            "sure": self.sure_of_all().to_json(),
            "sure_fields": {name: count.to_json() for name, count in self.sure.items() if count.n},
            "shown_as_sure": self.told_sure.to_json(),
            "unread": self.unread,
            "speed": {source: speed(rows) for source, rows in self.speed.items() if source},
        }


def speed(rows: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Of (seconds, processor seconds) per page: median, 95 %, mean."""
    found = {"pages": len(rows)}
    for at, name in enumerate(("seconds", "cpu_seconds")):
        values = sorted(row[at] for row in rows)
        found |= {
            f"{name}_median": values[len(values) // 2],
            f"{name}_95": values[min(len(values) - 1, int(0.95 * len(values)))],
            f"{name}_mean": sum(values) / len(values),
        }
    return found
