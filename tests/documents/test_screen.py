"""What the screen of a document shows: to whom, in constant queries, and how far each document is."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DocumentCase, pdf

READING = {
    "version": 1,
    "kind": "bill",
    "fields": {
        "vendor": {"value": "Paper Mill Ltd", "text": "Paper Mill Ltd", "box": [1, 0.08, 0.05, 0.2, 0.07]},
        "number": {
            "value": "PM-2026-117",
            "text": "PM-2026-117",
            "box": [1, 0.6, 0.07, 0.8, 0.09],
            "confidence": 0.995,
        },
        "date": {"value": "2026-03-02", "text": "2026-03-02", "confidence": 0.5},
        "total": {"value": "115.00", "text": "115.00", "confidence": 0.999},
        "vendor_iban": {"value": "DE89370400440532013000", "confidence": 0.999},
    },
    "items": [],
    "taxes": [],
    "problems": [],
    "reasons": [],
    "language": "en",
    "is_gross": False,
}


@tagged("post_install", "-at_install")
class TestScreen(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls.make_partner("Paper Mill Ltd")

    def proposal(self, **values):
        tax = self.company_data["default_tax_purchase"]
        line = {"label": "Copy paper A4", "account_id": self.expense.id, "tax_ids": tax.ids}
        line.update(quantity="1", price_unit="100.00", amount="100.00")
        return {
            "version": 1,
            "move_type": "in_invoice",
            "partner_id": self.mill.id,
            "ref": "PM-2026-117",
            "invoice_date": "2026-03-02",
            "currency": self.company.currency_id.name,
            "iban": "DE89370400440532013000",
            "net": "100.00",
            "tax": "15.00",
            "total": "115.00",
            "lines": [line],
            **values,
        }

    def suggested(self, proposal=None, evidence=None, content=None):
        """A document that was read, and what is proposed for its draft."""
        document = self.taken_in(("bill.pdf", content or pdf()))
        document.sudo().write({"state": "read", "kind": "bill", "reading": READING, "is_proposed": True})
        # What the engine proposes of its own is the matter of other tests.
        self.env["ai.suggestion"].sudo().search([("res_id", "=", document.move_id.id)])._supersede("test")
        self.env.flush_all()
        suggestion = (
            self.env["ai.suggestion"]
            .sudo()
            .create(
                {
                    "kind": "bill_document",
                    "tier": "prediction",
                    "res_model": "account.move",
                    "res_id": document.move_id.id,
                    "company_id": self.company.id,
                    "journal_id": document.journal_id.id,
                    "partner_id": self.mill.id,
                    "amount": -115.0,
                    "currency_id": self.company.currency_id.id,
                    "date": "2026-03-02",
                    "label": "Paper Mill Ltd PM-2026-117",
                    "proposal": proposal or self.proposal(),
                    "evidence": evidence or {},
                }
            )
        )
        self.env.flush_all()
        return document.with_user(self.reviewer), suggestion.with_user(self.reviewer)

    def facts(self, card):
        return {fact["code"]: (fact["tone"], fact["text"]) for fact in card["facts"]}

    def test_what_the_screen_tells(self):
        document, suggestion = self.suggested()
        screen = document.screen()
        self.assertEqual(screen["suggestion_id"], suggestion.id)
        self.assertTrue(screen["can_decide"])
        told = {field["name"]: field for field in screen["fields"]}
        self.assertEqual(told["number"]["box"], [1, 0.6, 0.07, 0.8, 0.09])
        self.assertTrue(told["number"]["sure"])
        self.assertFalse(told["date"]["sure"])
        self.assertTrue(told["date"]["doubt"], "a value read with half certainty is looked at twice")
        self.assertFalse(told["number"]["doubt"])
        self.assertEqual((told["net"]["value"], told["net"]["source"]), ("100.00", "computed"))
        self.assertEqual(told["due_date"]["value"], "", "what nobody found is shown empty, to be filled")
        card = screen["card"]
        self.assertEqual([(row["account_id"], row["amount"]) for row in card["lines"]], [(self.expense.id, "100.00")])
        self.assertEqual(card["vendor"]["id"], self.mill.id)
        self.assertEqual(screen["document"]["pages"][0]["number"], 1)
        self.assertAlmostEqual(screen["document"]["pages"][0]["ratio"], 842 / 595, places=2)

    def test_facts_of_a_first_bill_and_of_the_next(self):
        document, _suggestion = self.suggested()
        facts = self.facts(document.screen()["card"])
        self.assertEqual(facts["vendor"][0], "warn")
        self.assertEqual(facts["iban"][0], "warn", "an account that nobody has seen before")
        self.assertEqual(facts["sums"][0], "ok")
        self.assertEqual(facts["period"], ("ok", "March 2026"))
        self.bill(self.mill, 80.0, date="2026-01-15")
        self.env["res.partner.bank"].create({"partner_id": self.mill.id, "acc_number": "DE89 3704 0044 0532 0130 00"})
        facts = self.facts(document.screen()["card"])
        self.assertEqual(facts["vendor"][0], "ok")
        self.assertIn("1 bills", facts["vendor"][1])
        self.assertEqual(facts["iban"][0], "ok")

    def test_a_changed_account_and_sums_that_miss(self):
        self.env["res.partner.bank"].create({"partner_id": self.mill.id, "acc_number": "GB29NWBK60161331926819"})
        document, suggestion = self.suggested(self.proposal(tax="14.00"))
        facts = self.facts(document.screen()["card"])
        self.assertEqual(facts["iban"][0], "bad")
        self.assertIn("6819", facts["iban"][1])
        self.assertEqual(facts["sums"][0], "bad")
        [line] = self.proposal()["lines"]
        suggestion.sudo().proposal = self.proposal(lines=[{**line, "amount": "80.00"}])
        self.assertEqual(self.facts(document.screen()["card"])["sums"][0], "warn")

    def test_a_locked_period(self):
        document, _suggestion = self.suggested()
        self.company.sudo().purchase_lock_date = "2026-03-31"
        tone, text = self.facts(document.screen()["card"])["period"]
        self.assertEqual(tone, "warn")
        self.assertIn("locked", text)

    def test_who_may_look(self):
        document, suggestion = self.suggested()
        shown = document.with_user(self.auditor).screen()
        self.assertFalse(shown["can_decide"])
        self.assertEqual(shown["card"]["id"], suggestion.id)
        with self.assertRaises(AccessError):
            document.with_user(self.stranger).screen()
        with self.assertRaises(AccessError):
            suggestion.with_user(self.stranger).bill_card()
        with self.assertRaises(AccessError):
            document.with_user(self.auditor).action_propose()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self.make_user("screen_elsewhere", "reviewer", company=other)
        with self.assertRaises(AccessError):
            document.with_user(foreign).screen()
        self.assertEqual(document.with_user(foreign).screen_states(), [])

    def test_how_far_each_is(self):
        document, suggestion = self.suggested()
        self.assertEqual(document.progress, "decide")
        values = {"company_id": document.company_id.id, "res_model": "account.move", "res_id": document.move_id.id}
        finding = (
            self.env["ai.finding"]
            .sudo()
            .create(
                {
                    **values,
                    "code": "buyer_stranger",
                    "severity": "stop",
                    "key": "x",
                    "values": {"name": "Zander & Sons"},
                }
            )
        )
        document.invalidate_recordset()
        self.assertEqual(document.progress, "held")
        self.assertIn("Zander & Sons", document.warning)
        finding.state = "dismissed"
        document.invalidate_recordset()
        self.assertEqual(document.progress, "decide")
        self.assertNotIn("Zander & Sons", document.warning or "")
        suggestion.sudo().is_question = True
        document.invalidate_recordset()
        self.assertEqual(document.progress, "question")
        suggestion.sudo().evidence = {"alternatives": []}
        suggestion.action_reject()
        document.invalidate_recordset()
        self.assertEqual(document.progress, "rejected")
        self.assertEqual(document.search([("progress", "=", "rejected")]), document)
        self.assertFalse(document.search([("progress", "in", ["decide", "booked"])]))
        groups = dict(document._read_group([], ["progress"], ["__count"]))
        self.assertEqual(groups, {"rejected": 1})
        document.sudo().state = "failed"
        self.assertEqual(document.progress, "failed")
        with self.assertRaises(UserError):
            document.action_propose()

    def test_the_queue_reads_amounts_and_currencies(self):
        document, _suggestion = self.suggested()
        self.assertEqual((document.vendor_name, document.number), ("Paper Mill Ltd", "PM-2026-117"))
        self.assertEqual(document.total, 115.0)
        hostile = {**READING, "fields": {"total": {"value": "no amount"}, "date": {"value": "yesterday"}}}
        document.sudo().reading = hostile
        self.assertEqual((document.total, document.bill_date), (0.0, False))

    def test_cards_take_constant_queries(self):
        first = self.suggested()[1]
        more = first
        for number in range(4):
            more |= self.suggested(content=pdf(((50, 700, f"Bill {number}"), (50, 600, "Total 115.00"))))[1]
        self.assertEqual(len(more), 5)

        def count(suggestions):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            suggestions._bill_cards()
            return self.env.cr.sql_log_count - before

        count(first)
        self.assertEqual(count(more), count(first))

    def test_journals_of_the_upload(self):
        journals = self.env["ai.document"].with_user(self.reviewer).upload_journals()
        self.assertEqual(journals[0]["id"], self.purchases.id)
        with self.assertRaises(AccessError):
            self.env["ai.document"].with_user(self.auditor).upload_journals()
