"""Payments to counterparts settle the balance sheet to the cent, with the whole entry and through undo."""

from odoo import Command
from odoo.tests import tagged

from .common import BANK, OFFICE, CounterpartCase


@tagged("post_install", "-at_install")
class TestSettlements(CounterpartCase):
    def settled(self, line, *rows):
        """Propose, expect a proposal with these rows, accept as the reviewer, and undo it again at the end."""
        before = self.books()
        suggestion = self.propose(line)
        self.assertEqual(len(suggestion), 1, line.ai_finding_text)
        self.assertFalse(suggestion.is_question, suggestion.card)
        self.assertEqual(suggestion.kind, "bank_coding")
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertEntry(line, [(account, balance) for account, balance in rows])
        items = line.move_id.line_ids
        self.assertFalse(items.tax_ids + items.tax_line_id, "the tax was in the entry that made the balance")
        self.assertFalse(items.tax_tag_ids)
        return suggestion, before

    def balance(self, account, partner=None):
        domain = [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        if partner:
            domain.append(("partner_id", "=", partner.id))
        return round(sum(self.env["account.move.line"].search(domain).mapped("balance")), 2)

    def test_vat_of_a_quarter(self):
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        self.entry([(self.expense, 80.0), (self.vat, -80.0)], "2026-04-10")
        self.counterpart("tax_office", ("vat", self.vat), ("payroll_tax", self.payroll))
        line = self.line("VAT Q1 2026", -1500.0, "2026-04-20", account_number=OFFICE)
        suggestion, before = self.settled(line, (self.vat, 1500.0))
        card = suggestion.card
        self.assertEqual(card["settling"]["period"], ["2026-01-01", "2026-03-31"])
        self.assertEqual(card["settling"]["topic"], "VAT")
        self.assertEqual([(row["before"], row["after"]) for row in card["coding"]["balances"]], [(-1580.0, -80.0)])
        self.assertEqual(self.balance(self.vat), -80.0)
        self.assertUndone(suggestion, before)

    def test_vat_accounts_without_a_closing_entry(self):
        out, into = (
            self.make_account("VAT due", "liability_current"),
            self.make_account("VAT to recover", "asset_current"),
        )
        self.entry([(self.expense, 2100.0), (out, -2100.0)], "2026-03-12")
        self.entry([(self.income, -600.0), (into, 600.0)], "2026-03-15")
        self.counterpart("tax_office", ("vat", out + into))
        line = self.line("BTW 03/2026", -1500.0, "2026-04-18", account_number=OFFICE)
        suggestion, before = self.settled(line, (out, 2100.0), (into, -600.0))
        self.assertEqual((self.balance(out), self.balance(into)), (0.0, 0.0))
        self.assertUndone(suggestion, before)

    def test_a_refund_and_one_payment_for_two(self):
        self.entry([(self.vat, 320.0), (self.income, -320.0)], "2026-03-31")
        self.counterpart("tax_office", ("vat", self.vat), ("payroll_tax", self.payroll))
        line = self.line("USt Erstattung", 320.0, "2026-04-20", account_number=OFFICE)
        suggestion, before = self.settled(line, (self.vat, -320.0))
        self.assertUndone(suggestion, before)
        self.entry([(self.expense, 900.0), (self.vat, -900.0)], "2026-04-01")
        self.entry([(self.expense, 250.0), (self.payroll, -250.0)], "2026-04-01")
        both = self.line("FINANZAMT SAMMELZAHLUNG", -830.0, "2026-04-25", account_number=OFFICE)
        suggestion, before = self.settled(both, (self.vat, 580.0), (self.payroll, 250.0))
        self.assertUndone(suggestion, before)

    def test_open_items_are_closed(self):
        payable = self.make_account("Tax payable", "liability_payable", reconcile=True, non_trade=True)
        accrued = self.entry([(self.expense, 700.0), (payable, -700.0)], "2026-03-31")
        item = accrued.line_ids.filtered(lambda each: each.account_id == payable)
        self.counterpart("tax_office", ("vat", payable))
        line = self.line("VAT Q1", -700.0, "2026-04-20", account_number=OFFICE)
        before = self.books()
        suggestion = self.propose(line)
        self.assertFalse(suggestion.is_question, suggestion.card)
        suggestion.action_accept()
        self.assertTrue(item.reconciled)
        self.assertEqual(self.balance(payable), 0.0)
        self.assertUndone(suggestion, before)
        self.assertFalse(item.reconciled)

    def test_too_much_is_asked_and_may_be_a_penalty(self):
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        self.counterpart("tax_office", ("vat", self.vat), penalty_account_id=self.penalty.id)
        line = self.line("VAT Q1 2026", -1575.0, "2026-04-20", account_number=OFFICE)
        before = self.books()
        suggestion = self.propose(line)
        self.assertTrue(suggestion.is_question)
        choices = suggestion.evidence["alternatives"]
        self.assertEqual([len(choice["proposal"]["lines"]) for choice in choices], [1, 2])
        suggestion.action_choose(choices[1]["key"])
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertEntry(line, [(self.vat, 1500.0), (self.penalty, 75.0)])
        self.assertUndone(suggestion, before)

    def test_the_same_amount_elsewhere_does_not_stop_it(self):
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        bill = self.bill(self.northwind, 1500.0)
        self.counterpart("tax_office", ("vat", self.vat))
        line = self.line("VAT Q1 2026", -1500.0, "2026-04-20", account_number=OFFICE)
        suggestion, before = self.settled(line, (self.vat, 1500.0))
        self.assertOpen(bill, 1500.0, "not_paid")
        self.assertUndone(suggestion, before)

    def test_a_bill_that_is_quoted_goes_first(self):
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        bill = self.bill(self.northwind, 1500.0, ref="RE-2026-7781")
        self.counterpart("tax_office", ("vat", self.vat))
        line = self.line("RE-2026-7781", -1500.0, "2026-04-20", account_number=OFFICE)
        suggestion = self.propose(line)
        rows = suggestion.proposal.get("counterparts") or []
        self.assertEqual([row["move_line_id"] for row in rows], self.term_line(bill).ids)

    def test_what_was_paid_meanwhile_is_not_paid_again(self):
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        self.counterpart("tax_office", ("vat", self.vat))
        line = self.line("VAT Q1 2026", -1500.0, "2026-04-20", account_number=OFFICE)
        suggestion = self.propose(line)
        self.assertFalse(suggestion.is_question)
        self.entry([(self.vat, 1500.0), (self.income, -1500.0)], "2026-04-19")
        suggestion.action_accept()
        self.assertNotEqual(suggestion.state, "applied")
        self.assertFalse(line.is_reconciled)

    def test_two_at_once_settle_once(self):
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        self.counterpart("tax_office", ("vat", self.vat))
        one = self.line("VAT Q1 2026", -1500.0, "2026-04-20", account_number=OFFICE)
        first = self.propose(one)
        two = self.line("VAT Q1 2026", -1500.0, "2026-04-21", account_number=OFFICE)
        second = self.propose(two)
        (first + second).filtered(lambda each: not each.is_question).action_accept()
        self.assertEqual(self.balance(self.vat), 0.0)
        self.assertEqual([one.is_reconciled, two.is_reconciled], [True, False])

    def test_owner_and_employee(self):
        drawings = self.make_account("Drawings", "equity")
        expenses = self.make_account("Expenses of employees", "liability_payable", reconcile=True)
        ann = self.make_partner("Ann Employee", is_company=False)
        bob = self.make_partner("Bob Employee", is_company=False)
        self.entry([(self.expense, 84.2), (expenses, -84.2)], "2026-03-02", ann)
        self.entry([(self.expense, 84.2), (expenses, -84.2)], "2026-03-02", bob)
        self.counterpart("owner", ("drawings", drawings), number="GB33BUKB20201555555555")
        self.counterpart("employee", ("expense", expenses, {"by_partner": True}), number=BANK, partner_id=ann.id)
        owner = self.line("TRANSFER J. SMITH", -700.0, account_number="GB33BUKB20201555555555")
        suggestion, before = self.settled(owner, (drawings, 700.0))
        self.assertUndone(suggestion, before)
        line = self.line("EXPENSES MARCH", -84.2, "2026-03-20", account_number=BANK)
        before = self.books()
        suggestion = self.propose(line)
        self.assertFalse(suggestion.is_question, suggestion.card)
        suggestion.action_accept()
        self.assertEqual((self.balance(expenses, ann), self.balance(expenses, bob)), (0.0, -84.2))
        self.assertUndone(suggestion, before)

    def test_a_card_with_its_own_journal_is_a_transfer(self):
        card = (
            self.make_journal("AMEX", type="credit") if "credit" in self._journal_types() else self.make_journal("AMEX")
        )
        self.counterpart("card_issuer", ("card", card.default_account_id), number=BANK, journal_id=card.id)
        line = self.line("AMEX STATEMENT", -350.0, "2026-03-20", account_number=BANK)
        before = self.books()
        suggestion = self.propose(line)
        self.assertEqual((suggestion.kind, suggestion.is_question), ("bank_match", False), suggestion.card)
        suggestion.action_accept()
        self.assertEntry(line, [(self.company.transfer_account_id, 350.0)])
        self.assertUndone(suggestion, before)

    def _journal_types(self):
        return dict(self.env["account.journal"]._fields["type"].selection)

    def test_a_card_as_a_liability(self):
        card = self.make_account("Credit card", "liability_credit_card")
        self.entry([(self.expense, 350.0), (card, -350.0)], "2026-03-05")
        self.entry([(self.expense, 99.0), (card, -99.0)], "2026-03-16")
        self.counterpart("card_issuer", ("card", card), number=BANK)
        line = self.line("AMEX STATEMENT", -350.0, "2026-03-20", account_number=BANK)
        suggestion, before = self.settled(line, (card, 350.0))
        self.assertEqual(self.balance(card), -99.0)
        self.assertUndone(suggestion, before)

    def test_another_companys_counterpart_is_nothing_here(self):
        other = self.company_data_2["company"] if hasattr(self, "company_data_2") else self._other_company()
        self.entry([(self.expense, 1500.0), (self.vat, -1500.0)], "2026-03-31")
        account = (
            self.env["account.account"]
            .with_company(other)
            .search([("account_type", "=", "liability_current"), ("company_ids", "in", other.ids)], limit=1)
        )
        self.env["ai.counterpart"].sudo().create(
            {
                "name": "Office",
                "kind": "tax_office",
                "company_id": other.id,
                "account_numbers": OFFICE,
                "claim_ids": [Command.create({"topic": "vat", "account_ids": [Command.set(account.ids)]})],
            }
        )
        suggestion = self.propose(self.line("VAT Q1 2026", -1499.0, "2026-04-20", account_number=OFFICE))
        self.assertFalse(suggestion.filtered(lambda each: each._settling()))

    @classmethod
    def _other_company(cls):
        return cls.setup_other_company(name="Other")["company"]
