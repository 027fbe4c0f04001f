import json
import re
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .common import PDF, PNG, AskCase

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@tagged("post_install", "-at_install")
class TestAskPage(AskCase, HttpCase):
    """The public page, as the person who was asked and as an attacker."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shell = cls.line("POS 4412 SHELL STATION 0231", -61.37)
        cls.hotel = cls.line("HOTEL <script>alert(1)</script> BERLIN", -240.0)

    def setUp(self):
        super().setUp()
        self.question = self.ask(self.shell)
        self.path = f"/ai_bookkeeper/ask/{self.token(self.question)}"
        self.authenticate(None, None)

    def csrf(self, page):
        return TOKEN.search(page.text)[1]

    def post(self, path=None, files=None, csrf=None, **values):
        """Open the page as a browser does, then send its form."""
        path = path or self.path
        if csrf is None:
            csrf = self.csrf(self.url_open(self.path))
        data = {"csrf_token": csrf, "question": str(self.question.id), **values}
        reply = self.url_open(path, data=data, files=files)
        self.env.invalidate_all()
        return reply

    def test_read_answer_change(self):
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        for text in ("61.37", "SHELL STATION", "What was this for?", "Business", "Private", "Clara Client"):
            self.assertIn(text, page.text)
        for text in ("HOTEL", "clara@client.example", self.bank.name, self.reviewer.login):
            self.assertNotIn(text, page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["X-Frame-Options"], "DENY")
        reply = self.post(answer="a2", note="my own", files={"files": ("scan.png", PNG, "text/html")})
        self.assertEqual(reply.status_code, 200)
        self.assertIn("your answer has arrived", reply.text)
        self.assertEqual((self.question.answer, self.question.note), ("Private", "my own"))
        self.assertEqual(self.question.file_ids.mimetype, "image/png", "what it is, not what it claims to be")
        self.assertFalse(self.question.answered_by_id)
        self.post(answer="a1")
        self.assertEqual(self.question.answer, "Business", "changed, until somebody decided")

    def test_reading_answers_nothing(self):
        """Mail scanners follow the buttons before the person does."""
        page = self.url_open(f"{self.path}?question={self.question.id}&answer=a2")
        self.assertEqual(page.status_code, 200)
        self.assertRegex(page.text, r'value="a2"[^>]*checked="checked"|checked="checked"[^>]*value="a2"')
        self.env.invalidate_all()
        self.assertEqual(self.question.state, "sent")
        self.assertFalse(self.question.answer)

    def test_guessed_and_forged_links(self):
        token = self.token(self.question)
        number = token.split("-")[0]
        forged = (
            "x",
            "0-0",
            f"{number}-",
            f"{number}-{'0' * 64}",
            token[:-1],
            token[:-1] + ("0" if token[-1] != "0" else "1"),
            f"{int(number) + 1}-{token.split('-')[1]}",
            "9" * 30 + "-1",
            f"{number}-{token.split('-')[1]}'--",
        )
        for wrong in forged:
            self.assertEqual(self.url_open(f"/ai_bookkeeper/ask/{wrong}").status_code, 404, wrong)
        csrf = self.csrf(self.url_open(self.path))
        reply = self.post(path=f"/ai_bookkeeper/ask/{forged[3]}", csrf=csrf, answer="a1")
        self.assertEqual(reply.status_code, 404)
        self.assertEqual(self.question.state, "sent")

    def test_guessing_is_slowed(self):
        codes = [self.url_open(f"/ai_bookkeeper/ask/{number}-{'0' * 64}") for number in range(30)]
        self.assertEqual(codes[0].status_code, 404)
        self.assertEqual(codes[-1].status_code, 429)
        self.assertGreater(int(codes[-1].headers["Retry-After"]), 0)

    def test_csrf(self):
        self.url_open(self.path)
        for csrf in ("", "0" * 40):
            reply = self.post(csrf=csrf, answer="a1")
            self.assertEqual(reply.status_code, 400)
        self.assertEqual(self.question.state, "sent")

    def test_other_peoples_question(self):
        other = self.env["res.partner"].create({"name": "Otto", "email": "otto@else.example"})
        theirs = self.ask(self.hotel, partner=other)
        reply = self.post(question=str(theirs.id), answer="a1")
        self.assertEqual(reply.status_code, 400)
        self.assertEqual(theirs.state, "sent")
        for hostile in ("-1", "1 OR 1=1", "9" * 40, str(self.question.id) + ".0"):
            self.assertEqual(self.post(question=hostile, answer="a1").status_code, 400)
        self.assertEqual(self.question.state, "sent")

    def test_hostile_files(self):
        for name, content, claimed in (
            ("receipt.pdf", b"<html><script>alert(1)</script></html>", "application/pdf"),
            ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/png"),
            ("run.js", b"alert(1)", "application/pdf"),
        ):
            reply = self.post(answer="a1", files={"files": (name, content, claimed)})
            self.assertEqual(reply.status_code, 400, name)
            self.assertIn("no picture or PDF", reply.text)
        self.assertEqual(self.question.state, "sent", "a refused file takes the whole answer back")
        self.post(answer="a1", files={"files": ('<img src=x onerror="alert(1)">.html', PDF, "text/html")})
        self.assertEqual(self.question.file_ids.mimetype, "application/pdf")
        page = self.url_open(self.path)
        self.assertNotIn("<img src=x", page.text)

    def test_huge_upload(self):
        csrf = self.csrf(self.url_open(self.path))
        huge = b"%PDF-" + b"0" * (27 * 1024 * 1024)
        try:
            code = self.post(csrf=csrf, answer="a1", files={"files": ("huge.pdf", huge)}).status_code
        except OSError:
            code = 413
        self.assertGreaterEqual(code, 400)
        large = b"%PDF-" + b"0" * (11 * 1024 * 1024)
        reply = self.post(answer="a1", files={"files": ("large.pdf", large)})
        self.assertEqual(reply.status_code, 400)
        self.assertIn("larger than 10", reply.text)
        self.env.invalidate_all()
        self.assertEqual(self.question.state, "sent")

    def test_text_is_data(self):
        self.ask(self.hotel)
        path = (
            f"/ai_bookkeeper/ask/{self.token(self.env['ai.question'].sudo().search([('res_id', '=', self.hotel.id)]))}"
        )
        self.assertNotIn("<script>alert(1)", self.url_open(path).text)
        self.assertIn("&lt;script&gt;alert(1)", self.url_open(path).text)
        mail = self.mails[-1:]
        self.assertNotIn("<script>", mail.body_html)
        self.post(answer="a1", note="</textarea><script>alert(2)</script>")
        page = self.url_open(self.path)
        self.assertNotIn("<script>alert(2)", page.text)
        self.assertNotIn("<script>alert(2)", str(self.shell.move_id.message_ids[:1].body))

    def test_expired_and_withdrawn(self):
        csrf = self.csrf(self.url_open(self.path))
        self.question.sudo().request_id.expires_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertIn("time for an answer is over", self.url_open(self.path).text)
        reply = self.post(csrf=csrf, answer="a1")
        self.assertEqual(reply.status_code, 400)
        self.question.sudo().request_id.expires_at = fields.Datetime.now() + timedelta(days=1)
        self.question.with_user(self.reviewer).action_withdraw()
        self.assertIn("taken back", self.url_open(self.path).text)
        self.assertEqual(self.post(csrf=csrf, answer="a1").status_code, 400)
        self.assertFalse(self.question.answer)

    def test_settled_is_said_kindly(self):
        self.by_hand(self.shell, write_off=[{"account_id": self.expense.id, "amount": "-61.37"}])
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("settled meanwhile", page.text)
        self.assertNotIn("<form", page.text)

    def test_no_door_but_the_page(self):
        """Models behind the page answer no anonymous call."""
        for model, method in (
            ("ai.question", "search_read"),
            ("ai.question.request", "read"),
            ("ai.question", "action_withdraw"),
        ):
            reply = self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                data=json.dumps({"params": {"model": model, "method": method, "args": [[1]], "kwargs": {}}}),
                headers={"Content-Type": "application/json"},
            )
            self.assertIn("error", reply.json())

    def test_portal(self):
        user = new_test_user(self.env, "clara_portal", groups="base.group_portal")
        theirs = self.ask(self.hotel, partner=self._person_of(user))
        self.authenticate("clara_portal", "clara_portal")
        page = self.url_open("/my/questions")
        self.assertEqual(page.status_code, 200)
        self.assertIn("240.00", page.text)
        self.assertNotIn("61.37", page.text, "somebody else's question")
        counts = self.url_open(
            "/my/counters",
            data=json.dumps({"params": {"counters": ["ai_question_count"]}}),
            headers={"Content-Type": "application/json"},
        )
        self.assertEqual(counts.json()["result"]["ai_question_count"], 1)
        path = f"/ai_bookkeeper/ask/{self.token(theirs)}"
        self.assertIn(path, page.text)
        csrf = self.csrf(self.url_open(path))
        self.post(path=path, csrf=csrf, question=str(theirs.id), answer="a1")
        self.assertEqual(theirs.sudo().answered_by_id, user)

    def _person_of(self, user):
        user.partner_id.write({"email": "clara2@client.example", "company_id": False})
        return user.partner_id

    def test_paused(self):
        """A pause stops mails; an answer is kept, and the page says that it is looked at later."""
        policies = self.env["ai.policy"].with_user(self.make_user("manager", "manager"))
        policies.pause()
        self.assertIn("paused at the moment", self.url_open(self.path).text)
        self.post(answer="a1")
        self.assertEqual(self.question.answer, "Business")
        later = self.ask(self.hotel, send_now=False)
        later.sudo().asked_at = fields.Datetime.now() - timedelta(days=1)
        self.env["ai.question.request"].sudo()._cron_questions()
        self.assertEqual(later.state, "collected")
        policies.resume()
        self.env["ai.question.request"].sudo()._cron_questions()
        self.assertEqual(later.state, "sent")
