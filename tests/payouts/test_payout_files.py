"""Settlement files that come twice, from elsewhere or broken; what people say of rows; who may do what."""

import base64

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from ...engine.vocabulary import AUDIT_EVENTS
from .payout_case import PayoutCase


@tagged("post_install", "-at_install")
class TestPayoutFiles(PayoutCase):
    def test_the_same_file_twice(self):
        text = self.rows(("charge", "INV-9", "", "10.00", "0.00", "0.00"))
        payout = self.take(text)
        with self.assertRaisesRegex(UserError, "taken before"):
            self.take(text, "again.csv")
        more = text + "charge,2026-03-02,,,5.00,0.00,0.00,5.00,po_2\n"
        second = self.take(more, "both.csv")
        self.assertEqual(second.name, "po_2")
        self.assertTrue(second.notes)
        with self.assertRaisesRegex(UserError, "another amount"):
            self.take(text.replace("10.00", "11.00"), "changed.csv")
        payout.suggestion_id.action_accept()
        with self.assertRaisesRegex(UserError, "Undo"):
            payout.action_drop()
        second.action_drop()
        self.assertFalse(second.exists())
        self.assertEqual(len(self.take(more, "both.csv")), 1)

    def test_a_file_of_another_merchant(self):
        head = "Type,Date,Merchant ID,Gross,Fee,Net,Payout"
        text = f"{head}\ncharge,2026-03-02,M-1,10.00,0.00,10.00,po_1\n"
        self.take(text)
        self.assertEqual(self.provider.merchant, "M-1")
        with self.assertRaisesRegex(UserError, "M-2"):
            self.take(text.replace("M-1", "M-2").replace("po_1", "po_2"))
        other = self._other_provider()
        with self.assertRaisesRegex(UserError, "another provider or company"):
            self.take(text.replace("po_1", "po_3"), provider=other)

    def _other_provider(self):
        values = {
            "name": "Other",
            "clearing_account_id": self.make_account("Other", "asset_current", reconcile=True).id,
        }
        return self.env["ai.payment.provider"].with_user(self.manager).create(values)

    def test_another_companys_provider(self):
        other = self.setup_other_company(name="Elsewhere")["company"]
        stranger = self.make_user("elsewhere", "reviewer", company=other)
        text = self.rows(("charge", "INV-9", "", "10.00", "0.00", "0.00"))
        with self.assertRaises(AccessError):
            self.take(text, user=stranger)
        payout = self.take(text)
        self.assertFalse(self.env["ai.payout"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            payout.with_user(stranger).action_accept()

    def test_rights(self):
        text = self.rows(("charge", "INV-9", "", "10.00", "0.00", "0.00"))
        auditor = self.make_user("payout_auditor", "auditor")
        for user in (auditor, self.manager):
            with self.assertRaises(AccessError):
                self.take(text, user=user)
        payout = self.take(text)
        self.assertEqual(payout.with_user(auditor).amount, 10.0)
        for records, values in ((payout, {"amount": 5.0}), (payout.line_ids, {"amount": 5.0})):
            with self.assertRaises(UserError):
                records.write(values)
            with self.assertRaises(AccessError):
                records.with_user(auditor).write(values)
        with self.assertRaises(AccessError):
            self.provider.with_user(self.reviewer).write({"name": "Mine"})
        with self.assertRaises(AccessError):
            self.env["ai.payout"].with_user(self.reviewer).create({"name": "made up"})

    def test_what_callers_give(self):
        """Any argument gives a sentence, never a trace."""
        payouts = self.env["ai.payout"].with_user(self.reviewer)
        good = base64.b64encode(b"Date,Gross\n2026-03-02,10.00\n").decode()
        for provider, name, content, mapping in (
            ("x", "a.csv", good, None),
            (True, "a.csv", good, None),
            (2**31, "a.csv", good, None),
            (self.provider.id, "a.csv", "not base64!", None),
            (self.provider.id, "a.csv", 17, None),
            (self.provider.id, None, "", None),
            (self.provider.id, "a.csv", good, {"date": 99, "amount": 1}),
            (self.provider.id, "a.csv", good, {"date": "x"}),
            (self.provider.id, "a.csv", good, ["date"]),
            (self.provider.id, "a.csv", good, {"date": 0, "amount": 1, "kinds": {"a": "nonsense"}}),
            (self.provider.id, "a.csv", base64.b64encode(b"%PDF-1.4 x").decode(), None),
        ):
            with self.subTest(provider=provider, mapping=mapping), self.assertRaises(UserError):
                payouts.take_file(provider, name, content, mapping)
        self.assertFalse(payouts.search([]))

    def test_a_question_is_answered_with_a_click_or_in_the_rows(self):
        invoices = [self.document(partner, 70.0) for partner in (self.northwind, self.yonder)]
        payout = self.take(self.rows(("charge", "ch_12345678", "", "70.00", "0.00", "0.00")))
        suggestion = payout.suggestion_id
        self.assertTrue(suggestion.is_question)
        self.assertEqual(len(suggestion.card["alternatives"]), 3)
        self.assertIn(invoices[0].name, suggestion.card["alternatives"][0]["title"])
        payout.line_ids.item_id = self.term_line(invoices[1])
        self.assertEqual(payout.line_ids.how, "chosen")
        self.assertFalse(payout.suggestion_id.is_question)
        payout.line_ids.is_left = True
        self.assertEqual(payout.line_ids.how, "left")
        payout.line_ids.write({"is_left": False})
        self.assertTrue(payout.suggestion_id.is_question)
        suggestion.action_choose(suggestion.evidence["alternatives"][0]["key"])
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertEqual(sum(invoice.amount_residual == 0 for invoice in invoices), 1)

    def test_the_form_saves_what_is_said_of_rows(self):
        payout = self.take(self.rows(("charge", "", "", "70.00", "0.00", "0.00")))
        line = payout.line_ids
        payout.write({"line_ids": [(1, line.id, {"is_left": True})]})
        self.assertEqual(line.how, "left")
        other = self.take(self.rows(("charge", "", "", "7.00", "0.00", "0.00")).replace("po_1", "po_2")).line_ids
        for commands in ([(1, other.id, {"is_left": True})], [(2, line.id, 0)], [(0, 0, {"amount": 5})], [(5, 0, 0)]):
            with self.assertRaises(UserError):
                payout.write({"line_ids": commands})
        with self.assertRaises(UserError):
            payout.write({"line_ids": [(1, line.id, {"amount": 5.0})]})

    def test_rows_take_open_items_only(self):
        bill = self.bill(self.northwind, 70.0)
        payout = self.take(self.rows(("charge", "", "", "70.00", "0.00", "0.00")))
        for item in (self.term_line(bill), bill.line_ids[:1]):
            with self.assertRaises(UserError):
                payout.line_ids.item_id = item

    def test_a_person_who_says_no(self):
        """Rejected, it comes back only when its facts change."""
        payout = self.take(self.rows(("charge", "", "", "70.00", "0.00", "0.00")))
        payout.suggestion_id.action_reject()
        payout.action_propose()
        self.assertFalse(payout.suggestion_id)
        self.document(self.northwind, 70.0)
        payout.action_propose()
        self.assertTrue(payout.suggestion_id)

    def test_locked_period(self):
        """Booked on the first open day, and said beforehand."""
        self.company.fiscalyear_lock_date = "2026-03-31"
        payout = self.take(self.rows(("charge", "", "", "70.00", "0.00", "0.00")))
        self.assertEqual(str(payout.suggestion_id.date), "2026-04-01")
        self.assertTrue(any("locked" in reason for reason in payout.suggestion_id.card["reasons"]))
        payout.suggestion_id.action_accept()
        self.assertEqual(str(payout.move_id.date), "2026-04-01")

    def test_taken_back_in_odoo_by_hand(self):
        payout = self.take(self.rows(("charge", "", "", "70.00", "0.00", "0.00")))
        payout.suggestion_id.action_accept()
        payout.move_id._reverse_moves([{"date": payout.date}], cancel=True)
        payout.action_propose()
        self.assertEqual(payout.state, "taken")

    def test_provider_is_checked(self):
        providers = self.env["ai.payment.provider"].with_user(self.manager)
        values = {"name": "Bad", "clearing_account_id": self.make_account("Plain", "asset_current").id}
        with self.assertRaises(ValidationError):
            providers.create(values)
        with self.assertRaises(ValidationError):
            self.provider.with_user(self.manager).reserve_account_id = self.clearing
        with self.assertRaises(ValidationError):
            self.provider.with_user(self.manager).bills_fee = True
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "provider_changed")])
        self.assertTrue(log)
        self.assertIn("payout_taken", AUDIT_EVENTS)

    def test_the_dialog(self):
        """Preview, another meaning of a column, a word explained, and the file is taken."""
        head = "Sort,Day,Number,Gross,Fee,Net"
        text = f"{head}\nMystery,2026-03-02,A-100,100.00,2.00,98.00\nStorno,2026-03-03,A-101,-10.00,0.00,-10.00\n"
        dialog = (
            self.env["ai.payout.start"]
            .with_user(self.reviewer)
            .create({"provider_id": self.provider.id, "filename": "x.csv", "data": base64.b64encode(text.encode())})
        )
        dialog.action_read()
        columns = {column.header: column for column in dialog.column_ids}
        self.assertEqual(columns["Gross"].meaning, "amount")
        columns["Sort"].meaning = "kind"
        columns["Day"].meaning = "date"
        columns["Number"].meaning = "references"
        dialog.action_refresh()
        words = {word.word: word for word in dialog.word_ids}
        self.assertEqual(set(words), {"Mystery", "Storno"})
        words["Mystery"].kind = "sale"
        words["Storno"].kind = "refund"
        dialog.action_refresh()
        self.assertFalse(dialog.problems, dialog.problems)
        self.assertEqual(dialog.payout_ids.amount, 88.0)
        action = dialog.action_take()
        payout = self.env["ai.payout"].with_user(self.reviewer).browse(action["res_id"])
        self.assertEqual(payout.line_ids.mapped("kind"), ["sale", "refund"])
        again = (
            self.env["ai.payout.start"]
            .with_user(self.reviewer)
            .create({"provider_id": self.provider.id, "filename": "y.csv", "data": base64.b64encode(text.encode())})
        )
        again.action_read()
        self.assertTrue(again.is_remembered)
        self.assertIn("taken before", again.problems)

    def test_files_that_are_called_alike(self):
        """No reference in the file, and the same name each month."""
        text = "Type,Date,Gross,Fee,Net\ncharge,2026-03-02,10.00,0.00,10.00\n"
        self.take(text)
        later = self.take(text.replace("03-02", "04-02"))
        self.assertEqual(len(later), 1)
        with self.assertRaisesRegex(UserError, "taken before"):
            self.take(text, "renamed.csv")

    def test_form_of_a_provider(self):
        form = Form(self.env["ai.payment.provider"].with_user(self.manager))
        form.name = "Wallet"
        form.clearing_account_id = self.make_account("Wallet", "asset_current", reconcile=True)
        self.assertEqual(form.save().journal_id.type, "general")
