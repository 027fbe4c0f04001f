"""CAMT.053.001.02, with the details that modern banks give."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as Xml

from ..values import Line
from .statement import Statement, bank_id

SUFFIX = ".xml"
_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"


def render(statement: Statement) -> bytes:
    """The statement as an XML document."""
    root = Xml.Element("Document", xmlns=_NAMESPACE)
    body = Xml.SubElement(root, "BkToCstmrStmt")
    _put(body, f"GrpHdr/MsgId={statement.name}", f"GrpHdr/CreDtTm={statement.last}T23:00:00")
    stmt = Xml.SubElement(body, "Stmt")
    _put(stmt, f"Id={statement.name}", f"ElctrncSeqNb={statement.number}")
    _put(stmt, f"CreDtTm={statement.last}T23:00:00")
    _put(stmt, f"Acct/Id/IBAN={statement.journal.account_number}")
    _put(stmt, f"Acct/Ccy={statement.journal.currency}", f"Acct/Ownr/Nm={statement.company}")
    _balance(stmt, "OPBD", statement.opening, statement.first, statement.journal.currency)
    _balance(stmt, "CLBD", statement.closing, statement.last, statement.journal.currency)
    for line in statement.lines:
        _entry(stmt, statement, line)
    Xml.indent(root)
    return Xml.tostring(root, encoding="utf-8", xml_declaration=True)


def _put(parent: Xml.Element, *paths: str) -> None:
    """``A/B=text``: the elements on the way are reused when they are the last of their parent."""
    for path in paths:
        route, _equals, text = path.partition("=")
        node = parent
        *way, last = route.split("/")
        for tag in way:
            children = list(node)
            reuse = children and children[-1].tag == tag
            node = children[-1] if reuse else Xml.SubElement(node, tag)
        Xml.SubElement(node, last).text = text


def _amount(parent: Xml.Element, amount: Decimal, currency: str, tag: str = "Amt") -> None:
    Xml.SubElement(parent, tag, Ccy=currency).text = str(abs(amount))


def _direction(amount: Decimal) -> str:
    return f"CdtDbtInd={'CRDT' if amount >= 0 else 'DBIT'}"


def _balance(stmt: Xml.Element, code: str, amount: Decimal, day, currency: str) -> None:
    balance = Xml.SubElement(stmt, "Bal")
    _put(balance, f"Tp/CdOrPrtry/Cd={code}")
    _amount(balance, amount, currency)
    _put(balance, _direction(amount), f"Dt/Dt={day}")


def _entry(stmt: Xml.Element, statement: Statement, line: Line) -> None:
    entry = Xml.SubElement(stmt, "Ntry")
    _amount(entry, line.amount, line.currency)
    _put(
        entry,
        _direction(line.amount),
        "Sts=BOOK",
        f"BookgDt/Dt={line.date}",
        f"ValDt/Dt={line.date}",
    )
    _put(entry, f"AcctSvcrRef={bank_id(statement, line)}", f"BkTxCd/Prtry/Cd={line.code or 'TRF'}")
    details = Xml.SubElement(Xml.SubElement(entry, "NtryDtls"), "TxDtls")
    end_to_end = [ref for ref in line.references if not _is_structured(ref)]
    _put(details, f"Refs/EndToEndId={end_to_end[0] if end_to_end else 'NOTPROVIDED'}")
    if line.foreign_amount is not None:
        instructed = Xml.SubElement(Xml.SubElement(details, "AmtDtls"), "InstdAmt")
        _amount(instructed, line.foreign_amount, line.foreign_currency)
    _party(details, line)
    if line.text:
        _put(details, f"RmtInf/Ustrd={line.text}")
    for reference in filter(_is_structured, line.references):
        _put(details, f"RmtInf/Strd/CdtrRefInf/Ref={reference}")


def _is_structured(reference: str) -> bool:
    return reference.startswith(("RF", "+++"))


def _party(details: Xml.Element, line: Line) -> None:
    role = "Dbtr" if line.amount > 0 else "Cdtr"
    if line.partner_name:
        _put(details, f"RltdPties/{role}/Nm={line.partner_name}")
    if line.account_number:
        kind = "IBAN" if line.account_number[:2].isalpha() else "Othr/Id"
        _put(details, f"RltdPties/{role}Acct/Id/{kind}={line.account_number}")
