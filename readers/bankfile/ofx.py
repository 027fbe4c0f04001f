"""OFX 1.x (SGML) and 2.x (XML), as tolerant as real files need.

Own code, measured against the libraries: ofxtools is GPL-3 and refuses elements out of order;
ofxparse (MIT) refuses OFX 2 in UTF-8, headers on one line and transactions without FITID, needs
5 s for 10,000 transactions and names no line. What matters in OFX is a flat list of tags.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from . import day, encoding, number
from .reference import is_reference, joined, references
from .values import BankFile, BankFileError, Statement, StatementLine

_TOKEN = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_.]{0,40})(?:\s[^<>]{0,500})?>((?:[^<]|<(?![/A-Za-z!?]))*)")
_MARK = re.compile(r"<!--|<!\[CDATA\[")
_ENCODING = re.compile(r"""encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE)
_CHARSET = re.compile(r"CHARSET:\s*([\w-]+)", re.IGNORECASE)
_CHARSETS = {"1252": "cp1252", "8859-1": "latin-1", "ISO-8859-1": "latin-1", "1251": "cp1251"}

_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS", "INVSTMTRS"})
_TRANSACTIONS = frozenset({"STMTTRN", "STMTTRNP"})
# Groups whose inner tags need the group's name to be told apart (ACCTID, NAME, CURSYM, BALAMT).
_GROUPS = frozenset(
    {"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "BANKACCTTO", "CCACCTTO", "PAYEE", "LEDGERBAL",
     "AVAILBAL", "BAL", "CURRENCY", "ORIGCURRENCY"}
)  # fmt: skip


@dataclass
class _Record:
    """Values of one statement or transaction: "TAG" or "GROUP.TAG" → (text, line)."""

    line: int
    values: dict[str, tuple[str, int]] = field(default_factory=dict)

    def text(self, *keys: str) -> str:
        return next((self.values[key][0] for key in keys if self.values.get(key, ("",))[0]), "")

    def line_of(self, key: str) -> int:
        return self.values.get(key, ("", self.line))[1]


@dataclass
class _Account:
    head: _Record
    transactions: list[_Record] = field(default_factory=list)
    pending: int = 0


def read_ofx(data: bytes) -> BankFile:
    """Read bank, card and investment cash statements.

    Raises BankFileError: ``not_text``, ``no_statement``, ``truncated``, ``missing_field``,
    ``bad_amount``, ``bad_date``, ``mixed_currency``. Notes: ``pending_entries``, ``no_currency``,
    ``ambiguous_amounts``.
    """
    head = data[:2000].decode("latin-1")
    declared = _ENCODING.search(head) or _CHARSET.search(head)
    name = declared.group(1) if declared else ""
    text, _encoding = encoding.decode(data, _CHARSETS.get(name, name))
    text = _without_comments(text)
    start = re.search(r"<OFX\b", text, re.IGNORECASE)
    if not start:
        raise BankFileError("no_statement", "The file has no OFX part. Export it again as OFX.")
    accounts = _accounts(_tokens(text, start.start()))
    _check_end(text)
    if not accounts:
        raise BankFileError(
            "no_statement",
            "The OFX file holds no account statement. Export the account's transactions again.",
        )
    return _bank_file(accounts)


def _without_comments(text: str) -> str:
    """Blank out comments (keeping their line breaks) and open up CDATA parts."""
    pieces: list[str] = []
    position = 0
    while found := _MARK.search(text, position):
        end_mark = "-->" if found.group() == "<!--" else "]]>"
        end = text.find(end_mark, found.end())
        if end < 0:
            break
        inner = text[found.end() : end]
        kept = "\n" * inner.count("\n") if end_mark == "-->" else html.escape(inner)
        pieces += [text[position : found.start()], kept]
        position = end + len(end_mark)
    return "".join([*pieces, text[position:]])


def _tokens(text: str, start: int) -> Iterator[tuple[bool, str, str, int]]:
    """Yield (is an end tag, upper-case name, value, line)."""
    breaks = [match.start() for match in re.finditer("\n", text)]
    for match in _TOKEN.finditer(text, start):
        closing, name, value = match.groups()
        line = bisect.bisect_left(breaks, match.start()) + 1
        yield bool(closing), name.upper(), html.unescape(value.strip()), line


