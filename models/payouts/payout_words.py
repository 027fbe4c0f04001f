"""The words of payouts, translatable: kinds of rows, how they were explained, notes of files."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

KINDS = {
    "sale": "Sale",
    "refund": "Refund",
    "chargeback": "Chargeback",
    "chargeback_won": "Chargeback Won",
    "fee": "Fee",
    "reserve_held": "Reserve Withheld",
    "reserve_released": "Reserve Released",
    "adjustment": "Adjustment",
}
HOWS = {
    "chosen": "Chosen",
    "left": "Left by a Person",
    "reference": "Reference",
    "part": "Reference, in Part",
    "over": "Reference, Paid Too Much",
    "customer": "Customer and Amount",
    "amount": "Amount on Clearing",
    "sum": "Sum on Clearing",
    "day": "Sum of the Day",
    "reopened": "Reopens What It Had Paid",
    "owed": "Customer Known, No Document",
    "asked": "Asks",
    "nothing": "Nothing Found",
    "cancelled": "Sale of This Payout, Disputed",
    "account": "By Kind",
}
#: What the rows of the entry are called.
LABELS = {
    "sale": _lt("Sale"),
    "refund": _lt("Refund"),
    "chargeback": _lt("Chargeback"),
    "chargeback_won": _lt("Chargeback won"),
    "reopened": _lt("Chargeback"),
    "overpaid": _lt("Paid too much"),
    "owed": _lt("Without a document"),
    "left": _lt("Not explained"),
    "kept": _lt("Balance kept by the provider"),
    "reserve_held": _lt("Reserve withheld"),
    "reserve_released": _lt("Reserve released"),
    "adjustment": _lt("Adjustment"),
    "fee": _lt("Fees"),
    "fee_paid": _lt("Fees kept of payouts"),
    "net": _lt("Payout"),
    "exchange": _lt("Exchange difference"),
}
NOTES = {
    "rows_skipped": _lt("%(count)s rows without date or amount were passed over, the first on line %(first)s."),
    "unknown_kinds": _lt("Kinds of rows that are not known are taken as adjustments: %(words)s. Say what they mean."),
    "kept": _lt("The rows of %(payout)s make %(amount)s more than its transfer: that stays with the provider."),
    "ambiguous_dates": _lt("Day and month can't be told apart (%(example)s): check the date format."),
    "ambiguous_amounts": _lt("Amounts can be read in two ways: check the decimal mark."),
    "known_payout": _lt("The payout %(payout)s was taken before and is left out."),
    "no_currency": _lt("The file names no currency: %(currency)s is assumed."),
}
