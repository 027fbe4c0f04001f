"""Upload by method, filing as not a bill and back, reading again, pictures over HTTP."""

import base64
import io
import time
from unittest.mock import patch

from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ...models.documents import res_config_settings_documents
from ...readers.libraries import Library
from .common import ROWS, DocumentCase, pdf, photo

NUMBERS = ["PM-2026-117", "PM-2026-118"]
REMINDER = [(x, y, {"INVOICE": "PAYMENT REMINDER"}.get(text, text)) for x, y, text in ROWS]


@tagged("post_install", "-at_install")
class TestFiling(DocumentCase):
    @property
    def desk(self):
        return self.env["ai.document"].with_user(self.reviewer)

    def upload(self, content, name="bill.pdf", user=None, **more):
        documents = self.env["ai.document"].with_user(user or self.reviewer)
        return documents.upload(name, base64.b64encode(content).decode(), **more)

    # === UPLOAD === #

    def test_an_upload_is_a_draft_that_waits(self):
        told = self.upload(pdf(), "march.pdf")
        document = self.desk.browse(told["document_id"])
        self.assertEqual((document.state, document.name, document.move_id.id), ("queued", "march.pdf", told["move_id"]))
        self.assertEqual(document.journal_id.type, "purchase")
        self.assertUntouched(document.sudo().move_id)

    def test_who_uploads(self):
        for user in (self.auditor, self.stranger, self.make_user("document_agent2", "agent", groups="")):
            with self.assertRaises(AccessError):
                self.upload(pdf(), user=user)

    def test_what_can_not_be_uploaded(self):
        for datas in ("no base64!", "", None):
            with self.subTest(datas), self.assertRaises(UserError):
                self.desk.upload("bill.pdf", datas)
        with self.assertRaises(UserError):
            self.upload(pdf(), journal_id=self.bank.id)

    def test_fifty_at_once(self):
        files = [(f"bill_{n}.pdf", pdf([*ROWS, (50, 100, f"copy {n}")])) for n in range(50)]
        started = time.monotonic()
        moves = self.dropped(*files)
        self.assertEqual((len(moves), len(self.documents(moves))), (50, 50))
        self.assertLess(time.monotonic() - started, 40, "one request of a browser")
        self.run_jobs(seconds=5)
        self.assertIn("read", self.documents(moves).mapped("state"))

    def test_in_the_chatter_of_a_draft(self):
        move = self.empty_draft().with_user(self.reviewer)
        file = self.attachment(pdf())
        move.message_post(body=Markup("<p>The bill</p>"), attachment_ids=file.ids, message_type="comment")
        self.assertEqual(self.documents(move).attachment_id, file)
        self.assertUntouched(move)

    def test_files_that_were_there_before(self):
        move = self.empty_draft()
        self.attachment(pdf()).write({"res_model": "account.move", "res_id": move.id})
        for user in (self.auditor, self.stranger):
            with self.assertRaises(AccessError):
                move.with_user(user).action_ai_read_files()
        move.with_user(self.reviewer).action_ai_read_files()
        move.with_user(self.reviewer).action_ai_read_files()
        self.assertEqual(len(self.documents(move)), 1)

    def test_who_only_enters_bills_uploads_too(self):
        clerk = self.make_user("document_clerk", groups="base.group_user,account.group_account_invoice")
        document = self.taken_in(("bill.pdf", pdf()), user=clerk)
        self.assertEqual(document.state, "read")
        with self.assertRaises(AccessError):
            document.with_user(clerk).read(["reading"])

    def test_customers_documents_are_left_alone(self):
        move = self.env["account.move"].create({"move_type": "out_invoice", "partner_id": self.northwind.id})
        move.message_post(body=Markup("<p>x</p>"), attachment_ids=self.attachment(pdf()).ids, message_type="comment")
        self.assertFalse(self.documents(move))

    # === FILING === #

    def test_not_a_bill_and_back(self):
        document = self.taken_in(("bill.pdf", pdf())).with_user(self.reviewer)
        open_before = self.suggestions.search([("res_model", "=", "account.move"), ("res_id", "=", document.res_id)])
        self.assertTrue(document.action_not_bill())
        self.assertEqual(document.state, "not_bill")
        self.assertFalse(open_before.filtered(lambda suggestion: suggestion.state == "pending"))
        self.assertTrue(document.move_id.exists())
        document.action_is_bill()
        self.run_jobs()
        self.assertEqual((document.state, document.is_proposed), ("read", True))
        events = (
            self.env["ai.audit.log"].sudo().search([("res_model", "=", "ai.document"), ("res_id", "=", document.id)])
        )
        self.assertEqual(events.mapped("event"), ["document_filed"] * 2)
        self.assertEqual(set(events.mapped("user_id")), {self.reviewer.id})

    def test_a_reminder_is_filed_by_itself(self):
        document = self.taken_in(("reminder.pdf", pdf(REMINDER)))
        self.assertEqual((document.state, document.kind), ("not_bill", "reminder"))
        self.assertFalse(
            self.suggestions.search([("res_model", "=", "account.move"), ("res_id", "=", document.res_id)])
        )
        document.with_user(self.reviewer).action_is_bill()
        self.run_jobs()
        self.assertEqual((document.state, document.kind, document.is_proposed), ("read", "bill", True))

    # === READING AGAIN === #

    def test_what_a_person_said_stays(self):
        document = self.taken_in(("bill.pdf", pdf()))
        told = document.reading
        told["fields"]["number"] = {
            "value": "HAND-1",
            "text": "HAND-1",
            "box": None,
            "confidence": 1,
            "source": "person",
        }
        document.reading = dict(told)
        document.with_user(self.reviewer).read_again()
        self.assertEqual(document.state, "queued")
        self.run_jobs()
        self.assertEqual(document.state, "read")
        self.assertEqual(document.reading["fields"]["number"]["value"], "HAND-1")

    def test_while_it_is_read_nobody_files_it(self):
        document = self.documents(self.dropped(("bill.pdf", pdf())))
        document.state = "reading"
        for method in ("read_again", "action_not_bill", "action_is_bill"):
            with self.subTest(method), self.assertRaises(UserError):
                getattr(document.with_user(self.reviewer), method)()

    def test_another_company(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        foreigner = self.make_user("document_elsewhere", "reviewer", company=other)
        document = self.taken_in(("bill.pdf", pdf())).with_user(foreigner)
        for act in (
            lambda: document.page_words(1),
            lambda: document.read_again(),
            lambda: document.action_not_bill(),
            lambda: document.read(["name"]),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertIsNone(document._page_picture(document.id, 1))
        self.assertFalse(document.search([]))

    # === NOTHING IS POSTED === #

    def test_odoos_own_autopost_never_posts(self):
        self.company.autopost_bills = True
        self.northwind.autopost_bills = "always"
        bill = self.empty_draft(partner_id=self.northwind.id, invoice_date="2026-03-01")
        bill._autopost_bill()
        self.assertEqual(bill.state, "draft")
        self.northwind.autopost_bills = "ask"
        for _time in range(4):
            bill = self.bill(self.northwind, 50.0)
            bill.invoice_line_ids.is_imported = True
            self.assertFalse(bill._show_autopost_bills_wizard())


@tagged("post_install", "-at_install")
class TestHostile(DocumentCase):
    """Files that no bill is: a sentence on the document, the file as it came, the server alive."""

    def test_they_end_in_a_sentence(self):
        from pypdf import PdfReader, PdfWriter

        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf())))
        writer.encrypt("secret")
        locked = io.BytesIO()
        writer.write(locked)
        many = pdf(*[[(50, 700, f"page {n}")] for n in range(500)])
        files = {
            "locked.pdf": (locked.getvalue(), "encrypted"),
            "many.pdf": (many, "too_many_pages"),
            "run.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "unknown"),
            "page.html": (b"<html><script>alert(1)</script></html>", "unknown"),
            "program.pdf": (b"MZ\x90\x00" + b"\x00" * 500, "unknown"),
            "text.png": (b"this is no picture at all, whatever its name says", "unknown"),
            "torn.png": (photo()[:2000], "damaged"),
            "white.png": (photo(), "no_words"),
        }
        for name, (content, code) in files.items():
            with self.subTest(name):
                document = self.taken_in((name, content))
                self.assertEqual((document.state, document.error_code), ("failed", code))
                self.assertTrue(document.error)
                self.assertNotIn("%(", document.error)
                self.assertEqual(document.attachment_id.raw, content)
                self.assertUntouched(document.move_id)

    def test_a_picture_with_another_ending_is_read_as_what_it_is(self):
        document = self.taken_in(("bill.png", pdf()))
        self.assertEqual((document.state, document.media_type), ("read", "application/pdf"))


