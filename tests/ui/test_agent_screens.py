from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestAgentScreens(BrowserCase):
    """An agent's life on the screen: made, its key shown once, rotated, revoked; and what an auditor sees of it."""

    def test_manager(self):
        manager = new_test_user(self.env, login="tour_agents", groups=f"{GROUP}manager")
        self.env["ai.agent"].with_context(active_test=False).search([]).unlink()
        self.start_tour("/odoo/bookkeeping-agents", "ai_bookkeeper_agents", login=manager.login)
        agent = self.env["ai.agent"].with_context(active_test=False).search([])
        self.assertEqual(
            (agent.name, agent.rate_limit, agent.mask_ibans, agent.active), ("Bank assistant", 30, False, False)
        )
        logs = self.env["ai.audit.log"].search([("res_model", "=", "ai.agent"), ("res_id", "=", agent.id)], order="id")
        self.assertEqual(logs.mapped("event"), ["key_created", "setting_changed", "key_rotated", "key_revoked"])
        self.assertEqual(set(logs.mapped("user_id")), {manager.id})

    def test_auditor(self):
        books = Books(self.env)
        books.add_documents()
        lines = books.add_lines()
        manager = new_test_user(self.env, login="tour_agents", groups=f"{GROUP}manager")
        wizard = self.env["ai.agent.create"].with_user(manager).create({"name": "Reader"})
        wizard.company_ids = self.env.company
        wizard.action_create()
        agent = self.env["ai.agent"].search([("name", "=", "Reader")])
        self.env["ai.suggestion"].with_user(agent.user_id).facts("bank_match", lines[0].id)
        auditor = new_test_user(self.env, login="tour_auditor", groups=f"{GROUP}auditor")
        self.start_tour("/odoo/bookkeeping-agents", "ai_bookkeeper_agents_auditor", login=auditor.login)
