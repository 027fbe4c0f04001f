"""One CAMT entry (Ntry) and the lines it becomes: one for each transaction detail (TxDtls)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from . import day, number
from .reference import is_reference, joined, references
from .values import BankFileError, StatementLine

Note = tuple[str, dict]

_PARTY_IDS = ("Id/IBAN", "Id/Othr/Id")
_RAW = {
    "EndToEndId": "Refs/EndToEndId",
    "MndtId": "Refs/MndtId",
    "InstrId": "Refs/InstrId",
    "PmtInfId": "Refs/PmtInfId",
    "UETR": "Refs/UETR",
    "TxId": "Refs/TxId",
    "Purp": "Purp/Cd",
    "RtrAddtlInf": "RtrInf/AddtlInf",
}


@dataclass(frozen=True)
class Detail:
    """One transaction of an entry. ``amount`` is unsigned, None if none is in the entry's currency.

    ``credit`` is None when the detail does not name its direction.
    """

    amount: Decimal | None
    credit: bool | None
    parties: dict[str, tuple[str, str]]
    text: str
    references: tuple[str, ...]
    bank_id: str
    code: str
    reason: str
    foreign: tuple[Decimal, str] | None
    raw: dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One booking. ``amount`` is signed; ``line`` is the file's, ``position`` counts entries."""

    amount: Decimal
    currency: str
    reversal: bool
    date: date | None
    value_date: date | None
    bank_id: str
    text: str
    code: str
    raw: dict[str, str]
    details: tuple[Detail, ...]
    line: int
    position: int

    @classmethod
    def read(cls, node, line: int, position: int) -> Entry:
        """Read an Ntry element without namespaces; raise ``missing_field``, ``bad_amount`` ..."""
        amount = number.plain(_required(node, "Amt", line), line)
        currency = _attribute(node, "Amt", "Ccy")
        credit = _direction(_required(node, "CdtDbtInd", line), line)
        charges = _charges(node)
        info = _text(node, "AddtlNtryInf")
        raw = {"NtryRef": _text(node, "NtryRef"), "AddtlNtryInf": info, "charges": charges, **_batch(node)}
        return cls(
            amount=amount if credit else -amount,
            currency=currency,
            reversal=_text(node, "RvslInd").lower() in ("true", "1"),
            date=_date(node, "BookgDt", line),
            value_date=_date(node, "ValDt", line),
            bank_id=_own_id(_text(node, "AcctSvcrRef")),
            text=info,
            code=_code(node),
            raw={key: value for key, value in raw.items() if value},
            details=tuple(_detail(found, currency, line) for found in node.findall("NtryDtls/TxDtls")),
            line=line,
            position=position,
        )


def entry_lines(
    entry: Entry, account: str, owner: str, fallback: date | None, notes: list[Note]
) -> list[StatementLine]:
    """Make the lines of an entry; their amounts add up to the entry's, always.

    Several details become a line each, what they leave of the entry one more (note
    ``batch_rest``); details without amounts, or beyond the entry, stay together on one line (note
    ``batch_whole``). ``account`` and ``owner`` are one's own; ``fallback`` dates an undated entry.
    """
    booked = entry.date or entry.value_date or fallback
    if booked is None:
        raise _missing("BookgDt", entry.line)
    base = StatementLine(
        date=booked,
        amount=entry.amount,
        text=entry.text,
        value_date=entry.value_date,
        bank_id=entry.bank_id,
        code=entry.code,
        raw=entry.raw,
        source_line=entry.line,
    )
    own = (account.replace(" ", ""), owner.casefold())
    if not entry.details:
        return [replace(base, references=_batch_references(entry))]
    if len(entry.details) == 1:
        only = _detail_line(base, entry, entry.details[0], entry.amount, own)
        return [replace(only, text=joined([only.text, entry.text]))]
    amounts = _signed(entry)
    rest = entry.amount - sum(amounts, Decimal(0)) if amounts else Decimal(0)
    if not amounts or abs(rest) > abs(entry.amount):
        notes.append(("batch_whole", _batch_values(entry, rest)))
        return [_whole(base, entry)]
    pairs = zip(entry.details, amounts, strict=True)
    lines = [_detail_line(base, entry, detail, amount, own) for detail, amount in pairs]
    lines = _with_unique_ids(lines, entry)
    if rest:
        notes.append(("batch_rest", _batch_values(entry, rest)))
        lines.append(replace(base, amount=rest, bank_id=_numbered(entry.bank_id, "rest")))
    return lines


