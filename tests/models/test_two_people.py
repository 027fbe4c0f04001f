"""Duties kept apart: two people above an amount, and nobody accepts the next bill of a vendor they made or changed."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .test_policies import PolicyCase


@tagged("post_install", "-at_install")
class TestSecondApproval(PolicyCase):
    def setUp(self):
        super().setUp()
        self.rule = self.policy(mode="assist", second_approval_amount=500.0)
        self.before = self.books()

    def by_other(self, suggestion):
        return suggestion.with_user(self.other)

    def test_two_people_decide(self):
        suggestion = self.proposed()
        answer = suggestion.action_accept()
        self.assertIn("a second person", answer["params"]["message"])
        self.assertEqual((suggestion.state, suggestion.approval_ids), ("accepted", self.reviewer))
        self.assertBooks(self.before)
        self.assertIn("a second person must accept it too", suggestion.card["decided"])
        answer = suggestion.action_accept()
        self.assertIn("somebody else must accept", answer["params"]["message"])
        self.assertEqual(suggestion.state, "accepted")
        self.assertIs(self.by_other(suggestion).action_accept(), True)
        self.assertEqual((suggestion.state, suggestion.approval_ids), ("applied", self.reviewer + self.other))
        self.assertEqual(suggestion.decided_by_id, self.other)
        self.assertEqual(self.events(suggestion), ["proposed", "approved", "accepted", "applied"])

    def test_the_amount_itself_needs_one(self):
        self.rule.second_approval_amount = 640.0
        self.assertIs(self.proposed().action_accept(), True)

    def test_who_proposed_by_hand_is_not_the_second(self):
        row = {"account_id": self.income.id, "amount": "640.00"}
        suggestion = self.submitted(self.bank_line, {"lines": [row]}, "bank_coding")
        self.by_other(suggestion).action_accept()
        self.assertEqual(suggestion.approval_ids, self.other)
        answer = suggestion.action_accept()
        self.assertIn("proposed it by hand", answer["params"]["message"])
        self.assertEqual(suggestion.state, "accepted")
        self.assertIs(suggestion.with_user(self.third).action_accept(), True)
        self.assertEqual(suggestion.state, "applied")

    def test_sent_back_the_proposer_may_be_the_first(self):
        row = {"account_id": self.income.id, "amount": "640.00"}
        suggestion = self.submitted(self.bank_line, {"lines": [row]}, "bank_coding")
        self.by_other(suggestion).action_accept()
        self.by_other(suggestion).action_send_back()
        self.assertFalse(suggestion.approval_ids)
        suggestion.action_accept()
        self.assertIs(self.by_other(suggestion).action_accept(), True)
        self.assertEqual(suggestion.state, "applied")

    def test_booking_by_hand_waits_for_a_second_person(self):
        suggestion = self.by_hand(self.bank_line, [(self.term_line(self.invoice), "640.00")])
        self.assertEqual((suggestion.state, suggestion.approval_ids), ("accepted", self.reviewer))
        self.assertBooks(self.before)
        self.assertIs(self.by_other(suggestion).action_accept(), True)
        self.assertReconciled(self.bank_line)

    def test_editors_count_as_proposers(self):
        suggestion = self.proposed()
        row = {"account_id": self.income.id, "amount": "640.00", "tax_ids": []}
        suggestion.action_edit({"counterparts": [], "write_off": [row], "partner_id": False})
        self.by_other(suggestion).action_accept()
        self.assertIn("two other people", suggestion.action_accept()["params"]["message"])

    def test_a_group_with_large_ones(self):
        invoice = self.document(self.yonder, 55.0)
        found = self.proposed(self.bank_line + self.line(f"BLUE YONDER GMBH {invoice.name}", 55.0))
        answer = found.action_accept()
        self.assertIn("1 are not booked yet", answer["params"]["message"])
        self.assertEqual(sorted(found.mapped("state")), ["accepted", "applied"])

    def test_choosing_an_answer_counts_as_the_first(self):
        for _n in range(2):
            self.document(self.yonder, 777.5)
        question = self.proposed(self.line("BLUE YONDER GMBH", 777.5))
        question.action_choose(question.evidence["alternatives"][0]["key"])
        self.assertEqual(question.state, "accepted")
        self.assertIs(self.by_other(question).action_accept(), True)
        self.assertEqual(question.state, "applied")

    def test_another_answer_voids_the_first_approval(self):
        invoices = [self.document(self.yonder, 777.5) for _n in range(2)]
        suggestion = self.proposed(self.line(f"BLUE YONDER GMBH {invoices[0].name}", 777.5))
        suggestion.action_accept()
        self.assertEqual(suggestion.approval_ids, self.reviewer)
        self.by_other(suggestion).action_choose(suggestion.evidence["alternatives"][0]["key"])
        self.assertEqual((suggestion.state, suggestion.approval_ids), ("accepted", self.other))

    def test_no_policy_accepts_alone(self):
        self.rule.mode = "supervised"
        self.assertAsked(self.proposed(), "over 500.00 two people decide")

    def test_changed_facts_need_both_again(self):
        suggestion = self.proposed()
        suggestion.action_accept()
        self.bank_line.amount = 600.0
        again = self.proposed()
        self.assertEqual((again.state, again.approval_ids.ids), ("pending", []))

    def test_a_one_person_company(self):
        self.company.with_user(self.manager)._ai_declare_one_person(True, "sole trader")
        suggestion = self.proposed()
        self.assertIs(suggestion.action_accept(), True)
        self.assertEqual(suggestion.state, "applied")
        self.assertIn("duty_lifted", self.events(suggestion))

    def test_undone_and_accepted_again_needs_both_again(self):
        suggestion = self.proposed()
        suggestion.action_accept()
        self.by_other(suggestion).action_accept()
        self.by_other(suggestion).action_undo()
        again = self.proposed()
        self.assertNotEqual(again, suggestion)
        again.action_accept()
        self.assertEqual(again.state, "accepted")


@tagged("post_install", "-at_install")
class TestVendors(PolicyCase):
    """The bank line stands for the bill: kinds that are bills name the vendor through the same method."""

    def setUp(self):
        super().setUp()
        groups = self.env.ref("base.group_partner_manager")
        (self.reviewer + self.other + self.third).write({"group_ids": [(4, groups.id)]})
        self.vendor = self.env["res.partner"].with_user(self.reviewer).create({"name": "Contoso Supplies"}).sudo()
        self.bill_of_vendor = self.bill(self.vendor, 80.0)
        self.bill_line = self.line(f"CONTOSO SUPPLIES {self.bill_of_vendor.name}", -80.0)
        proposer = type(self.env["ai.proposer.bank_match"])
        self.patch(proposer, "_bill_vendors", lambda _self, found: {s.id: s.partner_id for s in found if s.amount < 0})

    def proposed_bill(self, line=None):
        line = line or self.bill_line
        row = {"move_line_id": self.term_line(self.bill_of_vendor).id, "amount": str(line.amount)}
        return self.submitted(line, {"counterparts": [row], "write_off": [], "partner_id": self.vendor.id})

    def refused(self, suggestion, user):
        answer = suggestion.with_user(user).action_accept()
        return answer is not True and "somebody else must accept its next bill" in answer["params"]["message"]

    def test_who_created_the_vendor(self):
        suggestion = self.proposed_bill()
        self.assertTrue(self.refused(suggestion, self.reviewer))
        self.assertEqual(suggestion.state, "pending")
        self.assertIs(suggestion.with_user(self.other).action_accept(), True)

    def test_only_the_next_bill(self):
        self.assertIs(self.proposed_bill().with_user(self.other).action_accept(), True)
        self.bill_of_vendor = self.bill(self.vendor, 70.0)
        self.assertIs(self.proposed_bill(self.line("next", -70.0)).action_accept(), True)

    def test_an_undone_bill_releases_nothing(self):
        suggestion = self.proposed_bill()
        suggestion.with_user(self.other).action_accept()
        suggestion.with_user(self.other).action_undo()
        self.assertTrue(self.refused(self.proposed_bill(), self.reviewer))

    def test_who_changed_the_bank_account(self):
        self.proposed_bill().with_user(self.other).action_accept()
        accounts = self.env["res.partner.bank"].with_user(self.third)
        account = accounts.create({"acc_number": "DE89370400440532013000", "partner_id": self.vendor.id})
        self.bill_of_vendor = self.bill(self.vendor, 70.0)
        suggestion = self.proposed_bill(self.line("next", -70.0))
        self.assertTrue(self.refused(suggestion, self.third))
        account.with_user(self.other).write({"acc_holder_name": "Somebody"})
        self.assertTrue(self.refused(suggestion, self.other))
        self.assertIs(suggestion.action_accept(), True)

    def test_deleting_and_moving_an_account_counts(self):
        self.proposed_bill().with_user(self.other).action_accept()
        account = self.env["res.partner.bank"].create(
            {"acc_number": "NL91ABNA0417164300", "partner_id": self.vendor.id}
        )
        account.with_user(self.third).partner_id = self.yonder
        changes = self.env["ai.vendor.change"].sudo().search([("user_id", "=", self.third.id)])
        self.assertEqual(changes.partner_id, self.vendor + self.yonder)
        logs = self.env["ai.audit.log"].sudo().search([("event", "=", "vendor_changed")], limit=2)
        self.assertNotIn("NL91", str(logs.mapped("payload")))

    def test_it_survives_a_merge(self):
        twin = self.env["res.partner"].with_user(self.third).create({"name": "Contoso Suplies"}).sudo()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((twin + self.vendor).ids, self.vendor)
        self.assertTrue(self.refused(self.proposed_bill(), self.third))

    def test_booking_by_hand_is_no_way_around(self):
        with self.assertRaisesRegex(ValidationError, "next bill"):
            self.by_hand(self.bill_line, [(self.term_line(self.bill_of_vendor), "-80.00")], partner=self.vendor)

    def test_a_policy_batch_is_signed_off_by_somebody_else(self):
        self.policy(max_amount=1000.0, min_confidence=0.0)
        suggestion = self.propose(self.bill_line)
        if suggestion.state == "accepted":
            answer = suggestion.action_sign_off()
            self.assertIn("next bill", answer["params"]["message"])
            self.assertEqual(suggestion.state, "accepted")
        self.assertEqual(suggestion.state, "accepted", suggestion.policy_text)

    def test_a_one_person_company(self):
        self.company.with_user(self.manager)._ai_declare_one_person(True, "sole trader")
        suggestion = self.proposed_bill()
        self.assertIs(suggestion.action_accept(), True)
        self.assertIn("duty_lifted", self.events(suggestion))

    def test_bills_name_their_vendor(self):
        values = {
            "kind": "bill_coding",
            "res_model": "account.move",
            "res_id": self.bill_of_vendor.id,
            "company_id": self.company.id,
            "currency_id": self.company.currency_id.id,
        }
        suggestion = self.env["ai.suggestion"].sudo().create([values, {**values, "res_id": self.invoice.id}])
        self.assertEqual(self.env["ai.proposer"]._bill_vendors(suggestion), {suggestion[0].id: self.vendor})
