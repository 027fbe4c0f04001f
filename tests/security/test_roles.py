"""Roles: every change is logged however it is made, and an agent is nothing but an agent."""

from odoo import Command
from odoo.exceptions import AccessDenied, AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from ..common import GROUP, LINE, BankCase


@tagged("post_install", "-at_install")
class TestRoleLog(BankCase):
    def changes(self, call):
        """[(user, gained, lost)] that ``call`` wrote to the log."""
        logs = self.env["ai.audit.log"].sudo()
        last = logs.search([], limit=1).id
        call()
        found = logs.search([("id", ">", last), ("event", "=", "role_changed")], order="id")
        return [(row.res_id, row.payload["gained"], row.payload["lost"]) for row in found]

    def group(self, role):
        return self.env.ref(f"{GROUP}{role}").sudo()

    def test_created_with_a_role(self):
        made = []
        found = self.changes(lambda: made.append(self.make_user("new", "reviewer", "manager")))
        self.assertEqual(found, [(made[0].id, ["manager", "reviewer"], [])])

    def test_written_on_the_user(self):
        user = self.make_user("written", "reviewer")
        found = self.changes(
            lambda: user.sudo().write({"group_ids": [Command.unlink(self.group("reviewer").id)]}),
        )
        self.assertEqual(found, [(user.id, [], ["reviewer"])])
        self.assertEqual(self.changes(lambda: user.sudo().write({"name": "Other"})), [])

    def test_written_on_the_group(self):
        user = self.make_user("member")
        group = self.group("auditor")
        self.assertEqual(
            self.changes(lambda: group.write({"user_ids": [Command.link(user.id)]})), [(user.id, ["auditor"], [])]
        )
        self.assertEqual(
            self.changes(lambda: group.write({"all_user_ids": [Command.unlink(user.id)]})),
            [(user.id, [], ["auditor"])],
        )

    def test_implied_by_another_group(self):
        user = self.make_user("implied")
        made = []
        found = self.changes(
            lambda: made.append(
                self.env["res.groups"]
                .sudo()
                .create({"name": "Accounting team", "user_ids": [Command.link(user.id)], "implied_ids": []})
            )
        )
        self.assertEqual(found, [])
        [team] = made
        reviewer = self.group("reviewer")
        found = self.changes(lambda: team.write({"implied_ids": [Command.link(reviewer.id)]}))
        self.assertEqual(found, [(user.id, ["reviewer"], [])])
        self.assertEqual(self.changes(team.unlink), [(user.id, [], ["reviewer"])])

    def test_created_group_that_implies_a_role(self):
        user = self.make_user("created")
        values = {
            "name": "Chief",
            "user_ids": [Command.link(user.id)],
            "implied_ids": [Command.link(self.group("manager").id)],
        }
        self.assertEqual(
            self.changes(lambda: self.env["res.groups"].sudo().create(values)), [(user.id, ["manager"], [])]
        )

    def test_deleted_user(self):
        user = self.make_user("deleted", "reviewer")
        self.assertEqual(self.changes(user.sudo().unlink), [(user.id, [], ["reviewer"])])

    def test_an_administrator_takes_the_reviewers_part(self):
        admin = self.make_user("admin", "manager", groups="base.group_user,base.group_erp_manager")
        found = self.changes(admin.with_user(admin).action_ai_take_reviewer)
        self.assertEqual(found, [(admin.id, ["reviewer"], [])])
        log = self.env["ai.audit.log"].sudo().search([("event", "=", "role_changed")], limit=1)
        self.assertEqual(log.user_id, admin.id, "it says who took it")
        manager = self.make_user("plain_manager", "manager")
        with self.assertRaises(AccessError):
            manager.with_user(manager).action_ai_take_reviewer()
        administrator = self.make_user("it", groups="base.group_user,base.group_erp_manager")
        with self.assertRaises(AccessError):
            administrator.with_user(administrator).action_ai_take_reviewer()


