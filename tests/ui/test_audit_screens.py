from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestAuditScreens(BrowserCase):
    """Check, export, anchors and erasing, by those who may."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.lines = cls.books.add_lines()
        cls.reviewer = cls.user("reviewer")
        cls.line = cls.lines.filtered(lambda line: line.payment_ref == "SEPA CREDIT AZ-1001 thank you")
        cls.line.with_user(cls.reviewer).action_ai_accept()

    @classmethod
    def user(cls, role):
        return new_test_user(cls.env, login=f"audit_{role}", groups=f"{GROUP}{role}")

    def test_auditor(self):
        auditor = self.user("auditor")
        self.start_tour("/odoo/bookkeeping-checks", "ai_bookkeeper_audit_check", login=auditor.login)
        self.start_tour("/odoo/bookkeeping-exports", "ai_bookkeeper_audit_export", login=auditor.login)
        export = self.env["ai.audit.export"].search([], limit=1)
        self.assertEqual((export.state, export.user_id), ("done", auditor))

    def test_manager(self):
        manager = self.user("manager")
        self.env["ir.config_parameter"].set_param("ai_bookkeeper.anchor_mail", "")
        self.start_tour("/odoo/bookkeeping-anchors", "ai_bookkeeper_audit_anchors", login=manager.login)
        action = self.env.ref("ai_bookkeeper.ai_audit_erase_action")
        self.start_tour(f"/odoo/action-{action.id}", "ai_bookkeeper_audit_erase", login=manager.login)
        self.assertTrue(self.env["ai.audit.log"].search_count([("event", "=", "erased")]))
