"""A correction teaches: the next bill of the vendor is read right; undoing unlearns; people see and stop it."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DocumentCase, pdf


def bill(number, total, extra=()):
    """A bill whose number stands under a word that is no usual label, in a place of its own."""
    return pdf(
        (
            (50, 800, "Paper Mill Ltd"),
            (50, 785, "1 River Street, London"),
            (50, 770, "VAT GB123456782"),
            (350, 800, "INVOICE"),
            (350, 760, "Our sign"),
            (430, 760, number),
            (350, 745, "Booking code"),
            (430, 745, "20260001"),
            (350, 730, "Date: 2026-03-02"),
            (50, 600, "Description"),
            (420, 600, "Amount"),
            (50, 580, "Copy paper A4"),
            (420, 580, total),
            *extra,
            (350, 490, "Total USD"),
            (420, 490, total),
        )
    )


@tagged("post_install", "-at_install")
class TestLayouts(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls.make_partner("Paper Mill Ltd", vat="GB123456782")
        cls.manager = cls.make_user("layout_manager", "manager")
        cls.layouts = cls.env["ai.document.layout"]

    def first(self):
        """The first bill, its number corrected by a click, accepted."""
        document = self.taken_in(("first.pdf", bill("Q/77-A", "115.00"))).with_user(self.reviewer)
        box = next([1, *place] for word, *place in document.page_words(1) if word == "Q/77-A")
        document.correct({"number": {"value": "", "box": box}, "vendor": {"value": "Paper Mill Ltd"}})
        return document, self.accepted(document)

    def suggestion(self, document):
        return (
            self.env["ai.suggestion"]
            .sudo()
            .search(
                [("res_model", "=", "account.move"), ("res_id", "=", document.move_id.id)], limit=1, order="id desc"
            )
        )

    def accepted(self, document):
        suggestion = self.suggestion(document).sudo(False).with_user(self.reviewer)
        self.assertEqual(suggestion.state, "pending")
        self.book(suggestion)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        return suggestion

    def book(self, suggestion):
        if suggestion.is_question:
            raise AssertionError(suggestion.evidence)
        proposal = suggestion.proposal
        if not all(row.get("account_id") for row in proposal["lines"]):
            rows = [{**row, "account_id": row.get("account_id") or self.expense.id} for row in proposal["lines"]]
            suggestion.action_edit({**proposal, "lines": rows})
        result = suggestion.action_accept()
        self.assertTrue(result is True, result)

    def second(self, number="Q/78-B", total="230.00"):
        extra = [(50, 560, "Envelopes"), (420, 560, "0.00")]
        return self.taken_in(("second.pdf", bill(number, total, extra)))

    def layout(self):
        return self.layouts.sudo().with_context(active_test=False).search([("partner_id", "=", self.mill.id)])

    def test_the_next_bill_is_read_right(self):
        self.first()
        found = self.second().reading["fields"]["number"]
        self.assertEqual((found["value"], found["source"]), ("Q/78-B", "layout"))
        layout = self.layout().with_user(self.auditor)
        self.assertEqual(layout.document_count, 1)
        self.assertIn("OUR SIGN", layout.knowledge)
        self.assertIn("Q/77-A", layout.lesson_ids.corrected_text)

    def test_undoing_unlearns(self):
        _document, suggestion = self.first()
        suggestion.action_undo()
        self.assertEqual((self.layout().document_count, self.layout().data), (0, False))
        self.assertFalse(self.layout().lesson_ids.counts)
        self.assertNotEqual(self.second().reading["fields"].get("number", {}).get("source"), "layout")

    def test_undoing_one_of_two_keeps_what_the_other_taught(self):
        self.first()
        later = self.second()
        suggestion = self.accepted(later)
        self.assertEqual(self.layout().document_count, 2)
        suggestion.action_undo()
        self.assertEqual(self.layout().document_count, 1)
        found = self.second("Q/79-C", "99.00").reading["fields"]["number"]
        self.assertEqual((found["value"], found["source"]), ("Q/79-C", "layout"))

    def test_switched_off_it_reads_nothing(self):
        self.first()
        layout = self.layout().with_user(self.reviewer)
        layout.action_switch_off()
        self.assertNotEqual(self.second().reading["fields"].get("number", {}).get("source"), "layout")
        layout.action_switch_on()
        self.assertEqual(self.second("Q/79-C").reading["fields"]["number"]["source"], "layout")

    def test_managers_forget_for_good(self):
        self.first()
        layout = self.layout()
        with self.assertRaises(AccessError):
            layout.with_user(self.reviewer).action_forget()
        layout.with_user(self.manager).action_forget()
        self.assertFalse(self.layout())
        entry = self.env["ai.audit.log"].sudo().search([("event", "=", "layout_forgotten")], limit=1, order="id desc")
        self.assertEqual(entry.user_id, self.manager.id)

    def test_only_people_teach(self):
        document = self.taken_in(("first.pdf", bill("Q/77-A", "115.00"))).with_user(self.reviewer)
        document.correct({"number": {"value": "Q/77-A"}, "vendor": {"value": "Paper Mill Ltd"}})
        suggestion = self.suggestion(document).sudo()
        suggestion._accept({"decision": "policy"})
        self.assertFalse(self.layout())

    def test_other_companies_learn_nothing(self):
        self.first()
        other = (
            self.company_data_2["company"] if hasattr(self, "company_data_2") else self.setup_other_company()["company"]
        )
        self.assertFalse(self.layouts._for_company(other))
        outsider = self.make_user("layout_outsider", "reviewer", "auditor", company=other)
        seen = self.layouts.with_user(outsider).with_company(other).search([("partner_id", "=", self.mill.id)])
        self.assertFalse(seen)

    def test_reading_again_uses_what_was_learned_since(self):
        waiting = self.second("Q/80-D", "77.00").with_user(self.reviewer)
        self.assertNotEqual(waiting.reading["fields"].get("number", {}).get("value"), "Q/80-D")
        self.first()
        waiting.read_again()
        self.run_jobs()
        found = waiting.reading["fields"]["number"]
        self.assertEqual((found["value"], found["source"]), ("Q/80-D", "layout"))

    def test_a_correction_after_editing_keeps_the_lines(self):
        document = self.taken_in(("first.pdf", bill("Q/77-A", "115.00"))).with_user(self.reviewer)
        document.correct({"vendor": {"value": "Paper Mill Ltd"}, "number": {"value": "Q/77-A"}})
        suggestion = self.suggestion(document).sudo(False).with_user(self.reviewer)
        proposal = suggestion.proposal
        rows = [{**row, "account_id": self.expense.id, "label": "My own words"} for row in proposal["lines"]]
        suggestion.action_edit({**proposal, "lines": rows})
        document.correct({"number": {"value": "OTHER-9"}, "date": {"value": "2026-03-05"}})
        self.assertEqual(suggestion.state, "pending")
        self.assertEqual((suggestion.proposal["ref"], suggestion.proposal["invoice_date"]), ("OTHER-9", "2026-03-05"))
        self.assertEqual([row["label"] for row in suggestion.proposal["lines"]], ["My own words"] * len(rows))

    def test_what_is_changed_on_the_suggestion_teaches_too(self):
        document = self.taken_in(("first.pdf", bill("Q/77-A", "115.00"))).with_user(self.reviewer)
        document.correct({"vendor": {"value": "Paper Mill Ltd"}})
        suggestion = self.suggestion(document).sudo(False).with_user(self.reviewer)
        suggestion.action_edit({**suggestion.proposal, "ref": "Q/77-A"})
        self.accepted(document)
        self.assertEqual(self.second().reading["fields"]["number"]["value"], "Q/78-B")

    def test_merged_vendors_have_one_layout(self):
        self.first()
        twin = self.make_partner("Papermill")
        self.layouts.sudo().create({"company_id": self.company.id, "partner_id": twin.id, "data": {"fields": {}}})
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard.create({"partner_ids": [Command.set((twin + self.mill).ids)], "dst_partner_id": twin.id}).action_merge()
        self.env.invalidate_all()
        [layout] = self.layouts.sudo().search([("company_id", "=", self.company.id)])
        self.assertEqual((layout.partner_id, layout.res_id, layout.document_count), (twin, twin.id, 1))
        self.assertEqual(self.second().reading["fields"]["number"]["value"], "Q/78-B")

    def test_rights(self):
        self.first()
        layout = self.layout()
        for user in (self.stranger, self.auditor):
            with self.assertRaises(AccessError):
                layout.with_user(user).action_switch_off()
        with self.assertRaises(AccessError):
            layout.with_user(self.stranger).read(["knowledge"])
        for user in (self.reviewer, self.manager, self.auditor):
            with self.assertRaises(AccessError):
                layout.with_user(user).write({"active": False})
            with self.assertRaises(AccessError):
                layout.with_user(user).read(["data"])

    def test_reading_takes_no_query_a_layout(self):
        self.first()
        for at in range(8):
            self.layouts.sudo().create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.make_partner(f"Vendor {at}").id,
                    "data": self.layout().data,
                }
            )
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.assertEqual(len(self.layouts.sudo()._for_company(self.company)), 9)
