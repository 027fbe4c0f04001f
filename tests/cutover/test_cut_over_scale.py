"""Working a cut-over out takes the same queries for few entries and for many."""

from odoo.tests import tagged

from .common import CutOverCase


@tagged("post_install", "-at_install")
class TestCutOverScale(CutOverCase):
    def _queries(self, code, iban, count):
        journal = self.make_hand_kept(code, iban=iban)
        lines = [("2026-01-02", 1.0, "Interest")]
        for number in range(count):
            day, amount = f"2026-02-{number % 25 + 1:02d}", -10.0 - number
            self.by_hand_entry(day, amount, ref=f"Cost {number}", journal=journal)
            lines.append((day, amount, f"Cost {number}"))
        record = self.hand_over(lines, start="0.00", journal=journal, account=iban)
        cut_over = record.cut_over_id.sudo()
        cut_over.action_set_day("2026-01-31")
        self.assertEqual(cut_over.moved_count, count)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        cut_over._refresh(asked_for=True)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_constant(self):
        few = self._queries("FEW", "DE89370400440532013000", 5)
        many = self._queries("MANY", "DE12500105170648489890", 60)
        self.assertLessEqual(many, few + 8, f"{few} queries for 5 entries, {many} for 60")
