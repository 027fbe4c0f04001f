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
