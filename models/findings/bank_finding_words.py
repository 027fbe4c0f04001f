"""The sentences of findings about bank accounts, statements and expected payments, and what may be done about them."""

from odoo.tools.translate import LazyTranslate

from .expected_words import EXPECTED_ACTIONS, EXPECTED_FINDINGS, EXPECTED_LABELS

_lt = LazyTranslate(__name__)

BANK_FINDINGS = {
    **EXPECTED_FINDINGS,
    "statement_gap": _lt(
        "It opens with %(found)s, but %(twin)s before it leads to %(expected)s: %(gap)s between them. Import the "
        "statement in between, or correct the balance."
    ),
    "statement_rest": _lt(
        "Its lines add up to %(found)s, its balances differ by %(expected)s: %(gap)s is missing, or a line is one too "
        "many. Compare it with the bank's own."
    ),
    "statement_overlap": _lt(
        "It begins on %(first)s, and %(twin)s before it ends on %(last)s: look for lines that are in both."
    ),
    "statement_number": _lt(
        "%(count)s number(s) between %(twin)s and this one were left out: a statement may be missing, though the "
        "balances agree."
    ),
    "line_double": _lt(
        "%(amount)s came another way already: %(twin)s. If it is the same movement, set this line aside."
    ),
    "line_corrected": _lt(
        "The bank sent this movement again, with %(amount)s on %(date)s instead of %(usual)s on %(booked)s. Set the "
        "earlier line aside: %(twin)s."
    ),
    "line_changed": _lt(
        "The file told %(usual)s on %(first)s; the line has %(amount)s on %(date)s now. Last changed by %(name)s."
    ),
    "import_lines_gone": _lt(
        "%(gone)s of the %(count)s lines that it brought are gone. Import the file again to get them back."
    ),
}
BANK_LABELS = {
    **EXPECTED_LABELS,
    "action_import_missing": _lt("Import a statement"),
    "action_set_aside": _lt("Set the line aside"),
    "action_restore_line": _lt("Restore as imported"),
}
BANK_ACTIONS = {
    **EXPECTED_ACTIONS,
    "statement_gap": ("action_import_missing",),
    "statement_number": ("action_import_missing",),
    "import_lines_gone": ("action_import_missing",),
    "line_double": ("action_set_aside",),
    "line_corrected": ("action_set_aside",),
    "line_changed": ("action_restore_line",),
}
