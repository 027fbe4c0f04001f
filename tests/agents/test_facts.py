"""What an agent gets for a task: the allow-list, the masks, the scope, and the record of what left the server."""

import hashlib
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import LINE
from .test_agents import AgentCase

IBAN = "BE71096123456769"


class FactsCase(AgentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner.bank"].sudo().create({"acc_number": IBAN, "partner_id": cls.northwind.id})
        cls.invoice = cls.document(cls.northwind, 640.0, ref="PO 4711 for Mrs Smith")
        cls.item = cls.term_line(cls.invoice)
        cls.other = cls.document(cls.yonder, 99.0)
        cls.secret_text = f"Salary advance of Jane Roe, {cls.invoice.name}, card 5500"
        cls.bank_line = cls.line(cls.secret_text, 640.0, partner_name="Northwind Traders Ltd", account_number=IBAN)
        cls.program = cls.env["ai.suggestion"].with_user(cls.agent.user_id)

    def facts(self, kind="bank_match", line=None, user=None):
        suggestions = self.program if user is None else self.program.with_user(user)
        return suggestions.facts(kind, (line or self.bank_line).id)

    def candidate(self, facts, item=None):
        return next(row for row in facts["candidates"] if row["move_line_id"] == (item or self.item).id)


@tagged("post_install", "-at_install")
class TestFacts(FactsCase):
    def test_nothing_that_is_masked_leaves(self):
        for kind in ("bank_match", "bank_coding"):
            text = json.dumps(self.facts(kind))
            for word in (
                "Northwind",
                "northwind",
                "Yonder",
                "Jane",
                "Roe",
                "Smith",
                "card 5500",
                IBAN,
                "0961",
                "Salary advance",
            ):
                self.assertNotIn(word, text, kind)

    def test_what_is_needed_is_there(self):
        facts = self.facts()
        self.assertEqual(facts["masked"], ["names", "ibans", "texts"])
        self.assertEqual(
            (facts["line"]["amount"], facts["line"]["currency"]), ("640.00", self.bank.company_id.currency_id.name)
        )
        row = self.candidate(facts)
        self.assertEqual((row["open"], row["kind"], row["number"]), ("640.00", "invoice", self.invoice.name))
        self.assertEqual((row["partner_id"], row["partner"]), (self.northwind.id, f"partner-{self.northwind.id}"))
        self.assertEqual(row["quoted"], {"how": "full", "as": self.invoice.name}, "the reference that is a document's")
        self.assertEqual(facts["candidates"][0]["move_line_id"], self.item.id, "what the text names comes first")
        self.assertEqual(facts["line"]["guesses"][0]["partner_id"], self.northwind.id)

    def test_stand_ins_are_stable_and_tell_apart(self):
        same = self.line("again", 10.0, account_number="be71 0961 2345 6769", partner_name="northwind traders ltd ")
        other = self.line("other", 10.0, account_number="BE62510007547061", partner_name="Somebody")
        mine, again, third = (self.facts(line=line)["line"] for line in (self.bank_line, same, other))
        self.assertEqual((mine["account"], mine["payer"]), (again["account"], again["payer"]))
        self.assertNotEqual(mine["account"], third["account"])
        self.assertNotEqual(mine["payer"], third["payer"])
        second, _key = self.make_agent("Second")
        self.assertNotEqual(self.facts(user=second.user_id)["line"]["account"], mine["account"])

    def test_a_manager_may_show_more(self):
        self.agent.write({"mask_names": False, "mask_ibans": False, "mask_texts": False})
        facts = self.facts()
        self.assertEqual(facts["masked"], [])
        self.assertEqual((facts["line"]["text"], facts["line"]["account"]), (self.secret_text, IBAN))
        self.assertEqual(self.candidate(facts)["partner"], self.northwind.name)
        self.assertIn("PO 4711 for Mrs Smith", self.candidate(facts)["references"])

    def test_coding_gets_accounts_and_taxes(self):
        facts = self.facts("bank_coding")
        accounts = {row["id"]: row for row in facts["accounts"]}
        self.assertEqual(accounts[self.income.id]["code"], self.income.code)
        self.assertNotIn(self.bank.default_account_id.id, accounts)
        self.assertIn(self.tax_sale_a.id, [row["id"] for row in facts["taxes"]])
        self.assertEqual(facts["open_items_of_that_amount"], 1)

    def test_each_reading_is_kept_and_logged(self):
        facts = self.facts()
        reading = self.env["ai.agent.reading"].with_user(self.auditor).search([], limit=1)
        self.assertEqual(reading.payload, facts, "word for word")
        self.assertEqual((reading.agent_id, reading.user_id), (self.agent, self.agent.user_id))
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "facts_read")], limit=1)
        self.assertEqual((log.res_model, log.res_id, log.user_id), (LINE, self.bank_line.id, self.agent.user_id.id))
        self.assertEqual((log.payload["digest"], log.payload["agent"]), (reading.digest, self.agent.id))
        text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        self.assertEqual(hashlib.sha256(text.encode()).hexdigest(), reading.digest)
        self.assertIn("candidates[].open", log.payload["fields"])
        self.assertIn("line.amount", log.payload["fields"])

    def test_readings_can_be_erased_and_not_changed(self):
        self.facts()
        reading = self.env["ai.agent.reading"].with_user(self.manager).search([], limit=1)
        digest = reading.digest
        with self.assertRaises(AccessError):
            reading.with_user(self.auditor).action_erase()
        with self.assertRaises(AccessError):
            reading.payload = {}
        reading.action_erase()
        self.assertFalse(reading.payload)
        self.assertEqual(reading.digest, digest)
        self.assertTrue(reading.erased_at)
        self.facts()
        self.assertEqual(self.env["ai.agent.reading"]._erase_partners(self.northwind), 1)
        self.assertEqual(self.env["ai.agent.reading"]._erase_partners(self.adatum), 0)

    def test_other_companies_and_journals_are_out_of_reach(self):
        journal = self.make_journal("OUT")
        outside = self.line("x", 5.0, journal=journal)
        self.agent.journal_ids = self.bank
        for call in (
            lambda: self.facts(line=outside),
            lambda: self.program.facts("bank_match", 2**30),
            lambda: self.program.submit(
                {"kind": "bank_match", "res_model": LINE, "res_id": outside.id, "proposal": {"counterparts": []}}
            ),
        ):
            with self.assertRaisesRegex(UserError, "none of yours"):
                call()
        self.assertEqual(self.program.propose(LINE, outside.ids), [])
        self.assertNotIn(outside.id, [task["res_id"] for task in self.program.tasks(500)["tasks"]])
        other = self.env["res.company"].sudo().create({"name": "Elsewhere Ltd"})
        stranger = self.make_user("stranger", "agent", groups="", company=other)
        with self.assertRaisesRegex(UserError, "none of yours"):
            self.facts(user=stranger)
        self.assertEqual(self.program.with_user(stranger).tasks()["tasks"], [])

    def test_kinds_that_are_not_allowed(self):
        self.agent.kind_ids = self.env.ref("ai_bookkeeper.ai_agent_kind_bank_match")
        with self.assertRaises(AccessError):
            self.facts("bank_coding")
        with self.assertRaises(AccessError):
            self.program.submit(
                {"kind": "bank_coding", "res_model": LINE, "res_id": self.bank_line.id, "proposal": {"lines": [1]}}
            )
        self.assertEqual({tuple(task["kinds"]) for task in self.program.tasks()["tasks"]}, {("bank_match",)})

    def test_wrong_arguments(self):
        for kind, res_id in (
            (None, 1),
            ("bank_match", "1"),
            ("bank_match", -1),
            ("bank_match", 1.5),
            ([], 1),
            ("magic", 1),
        ):
            with self.subTest(kind=kind, res_id=res_id), self.assertRaises(UserError):
                self.program.facts(kind, res_id)
        for limit, cursor in (
            (0, None),
            (501, None),
            ("5", None),
            (True, None),
            (5, "x"),
            (5, 7),
            (5, f"{LINE}:-1"),
            (5, f"{LINE}:٣"),
        ):
            with self.subTest(limit=limit, cursor=cursor), self.assertRaises(UserError):
                self.program.tasks(limit, cursor)
        for kind in (None, "magic", [], 5):
            with self.subTest(kind=kind), self.assertRaises(UserError):
                self.program.schema(kind)
        for res_ids in (None, "1", [1.5], ["1"], [-1], list(range(1, 1002)), [True], {}):
            with self.subTest(res_ids=str(res_ids)[:20]), self.assertRaises(UserError):
                self.program.propose(LINE, res_ids)

    def test_only_proposers(self):
        for user in (self.auditor, self.make_user("nobody")):
            for call in (
                lambda user=user: self.facts(user=user),
                lambda user=user: self.program.with_user(user).tasks(),
                lambda user=user: self.program.with_user(user).schema("bank_match"),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_tasks_page_by_page(self):
        lines = [self.line(f"page {n}", 1.0 + n) for n in range(5)]
        seen, cursor = [], None
        while True:
            page = self.program.tasks(2, cursor)
            self.assertLessEqual(len(page["tasks"]), 2)
            seen += [task["res_id"] for task in page["tasks"]]
            cursor = page["next"]
            if not cursor:
                break
        self.assertEqual(len(seen), len(set(seen)))
        self.assertLessEqual({line.id for line in lines}, set(seen))
        self.assertIn(self.bank_line.id, seen)
        self.program.submit(self.match())
        self.assertNotIn(self.bank_line.id, [task["res_id"] for task in self.program.tasks(500)["tasks"]])

    def match(self, amount="640.00", **values):
        proposal = {"counterparts": [{"move_line_id": self.item.id, "amount": amount}]}
        return {"kind": "bank_match", "res_model": LINE, "res_id": self.bank_line.id, "proposal": proposal, **values}

    def test_confidence_is_the_engines(self):
        """Who proposes what the engine finds too has its measured confidence; who proposes anything else has none."""
        told = self.env["ai.suggestion"].sudo().browse(self.program.submit(self.match()))
        self.assertGreater(told.confidence, 0.9)
        self.assertEqual(told.evidence["reasons"][0][0], "told_agreed")
        self.assertTrue(told.evidence["support"][0])
        self.assertEqual(told.partner_id, self.northwind, "the blank partner is the reading's")
        own = [{"account_id": self.income.id, "amount": "640.00"}]
        odd = self.match(proposal={"write_off": own})
        told = self.env["ai.suggestion"].sudo().browse(self.program.submit(odd))
        self.assertEqual((told.confidence, told.evidence["reasons"]), (0.0, [["told_unseen", {}]]))
        choices = [choice["proposal"]["counterparts"] for choice in told.evidence["alternatives"]]
        self.assertIn(
            self.item.id, [rows[0]["move_line_id"] for rows in choices if rows], "the engine's own stays near"
        )
        coded = self.match(kind="bank_coding", proposal={"lines": own})
        told = self.env["ai.suggestion"].sudo().browse(self.program.submit(coded))
        self.assertEqual((told.confidence, told.evidence["reasons"]), (0.0, [["told_unmeasured", {}]]))

    def test_confidence_cannot_be_told(self):
        for more in ({"confidence": 1.0}, {"tier": "rule"}, {"state": "applied"}, {"policy_id": 1}):
            with self.assertRaises(UserError) as raised:
                self.program.submit(self.match(**more))
            self.assertEqual(
                raised.exception.context["problems"], [{"path": next(iter(more)), "code": "unknown_field"}]
            )

    def test_a_persons_no_holds(self):
        told = self.env["ai.suggestion"].browse(self.program.submit(self.match()))
        told.with_user(self.reviewer).action_reject("wrong_item")
        with self.assertRaisesRegex(UserError, "rejected"):
            self.program.submit(self.match("640.0"))
        self.assertTrue(
            self.program.submit(
                self.match(
                    "600.00",
                    proposal={
                        "counterparts": [{"move_line_id": self.item.id, "amount": "600.00"}],
                        "remainder": "40.00",
                    },
                )
            )
        )

    def test_keys_are_the_agents_own(self):
        second, _key = self.make_agent("Second")
        first = self.program.submit(self.match(idempotency_key="run-1"))
        again = self.program.with_user(second.user_id).submit(self.match(idempotency_key="run-1"))
        self.assertNotEqual(first, again, "another agent's key says nothing")
        self.assertEqual(self.program.submit(self.match(idempotency_key="run-1")), first)
        with self.assertRaisesRegex(UserError, "another proposal") as raised:
            self.program.submit(self.match(idempotency_key="run-1", note="other words"))
        self.assertEqual(raised.exception.http_status, 409)

    def test_paused_company(self):
        self.env["ai.policy"].with_user(self.manager)._switch_pause(True, False)
        for call in (
            lambda: self.facts(),
            lambda: self.program.submit(self.match()),
            lambda: self.program.propose(LINE, self.bank_line.ids),
            lambda: self.program.tasks(),
        ):
            with self.assertRaisesRegex(UserError, "paused") as raised:
                call()
            self.assertEqual((raised.exception.http_status, raised.exception.retry_after), (503, 300))

    def test_records_of_other_companies_leave_no_trace_in_errors(self):
        other = self.env["res.company"].sudo().create({"name": "Elsewhere Ltd"})
        account = (
            self.env["account.account"]
            .sudo()
            .create(
                {"name": "Hidden Reserve", "code": "HR1", "account_type": "income", "company_ids": [(6, 0, other.ids)]}
            )
        )
        with self.assertRaises(UserError) as raised:
            self.program.submit(self.match(proposal={"write_off": [{"account_id": account.id, "amount": "640.00"}]}))
        self.assertNotIn("Hidden", str(raised.exception))

    def test_ids_that_an_agent_tries_tell_nothing(self):
        """Names and amounts of documents are in the facts or nowhere."""
        paid = self.document(self.yonder, 123.45)
        self.by_hand(self.line("x", 123.45), [(self.term_line(paid), "123.45")])
        for item in (self.term_line(paid), self.invoice.line_ids - self.item, self.bank_line._seek_for_lines()[0]):
            rows = [{"move_line_id": item[0].id, "amount": "640.00"}]
            with self.assertRaisesRegex(UserError, f"Item {item[0].id} can't be settled") as raised:
                self.program.submit(self.match(proposal={"counterparts": rows}))
            for word in (paid.name, self.invoice.name, "123.45", "640"):
                self.assertNotIn(word, str(raised.exception))

    def test_a_context_fills_nothing_in(self):
        """Neither approvals nor a state can be smuggled in as defaults, by agents or by people."""
        smuggled = {
            "default_state": "applied",
            "default_approval_ids": [self.reviewer.id],
            "default_decided_by_id": self.reviewer.id,
            "default_signed_off_by_id": self.reviewer.id,
            "default_policy_outcome": "accepted",
            "default_idempotency_key": "x",
            "default_is_edited": True,
        }
        for user in (self.agent.user_id, self.reviewer):
            suggestions = self.env["ai.suggestion"].with_user(user).with_context(**smuggled)
            told = self.env["ai.suggestion"].sudo().browse(suggestions.submit(self.match()))
            self.assertEqual(told.state, "pending")
            self.assertFalse(told.approval_ids or told.decided_by_id or told.signed_off_by_id or told.is_edited)
            self.assertFalse(told.idempotency_key)
            self.assertEqual(told.policy_outcome, "asked")

    def test_people_get_what_they_may_read(self):
        """Reading facts over the API shows a person no document that is hidden from them."""
        self.assertTrue(self.candidate(self.facts(user=self.reviewer)))
        self.env["ir.rule"].sudo().create(
            {
                "name": "Northwind is hidden from people",
                "model_id": self.env["ir.model"]._get("account.move.line").id,
                "domain_force": f"[('partner_id', '!=', {self.northwind.id})]",
            }
        )
        shown = [row["move_line_id"] for row in self.facts(user=self.reviewer)["candidates"]]
        self.assertNotIn(self.item.id, shown)
        self.assertIn(self.item.id, [row["move_line_id"] for row in self.facts()["candidates"]])

    def test_what_a_person_does_is_not_replaced(self):
        """A person's proposal, edit or first approval stays; an agent's or the engine's gives way."""
        other = self.match(
            "600.00",
            proposal={"counterparts": [{"move_line_id": self.item.id, "amount": "600.00"}], "remainder": "40.00"},
        )
        told = self.env["ai.suggestion"].sudo().browse(self.program.submit(self.match()))
        self.assertTrue(self.program.submit(other), "its own")
        for prepare in (
            lambda: self.env["ai.suggestion"].with_user(self.reviewer).submit(self.match()),
            lambda: (
                self.env["ai.suggestion"]
                .sudo()
                .search([("res_id", "=", self.bank_line.id), ("state", "=", "pending")])
                .write({"origin": "engine", "is_edited": True})
            ),
        ):
            prepare()
            with self.assertRaisesRegex(UserError, "person is deciding"):
                self.program.submit(other)
        self.assertEqual(told.state, "superseded")
