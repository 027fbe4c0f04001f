"""Who may do what: agents propose, reviewers decide, managers set policy, auditors read, nobody else sees anything."""

from psycopg2 import DatabaseError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import LINE, BankCase

DECISIONS = {
    "action_accept": (),
    "action_reject": ("other",),
    "action_choose": ("key",),
    "action_undo": (),
    "action_undo_by_transfer": (),
}
LINE_DECISIONS = {
    "action_ai_accept": (),
    "action_ai_reject": (),
    "action_ai_choose": ("key",),
    "action_ai_undo": (),
    "ai_book_by_hand": ({"write_off": []},),
}


@tagged("post_install", "-at_install")
class TestRights(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", "agent", groups="")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.manager = cls.make_user("manager", "manager")
        cls.clerk = cls.make_user("clerk", groups="base.group_user,account.group_account_invoice")
        cls.invoice = cls.document(cls.northwind, 640.0)
        cls.bank_line = cls.line(f"NORTHWIND TRADERS {cls.invoice.name}", 640.0)

    def setUp(self):
        super().setUp()
        self.suggestion = self.propose(self.bank_line)

    # === DECIDING === #

    def test_only_reviewers_decide(self):
        before = self.books()
        for user in (self.agent, self.auditor, self.manager, self.clerk):
            suggestion = self.suggestion.with_user(user)
            for name, arguments in DECISIONS.items():
                with self.subTest(user=user.login, method=name), self.assertRaises(AccessError):
                    getattr(suggestion, name)(*arguments)
            line = self.bank_line.with_user(user)
            for name, arguments in LINE_DECISIONS.items():
                with self.subTest(user=user.login, method=name), self.assertRaises(AccessError):
                    getattr(line, name)(*arguments)
        self.assertEqual(self.suggestion.state, "pending")
        self.assertBooks(before)

    def test_superuser_context_of_a_plain_user_is_not_reachable(self):
        with self.assertRaises(AccessError):
            self.suggestion.with_user(self.clerk).with_context(ai_state_gate=True).action_accept()

    def test_manager_who_is_also_reviewer_decides(self):
        both = self.make_user("both", "manager", "reviewer")
        self.assertIs(self.suggestion.with_user(both).action_accept(), True)

    # === PROPOSING === #

    def test_who_may_propose(self):
        for user in (self.auditor, self.clerk):
            suggestions = self.env["ai.suggestion"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                suggestions.propose(LINE, self.bank_line.ids)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                suggestions.submit({})
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.bank_line.with_user(user).action_ai_propose()
        for user in (self.agent, self.manager):
            found = self.env["ai.suggestion"].with_user(user).propose(LINE, self.bank_line.ids)
            self.assertEqual(found, self.suggestion.ids)

    def test_agent_reads_no_record(self):
        for model in (LINE, "account.move", "res.partner", "ai.suggestion", "ai.policy", "ai.audit.log", "sync.event"):
            records = self.env[model].with_user(self.agent)
            with self.subTest(model=model), self.assertRaises(AccessError):
                records.search([])
            with self.subTest(model=model), self.assertRaises(AccessError):
                records.create({})

    def test_agent_reads_nothing_through_a_line(self):
        line = self.bank_line.with_user(self.agent)
        for name, arguments in {"ai_open_items": (), "ai_preview_by_hand": ({"write_off": []},)}.items():
            with self.subTest(method=name), self.assertRaises(AccessError):
                getattr(line, name)(*arguments)
        with self.assertRaises(AccessError):
            self.suggestion.with_user(self.agent).undo_preview()

    # === READING === #

    def test_readers(self):
        for user in (self.auditor, self.manager, self.reviewer):
            suggestion = self.suggestion.with_user(user)
            self.assertEqual(suggestion.read(["state", "card"])[0]["state"], "pending")
            self.assertTrue(suggestion.undo_preview())
        for user in (self.agent, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.suggestion.with_user(user).read(["state"])

    def test_ordinary_people_read_their_records_as_ever(self):
        """The addon's fields stand on records of people without any of its roles."""
        self.suggestion.action_accept()
        [values] = self.invoice.with_user(self.clerk).read()
        self.assertEqual(values["ai_suggestion_ids"], [])
        [values] = self.northwind.with_user(self.clerk).read(["name", "ai_suggestion_ids", "ai_generated"])
        self.assertEqual((values["ai_suggestion_ids"], values["ai_generated"]), ([], False))
        accountant = self.make_user("accountant", groups="base.group_user,account.group_account_user")
        [values] = self.bank_line.with_user(accountant).read()
        self.assertEqual(
            (values["ai_suggestion_id"], values["ai_suggestion_ids"], values["ai_card"]), (False, [], False)
        )
        self.assertEqual(values["ai_status"], "reconciled")

    # === WRITING === #

    def test_nobody_writes_suggestions(self):
        for user in (self.agent, self.auditor, self.manager, self.reviewer):
            suggestion = self.suggestion.with_user(user)
            for values in ({"state": "applied"}, {"proposal": {}}, {"confidence": 1.0}):
                with self.subTest(user=user.login, values=values), self.assertRaises(UserError):
                    suggestion.write(values)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                suggestion.unlink()
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.suggestions.with_user(user).create({"kind": "bank_match", "res_model": LINE, "res_id": 1})

    def test_state_changes_through_the_gate_only(self):
        for context in ({}, {"ai_state_gate": True}, {"ai_state_gate": "object"}):
            with self.subTest(context=context), self.assertRaises(UserError):
                self.suggestion.sudo().with_context(**context).write({"state": "applied"})
        with self.assertRaises(UserError):
            self.suggestion.sudo().create({"state": "applied", "kind": "bank_match"})
        with self.assertRaises(UserError):
            self.suggestion._move_to("undone")

    def test_only_managers_set_policy(self):
        policy = self.env["ai.policy"].sudo().create({"name": "Ask", "company_id": self.company.id})
        for user in (self.auditor, self.reviewer, self.agent, self.clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                policy.with_user(user).write({"name": "mine"})
        policy.with_user(self.manager).write({"name": "Ask always"})
        for_all = self.env.ref("ai_bookkeeper.ai_policy_assist")
        with self.assertRaises(AccessError):
            for_all.with_user(self.manager).write({"name": "A manager of one company"})

    # === THE AUDIT LOG === #

    def test_audit_log_is_read_by_auditors_and_managers(self):
        logs = self.env["ai.audit.log"]
        for user in (self.auditor, self.manager):
            self.assertTrue(logs.with_user(user).search([("suggestion_id", "=", self.suggestion.id)]))
        for user in (self.agent, self.clerk, self.reviewer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                logs.with_user(user).search([])

    def test_audit_log_is_written_by_nobody(self):
        log = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", self.suggestion.id)], limit=1)
        for user in (self.agent, self.auditor, self.manager, self.reviewer):
            mine = log.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(UserError):
                mine.write({"event": "undone"})
            with self.subTest(user=user.login), self.assertRaises(UserError):
                mine.unlink()
            with self.subTest(user=user.login), self.assertRaises(UserError):
                mine.create({"event": "applied"})
        for change in (lambda: log.write({"event": "undone"}), log.unlink):
            with mute_logger("odoo.sql_db"), self.assertRaises(DatabaseError), self.cr.savepoint():
                change()
                self.env.flush_all()

    def test_the_database_refuses_to_change_the_audit_log(self):
        log = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", self.suggestion.id)], limit=1)
        self.env.flush_all()
        for statement in (
            f"UPDATE ai_audit_log SET event = 'undone' WHERE id = {log.id}",
            f"DELETE FROM ai_audit_log WHERE id = {log.id}",
            "TRUNCATE ai_audit_log",
        ):
            with (
                self.subTest(statement=statement),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(DatabaseError, "append-only"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_no_names_in_the_log_itself(self):
        self.suggestion.action_accept()
        logs = self.env["ai.audit.log"].sudo().search([("suggestion_id", "=", self.suggestion.id)])
        self.assertNotIn("Northwind", str(logs.mapped("payload")))
        kept = self.env["ai.audit.identity"].sudo().search([("log_id", "in", logs.ids)])
        self.assertIn("Northwind Traders Ltd", kept.mapped("value"))


@tagged("post_install", "-at_install")
class TestCompanies(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_data = cls.setup_other_company()
        cls.other_company = cls.other_data["company"]
        cls.stranger = cls.make_user("stranger", "reviewer", "auditor", company=cls.other_company)
        cls.foreign_agent = cls.make_user("agent", "agent", company=cls.other_company, groups="")
        cls.invoice = cls.document(cls.northwind, 640.0)
        cls.bank_line = cls.line(f"NORTHWIND TRADERS {cls.invoice.name}", 640.0)

    def setUp(self):
        super().setUp()
        self.suggestion = self.propose(self.bank_line)

    def test_other_companies_are_not_seen(self):
        theirs = self.env["ai.suggestion"].with_user(self.stranger)
        mine = [("id", "=", self.suggestion.id)]
        self.assertFalse(theirs.search(mine))
        self.assertEqual(theirs.search_count(mine), 0)
        self.assertFalse(theirs._read_group(mine, ["state"], ["__count"]))
        self.assertFalse(theirs.formatted_read_group(mine, ["state"], ["__count"]))
        self.assertEqual(theirs.search_read(mine, ["label"]), [])
        self.assertFalse(self.env["ai.suggestion.item"].with_user(self.stranger).search([]))
        logs = self.env["ai.audit.log"].with_user(self.stranger)
        self.assertFalse(logs.search([("suggestion_id", "=", self.suggestion.id)]))
        with self.assertRaises(AccessError):
            self.suggestion.with_user(self.stranger).read(["label"])
        self.stranger.group_ids += self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            self.suggestion.with_user(self.stranger).export_data(["label"])

    def test_other_companies_are_not_decided(self):
        for name, arguments in DECISIONS.items():
            with self.subTest(method=name), self.assertRaises(AccessError):
                getattr(self.suggestion.with_user(self.stranger), name)(*arguments)
        for name, arguments in LINE_DECISIONS.items():
            with self.subTest(method=name), self.assertRaises(AccessError):
                getattr(self.bank_line.with_user(self.stranger), name)(*arguments)
        self.assertEqual(self.suggestion.state, "pending")

    def test_other_companies_are_not_proposed_for(self):
        line = self.line("NORTHWIND", 1.0)
        with self.assertRaises(AccessError):
            self.env["ai.suggestion"].with_user(self.stranger).propose(LINE, line.ids)
        self.assertEqual(self.env["ai.suggestion"].with_user(self.foreign_agent).propose(LINE, line.ids), [])
        self.assertEqual(line.ai_status, "todo")
        values = {"kind": "bank_match", "res_model": LINE, "res_id": line.id, "proposal": {"write_off": []}}
        with self.assertRaises(UserError):
            self.env["ai.suggestion"].with_user(self.foreign_agent).submit(values)

    def test_switched_off_company_of_ones_own(self):
        """Allowed, but not switched on in the company menu: not seen."""
        self.reviewer.company_ids += self.other_company
        elsewhere = self.suggestion.with_user(self.reviewer).with_context(allowed_company_ids=self.other_company.ids)
        self.assertFalse(elsewhere.search([("id", "=", self.suggestion.id)]))

    def test_items_of_another_company_are_not_candidates(self):
        self.reviewer.company_ids += self.other_company
        bank = self.other_data["default_journal_bank"]
        line = self.env[LINE].create(
            {
                "journal_id": bank.id,
                "payment_ref": f"NORTHWIND TRADERS {self.invoice.name}",
                "amount": 640.0,
                "date": "2026-03-10",
            }
        )
        both = self.suggestions.with_context(allowed_company_ids=(self.company + self.other_company).ids)
        for suggestion in both.browse(both.propose(LINE, line.ids)):
            self.assertNotIn(self.term_line(self.invoice), suggestion.item_ids.move_line_id)

    def test_ids_of_another_company_are_refused_in_a_proposal(self):
        account = self.other_data["default_account_revenue"]
        row = {"account_id": account.id, "amount": "640.00"}
        for call in (
            lambda: self.submitted(self.bank_line, {"write_off": [row]}),
            lambda: self.by_hand(self.bank_line, write_off=[row]),
        ):
            with self.assertRaises(UserError):
                call()
