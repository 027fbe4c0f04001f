"""Net wages: one debit or one each, what comes back, what stays, and who may see it."""

from odoo.exceptions import AccessError, UserError

from ...readers.payment_file.tests.samples import credit_file
from ..common import cents
from .test_payment_runs import OWN, RunsCase

NETS = (2000.0, 1850.25, 2410.1)
PAYE, SOCIAL = 1310.4, 905.15


class WagesCase(RunsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["res.partner"].create(
            [{"name": name} for name in ("Ann Peeters", "Ben Claes", "Cem Yilmaz")]
        )
        cls.net = cls.make_account("Net wages payable", "liability_current", reconcile=True)
        cls.paye = cls.make_account("Payroll tax payable", "liability_current")
        cls.social = cls.make_account("Social security payable", "liability_current")
        cls.cost = cls.make_account("Gross wages", "expense")
        cls.company.ai_rounding_account_id = cls.make_account("Rounding", "expense")
        cls.payroll = cls.env["account.journal"].create({"name": "Payroll", "code": "PAY", "type": "general"})

    def accrue(self, *nets, people=None, date="2026-03-08"):
        """The payroll's entry: gross wages, net per person (or in one sum), tax and social security."""
        people = self.people if people is None else people
        rows = [(self.cost, sum(nets) + PAYE + SOCIAL, False), (self.paye, -PAYE, False), (self.social, -SOCIAL, False)]
        rows += [(self.net, -net, people[number].id if people else False) for number, net in enumerate(nets)]
        lines = [(0, 0, {"account_id": account.id, "balance": amount, "partner_id": who, "name": "March"})
                 for account, amount, who in rows]  # fmt: skip
        move = self.env["account.move"].create({"journal_id": self.payroll.id, "date": date, "line_ids": lines})
        move.action_post()
        return move

    def assertLiabilities(self, net):
        self.assertBalances({self.net: -net, self.paye: -PAYE, self.social: -SOCIAL, self.suspense: 0.0})


class TestWages(WagesCase):
    def test_one_debit_for_everybody_is_one_item(self):
        move = self.accrue(*NETS)
        line = self.line("SALARIES MARCH", -sum(NETS))
        before = self.books(exact=False)
        suggestion = self.booked(line, "wage_run")
        self.assertEntry(line, [(self.net, sum(NETS), {"partner_id": self.env["res.partner"]})])
        self.assertTrue(all(item.reconciled for item in move.line_ids if item.account_id == self.net))
        self.assertLiabilities(0.0)
        self.assertUndone(suggestion, before, exact=False)
        self.assertLiabilities_after_undo(line)

    def assertLiabilities_after_undo(self, line):
        self.assertReconciled(line, left=line.amount)

    def test_one_payment_comes_back(self):
        move = self.accrue(*NETS)
        self.booked(self.line("SALARIES MARCH", -sum(NETS)), "wage_run")
        back = self.line("RETURN SALARY BEN CLAES AC04", NETS[1], "2026-03-12", partner_name="Ben Claes",
                         transaction_type="PMNT-RCDT-RRTN AC04")  # fmt: skip
        before = self.books(exact=False)
        suggestion = self.booked(back, "returned")
        mine = move.line_ids.filtered(lambda item: item.partner_id == self.people[1])
        self.assertEqual(cents(mine.amount_residual), cents(-NETS[1]))
        others = move.line_ids.filtered(lambda item: item.account_id == self.net) - mine
        self.assertEqual(set(others.mapped("reconciled")), {True})
        self.assertLiabilities(NETS[1])
        self.assertUndone(suggestion, before, exact=False)

    def test_one_each(self):
        self.accrue(*NETS)
        for person, net in zip(self.people, NETS, strict=True):
            line = self.line("SALARY MARCH", -net, partner_name=person.name)
            self.booked(line, "wage_run")
            self.assertEntry(line, [(self.net, net)])
        self.assertLiabilities(0.0)

    def test_one_each_against_one_sum(self):
        self.accrue(sum(NETS), people=[])
        lines = [self.line("SALARY MARCH", -net, partner_name=p.name) for p, net in zip(self.people, NETS, strict=True)]
        suggestions = [self.propose(line) for line in lines]
        self.assertEqual([suggestion.case for suggestion in suggestions], ["wage_run"] * 3)
        for suggestion in suggestions:
            suggestion.action_accept()
            self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertLiabilities(0.0)

    def test_cents_of_rounding(self):
        self.accrue(*NETS)
        line = self.line("WAGES", -sum(NETS) - 0.02)
        self.booked(line, "wage_run")
        self.assertEntry(line, [(self.net, sum(NETS)), (self.company.ai_rounding_account_id, 0.02)])

    def test_a_balance_that_is_not_reconciled(self):
        """Accounts without reconciliation are settled as balances, by coding."""
        self.net.reconcile = False
        self.accrue(sum(NETS), people=[])
        line = self.line("NET WAGES MARCH", -sum(NETS))
        suggestion = self.propose(line)
        self.assertEqual(suggestion.kind, "bank_coding")
        if suggestion.is_question:
            suggestion.action_choose(suggestion.evidence["alternatives"][0]["key"])
        else:
            suggestion.action_accept()
        self.assertEntry(line, [(self.net, sum(NETS))])
        self.assertLiabilities(0.0)

    def test_a_file_of_the_payroll_office(self):
        self.accrue(*NETS)
        orders = [
            self.order(person, net, f"W-{n}", purpose="SALA")
            for n, (person, net) in enumerate(zip(self.people, NETS, strict=True))
        ]
        run = self.take(credit_file(orders, account=OWN, name="LOHN-03", purpose="SALA"))
        self.assertTrue(run.is_wages)
        self.assertEqual(run.wage_journal_id, self.payroll)
        # One account was closed: its wages were not executed.
        line = self.line("LOHN-03", -NETS[0] - NETS[2])
        self.booked(line, "wage_run")
        self.assertLiabilities(NETS[1])
        self.assertEqual(run.line_ids.mapped("state"), ["booked", "rejected", "booked"])


class TestPrivateWages(WagesCase):
    """Who may not read the payroll's journal."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.outsider = cls.make_user("outsider", "reviewer")
        for model, field in (
            ("account.journal", "id"),
            ("account.move", "journal_id"),
            ("account.move.line", "journal_id"),
        ):
            cls.env["ir.rule"].create(
                {
                    "name": f"payroll: {model}",
                    "model_id": cls.env["ir.model"]._get(model).id,
                    "domain_force": f"[('{field}', '!=', {cls.payroll.id})] "
                    "if user.login == 'aib_outsider' else [(1, '=', 1)]",
                }
            )

    def test_cards_and_raw_fields_tell_no_amounts(self):
        self.accrue(*NETS)
        line = self.line("SALARIES MARCH", -sum(NETS))
        suggestion = self.propose(line)
        seen = self.suggestions.browse(suggestion.id).with_user(self.outsider)
        seen.invalidate_recordset()
        told = str(seen.card) + str(seen.read(["proposal", "evidence", "before", "case", "label"]))
        self.assertFalse(seen.env["ai.suggestion.item"].search([("suggestion_id", "=", seen.id)]))
        for net in NETS:
            self.assertNotIn(f"{net:.2f}".rstrip("0"), told)
        for person in self.people:
            self.assertNotIn(person.name, told)
        self.assertIn("3 people", told)
        with self.assertRaises(UserError):
            seen.action_accept()

    def test_the_booked_entry_tells_only_the_sum(self):
        self.accrue(*NETS)
        line = self.line("SALARIES MARCH", -sum(NETS))
        self.booked(line, "wage_run")
        items = line.with_user(self.outsider).move_id.line_ids
        self.assertEqual(sorted(cents(abs(item.balance)) for item in items), [cents(sum(NETS))] * 2)
        self.assertFalse(items.partner_id)

    def test_the_file(self):
        self.accrue(*NETS)
        orders = [
            self.order(person, net, f"W-{n}") for n, (person, net) in enumerate(zip(self.people, NETS, strict=True))
        ]
        run = self.take(credit_file(orders, account=OWN, name="LOHN-03", purpose="SALA"))
        hidden = run.with_user(self.outsider)
        self.assertFalse(hidden.search([]))
        self.assertFalse(hidden.line_ids.search([]))
        for records in (hidden, hidden.sudo().line_ids.sudo(False)):
            with self.assertRaises(AccessError):
                records.with_user(self.outsider).read(["name"])
        self.assertTrue(run.with_user(self.reviewer).search([]))

    def test_readings_of_agents_and_facts(self):
        self.accrue(*NETS)
        line = self.line("SALARIES MARCH", -sum(NETS))
        suggestion = self.propose(line)
        told = str(self.env["ai.suggestion"].with_user(self.outsider).facts("bank_match", line.id))
        for net in NETS:
            self.assertNotIn(f"{net:.2f}", told)
        self.assertTrue(suggestion)