def _signed(entry: Entry) -> list[Decimal]:
    """The details' signed amounts, or nothing if one of them has none.

    Some banks repeat the direction of the original payment in the details of a return: if only the
    entry's own direction makes the details add up, that one holds for all.
    """
    if any(detail.amount is None for detail in entry.details):
        return []
    entry_credit = entry.amount >= 0
    as_entry = [detail.amount if entry_credit else -detail.amount for detail in entry.details]
    as_stated = [
        amount if detail.credit in (None, entry_credit) else -amount
        for amount, detail in zip(as_entry, entry.details, strict=True)
    ]
    if sum(as_stated, Decimal(0)) != entry.amount == sum(as_entry, Decimal(0)):
        return as_entry
    return as_stated


def _detail_line(
    base: StatementLine, entry: Entry, detail: Detail, amount: Decimal, own: tuple[str, str]
) -> StatementLine:
    name, number_ = _counterparty(detail.parties, (amount >= 0) != entry.reversal, own)
    foreign, foreign_currency = detail.foreign or (None, "")
    return replace(
        base,
        amount=amount,
        text=detail.text or entry.text,
        partner_name=name,
        account_number=number_,
        references=detail.references,
        bank_id=detail.bank_id or base.bank_id,
        code=" ".join(part for part in (detail.code or base.code, detail.reason) if part),
        foreign_amount=foreign if foreign is None or amount >= 0 else -foreign,
        foreign_currency=foreign_currency,
        raw={**base.raw, **detail.raw},
    )


def _with_unique_ids(lines: list[StatementLine], entry: Entry) -> list[StatementLine]:
    """Number the ids that details share with each other or with their entry."""
    uses = Counter(line.bank_id for line in lines)
    return [
        replace(line, bank_id=_numbered(line.bank_id, str(index)))
        if uses[line.bank_id] > 1 or line.bank_id == entry.bank_id
        else line
        for index, line in enumerate(lines, 1)
    ]


def _whole(base: StatementLine, entry: Entry) -> StatementLine:
    found = references(ref for detail in entry.details for ref in detail.references)
    text = joined([entry.text, *(detail.text for detail in entry.details)])
    return replace(base, text=text[:10000], references=(*_batch_references(entry), *found)[:500])


def _batch(node) -> dict[str, str]:
    """What the bank says of payments that it booked as one sum: the names of their file, and how many they are."""
    found = node.findall("NtryDtls/Btch")
    if len(found) != 1:
        return {}
    return {f"Batch{name}": _text(found[0], name) for name in ("MsgId", "PmtInfId", "NbOfTxs")}


def _batch_references(entry: Entry) -> tuple[str, ...]:
    return references(entry.raw.get(name, "") for name in ("BatchPmtInfId", "BatchMsgId"))


def _batch_values(entry: Entry, rest: Decimal) -> dict:
    return {
        "entry": entry.position,
        "line": entry.line,
        "amount": number.shown(entry.amount),
        "details": len(entry.details),
        "rest": number.shown(rest),
    }


def _counterparty(parties: dict[str, tuple[str, str]], incoming: bool, own: tuple[str, str]) -> tuple[str, str]:
    """Name and account of the other side: who paid us, or whom we paid.

    Returned payments keep the parties of the original one, so that the expected side may be
    ourselves: then it is the other one.
    """
    sides = [("Dbtr", "UltmtDbtr"), ("Cdtr", "UltmtCdtr")]
    for side, ultimate in sides if incoming else reversed(sides):
        name, account = parties.get(side, ("", ""))
        behind = parties.get(ultimate, ("", ""))[0]
        if (own[0] and account == own[0]) or (not account and own[1] and name.casefold() == own[1]):
            continue
        if name or account or behind:
            return (name or behind), account
    return "", ""


def _detail(node, currency: str, line: int) -> Detail:
    direction = _text(node, "CdtDbtInd")
    reason = _text(node, "RtrInf/Rsn/Cd") or _text(node, "RtrInf/Rsn/Prtry")
    raw = {key: _text(node, path) for key, path in _RAW.items()}
    raw["charges"] = _charges(node)
    raw["XchgRate"] = node.findtext(".//CcyXchg/XchgRate") or ""
    raw["return_reason"] = reason
    parties = _parties(node.find("RltdPties"))
    for ultimate in ("UltmtDbtr", "UltmtCdtr"):
        raw[ultimate] = parties.get(ultimate, ("", ""))[0]
    ids = (_text(node, "Refs/AcctSvcrRef"), _text(node, "Refs/TxId"))
    return Detail(
        amount=_detail_amount(node, currency, line),
        credit=_direction(direction, line) if direction else None,
        parties=parties,
        text=_detail_text(node),
        references=_detail_references(node),
        bank_id=next((found for found in map(_own_id, ids) if found), ""),
        code=_code(node),
        reason=reason,
        foreign=_foreign(node, currency, line),
        raw={key: value for key, value in raw.items() if value},
    )


