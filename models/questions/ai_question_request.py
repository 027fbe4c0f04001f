"""One mail to one person, with one link, for all questions that had collected."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...engine.vocabulary import COLLECTED, EXPIRED, SENT

_logger = logging.getLogger(__name__)


class AiQuestionRequest(models.Model):
    """Its page shows the questions of one mail, each with its own answer."""

    _name = "ai.question.request"
    _inherit = "ai.link.mixin"
    _description = "Mail with Questions"
    _order = "id desc"

    _link_scope = "ai_bookkeeper-ask"
    _link_path = "/ai_bookkeeper/ask/"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    question_ids = fields.One2many("ai.question", "request_id", readonly=True)
    sent_at = fields.Datetime(readonly=True)
    expires_at = fields.Datetime(readonly=True, index=True)

    # === MAIL === #

    @api.model
    def _send(self, partner, company, questions):
        """Make a request of ``questions`` and queue its mail."""
        now = fields.Datetime.now()
        request = self.sudo().create(
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "sent_at": now,
                "expires_at": now + timedelta(days=company.sudo().ai_question_days),
            }
        )
        questions._move_to(SENT, {"request_id": request.id, "sent_at": now})
        request._mail()
        return request

    def _mail(self, is_reminder=False):
        """Queue the mail. The subject names no amount and no payee: subjects are read over shoulders."""
        self.ensure_one()
        partner = self.partner_id
        request = self.with_context(lang=partner.lang or self.env.lang).with_company(self.company_id)
        page = request._page()
        waiting = [question for question in page["questions"] if question["is_open"] and not question["is_answered"]]
        if not waiting:
            return
        asker = self.question_ids.asked_by_id[:1]
        body = request.env["ir.qweb"]._render(
            "ai_bookkeeper.question_mail",
            {**page, "questions": waiting, "url": self._url(), "asker": asker.name, "is_reminder": is_reminder},
            lang=partner.lang,
        )
        self._queue_mail(request._subject(len(waiting), is_reminder), body, asker)

    def _subject(self, count, is_reminder):
        company = self.company_id.name
        if is_reminder:
            return self.env._("Reminder: questions about payments of %(company)s", company=company)
        if count == 1:
            return self.env._("A question about a payment of %(company)s", company=company)
        return self.env._("%(count)s questions about payments of %(company)s", count=count, company=company)

    # === THE PAGE === #

    @api.model
    def _answer_by_token(self, token, address, values, files):
        """Take an answer and return the page with ``error`` or ``thanks``; None for a wrong link.

        :param dict values: ``question``, ``answer``, ``note``, as the page's form sends them
        :param list files: (name, bytes)
        """
        number = str(values.get("question") or "")

        def take(request):
            question = request.question_ids.filtered(lambda question: str(question.id) == number)
            request._take(question, values, files)
            return {"thanks": question.id}

        page = self._taken_by_token(token, address, take)
        return {**page, "error_question": number} if page and page.get("error") else page

    def _take(self, question, values, files):
        if not question:
            raise UserError(self.env._("That question does not belong to this link."))
        question.lock_for_update()
        page = question._page()
        if self._is_over() or not page["is_open"]:
            raise UserError(page["why_closed"] or self.env._("The time for an answer is over."))
        question._answer(str(values.get("answer") or ""), str(values.get("note") or ""), files)

    def _is_over(self):
        return self.expires_at <= fields.Datetime.now()

    def _page(self):
        """What the person sees, and nothing else: no record, no id but the questions' own."""
        self.ensure_one()
        questions = [question._page() for question in self.question_ids.sorted("id")]
        if self._is_over():
            over = self.env._("The time for an answer is over. Please ask your bookkeeper for a new link.")
            questions = [{**question, "is_open": False, "why_closed": over} for question in questions]
        return {
            **self._page_head(),
            "is_paused": self.company_id._ai_is_paused(),
            "questions": questions,
            "error_question": "",
            "thanks": 0,
            "opened": next((q["id"] for q in questions if q["is_open"] and not q["is_answered"]), 0),
        }

    @api.model
    def _mine(self):
        """What a signed-in person was asked: the open requests first. Only their own, whatever else they may read."""
        requests = self.sudo().search([("partner_id", "=", self.env.user.partner_id.id)], limit=80)
        rows = []
        for request in requests.with_context(lang=self.env.lang):
            page = request._page()
            waiting = [q for q in page["questions"] if q["is_open"] and not q["is_answered"]]
            rows.append({**page, "waiting": len(waiting), "sent": request.sent_at.date()})
        return sorted(rows, key=lambda row: not row["waiting"])

    @api.model
    def _count_mine(self):
        """How many questions wait for the signed-in person."""
        found = (
            self.env["ai.question"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.env.user.partner_id.id),
                    ("state", "=", SENT),
                    ("request_id.expires_at", ">", fields.Datetime.now()),
                ]
            )
        )
        return len(found - found._settled())

    # === CRON === #

    @api.model
    def _cron_questions(self):
        """Close, expire, send what has collected, remind; one company's trouble stops only itself."""
        for company in self.env["res.company"].sudo().search([]):
            try:
                with self.env.cr.savepoint():
                    self._serve(company)
            except Exception:
                self.env.invalidate_all(flush=False)
                _logger.exception("Questions of %s could not be served.", company.display_name)

    def _serve(self, company):
        now = fields.Datetime.now()
        questions = (
            self.env["ai.question"].sudo().search([("company_id", "=", company.id), ("state", "in", (COLLECTED, SENT))])
        )
        questions._close_settled()
        over = questions.filtered(lambda q: q.state == SENT and q.request_id._is_over())
        over._move_to(EXPIRED)
        if company._ai_is_paused():
            return
        due = now - timedelta(hours=company.ai_question_collect_hours)
        collected = questions.filtered(lambda q: q.state == COLLECTED)
        ripe = collected.filtered(lambda q: q.asked_at <= due).partner_id
        collected.filtered(lambda q: q.partner_id in ripe)._send()
        patience = timedelta(days=company.ai_question_remind_days)
        for request in questions.filtered(lambda q: q.state == SENT and q.sent_at < now).request_id:
            last = request.reminded_at or request.sent_at
            if request.reminder_count < company.ai_question_remind_max and last + patience <= now:
                request._remind()
