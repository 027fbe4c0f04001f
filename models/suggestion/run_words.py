"""The words of payment files, runs, returned collections and wages; they repeat ``engine.matching.explain.REASONS``."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

RUN_REASONS = {
    "run_file": _lt("It is the sum of the %(count)s payments of the file %(batch)s"),
    "run_short": _lt("%(count)s of the %(total)s payments of %(batch)s; not executed: %(names)s (%(amount)s)"),
    "run_short_wages": _lt("%(count)s of the %(total)s wages of %(batch)s; not executed: %(amount)s"),
    "run_unknown": _lt("For %(count)s payments no open document is found: %(names)s"),
    "run_due": _lt("Only these %(count)s documents of %(partners)s partners, due together, make the sum"),
    "return_order": _lt("The line names the collection or payment %(reference)s"),
    "return_fee": _lt("%(amount)s is the bank's fee for the return"),
    "return_fee_charged": _lt("%(amount)s is the bank's fee for the return: the customer owes it"),
    "wage_run": _lt("Net wages of %(count)s accruals"),
    "wage_part": _lt("A part of the net wages that were accrued in one sum; %(open)s stays open"),
}
