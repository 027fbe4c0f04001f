"""Bases of the Odoo tests: a company with bank lines, a restricted reviewer, and comparisons to the cent."""

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

LINE = "account.bank.statement.line"
GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


def cents(amount):
    """An amount as text with two places: what people compare."""
    return f"{round(amount or 0.0, 2) + 0.0:.2f}"


class BankCase(AccountTestInvoicingCommon):
    """Documents and bank lines of one company. Accountants make them; ``reviewer`` decides."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.bank = cls.company_data["default_journal_bank"]
        cls.receivable = cls.company_data["default_account_receivable"]
        cls.payable = cls.company_data["default_account_payable"]
        cls.income = cls.company_data["default_account_revenue"]
        cls.expense = cls.company_data["default_account_expense"]
        cls.suspense = cls.bank.suspense_account_id
        # Codings with tax are compared to the cent; what is without a document is the matter of tests/receipts.
        cls.company.ai_claims_without_document = True
        cls.reviewer = cls.make_user("reviewer", "reviewer")
        cls.northwind = cls.make_partner("Northwind Traders Ltd")
        cls.yonder = cls.make_partner("Blue Yonder GmbH")
        cls.adatum = cls.make_partner("Adatum Corporation")

    # === PEOPLE === #

    @classmethod
    def make_user(cls, login, *roles, company=None, groups="base.group_user"):
        names = [groups] if groups else []
        names += [f"{GROUP}{role}" for role in roles]
        company = company or cls.company
        return new_test_user(
            cls.env,
            f"aib_{login}",
            groups=",".join(names),
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def make_partner(cls, name, **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "property_account_receivable_id": cls.receivable.id,
                "property_account_payable_id": cls.payable.id,
                **values,
            }
        )

    # === BOOKS === #

    @classmethod
    def document(cls, partner, amount, move_type="out_invoice", date="2026-03-01", due=None, taxes=None, **values):
        """A posted document over ``amount``, net of ``taxes``."""
        is_sale = move_type.startswith("out_")
        account = cls.income if is_sale else cls.expense
        move = cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": partner.id,
                "invoice_date": date,
                "date": date,
                "invoice_payment_term_id": False,
                "invoice_date_due": due or date,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Services",
                            "price_unit": amount,
                            "account_id": account.id,
                            "tax_ids": [Command.set(taxes.ids if taxes else [])],
                        }
                    )
                ],
                **values,
            }
        )
        move.action_post()
        return move

    @classmethod
    def bill(cls, partner, amount, **values):
        return cls.document(partner, amount, "in_invoice", **values)

    @classmethod
    def term_line(cls, move):
        return move.line_ids.filtered(lambda item: item.display_type == "payment_term").sorted("date_maturity")

    @classmethod
    def line(cls, text, amount, date="2026-03-10", journal=None, **values):
        return cls.env[LINE].create(
            {
                "journal_id": (journal or cls.bank).id,
                "payment_ref": text,
                "amount": amount,
                "date": date,
                **values,
            }
        )

    @classmethod
    def make_journal(cls, code, currency=None, **values):
        return cls.env["account.journal"].create(
            {
                "name": f"Bank {code}",
                "code": code,
                "type": "bank",
                "company_id": cls.company.id,
                "currency_id": currency.id if currency else False,
                **values,
            }
        )

    @classmethod
    def make_account(cls, name, account_type, **values):
        cls.account_number = getattr(cls, "account_number", 990000) + 1
        return cls.env["account.account"].create(
            {"name": name, "code": str(cls.account_number), "account_type": account_type, **values}
        )

    @classmethod
    def pay(cls, moves, amount=None, date="2026-03-05", **values):
        """Payments registered in Odoo; the outstanding line waits for the bank."""
        wizard = cls.env["account.payment.register"].with_context(active_model="account.move", active_ids=moves.ids)
        values = {"payment_date": date, "journal_id": cls.bank.id, **values}
        if amount:
            values["amount"] = amount
        return wizard.create(values)._create_payments()

    def outstanding(self, payment):
        return payment.move_id.line_ids.filtered(lambda item: item.account_id == payment.outstanding_account_id)

    # === DECIDING === #

    @property
    def suggestions(self):
        return self.env["ai.suggestion"].with_user(self.reviewer)

    def propose(self, lines):
        return self.suggestions.browse(self.suggestions.propose(LINE, lines.ids))

    def booked(self, line, case, asked=False):
        """Propose for ``line``, expect ``case``, accept (or answer the question with that case) as the reviewer."""
        suggestion = self.propose(line)
        self.assertEqual(len(suggestion), 1, line.ai_finding_text)
        if asked is not None:
            self.assertEqual(suggestion.is_question, asked, suggestion.card)
        if suggestion.is_question:
            keys = [choice["key"] for choice in suggestion.evidence["alternatives"] if choice["case"] == case]
            self.assertTrue(keys, [choice["case"] for choice in suggestion.evidence["alternatives"]])
            suggestion.action_choose(keys[0])
        else:
            self.assertEqual(suggestion.case, case, suggestion.card)
            self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        return suggestion

    def by_hand(self, line, counterparts=(), write_off=(), partner=None):
        """Book as a person says. ``counterparts``: (item, amount); ``write_off``: {account_id, amount ...}."""
        values = {
            "counterparts": [{"move_line_id": item.id, "amount": amount} for item, amount in counterparts],
            "write_off": list(write_off),
            "partner_id": partner.id if partner else False,
        }
        return self.suggestions.browse(line.with_user(self.reviewer).ai_book_by_hand(values))

    def submitted(self, line, proposal, kind="bank_match"):
        """A suggestion whose proposal is told, as an agent would; still pending."""
        values = {"kind": kind, "res_model": LINE, "res_id": line.id, "proposal": proposal}
        return self.suggestions.browse(self.suggestions.submit(values))

    # === COMPARING === #

    def assertEntry(self, line, rows, partner=None):
        """The whole entry of a bank line: the bank's side and ``rows``, each (account, balance[, {field: value}])."""
        liquidity = line._seek_for_lines()[0]
        self.assertEqual(len(liquidity), 1)
        self.assertEqual(cents(liquidity.amount_currency), cents(line.amount), "the bank's side never changes")
        items = (line.move_id.line_ids - liquidity).sorted(lambda item: (item.account_id.id, item.balance))
        rows = sorted(rows, key=lambda row: (row[0].id, row[1]))
        self.assertEqual(
            [(item.account_id.display_name, cents(item.balance)) for item in items],
            [(row[0].display_name, cents(row[1])) for row in rows],
        )
        self.assertEqual(cents(sum(line.move_id.line_ids.mapped("balance"))), "0.00")
        for item, (_account, _balance, *more) in zip(items, rows, strict=True):
            for name, value in (more[0] if more else {}).items():
                self.assertEqual(self._plain(item[name]), self._plain(value), f"{item.account_id.display_name}: {name}")
        if partner is not None:
            self.assertEqual(line.partner_id, partner)
            self.assertEqual(items.partner_id, partner)

    def _plain(self, value):
        if isinstance(value, float):
            return cents(value)
        return sorted(value.ids) if hasattr(value, "ids") else value

    def assertOpen(self, move, amount, payment_state):
        self.assertEqual((cents(move.amount_residual), move.payment_state), (cents(amount), payment_state))

    def assertReconciled(self, line, left=0.0):
        self.assertEqual(line.is_reconciled, not left)
        self.assertEqual(line.ai_status == "reconciled", not left)
        suspense = line._seek_for_lines()[1]
        self.assertEqual(cents(sum(suspense.mapped("amount_currency"))), cents(-left))

    def assertUndone(self, suggestion, before, exact=True):
        """Undo leaves trial balance, residuals, payment states, matching numbers and bank lines as they were."""
        self.assertIs(suggestion.action_undo(), True)
        self.assertEqual(set(suggestion.mapped("state")), {"undone"})
        self.assertBooks(before, exact)

    def assertBooks(self, before, exact=True):
        after = self.books(exact)
        for subject, values in before.items():
            found = after[subject]
            if subject != "trial balance":
                found = {key: found.get(key) for key in values}
            self.assertEqual(found, values, subject)

    def books(self, exact=True):
        """What undo must restore. Not ``exact``: without the names of matchings, only who is matched with how much."""
        self.env.flush_all()
        self.env.invalidate_all()
        company = [("company_id", "=", self.company.id)]
        moves = self.env["account.move"].search(company)
        items = moves.line_ids.filtered(lambda item: item.parent_state == "posted")
        lines = self.env[LINE].search(company)
        trial = {}
        for account, group in items.grouped("account_id").items():
            sums = (cents(sum(group.mapped("balance"))), cents(sum(group.mapped("amount_residual"))))
            if sums != ("0.00", "0.00"):
                trial[account.display_name] = sums
        return {
            "trial balance": trial,
            "moves": {
                move.id: (move.name, move.state, move.payment_state, cents(move.amount_residual))
                for move in moves
                if not move.statement_line_id
            },
            "items": {
                item.id: (
                    item.account_id.id,
                    item.partner_id.id,
                    cents(item.balance),
                    cents(item.amount_residual),
                    cents(item.amount_residual_currency),
                    item.reconciled,
                    *([item.matching_number] if exact else []),
                )
                for item in items
                if not item.move_id.statement_line_id
            },
            "payments": {
                payment.id: (payment.state, payment.is_matched, payment.is_reconciled)
                for payment in self.env["account.payment"].search(company)
            },
            "lines": {line.id: self._line_state(line) for line in lines},
        }

    def _line_state(self, line):
        rows = sorted(
            (
                item.account_id.code,
                item.partner_id.id,
                cents(item.balance),
                cents(item.amount_currency),
                item.reconciled,
            )
            for item in line.move_id.line_ids
        )
        return (line.partner_id.id, line.is_reconciled, cents(line.amount_residual), line.checked, rows)
