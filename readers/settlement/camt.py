"""Details of a credit in a CAMT.054: card or collection payments, their charges, and what came back."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

from ..bankfile import container, day, number
from ..bankfile.camt import _ENTITY_MARKS, _drop_namespaces, _entities_forbidden
from ..bankfile.library import library
from ..bankfile.values import BankFileError
from . import values
from .values import Settlement, SettlementFile, SettlementRow

_REFERENCES = ("Refs/EndToEndId", "Refs/InstrId", "Refs/TxId", "Refs/AcctSvcrRef", "RmtInf/Strd/CdtrRefInf/Ref",
               "RmtInf/Strd/RfrdDocInf/Nb")  # fmt: skip
_EMPTY = ("", "NOTPROVIDED", "NONREF")
_MAX_TEXT = 300
MAX_DETAILS = 200_000


def read_details(data: bytes, max_bytes: int = container.MAX_BYTES) -> SettlementFile:
    """One payout per entry that has details; its amount is the entry's.

    Raises BankFileError: ``entities_forbidden``, ``broken_xml``, ``no_details``, ``missing_field``, ``bad_amount``,
    ``bad_date``. Notes: ``kept`` where details and entry differ.
    """
    container.check_size(data, max_bytes)
    etree = library("lxml.etree", "CAMT files")
    if any(mark in data for mark in _ENTITY_MARKS):
        raise _entities_forbidden()
    payouts = []
    try:
        context = etree.iterparse(
            io.BytesIO(data),
            events=("end",),
            tag="{*}Ntry",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for _event, element in context:
            _drop_namespaces(etree, element)
            found = _payout(element, len(payouts) + 1)
            if found:
                payouts.append(found)
            element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise BankFileError(
            "broken_xml", "The XML file is damaged or cut off. Get it again from the provider.", line=error.lineno
        ) from error
    if not payouts:
        raise BankFileError(
            "no_details", "No entry of this file has transaction details (TxDtls), so it does not split a payout."
        )
    notes = [
        ("kept", {"payout": payout.reference, "amount": number.shown(payout.kept)}) for payout in payouts if payout.kept
    ]
    return SettlementFile("camt.054", tuple(payouts), tuple(notes))


def _payout(entry, position: int) -> Settlement | None:
    details = entry.findall(".//TxDtls")
    if not details or (entry.findtext("Sts/Cd") or entry.findtext("Sts") or "BOOK").strip() not in ("BOOK", "INFO"):
        return None
    if len(details) > MAX_DETAILS:
        raise BankFileError("too_many_rows", f"An entry has more than {MAX_DETAILS:,} details.", limit=MAX_DETAILS)
    line = entry.sourceline or 0
    amount, currency = _money(entry.find("Amt"), line)
    when = _date(entry, line)
    sign = _sign(entry, 1)
    rows = [_row(detail, sign, currency, when, line) for detail in details]
    charges = _charges(entry, currency, line)
    if charges[0]:
        rows.append(SettlementRow(values.FEE, when, Decimal(0), charges[0], charges[1], currency, line=line))
    reference = next(
        (text for text in (_text(entry, "NtryDtls/Btch/PmtInfId"), _text(entry, "NtryDtls/Btch/MsgId"),
                           _text(entry, "AcctSvcrRef"), _text(entry, "NtryRef")) if text), f"#{position}"
    )  # fmt: skip
    return Settlement(reference, when, currency, sign * amount, tuple(_with_charges(rows, sign * amount)))


def _with_charges(rows: list[SettlementRow], total: Decimal) -> list[SettlementRow]:
    """Some banks tell amounts before their charges, some after: what adds up to the entry is right."""
    if sum((row.net for row in rows), Decimal(0)) == total != sum((row.amount for row in rows), Decimal(0)):
        return rows
    if sum((row.amount for row in rows), Decimal(0)) == total:
        return [replace(row, amount=row.amount + row.fee) for row in rows]
    return rows


def _row(detail, sign: int, entry_currency: str, when, line: int) -> SettlementRow:
    element = detail.find("AmtDtls/TxAmt/Amt")
    element = element if element is not None else detail.find("Amt")
    amount, currency = _money(element, line)
    sign = _sign(detail, sign)
    fee, tax = _charges(detail, entry_currency, line)
    original = original_currency = None
    if currency != entry_currency:
        original, original_currency = sign * amount, currency
        settled = detail.find("AmtDtls/CntrValAmt/Amt")
        settled = settled if settled is not None else detail.find("Amt")
        amount, currency = _money(settled, line)
    instructed = detail.find("AmtDtls/InstdAmt/Amt")
    if instructed is not None:
        gross, gross_currency = _money(instructed, line)
        # The gross is the instructed amount where charges make the difference.
        if gross_currency == currency and gross - fee == amount:
            amount = gross
        elif gross_currency != currency and original is None:
            original, original_currency = sign * gross, gross_currency
    returned = detail.find("RtrInf") is not None
    kind = values.SALE if sign > 0 else values.CHARGEBACK if returned else values.REFUND
    references = [_text(detail, path) for path in _REFERENCES]
    side = "Dbtr" if sign > 0 else "Cdtr"
    return SettlementRow(
        kind=kind,
        date=when,
        amount=sign * amount,
        fee=fee,
        tax=tax,
        currency=entry_currency,
        references=tuple(dict.fromkeys(text for text in references if text.upper() not in _EMPTY)),
        customer=_text(detail, f"RltdPties/{side}/Nm") or _text(detail, f"RltdPties/{side}/Pty/Nm"),
        text=" ".join((element.text or "").strip() for element in detail.findall("RmtInf/Ustrd"))[:_MAX_TEXT],
        original_amount=original,
        original_currency=original_currency or "",
        line=line,
    )


def _charges(element, currency: str, line: int) -> tuple[Decimal, Decimal | None]:
    """(fee with its tax, tax or None) of the charges in the entry's currency."""
    fee, tax = Decimal(0), None
    for record in [*element.findall("Chrgs/Rcrd"), *(c for c in element.findall("Chrgs") if c.find("Amt") is not None)]:
        amount, own = _money(record.find("Amt"), line)
        if own != currency:
            continue
        sign = -1 if _text(record, "CdtDbtInd") == "CRDT" else 1
        fee += sign * amount
        part = record.find("Tax/Amt")
        if part is not None:
            tax = (tax or Decimal(0)) + sign * _money(part, line)[0]
    total = element.find("Chrgs/TtlChrgsAndTaxAmt")
    if not fee and total is not None:
        fee = _money(total, line)[0]
    return fee, tax


def _sign(element, inherited: int) -> int:
    word = _text(element, "CdtDbtInd")
    return {"CRDT": 1, "DBIT": -1}.get(word, inherited)


def _money(element, line: int) -> tuple[Decimal, str]:
    if element is None or not (element.text or "").strip():
        raise BankFileError("missing_field", "An amount (Amt) is missing in a transaction.", line=line)
    return number.plain(element.text, line), (element.get("Ccy") or "").upper()[:3]


def _date(entry, line: int):
    for path in ("BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm"):
        text = _text(entry, path)
        if text:
            return day.iso(text[:10], line)
    raise BankFileError("missing_field", "An entry has no date (BookgDt).", line=line)


def _text(element, path: str) -> str:
    return (element.findtext(path) or "").strip()[:_MAX_TEXT]
