"""Originals are kept unchanged for as long as the entry lives."""

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DocumentCase, pdf, photo


@tagged("post_install", "-at_install")
class TestOriginals(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bookkeeper = cls.make_user("document_keeper", groups="base.group_user,account.group_account_manager")

    def setUp(self):
        super().setUp()
        self.move = self.dropped(("bill.pdf", pdf()))
        self.document = self.documents(self.move)
        self.file = self.document.attachment_id

    def test_nobody_deletes_or_changes_it(self):
        other = self.empty_draft()
        for user in (self.reviewer, self.bookkeeper, self.env.user, self.env.ref("base.user_root")):
            file = self.file.with_user(user)
            with self.subTest(user.login), self.assertRaises(UserError):
                file.unlink()
            for values in (
                {"raw": b"other"},
                {"datas": b"b3RoZXI="},
                {"res_id": other.id},
                {"res_model": False, "res_id": False},
                {"store_fname": "xx/yy"},
                {"type": "url", "url": "https://example.com"},
            ):
                with self.subTest(user.login, values=values), self.assertRaises(UserError):
                    file.write(values)
        self.file.write({"name": "renamed.pdf", "res_model": "account.move", "res_id": self.move.id})
        self.assertEqual(self.document._sha256(self.file.raw), self.document.sha256)

    def test_the_database_refuses_too(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute("DELETE FROM ir_attachment WHERE id = %s", (self.file.id,))

    def test_a_file_that_was_changed_behind_odoo_is_not_read(self):
        other = self.attachment(b"%PDF-1.4 something else")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET (store_fname, db_datas, checksum) = "
            "(SELECT store_fname, db_datas, checksum FROM ir_attachment WHERE id = %s) WHERE id = %s",
            (other.id, self.file.id),
        )
        self.env.invalidate_all()
        self.run_jobs()
        self.assertEqual((self.document.state, self.document.error_code), ("failed", "changed"))

    def test_people_neither_write_nor_delete_documents(self):
        for user in (self.reviewer, self.bookkeeper):
            for act in (
                lambda document: document.write({"sha256": "x"}),
                lambda document: document.unlink(),
                lambda document: document.copy(),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    act(self.document.with_user(user))

    def test_it_goes_with_its_draft(self):
        self.move.with_user(self.reviewer).unlink()
        self.assertFalse(self.document.exists())
        self.assertFalse(self.file.exists())

    def test_what_somebody_uploads_large_is_kept_as_it_came(self):
        content = photo(2500, 3300, kind="JPEG")
        self.assertEqual(self.documents(self.dropped(("photo.jpg", content))).size, len(content))
