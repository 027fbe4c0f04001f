"""Taking a cut-over back, giving it up, and large files."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CutOverCase


@tagged("post_install", "-at_install")
class TestCutOverUndo(CutOverCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.by_hand_entry("2025-12-31", 1000.0, cls.equity, ref="Opening balance")
        cls.by_hand_entry("2026-01-05", -400.0, ref="Rent January")
        cls.by_hand_entry("2026-02-04", -400.0, ref="Rent February")
        cls.lines = [("2026-01-05", -400.0, "Rent January"), ("2026-02-05", -400.0, "Rent February")]

    def imported(self, **values):
        return self.hand_over(self.lines, start="1000.00", end="200.00", **values)

    def test_all_of_it(self):
        """Matchings, bank lines, entries: the ledger is what it was, and the next file waits again."""
        before = self.ledger_by_day("2025-12-30", "2026-02-10")
        record = self.imported()
        cut_over = record.cut_over_id
        cut_over.action_set_day("2026-01-31")
        cut_over.action_accept()
        [matched] = self.match_all(record)
        self.assertEqual(matched.state, "applied")
        with self.assertRaises(UserError):
            cut_over.suggestion_id.action_undo()
        action = cut_over.action_undo()
        self.assertEqual(set(action["context"]["active_ids"]), {matched.id, cut_over.suggestion_id.id})
        rows = self.suggestions.browse(action["context"]["active_ids"]).undo_many()
        self.assertEqual({row["outcome"] for row in rows}, {"undone"}, rows)
        self.assertEqual((cut_over.state, record.state), ("undone", "undone"))
        self.assertFalse(record.line_ids)
        self.assertEqual(self.ledger_by_day("2025-12-30", "2026-02-10"), before)
        self.assertEqual(self.balance_of(self.outstanding_out), "0.00")
        self.assertTrue(self.env["ai.audit.log"].sudo().search_count([("event", "=", "cut_over_undone")]))
        again = self.imported(name="S-1")
        self.assertEqual(again.state, "held")
        self.assertEqual(again.cut_over_id.entry_count, 3, "entries of the cut-over that was undone are none by hand")
        again.cut_over_id.action_accept()
        self.assertEqual(self.ledger("2026-02-10"), "200.00")

    def test_given_up(self):
        before = self.books()
        record = self.imported()
        cut_over = record.cut_over_id
        suggestion = cut_over.suggestion_id
        cut_over.action_drop()
        self.assertEqual((record.state, cut_over.state, suggestion.state), ("undone", "dropped", "superseded"))
        self.assertBooks(before)

    def test_one_of_two_files_given_up(self):
        first = self.hand_over(self.lines[:1], start="1000.00", end="600.00", name="S-1")
        second = self.hand_over(self.lines[1:], start="600.00", end="200.00", name="S-2")
        second.action_undo()
        self.assertEqual((second.state, first.state, first.cut_over_id.line_count), ("undone", "held", 1))

    def test_rejected_and_looked_at_again(self):
        cut_over = self.imported().cut_over_id
        cut_over.action_reject()
        self.assertEqual((cut_over.suggestion_id.state, cut_over.state), ("rejected", "open"))
        cut_over.action_accept()
        self.assertEqual(cut_over.state, "done")

    def test_background(self):
        """A large file: the entries move at once, a job brings the lines."""
        self.env["ir.config_parameter"].sudo().set_param("ai_bookkeeper.import_background_lines", "1")
        record = self.hand_over(
            [*self.lines, ("2026-02-20", 5.0, "Interest"), ("2026-02-21", 5.0, "Interest again")], start="1000.00"
        )
        cut_over = record.cut_over_id
        cut_over.action_set_day("2026-01-31")
        cut_over.action_accept()
        self.assertEqual((cut_over.state, record.state), ("done", "queued"))
        self.assertEqual(self.ledger("2026-02-28"), "600.00", "never doubled, not even for a moment")
        with self.assertRaises(UserError):
            cut_over.suggestion_id.action_undo()
        done = record.sudo()._carry_on("import", lambda: True)
        self.assertTrue(done)
        self.assertEqual((record.state, record.created_count), ("done", 3))
        self.assertEqual(self.ledger("2026-02-28"), "210.00")

    def test_failing_import_changes_nothing(self):
        """One transaction: where a line can't be imported, no entry was moved either."""
        record = self.imported()
        cut_over = record.cut_over_id
        cut_over.action_set_day("2026-01-04")
        before = self.books()
        record.sudo().attachment_id.raw = b"no bank file any more"
        cut_over.action_accept()
        self.assertEqual((cut_over.suggestion_id.state, cut_over.state, record.state), ("failed", "open", "held"))
        self.assertBooks(before)
