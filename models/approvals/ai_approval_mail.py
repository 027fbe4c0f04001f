"""The approver's mail, the page behind its link, reminders. The link is the right; reading decides nothing."""

import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...readers.upload import sniff
from .ai_approval import APPROVED, WAITING

_logger = logging.getLogger(__name__)

LINES = 30


class AiApproval(models.Model):
    _name = "ai.approval"
    _inherit = "ai.approval"

    # === MAIL === #

    def _mail(self, is_reminder=False):
        """Queue the mail. The subject names no amount and no vendor: subjects are read over shoulders."""
        self.ensure_one()
        partner = self.partner_id
        approval = self.with_context(lang=partner.lang or self.env.lang).with_company(self.company_id)
        company, asker = self.company_id, self.asked_by_id
        body = approval.env["ir.qweb"]._render(
            "ai_bookkeeper.approval_mail",
            {
                **approval._page(),
                "url": self._url(),
                "asker": asker.name,
                "is_reminder": is_reminder,
            },
            lang=partner.lang,
        )
        subject = approval.env._("A bill of %(company)s waits for your approval", company=company.name)
        if is_reminder:
            subject = approval.env._("Reminder: a bill of %(company)s waits for your approval", company=company.name)
        self._queue_mail(subject, body, asker)

    # === THE PAGE === #

    @api.model
    def _decide_by_token(self, token, address, values):
        """Take the answer and return the page with ``error`` or ``thanks``; None for a wrong link.

        :param dict values: ``decision``, ``note``, as the page's form sends them
        """

        def take(approval):
            approval.lock_for_update()
            approval._decide(str(values.get("decision") or ""), str(values.get("note") or ""))
            return {"thanks": True}

        return self._taken_by_token(token, address, take)

    @api.model
    def _document_by_token(self, token, address):
        """(name, media type, bytes) of the bill's document for the holder of the link, or None."""
        if not self._page_by_token(token, address):
            return None
        attachment = self._by_token(token).move_id.message_main_attachment_id
        content = attachment.raw or b""
        kind = sniff(content)
        # What is neither a PDF nor a picture is not shown: only those are harmless in a browser.
        return (attachment.name, kind[0], content) if kind else None

    def _page(self):
        """What the approver sees: texts only."""
        self.ensure_one()
        move = self.sudo().move_id
        is_open = self.state == WAITING and self._is_current()
        return {
            **self._page_head(),
            "vendor": self.vendor_id.name or "",
            "number": move.ref or "",
            "date": format_date(self.env, move.invoice_date) if move.invoice_date else "",
            "due": format_date(self.env, move.invoice_date_due) if move.invoice_date_due else "",
            "amount": formatLang(self.env, self.amount, currency_obj=self.currency_id),
            "net": formatLang(self.env, move.amount_untaxed, currency_obj=move.currency_id),
            "question": self.question or "",
            "asker": self.asked_by_id.sudo().name,
            "lines": self._page_lines(move),
            "has_document": bool(sniff(move.message_main_attachment_id.raw or b"")),
            "others": self._page_others(move),
            "is_open": is_open,
            "is_approved": self.state == APPROVED,
            "is_waiting": self.state == WAITING,
            "note": self.note or "",
            "why_closed": "" if is_open else self._why_closed(),
            "blocks": self.company_id.ai_approval_blocks_payment,
            "thanks": False,
        }

    def _page_lines(self, move):
        lines = move.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        shown = [
            {
                "label": line.name or line.product_id.display_name or "",
                "amount": formatLang(self.env, line.price_subtotal, currency_obj=move.currency_id),
                "analytic": ", ".join(line.distribution_analytic_account_ids.mapped("name")),
            }
            for line in lines[:LINES]
        ]
        if len(lines) > LINES:
            more = self.env._("%(count)s more lines", count=len(lines) - LINES)
            shown.append({"label": more, "amount": "", "analytic": ""})
        return shown

    def _page_others(self, move):
        labels = dict(self._fields["state"]._description_selection(self.env))
        others = move.ai_approval_ids.filtered(lambda row: row != self and row.state != "withdrawn")
        return [{"name": row.partner_id.name, "state": labels[row.state]} for row in others]

    @api.model
    def _mine(self):
        """What a signed-in person was asked to approve, the open ones first. Only their own, whatever else they may
        read."""
        found = self.sudo().search([("partner_id", "=", self.env.user.partner_id.id)], limit=80)
        rows = [approval._page() for approval in found.with_context(lang=self.env.lang)]
        return sorted(rows, key=lambda row: not row["is_open"])

    @api.model
    def _count_mine(self):
        """How many bills wait for the signed-in person."""
        found = self.sudo().search([("partner_id", "=", self.env.user.partner_id.id), ("state", "=", WAITING)])
        return sum(approval._is_current() for approval in found)

    # === CRON === #

    @api.model
    def _cron_remind(self):
        """Remind who has not answered; one company's trouble stops only itself."""
        for company in self.env["res.company"].sudo().search([]):
            try:
                with self.env.cr.savepoint():
                    self._serve(company)
            except Exception:
                self.env.invalidate_all(flush=False)
                _logger.exception("Approvals of %s could not be served.", company.display_name)

    def _serve(self, company):
        if company._ai_is_paused():
            return
        due = fields.Datetime.now() - timedelta(days=max(company.ai_approval_remind_days, 1))
        waiting = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("state", "=", WAITING),
                ("reminder_count", "<", company.ai_approval_remind_max),
                ("asked_at", "<=", due),
            ]
        )
        for approval in waiting:
            if approval._is_current() and (approval.reminded_at or approval.asked_at) <= due:
                approval._remind()
