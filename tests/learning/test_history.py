"""What is read from posted entries: codings with their taxes, to the cent, and nothing else."""

from odoo.tests import tagged

from odoo.addons.ai_bookkeeper.engine.coding import Template

from .common import LearningCase


@tagged("post_install", "-at_install")
class TestHistory(LearningCase):
    def test_a_coding_with_tax_is_read_gross(self):
        line = self.coded("SHELL 4711", -115.0, self.fuel, self.tax)
        example, lines = self.examples()[line.id]
        self.assertEqual(
            lines,
            [{"account_id": self.fuel.id, "amount": "-115.00", "tax_ids": self.tax.ids, "label": "SHELL 4711"}],
        )
        self.assertEqual(Template.from_label(example.label).parts[0].taxes, tuple(self.tax.ids))
        self.assertEqual((example.case.text, str(example.case.amount), example.weight), ("SHELL 4711", "-115.00", 1.0))
        self.assertEqual(example.case.unit, str(self.bank.id))

    def test_what_it_reads_books_the_same_again(self):
        rows = [
            {"account_id": self.fuel.id, "amount": "-33.33", "tax_ids": self.tax.ids},
            {"account_id": self.rent.id, "amount": "-16.68", "tax_ids": self.tax.ids},
            {"account_id": self.loan.id, "amount": "-49.99", "tax_ids": []},
        ]
        line = self.line("LOAN AND MORE", -100.0)
        self.code(line, rows)
        _example, lines = self.examples()[line.id]
        found = {row["account_id"]: (row["amount"], row.get("tax_ids", [])) for row in lines}
        self.assertEqual(found, {row["account_id"]: (row["amount"], row["tax_ids"]) for row in rows})

    def test_documents_payments_and_transfers_are_no_codings(self):
        bill = self.bill(self.adatum, 100.0)
        paid = self.line("ADATUM", -100.0)
        self.by_hand(paid, [(self.term_line(bill), "-100.00")])
        open_line = self.line("UNKNOWN", -5.0)
        coded = self.coded("RENT", -500.0, self.rent)
        self.assertEqual(set(self.examples()), {coded.id})
        self.assertNotIn(open_line.id, self.examples())

    def test_only_what_was_asked_for(self):
        other = self.make_journal("BNK9")
        mine = self.coded("RENT", -500.0, self.rent)
        theirs = self.coded("RENT", -500.0, self.rent, journal=other)
        self.assertEqual(set(self.examples(journals=other)), {theirs.id})
        self.assertEqual(set(self.examples(users=self.reviewer)), set())
        self.assertEqual(set(self.examples(users=self.env.user)), {mine.id, theirs.id})

    def test_batches_lose_nothing(self):
        lines = [self.coded("RENT", -500.0 - day, self.rent, date=f"2026-03-{day:02}") for day in (3, 1, 2, 2, 1)]
        self.assertEqual(set(self.examples(batch=2)), {line.id for line in lines})
        with self.assertQueryCount(2):
            list(self.env["ai.learning.history"]._examples(self.company, None, None))

    def test_foreign_journal(self):
        euro = self.env.ref("base.EUR")
        self.env["res.currency.rate"].create({"currency_id": euro.id, "name": "2026-01-01", "rate": 0.8})
        euro.active = True
        journal = self.make_journal("BNKE", euro)
        line = self.line("HOTEL", -80.0, journal=journal)
        self.code(line, [{"account_id": self.fuel.id, "amount": "-80.00", "tax_ids": self.tax.ids}])
        example, lines = self.examples()[line.id]
        self.assertEqual((example.case.currency, [row["amount"] for row in lines]), ("EUR", ["-80.00"]))

    def test_what_a_policy_booked_teaches_nothing_until_somebody_looked(self):
        line = self.line("RENT", -500.0)
        suggestion = self.by_hand(line, write_off=[{"account_id": self.rent.id, "amount": "-500.00"}])
        self.assertEqual(self.examples()[line.id][0].weight, 1.0)
        suggestion.sudo().write({"decision": "policy"})
        self.assertNotIn(line.id, self.examples())
        suggestion.sudo().write({"signed_off_by_id": self.reviewer.id})
        self.assertEqual(self.examples()[line.id][0].weight, 0.1)

    def test_other_companies_stay_apart(self):
        self.coded("RENT", -500.0, self.rent)
        other = self.setup_other_company()["company"]
        self.assertEqual(list(self.env["ai.learning.history"]._examples(other, None, None)), [])
