"""What the reason codes of coding mean, as English templates; the models translate them.

Each value named in a template is in the reason's values, as text or number. ``account`` is filled in by the models.
"""

from __future__ import annotations

REASONS: dict[str, str] = {
    # who speaks
    "rule": "The rule '%(name)s' says so",
    "coded_before": "%(count)s of %(total)s payments of this payee since %(since)s went to %(account)s",
    "coded_last": "%(count)s of %(total)s payments of this payee went to %(account)s, the last one on %(last)s",
    "coded_often": "%(count)s of %(total)s payments of this payee went to %(account)s",
    "usual_amount": "%(count)s times over this amount",
    "usual_day": "It is paid on day %(day)s of the month",
    "usual_unit": "%(count)s of %(total)s from this bank account",
    "same_day": "%(count)s more of the same day went there",
    "alike_words": "Words like those of earlier payments: %(words)s",
    "alike_names": "Words of the account's name: %(words)s",
    "coded_alike": "Payments like this one mostly went to %(account)s",
    # balances
    "settles": "%(account)s: %(before)s before, %(after)s after",
    "settles_exactly": "The amount is exactly what stands on %(account)s",
    "settles_accrued": "Exactly this amount was booked on %(account)s on %(date)s",
    "settles_named": "The text names what stands on %(account)s",
    "settlement_first": "It may settle a balance: that goes before cost",
    # counterparts
    "counterpart_account": "The account number is that of %(name)s",
    "counterpart_reference": "The reference is that of %(name)s",
    "counterpart_partner": "The partner is %(name)s",
    "counterpart_name": "The bank calls it %(name)s",
    "counterpart_text": "The text names %(name)s",
    "counterpart_unsure": "It may be %(name)s: the name fits, the account number does not prove it",
    "settlement_asked": "It is %(name)s: what does this payment settle?",
    "period_told": "The text says %(first)s to %(last)s",
    "topic_named": "The text names what is paid",
    "due_period": "Exactly what was booked for the period until %(date)s",
    "due_until": "Exactly what was open at %(date)s",
    "due_balance": "Exactly what stands there",
    "due_stood": "Exactly what stood there at %(date)s and was not paid since",
    "due_accrued": "Exactly what was booked there on %(date)s",
    "due_together": "Together exactly what is owed on %(count)s accounts",
    "due_part": "%(due)s is owed: %(open)s stays open",
    "due_over": "%(due)s is owed: the payment is %(over)s more",
    "due_nothing": "Nothing of that amount is owed",
    "prepaid": "%(over)s is a prepayment or an estimate",
    "penalty": "%(over)s is a penalty or interest",
    # loans
    "loan_plan": "Instalment of %(date)s of %(name)s: interest %(interest)s, redeems %(redeemed)s",
    "loan_books_agree": "The books owe what the plan says: %(plan)s",
    "loan_books_differ": "The plan says that %(plan)s is owed, the books say %(books)s",
    "loan_by_books": "The plan's rate on the %(books)s that the books owe: interest %(interest)s, redeems %(redeemed)s",
    "loan_different": "The plan of %(name)s has %(planned)s: its interest of %(interest)s, the rest redeems",
    "loan_extra": "An extra repayment of %(name)s: all of it redeems",
    "loan_paid_out": "The loan %(name)s is paid out: %(amount)s",
    "loan_paid_out_different": "The loan %(name)s is over %(amount)s: not all of it was paid out",
    # the parts
    "split_same": "Split as the last time: the same amount",
    "split_fixed": "Split as before: a part is always the same amount",
    "split_loan": "Split as before: interest on what is still owed, the rest redeems",
    "split_shares": "Split in the proportions of the last times",
    # taxes
    "no_document": "No document: no input VAT is claimed, the whole amount is cost",
    "receipt_missing": "Input VAT is claimed without a document: the receipt is missing",
    # questions and nothing
    "contradictory": "People have coded this payee to several accounts: %(account)s",
    "not_sure": "The best answer is not sure enough to propose it",
    "never_coded": "Nobody has coded this payee, nor anything like it",
    "lost_share": "Fewer payments went there: %(count)s of %(total)s",
    "lost_rule": "The rule '%(name)s' stands before",
    "lost_to_rule": "A rule goes first",
    "explained": "An open item or a transfer explains it",
    "bill_expected": "A bill is expected: it is matched when it comes",
    "expense_expected": "An expense report is expected: it is matched when it comes",
    "asked_already": "It may settle open items: that question comes first",
}