def _accounts(tokens: Iterator[tuple[bool, str, str, int]]) -> list[_Account]:
    accounts: list[_Account] = []
    transaction: _Record | None = None
    group = ""
    for closing, name, value, line in tokens:
        if name in _STATEMENTS:
            transaction, group = None, ""
            if not closing:
                accounts.append(_Account(_Record(line)))
        elif not accounts:
            continue
        elif name in _TRANSACTIONS:
            transaction, group = (None if closing else _Record(line)), ""
            if name == "STMTTRNP":
                accounts[-1].pending += not closing
            elif transaction:
                accounts[-1].transactions.append(transaction)
        elif name in _GROUPS:
            group = "" if closing else name
        elif not closing and value:
            record = transaction or accounts[-1].head
            record.values.setdefault(f"{group}.{name}" if group else name, (value, line))
    return accounts


def _check_end(text: str) -> None:
    if "</OFX>" not in text[-2000:].upper():
        line = text.rstrip().count("\n") + 1
        raise BankFileError(
            "truncated",
            f"The file ends in the middle (line {line}): its closing tag is missing. Download it again from the bank.",
            line=line,
        )


def _bank_file(accounts: list[_Account]) -> BankFile:
    notes: list[tuple[str, dict]] = []
    amounts = [record.text("TRNAMT") for account in accounts for record in account.transactions] + [
        account.head.text("LEDGERBAL.BALAMT") for account in accounts
    ]
    mark, sure = number.decimal_mark(text for text in amounts if text)
    if not sure:
        # The standard's mark is the point, so "1.525" is exact; only "1,525" stays in doubt.
        mark = "."
        if any("," in text for text in amounts):
            notes.append(("ambiguous_amounts", {"decimal_mark": mark}))
    statements = tuple(_statement(account, mark, notes) for account in accounts)
    return BankFile("ofx", statements, tuple(notes))


def _statement(account: _Account, mark: str, notes: list[tuple[str, dict]]) -> Statement:
    head = account.head
    currency = head.text("CURDEF").upper()
    number_ = head.text("BANKACCTFROM.ACCTID", "CCACCTFROM.ACCTID", "INVACCTFROM.ACCTID", "ACCTID")
    if account.pending:
        notes.append(("pending_entries", {"statement": number_, "count": account.pending}))
    if not currency:
        notes.append(("no_currency", {"statement": number_}))
    balance = head.text("LEDGERBAL.BALAMT")
    end = head.text("LEDGERBAL.DTASOF", "DTEND")
    return Statement(
        account_number=number_.replace(" ", ""),
        currency=currency,
        lines=tuple(_line(record, currency, mark) for record in account.transactions),
        name=f"{number_} {end[:8]}".strip(),
        date=day.iso(end, head.line) if end.strip("0") else None,
        balance_end=_amount(head, "LEDGERBAL.BALAMT", mark) if balance else None,
    )


def _line(record: _Record, currency: str, mark: str) -> StatementLine:
    for key in ("TRNAMT", "DTPOSTED"):
        if not record.text(key):
            raise _missing(key, record.line)
    other = record.text("CURRENCY.CURSYM").upper()
    if other and currency and other != currency:
        raise BankFileError(
            "mixed_currency",
            f"The statement is in {currency}, but a transaction is in {other}. Ask the bank for "
            f"one file per currency account.",
            line=record.line,
            currency=currency,
            other=other,
        )
    bank_id = record.text("FITID")
    name = " ".join(record.text("PAYEE.NAME", "NAME").split())
    return StatementLine(
        date=_date(record, "DTPOSTED"),
        amount=_amount(record, "TRNAMT", mark),
        text=joined([name, record.text("EXTDNAME"), record.text("MEMO")]),
        value_date=_date(record, "DTAVAIL") if record.text("DTAVAIL").strip("0") else None,
        partner_name=name,
        account_number=record.text("BANKACCTTO.ACCTID", "CCACCTTO.ACCTID").replace(" ", ""),
        references=references([record.text("REFNUM"), record.text("CHECKNUM")]),
        bank_id=bank_id if is_reference(bank_id) else "",
        code=record.text("TRNTYPE").upper(),
        foreign_currency=_foreign(record, currency),
        raw={key: value for key, (value, _line_number) in record.values.items()},
        source_line=record.line,
    )


def _foreign(record: _Record, currency: str) -> str:
    original = record.text("ORIGCURRENCY.CURSYM").upper()
    return original if original != currency else ""


def _amount(record: _Record, key: str, mark: str) -> Decimal:
    """Read an amount; ``mark`` only decides where the amount itself leaves it open ("1,525")."""
    text = record.text(key)
    own_mark, sure = number.decimal_mark([text])
    return number.written(text, own_mark if sure else mark, record.line_of(key))


def _date(record: _Record, key: str) -> date:
    return day.iso(record.text(key), record.line_of(key))


def _missing(name: str, line: int) -> BankFileError:
    return BankFileError(
        "missing_field",
        f"The transaction that begins on line {line} has no {name}. Download the file again, and "
        f"don't edit it by hand.",
        line=line,
        field=name,
    )
