"""UBL 2: Invoice and CreditNote (OASIS Universal Business Language 2.1, EN 16931-3-2)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from . import told
from .xmltree import Node, number

_MONEY = "LegalMonetaryTotal|RequestedMonetaryTotal"
_LINES = "InvoiceLine|CreditNoteLine|DebitNoteLine"
_VAT_SCHEMES = ("VAT", "GST", "IVA", "TVA")


def read(root: Node) -> list[dict[str, Any]]:
    kind = _kind(root)
    items = [_item(line) for line in root.all(_LINES)] + _allowances(root)
    return [told.reading(kind, _fields(root), items, _taxes(root), "ubl")]


def _kind(root):
    if root.name == "CreditNote":
        return told.CREDIT_NOTE
    return told.KINDS.get(root.text("InvoiceTypeCode"), told.BILL)


def _fields(root):
    supplier = root.first("AccountingSupplierParty/Party") or root
    customer = root.first("AccountingCustomerParty/Party") or root
    return {
        **_document(root),
        **_amounts(root),
        **_vendor(supplier),
        **_payment(root),
        "buyer": _name(customer),
        "buyer_vat": _vat(customer),
        "customer_number": root.text("AccountingCustomerParty/SupplierAssignedAccountID"),
    }


def _document(root):
    delivered = root.day("Delivery/ActualDeliveryDate")
    period = root.first("InvoicePeriod")
    return {
        "number": root.text("ID"),
        "date": root.day("IssueDate"),
        "due_date": root.day("DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate"),
        "service_from": (period.day("StartDate") if period else "") or delivered,
        "service_to": (period.day("EndDate") if period else "") or delivered,
        "currency": _currency(root),
        "terms": root.text("PaymentTerms/Note"),
        "order_reference": root.text("OrderReference/ID", "InvoiceLine/OrderLineReference/OrderReference/ID"),
        "original_number": root.text("BillingReference/InvoiceDocumentReference/ID"),
    }


def _currency(root):
    money = root.first(f"{_MONEY}/PayableAmount")
    return root.text("DocumentCurrencyCode") or (money.get("currencyID") if money else "")


def _amounts(root):
    currency = _currency(root)
    taxes = [node for node in root.all("TaxTotal/TaxAmount") if node.get("currencyID") in ("", currency)]
    net = root.amount(f"{_MONEY}/TaxExclusiveAmount")
    total = root.amount(f"{_MONEY}/TaxInclusiveAmount")
    to_pay = root.amount(f"{_MONEY}/PayableAmount")
    prepaid = root.amount(f"{_MONEY}/PrepaidAmount")
    rounding = root.amount(f"{_MONEY}/PayableRoundingAmount") or 0
    if total is None and to_pay is not None:
        total = to_pay + (prepaid or 0) - rounding
    return {
        "net": net,
        "tax": sum((_decimal(node) for node in taxes), Decimal()) if taxes else _difference(total, net),
        "total": total,
        "to_pay": to_pay,
        "prepaid": prepaid,
        "withheld": root.amount("WithholdingTaxTotal/TaxAmount"),
    }


def _decimal(node):
    return number(node.value) or Decimal()


def _difference(total, net):
    return None if total is None or net is None else total - net


def _name(party):
    return party.text("PartyLegalEntity/RegistrationName", "PartyName/Name")


def _vat(party):
    schemes = party.all("PartyTaxScheme")
    for scheme in schemes:
        if scheme.text("TaxScheme/ID").upper() in _VAT_SCHEMES:
            return scheme.text("CompanyID")
    return ""


def _vendor(party):
    address = party.first("PostalAddress") or party
    return {
        "vendor": _name(party),
        "vendor_vat": _vat(party),
        "vendor_registry": party.text("PartyLegalEntity/CompanyID"),
        "vendor_phone": party.text("Contact/Telephone"),
        "vendor_email": party.text("Contact/ElectronicMail"),
        "vendor_website": party.text("WebsiteURI"),
        "vendor_street": " ".join(filter(None, (address.text("StreetName"), address.text("BuildingNumber")))),
        "vendor_zip": address.text("PostalZone"),
        "vendor_city": address.text("CityName"),
        "vendor_country": address.text("Country/IdentificationCode"),
    }


def _payment(root):
    means = root.all("PaymentMeans")
    paid_to = next((mean for mean in means if mean.text("PayeeFinancialAccount/ID")), None)
    account = paid_to.first("PayeeFinancialAccount") if paid_to else None
    return {
        "vendor_iban": account.text("ID") if account else "",
        "vendor_bic": _bank(account) if account else "",
        "payment_reference": next((mean.text("PaymentID") for mean in means if mean.text("PaymentID")), ""),
    }


def _bank(account):
    branch = account.first("FinancialInstitutionBranch")
    return branch.text("ID", "FinancialInstitution/ID") if branch else ""


def _item(line: Node) -> dict[str, Any]:
    quantity = line.amount("InvoicedQuantity|CreditedQuantity|DebitedQuantity")
    price = line.amount("Price/PriceAmount")
    base = line.amount("Price/BaseQuantity")
    if price is not None and base:
        price = price / base
    return {
        "text": told.joined(line.text("Item/Name"), line.text("Item/Description")),
        "code": line.text("Item/SellersItemIdentification/ID", "Item/StandardItemIdentification/ID"),
        "quantity": quantity,
        "unit_price": price,
        "total": line.amount("LineExtensionAmount"),
        "tax_rate": line.amount(
            "Item/ClassifiedTaxCategory/Percent",
            "TaxTotal/TaxSubtotal/TaxCategory/Percent",
            "TaxTotal/TaxSubtotal/Percent",
        ),
        "discount": told.discount(_reduced(line), price, quantity),
    }


def _reduced(line):
    """What allowances of a line take off; charges beside them make it no plain discount."""
    parts = line.all("AllowanceCharge")
    if any(_is_charge(part) for part in parts):
        return None
    return sum((part.amount("Amount") or Decimal() for part in parts), Decimal())


def _is_charge(node):
    return node.text("ChargeIndicator").lower() in ("true", "1")


def _allowances(root):
    return [
        {
            "text": part.text("AllowanceChargeReason", "AllowanceChargeReasonCode"),
            "total": (part.amount("Amount") or Decimal()) * (1 if _is_charge(part) else -1),
            "tax_rate": part.amount("TaxCategory/Percent"),
        }
        for part in root.all("AllowanceCharge")
    ]


def _taxes(root):
    currency = _currency(root)
    for part in root.all("TaxTotal/TaxSubtotal"):
        amount = part.first("TaxAmount")
        if amount is not None and amount.get("currencyID") not in ("", currency):
            continue
        yield {
            "rate": part.amount("TaxCategory/Percent", "Percent") or Decimal(),
            "base": part.amount("TaxableAmount"),
            "tax": part.amount("TaxAmount"),
            "code": part.text("TaxCategory/ID"),
        }
