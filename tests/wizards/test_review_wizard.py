"""Review of a selection: in words, edited, accepted or rejected, each with its outcome."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..common import BankCase, cents


@tagged("post_install", "-at_install")
class TestReviewWizard(BankCase):
    def proposed(self, *amounts, partner=None):
        partner = partner or self.northwind
        found = self.suggestions
        for amount in amounts:
            invoice = self.document(partner, amount)
            line = self.line(f"payment {invoice.name}", amount)
            row = {"move_line_id": self.term_line(invoice).id, "amount": f"{amount:.2f}"}
            found += self.submitted(line, {"counterparts": [row], "partner_id": partner.id})
        return found

    def coded(self, amount="-115.00", taxes=None):
        line = self.line("Hotel", float(amount))
        row = {"account_id": self.expense.id, "amount": amount, "tax_ids": (taxes or self.tax_purchase_a).ids}
        return self.submitted(line, {"lines": [row]}, kind="bank_coding")

    def question(self):
        self.document(self.yonder, 640.0, date="2026-03-03")
        self.document(self.yonder, 640.0, date="2026-03-05")
        suggestion = self.propose(self.line("BLUE YONDER GMBH march", 640.0))
        self.assertTrue(suggestion.is_question)
        return suggestion

    def review(self, suggestions, user=None):
        action = self.env["ai.suggestion.review"].with_user(user or self.reviewer).start(suggestions.ids)
        return self.env[action["res_model"]].with_user(user or self.reviewer).browse(action["res_id"])

    def run_all(self, review):
        answers = [review.action_run_slice()]
        while answers[-1]["left"]:
            answers.append(review.action_run_slice())
        return answers

    def row(self, review, suggestion):
        return review.row_ids.filtered(lambda row: row.suggestion_id == suggestion)

    def test_words(self):
        match, coding, question = self.proposed(100.0), self.coded(), self.question()
        review = self.review(match + coding + question)
        self.assertEqual(review.row_ids.suggestion_id, match + coding + question)
        rows = [self.row(review, suggestion) for suggestion in (match, coding, question)]
        self.assertIn(match.item_ids.move_line_id.move_id.name, rows[0].what)
        self.assertIn("settles", rows[0].what)
        self.assertIn(self.expense.name, rows[1].what)
        self.assertIn("question", rows[2].what)
        self.assertEqual(len(rows[2].choice_ids), len(question.evidence["alternatives"]))
        self.assertTrue(review.summary_html)
        self.assertEqual(set(review.row_ids.mapped("decision")), {"leave"}, "nothing is decided beforehand")

    def test_accept_reject_and_leave(self):
        found = self.proposed(10.0, 20.0, 30.0)
        review = self.review(found)
        review.row_ids[0].decision = "accept"
        review.row_ids[1].write({"decision": "reject", "reject_reason": "wrong_item", "note": "twice"})
        self.assertEqual((review.accept_count, review.reject_count, review.left_count), (1, 1, 1))
        self.assertEqual(self.run_all(review), [{"done": 2, "left": 0, "count": 2}])
        self.assertEqual(found.mapped("state"), ["applied", "rejected", "pending"])
        self.assertEqual((found[1].reject_reason, found[1].reject_note), ("wrong_item", "twice"))
        self.assertEqual(review.row_ids.mapped("status"), ["applied", "rejected", "waiting"])
        self.assertEqual(review.row_ids[0].message, "Booked")
        self.assertEqual(found[0].decided_with, 2)

    def test_undo_of_what_was_decided_here(self):
        found = self.proposed(10.0, 20.0)
        before = self.books()
        review = self.review(found)
        review.action_accept_all()
        self.run_all(review)
        action = review.action_undo()
        wizard = self.env["ai.suggestion.undo"].with_user(self.reviewer).with_context(**action["context"]).create({})
        wizard.action_look()
        self.assertEqual(wizard.row_ids.suggestion_id, found)
        wizard.action_run_slice()
        self.assertBooks(before)

    def test_answer_of_a_question(self):
        question = self.question()
        review = self.review(question)
        review.action_accept_all()
        self.assertEqual(review.row_ids.decision, "leave", "nobody guesses an answer")
        with Form(review.row_ids) as row:
            row.choice_id = review.row_ids.choice_ids[1]
            self.assertEqual(row.decision, "accept")
            self.assertEqual(len(row.part_ids), 1)
        self.run_all(review)
        self.assertEqual(review.row_ids.status, "applied", review.row_ids.message)
        chosen = question.evidence["alternatives"][1]["proposal"]["counterparts"][0]["move_line_id"]
        self.assertEqual(question.item_ids.move_line_id.id, chosen)

    def test_split_into_several_lines_with_tax(self):
        suggestion = self.coded()
        fees = self.make_account("Fees", "expense")
        review = self.review(suggestion)
        with Form(review.row_ids) as row:
            with row.part_ids.edit(0) as part:
                self.assertEqual((row.net, row.vat, row.gross, row.remainder), (-100.0, -15.0, -115.0, 0.0))
                part.amount = -69.0
            self.assertEqual((row.net, row.vat, row.remainder), (-60.0, -9.0, -46.0))
            with row.part_ids.new() as part:
                part.account_id = fees
                part.amount = -46.0
            self.assertEqual((row.net, row.vat, row.gross, row.remainder), (-106.0, -9.0, -115.0, 0.0))
            self.assertFalse(row.problem)
            row.decision = "accept"
        self.run_all(review)
        self.assertEqual(review.row_ids.status, "applied", review.row_ids.message)
        self.assertTrue(suggestion.is_edited)
        line = self.env["account.bank.statement.line"].browse(suggestion.res_id)
        tax_account = self.tax_purchase_a.invoice_repartition_line_ids.account_id
        self.assertEntry(line, [(self.expense, 60.0), (tax_account, 9.0), (fees, 46.0)])

    def test_too_much_is_said_at_once_and_refused(self):
        suggestion = self.coded()
        review = self.review(suggestion)
        with Form(review.row_ids) as row:
            with row.part_ids.edit(0) as part:
                part.amount = -120.0
            self.assertIn("too much", row.problem)
            row.decision = "accept"
        self.run_all(review)
        self.assertEqual(review.row_ids.status, "refused")
        self.assertTrue(review.row_ids.message)
        self.assertEqual(suggestion.state, "pending")

    def test_other_item(self):
        suggestion = self.proposed(100.0)
        other = self.document(self.yonder, 100.0)
        review = self.review(suggestion)
        with Form(review.row_ids) as row:
            with row.part_ids.edit(0) as part:
                part.move_line_id = self.term_line(other)
            row.partner_id = self.yonder
            row.decision = "accept"
        self.run_all(review)
        self.assertEqual(review.row_ids.status, "applied", review.row_ids.message)
        self.assertOpen(other, 0.0, "paid")

    def test_untouched_discount_keeps_its_document(self):
        source = {"account_id": self.expense.id, "amount": "-2.00", "tax_ids": [], "label": "", "reason": "fee"}
        source["move_line_id"] = 5
        suggestion = self.proposed(100.0)
        suggestion.sudo().proposal = {**suggestion.proposal, "write_off": [source]}
        parts = suggestion.proposal_parts()
        self.assertEqual(suggestion.proposal_of_parts(parts)["write_off"], [source])
        parts[1]["amount"] = "-3.00"
        self.assertEqual(suggestion.proposal_of_parts(parts)["write_off"][0].get("move_line_id"), None)

    def test_remainder(self):
        suggestion = self.proposed(100.0)
        parts = suggestion.proposal_parts()
        parts[0]["amount"] = "60.00"
        self.assertEqual(suggestion.proposal_of_parts(parts)["remainder"], "40.00")
        found = suggestion.check_parts(parts)
        self.assertEqual((found["gross"], found["remainder"], found["changed"]), ("60.00", "40.00", True))
        self.assertEqual(found["problems"], [])

    def test_hostile_parts(self):
        suggestion = self.coded()
        for parts, text in (
            ([{"amount": "NaN", "account_id": self.expense.id}], "amount"),
            ([{"amount": "1", "account_id": 99999999}], ""),
            ([{"amount": "-115.00"}], "neither"),
        ):
            try:
                found = suggestion.check_parts(parts)
                self.assertTrue(found["problems"])
                self.assertIn(text, " ".join(found["problems"]))
            except UserError as error:
                self.assertIn(text, str(error))

    def test_failures_are_told_one_by_one(self):
        found = self.proposed(10.0, 20.0, 30.0)
        review = self.review(found)
        review.action_accept_all()
        self.pay(found[1].item_ids.move_line_id.move_id)
        self.run_all(review)
        self.assertEqual(review.row_ids.mapped("status"), ["applied", "superseded", "applied"])
        self.assertTrue(review.row_ids[1].message)
        self.assertEqual((review.done_count, review.failed_count), (2, 1))

    def test_second_approval(self):
        self.env["ai.policy"].sudo().search([]).write({"second_approval_amount": 15.0})
        found = self.proposed(10.0, 20.0)
        review = self.review(found)
        review.action_accept_all()
        self.run_all(review)
        self.assertEqual(review.row_ids.mapped("status"), ["applied", "accepted"])
        self.assertEqual(review.second_count, 1)

    def test_decided_ones_are_excluded(self):
        found = self.proposed(10.0, 20.0)
        found[0].action_accept()
        review = self.review(found)
        self.assertEqual(review.row_ids.mapped("status"), ["excluded", "waiting"])
        self.assertIn("decided", review.row_ids[0].excluded_why)
        review.action_accept_all()
        self.run_all(review)
        self.assertEqual(found.mapped("state"), ["applied", "applied"])

    def test_currencies_and_companies(self):
        foreign = self.setup_other_currency("CHF", rates=[("2026-01-01", 2.0)])
        bank = self.make_journal("CHF1", foreign)
        line = self.line("Hotel", -200.0, journal=bank)
        abroad = self.submitted(
            line, {"lines": [{"account_id": self.expense.id, "amount": "-200.00"}]}, kind="bank_coding"
        )
        data = self.setup_other_company(name="Elsewhere")
        company = data["company"]
        both = self.make_user("both", "reviewer")
        both.write({"company_ids": [Command.set((self.company + company).ids)]})
        journal = data["default_journal_bank"]
        elsewhere = self.env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "payment_ref": "Taxi", "amount": -10.0, "date": "2026-03-10"}
        )
        account = data["default_account_expense"]
        values = {
            "kind": "bank_coding",
            "res_model": elsewhere._name,
            "res_id": elsewhere.id,
            "proposal": {"lines": [{"account_id": account.id, "amount": "-10.00"}]},
        }
        model = self.env["ai.suggestion"].with_user(both).with_context(allowed_company_ids=(self.company + company).ids)
        far = model.browse(model.submit(values))
        found = model.browse(abroad.ids) + far
        action = self.env["ai.suggestion.review"].with_env(model.env).start(found.ids)
        review = self.env["ai.suggestion.review"].with_env(model.env).browse(action["res_id"])
        self.assertEqual(review.row_ids.currency_id, foreign + company.currency_id)
        review.action_accept_all()
        self.run_all(review)
        self.assertEqual(review.row_ids.mapped("status"), ["applied", "applied"], review.row_ids.mapped("message"))
        self.assertEqual(far.company_id, company)
        self.assertEqual(cents(sum(elsewhere.move_id.line_ids.mapped("balance"))), "0.00")

    def test_from_bank_lines(self):
        found = self.proposed(10.0, 20.0)
        lines = self.env["account.bank.statement.line"].browse(found.mapped("res_id"))
        action = self.env["ai.suggestion.review"].with_user(self.reviewer).start_lines(lines.ids)
        review = self.env["ai.suggestion.review"].browse(action["res_id"])
        self.assertEqual(review.row_ids.suggestion_id, found)
        with self.assertRaisesRegex(UserError, "Propose"):
            self.env["ai.suggestion.review"].with_user(self.reviewer).start_lines(self.line("nothing", 3.33).ids)

    def test_menu_actions_run_for_reviewers_only(self):
        found = self.proposed(10.0)
        action = self.env.ref("ai_bookkeeper.ai_suggestion_review_action")
        context = {"active_model": "ai.suggestion", "active_ids": found.ids, "active_id": found.id}
        answer = action.with_user(self.reviewer).with_context(**context).run()
        self.assertEqual(answer["res_model"], "ai.suggestion.review")
        for role in ("manager", "auditor"):
            with self.assertRaises(AccessError):
                action.with_user(self.make_user(f"menu_{role}", role)).with_context(**context).run()

    def test_rights(self):
        found = self.proposed(10.0)
        decisions = [{"id": found.id, "verb": "accept"}]
        for role in ("manager", "auditor"):
            user = self.make_user(f"review_{role}", role)
            with self.assertRaises(AccessError):
                self.env["ai.suggestion.review"].with_user(user).start(found.ids)
            with self.assertRaises(AccessError):
                self.env["ai.suggestion"].with_user(user).decide_many(decisions)
        with self.assertRaises(UserError):
            self.suggestions.decide_many([{"id": found.id, "verb": "delete"}])
        with self.assertRaises(UserError):
            self.suggestions.decide_many([{"id": found.id, "verb": "reject", "reason": "<b>"}])
        self.assertEqual(found.state, "pending")
