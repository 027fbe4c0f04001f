"""QIF, Quicken's line format: one letter, one value; "^" ends a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from . import day, encoding, number
from .reference import joined, references
from .values import BankFile, BankFileError, Statement, StatementLine

_BANK_TYPES = ("bank", "ccard", "cash", "oth a", "oth l")


@dataclass
class _Record:
    line: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    complete: bool = False


@dataclass
class _Account:
    name: str
    records: list[_Record] = field(default_factory=list)


def read_qif(data: bytes, date_order: str = "") -> BankFile:
    """Read bank, card and cash lists. QIF names no currency, no balance and no unique id.

    ``date_order`` ("DMY", "MDY", "YMD") settles dates that read both ways; without it all dates of
    the file vote, and a tie means month first (Quicken's own), with the note ``ambiguous_dates``.
    Raises BankFileError: ``not_text``, ``no_statement``, ``unsupported_type``, ``truncated``,
    ``missing_field``, ``bad_amount``, ``bad_date``. Notes: ``no_currency``, ``ambiguous_dates``,
    ``ambiguous_amounts``.
    """
    text, _encoding = encoding.decode(data)
    accounts = list(_accounts(text))
    if not accounts:
        raise BankFileError(
            "no_statement",
            "The QIF file holds no bank transactions (no “!Type:Bank”). Export the account again.",
        )
    _refuse_truncated(accounts[-1], text)
    records = [record for account in accounts for record in account.records]
    notes: list[tuple[str, dict]] = [("no_currency", {})]
    order, sure = day.best_order([_day_text(record) for record in records], "MDY")
    if records and not sure and not date_order:
        notes.append(("ambiguous_dates", {"order": order, "example": _day_text(records[0])}))
    mark, mark_sure = number.decimal_mark(_amount_text(record) for record in records)
    if not mark_sure:
        notes.append(("ambiguous_amounts", {"decimal_mark": mark}))
    statements = tuple(
        Statement(
            account_number="",
            currency="",
            lines=tuple(_line(record, date_order or order, mark) for record in account.records),
            name=account.name,
        )
        for account in accounts
    )
    return BankFile("qif", statements, tuple(notes))


def _accounts(text: str) -> Iterator[_Account]:
    current: _Account | None = None
    name = ""
    in_account_list = False
    record: _Record | None = None
    for position, line in enumerate(text.splitlines(), 1):
        key, value = line[:1], line[1:].strip()
        if key == "!":
            in_account_list = value.lower().startswith("account")
            if value.lower().startswith("type:"):
                if current:
                    yield current
                current = _opened(value[5:].strip(), name, position)
            record = None
        elif in_account_list:
            name = value if key == "N" else name
        elif current is None or not line.strip():
            continue
        elif key == "^":
            if record:
                record.complete = True
            record = None
        else:
            if record is None:
                record = _Record(position)
                current.records.append(record)
            # Split lines (S, E, $) repeat; the record's own M comes first.
            record.values.setdefault(key, value)
            record.lines.setdefault(key, position)
    if current:
        yield current


def _opened(kind: str, name: str, line: int) -> _Account:
    if kind.lower() not in _BANK_TYPES:
        raise BankFileError(
            "unsupported_type",
            f"The QIF file holds a list of type “{kind[:30]}”, not bank transactions. Export the bank account.",
            line=line,
            type=kind[:30],
        )
    return _Account(name)


def _refuse_truncated(account: _Account, text: str) -> None:
    last = account.records[-1] if account.records else None
    if last and not last.complete and not text.endswith(("\n", "\r")):
        raise BankFileError(
            "truncated",
            f"The last record (from line {last.line}) is cut off. Download the file again.",
            line=last.line,
        )


def _day_text(record: _Record) -> str:
    """Quicken writes 12/25'04 and 1/ 2/04."""
    return record.values.get("D", "").replace("'", "/").replace(" ", "")


def _amount_text(record: _Record) -> str:
    return record.values.get("T") or record.values.get("U") or ""


def _line(record: _Record, order: str, mark: str) -> StatementLine:
    for keys, name in (("D", "date (D)"), ("TU", "amount (T)")):
        if not any(record.values.get(key) for key in keys):
            raise BankFileError(
                "missing_field",
                f"The record that begins on line {record.line} has no {name}. Export it again.",
                line=record.line,
                field=name,
            )
    payee = " ".join(record.values.get("P", "").split())
    return StatementLine(
        date=day.ordered(_day_text(record), order, record.lines["D"]),
        amount=number.written(_amount_text(record), mark, record.line),
        text=joined([payee, record.values.get("M", "")]),
        partner_name=payee,
        references=references([record.values.get("N", "")]),
        raw=dict(record.values),
        source_line=record.line,
    )