@tagged("post_install", "-at_install")
class TestAgentIsNothingElse(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", "agent", groups="")
        cls.agents = cls.env.ref(f"{GROUP}agent").sudo()
        cls.invoice = cls.document(cls.northwind, 640.0)
        cls.bank_line = cls.line(f"NORTHWIND TRADERS {cls.invoice.name}", 640.0)

    def test_agents_hold_no_other_group(self):
        users = self.env.ref("base.group_user").sudo()
        for change in (
            lambda: self.agent.sudo().write({"group_ids": [Command.link(users.id)]}),
            lambda: users.write({"user_ids": [Command.link(self.agent.id)]}),
            lambda: self.agents.write({"implied_ids": [Command.link(users.id)]}),
            lambda: users.write({"implied_ids": [Command.link(self.agents.id)]}),
            lambda: self.agents.write({"implied_by_ids": [Command.link(users.id)]}),
            lambda: self.reviewer.sudo().write({"group_ids": [Command.link(self.agents.id)]}),
            lambda: new_test_user(self.env, "aib_strong", groups=f"base.group_user,{GROUP}agent"),
            lambda: (
                self.env["res.groups"].sudo().create({"name": "Strong", "implied_ids": [Command.link(self.agents.id)]})
            ),
            lambda: (
                self.env["ir.model.access"]
                .sudo()
                .create(
                    {
                        "name": "strong",
                        "model_id": self.env["ir.model"]._get("res.partner").id,
                        "group_id": self.agents.id,
                        "perm_read": True,
                    }
                )
            ),
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                change()
                self.env.flush_all()
        self.assertEqual(self.agent.all_group_ids, self.agents)

    def test_agents_do_not_log_in(self):
        self.agent.sudo().password = "a-long-password-1"
        user = self.agent.with_user(self.agent)
        for interactive in (True, False):
            with self.assertRaises(AccessDenied):
                user._check_credentials(
                    {"type": "password", "login": "aib_agent", "password": "a-long-password-1"},
                    {"interactive": interactive},
                )
        self.assertFalse(user._compute_session_token("some-session"))
        # Core asks while nobody, or somebody else, is the environment's user.
        self.assertFalse(self.agent.with_env(self.env(user=False))._compute_session_token("some-session"))
        self.assertTrue(self.reviewer.with_env(self.env(user=False))._compute_session_token("some-session"))
        self.assertTrue(self.reviewer.with_user(self.agent)._compute_session_token("some-session"))

    def test_agents_change_nothing_by_any_route(self):
        """Core's holes: a written state posts, lines are added to a posted entry, write reconciles."""
        before = self.books()
        draft = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.northwind.id, "invoice_date": "2026-03-01"}
        )
        moves = self.env["account.move"].with_user(self.agent)
        items = self.env["account.move.line"].with_user(self.agent)
        mine = draft.with_user(self.agent)
        row = {"move_id": self.invoice.id, "account_id": self.income.id, "debit": 1.0}
        for change in (
            lambda: mine.write({"state": "posted"}),
            lambda: mine.write({"line_ids": [Command.create({"account_id": self.income.id})]}),
            mine.action_post,
            mine.button_draft,
            mine.unlink,
            lambda: moves.create({"move_type": "entry"}),
            lambda: items.create([row]),
            lambda: items.browse(self.term_line(self.invoice).ids).reconcile(),
            lambda: items.browse(self.term_line(self.invoice).ids).remove_move_reconcile(),
            lambda: items.browse(self.term_line(self.invoice).ids).write({"name": "x"}),
            lambda: self.bank_line.with_user(self.agent).write({"amount": 1.0}),
            lambda: self.env[LINE].with_user(self.agent).create({"payment_ref": "x", "journal_id": self.bank.id}),
            lambda: self.northwind.with_user(self.agent).write({"name": "x"}),
            lambda: self.northwind.with_user(self.agent).message_post(body=self.northwind.name),
            lambda: self.agent.with_user(self.agent).write({"group_ids": [Command.clear()]}),
            lambda: self.agent.with_user(self.agent).write({"password": "a-long-password-1"}),
        ):
            with self.assertRaises(AccessError):
                change()
        self.assertEqual(draft.state, "draft")
        self.assertBooks(before)
