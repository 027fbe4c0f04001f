"""A bill as an e-invoice: UBL 2.1 as Peppol asks for it, as far as a bill here tells."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from decimal import Decimal

from .make import Bill

_INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
_CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
_CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
_RULES = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"


def xml(bill: Bill) -> bytes:
    for prefix, space in (("", _INVOICE), ("cac", _CAC), ("cbc", _CBC)):
        ET.register_namespace(prefix, space)
    root = ET.Element(f"{{{_INVOICE}}}Invoice")
    for name, value in (
        ("CustomizationID", _RULES),
        ("ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"),
        ("ID", bill.number),
        ("IssueDate", bill.date.isoformat()),
        ("DueDate", bill.due.isoformat()),
        ("InvoiceTypeCode", "380"),
        ("DocumentCurrencyCode", bill.vendor.country.currency),
        ("BuyerReference", bill.order),
    ):
        _basic(root, name, value)
    _seller(bill, _part(_part(root, "AccountingSupplierParty"), "Party"))
    _buyer(bill, _part(_part(root, "AccountingCustomerParty"), "Party"))
    if bill.vendor.iban:
        means = _part(root, "PaymentMeans")
        _basic(means, "PaymentMeansCode", "30")
        _basic(_part(means, "PayeeFinancialAccount"), "ID", bill.vendor.iban)
    _taxes(bill, _part(root, "TaxTotal"))
    totals = _part(root, "LegalMonetaryTotal")
    for name, value in (
        ("LineExtensionAmount", bill.net),
        ("TaxExclusiveAmount", bill.net),
        ("TaxInclusiveAmount", bill.total),
        ("PayableAmount", bill.total),
    ):
        _amount(totals, name, value, bill)
    for at, line in enumerate(bill.lines, 1):
        row = _part(root, "InvoiceLine")
        _basic(row, "ID", str(at))
        _basic(row, "InvoicedQuantity", str(line.quantity), unitCode="C62")
        _amount(row, "LineExtensionAmount", line.total, bill)
        item = _part(row, "Item")
        _basic(item, "Name", line.text)
        _category(_part(item, "ClassifiedTaxCategory"), line.rate)
        _amount(_part(row, "Price"), "PriceAmount", line.unit_price, bill)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _part(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{_CAC}}}{name}")


def _basic(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, f"{{{_CBC}}}{name}", attributes).text = text


def _amount(parent: ET.Element, name: str, value: Decimal, bill: Bill) -> None:
    _basic(parent, name, f"{value:.2f}", currencyID=bill.vendor.country.currency)


def _seller(bill: Bill, party: ET.Element) -> None:
    vendor = bill.vendor
    _basic(_part(party, "PartyName"), "Name", vendor.name)
    address = _part(party, "PostalAddress")
    for name, text in (("StreetName", vendor.street), ("CityName", vendor.town), ("PostalZone", vendor.zip)):
        _basic(address, name, text)
    _basic(_part(address, "Country"), "IdentificationCode", vendor.country.code)
    if vendor.vat:
        scheme = _part(party, "PartyTaxScheme")
        _basic(scheme, "CompanyID", vendor.vat)
        _basic(_part(scheme, "TaxScheme"), "ID", "VAT")
    _basic(_part(party, "PartyLegalEntity"), "RegistrationName", vendor.name)


def _buyer(bill: Bill, party: ET.Element) -> None:
    name, street, *_rest = bill.vendor.buyer
    _basic(_part(_part(party, "PostalAddress"), "Country"), "IdentificationCode", "BE")
    _basic(_part(party, "PartyLegalEntity"), "RegistrationName", name)


def _taxes(bill: Bill, total: ET.Element) -> None:
    _amount(total, "TaxAmount", bill.tax, bill)
    for rate, base, tax in bill.taxes:
        part = _part(total, "TaxSubtotal")
        _amount(part, "TaxableAmount", base, bill)
        _amount(part, "TaxAmount", tax, bill)
        _category(_part(part, "TaxCategory"), rate)


def _category(category: ET.Element, rate: Decimal) -> None:
    _basic(category, "ID", "S" if rate else "AE")
    _basic(category, "Percent", str(rate))
    _basic(_part(category, "TaxScheme"), "ID", "VAT")
