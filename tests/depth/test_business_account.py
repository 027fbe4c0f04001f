"""From a first day to a reconciliation statement with difference 0.00, on statement files, as a restricted reviewer."""

import base64
from datetime import date
from decimal import Decimal

from odoo.tests import tagged

from ...benchmarks.bank.books.business_account import CODE, BusinessAccount, make_tax
from ..common import LINE, BankCase

TODAY = date(2026, 11, 21)


@tagged("post_install", "-at_install")
class TestBusinessAccount(BankCase):
    """Every figure below was reckoned by hand from the story; the addon is not asked what is right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.story = BusinessAccount(cls.env, TODAY, make_tax(cls.env, "sale"), make_tax(cls.env, "purchase"))
        manager = cls.make_user("manager", "manager")
        cls.story.build().configure(cls.env(user=manager))
        cls.before = cls.balances()

    @classmethod
    def balances(cls):
        """{account id: balance} of what is posted."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "SELECT account_id, SUM(balance) FROM account_move_line"
            " WHERE parent_state = 'posted' AND company_id = %s GROUP BY 1",
            [cls.company.id],
        )
        return {key: Decimal(str(round(total, 2))).quantize(Decimal("0.01")) for key, total in cls.env.cr.fetchall()}

    # === STEPS === #

    def import_file(self, number):
        content = base64.b64encode(self.story.files()[f"{CODE}-{number}.xml"]).decode()
        imports = self.env["ai.bank.import"].with_user(self.reviewer)
        return imports.browse(imports.import_file(self.story.journal.id, f"{CODE}-{number}.xml", content))

    def open_lines(self):
        domain = [("journal_id", "=", self.story.journal.id), ("is_reconciled", "=", False)]
        return self.env[LINE].search(domain, order="date, id")

    def accept_all(self, lines):
        """Propose for the lines; nothing may be asked, everything is accepted."""
        suggestions = self.propose(lines)
        self.assertEqual(
            {s.label: s.is_question for s in suggestions}, dict.fromkeys(lines.mapped("payment_ref"), False)
        )
        suggestions.action_accept()
        self.assertEqual(set(suggestions.mapped("state")), {"applied"}, suggestions.mapped("error"))
        return {suggestion.label: suggestion for suggestion in suggestions}

    def of(self, case):
        return next(found for found in self.done.values() if found.case == case)

    # === THE STORY === #

    def test_from_the_first_day_to_the_statement(self):
        story = self.story
        self.cut_over()
        self.second_file()
        self.final_invoice()
        self.check_books()
        self.check_statement(story.day(6, 0))

    def cut_over(self):
        held = self.import_file(1)
        self.assertEqual(held.state, "held")
        self.assertFalse(self.open_lines(), "nothing is written before the cut-over")
        self.assertEqual(self.balances(), self.before)
        cut_over = held.cut_over_id
        # Books and bank agree to the cent on the file's last day, too; the accountant wants the end of a month.
        self.assertEqual((cut_over.date, cut_over.difference), (self.story.day(3, 20), 0.0))
        cut_over.action_set_day(self.story.day(3, 0))
        self.assertEqual((cut_over.difference, cut_over.unexplained), (605.0, 0.0))
        cut_over.action_accept()
        self.assertEqual((cut_over.state, held.state), ("done", "done"))
        self.assertEqual(self.bank_ledger(), Decimal("7230.00"), "the balance never doubles")
        self.done = self.accept_all(self.open_lines())
        self.assertEqual({found.case for found in self.done.values()}, {"registered"})
        self.assertEqual(self.bank_ledger(), Decimal("7230.00"))

    def bank_ledger(self):
        return self.balances()[self.story.bank.id]

    def second_file(self):
        content = base64.b64encode(self.story.files()["stripe-settlement.csv"]).decode()
        payouts = self.env["ai.payout"].with_user(self.reviewer)
        payout = payouts.browse(payouts.take_file(self.story.provider.id, "stripe-settlement.csv", content))
        settlement = self.suggestions.search([("res_model", "=", "ai.payout"), ("res_id", "=", payout.id)])
        self.assertFalse(settlement.is_question, settlement.card)
        settlement.action_accept()
        self.assertEqual(settlement.state, "applied", settlement.error)
        self.import_file(2)
        # The debit comes back after its collection: one is known when the other is booked.
        lines = self.open_lines()
        returned = lines.filtered(lambda line: line.payment_ref.startswith("RETURN"))
        self.done = self.accept_all(lines - returned)
        self.done |= self.accept_all(returned)

        declared = self.accept_entries("advance")
        self.assertEqual(len(declared), 1)
        self.assertEqual(self.balances()[self.story.account("advance_tax").id], Decimal("210.00"))

    def accept_entries(self, kind):
        """Everything of a kind that was suggested meanwhile."""
        # What was posted is looked at when its transaction ends.
        self.env.cr.flush()
        found = self.suggestions.search([("kind", "=", kind), ("state", "=", "pending")])
        found.action_accept()
        self.assertFalse(found.filtered("error"), found.mapped("error"))
        return found

    def final_invoice(self):
        final = self.story.invoice_at_last()
        final.action_post()
        offered = self.accept_entries("advance")
        self.assertTrue(offered)
        self.assertEqual(final.amount_residual, 2420.0)
        self.import_file(3)
        self.done = self.accept_all(self.open_lines())
        self.assertEqual(final.payment_state, "paid")

    # === THE TRUTH === #

    def check_books(self):
        story, after = self.story, self.balances()
        wanted = {
            "clearing": "0.00",
            "provider_fee": "24.68",
            "net_wages": "0.00",
            "wage_tax": "-900.00",
            "social": "-700.00",
            "vat_payable": "0.00",
            "loan": "-29500.00",
            "interest": "50.00",
            "advance_tax": "0.00",
            "rent": "4400.00",
        }
        found = {name: str(after.get(story.account(name).id, Decimal("0.00"))) for name in wanted}
        self.assertEqual(found, wanted)
        self.assertEqual(after[story.bank.id], Decimal("4437.26"))
        self.assertOpen(story.moves["card_3"], 121, "not_paid")
        self.assertOpen(story.moves["debit_2"], 242, "not_paid")
        for name in ("card_1", "card_2", "debit_1", "final"):
            self.assertOpen(story.moves[name], 0, "paid")
        # Odoo calls a credit note that an entry pays "reversed".
        self.assertOpen(story.moves["card_refund"], 0, "reversed")
        for account in (story.journal.suspense_account_id, *self.outstanding_accounts()):
            self.assertFalse(after.get(account.id), account.display_name)
        # 21 % of 7,500.00 in invoices, less a credit note of 50.00: the advance is declared once.
        self.assertEqual(after[self.story.sale_tax.invoice_repartition_line_ids.account_id.id], Decimal("-1564.50"))

    def outstanding_accounts(self):
        methods = self.story.journal._get_available_payment_method_lines
        return (methods("inbound") + methods("outbound")).payment_account_id

    def check_statement(self, day):
        screen = self.env["ai.bank.reconciliation"].with_user(self.reviewer)
        statement = screen.statement(self.story.journal.id, str(day))
        figures = statement["figures"]
        self.assertEqual((figures["difference"], figures["reasons"]), ("0.00", []))
        self.assertEqual((figures["bank"]["balance"], figures["ledger"]), ("4437.26", "4437.26"))
        waiting = {name: figures["sections"][name]["count"] for name in ("unmatched", "suspense", "outstanding")}
        self.assertEqual(set(waiting.values()), {0}, waiting)
