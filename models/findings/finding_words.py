"""The sentences of findings, one a code of ``engine.anomaly.checks``, and what their buttons are called."""

from odoo.tools.translate import LazyTranslate

from .bank_finding_words import BANK_ACTIONS, BANK_FINDINGS, BANK_LABELS

_lt = LazyTranslate(__name__)

FINDINGS = {
    "twin_content": _lt("The same file came before, for %(twin)s."),
    "twin_number": _lt("%(twin)s has the same number and the same amount."),
    "twin_other_amount": _lt(
        "%(twin)s has the same number and another amount: another page of it, or a corrected bill?"
    ),
    "twin_retyped": _lt("%(twin)s has the same amount and nearly the same number."),
    "twin_lost_prefix": _lt("%(twin)s has the same amount, and a number that differs in its beginning or end only."),
    "twin_other_vendor": _lt("%(twin)s has the same number and amount, under another record of the vendor."),
    "twin_no_number": _lt("%(twin)s has the same vendor, amount and date; one of the two has no number."),
    "twin_other_number": _lt("%(twin)s has the same vendor and amount at the same time, under another number."),
    "cost_bank_line": _lt(
        "%(amount)s to this vendor was booked as a cost straight from the bank on %(date)s: %(twin)s."
    ),
    "cost_expense": _lt("An employee's expense of %(date)s has the same cost: %(twin)s."),
    "cost_fees": _lt("The fees kept from payments in that month, booked until %(date)s, add up to %(amount)s already."),
    "buyer_stranger": _lt("It is addressed to %(name)s, not to this company."),
    "buyer_other": _lt("It is addressed to %(name)s, another company of this database."),
    "buyer_unnamed": _lt("This company stands nowhere on the document. Is the bill for it?"),
    "bank_changed": _lt(
        "It asks for payment to %(account)s. This vendor has other accounts until now: once posted, its payment is "
        "blocked until a manager has confirmed the account."
    ),
    "bank_first": _lt("It is the first bank account that is known of this vendor: %(account)s."),
    "iban_of_other": _lt("The account %(account)s belongs to %(twin)s."),
    "vat_invalid": _lt("The VAT id %(vat)s can't be right: its check digits or length are wrong."),
    "vat_other": _lt("The VAT id %(vat)s is not that of this vendor, %(known)s."),
    "total_unusual": _lt("%(amount)s is far more than the usual %(usual)s of this vendor."),
    "vendor_new": _lt("%(name)s is a new vendor."),
    "vendor_dormant": _lt("This vendor has sent nothing since %(date)s."),
    "period_locked": _lt("%(date)s is locked: it would be booked on %(booked)s."),
    "period_crossing": _lt("The service reaches from %(first)s to %(last)s: over a month's end."),
    "prior_year": _lt("The cost is of %(date)s, before the fiscal year in which it would be booked."),
    "fixed_asset": _lt("“%(label)s” for %(amount)s is likely a fixed asset (limit %(limit)s), and coded to costs."),
    "picture_differs": _lt("The e-invoice and its picture do not say the same. %(what)s"),
    "totals_differ": _lt("The amounts that it prints do not add up."),
    **BANK_FINDINGS,
}
#: What the picture and the XML tell differently.
DIFFERS = _lt("%(field)s: %(xml)s in the e-invoice, %(text)s in the picture.")

#: {method: label} of what may be done beside dismissing, by code.
ATTACH, MOVE, CONFIRM, OPEN = "action_attach", "action_move_company", "action_confirm", "action_open_twin"
LABELS = {
    ATTACH: _lt("Attach to that entry"),
    MOVE: _lt("Move it there"),
    CONFIRM: _lt("Confirm the account"),
    OPEN: _lt("Open the other"),
    **BANK_LABELS,
}
ACTIONS = {
    "cost_bank_line": (ATTACH,),
    "cost_expense": (ATTACH,),
    "cost_fees": (ATTACH,),
    "buyer_other": (MOVE,),
    "bank_changed": (CONFIRM,),
    "iban_of_other": (CONFIRM,),
    **BANK_ACTIONS,
}
#: Whose findings keep a posted bill from being paid until a manager confirms.
HOLDING = ("bank_changed", "iban_of_other")
GONE = _lt("a record that you may not see")
