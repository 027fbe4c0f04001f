"""Open lines are looked at anew when what they wait for has come."""

from odoo.tests import tagged

from ..common import BankCase


@tagged("post_install", "-at_install")
class TestLookAgain(BankCase):
    def setUp(self):
        super().setUp()
        self.lines = self.env["account.bank.statement.line"]

    def test_a_document_that_comes_after_the_bank_line_is_found_the_next_day(self):
        line = self.line("NORTHWIND TRADERS LTD", 121.0)
        self.propose(line)
        self.assertEqual(line.ai_status, "nothing")
        invoice = self.document(self.northwind, 121.0)
        self.env["ai.suggestion"].sudo()._cron_look_again()
        self.assertEqual(line.ai_status, "todo")
        with self.enter_registry_test_mode():
            self.env.ref("ai_bookkeeper.ir_cron_propose").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(line.ai_status, "proposed")
        suggestion = line.with_user(self.reviewer).ai_suggestion_id
        self.assertEqual(suggestion.item_ids.move_line_id.move_id, invoice)

    def test_only_lines_that_wait_for_a_promised_item_are_queued_by_a_decision(self):
        waiting, other = self.line("A", 1.0), self.line("B", 2.0)
        self.lines._set_findings(
            {waiting.id: ("nothing", [["promised", {"name": "X"}]]), other.id: ("nothing", [["no_partner", {}]])}
        )
        self.lines._look_again(self.company, because=("promised",))
        self.assertEqual((waiting.ai_status, other.ai_status), ("todo", "nothing"))
