"""Agents and their keys: made, rotated and revoked by managers; everything logged."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import BankCase


class AgentCase(BankCase):
    """A manager, and an agent with its key."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("manager", "manager")
        cls.auditor = cls.make_user("auditor", "auditor")
        cls.agent, cls.key = cls.make_agent("Helper")

    @classmethod
    def make_agent(cls, name, user=None, **values):
        wizard = cls.env["ai.agent.create"].with_user(user or cls.manager).create({"name": name, **values})
        shown = wizard.action_create()["context"]
        agent = cls.env["ai.agent"].sudo().search([("name", "=", name)], order="id desc", limit=1)
        return agent, shown["default_key"]

    def whose(self, key):
        return self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=key)

    def events(self, agent):
        logs = (
            self.env["ai.audit.log"]
            .sudo()
            .search([("res_model", "=", "ai.agent"), ("res_id", "=", agent.id)], order="id")
        )
        return logs.mapped("event")


@tagged("post_install", "-at_install")
class TestAgents(AgentCase):
    def test_creating_makes_a_user_with_nothing_but_the_agents_group(self):
        user = self.agent.user_id
        self.assertEqual(user.all_group_ids, self.env.ref("ai_bookkeeper.ai_bookkeeper_group_agent"))
        self.assertEqual(user.company_ids, self.company)
        self.assertTrue(user.share)
        self.assertEqual(self.whose(self.key), user.id)
        self.assertTrue(self.env["ai.agent"]._is_agent(user))
        self.assertEqual(self.events(self.agent), ["key_created"])

    def test_the_key_is_kept_nowhere(self):
        rows = [
            *self.agent.read(),
            *self.agent.key_ids.read(),
            *self.env["ai.audit.log"].sudo().search([]).read(["payload"]),
        ]
        self.assertNotIn(self.key, str(rows))

    def test_the_key_ends_and_no_longer_than_the_group_allows(self):
        self.assertAlmostEqual(
            self.agent.key_expires_at, fields.Datetime.now() + timedelta(days=30), delta=timedelta(minutes=5)
        )
        with self.assertRaises(ValidationError):
            self.env["ai.agent"].with_user(self.manager)._create_agent(
                {"name": "Long", "company_ids": self.company.ids}, 400
            )
        self.agent.key_ids._end(1)
        self.env.cr.execute("UPDATE res_users_apikeys SET expiration_date = now() - interval '1 hour'")
        self.assertFalse(self.whose(self.key))

    def test_only_managers_govern_agents(self):
        for user in (self.reviewer, self.auditor, self.agent.user_id):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env["ai.agent.create"].with_user(user).create({"name": "x"})
                with self.assertRaises(AccessError):
                    self.env["ai.agent"].with_user(user)._create_agent({"name": "x", "company_ids": [1]}, 1)
                for call in (self.agent.with_user(user).action_revoke, self.agent.with_user(user).action_rotate):
                    with self.assertRaises(AccessError):
                        call()
                with self.assertRaises(AccessError):
                    self.agent.with_user(user)._rotate(1, 0)
                with self.assertRaises(AccessError):
                    self.agent.with_user(user).write({"mask_names": False})
        self.assertEqual(self.agent.with_user(self.auditor).name, "Helper", "auditors read")

    def test_rotating_at_once_and_with_overlap(self):
        second = self.agent.with_user(self.manager)._rotate(7, 24)
        self.assertEqual({self.whose(self.key), self.whose(second)}, {self.agent.user_id.id}, "both work meanwhile")
        first = self.agent.key_ids.sorted("key_id")[0]
        self.assertLess(first.expires_at, fields.Datetime.now() + timedelta(hours=25))
        third = self.agent.with_user(self.manager)._rotate(7, 0)
        self.assertEqual([bool(self.whose(key)) for key in (self.key, second, third)], [False, False, True])
        self.assertEqual(sorted(self.agent.key_ids.mapped("state")), ["active", "revoked", "revoked"])
        self.assertEqual(self.events(self.agent), ["key_created", "key_rotated", "key_rotated"])

    def test_revoking(self):
        self.agent.with_user(self.manager).action_revoke()
        self.assertFalse(self.whose(self.key))
        self.assertFalse(self.agent.user_id.active)
        self.assertFalse(self.agent.active)
        self.assertEqual(self.agent.key_state, "none")
        self.assertEqual(self.events(self.agent), ["key_created", "key_revoked"])
        again = self.agent.with_user(self.manager)._rotate(7, 0)
        self.assertEqual(self.whose(again), self.agent.user_id.id, "a new key takes it back into service")
        self.assertTrue(self.agent.active)

    def test_a_key_deleted_by_an_administrator_shows_as_ended(self):
        self.env["res.users.apikeys"].sudo().search([("user_id", "=", self.agent.user_id.id)]).unlink()
        self.assertEqual(self.agent.key_ids.state, "revoked")

    def test_companies_of_others_are_out_of_reach(self):
        other = (
            self.company_data_2["company"]
            if hasattr(self, "company_data_2")
            else self.env["res.company"].sudo().create({"name": "Other"})
        )
        agents = self.env["ai.agent"].with_user(self.manager)
        with self.assertRaises(AccessError):
            agents._create_agent({"name": "Spy", "company_ids": other.ids}, 1)
        with self.assertRaises(AccessError):
            self.agent.with_user(self.manager).company_ids = other
        foreign = self.make_user("manager2", "manager", company=other)
        self.assertFalse(agents.with_user(foreign).search([]), "agents of other companies don't show")
        # One of both companies: each manager sees and keeps what is not theirs.
        self.agent.user_id.company_ids |= other
        self.env.invalidate_all()
        seen = self.agent.with_user(foreign).with_company(other)
        self.assertEqual(seen.company_ids, other)
        with self.assertRaises(UserError):
            self.agent.with_user(foreign).journal_ids = self.bank

    def test_what_an_agent_may_see_is_logged_when_it_changes(self):
        self.agent.with_user(self.manager).write({"mask_ibans": False})
        log = (
            self.env["ai.audit.log"]
            .sudo()
            .search([("event", "=", "setting_changed"), ("res_id", "=", self.agent.id)], limit=1)
        )
        self.assertEqual(log.payload, {"mask_ibans": "False"})
        with self.assertRaises(UserError):
            self.agent.with_user(self.manager).write({"user_id": self.reviewer.id})
        with self.assertRaises(UserError):
            self.agent.with_user(self.manager).write({"active": False})

    def test_agents_sign_in_by_no_other_door(self):
        user = self.agent.user_id
        user.password = "a password that an administrator gave it"
        for interactive in (True, False):
            for secret in (self.key, "a password that an administrator gave it"):
                credential = {"type": "password", "login": user.login, "password": secret}
                with self.assertRaises(AccessDenied):
                    user.with_user(user)._check_credentials(credential, {"interactive": interactive})
        with self.assertRaises(AccessDenied):
            self.env["res.users"]._check_uid_passwd(user.id, self.key)

    def test_which_key_acts_is_known(self):
        self.assertIs(self.env["ai.agent"]._acting_key_id(), False)
        self.whose(self.key)
        self.assertEqual(self.env["ai.agent"]._acting_key_id(), self.agent.key_ids.key_id)
        self.whose("f" * 40)
        self.assertIs(self.env["ai.agent"]._acting_key_id(), False)
        self.whose(self.key)
        with self.assertQueryCount(0):
            self.env["ai.agent"]._acting_key_id()

    def test_which_key_of_a_person_acts_over_xmlrpc(self):
        """Core caches that a key fits; which one it was is known at each call all the same."""
        expires = fields.Datetime.now() + timedelta(hours=1)
        text = self.env["res.users.apikeys"].with_user(self.reviewer)._generate("rpc", "script", expires)
        key_id = self.env["res.users.apikeys"]._key_id(self.reviewer.id, "rpc", text)
        for _time in range(2):
            self.whose("f" * 40)
            self.env["res.users"]._check_uid_passwd(self.reviewer.id, text)
            self.assertEqual(self.env["ai.agent"]._acting_key_id(), key_id)
