"""What a reconciliation statement says: the source of the balance, why the ledger differs, what a section holds."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: By basis of the balance; the values are formatted dates and the statement's name.
BASIS = {
    "closed": _lt("closing balance of %(name)s, whose last line is of %(last)s"),
    "since": _lt("closing balance of %(name)s of %(last)s, and the lines since"),
    "inside": _lt("opening balance of %(name)s and its lines until that day"),
    "backwards": _lt(
        "worked back from the opening balance of the first statement, which begins on %(first)s: the bank told nothing "
        "before that"
    ),
    "untold": _lt("no statement tells a balance: this is the sum of the bank lines"),
}
#: What to do where the bank told nothing.
ADVICE = {
    "backwards": _lt(
        "Import the statements before %(first)s to prove this balance, or choose a day that a statement reaches."
    ),
    "untold": _lt(
        "Import a file that tells balances (CAMT.053, MT940), or enter a statement with its balances under Statements."
    ),
}
REASONS = {
    "opening": _lt(
        "Before the first statement the ledger held %(ledger)s, and that statement opens with %(bank)s. Correct the "
        "opening entry, or import what came before."
    ),
    "between": _lt("Entries between this day and the first statement, which a balance worked back does not know."),
    "gap": _lt(
        "%(name)s does not open with what %(other_name)s closes with: a statement is missing between them, or came "
        "without its lines."
    ),
    "rest": _lt(
        "The lines of %(name)s do not lead from its opening to its closing balance: lines are missing, or double."
    ),
    "overlap": _lt("%(name)s begins before the statement before it ends: it has lines after this day."),
    "entries": _lt("Entries on the bank account that are no statement lines. The bank does not know them."),
    "shared": _lt("Lines of the journal %(journal)s, which uses the same account."),
    "changed": _lt("Bank lines whose entries have another amount on the bank account than the bank told."),
    "unexplained": _lt("Not explained. This should not be: please report it."),
}
#: {(section, side): (title, help)}
SECTIONS = {
    ("unmatched", "in"): (_lt("Receipts not matched yet"), _lt("The bank has them; the books do not know what for.")),
    ("unmatched", "out"): (_lt("Payments not matched yet"), _lt("The bank made them; the books do not know what for.")),
    ("outstanding", "in"): (
        _lt("Outstanding receipts"),
        _lt("Registered in the books; the bank did not show them until that day."),
    ),
    ("outstanding", "out"): (
        _lt("Outstanding payments"),
        _lt("Registered in the books; the bank did not show them until that day."),
    ),
    ("suspense", ""): (
        _lt("Other entries on the suspense account"),
        _lt("They are no bank lines: clear them by hand, or undo them."),
    ),
    ("entries", ""): (
        _lt("Entries on the bank account that are no statement lines"),
        _lt("Booked by hand, or payments whose outstanding account is the bank account itself."),
    ),
    ("between", ""): (
        _lt("Entries until the first statement"),
        _lt("After this day, and before the first statement begins."),
    ),
    ("changed", ""): (
        _lt("Bank lines whose entry has another amount"),
        _lt("What the entry has more on the bank account than the line says."),
    ),
    ("opening", ""): (
        _lt("Entries before the first statement"),
        _lt("The opening of the account in the books; it agrees with the first statement if no reason says otherwise."),
    ),
}
SINCE = {
    "open": _lt("still open"),
    "cleared": _lt("cleared: %(how)s"),
    "part": _lt("partly cleared, %(left)s left"),
    "gone": _lt("the entry is gone"),
}
