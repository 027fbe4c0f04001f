"""A salary journal, single documents, expenses: who may not read them finds nothing of them anywhere."""

import json

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import LINE, BankCase

SECRET = "SALARY-7731"


@tagged("post_install", "-at_install")
class TestHiddenBooks(BankCase):
    """``insider`` and ``reviewer`` hold the same roles; rules close books to the latter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secret_bank = cls.make_journal("SAL1")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.manager = cls.make_user("manager", "manager")
        cls.insider = cls.make_user("insider", "reviewer", "auditor")
        cls.employee = cls.make_partner("Jane Doe Employee")
        cls.invoice = cls.document(cls.northwind, 640.0)
        cls.open_line = cls.line(f"NORTHWIND TRADERS {cls.invoice.name}", 640.0)

    def close(self, model, domain, users=None):
        """A record rule that hides what ``domain`` finds from everybody but the insider."""
        self.env["ir.rule"].create(
            {
                "name": "closed",
                "model_id": self.env["ir.model"]._get(model).id,
                "domain_force": f"[(1, '=', 1)] if user.id == {self.insider.id} else {domain!r}",
            }
        )

    def salary(self, journal=None):
        invoice = self.document(self.employee, 2200.0, payment_reference=SECRET, ref=SECRET)
        line = self.line(f"{SECRET} {invoice.name}", 2200.0, journal=journal or self.secret_bank)
        return invoice, line

    def suggest(self, line):
        suggestions = self.env["ai.suggestion"].with_user(self.insider)
        found = suggestions.browse(suggestions.propose(LINE, line.ids))
        self.assertEqual(len(found), 1)
        return found

    def assertNothingSeen(self, suggestion, user):
        """Lists, counts, groups, names, exports, items, log, identities, events, dashboards."""
        suggestion = suggestion.with_user(user)
        mine = [("id", "=", suggestion.id)]
        model = suggestion.browse()
        self.assertFalse(model.search(mine))
        self.assertEqual(model.search_count(mine), 0)
        self.assertEqual(model.search_read(mine, ["label"]), [])
        self.assertEqual(model.web_search_read(mine, {"label": {}})["length"], 0)
        self.assertFalse(model._read_group(mine, ["state"], ["__count"]))
        self.assertFalse(model.formatted_read_group(mine, ["state"], ["__count", "amount:sum"]))
        self.assertEqual(model.web_read_group(mine, ["state"], ["__count"])["groups"], [])
        self.assertFalse(model.name_search("", mine))
        self.assertFalse(self.env["ai.suggestion.item"].with_user(user).search([("suggestion_id", "=", suggestion.id)]))
        self.assertFalse(
            self.env["ai.suggestion.item"]
            .with_user(user)
            ._read_group([("suggestion_id", "=", suggestion.id)], [], ["amount:sum"])[0][0]
        )
        for read in (
            lambda: suggestion.read(["label"]),
            lambda: suggestion.card,
            suggestion.undo_preview,
            suggestion.action_accept,
            suggestion.action_open_record,
        ):
            with self.assertRaises(AccessError) as caught:
                read()
            self.assertNotIn(SECRET, str(caught.exception))
        user.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            suggestion.export_data(["label"])

    def assertNoTraces(self, suggestion, user):
        for model, domain in (
            ("ai.audit.log", [("suggestion_id", "=", suggestion.id)]),
            ("sync.event", [("res_model", "=", "ai.suggestion"), ("res_id", "=", suggestion.id)]),
        ):
            rows = self.env[model].sudo().search(domain)
            self.assertTrue(rows, model)
            self.assertFalse(self.env[model].with_user(user).search(domain), model)
            with self.assertRaises(AccessError):
                rows.with_user(user).read([])
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", suggestion.id)])
        identities = self.env["ai.audit.identity"].with_user(user)
        if identities.has_access("read"):
            self.assertFalse(identities.search([("log_id", "in", logs.ids)]))

    # === THE TARGET IS CLOSED === #

    def test_a_journal_that_is_closed_hides_its_suggestions(self):
        _invoice, line = self.salary()
        suggestion = self.suggest(line)
        self.close("account.journal", [("id", "!=", self.secret_bank.id)])
        for user in (self.reviewer, self.auditor, self.manager):
            self.assertNothingSeen(suggestion, user)
        for user in (self.auditor, self.manager):
            self.assertNoTraces(suggestion, user)
        self.assertTrue(suggestion.search([("id", "=", suggestion.id)]))
        self.assertTrue(suggestion.card)

    def test_an_entry_that_is_closed_hides_its_suggestions(self):
        _invoice, line = self.salary()
        suggestion = self.suggest(line)
        self.close("account.move", [("journal_id", "!=", self.secret_bank.id)])
        self.assertNothingSeen(suggestion, self.reviewer)
        self.assertNoTraces(suggestion, self.manager)

    def test_a_bank_line_that_is_closed_hides_its_suggestions(self):
        _invoice, line = self.salary(self.bank)
        suggestion = self.suggest(line)
        open_one = self.suggest(self.open_line)
        self.close(LINE, [("payment_ref", "not ilike", SECRET)])
        self.assertNothingSeen(suggestion, self.reviewer)
        self.assertNoTraces(suggestion, self.auditor)
        found = self.suggestions.search([("company_id", "=", self.company.id)])
        self.assertEqual(found.ids, open_one.ids, "the others are seen as ever")
        self.assertEqual(self.bank.with_user(self.reviewer).ai_counts.get("proposed", 0), 1)
        self.assertEqual(self.bank.with_user(self.insider).ai_counts.get("proposed", 0), 2)

    def test_names_of_the_log_follow_the_log(self):
        _invoice, line = self.salary()
        suggestion = self.suggest(line)
        suggestion.action_accept()
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", suggestion.id)])
        mine = [("log_id", "in", logs.ids)]
        self.assertTrue(self.env["ai.audit.identity"].with_user(self.auditor).search(mine))
        self.close("account.journal", [("id", "!=", self.secret_bank.id)])
        self.assertFalse(self.env["ai.audit.identity"].with_user(self.auditor).search(mine))
        self.assertEqual(self.env["ai.audit.identity"].with_user(self.auditor).search_count(mine), 0)

    # === THE TARGET IS OPEN, A DOCUMENT IS CLOSED === #

    def hidden_document(self):
        """A bank line that everybody sees, and the proposal to settle a document that only the insider sees."""
        invoice, line = self.salary(self.bank)
        line.payment_ref = f"transfer {invoice.name}"
        suggestion = self.suggest(line)
        self.close("account.move", ["|", ("payment_reference", "=", False), ("payment_reference", "!=", SECRET)])
        return invoice.name, line, suggestion

    def test_a_card_names_no_document_that_the_reader_may_not_see(self):
        name, _line, suggestion = self.hidden_document()
        self.assertIn(name, json.dumps(suggestion.card["documents"]))
        theirs = suggestion.with_user(self.reviewer)
        card = theirs.card
        self.assertEqual(card["documents"][0]["name"], "a document you may not see")
        card.pop("text")
        self.assertNotIn(name, json.dumps(card))
        self.assertNotIn(SECRET, json.dumps(card))
        theirs.invalidate_recordset()
        self.assertFalse(theirs.item_ids)

    def test_raw_fields_name_no_document_that_the_reader_may_not_see(self):
        name, line, suggestion = self.hidden_document()
        [row] = suggestion.with_user(self.reviewer).read(["evidence", "proposal", "before", "error"])
        text = json.dumps([row["evidence"].get("reasons"), row["evidence"].get("alternatives"), row["proposal"]])
        self.assertNotIn(name, text)
        [row] = suggestion.read(["evidence"])
        self.assertIn(name, json.dumps(row["evidence"]))
        self.reviewer.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            suggestion.with_user(self.reviewer).export_data(["evidence"])
        self.assertNotIn(name, json.dumps(line.with_user(self.reviewer).ai_finding_text or ""))

    def test_nobody_settles_a_document_that_they_may_not_see(self):
        name, line, suggestion = self.hidden_document()
        before = self.books()
        for call in (
            suggestion.with_user(self.reviewer).action_accept,
            line.with_user(self.reviewer).action_ai_accept,
        ):
            with self.assertRaises(AccessError) as caught:
                call()
            self.assertNotIn(name, str(caught.exception))
        self.assertBooks(before)
        self.assertTrue(suggestion.action_accept())

    def test_a_preview_of_undo_names_no_document_that_the_reader_may_not_see(self):
        name, _line, suggestion = self.hidden_document()
        suggestion.action_accept()
        self.assertIn(name, json.dumps(suggestion.undo_preview()[0]["documents"]))
        [preview] = suggestion.with_user(self.reviewer).undo_preview()
        preview.pop("name")
        self.assertNotIn(name, json.dumps(preview))
        self.assertNotIn(SECRET, json.dumps(preview))

    def test_an_open_reader_pays_nothing_for_masks(self):
        suggestion = self.suggest(self.open_line).with_user(self.reviewer)
        suggestion.invalidate_recordset()
        suggestion.read(["card", "evidence"])
        with self.assertQueryCount(aib_reviewer=0):
            suggestion._sentences([["reference", {"name": "INV/1"}]])
