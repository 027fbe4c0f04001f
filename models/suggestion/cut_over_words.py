"""What a cut-over's card says."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

CUT_OVER_REASONS = {
    "cut_over_day": _lt("On %(date)s the ledger says %(ledger)s and the bank %(bank)s"),
    "cut_over_day_alone": _lt("On %(date)s the ledger says %(ledger)s; the files tell no balance of the bank"),
    "cut_over_explained": _lt("With what was still on its way they agree to the cent"),
    "cut_over_unexplained": _lt("%(amount)s stays unexplained; it is listed line by line"),
    "cut_over_left_out": _lt("%(count)s lines up to that day are not imported: they are in the books"),
    "cut_over_moved": _lt("%(count)s entries become outstanding items, which the imported lines match"),
    "cut_over_imported": _lt("%(count)s lines are imported, %(new)s of them without an entry"),
    "cut_over_undecided": _lt("%(count)s pairs wait for somebody to choose"),
}
