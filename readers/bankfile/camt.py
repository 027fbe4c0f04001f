"""CAMT.052, .053 and .054 (ISO 20022), every version of the schema, with or without namespace.

Own code on lxml: no maintained, permissively licensed library reads all versions and the details of
batches. Entries are read one by one and dropped, so that memory holds one entry's tree at a time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import ModuleType

from . import day, encoding, number
from .camt_entry import Entry, entry_lines
from .library import library
from .values import BankFile, BankFileError, Statement, StatementLine

_PARTS = {"Stmt": "camt.053", "Rpt": "camt.052", "Ntfctn": "camt.054"}
_EVENTS = ("Ntry", *_PARTS)
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_ENTITY_MARKS = tuple(
    mark.encode(name) for mark in ("<!DOCTYPE", "<!ENTITY") for name in ("ascii", "utf-16-le",
                                                                         "utf-16-be")
)  # fmt: skip


@dataclass
class _Reading:
    """What is known so far of the statement that is being read."""

    entries: list[Entry] = field(default_factory=list)
    pending: int = 0
    count: int = 0


def read_camt(data: bytes) -> BankFile:
    """Read a CAMT document.

    Raises BankFileError: ``broken_xml``, ``truncated``, ``entities_forbidden``, ``no_statement``,
    ``mixed_currency``, ``missing_field``, ``bad_amount``, ``bad_date``, ``library_missing``.
    Notes: ``pending_entries``, ``batch_rest``, ``batch_whole``, ``interim``, ``notification``,
    ``wrong_encoding``.
    """
    etree = library("lxml.etree", "CAMT files")
    if any(mark in data for mark in _ENTITY_MARKS):
        raise _entities_forbidden()
    notes: list[tuple[str, dict]] = []
    try:
        found = list(_statements(etree, data, notes))
    except etree.XMLSyntaxError as error:
        repaired = _in_utf8(data) if "encoding" in str(error) or "UTF-8" in str(error) else None
        if repaired is None:
            raise _broken(data, error) from error
        notes = [("wrong_encoding", {"encoding": repaired[1]})]
        try:
            found = list(_statements(etree, repaired[0], notes))
        except etree.XMLSyntaxError as second:
            raise _broken(data, second) from second
    if not found:
        raise BankFileError(
            "no_statement",
            "This XML file holds no bank statement (no Stmt, Rpt or Ntfctn). Ask the bank for CAMT.053.",
        )
    name = found[0][0]
    if name == "camt.052":
        notes.append(("interim", {"format": name}))
    elif name == "camt.054":
        notes.append(("notification", {"format": name}))
    return BankFile(name, tuple(statement for _name, statement in found), tuple(notes))


def _statements(etree: ModuleType, data: bytes, notes: list[tuple[str, dict]]) -> Iterator[tuple[str, Statement]]:
    context = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{name}" for name in _EVENTS],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    reading = _Reading()
    for _event, element in context:
        if element.getroottree().docinfo.internalDTD is not None:
            raise _entities_forbidden()
        line = element.sourceline or 0
        _drop_namespaces(etree, element)
        if element.tag == "Ntry":
            _take_entry(element, line, reading)
            _forget(element)
        else:
            yield _PARTS[element.tag], _statement(element, reading, notes, line)
            reading = _Reading()
            _forget(element)


def _drop_namespaces(etree: ModuleType, element) -> None:
    for node in element.iter(etree.Element):
        node.tag = etree.QName(node).localname


def _forget(element) -> None:
    """Free a finished element; its own empty tag stays as long as the parser may stand in it."""
    element.clear(keep_tail=False)
    previous = element.getprevious()
    if previous is not None and previous.tag == element.tag:
        previous.getparent().remove(previous)


def _take_entry(element, line: int, reading: _Reading) -> None:
    reading.count += 1
    status = _text(element, "Sts/Cd") or _text(element, "Sts")
    if status in ("", "BOOK"):
        reading.entries.append(Entry.read(element, line or reading.count, reading.count))
    else:
        reading.pending += 1


def _statement(element, reading: _Reading, notes: list[tuple[str, dict]], line: int) -> Statement:
    name = _text(element, "Id")
    account = _text(element, "Acct/Id/IBAN") or _text(element, "Acct/Id/Othr/Id")
    balances = [_balance(node) for node in element.findall("Bal")]
    currency = _currency(element, balances, reading.entries, line)
    if reading.pending:
        notes.append(("pending_entries", {"statement": name, "count": reading.pending}))
    owner = _text(element, "Acct/Ownr/Nm") or _text(element, "Acct/Nm")
    when = _statement_date(element, balances)
    lines: list[StatementLine] = []
    for entry in reading.entries:
        lines += entry_lines(entry, account, owner, when, notes)
    start, end = _bounds(balances, interim=element.tag == "Rpt")
    return Statement(
        account_number=account.replace(" ", ""),
        currency=currency,
        lines=tuple(lines),
        name=name,
        date=when,
        balance_start=start,
        balance_end=end,
    )


def _currency(element, balances: list[_Balance], entries: list[Entry], line: int) -> str:
    """The account's currency; balances and entries in another one can't be one statement."""
    stated = _text(element, "Acct/Ccy")
    used = [balance.currency for balance in balances] + [entry.currency for entry in entries]
    currency = stated or next((code for code in used if code), "")
    for entry in entries:
        if entry.currency and entry.currency != currency:
            raise BankFileError(
                "mixed_currency",
                f"The statement is in {currency}, but an entry is in {entry.currency}. Ask the "
                f"bank for one file per currency account.",
                line=entry.line,
                currency=currency,
                other=entry.currency,
            )
    return currency


@dataclass(frozen=True)
class _Balance:
    kind: str
    amount: Decimal
    currency: str
    date: date | None


def _balance(node) -> _Balance:
    line = node.sourceline
    amount = number.plain(_text(node, "Amt") or "", line)
    when = _text(node, "Dt/Dt") or _text(node, "Dt/DtTm")
    return _Balance(
        kind=_text(node, "Tp/CdOrPrtry/Cd"),
        amount=-amount if _text(node, "CdtDbtInd") == "DBIT" else amount,
        currency=_attribute(node, "Amt", "Ccy"),
        date=day.iso(when, line) if when else None,
    )


def _bounds(balances: list[_Balance], interim: bool) -> tuple[Decimal | None, Decimal | None]:
    """Opening and closing balance; the pages of a long statement carry interim ones instead."""
    of_kind = {balance.kind: balance.amount for balance in reversed(balances)}
    between = [balance.amount for balance in balances if balance.kind == "ITBD"]
    start = of_kind.get("OPBD", of_kind.get("PRCD"))
    end = next((b.amount for b in reversed(balances) if b.kind == "CLBD"), None)
    if start is None and len(between) > (1 if end is None else 0) and not interim:
        start = between[0]
    if end is None and between:
        end = between[-1]
    return start, end


def _statement_date(element, balances: list[_Balance]) -> date | None:
    closing = [balance.date for balance in balances if balance.kind == "CLBD" and balance.date]
    if closing:
        return closing[-1]
    written = _text(element, "FrToDt/ToDtTm") or _text(element, "CreDtTm")
    return day.iso(written, element.sourceline) if written else None


def _text(node, path: str) -> str:
    return (node.findtext(path) or "").strip()


def _attribute(node, path: str, name: str) -> str:
    found = node.find(path)
    return "" if found is None else (found.get(name) or "").strip()


def _in_utf8(data: bytes) -> tuple[bytes, str] | None:
    """The same document in UTF-8 when its declared encoding is wrong, with the real one's name."""
    body = _DECLARATION.sub(b"", data)
    try:
        text, name = encoding.decode(body)
    except BankFileError:
        return None
    return text.lstrip("\ufeff").encode(), name


def _broken(data: bytes, error) -> BankFileError:
    line = error.lineno or None
    if not data.rstrip(b"\x00\r\n\t ").endswith((b">", b">\x00")) or "Premature end" in str(error):
        return BankFileError(
            "truncated",
            f"The file ends in the middle (line {line}). The download was cut off: get it again from the bank.",
            line=line,
        )
    return BankFileError(
        "broken_xml",
        f"The file is not valid XML: {str(error)[:200]}. Get it again from the bank, and don't edit it by hand.",
        line=line,
    )


def _entities_forbidden() -> BankFileError:
    return BankFileError(
        "entities_forbidden",
        "The file declares a document type or entities, which no bank does and which can be an "
        "attack. It was not read.",
    )
