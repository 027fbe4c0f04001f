"""One mail to one person, with one link, for all questions that had collected."""

import logging
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import consteq
from odoo.tools.misc import hmac

from ...engine.vocabulary import COLLECTED, EXPIRED, SENT

_logger = logging.getLogger(__name__)

SCOPE = "ai_bookkeeper-ask"
LINK = "/ai_bookkeeper/ask/"


class AiQuestionRequest(models.Model):
    """The link is computed from the database's secret and the nonce; it is stored nowhere and nobody can read it."""

    _name = "ai.question.request"
    _description = "Mail with Questions"
    _order = "id desc"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    question_ids = fields.One2many("ai.question", "request_id", readonly=True)
    nonce = fields.Char(required=True, readonly=True, default=lambda self: secrets.token_hex(16), copy=False)
    sent_at = fields.Datetime(readonly=True)
    expires_at = fields.Datetime(readonly=True, index=True)
    reminded_at = fields.Datetime(readonly=True)
    reminder_count = fields.Integer(readonly=True)

    # === LINK === #

    def _token(self):
        self.ensure_one()
        # The secret is the database's own; reading it takes the superuser.
        return f"{self.id}-{hmac(self.env(su=True), SCOPE, (self.id, self.nonce))}"

    def _url(self):
        return f"{self.company_id.sudo().get_base_url()}{LINK}{self._token()}"

    @api.model
    def _by_token(self, token):
        """The request of this link, as the superuser: the link is the right. Empty when it is none of ours."""
        number, _dash, _digest = (token or "").partition("-")
        found = self.sudo().browse(int(number) if number.isdecimal() and len(number) < 10 else 0).exists()
        # Compared even when there is nothing to compare with: the time tells nothing.
        known = found._token() if found else self.sudo().new({"nonce": "0" * 32})._unknown_token()
        return found if consteq(known, token or "") and found else self.sudo().browse()

    def _unknown_token(self):
        return f"0-{hmac(self.env(su=True), SCOPE, (0, self.nonce))}"

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
        self.env["mail.mail"].sudo().create(
            {
                "subject": request._subject(len(waiting), is_reminder),
                "body_html": body,
                "recipient_ids": [(4, partner.id)],
                "author_id": asker.partner_id.id,
                "email_from": self.company_id.email_formatted or asker.email_formatted,
                "reply_to": asker.email_formatted or self.company_id.email_formatted,
                # The link is a key: it does not stay behind in the outbox.
                "auto_delete": True,
            }
        )

    def _subject(self, count, is_reminder):
        company = self.company_id.name
        if is_reminder:
            return self.env._("Reminder: questions about payments of %(company)s", company=company)
        if count == 1:
            return self.env._("A question about a payment of %(company)s", company=company)
        return self.env._("%(count)s questions about payments of %(company)s", count=count, company=company)

    def _remind(self):
        self._mail(is_reminder=True)
        self.write({"reminded_at": fields.Datetime.now(), "reminder_count": self.reminder_count + 1})

    # === THE PAGE === #

    @api.model
    def _page_by_token(self, token, address):
        """What the page of this link shows, or None; ``wait``: seconds, when this address knocks too often."""
        guard = self.env["ai.question.guard"]
        if guard._is_barred("wrong", address):
            return {"wait": 60}
        wait = guard._knock("page", address)
        if wait:
            return {"wait": wait}
        request = self._by_token(token)
        if not request:
            guard._knock("wrong", address)
            return None
        return request._in_their_language()._page()

    @api.model
    def _answer_by_token(self, token, address, values, files):
        """Take an answer and return the page with ``error`` or ``thanks``; None for a wrong link.

        :param dict values: ``question``, ``answer``, ``note``, as the page's form sends them
        :param list files: (name, bytes)
        """
        wait = self.env["ai.question.guard"]._knock("answer", address)
        if wait:
            return {"wait": wait}
        page = self._page_by_token(token, address)
        if not page or page.get("wait"):
            return page
        request = self._by_token(token)._in_their_language()
        number = str(values.get("question") or "")
        question = request.question_ids.filtered(lambda question: str(question.id) == number)
        try:
            with self.env.cr.savepoint():
                request._take(question, values, files)
        except (UserError, LockError) as error:
            self.env.invalidate_all(flush=False)
            return {**request._page(), "error": str(error.args[0]), "error_question": number}
        return {**request._page(), "thanks": question.id}

    def _in_their_language(self):
        return self.with_context(lang=self.partner_id.lang or self.env.lang)

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
            "lang": self.env.lang,
            "company": self.company_id.name,
            "company_id": self.company_id.id,
            "has_logo": bool(self.company_id.logo) and not self.company_id.uses_default_logo,
            "person": self.partner_id.name,
            "is_paused": self.company_id._ai_is_paused(),
            "questions": questions,
            "error": "",
            "error_question": "",
            "thanks": 0,
            "opened": next((q["id"] for q in questions if q["is_open"] and not q["is_answered"]), 0),
            "path": f"{LINK}{self._token()}",
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
