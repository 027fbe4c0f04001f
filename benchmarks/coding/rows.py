"""Payments that people coded, from files: read, put in order of date, split at a date."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from engine.learning import Case
from engine.text import core_name

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "coding"
LAST = 0.2  # the part of the rows that is tested when no date is told
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_DIGITS = re.compile(r"\d+")


class FileError(Exception):
    """A file cannot be measured; the text says what to change in it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A payment and what it was coded to. ``truth``: account and tax together; ``words`` describe the account.

    ``payee``: the name folded, or the text without its numbers where the file knows no payee.
    """

    case: Case
    payee: str
    truth: str
    words: str


@dataclass(frozen=True, slots=True)
class Split:
    """Rows in order of date: what is known before ``cut`` and what comes from that day on."""

    name: str
    cut: date
    past: tuple[Row, ...]
    future: tuple[Row, ...]

    @property
    def accounts(self) -> dict[str, str]:
        """{label: words that describe it} of what was used before the cut: no label of the future is told."""
        return {row.truth: row.words for row in self.past}


def split(name: str, rows: Iterable[Row], cut: date | None = None) -> Split:
    """:raise FileError: when one side of the cut has no row"""
    ordered = sorted(rows, key=lambda row: row.case.date)
    if cut is None and ordered:
        at = len(ordered) - max(1, round(LAST * len(ordered)))
        return Split(name, ordered[at].case.date, tuple(ordered[:at]), tuple(ordered[at:]))
    past = [row for row in ordered if row.case.date < cut] if cut else []
    future = ordered[len(past) :]
    if not past or not future:
        raise FileError(f"{name}: {len(past)} rows before the cut and {len(future)} from it on; both are needed")
    return Split(name, cut, tuple(past), tuple(future))


def read(path: Path, columns: dict[str, str] | None = None, sign: int = 1, since: str = "") -> list[Row]:
    """The rows of a CSV file with a header (``.gz`` too).

    :param columns: {our name: the file's name} where they differ
    :param sign: -1 for a list of payments whose amounts are written without a sign
    :param since: leave out what is dated before that day (YYYY-MM-DD)
    :raise FileError: naming the line and what is wrong with it
    """
    columns = columns or {}
    with _opened(path) as file:
        reader = csv.DictReader(file)
        lacking = {"date", "label"} - {_ours(name, columns) for name in reader.fieldnames or ()}
        if lacking:
            raise FileError(f"{path.name} has no column {' and '.join(sorted(lacking))}")
        rows = []
        for number, values in enumerate(reader, start=2):
            found = {_ours(name, columns): (value or "").strip() for name, value in values.items() if name}
            if since and found["date"] < since:
                continue
            try:
                rows.append(_row(number, found, sign))
            except ValueError as error:
                raise FileError(f"{path.name}, line {number}: {error}") from error
    return rows


def _opened(path: Path):
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _ours(name: str, columns: dict[str, str]) -> str:
    return next((ours for ours, theirs in columns.items() if theirs == name), name)


def _row(number: int, values: dict[str, str], sign: int) -> Row:
    label, tax = values["label"], values.get("tax", "")
    if not label:
        raise ValueError("the label is empty")
    payee, text = values.get("payee", ""), values.get("text", "")
    case = Case(
        key=number,
        date=datetime.fromisoformat(values["date"]).date(),
        payee=_key(payee),
        text=text or payee,
        amount=sign * _amount(values.get("amount", "")),
        unit=values.get("unit", ""),
        name=payee,
    )
    # Peers know a payment without a payee by its text, without the numbers that differ each time.
    known = case.payee or " ".join(_DIGITS.sub(" ", text).casefold().split())
    return Row(case, known, f"{label} | {tax}" if tax else label, values.get("words") or label)


def _key(payee: str) -> str:
    return f"name:{' '.join(core_name(payee))}" if payee else ""


def _amount(text: str) -> Decimal:
    """The last number of the text: some banks' exports lead with what belongs to the column before."""
    found = _NUMBER.findall(text.replace("\N{NO-BREAK SPACE}", ""))
    return Decimal(found[-1].replace(",", "")) if found else Decimal(0)


def shipped(folder: Path = FOLDER) -> list[Split]:
    """The splits of the project's measuring data, as far as their files are there."""
    found = []
    for path, name, columns, sign, since, cut in _SETS:
        if (folder / path).exists():
            found.append(split(name, read(folder / path, columns, sign, since), cut))
    return found


_SETS = (
    (
        "gla_2008_2013.csv.gz",
        "GLA 2011-04+",
        {"payee": "supplier", "label": "code", "words": "label"},
        -1,
        "2011-04-01",
        None,
    ),
    ("mcc_2016_2018.csv.gz", "Manchester", {"payee": "supplier"}, -1, "", date(2018, 1, 2)),
    ("yassir_za_bank_451.csv", "Yassir", {"text": "description"}, 1, "", None),
)
