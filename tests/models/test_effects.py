"""What a preview says about the tax report and side entries is exactly what then happens, by tag, tax and month."""

from collections import defaultdict

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import BankCase, cents


class EffectsCase(BankCase):
    """Taxes with a tag per repartition line, cash basis taxes, and a tax report in SQL."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.tax_exigibility = True
        cls.waiting = cls.make_account("Tax waiting for payment", "liability_current", reconcile=True)
        cls.cash_tax = cls.tax_sale_a.copy(
            {
                "name": "15% on payment",
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": cls.waiting.id,
            }
        )
        for tax, code in ((cls.tax_sale_a, "S"), (cls.tax_purchase_a, "P"), (cls.cash_tax, "C")):
            cls.tag_tax(tax, code)

    @classmethod
    def tag_tax(cls, tax, code):
        for kind in ("invoice", "refund"):
            for row in tax[f"{kind}_repartition_line_ids"]:
                tag = cls.env["account.account.tag"].create(
                    {
                        "name": f"{code}-{kind[0]}-{row.repartition_type}",
                        "applicability": "taxes",
                        "country_id": tax.country_id.id,
                    }
                )
                row.tag_ids = [Command.set(tag.ids)]

    def lock(self, field, until):
        # By SQL: Odoo refuses to lock over open bank lines of other tests' books.
        self.env.flush_all()
        self.env.cr.execute(f"UPDATE res_company SET {field} = %s WHERE id = %s", (until, self.company.id))
        self.env.invalidate_all()

    def report(self):
        """{(tag or tax, month): amount} of posted items, by SQL."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT t.name->>'en_US', to_char(l.date, 'YYYY-MM'), SUM(l.balance)
              FROM account_move_line l
              JOIN account_account_tag_account_move_line_rel r ON r.account_move_line_id = l.id
              JOIN account_account_tag t ON t.id = r.account_account_tag_id
             WHERE l.company_id = %s AND l.parent_state = 'posted' GROUP BY 1, 2
             UNION ALL
            SELECT 'tax ' || (x.name->>'en_US'), to_char(l.date, 'YYYY-MM'),
                   SUM(CASE WHEN x.type_tax_use = 'purchase' THEN l.balance ELSE -l.balance END)
              FROM account_move_line l JOIN account_tax x ON x.id = l.tax_line_id
             WHERE l.company_id = %s AND l.parent_state = 'posted' GROUP BY 1, 2
            """,
            (self.company.id, self.company.id),
        )
        return {(key, month): amount for key, month, amount in self.env.cr.fetchall()}

    def difference(self, before, after):
        changed = {key: cents((after.get(key) or 0) - (before.get(key) or 0)) for key in {*before, *after}}
        return {key: amount for key, amount in changed.items() if amount != "0.00"}

    def told(self, effects):
        sums = defaultdict(float)
        for row in effects["tags"]:
            sums[row["tag"], row["period"]] += float(row["amount"])
        for row in effects["vat"]:
            sums[f"tax {row['tax']}", row["period"]] += float(row["amount"])
        return {key: cents(amount) for key, amount in sums.items() if cents(amount) != "0.00"}

    def side_entries(self):
        """{(sort, date): amount} of cash basis and exchange entries, as many as there are."""
        moves = self.env["account.move"].search([("company_id", "=", self.company.id), ("state", "=", "posted")])
        made = self.env["ai.bank.effects"]._made(moves.ids)
        return sorted((row["move_id"], row["sort"], str(row["date"]), cents(row["amount"])) for row in made)

    def assertExact(self, effects, action):
        """``effects`` foretold what ``action`` does to the tax report and which entries it makes."""
        report, entries = self.report(), self.side_entries()
        action()
        self.env.invalidate_all()
        self.assertEqual(self.difference(report, self.report()), self.told(effects))
        new = [row[1:] for row in self.side_entries() if row not in entries]
        foretold = [
            (sort, row["date"], cents(float(row["amount"])))
            for sort in ("cash_basis", "exchange")
            for row in effects[sort]
        ]
        self.assertEqual(sorted(new), sorted(foretold))

    def preview(self, suggestion, method):
        before = self.books(), self.report()
        counts = self.counts()
        [row] = getattr(suggestion, method)()
        self.assertBooks(before[0])
        self.assertEqual(self.report(), before[1], "looking changes nothing")
        self.assertEqual(self.counts(), counts, "and writes nothing")
        return row["effects"] if method == "undo_preview" else row

    def counts(self):
        self.env.flush_all()
        tables = ("account_move", "account_move_line", "account_partial_reconcile", "mail_message", "ai_audit_log")
        found = []
        for table in tables:
            self.env.cr.execute(f"SELECT count(*), max(id) FROM {table}")
            found.append(self.env.cr.fetchone())
        return found


@tagged("post_install", "-at_install")
class TestEffects(EffectsCase):
    def proposed(self, taxes=None, amount=1000.0, **values):
        self.invoice = self.document(self.northwind, amount, taxes=taxes, **values)
        text = f"NORTHWIND TRADERS {self.invoice.name}"
        return self.propose(self.line(text, self.invoice.amount_total))

    def coded(self, amount="-115.00", taxes=None, date="2026-03-10"):
        line = self.line("Hotel", float(amount), date)
        row = {"account_id": self.expense.id, "amount": amount, "tax_ids": (taxes or self.tax_purchase_a).ids}
        return self.submitted(line, {"lines": [row]}, kind="bank_coding")

    def both_ways(self, suggestion):
        """Accept and undo, each foretold; returns both effects."""
        row = self.preview(suggestion, "accept_preview")
        self.assertTrue(row["can_accept"], row["why"])
        self.assertExact(row["effects"], suggestion.action_accept)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        undo = self.preview(suggestion, "undo_preview")
        self.assertExact(undo, suggestion.action_undo)
        return row["effects"], undo

    def test_plain_match_has_none(self):
        accept, undo = self.both_ways(self.proposed(taxes=self.tax_sale_a))
        for effects in (accept, undo):
            self.assertEqual((effects["vat"], effects["tags"], effects["text"]), ([], [], ""))
            self.assertFalse(effects["filed"])

    def test_coding_with_tax(self):
        accept, undo = self.both_ways(self.coded())
        [vat] = accept["vat"]
        self.assertEqual((vat["base"], vat["amount"], vat["date"]), ("100.00", "15.00", "2026-03-10"))
        self.assertEqual(sorted(vat["tags"]), ["P-i-base", "P-i-tax"])
        self.assertEqual(undo["vat"][0]["amount"], "-15.00")

    def test_cash_basis(self):
        accept, undo = self.both_ways(self.proposed(taxes=self.cash_tax))
        self.assertEqual([row["date"] for row in accept["cash_basis"]], ["2026-03-10"])
        self.assertEqual(accept["cash_basis"][0]["label"], self.invoice.name)
        self.assertEqual(len(undo["cash_basis"]), 1)

    def test_cash_basis_of_a_filed_period_lands_in_the_next_one(self):
        suggestion = self.proposed(taxes=self.cash_tax)
        self.lock("tax_lock_date", "2026-03-31")
        row = self.preview(suggestion, "accept_preview")
        self.assertTrue(row["effects"]["cash_basis"])
        self.assertGreater(row["effects"]["cash_basis"][0]["date"], "2026-03-31")
        self.assertFalse(row["effects"]["filed"])
        self.assertExact(row["effects"], suggestion.action_accept)
        undo = self.preview(suggestion, "undo_preview")
        self.assertExact(undo, suggestion.action_undo)

    def test_undo_of_cash_basis_in_a_filed_period(self):
        suggestion = self.proposed(taxes=self.cash_tax)
        suggestion.action_accept()
        self.lock("tax_lock_date", "2026-03-31")
        undo = self.preview(suggestion, "undo_preview")
        self.assertGreater(undo["cash_basis"][0]["date"], "2026-03-31")
        self.assertExact(undo, suggestion.action_undo)

    def test_tax_in_a_filed_period_is_refused_and_said_before(self):
        suggestion = self.coded()
        self.lock("tax_lock_date", "2026-03-31")
        row = self.preview(suggestion, "accept_preview")
        self.assertFalse(row["can_accept"])
        self.assertTrue(row["why"])
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "failed")

    def test_exception_from_the_lock_touches_the_filed_period(self):
        suggestion = self.coded()
        self.lock("tax_lock_date", "2026-03-31")
        self.env["account.lock_exception"].create(
            {
                "company_id": self.company.id,
                "user_id": self.reviewer.id,
                "tax_lock_date": "2026-02-28",
                "end_datetime": False,
            }
        )
        row = self.preview(suggestion, "accept_preview")
        self.assertTrue(row["can_accept"], row["why"])
        self.assertTrue(row["effects"]["filed"])
        self.assertIn("March 2026", row["effects"]["text"])
        self.assertIn("P-i-tax", row["effects"]["text"])
        self.assertIn("March 2026", suggestion.card["effects_text"])
        self.assertExact(row["effects"], suggestion.action_accept)
        undo = self.preview(suggestion, "undo_preview")
        self.assertTrue(undo["filed"])
        self.assertEqual(suggestion.card["effects_text"], undo["text"])
        self.assertExact(undo, suggestion.action_undo)

    def test_discount_with_corrected_tax(self):
        loss = self.make_account("Cash discount granted", "expense")
        self.company.account_journal_early_pay_discount_loss_account_id = loss
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % in 10 days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "included",
                "line_ids": [Command.create({"value": "percent", "value_amount": 100, "nb_days": 30})],
            }
        )
        invoice = self.document(self.northwind, 1000.0, taxes=self.tax_sale_a, invoice_payment_term_id=term.id)
        suggestion = self.propose(self.line(f"NORTHWIND TRADERS {invoice.name}", 1127.0))
        [row] = suggestion.card["differences"]
        self.assertEqual((cents(row["amount"]), cents(row["net"]), cents(row["vat"])), ("-23.00", "-20.00", "-3.00"))
        accept, _undo = self.both_ways(suggestion)
        self.assertEqual([(row["base"], row["amount"]) for row in accept["vat"]], [("-20.00", "-3.00")])

    def test_exchange_difference(self):
        foreign = self.setup_other_currency("CHF", rates=[("2026-03-01", 2.0), ("2026-03-10", 2.5)])
        bank = self.make_journal("CHF1", foreign)
        invoice = self.document(self.northwind, 1000.0, currency_id=foreign.id)
        suggestion = self.propose(self.line(f"NORTHWIND {invoice.name}", 1000.0, journal=bank))
        self.assertFalse(suggestion.is_question)
        accept, undo = self.both_ways(suggestion)
        self.assertEqual(accept["exchange"][0]["amount"], "-100.00")
        self.assertEqual(undo["exchange"][0]["amount"], "100.00")

    def test_exchange_difference_with_cash_basis(self):
        foreign = self.setup_other_currency("CHF", rates=[("2026-03-01", 2.0), ("2026-03-10", 2.5)])
        bank = self.make_journal("CHF1", foreign)
        invoice = self.document(self.northwind, 1000.0, currency_id=foreign.id, taxes=self.cash_tax)
        line = self.line("money", invoice.amount_total, journal=bank)
        proposal = {
            "counterparts": [{"move_line_id": self.term_line(invoice).id, "amount": f"{invoice.amount_total:.2f}"}]
        }
        self.both_ways(self.submitted(line, proposal))

    def test_returned_debit_with_cash_basis(self):
        suggestion = self.proposed(taxes=self.cash_tax)
        suggestion.action_accept()
        back = self.line(f"RETURNED DEBIT NORTHWIND TRADERS {self.invoice.name}", -1150.0, "2026-03-12")
        returned = self.booked(back, "returned", asked=None)
        undo = self.preview(returned, "undo_preview")
        self.assertEqual(len(undo["cash_basis"]), 1, "the payment pays the invoice again")
        self.assertExact(undo, returned.action_undo)

    def test_questions_and_decided_ones(self):
        suggestion = self.proposed()
        suggestion.action_reject()
        [row] = suggestion.accept_preview()
        self.assertFalse(row["can_accept"])

    def test_line_paid_meanwhile(self):
        suggestion = self.proposed()
        self.pay(self.invoice)
        [row] = suggestion.accept_preview()
        self.assertFalse(row["can_accept"])
        self.assertIn(self.invoice.name, row["why"])

    def test_auditor_reads_previews_and_strangers_do_not(self):
        suggestion = self.coded()
        auditor = self.make_user("auditor", "auditor")
        row = self.preview(suggestion.with_user(auditor), "accept_preview")
        self.assertEqual(row["effects"]["vat"][0]["amount"], "15.00")
        stranger = self.make_user("stranger")
        with self.assertRaises(AccessError):
            suggestion.with_user(stranger).accept_preview()

    def test_queries_do_not_grow(self):
        def applied(count):
            documents = [self.document(self.northwind, 100.0 + n, taxes=self.cash_tax) for n in range(count)]
            lines = self.line(f"x {documents[0].name}", documents[0].amount_total)
            for document in documents[1:]:
                lines += self.line(f"x {document.name}", document.amount_total)
            found = self.suggestions
            for line, document in zip(lines, documents, strict=True):
                row = {"move_line_id": self.term_line(document).id, "amount": f"{document.amount_total:.2f}"}
                found += self.submitted(line, {"counterparts": [row]})
            found.action_accept()
            return found

        def queries(found):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.cr.sql_log_count
            found.undo_preview()
            return self.cr.sql_log_count - start

        few, many = applied(3), applied(12)
        queries(few)
        self.assertLessEqual(queries(many), queries(few) + 3)
        [row] = few[:1].undo_preview()
        self.assertTrue(row["effects"]["cash_basis"])
