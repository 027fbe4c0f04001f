from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


@tagged("post_install", "-at_install")
class TestScreens(BrowserCase):
    """Every screen opens, for the roles that it is made for."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.books.add_documents()
        cls.lines = cls.books.add_lines()

    def user(self, role, more=""):
        return new_test_user(self.env, login=f"tour_{role}", groups=f"{GROUP}{role}{more}")

    def test_suggestions(self):
        self.start_tour("/odoo/suggestions", "ai_bookkeeper_suggestions", login=self.user("reviewer").login)
        self.env.invalidate_all()
        found = {line.payment_ref: line.ai_status for line in self.lines}
        self.assertEqual(found["SEPA CREDIT AZ-1001 thank you"], "reconciled")
        self.assertEqual(found["GE-3001 and GE-3002"], "reconciled")
        self.assertEqual(found["Virement Deco Addict facture mars"], "asked", "a question is not accepted in bulk")

    def test_odoos_own_screens(self):
        reviewer = self.user("reviewer")
        line = self.lines.filtered(lambda line: line.payment_ref == "SEPA CREDIT AZ-1001 thank you")
        line.with_user(reviewer).action_ai_accept()
        invoice = self.books.documents["sure"]
        self.start_tour("/odoo/accounting", "ai_bookkeeper_dashboard", login=reviewer.login)
        self.start_tour(f"/odoo/account.move/{invoice.id}", "ai_bookkeeper_invoice", login=reviewer.login)
        partner = invoice.partner_id
        self.start_tour(f"/odoo/res.partner/{partner.id}", "ai_bookkeeper_partner", login=reviewer.login)

    def test_manager(self):
        manager = self.user("manager", ",base.group_system")
        self.start_tour("/odoo/bookkeeping-policies", "ai_bookkeeper_policies", login=manager.login)
        self.start_tour("/odoo/bookkeeping-audit", "ai_bookkeeper_audit", login=manager.login)
        self.start_tour("/odoo/settings", "ai_bookkeeper_settings", login=manager.login)
        self.assertEqual(self.books.company.ai_rounding_cap, 0.09)

    def test_auditor_decides_nothing(self):
        self.start_tour("/odoo/bank-lines", "ai_bookkeeper_auditor", login=self.user("auditor").login)
