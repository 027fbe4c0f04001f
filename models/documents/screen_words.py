"""Labels of what is read from documents, translatable."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: Labels of the fields, by the names of ``engine.extraction.reading.FIELDS``, in the order of the screen.
FIELD_LABELS = {
    "vendor": _lt("Vendor"),
    "vendor_vat": _lt("VAT ID"),
    "vendor_iban": _lt("IBAN"),
    "number": _lt("Bill number"),
    "date": _lt("Bill date"),
    "due_date": _lt("Due date"),
    "currency": _lt("Currency"),
    "net": _lt("Net"),
    "tax": _lt("Tax"),
    "total": _lt("Total"),
    "order_reference": _lt("Order"),
    "payment_reference": _lt("Payment reference"),
    "service_from": _lt("Service from"),
    "service_to": _lt("Service to"),
    "terms": _lt("Terms"),
    "to_pay": _lt("To pay"),
    "prepaid": _lt("Paid already"),
    "withheld": _lt("Withheld"),
    "original_number": _lt("Corrects bill"),
    "customer_number": _lt("Customer number"),
    "buyer": _lt("Buyer"),
    "buyer_vat": _lt("Buyer's VAT ID"),
    "vendor_bic": _lt("BIC"),
    "vendor_registry": _lt("Registry number"),
    "vendor_phone": _lt("Phone"),
    "vendor_email": _lt("Email"),
    "vendor_website": _lt("Website"),
    "vendor_street": _lt("Street"),
    "vendor_zip": _lt("ZIP"),
    "vendor_city": _lt("City"),
    "vendor_country": _lt("Country"),
}
#: What is always shown, read or not: a person fills what is missing.
ALWAYS = (
    "vendor",
    "vendor_vat",
    "vendor_iban",
    "number",
    "date",
    "due_date",
    "currency",
    "net",
    "tax",
    "total",
    "order_reference",
    "payment_reference",
)

KINDS = {
    "bill": _lt("Bill"),
    "credit_note": _lt("Credit note"),
    "receipt": _lt("Receipt"),
    "reminder": _lt("Reminder"),
    "proforma": _lt("Pro-forma invoice"),
    "order_confirmation": _lt("Order confirmation"),
    "delivery_note": _lt("Delivery note"),
    "statement": _lt("Account statement"),
    "unknown": _lt("Unknown"),
}

#: Where a value comes from.
SOURCES = {
    "xml": _lt("from the e-invoice's XML"),
    "text": _lt("from the text of the PDF"),
    "ocr": _lt("recognised from the picture"),
    "layout": _lt("learned from earlier bills of this vendor"),
    "computed": _lt("computed from other values"),
    "model": _lt("from a language model, found in the document's text"),
    "person": _lt("set by a person"),
}
