from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"
ANCHOR = {
    **{"left": ["SIGN", "OUR"], "above": [], "right": [], "x": 0.7, "y": 0.1, "x0": 0.6, "x1": 0.8, "page": "first"},
    **{"shape": "Q/99-A", "words": 1, "hits": 1, "misses": 0, "clicked": True},
}


@tagged("post_install", "-at_install")
class TestLayoutScreens(BrowserCase):
    """A reviewer sees what was learned of a vendor's documents and switches it off; a manager forgets it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        company = cls.books.company
        vendor = cls.env["res.partner"].create({"name": "Paper Mill Ltd", "is_company": True})
        move = cls.env["account.move"].create({"move_type": "in_invoice", "company_id": company.id})
        about = {"company_id": company.id}
        document = cls.env["ai.document"].create({"name": "first.pdf", "move_id": move.id, **about})
        data = {"seen": 1, "marks": {}, "words": {}, "fields": {"number": {"anchors": [ANCHOR], "seen": 1}}}
        cls.layout = cls.env["ai.document.layout"].create(
            {"partner_id": vendor.id, "data": data, "document_count": 1, **about}
        )
        said = {"number": {"value": "Q/77-A", "text": "Q/77-A", "box": None, "confidence": 1.0, "source": "person"}}
        cls.env["ai.document.lesson"].create(
            {"layout_id": cls.layout.id, "document_id": document.id, "res_id": move.id, "corrections": said, **about}
        )

    def user(self, role):
        return new_test_user(self.env, login=f"tour_{role}", groups=f"base.group_user,{GROUP}{role}")

    def test_layouts(self):
        url = "/odoo/action-ai_bookkeeper.ai_document_layout_action"
        self.start_tour(url, "ai_bookkeeper_layouts", login=self.user("reviewer").login)
        self.env.invalidate_all()
        self.assertFalse(self.layout.active)
        self.start_tour(url, "ai_bookkeeper_layouts_forget", login=self.user("manager").login)
        self.assertFalse(self.layout.exists())
