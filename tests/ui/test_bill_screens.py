import base64

from odoo.tests import new_test_user, tagged

from ..common_browser import BrowserCase
from ..documents.common import pdf
from .books import Books

GROUP = "ai_bookkeeper.ai_bookkeeper_group_"


def paper_bill(number, total):
    """A bill whose number stands under words that no vendor else uses."""
    net = total / 1.15
    return pdf(
        (
            (50, 790, "Paper Mill Ltd"),
            (50, 775, "1 River Street, Denver CO"),
            (350, 790, "INVOICE"),
            (350, 770, f"Mill code {number}"),
            (350, 755, "Invoice date: 2026-03-02"),
            (350, 740, "Due date: 2026-04-01"),
            (50, 600, "Description"),
            (420, 600, "Amount"),
            (50, 580, "Copy paper A4"),
            (420, 580, f"{net:.2f}"),
            (350, 520, "Subtotal"),
            (420, 520, f"{net:.2f}"),
            (350, 505, "Tax 15%"),
            (420, 505, f"{total - net:.2f}"),
            (350, 490, "Total USD"),
            (420, 490, f"{total:.2f}"),
        )
    )


@tagged("post_install", "-at_install")
class TestBillScreens(BrowserCase):
    """Bills in a real browser: uploaded, corrected by a click on a word, accepted; the second one is read right."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = Books(cls.env)
        cls.company = cls.books.company
        cls.reviewer = new_test_user(cls.env, login="tour_bills", groups=f"base.group_user,{GROUP}reviewer")
        cls.auditor = new_test_user(cls.env, login="tour_bills_read", groups=f"base.group_user,{GROUP}auditor")
        cls.mill = cls.env["res.partner"].create({"name": "Paper Mill Ltd", "is_company": True})

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["sync.job"]), "_before_batch", lambda jobs: None)
        self.patch(type(self.env["sync.tick"]), "_beat", lambda ticks, name: None)

    def read_all(self):
        """The queue's work, which no scheduled action does here."""
        self.env["sync.job"]._run("work", 60)
        self.env.invalidate_all()

    def uploaded(self, content, name):
        taken = self.env["ai.document"].with_user(self.reviewer).upload(name, base64.b64encode(content).decode())
        self.read_all()
        return self.env["ai.document"].browse(taken["document_id"])

    def offered(self, *files):
        """Files that the tour takes as if a person had chosen them."""
        for name, content in files:
            self.env["ir.attachment"].with_user(self.reviewer).create({"name": name, "raw": content})

    def tour(self, path, name, user=None):
        self.start_tour(path, f"ai_bookkeeper_{name}", login=(user or self.reviewer).login)
        self.env.invalidate_all()

    def test_upload_correct_accept_and_the_second_is_right(self):
        self.offered(("mill_1.pdf", paper_bill("PX/77-26", 115.0)), ("damaged.pdf", b"%PDF-1.4 nothing"))
        self.tour("/odoo/documents", "bills_upload")
        documents = self.env["ai.document"].search([("name", "in", ["mill_1.pdf", "damaged.pdf"])])
        self.assertEqual(documents.mapped("state"), ["queued"] * 2)
        self.read_all()
        first = documents.filtered(lambda document: document.name == "mill_1.pdf")
        self.assertEqual(first.state, "read")
        self.assertNotEqual(first.number, "PX/77-26", "a correction is only a test where reading failed")
        self.tour("/odoo/documents", "bills_decide")
        self.assertEqual(first.reading["fields"]["number"]["source"], "person")
        self.assertEqual(first.progress, "booked")
        self.assertEqual(first.move_id.ref, "PX/77-26")
        self.assertEqual(first.move_id.amount_total, 115.0)
        second = self.uploaded(paper_bill("PX/93-26", 230.0), "mill_2.pdf")
        self.assertEqual(second.number, "PX/93-26", "the second bill of a corrected vendor")
        self.tour("/odoo/documents", "bills_second")
        self.assertEqual(second.progress, "booked")

    def test_lines_reject_and_not_a_bill(self):
        self.uploaded(paper_bill("PX/77-26", 115.0), "mill_1.pdf")
        self.tour("/odoo/documents", "bills_lines")
        document = self.env["ai.document"].search([("name", "=", "mill_1.pdf")])
        self.assertEqual(len(document.suggestion_id.proposal["lines"]), 2)
        self.assertEqual(document.state, "not_bill")

    def test_on_the_bill_itself(self):
        document = self.uploaded(b"%PDF-1.4 nothing", "damaged.pdf")
        self.tour(f"/odoo/account.move/{document.move_id.id}", "bills_form")
        self.assertEqual(document.state, "queued", "Read again")

    def test_the_auditor_reads(self):
        self.uploaded(paper_bill("PX/77-26", 115.0), "mill_1.pdf")
        self.tour("/odoo/documents", "bills_auditor", self.auditor)

    def test_on_the_desk(self):
        document = self.uploaded(paper_bill("PX/77-26", 115.0), "mill_1.pdf")
        self.tour("/odoo/review-desk", "bills_desk")
        self.assertEqual(document.progress, "booked")
