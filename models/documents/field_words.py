"""Names of the fields of a document, in the user's language."""


def field_name(env, name):
    """``due_date`` as people call it; the name itself for one that is not known here."""
    return _names(env).get(name, name)


def _names(env):
    return {**_of_vendor(env), **_of_document(env)}


def _of_vendor(env):
    return {
        "vendor": env._("Vendor"),
        "vendor_vat": env._("Vendor's VAT number"),
        "vendor_iban": env._("Vendor's bank account"),
        "vendor_bic": env._("Bank (BIC)"),
        "vendor_registry": env._("Vendor's register number"),
        "vendor_phone": env._("Vendor's phone"),
        "vendor_email": env._("Vendor's mail address"),
        "vendor_website": env._("Vendor's website"),
        "vendor_street": env._("Vendor's street"),
        "vendor_zip": env._("Vendor's postcode"),
        "vendor_city": env._("Vendor's city"),
        "vendor_country": env._("Vendor's country"),
        "customer_number": env._("Customer number"),
        "buyer": env._("Buyer"),
        "buyer_vat": env._("Buyer's VAT number"),
    }


def _of_document(env):
    return {
        "kind": env._("Kind of document"),
        "number": env._("Bill number"),
        "original_number": env._("Number of the corrected bill"),
        "terms": env._("Payment terms"),
        "currency": env._("Currency"),
        "order_reference": env._("Order reference"),
        "payment_reference": env._("Payment reference"),
        "date": env._("Date"),
        "due_date": env._("Due date"),
        "service_from": env._("Service from"),
        "service_to": env._("Service until"),
        "net": env._("Net amount"),
        "tax": env._("Tax"),
        "total": env._("Total"),
        "to_pay": env._("Amount to pay"),
        "prepaid": env._("Paid already"),
        "withheld": env._("Withheld"),
    }
