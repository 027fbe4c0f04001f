"""Bills under policies, duties, agents and edits: who may, what is asked, and how many queries it costs."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import BillCase


@tagged("post_install", "-at_install")
class TestBillPeople(BillCase):
    def policy(self, **values):
        self.env["ai.policy"].sudo().search([]).active = False
        return (
            self.env["ai.policy"]
            .sudo()
            .create(
                {
                    "name": "Bills",
                    "kind": "bill_document",
                    "company_id": self.company.id,
                    "mode": "supervised",
                    "min_confidence": 0.01,
                    **values,
                }
            )
        )

    def known(self):
        """The vendor has a posted bill, and somebody coded it."""
        for month in range(1, 4):
            self.document(self.vendor, 100, "in_invoice", ref=f"K{month}", date=f"2025-0{month}-07", taxes=self.tax20)

    # === POLICIES === #

    def test_policy_accepts_into_the_batch_and_a_reviewer_signs_off(self):
        self.known()
        self.policy()
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        self.assertEqual(
            (suggestion.state, suggestion.policy_outcome), ("accepted", "accepted"), suggestion.policy_text
        )
        self.assertFalse(move.invoice_line_ids)
        suggestion.action_sign_off()
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertEqual(move.amount_total, 120.0)

    def test_first_bill_of_a_vendor_is_asked(self):
        self.policy()
        suggestion = self.proposed(self.arrived(self.plain()))
        self.assertEqual((suggestion.state, suggestion.policy_reason[0]), ("pending", "new_vendor"))

    def test_incomplete_bill_is_asked_whatever_the_policy(self):
        self.known()
        self.policy(min_confidence=0.0)
        suggestion = self.proposed(self.arrived(self.plain(date=None)))
        self.assertEqual(suggestion.state, "pending")

    def test_two_people_above_an_amount(self):
        self.policy(mode="assist", second_approval_amount=100.0)
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        suggestion.action_accept()
        self.assertEqual(suggestion.state, "accepted")
        self.assertFalse(move.invoice_line_ids)
        second = self.make_user("second", "reviewer")
        self.assertIs(suggestion.with_user(second).action_accept(), True)
        self.assertEqual((suggestion.state, move.amount_total), ("applied", 120.0))

    def test_who_changed_the_vendors_bank_does_not_accept_its_next_bill(self):
        banker = self.make_user("banker", "reviewer", groups="base.group_user,base.group_partner_manager")
        self.env["res.partner.bank"].with_user(banker).create(
            {"acc_number": "BE71096123456769", "partner_id": self.vendor.id}
        )
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        suggestion.with_user(banker).action_accept()
        self.assertEqual(suggestion.state, "pending")
        self.assertIs(suggestion.action_accept(), True)

    # === EDITING === #

    def test_edit_is_checked_like_input_from_outside(self):
        suggestion = self.proposed(self.arrived(self.plain()))
        proposal = suggestion.proposal
        sale = self.company_data["default_tax_sale"]
        wrong = [
            {**proposal, "lines": []},
            {**proposal, "lines": [{**proposal["lines"][0], "amount": "1.234"}]},
            {**proposal, "lines": [{**proposal["lines"][0], "account_id": 10**9}]},
            {**proposal, "lines": [{**proposal["lines"][0], "account_id": self.payable.id}]},
            {**proposal, "lines": [{**proposal["lines"][0], "tax_ids": sale.ids}]},
            {**proposal, "invoice_date": "2026-02-30"},
            {**proposal, "partner_id": 10**9},
            {**proposal, "currency": "XXX"},
            {**proposal, "move_type": "out_invoice"},
            {**proposal, "state": "posted"},
            {**proposal, "partner": {"name": "x", "property_account_payable_id": 1}},
        ]
        for told in wrong:
            with self.assertRaises(ValidationError, msg=str(told)):
                suggestion.action_edit(told)
        self.assertFalse(suggestion.is_edited)

    def test_edit_that_does_not_add_up_waits(self):
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        suggestion.action_edit({**suggestion.proposal, "total": "150.00"})
        with self.assertRaisesRegex(UserError, "the document says 150.00"):
            suggestion.action_accept()
        self.assertEqual((suggestion.state, move.line_ids.ids), ("pending", []))

    def test_what_the_engine_said_can_be_taken_back(self):
        suggestion = self.proposed(self.arrived(self.plain()))
        before = suggestion.proposal
        suggestion.action_edit(
            {**before, "ref": "other", "lines": [{**before["lines"][0], "account_id": self.rent.id}]}
        )
        self.assertEqual(suggestion.label, "Lakeside Office Supplies other")
        [choice] = suggestion.evidence["alternatives"]
        suggestion.action_choose(choice["key"])
        self.assertEqual((suggestion.state, suggestion.proposal["ref"]), ("applied", "2026-17"))

    def test_run_does_not_overwrite_what_a_person_said(self):
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        suggestion.action_edit({**suggestion.proposal, "ref": "typed"})
        self.assertEqual(self.proposed(move).proposal["ref"], "typed")

    def test_corrected_reading_reaches_an_edited_proposal(self):
        move = self.arrived(self.plain())
        suggestion = self.proposed(move)
        line = {**suggestion.proposal["lines"][0], "account_id": self.rent.id}
        suggestion.action_edit({**suggestion.proposal, "lines": [line]})
        document = self.env["ai.document"].sudo().search([("move_id", "=", move.id)])
        told = document.reading
        told["fields"]["number"] = {**told["fields"]["number"], "value": "2026-71", "source": "person"}
        document.reading = {**told}
        self.env["ai.proposer.bill_document"].with_user(self.reviewer)._recorrected(suggestion, {"number"})
        self.assertEqual(suggestion.proposal["ref"], "2026-71")
        self.assertEqual(suggestion.proposal["lines"][0]["account_id"], self.rent.id)

    # === QUESTIONS === #

    def test_two_vendors_that_fit_are_asked_about(self):
        self.make_partner(self.vendor.name)
        suggestion = self.proposed(self.arrived(self.plain()))
        self.assertTrue(suggestion.is_question)
        self.assertFalse(suggestion.proposal)
        choices = suggestion.evidence["alternatives"]
        self.assertGreaterEqual(len(choices), 2)
        key = next(choice["key"] for choice in choices if choice["proposal"]["partner_id"] == self.vendor.id)
        suggestion.action_choose(key)
        self.assertEqual(suggestion.state, "applied", suggestion.error)
        self.assertEqual(self.env["account.move"].browse(suggestion.res_id).partner_id, self.vendor)

    # === AGENTS === #

    def test_agent_proposes_and_never_decides(self):
        agent = self.make_user("agent", "agent", groups=None)
        move = self.arrived(self.plain())
        line = {"account_id": self.office.id, "amount": "100.00", "tax_ids": self.tax20.ids, "label": "Paper"}
        proposal = {"partner_id": self.vendor.id, "invoice_date": "2026-03-05", "ref": "2026-17", "lines": [line]}
        suggestions = self.env["ai.suggestion"].with_user(agent)
        values = {"kind": "bill_document", "res_model": "account.move", "res_id": move.id, "proposal": proposal}
        suggestion = self.suggestions.browse(suggestions.submit(values))
        self.assertEqual((suggestion.origin, suggestion.state), ("agent", "pending"))
        self.assertEqual(suggestion.proposal["total"], "120.00")
        with self.assertRaises(AccessError):
            suggestion.with_user(agent).action_accept()
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(move.amount_total, 120.0)

    # === OTHER COMPANIES === #

    def test_records_of_another_company_are_refused(self):
        other = self.setup_other_company()["company"]
        stranger = self.env["account.account"].sudo().search([("company_ids", "=", other.id)], limit=1)
        suggestion = self.proposed(self.arrived(self.plain()))
        line = {**suggestion.proposal["lines"][0], "account_id": stranger.id}
        with self.assertRaisesRegex(ValidationError, "unknown in this company"):
            suggestion.action_edit({**suggestion.proposal, "lines": [line]})

    # === RUNS AND PREVIEWS === #

    def test_scheduled_run_takes_up_what_no_run_proposed_for(self):
        move = self.arrived(self.plain())
        self.env["ai.suggestion"]._propose_bills(self.company)
        found = self.suggestions.search([("res_model", "=", "account.move"), ("res_id", "=", move.id)])
        self.assertEqual(found.state, "pending")
        found.action_reject("later")
        self.env["ai.suggestion"]._propose_bills(self.company)
        self.assertEqual(self.suggestions.search_count([("res_id", "=", move.id), ("kind", "=", "bill_document")]), 1)

    def test_preview_of_a_batch(self):
        good = self.proposed(self.arrived(self.plain()))
        bad = self.proposed(self.arrived(self.plain(number="2", date=None)))
        [row] = (good | bad).batch_preview()
        self.assertEqual((row["count"], row["ids"]), (1, good.ids))
        self.assertEqual(row["money_out"], 120.0)
        [excluded] = row["excluded"]
        self.assertIn("date of the bill is missing", excluded["why"])
        debits = {account["account_id"]: account["debit"] for account in row["accounts"]}
        self.assertEqual(debits[self.office.id], 100.0)

    def test_reading_again_after_a_rejection_for_a_reason(self):
        move = self.arrived(self.plain())
        self.proposed(move).action_reject("wrong_amount")
        self.assertFalse(self.proposed(move))
        document = self.env["ai.document"].sudo().search([("move_id", "=", move.id)])
        document.reading = self.plain(total="125.00", net="105.00")
        self.assertTrue(self.proposed(move), "its facts changed")

    # === QUERIES === #

    def test_queries_do_not_grow_with_the_bills(self):
        def queries(count):
            moves = self.env["account.move"].union(
                *(self.arrived(self.plain(number=f"Q{count}-{number}")) for number in range(count))
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.proposed(moves)
            self.assertEqual(len(found), count)
            return self.env.cr.sql_log_count - before

        queries(2)
        few, many = queries(3), queries(12)
        self.assertLess(many - few, 9, f"{few} queries for 3 bills, {many} for 12")
