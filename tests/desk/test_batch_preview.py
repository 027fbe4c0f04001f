"""A batch looked at before it is decided, and the card of a coding."""

import json

from odoo.tests import freeze_time, tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestBatchPreview(BankCase):
    def setUp(self):
        super().setUp()
        self.invoices = [self.document(self.northwind, amount) for amount in (100.0, 250.0)]
        self.vendor_bill = self.bill(self.adatum, 80.0)
        self.lines = (
            self.line(f"Northwind {self.invoices[0].name}", 100.0)
            + self.line(f"Northwind {self.invoices[1].name}", 250.0, date="2026-03-14")
            + self.line(f"Adatum {self.vendor_bill.name}", -80.0)
        )
        self.found = self.propose(self.lines)
        self.assertEqual(len(self.found), 3)

    def preview(self, suggestions=None):
        [company] = (suggestions or self.found).batch_preview()
        return company

    @freeze_time("2026-03-20")
    def test_totals(self):
        batch = self.preview()
        self.assertEqual((batch["count"], batch["money_in"], batch["money_out"]), (3, 350.0, 80.0))
        accounts = {row["account_id"]: (row["debit"], row["credit"]) for row in batch["accounts"]}
        self.assertEqual(accounts, {self.receivable.id: (0.0, 350.0), self.payable.id: (80.0, 0.0)})
        self.assertEqual([row["amount"] for row in batch["largest"]], [250.0, 100.0, -80.0])
        self.assertEqual({row["name"] for row in batch["new_partners"]}, {self.northwind.name, self.adatum.name})
        self.assertEqual(batch["excluded"], [])

    @freeze_time("2026-03-20")
    def test_what_stands_out(self):
        for amount in (90.0, 100.0, 110.0):
            self.booked(self.line("on account", amount, partner_id=self.northwind.id), "on_account", asked=None)
        reasons = {row["label"]: row["why"] for row in self.preview()["odd"]}
        self.assertEqual(
            reasons[self.lines[1].payment_ref], ["unusual amount: 90.00 to 110.00 so far", "dated on a weekend"]
        )
        self.assertIn("the first time for this partner", reasons[self.lines[2].payment_ref])
        self.assertNotIn(self.lines[0].payment_ref, reasons)
        self.assertEqual([row["name"] for row in self.preview()["new_partners"]], [self.adatum.name])

    def test_what_stays_out(self):
        by_line = {suggestion.res_id: suggestion for suggestion in self.found}
        by_line[self.lines[0].id].action_reject()
        self.pay(self.vendor_bill)
        # Odoo does not let people lock a period with open bank lines; a lock by an import or a patch may.
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = '2026-03-14' WHERE id = %s", [self.company.id]
        )
        self.env.invalidate_all()
        batch = self.preview()
        self.assertEqual(batch["count"], 0)
        self.assertEqual(
            {row["id"]: row["code"] for row in batch["excluded"]},
            {by_line[line.id].id: code for line, code in zip(self.lines, ("gone", "locked", "stale"), strict=True)},
        )

    def test_two_people_in_another_currency(self):
        """The limit is in the company's currency: 150 of a currency worth half of it is not above 100."""
        currency = self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0)])
        francs = self.make_journal("CHFB", currency)
        line = self.line("odds and ends", 150.0, journal=francs)
        policies = self.env["ai.policy"].with_user(self.make_user("manager", "manager"))
        policies.create({"name": "Two above 100", "sequence": 1, "second_approval_amount": 100.0})
        told = self.submitted(line, {"lines": [{"account_id": self.income.id, "amount": "150.00"}]}, "bank_coding")
        self.assertEqual(self.preview(told)["excluded"], [])
        [out] = self.preview(self.found.filtered(lambda suggestion: suggestion.amount == 250.0))["excluded"]
        self.assertEqual(out["code"], "second")
        self.company.sudo().write({"ai_one_person": True})
        self.assertEqual(self.preview()["excluded"], [])

    def test_the_desk_says_that_the_machine_is_paused(self):
        self.assertEqual(self.suggestions.desk_open()["paused"], "")
        self.env["ai.policy"].with_user(self.make_user("manager", "manager")).pause()
        self.assertIn("Paused", self.suggestions.desk_open()["paused"])

    def test_vat(self):
        line = self.line("SHELL 0231", -121.0)
        tax = self.env["account.tax"].create(
            {"name": "Input 21", "amount": 21.0, "type_tax_use": "purchase", "company_id": self.company.id}
        )
        rows = [{"account_id": self.expense.id, "amount": "-121.00", "tax_ids": tax.ids, "label": "Fuel"}]
        suggestion = self.submitted(line, {"lines": rows}, kind="bank_coding")
        [row] = self.preview(suggestion)["vat"]
        self.assertEqual((row["tax_id"], cents(row["base"]), cents(row["amount"])), (tax.id, "100.00", "21.00"))

    def test_accepting_does_what_was_shown(self):
        batch = self.preview()
        before = {
            account.id: sum(self.env["account.move.line"].search([("account_id", "=", account.id)]).mapped("balance"))
            for account in self.receivable + self.payable
        }
        self.found.action_accept()
        for row in batch["accounts"]:
            items = self.env["account.move.line"].search([("account_id", "=", row["account_id"])])
            change = sum(items.mapped("balance")) - before[row["account_id"]]
            self.assertEqual(cents(change), cents(row["debit"] - row["credit"]))


