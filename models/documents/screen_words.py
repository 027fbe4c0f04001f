"""Words and order of what the screen of a document shows, translatable."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

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
#: What is shown where it was read.
WHERE_READ = (
    "service_from",
    "service_to",
    "terms",
    "to_pay",
    "prepaid",
    "withheld",
    "original_number",
    "customer_number",
    "buyer",
    "buyer_vat",
    "vendor_bic",
    "vendor_registry",
    "vendor_phone",
    "vendor_email",
    "vendor_website",
    "vendor_street",
    "vendor_zip",
    "vendor_city",
    "vendor_country",
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