def _detail_text(node) -> str:
    parts = [found.text or "" for found in node.findall("RmtInf/Ustrd")]
    parts += [found.text or "" for found in node.findall("RmtInf/Strd/AddtlRmtInf")]
    parts += [found.text or "" for found in node.findall("RtrInf/AddtlInf")]
    return joined([*parts, _text(node, "AddtlTxInf")])


def _detail_references(node) -> tuple[str, ...]:
    """Creditor's references and document numbers first: they name the invoice."""
    paths = (
        "RmtInf/Strd/CdtrRefInf/Ref",
        "RmtInf/Strd/CdtrRefInf/CdtrRef",
        "RmtInf/Strd/RfrdDocInf/Nb",
        "RmtInf/Strd/RfrdDocInf/RfrdDocNb",
        "Refs/EndToEndId",
        "Refs/InstrId",
        "Refs/MndtId",
        "Refs/ChqNb",
    )
    return references(found.text or "" for path in paths for found in node.findall(path))


def _detail_amount(node, currency: str, line: int) -> Decimal | None:
    for path in ("Amt", "AmtDtls/TxAmt/Amt", "AmtDtls/CntrValAmt/Amt", "AmtDtls/InstdAmt/Amt"):
        found = node.find(path)
        if found is not None and found.get("Ccy", currency) == currency and found.text:
            return number.plain(found.text, line)
    return None


def _foreign(node, currency: str, line: int) -> tuple[Decimal, str] | None:
    for path in ("AmtDtls/InstdAmt/Amt", "AmtDtls/TxAmt/Amt", "Amt"):
        found = node.find(path)
        if found is not None and found.text and found.get("Ccy", currency) != currency:
            return number.plain(found.text, line), found.get("Ccy")
    return None


def _parties(node) -> dict[str, tuple[str, str]]:
    """Name and account of each party; newer versions wrap them in Pty or Agt."""
    if node is None:
        return {}
    found = {}
    for side in ("Dbtr", "Cdtr", "UltmtDbtr", "UltmtCdtr"):
        names = (f"{side}/Nm", f"{side}/Pty/Nm", f"{side}/Agt/FinInstnId/Nm")
        name = next((text for text in (_text(node, path) for path in names) if text), "")
        ids = (_text(node, f"{side}Acct/{path}") for path in _PARTY_IDS)
        account = next((text for text in ids if text), "").replace(" ", "")
        if name or account:
            found[side] = (" ".join(name.split()), account)
    return found


def _code(node) -> str:
    """The bank transaction code, "PMNT-RDDT-UPDD", or the bank's own one."""
    code = node.find("BkTxCd")
    if code is None:
        return ""
    paths = ("Domn/Cd", "Domn/Fmly/Cd", "Domn/Fmly/SubFmlyCd")
    parts = [text for text in (_text(code, path) for path in paths) if text]
    return "-".join(parts) or _text(code, "Prtry/Cd")


def _charges(node) -> str:
    """Charges as text, "1.50 EUR; 0.30 EUR"; the total when no single ones are named."""
    found = node.findall("Chrgs/Rcrd/Amt") or node.findall("Chrgs/Amt")
    found = found or node.findall("Chrgs/TtlChrgsAndTaxAmt")
    return "; ".join(f"{(amount.text or '').strip()} {amount.get('Ccy', '')}" for amount in found)


def _own_id(text: str) -> str:
    return text if is_reference(text) else ""


def _numbered(bank_id: str, suffix: str) -> str:
    return f"{bank_id}/{suffix}" if bank_id else ""


def _direction(text: str, line: int) -> bool:
    if text not in ("CRDT", "DBIT"):
        raise _missing("CdtDbtInd", line)
    return text == "CRDT"


def _date(node, name: str, line: int) -> date | None:
    text = _text(node, f"{name}/Dt") or _text(node, f"{name}/DtTm")
    return day.iso(text, line) if text else None


def _required(node, path: str, line: int) -> str:
    text = _text(node, path)
    if not text:
        raise _missing(path, line)
    return text


def _text(node, path: str) -> str:
    return (node.findtext(path) or "").strip()


def _attribute(node, path: str, name: str) -> str:
    found = node.find(path)
    return "" if found is None else (found.get(name) or "").strip()


def _missing(name: str, line: int) -> BankFileError:
    return BankFileError(
        "missing_field",
        f"An entry lacks a usable {name}. Get the file again from the bank, and don't edit it by hand.",
        line=line,
        field=name,
    )
