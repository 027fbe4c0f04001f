"""CII: Cross Industry Invoice of UN/CEFACT, as in Factur-X and ZUGFeRD 2, ZUGFeRD 1 and its draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from . import told
from .xmltree import Node, number

# The names of ZUGFeRD 2 and Factur-X | those of ZUGFeRD 1.
_HEAD = "ExchangedDocument|HeaderExchangedDocument"
_DEAL = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREED = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_DELIVERED = "ApplicableHeaderTradeDelivery|ApplicableSupplyChainTradeDelivery"
_SETTLED = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_LINE_AGREED = "SpecifiedLineTradeAgreement|SpecifiedSupplyChainTradeAgreement"
_LINE_DELIVERED = "SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery"
_LINE_SETTLED = "SpecifiedLineTradeSettlement|SpecifiedSupplyChainTradeSettlement"
_LINE_SUMS = "SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_RATE = "RateApplicablePercent|ApplicablePercent"
_DAY = "DateTimeString"
_ISSUED = f"{_HEAD}/IssueDateTime"
_DUE = "SpecifiedTradePaymentTerms/DueDateDateTime"
_NET_PRICE = "NetPriceProductTradePrice"
_GROSS_PRICE = "GrossPriceProductTradePrice"


def read(root: Node) -> list[dict[str, Any]]:
    deal = root.first(_DEAL) or root
    settled = deal.first(_SETTLED) or deal
    kind = told.KINDS.get(root.text(f"{_HEAD}/TypeCode"), told.BILL)
    lines = [item for line in deal.all("IncludedSupplyChainTradeLineItem") if (item := _item(line))]
    fields = {**_document(root, deal, settled), **_amounts(settled), **_payment(settled), **_parties(deal)}
    return [told.reading(kind, fields, lines + _allowances(settled), _taxes(settled), "cii")]


def _document(root, deal, settled):
    agreed = deal.first(_AGREED) or deal
    delivered = deal.day(f"{_DELIVERED}/ActualDeliverySupplyChainEvent/OccurrenceDateTime/{_DAY}")
    period = settled.first("BillingSpecifiedPeriod") or root
    return {
        "number": root.text(f"{_HEAD}/ID"),
        "date": root.day(f"{_ISSUED}/{_DAY}", _ISSUED),
        "due_date": settled.day(f"{_DUE}/{_DAY}", _DUE),
        "service_from": period.day(f"StartDateTime/{_DAY}") or delivered,
        "service_to": period.day(f"EndDateTime/{_DAY}") or delivered,
        "currency": _currency(settled),
        "terms": settled.text("SpecifiedTradePaymentTerms/Description"),
        "order_reference": agreed.text("BuyerOrderReferencedDocument/IssuerAssignedID|ID"),
        "original_number": settled.text("InvoiceReferencedDocument/IssuerAssignedID|ID"),
    }


def _currency(settled):
    total = settled.first(f"{_SUMS}/GrandTotalAmount")
    return settled.text("InvoiceCurrencyCode") or (total.get("currencyID") if total else "")


def _amounts(settled):
    sums = settled.first(_SUMS) or settled
    currency = _currency(settled)
    net, total = sums.amount("TaxBasisTotalAmount"), sums.amount("GrandTotalAmount")
    taxes = sums.all("TaxTotalAmount")
    tax = next((node for node in taxes if node.get("currencyID") in ("", currency)), None)
    return {
        "net": net,
        "tax": _number(tax) if tax else _difference(total, net),
        "total": total,
        "to_pay": sums.amount("DuePayableAmount"),
        "prepaid": sums.amount("TotalPrepaidAmount"),
    }


def _number(node):
    return number(node.value)


def _difference(total, net):
    return None if total is None or net is None else total - net


def _payment(settled):
    means = settled.all("SpecifiedTradeSettlementPaymentMeans")
    account = "PayeePartyCreditorFinancialAccount"
    paid_to = next((mean for mean in means if mean.first(account)), None)
    return {
        "vendor_iban": paid_to.text(f"{account}/IBANID", f"{account}/ProprietaryID") if paid_to else "",
        "vendor_bic": paid_to.text("PayeeSpecifiedCreditorFinancialInstitution/BICID") if paid_to else "",
        "payment_reference": settled.text("PaymentReference"),
    }


def _parties(deal):
    agreed = deal.first(_AGREED) or deal
    seller = agreed.first("SellerTradeParty") or agreed
    buyer = agreed.first("BuyerTradeParty") or agreed
    address = seller.first("PostalTradeAddress") or seller
    contact = seller.first("DefinedTradeContact") or seller
    return {
        "vendor": _name(seller, agreed),
        "vendor_vat": _vat(seller),
        "vendor_registry": seller.text("SpecifiedLegalOrganization/ID"),
        "vendor_phone": contact.text("TelephoneUniversalCommunication/CompleteNumber"),
        "vendor_email": contact.text("EmailURIUniversalCommunication/URIID|CompleteNumber"),
        "vendor_street": address.text("LineOne"),
        "vendor_zip": address.text("PostcodeCode"),
        "vendor_city": address.text("CityName"),
        "vendor_country": address.text("CountryID"),
        "buyer": _name(buyer, agreed),
        "buyer_vat": _vat(buyer),
        "customer_number": buyer.text("ID"),
    }


def _name(party, nobody):
    return "" if party is nobody else party.text("Name", "SpecifiedLegalOrganization/TradingBusinessName")


def _vat(party):
    for node in party.all("SpecifiedTaxRegistration/ID"):
        if node.get("schemeID") == "VA":
            return node.value
    return ""


def _item(line: Node) -> dict[str, Any] | None:
    """A line; None for a mere note between them."""
    product = line.first("SpecifiedTradeProduct")
    total = line.amount(f"{_LINE_SETTLED}/{_LINE_SUMS}/LineTotalAmount")
    if total is None and line.text("AssociatedDocumentLineDocument/IncludedNote/Content") and not product:
        return None
    agreed = line.first(_LINE_AGREED) or line
    quantity = line.amount(f"{_LINE_DELIVERED}/BilledQuantity")
    price = _price(agreed, _NET_PRICE)
    gross = _price(agreed, _GROSS_PRICE)
    return {
        "text": _text(product, line),
        "code": product.text("SellerAssignedID", "GlobalID") if product else "",
        "quantity": quantity,
        "unit_price": price if price is not None else gross,
        "total": total,
        "tax_rate": line.amount(f"{_LINE_SETTLED}/ApplicableTradeTax/{_RATE}"),
        "discount": told.discount(_reduced(line), price, quantity),
    }


def _text(product, line):
    note = line.text("AssociatedDocumentLineDocument/IncludedNote/Content")
    return told.joined(product.text("Name"), product.text("Description")) if product else note


def _price(agreed, name):
    price, base = agreed.amount(f"{name}/ChargeAmount"), agreed.amount(f"{name}/BasisQuantity")
    return price / base if price is not None and base else price


def _reduced(line):
    parts = line.all(f"{_LINE_SETTLED}/SpecifiedTradeAllowanceCharge")
    if any(_is_charge(part) for part in parts):
        return None
    return sum((part.amount("ActualAmount") or Decimal() for part in parts), Decimal())


def _is_charge(node):
    return node.text("ChargeIndicator/Indicator", "ChargeIndicator").lower() in ("true", "1")


def _allowances(settled):
    found = [
        {
            "text": part.text("Reason", "ReasonCode"),
            "total": (part.amount("ActualAmount") or Decimal()) * (1 if _is_charge(part) else -1),
            "tax_rate": part.amount(f"CategoryTradeTax/{_RATE}"),
        }
        for part in settled.all("SpecifiedTradeAllowanceCharge")
    ]
    charges = [
        {
            "text": part.text("Description"),
            "total": part.amount("AppliedAmount"),
            "tax_rate": part.amount(f"AppliedTradeTax/{_RATE}"),
        }
        for part in settled.all("SpecifiedLogisticsServiceCharge")
    ]
    return found + charges


def _taxes(settled):
    for part in settled.all("ApplicableTradeTax"):
        yield {
            "rate": part.amount(_RATE) or Decimal(),
            "base": part.amount("BasisAmount"),
            "tax": part.amount("CalculatedAmount"),
            "code": part.text("CategoryCode"),
        }
