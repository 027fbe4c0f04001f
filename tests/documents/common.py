"""Base of the tests of incoming documents: real files, the real queue, restricted people."""

import io

from ..common import BankCase

ROWS = (
    (50, 790, "Paper Mill Ltd"),
    (50, 775, "1 River Street, London"),
    (50, 760, "VAT GB 123 4567 82"),
    (350, 790, "INVOICE"),
    (350, 770, "Invoice number: PM-2026-117"),
    (350, 755, "Invoice date: 2026-03-02"),
    (350, 740, "Due date: 2026-04-01"),
    (50, 600, "Description"),
    (420, 600, "Amount"),
    (50, 580, "Copy paper A4"),
    (420, 580, "100.00"),
    (350, 520, "Subtotal"),
    (420, 520, "100.00"),
    (350, 505, "VAT 15%"),
    (420, 505, "15.00"),
    (350, 490, "Total"),
    (420, 490, "115.00"),
)


def pdf(*pages):
    """A PDF with a text layer; each page is rows of (x, y, text) in points."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    # The same rows give the same bytes.
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for rows in pages or (ROWS,):
        for x, y, text in rows:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def photo(width=900, height=1200, color=(240, 240, 235), kind="PNG"):
    """A picture without words."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, kind)
    return out.getvalue()


def scanned(*pages):
    """A PDF of pictures only, as a scanner makes it; each page is lines of text."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.load_default(34)
    pictures = []
    for lines in pages:
        image = Image.new("L", (1240, 1754), 255)
        for place, text in enumerate(lines):
            ImageDraw.Draw(image).text((120, 150 + place * 60), text, fill=0, font=font)
        pictures.append(image)
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


class DocumentCase(BankCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purchases = cls.company_data["default_journal_purchase"]
        cls.auditor = cls.make_user("document_auditor", "auditor")
        cls.stranger = cls.make_user("document_stranger")

    def setUp(self):
        super().setUp()
        self.patch(type(self.env["sync.job"]), "_before_batch", lambda jobs: None)
        self.patch(type(self.env["sync.tick"]), "_beat", lambda ticks, name: None)

    def attachment(self, content, name="bill.pdf", user=None):
        return self.env["ir.attachment"].with_user(user or self.reviewer).create({"name": name, "raw": content})

    def dropped(self, *files, user=None):
        """Files dropped on the journal, as the screen does it: the drafts."""
        user = user or self.reviewer
        attachments = [self.attachment(content, name, user).id for name, content in files]
        journal = self.purchases.with_user(user).with_context(
            default_journal_id=self.purchases.id, default_move_type="in_invoice"
        )
        action = journal.create_document_from_attachment(attachments)
        return self.env["account.move"].search(action["domain"], order="id")

    def documents(self, moves):
        return self.env["ai.document"].sudo().search([("move_id", "in", moves.ids)], order="id")

    def run_jobs(self, seconds=60):
        """The real queue, on cursors of this test."""
        with self.enter_registry_test_mode():
            self.env["sync.job"]._run("work", seconds)
        self.env.invalidate_all()

    def taken_in(self, *files, user=None):
        """The documents of files that were dropped and read."""
        moves = self.dropped(*files, user=user)
        self.run_jobs()
        return self.documents(moves)

    def assertUntouched(self, move):
        """Nothing but the file is on the draft."""
        empty = (move.partner_id, move.invoice_line_ids, move.ref, move.invoice_date, move.invoice_origin)
        self.assertFalse(any(empty), empty)
        self.assertEqual(move.state, "draft")

    @classmethod
    def empty_draft(cls, **values):
        return cls.env["account.move"].create(
            {"move_type": "in_invoice", "journal_id": cls.company_data["default_journal_purchase"].id, **values}
        )
