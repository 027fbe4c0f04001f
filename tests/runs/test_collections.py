"""Direct debits that were collected as one sum: by a file, in part, returned with the bank's fee."""

from ...readers.payment_file.tests.samples import debit_file
from .test_payment_runs import OWN, RunsCase

RETURN = {"transaction_type": "PMNT-IDDT-UPDD AM04"}


class TestCollections(RunsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax = cls.company_data["default_tax_sale"]
        cls.invoices = [
            cls.document(cls.northwind, 100.0, taxes=cls.tax),
            cls.document(cls.yonder, 40.0, taxes=cls.tax),
            cls.document(cls.adatum, 40.0, taxes=cls.tax),
        ]
        cls.totals = [invoice.amount_total for invoice in cls.invoices]

    def collected(self):
        orders = [
            self.order(invoice.partner_id, total, f"MANDATE-{number:04}", text=invoice.name)
            for number, (invoice, total) in enumerate(zip(self.invoices, self.totals, strict=True))
        ]
        return self.take(debit_file(orders, account=OWN, name="COLL-2026-03"))

    def returned(self, amount, told, date="2026-03-13", text="RETURN DIRECT DEBIT"):
        return self.line(text, amount, date, transaction_details={"references": [told]}, **RETURN)

    def bank_balance(self):
        return self.bank.default_account_id

    def test_one_credit_and_one_return_with_a_fee_of_ours(self):
        run = self.collected()
        line = self.line("SEPA DD COLLECTION 3 TX", sum(self.totals))
        self.booked(line, "collection")
        self.assertEntry(line, [(self.receivable, -total) for total in self.totals])
        self.assertBalances({self.receivable: 0.0, self.suspense: 0.0, self.bank_balance(): sum(self.totals)})
        back = self.returned(-self.totals[2] - 3.5, "MANDATE-0002")
        before = self.books(exact=False)
        suggestion = self.booked(back, "returned")
        fee = self.company.ai_fee_account_id
        self.assertEntry(back, [(self.receivable, self.totals[2]), (fee, 3.5)])
        self.assertOpen(self.invoices[2], self.totals[2], "not_paid")
        self.assertOpen(self.invoices[1], 0.0, self.invoices[1]._get_invoice_in_payment_state())
        self.assertBalances({self.receivable: self.totals[2], fee: 3.5, self.suspense: 0.0})
        self.assertEqual(run.line_ids.mapped("state"), ["booked", "booked", "returned"])
        self.assertUndone(suggestion, before, exact=False)
        self.assertEqual(set(run.line_ids.mapped("state")), {"booked"})

    def test_the_fee_is_the_customers(self):
        self.company.ai_charges_return_fee = True
        self.collected()
        self.booked(self.line("SEPA DD COLLECTION", sum(self.totals)), "collection")
        back = self.returned(-self.totals[1] - 4.0, "MANDATE-0001")
        self.booked(back, "returned")
        self.assertEntry(back, [(self.receivable, self.totals[1]), (self.receivable, 4.0)], partner=self.yonder)
        self.assertBalances({self.receivable: self.totals[1] + 4.0})
        self.assertOpen(self.invoices[1], self.totals[1], "not_paid")

    def test_the_tax_stays_where_the_invoices_put_it(self):
        self.collected()
        taxed = self.tax.invoice_repartition_line_ids.account_id
        before = sum(self.env["account.move.line"].search([("account_id", "in", taxed.ids)]).mapped("balance"))
        self.booked(self.line("SEPA DD COLLECTION", sum(self.totals)), "collection")
        self.booked(self.returned(-self.totals[1] - 4.0, "MANDATE-0001"), "returned")
        after = sum(self.env["account.move.line"].search([("account_id", "in", taxed.ids)]).mapped("balance"))
        self.assertEqual(before, after)

    def test_a_debit_that_was_refused_before_the_credit(self):
        run = self.collected()
        line = self.line("SEPA DD COLL-2026-03", self.totals[1] + self.totals[2])
        self.booked(line, "collection")
        self.assertOpen(self.invoices[0], self.totals[0], "not_paid")
        self.assertEqual(run.line_ids[0].state, "rejected")
        self.assertBalances({self.receivable: self.totals[0], self.suspense: 0.0})

    def test_a_return_that_the_bank_shows_before_the_credit(self):
        self.collected()
        back = self.returned(-self.totals[2], "MANDATE-0002", date="2026-03-09")
        self.booked(self.line("SEPA DD COLLECTION", sum(self.totals)), "collection")
        self.booked(back, "returned")
        self.assertOpen(self.invoices[2], self.totals[2], "not_paid")
        self.assertBalances({self.receivable: self.totals[2], self.suspense: 0.0})

    def test_two_returns_without_a_file(self):
        line = self.line(f"SEPA DD COLLECTION {' '.join(each.name for each in self.invoices)}", sum(self.totals))
        self.booked(line, "collection")
        back = self.line(f"RETURNED DIRECT DEBIT {self.invoices[0].name}", -self.totals[0], "2026-03-12", **RETURN)
        again = self.line(f"RETURNED DIRECT DEBIT {self.invoices[2].name}", -self.totals[2], "2026-03-12", **RETURN)
        for each in (back, again):
            self.booked(each, "returned")
        self.assertOpen(self.invoices[0], self.totals[0], "not_paid")
        self.assertOpen(self.invoices[2], self.totals[2], "not_paid")
        self.assertBalances({self.receivable: self.totals[0] + self.totals[2], self.suspense: 0.0})

    def test_a_return_of_two_alike_without_a_name_is_asked(self):
        line = self.line(f"SEPA DD COLLECTION {' '.join(each.name for each in self.invoices)}", sum(self.totals))
        self.booked(line, "collection")
        suggestion = self.propose(self.line("RETURNED DIRECT DEBIT", -self.totals[2], "2026-03-12", **RETURN))
        self.assertTrue(suggestion.is_question)
        self.assertEqual(
            {choice["case"] for choice in suggestion.evidence["alternatives"]} & {"returned"}, {"returned"}
        )

    def test_registered_collections_in_a_batch(self):
        payments = self.env["account.payment"]
        for invoice in self.invoices:
            payments += self.pay(invoice)
        payments.write({"payment_reference": "BATCH/IN/0007"})
        self.booked(self.line("SEPA DD BATCH/IN/0007", sum(self.totals)), "collection")
        back = self.line(f"RETURN DIRECT DEBIT {self.invoices[0].name}", -self.totals[0], "2026-03-14", **RETURN)
        self.booked(back, "returned")
        self.assertBalances({payments.outstanding_account_id: 0.0, self.receivable: self.totals[0], self.suspense: 0.0})
        self.assertOpen(self.invoices[0], self.totals[0], "not_paid")

    def test_locked_meanwhile(self):
        """What was collected lies in a locked period: the return is not booked against it, and nothing is torn."""
        self.collected()
        self.booked(self.line("SEPA DD COLLECTION", sum(self.totals)), "collection")
        back = self.returned(-self.totals[2], "MANDATE-0002", date="2026-04-02")
        suggestion = self.propose(back)
        self.company.sudo().fiscalyear_lock_date = "2026-03-31"
        before = self.books(exact=False)
        suggestion.action_accept()
        self.assertNotEqual(suggestion.state, "applied")
        self.assertBooks(before, exact=False)
