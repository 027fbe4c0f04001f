from datetime import timedelta

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import AskCase


@tagged("post_install", "-at_install")
class TestWaiting(AskCase):
    """Activities for what waits too long, and the daily mail, with the receiver's own rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviewer.email = "reviewer@company.example"
        cls.company.ai_waiting_user_id = cls.reviewer
        cls.shell = cls.line("POS 4412 SHELL STATION 0231", -61.37)
        cls.hotel = cls.line("HOTEL ADLER BERLIN", -240.0)

    def age(self, lines, days):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_bank_statement_line SET create_date = create_date - %s * interval '1 day' WHERE id IN %s",
            [days, tuple(lines.ids)],
        )
        self.env.invalidate_all()

    def activities(self, journal=None):
        self.env["ai.waiting"].sudo()._cron_activities()
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("activity_type_id", "=", self.env.ref("ai_bookkeeper.ai_activity_waiting").id),
                    ("res_id", "=", (journal or self.bank).id),
                ]
            )
        )

    def daily_mails(self, user=None):
        before = self.env["mail.mail"].sudo().search([])
        self.env["ai.waiting"].sudo()._cron_daily_mail()
        mails = self.env["mail.mail"].sudo().search([]) - before
        return mails.filtered(lambda mail: (user or self.reviewer).partner_id in mail.recipient_ids)

    # === ACTIVITIES === #

    def test_one_activity_for_many_lines(self):
        self.assertFalse(self.activities(), "nothing waits too long yet")
        self.age(self.shell + self.hotel, 8)
        activity = self.activities()
        self.assertEqual(len(activity), 1)
        self.assertEqual((activity.user_id, activity.res_model), (self.reviewer, "account.journal"))
        self.assertIn("2 bank lines open for over 7 days", activity.summary)
        self.assertIn('href="/odoo/bank-lines"', str(activity.note))
        self.assertEqual(self.activities(), activity, "kept, not doubled")
        self.by_hand(self.shell, write_off=[{"account_id": self.expense.id, "amount": "-61.37"}])
        self.assertEqual(self.activities(), activity)
        self.assertIn("1 bank lines", activity.summary)
        self.by_hand(self.hotel, write_off=[{"account_id": self.expense.id, "amount": "-240.00"}])
        self.assertFalse(self.activities(), "it goes when nothing waits")

    def test_parked_too_long(self):
        self.company.ai_clarification_account_id = self.make_account("Clarification", "asset_current")
        self.shell.with_user(self.reviewer).action_ai_park("disputed")
        parked = self.suggestions.search([("is_parked", "=", True), ("res_id", "=", self.shell.id)])
        self.assertFalse(self.activities())
        parked.sudo().decided_at -= timedelta(days=31)
        self.assertIn("1 parked for over 30 days", self.activities().summary)

    def test_another_reviewer_becomes_responsible(self):
        self.age(self.shell, 8)
        self.assertEqual(self.activities().user_id, self.reviewer)
        second = self.make_user("second", "reviewer")
        self.company.ai_waiting_user_id = second
        self.assertEqual(self.activities().user_id, second)

    def test_one_companys_trouble_stops_only_itself(self):
        self.age(self.shell, 8)
        broken = self.env["res.company"].create({"name": "A broken one"})
        waiting = type(self.env["ai.waiting"])

        def keep(records, company):
            if company == broken:
                raise ValueError("broken")
            return original(records, company)

        original = waiting._keep_activities
        self.patch(waiting, "_keep_activities", keep)
        with mute_logger("odoo.addons.ai_bookkeeper.models.people.ai_waiting"):
            self.assertTrue(self.activities())

    # === DAILY MAIL === #

    def test_daily_mail(self):
        self.document(self.northwind, 640.0, payment_reference="DE-1")
        line = self.line("DE-1", 640.0, date="2026-03-02", partner_id=self.northwind.id)
        self.propose(line + self.shell)
        question = self.ask(self.hotel)
        self.answer(question)
        mail = self.daily_mails()
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.state, "outgoing")
        for text in (
            "Bank match",
            "640.00",
            "03/02/2026",
            "Bank lines with nothing found",
            "Questions that were answered",
        ):
            self.assertIn(text, mail.body_html)
        self.assertIn("3 wait for you", mail.subject)

    def test_no_mail_when_nothing_waits_or_not_wanted(self):
        self.assertFalse(self.daily_mails(), "lines that nobody looked at yet are no work for a reviewer")
        self.ask(self.hotel)
        self.assertFalse(self.daily_mails(), "the answer is waited for, not the reviewer")
        self.propose(self.shell)
        self.assertTrue(self.daily_mails())
        self.reviewer.with_user(self.reviewer).write({"ai_daily_mail": False})
        self.assertFalse(self.daily_mails())

    def test_counts_with_the_receivers_rights(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user("stranger", "reviewer", company=other)
        stranger.email = "stranger@company.example"
        self.propose(self.shell)
        self.assertTrue(self.daily_mails())
        self.assertFalse(self.daily_mails(stranger))

    def test_hidden_journal(self):
        """A reviewer who may not read a journal hears nothing of it."""
        self.document(self.northwind, 640.0, payment_reference="DE-1")
        line = self.line("DE-1", 640.0, partner_id=self.northwind.id)
        self.age(line, 8)
        self.env["ir.rule"].sudo().create(
            {
                "name": "No salaries",
                "model_id": self.env["ir.model"]._get_id("account.bank.statement.line"),
                "domain_force": f"[('journal_id', '!=', {self.bank.id})]",
            }
        )
        self.env["ai.suggestion"].sudo().propose(line._name, line.ids)
        self.assertTrue(self.env["ai.suggestion"].sudo().search_count([("res_id", "=", line.id)]))
        self.assertFalse(self.daily_mails())
        self.assertFalse(self.activities())

    def test_in_the_receivers_language(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.reviewer.lang = "de_DE"
        self.propose(self.shell)
        self.assertIn("10.03.2026", self.daily_mails().body_html)

    def test_crons_never_raise(self):
        for name in ("ir_cron_questions", "ir_cron_waiting", "ir_cron_daily_mail"):
            cron = self.env.ref(f"ai_bookkeeper.{name}").sudo()
            self.assertTrue(cron.active)
            self.env[cron.model_id.model].sudo().browse()
        self.ask(self.shell)
        requests = type(self.env["ai.question.request"])
        self.patch(requests, "_serve", lambda _self, _company: 1 / 0)
        with mute_logger("odoo.addons.ai_bookkeeper.models.questions.ai_question_request"):
            self.env["ai.question.request"].sudo()._cron_questions()
        waiting = type(self.env["ai.waiting"])
        self.patch(waiting, "_mail_to", lambda _self, _user: 1 / 0)
        with mute_logger("odoo.addons.ai_bookkeeper.models.people.ai_waiting"):
            self.env["ai.waiting"].sudo()._cron_daily_mail()