@tagged("post_install", "-at_install")
class TestCodingCard(BankCase):
    def coded(self, text, amount, account=None, **values):
        line = self.line(text, amount, **values)
        rows = [{"account_id": (account or self.expense).id, "amount": cents(amount), "tax_ids": []}]
        partner_id = values.get("partner_id")
        return self.submitted(line, {"lines": rows, "partner_id": partner_id}, kind="bank_coding")

    def test_what_was_booked_before(self):
        shell = self.make_partner("Shell Nederland B.V.")
        other = self.make_account("Vehicle costs", "expense")
        for day, amount in enumerate((-40.0, -50.0, -60.0, -70.0), 1):
            self.coded("SHELL", amount, other, partner_id=shell.id, date=f"2026-02-0{day}").action_accept()
        coding = self.coded("SHELL STATION 0231 NL", -61.0, partner_id=shell.id).card["coding"]
        self.assertEqual((coding["payee"], coding["raw"]), (shell.name, "SHELL STATION 0231 NL"))
        self.assertEqual([row["amount"] for row in coding["bookings"]], [-70.0, -60.0, -50.0], "the last three")
        self.assertEqual({tuple(row["accounts"]) for row in coding["bookings"]}, {(other.display_name,)})
        self.assertEqual({row["who"] for row in coding["bookings"]}, {self.reviewer.name})
        self.assertEqual(coding["usual"], {"count": 4, "least": 40.0, "most": 70.0})
        self.assertEqual((coding["documents"], coding["open_items"]), ([], []))

    def test_a_payee_that_only_the_bank_knows(self):
        self.coded("x", -10.0, partner_name="CAFE DE POST B.V. 0123").action_accept()
        coding = self.coded("y", -12.0, partner_name="CAFE DE POST B.V. 0123").card["coding"]
        self.assertEqual((coding["payee"], coding["is_known"]), ("Cafe Post", False))
        self.assertEqual([row["amount"] for row in coding["bookings"]], [-10.0])

    def test_an_open_item_speaks_against_coding(self):
        bill = self.bill(self.adatum, 80.0)
        suggestion = self.coded("ADATUM", -80.0)
        self.assertEqual([row["name"] for row in suggestion.card["coding"]["open_items"]], [bill.name])

    def test_a_document_on_the_line(self):
        suggestion = self.coded("receipt", -9.5)
        self.env["ir.attachment"].create(
            {
                "name": "receipt.png",
                "raw": b"x",
                "res_model": "account.move",
                "res_id": suggestion.statement_line_id.move_id.id,
            }
        )
        suggestion.invalidate_recordset(["card"])
        self.assertEqual(suggestion.card["coding"]["documents"], ["receipt.png"])


@tagged("post_install", "-at_install")
class TestLive(BankCase):
    """One message a company and transaction, to people with a role only."""

    def messages(self):
        """What went to the desks since the last look."""
        self.env.cr.flush()
        found = self.env["bus.bus"].sudo().search([("channel", "like", "ai_bookkeeper_desk")], order="id")
        texts = found.mapped("message")
        found.unlink()
        return texts

    def test_one_message_for_a_batch(self):
        invoices = [self.document(self.northwind, amount) for amount in (100.0, 250.0)]
        found = self.propose(self.line(invoices[0].name, 100.0) + self.line(invoices[1].name, 250.0))
        self.messages()
        found.action_accept()
        messages = self.messages()
        # One as the batch is booked, one with what follows from it.
        self.assertLessEqual(len(messages), 2)
        last = json.loads(messages[-1])["payload"]
        self.assertEqual(set(last), {"news"}, "no id, no count, no text, no amount, no name")
        news = self.suggestions.desk_news([last["news"]])
        self.assertEqual(set(news["states"]["applied"]), set(found.ids))

    def test_who_hears_it(self):
        company = self.company

        def hears(user):
            channels = self.env["ir.websocket"].with_user(user)._desk_channels()
            return (company, "ai_bookkeeper_desk") in channels

        self.assertTrue(hears(self.reviewer))
        self.assertTrue(hears(self.make_user("auditor", "auditor")))
        self.assertFalse(hears(self.make_user("agent", "agent", groups="")))
        self.assertFalse(hears(self.make_user("employee")))
        other = self.setup_other_company()["company"]
        self.assertFalse(hears(self.make_user("foreigner", "reviewer", company=other)))
