"""Why money on account is taxed, used or left alone, in words."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

ADVANCE_REASONS = {
    "advance_said": _lt("The text says that it is an advance payment"),
    "advance_nothing_owed": _lt("Nothing was owed when the money came"),
    "advance_owes": _lt("Open when the money came: %(names)s"),
    "advance_twice": _lt("Paid before, over the same amount: %(names)s. It may be a second payment"),
    "advance_rest": _lt("It is the rest of a payment of documents, and may be an overpayment"),
    "advance_tax_default": _lt("%(tax)s: set for advances"),
    "advance_tax_usual": _lt("%(tax)s: on all earlier invoices of this customer"),
    "advance_tax_several": _lt("Earlier invoices of this customer had several taxes: %(taxes)s"),
    "advance_due": _lt("Tax is due when the money is received: %(open)s are on account"),
    "advance_back": _lt("Declared were %(declared)s, still on account are %(open)s: the difference is taken back"),
    "advance_day": _lt("Booked on %(date)s: the day itself (%(day)s) is locked"),
    "advance_named": _lt("The payment names this document"),
    "advance_only": _lt("This partner has no other open document"),
    "advance_rivals": _lt("%(count)s other open documents of this partner, and the money names none"),
    "advance_strange": _lt("Of several payments on account, one names a number that this document does not have"),
    "advance_use": _lt("%(name)s of %(date)s stands on account: %(amount)s of %(open)s are used"),
    "advance_release": _lt("The document declares its own tax, so what was declared on the advance is taken back"),
    "advance_exchange": _lt("Exchange difference of %(amount)s on %(date)s"),
    "advance_with_tax": _lt("An advance, with %(tax)s"),
    "advance_pays": _lt("Pay it with %(names)s"),
    "netting_agreed": _lt("Agreed: %(text)s"),
    "netting_sums": _lt("Owed to us %(owed)s, owed by us %(owing)s: %(amount)s settle each other"),
    "netting_rate": _lt("Foreign currency at the rate of %(date)s; exchange differences follow"),
    "netting_amount": _lt("Net %(amount)s"),
}
