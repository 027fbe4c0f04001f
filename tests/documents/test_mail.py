"""Real MIME messages through the alias of the purchase journal."""

import io
import zipfile
from email.message import EmailMessage
from hashlib import sha256

from odoo.tests import tagged

from .common import ROWS, DocumentCase, pdf, photo

UBL = b"""<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>"""


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestMail(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "bills.example"})
        cls.company.alias_domain_id = domain
        cls.purchases.alias_name = "vendor-bills"
        cls.address = "vendor-bills@bills.example"
        cls.vendor = cls.make_partner("Paper Mill Ltd", email="accounts@paper.example")

    def message(self, *parts, body="Please find our bill.", html=None, sender="accounts@paper.example"):
        """A mail with ``parts``: (name, content, media type[, content id])."""
        self.number = getattr(self, "number", 0) + 1
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = f"Accounts <{sender}>", self.address, "Your bill"
        mail["Message-ID"] = f"<bill-{self.number}-{self._testMethodName}@paper.example>"
        mail.set_content(body)
        if html:
            mail.add_alternative(html, subtype="html")
        for name, content, media_type, *cid in parts:
            maintype, subtype = media_type.split("/")
            mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
            if cid:
                part = list(mail.iter_attachments())[-1]
                part["Content-ID"] = f"<{cid[0]}>"
                part.replace_header("Content-Disposition", f'inline; filename="{name}"')
        return mail

    def deliver(self, mail):
        """As the gateway does it: the drafts that came of it."""
        before = self.env["account.move"].search([])
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        self.env["mail.thread"].sudo().message_process(False, raw)
        self.raw = raw
        return self.env["account.move"].search([("id", "not in", before.ids)], order="id")

    def test_a_pdf(self):
        content = pdf()
        move = self.deliver(self.message(("bill.pdf", content, "application/pdf")))
        self.assertEqual((len(move), move.journal_id, move.move_type), (1, self.purchases, "in_invoice"))
        self.assertUntouched(move)
        document = self.documents(move)
        self.assertEqual((document.sha256, document.state), (sha256(content).hexdigest(), "queued"))
        self.assertEqual(document.sender, "accounts@paper.example")
        self.run_jobs()
        self.assertEqual(document.state, "read", document.error)

    def test_the_mail_itself_is_kept_byte_for_byte(self):
        mail = self.message(("bill.pdf", pdf(), "application/pdf"), ("more.pdf", pdf(ROWS[1:]), "application/pdf"))
        moves = self.deliver(mail)
        self.assertEqual(len(moves), 2)
        documents = self.documents(moves)
        for document in documents:
            self.assertEqual(document.mail_id.raw, self.raw)
            self.assertEqual(document.mail_sha256, sha256(self.raw).hexdigest())
            self.assertEqual(document.mail_id.res_id, document.move_id.id)
        moves[0].unlink()
        self.assertEqual(documents.exists().mail_id.raw, self.raw)

    def test_a_picture_becomes_a_bill_though_core_drops_it(self):
        content = photo(kind="JPEG")
        move = self.deliver(self.message(("receipt.jpg", content, "image/jpeg")))
        document = self.documents(move)
        self.assertEqual((len(move), len(document)), (1, 1))
        self.assertEqual(document.sha256, sha256(content).hexdigest())
        self.assertEqual(document.attachment_id.res_id, move.id)

    def test_a_large_photo_is_not_shrunk(self):
        content = photo(2600, 3400, kind="JPEG")
        self.assertEqual(
            self.documents(self.deliver(self.message(("r.jpg", content, "image/jpeg")))).size, len(content)
        )

    def test_three_photos_are_three_bills(self):
        parts = [(f"IMG_{n}.jpg", photo(900 + n, 1200, kind="JPEG"), "image/jpeg") for n in range(3)]
        moves = self.deliver(self.message(*parts))
        self.assertEqual(len(moves), 3)
        self.assertEqual(len(self.documents(moves)), 3)

    def test_a_photo_within_the_text_is_a_bill_when_nothing_else_is(self):
        html = '<p>See: <img src="cid:photo1"></p>'
        move = self.deliver(self.message(("IMG_1.jpg", photo(kind="JPEG"), "image/jpeg", "photo1"), html=html))
        self.assertEqual(len(self.documents(move)), 1)

    def test_logos_and_signatures_are_no_bills(self):
        html = '<p>Regards<img src="cid:logo1"></p>'
        moves = self.deliver(
            self.message(
                ("logo.png", photo(800, 300), "image/png", "logo1"),
                ("bill.pdf", pdf(), "application/pdf"),
                ("tiny.png", photo(60, 60), "image/png"),
                html=html,
            )
        )
        self.assertEqual(self.documents(moves).mapped("name"), ["bill.pdf"])
        self.assertEqual(len(moves), 1)

    def test_an_archive(self):
        packed = archive(
            march__one_dot_pdf=pdf(), two_dot_pdf=pdf(ROWS[1:]), readme_dot_txt=b"hello", __MACOSX___one_dot_pdf=b"x"
        )
        moves = self.deliver(self.message(("bills.zip", packed, "application/zip")))
        self.assertEqual(self.documents(moves).mapped("name"), ["one.pdf", "two.pdf"])
        self.assertEqual(len(moves), 2)

    def test_a_forwarded_mail(self):
        inner = self.message(("bill.pdf", pdf(), "application/pdf"))
        outer = self.message(sender="me@elsewhere.example")
        outer.add_attachment(inner)
        moves = self.deliver(outer)
        self.assertEqual(self.documents(moves).mapped("name"), ["bill.pdf"])

    def test_a_forwarded_mail_as_a_file(self):
        inner = self.message(("bill.pdf", pdf(), "application/pdf")).as_bytes()
        moves = self.deliver(self.message(("FW.eml", inner, "application/octet-stream")))
        self.assertEqual(self.documents(moves).mapped("name"), ["bill.pdf"])

    def test_an_e_invoice_with_its_picture_is_one_draft(self):
        moves = self.deliver(
            self.message(("inv_7.xml", UBL, "application/xml"), ("inv_7.pdf", pdf(), "application/pdf"))
        )
        document = self.documents(moves)
        self.assertEqual((len(moves), len(document)), (1, 1))
        self.assertEqual((document.name, document.picture_id.name), ("inv_7.xml", "inv_7.pdf"))
        self.assertEqual(document.attachment_id.raw, UBL)
        self.assertEqual(document.attachment_id.res_id, moves.id)

    def test_a_mail_without_files_is_answered(self):
        mails = self.env["mail.mail"].search([])
        self.assertFalse(self.deliver(self.message()))
        self.assertTrue(self.env["mail.mail"].search([]) - mails)

    def test_hostile_files_end_in_a_sentence_and_are_kept(self):
        bomb = archive(bomb_dot_pdf=b"%PDF-" + b"\0" * 60_000_000)
        for name, content, media_type in (
            ("bomb.zip", bomb, "application/zip"),
            ("broken.zip", b"PK\x03\x04" + b"junk" * 50, "application/zip"),
            ("virus.exe", b"MZ\x90\x00" + b"\x00" * 100, "application/octet-stream"),
            ("run.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image/svg+xml"),
            ("bill.pdf", b"MZ\x90\x00 this is no PDF", "application/pdf"),
            ("bill.pdf", b"%PDF-1.7\n" + b"\xff" * 5000, "application/pdf"),
        ):
            with self.subTest(name=name, start=content[:10]):
                move = self.deliver(self.message((name, content, media_type)))
                self.assertEqual(len(move), 1)
                self.run_jobs()
                document = self.documents(move)
                self.assertEqual(len(document), 1)
                self.assertEqual(document.state, "failed")
                self.assertIn("kept", document.error)
                self.assertEqual(document.attachment_id.raw, content)
                self.assertUntouched(move)
