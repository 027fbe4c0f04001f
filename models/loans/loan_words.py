"""What is wrong with a plan, as sentences: the engine's codes and the lender's file's."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

PLAN_PROBLEMS = {
    "unknown_kind": _lt("This kind of loan can't be computed: import the lender's plan."),
    "no_principal": _lt("The principal must be above zero."),
    "bad_rate": _lt("The interest rate lies between 0 and 100 percent."),
    "bad_count": _lt("A plan has 1 to 600 instalments."),
    "bad_dates": _lt("The first instalment lies before the day from which interest runs."),
    "bad_months": _lt("Instalments are paid every 1, 2, 3, 6 or 12 months."),
    "bad_payment": _lt("The agreed payment must be above zero, the fee not below."),
    "never_ends": _lt(
        "The payment does not cover the interest: such a loan never ends. Check rate, payment and dates."
    ),
    "extra_too_much": _lt("On %(date)s %(extra)s is more than the %(open)s that are owed."),
    "change_outside": _lt("A change lies before the day from which interest runs."),
    "bad_change": _lt("A change is a new rate or an extra repayment above zero."),
}
FILE_PROBLEMS = {
    "order": _lt("Line %(line)s: %(date)s comes before the line above."),
    "incomplete": _lt("Line %(line)s: two of payment, interest, principal and balance are needed."),
    "sum": _lt("Line %(line)s: the parts make %(sum)s, not the payment of %(payment)s."),
    "balance": _lt("Line %(line)s: %(computed)s would be left, but the file says %(balance)s."),
    "negative": _lt("Line %(line)s: an amount is below zero."),
    "total": _lt("After the last instalment %(open)s of %(principal)s would still be owed: is it the whole plan?"),
    "empty": _lt("The file has no instalments."),
}
