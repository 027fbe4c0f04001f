"""The words of codings that come as codes, translatable; they repeat ``engine.coding.explain.REASONS``."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

CODING_REASONS = {
    # who speaks
    "rule": _lt("The rule '%(name)s' says so"),
    "coded_before": _lt("%(count)s of %(total)s payments of this payee since %(since)s went to %(account)s"),
    "coded_last": _lt("%(count)s of %(total)s payments of this payee went to %(account)s, the last one on %(last)s"),
    "coded_alike": _lt("Payments like this one mostly went to %(account)s"),
    # the parts
    "split_same": _lt("Split as the last time: the same amount"),
    "split_fixed": _lt("Split as before: a part is always the same amount"),
    "split_loan": _lt("Split as before: interest on what is still owed, the rest redeems"),
    "split_shares": _lt("Split in the proportions of the last times"),
    "split_unknown": _lt("Nobody has split such a payment before: how it splits is not known"),
    # taxes and accounts
    "no_document": _lt("No document: no input VAT is claimed, the whole amount is cost"),
    "receipt_missing": _lt("Input VAT is claimed without a document: the receipt is missing"),
    "account_gone": _lt("What was used before cannot be booked on any more: %(account)s"),
    "account_forbidden": _lt("%(account)s is not to be used"),
    "tax_gone": _lt("A tax that was used before is not active any more"),
    # questions and nothing
    "contradictory": _lt("People have coded this payee to several accounts: %(account)s"),
    "not_sure": _lt("The best answer is not sure enough to propose it"),
    "never_coded": _lt("Nobody has coded this payee, nor anything like it"),
    "lost_share": _lt("Fewer payments went there: %(count)s of %(total)s"),
    "lost_rule": _lt("A rule goes first"),
    "explained": _lt("An open item or a transfer explains it"),
    "asked_already": _lt("It may settle open items: that question comes first"),
}
