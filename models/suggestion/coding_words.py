"""The words of codings that come as codes, translatable; they repeat ``engine.coding.explain.REASONS``."""

from odoo.tools.translate import LazyTranslate

from .settling_words import SETTLING_REASONS

_lt = LazyTranslate(__name__)

CODING_REASONS = {
    # who speaks
    "rule": _lt("The rule '%(name)s' says so"),
    "coded_before": _lt("%(count)s of %(total)s payments of this payee since %(since)s went to %(account)s"),
    "coded_last": _lt("%(count)s of %(total)s payments of this payee went to %(account)s, the last one on %(last)s"),
    "coded_often": _lt("%(count)s of %(total)s payments of this payee went to %(account)s"),
    "usual_amount": _lt("%(count)s times over this amount"),
    "usual_day": _lt("It is paid on day %(day)s of the month"),
    "usual_unit": _lt("%(count)s of %(total)s from this bank account"),
    "same_day": _lt("%(count)s more of the same day went there"),
    "alike_words": _lt("Words like those of earlier payments: %(words)s"),
    "alike_names": _lt("Words of the account's name: %(words)s"),
    "coded_alike": _lt("Payments like this one mostly went to %(account)s"),
    # balances
    "settles": _lt("%(account)s: %(before)s before, %(after)s after"),
    "settles_exactly": _lt("The amount is exactly what stands on %(account)s"),
    "settles_accrued": _lt("Exactly this amount was booked on %(account)s on %(date)s"),
    "settles_named": _lt("The text names what stands on %(account)s"),
    "settlement_first": _lt("It may settle a balance: that goes before cost"),
    # the parts
    "split_same": _lt("Split as the last time: the same amount"),
    "split_fixed": _lt("Split as before: a part is always the same amount"),
    "split_loan": _lt("Split as before: interest on what is still owed, the rest redeems"),
    "split_shares": _lt("Split in the proportions of the last times"),
    # taxes
    "no_document": _lt("No document: no input VAT is claimed, the whole amount is cost"),
    "receipt_missing": _lt("Input VAT is claimed without a document: the receipt is missing"),
    # questions and nothing
    "contradictory": _lt("People have coded this payee to several accounts: %(account)s"),
    "not_sure": _lt("The best answer is not sure enough to propose it"),
    "never_coded": _lt("Nobody has coded this payee, nor anything like it"),
    "lost_share": _lt("Fewer payments went there: %(count)s of %(total)s"),
    "lost_rule": _lt("The rule '%(name)s' stands before"),
    "lost_to_rule": _lt("A rule goes first"),
    "explained": _lt("An open item or a transfer explains it"),
    "bill_expected": _lt("A bill is expected: it is matched when it comes"),
    "expense_expected": _lt("An expense report is expected: it is matched when it comes"),
    "asked_already": _lt("It may settle open items: that question comes first"),
    **SETTLING_REASONS,
}
