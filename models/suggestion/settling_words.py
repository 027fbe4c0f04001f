"""The words of counterparts and loans that come as codes, translatable; ``engine.coding.explain`` has the same."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

SETTLING_REASONS = {
    # counterparts
    "counterpart_account": _lt("The account number is that of %(name)s"),
    "counterpart_reference": _lt("The reference is that of %(name)s"),
    "counterpart_partner": _lt("The partner is %(name)s"),
    "counterpart_name": _lt("The bank calls it %(name)s"),
    "counterpart_text": _lt("The text names %(name)s"),
    "counterpart_unsure": _lt("It may be %(name)s: the name fits, the account number does not prove it"),
    "settlement_asked": _lt("It is %(name)s: what does this payment settle?"),
    "period_told": _lt("The text says %(first)s to %(last)s"),
    "topic_named": _lt("The text names what is paid"),
    "due_period": _lt("Exactly what was booked for the period until %(date)s"),
    "due_until": _lt("Exactly what was open at %(date)s"),
    "due_balance": _lt("Exactly what stands there"),
    "due_stood": _lt("Exactly what stood there at %(date)s and was not paid since"),
    "due_accrued": _lt("Exactly what was booked there on %(date)s"),
    "due_together": _lt("Together exactly what is owed on %(count)s accounts"),
    "due_part": _lt("%(due)s is owed: %(open)s stays open"),
    "due_over": _lt("%(due)s is owed: the payment is %(over)s more"),
    "due_nothing": _lt("Nothing of that amount is owed"),
    "prepaid": _lt("%(over)s is a prepayment or an estimate"),
    "penalty": _lt("%(over)s is a penalty or interest"),
    # loans
    "loan_plan": _lt("Instalment of %(date)s of %(name)s: interest %(interest)s, redeems %(redeemed)s"),
    "loan_books_agree": _lt("The books owe what the plan says: %(plan)s"),
    "loan_books_differ": _lt("The plan says that %(plan)s is owed, the books say %(books)s"),
    "loan_by_books": _lt(
        "The plan's rate on the %(books)s that the books owe: interest %(interest)s, redeems %(redeemed)s"
    ),
    "loan_different": _lt("The plan of %(name)s has %(planned)s: its interest of %(interest)s, the rest redeems"),
    "loan_extra": _lt("An extra repayment of %(name)s: all of it redeems"),
    "loan_paid_out": _lt("The loan %(name)s is paid out: %(amount)s"),
    "loan_paid_out_different": _lt("The loan %(name)s is over %(amount)s: not all of it was paid out"),
}
