"""The truth of an e-invoice in UBL, by plain paths: written apart from the reader that is measured with it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from .truth import Document, accepted

_NS = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_SUPPLIER = "cac:AccountingSupplierParty/cac:Party"
_PATHS = {
    "number": "cbc:ID",
    "date": "cbc:IssueDate",
    "currency": "cbc:DocumentCurrencyCode",
    "net": "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
    "total": "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
    "iban": "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID",
}
_ROOTS = {"Invoice": "cac:InvoiceLine", "CreditNote": "cac:CreditNoteLine"}


def document(path: Path, name: str) -> Document | None:
    """None when the file is no invoice. Only files of the shared data are read here: they are trusted."""
    root = ET.parse(path).getroot()
    line_path = _ROOTS.get(root.tag.rpartition("}")[2])
    if not line_path:
        return None
    fields = {field: root.findtext(where, None, _NS) for field, where in _PATHS.items()}
    fields["vendor"] = [
        root.findtext(f"{_SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName", None, _NS),
        root.findtext(f"{_SUPPLIER}/cac:PartyName/cbc:Name", None, _NS),
    ]
    due = "cbc:DueDate"
    fields["due_date"] = root.findtext(due, None, _NS) or root.findtext(
        f"cac:PaymentMeans/cbc:Payment{due[4:]}", None, _NS
    )
    fields["tax"] = _tax(root, fields["currency"])
    fields["vat"] = _vat(root)
    lines = tuple(map(_line, root.findall(line_path, _NS))) + tuple(
        map(_charge, root.findall("cac:AllowanceCharge", _NS))
    )
    return Document(
        name, path, accepted(fields), lines, kind="credit_note" if line_path == "cac:CreditNoteLine" else ""
    )


def _tax(root: ET.Element, currency: str | None) -> str | None:
    """The total in the document's currency; a second one is told in that of the accounts."""
    for amount in root.findall("cac:TaxTotal/cbc:TaxAmount", _NS):
        if amount.get("currencyID") == currency:
            return amount.text
    return None


def _vat(root: ET.Element) -> str | None:
    for scheme in root.findall(f"{_SUPPLIER}/cac:PartyTaxScheme", _NS):
        if scheme.findtext("cac:TaxScheme/cbc:ID", "", _NS).strip() == "VAT":
            return scheme.findtext("cbc:CompanyID", None, _NS)
    return None


def _line(line: ET.Element) -> dict[str, str | None]:
    quantity = line.findtext("cbc:InvoicedQuantity", None, _NS) or line.findtext("cbc:CreditedQuantity", None, _NS)
    return {
        "text": line.findtext("cac:Item/cbc:Name", None, _NS),
        "quantity": quantity,
        "unit_price": None,
        "total": line.findtext("cbc:LineExtensionAmount", None, _NS),
        "tax_rate": line.findtext("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", None, _NS),
    }


def _charge(charge: ET.Element) -> dict[str, str | None]:
    """An allowance or charge of the whole document counts as a line, so that lines add up to the net amount."""
    amount = charge.findtext("cbc:Amount", "0", _NS)
    is_charge = charge.findtext("cbc:ChargeIndicator", "", _NS).strip() == "true"
    return {
        "text": charge.findtext("cbc:AllowanceChargeReason", None, _NS),
        "quantity": None,
        "unit_price": None,
        "total": amount if is_charge else f"-{amount}",
        "tax_rate": charge.findtext("cac:TaxCategory/cbc:Percent", None, _NS),
    }
