from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import LINE, PDF, PNG, AskCase


@tagged("post_install", "-at_install")
class TestAsking(AskCase):
    """Asking a person: one mail, an answer that is evidence, never a booking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shell = cls.line("POS 4412 SHELL STATION 0231", -61.37)
        cls.hotel = cls.line("HOTEL ADLER BERLIN", -240.0)

    def test_ask_answer_card_chatter(self):
        before = self.books()
        question = self.ask(self.shell)
        self.assertEqual(question.state, "sent")
        self.assertEqual(len(self.mails), 1)
        self.assertEqual(self.mails.state, "outgoing")
        page = self.answer(question, "a2", note="with <b>my</b> card", files=[("scan.png", PNG), ("bill.pdf", PDF)])
        self.assertEqual(page["thanks"], question.id, page["error"])
        self.assertEqual((question.state, question.answer), ("answered", "Private"))
        self.assertEqual(sorted(question.file_ids.mapped("name")), ["bill.pdf", "scan.png"])
        self.assertEqual(set(question.file_ids.mapped("res_model")), {"account.move"})
        self.assertEqual(set(question.file_ids.mapped("res_id")), {self.shell.move_id.id})
        [card] = self.shell.with_user(self.reviewer).ai_questions
        self.assertEqual((card["who"], card["answer"], len(card["files"])), ("Clara Client", "Private", 2))
        self.assertEqual(card["note"], "with <b>my</b> card")
        messages = self.shell.move_id.message_ids
        self.assertIn("Clara Client answered: Private", str(messages[:1].body))
        self.assertNotIn("card", str(messages[:1].body), "free words stay where they can be forgotten")
        self.assertEqual(messages[:1].author_id, self.contact)
        self.assertBooks(before)
        self.assertFalse(self.env["account.move"].search([("move_type", "=", "in_invoice")]), "no bill by accident")
        events = self.env["ai.audit.log"].sudo().search([("res_model", "=", LINE), ("res_id", "=", self.shell.id)])
        self.assertEqual(sorted(events.mapped("event")), ["answered", "asked"])
        self.assertNotIn("Clara", str(events.mapped("payload")), "names stay erasable, beside the log")

    def test_question_returns_to_the_suggestions_card(self):
        self.document(self.northwind, 640.0, payment_reference="DE-1")
        self.document(self.northwind, 640.0, payment_reference="DE-2")
        line = self.line("Northwind Traders march", 640.0, partner_id=self.northwind.id)
        suggestion = self.propose(line)
        self.assertTrue(suggestion.is_question)
        defaults = suggestion._ai_question_defaults()
        answers = [defaults["answer_1"], defaults["answer_2"], defaults["answer_3"]]
        ids = suggestion.action_ask(self.contact.id, "Which one did you pay?", answers, send_now=True)
        question = self.env["ai.question"].browse(ids)
        self.answer(question, "a2")
        suggestion.invalidate_recordset()
        [shown] = suggestion.card["questions"]
        choices = [choice["key"] for choice in suggestion.card["alternatives"]]
        self.assertIn(shown["choice"], choices)
        self.assertEqual(suggestion.state, "pending", "an answer books nothing")
        self.assertEqual(suggestion.question_state, "answered")
        self.assertIn(suggestion, self.suggestions.search([("question_state", "=", "answered")]))
        suggestion.action_choose(shown["choice"])
        self.assertEqual(suggestion.state, "applied")
        self.assertTrue(question._settled())
        self.assertIn("was used", self.answer(question, "a1")["error"])

    def test_many_questions_one_mail(self):
        questions = self.ask(self.shell, send_now=False) + self.ask(self.hotel, send_now=False)
        self.assertEqual(set(questions.mapped("state")), {"collected"})
        cron = self.env["ai.question.request"].sudo()
        cron._cron_questions()
        self.assertFalse(self.mails, "collects for two hours")
        questions.sudo().asked_at = fields.Datetime.now() - timedelta(hours=3)
        cron._cron_questions()
        mail = self.mails
        self.assertEqual(len(mail), 1)
        self.assertEqual(len(questions.sudo().request_id), 1)
        self.assertIn("61.37", mail.body_html)
        self.assertIn("240.00", mail.body_html)
        self.assertIn("2 questions", mail.subject)
        for text in ("61", "240", "SHELL", "ADLER"):
            self.assertNotIn(text, mail.subject, "subjects are read over shoulders")
        self.assertTrue(mail.auto_delete, "the link does not stay in the outbox")

    def test_reminders_and_expiry(self):
        question = self.ask(self.shell)
        request = question.sudo().request_id
        cron = self.env["ai.question.request"].sudo()
        for number, days in ((1, 4), (2, 4), (2, 4)):
            request.write({"sent_at": request.sent_at - timedelta(days=days)})
            question.sudo().sent_at = request.sent_at
            if request.reminded_at:
                request.reminded_at -= timedelta(days=days)
            cron._cron_questions()
            self.assertEqual(request.reminder_count, number)
        self.assertEqual(len(self.mails), 3)
        self.assertIn("Reminder", self.mails[-1:].subject)
        request.expires_at = fields.Datetime.now() - timedelta(minutes=1)
        self.assertIn("time for an answer is over", self.answer(question)["error"])
        cron._cron_questions()
        self.assertEqual(question.state, "expired")

    def test_settled_meanwhile(self):
        question = self.ask(self.shell)
        account = self.expense
        self.by_hand(self.shell, write_off=[{"account_id": account.id, "amount": "-61.37"}])
        self.assertIn("settled meanwhile", self.answer(question)["error"])
        self.env["ai.question.request"].sudo()._cron_questions()
        self.assertEqual(question.state, "closed")

    def test_changing_the_answer(self):
        question = self.ask(self.shell)
        self.answer(question, "a1")
        count = len(self.shell.move_id.message_ids)
        self.answer(question, "a1")
        self.assertEqual(len(self.shell.move_id.message_ids), count, "sent twice by a double click, said once")
        self.answer(question, "a2")
        self.assertEqual(question.answer, "Private")
        self.assertIn("changed the answer", str(self.shell.move_id.message_ids[:1].body))

    def test_withdraw(self):
        question = self.ask(self.shell)
        question.action_withdraw()
        self.assertEqual(question.state, "withdrawn")
        self.assertIn("taken back", self.answer(question)["error"])
        self.ask(self.shell)

    def test_refusals(self):
        self.ask(self.shell)
        with self.assertRaisesRegex(UserError, "asked about"):
            self.ask(self.shell)
        with self.assertRaisesRegex(UserError, "e-mail"):
            self.ask(self.hotel, partner=self.northwind)
        with self.assertRaises(ValidationError):
            self.ask(self.hotel, answers=["same", "same"])
        with self.assertRaises(ValidationError):
            self.ask(self.hotel, answers=["x" * 81])
        with self.assertRaises(ValidationError):
            self.ask(self.hotel, question="  ")
        with self.assertRaises(ValidationError):
            self.ask(self.hotel, answers=[], wants_file=False)

    def test_files_and_notes_are_checked(self):
        question = self.ask(self.shell)
        for name, content in (
            ("page.html", b"<html><script>alert(1)</script>"),
            ("invoice.pdf", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("run.exe", b"MZ\x90"),
            ("empty.pdf", b""),
            ("e-invoice.xml", b"<?xml version='1.0'?><a/>"),
        ):
            page = self.answer(question, "a1", files=[(name, content)])
            self.assertIn("no picture or PDF", page["error"], name)
        self.assertIn("larger", self.answer(question, files=[("a.pdf", b"%PDF-" + b"0" * (10 * 1024 * 1024))])["error"])
        self.assertIn("too long", self.answer(question, note="x" * 1001)["error"])
        self.assertIn("At most", self.answer(question, files=[("a.pdf", PDF)] * 9)["error"])
        self.assertIn("not one of", self.answer(question, "a9")["error"])
        self.assertIn("Choose an answer", self.answer(question, "")["error"])
        self.assertEqual(question.state, "sent")
        self.assertFalse(question.file_ids)
        self.answer(question, files=[("../../etc/<b>pass:wd.html", PNG)])
        self.assertEqual((question.file_ids.name, question.file_ids.mimetype), ("bpasswd.png", "image/png"))

    def test_rights(self):
        manager, auditor = self.make_user("manager", "manager"), self.make_user("auditor", "auditor")
        for user in (manager, auditor):
            with self.assertRaises(AccessError):
                self.shell.with_user(user).action_ai_ask(self.contact.id, "What?", ["Yes"])
        question = self.ask(self.shell)
        with self.assertRaises(AccessError):
            question.with_user(auditor).action_withdraw()
        self.assertEqual(question.with_user(auditor).text, "What was this for?")
        with self.assertRaises(AccessError):
            question.with_user(self.reviewer).write({"answer": "Business"})
        with self.assertRaises(AccessError):
            question.with_user(self.reviewer).request_id.read(["nonce"])
        plain = self.make_user("plain")
        with self.assertRaises(AccessError):
            question.with_user(plain).read(["text"])

    def test_hostile_context(self):
        """What a caller's context would fill in is left out: nobody answers their own question so."""
        context = {
            "default_answer": "Business",
            "default_answer_key": "a1",
            "default_nonce": "0",
            "default_email_to": "eve@evil.example",
            "default_answered_by_id": self.reviewer.id,
        }
        lines = self.shell.with_user(self.reviewer).with_context(**context)
        question = (
            self.env["ai.question"].sudo().browse(lines.action_ai_ask(self.contact.id, "What?", ["Yes"], True, True))
        )
        self.assertFalse(question.answer or question.answer_key or question.answered_by_id)
        self.assertNotEqual(question.request_id.nonce, "0")
        self.assertFalse(self.mails.email_to)

    def test_access_follows_the_line(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("stranger", "reviewer", company=other)
        question = self.ask(self.shell)
        questions = self.env["ai.question"].with_user(stranger)
        self.assertFalse(questions.search([]))
        self.assertEqual(questions.search_count([]), 0)
        with self.assertRaises(AccessError):
            question.with_user(stranger).read(["text"])
        with self.assertRaises(AccessError):
            self.shell.with_user(stranger).action_ai_ask(self.contact.id, "What?", ["Yes"])

    def test_wizard(self):
        wizard = (
            self.env["ai.question.ask"]
            .with_user(self.reviewer)
            .with_context(active_model=LINE, active_ids=(self.shell + self.hotel).ids)
            .create({"partner_id": self.contact.id, "send_now": True})
        )
        self.assertEqual(wizard.line_ids, self.shell + self.hotel)
        self.assertEqual(wizard.answer_2, "Private")
        wizard.action_ask()
        self.assertEqual(len(self.mails), 1)
        questions = self.env["ai.question"].sudo().search([("partner_id", "=", self.contact.id)])
        self.assertEqual(len(questions), 2)
        self.assertEqual(len(questions.request_id), 1)

    def test_mail_in_the_persons_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.contact.lang = "fr_FR"
        self.ask(self.shell)
        self.assertIn("61,37", self.mails.body_html)

    def test_merged_partner_keeps_the_question(self):
        question = self.ask(self.shell)
        twin = self.env["res.partner"].create({"name": "Clara C.", "email": "clara@client.example"})
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge((self.contact + twin).ids, twin)
        question.invalidate_recordset()
        self.assertEqual(question.partner_id, twin)
        self.assertFalse(self.answer(question)["error"])

    def test_erasing_what_a_person_wrote(self):
        question, waiting = self.ask(self.shell), self.ask(self.hotel)
        self.answer(question, note="my divorce lawyer", files=[("bill.pdf", PDF)])
        self.assertEqual(self.env["ai.question"].sudo()._erase_partners(self.contact), 1)
        self.assertEqual((question.note, waiting.state), (False, "withdrawn"))
        self.assertTrue(question.file_ids, "a voucher stays")

    def test_deleted_line(self):
        question = self.ask(self.shell)
        self.shell.unlink()
        self.assertIn("settled meanwhile", self.answer(question)["error"])
