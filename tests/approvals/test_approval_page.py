"""The page behind the mail's link: no account needed, nothing decided by looking, nothing shown to strangers."""

import re

from odoo.tests import HttpCase, new_test_user, tagged

from .test_approvals import ApprovalCase


@tagged("post_install", "-at_install")
class TestApprovalPage(ApprovalCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.rule()
        self.move = self.posted()
        self.approval = self.move.ai_approval_ids.sudo()
        self.move.sudo().message_main_attachment_id = self.env["ir.attachment"].create(
            {"name": "bill.pdf", "raw": b"%PDF-1.4 bill", "res_model": "account.move", "res_id": self.move.id}
        )

    def form(self, path, **values):
        page = self.url_open(path).text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(path, data={"csrf_token": token, **values})

    def test_looking_decides_nothing(self):
        page = self.url_open(self.approval._path())
        self.assertEqual(page.status_code, 200)
        self.assertIn("Northwind Traders Ltd", page.text)
        self.assertIn("100.00", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(self.approval.state, "waiting")

    def test_approving(self):
        page = self.form(self.approval._path(), decision="approved", note="")
        self.assertIn("your answer has arrived", page.text)
        self.assertEqual((self.approval.state, self.move.payment_state), ("approved", "not_paid"))
        self.assertFalse(self.approval.decided_by_id)
        again = self.url_open(self.approval._path())
        self.assertIn("answered this already", again.text)
        self.assertNotIn("o_ai_approve", again.text)

    def test_refusing_needs_words(self):
        page = self.form(self.approval._path(), decision="refused", note="")
        self.assertEqual(page.status_code, 400)
        self.assertIn("Say why you refuse it", page.text)
        self.form(self.approval._path(), decision="refused", note="<b>never</b> ordered")
        self.assertEqual(self.approval.state, "refused")
        self.assertIn("&lt;b&gt;never", self.url_open(self.approval._path()).text)

    def test_nonsense_decides_nothing(self):
        page = self.form(self.approval._path(), decision="paid", note="x")
        self.assertEqual(page.status_code, 400)
        self.assertEqual(self.approval.state, "waiting")

    def test_the_document_is_shown_to_who_holds_the_link(self):
        found = self.url_open(f"{self.approval._path()}/document")
        self.assertEqual((found.status_code, found.headers["Content-Type"]), (200, "application/pdf"))
        self.assertEqual(found.content, b"%PDF-1.4 bill")

    def test_a_file_that_is_no_picture_is_not_shown(self):
        self.move.sudo().message_main_attachment_id.raw = b"<script>alert(1)</script>"
        self.assertEqual(self.url_open(f"{self.approval._path()}/document").status_code, 404)

    def test_wrong_links(self):
        right = self.approval._path()
        for wrong in (right[:-1] + ("0" if right[-1] != "0" else "1"), "/ai_bookkeeper/approve/1", right + "x"):
            self.assertEqual(self.url_open(wrong).status_code, 404)
            self.assertEqual(self.url_open(f"{wrong}/document").status_code, 404)

    def test_a_withdrawn_approval_is_not_needed(self):
        self.approval.with_user(self.manager).action_withdraw("by telephone")
        self.assertIn("not needed any more", self.url_open(self.approval._path()).text)

    def test_the_portal_shows_only_the_own(self):
        boss = new_test_user(self.env, "aib_boss", groups="base.group_portal", partner_id=self.boss.id)
        other = new_test_user(self.env, "aib_other", groups="base.group_portal")
        self.authenticate(boss.login, boss.login)
        page = self.url_open("/my/approvals").text
        self.assertIn("Northwind Traders Ltd", page)
        self.form(self.approval._path(), decision="approved")
        self.assertEqual(self.approval.decided_by_id, boss)
        self.authenticate(other.login, other.login)
        page = self.url_open("/my/approvals").text
        self.assertNotIn("Northwind Traders Ltd", page)
        self.assertIn("No bill waits", page)