@tagged("post_install", "-at_install")
class TestPictures(DocumentCase, HttpCase):
    def test_pages_over_http(self):
        document = self.taken_in(("bill.pdf", pdf(ROWS, [(50, 700, "second page")])))
        path = f"/ai_bookkeeper/document/{document.id}/page/"
        self.authenticate("aib_reviewer", "aib_reviewer")
        for page in (1, 2):
            answer = self.url_open(f"{path}{page}")
            self.assertEqual((answer.status_code, answer.content[:8]), (200, b"\x89PNG\r\n\x1a\n"))
            self.assertEqual(answer.headers["Content-Type"], "image/png")
            self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        for wrong in (
            f"{path}3",
            f"{path}0",
            f"{path}99999999999",
            "/ai_bookkeeper/document/99999999999/page/1",
            f"/ai_bookkeeper/document/{document.id + 999}/page/1",
        ):
            self.assertEqual(self.url_open(wrong).status_code, 404)
        self.authenticate("aib_document_stranger", "aib_document_stranger")
        self.assertEqual(self.url_open(f"{path}1").status_code, 404)
        self.authenticate(None, None)
        self.assertNotEqual(self.url_open(f"{path}1", allow_redirects=False).status_code, 200)


@tagged("post_install", "-at_install")
class TestServer(DocumentCase):
    def test_the_settings_say_what_can_be_read(self):
        manager = self.make_user("document_manager", "manager", groups="base.group_user,base.group_system")
        table = self.env["res.config.settings"].with_user(manager).create({}).ai_document_libraries
        self.assertEqual(table.count("<tr>"), 5)
        self.assertNotIn("missing", table)
        self.patch(res_config_settings_documents, "libraries", lambda: (Library("ocr", ("tesseract-ocr",), False),))
        table = self.env["res.config.settings"].with_user(manager).create({}).ai_document_libraries
        self.assertIn("missing", table)
        self.assertIn("tesseract-ocr", table)

    def test_without_tesseract_a_photo_waits_and_is_read_later(self):
        with patch.dict("os.environ", {"PATH": "/nonexistent"}):
            document = self.taken_in(("receipt.png", photo()))
        self.assertEqual((document.state, document.error_code), ("failed", "no_ocr"))
        self.assertIn("Tesseract", document.error)
        document.with_user(self.reviewer).read_again()
        self.assertEqual((document.state, document.error), ("queued", False))

    def test_erasing_takes_what_was_read_and_keeps_the_original(self):
        document = self.taken_in(("bill.pdf", pdf()))
        move, file = document.move_id, document.attachment_id
        move.write({"partner_id": self.northwind.id})
        manager = self.make_user("document_eraser", "manager")
        erase = self.env["ai.audit.identity"].with_user(manager).action_erase
        with self.assertRaises(AccessError):
            self.env["ai.audit.identity"].with_user(self.reviewer).action_erase("asked", self.northwind.ids)
        self.assertTrue(erase("request of 2026-03-01", self.northwind.ids))
        self.env.invalidate_all()
        self.assertFalse(any(document[name] for name in ("reading", "pages", "thumbnail", "sender", "decoded")))
        self.assertFalse(document.page_ids)
        self.assertEqual(document._sha256(file.raw), document.sha256)


@tagged("post_install", "-at_install")
class TestSeveral(DocumentCase):
    def test_two_bills_in_one_file_are_two_drafts(self):
        second = [(x, y, text.replace("PM-2026-117", "PM-2026-118").replace("100.00", "200.00")) for x, y, text in ROWS]
        second = [(x, y, text.replace("115.00", "230.00").replace("15.00", "30.00")) for x, y, text in second]
        ends = [[*rows, (480, 40, "Page 1 of 1")] for rows in (ROWS, second)]
        content = pdf(*ends)
        move = self.dropped(("two.pdf", content))
        self.run_jobs()
        documents = self.env["ai.document"].sudo().search([("sha256", "=", self.documents(move).sha256)], order="id")
        self.assertEqual(documents.mapped("page_numbers"), [[1], [2]])
        self.assertEqual([document.reading["fields"]["number"]["value"] for document in documents], NUMBERS)
        self.assertEqual(len(documents.move_id), 2)
        for document in documents:
            self.assertEqual((document.state, document.attachment_id.raw), ("read", content))
            self.assertEqual(document.attachment_id.res_id, document.move_id.id)
            self.assertTrue(document.is_proposed and document.thumbnail)
            self.assertUntouched(document.move_id)
