"""A page behind a link in a mail, for people without a login: the link is the right, reading decides nothing."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.tools import consteq
from odoo.tools.misc import hmac


class AiLinkMixin(models.AbstractModel):
    """For models with ``partner_id`` and ``company_id``. The link is computed from the database's secret and the nonce;
    it is stored nowhere and nobody can read it. Subclasses set ``_link_scope`` and ``_link_path`` and give ``_page``.
    """

    _name = "ai.link.mixin"
    _description = "Page behind a Link"

    _link_scope = None
    _link_path = None

    nonce = fields.Char(
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: secrets.token_hex(16),
        groups=fields.NO_ACCESS,
    )
    reminded_at = fields.Datetime(readonly=True)
    reminder_count = fields.Integer(readonly=True)

    def _page(self):
        """What the person sees, as JSON: texts only."""
        raise NotImplementedError

    # === LINK === #

    def _token(self):
        self.ensure_one()
        return self._signed(self.id, self.sudo().nonce)

    def _signed(self, number, nonce):
        # The secret is the database's own; reading it takes the superuser.
        return f"{number}-{hmac(self.env(su=True), self._link_scope, (number, nonce))}"

    def _path(self):
        return f"{self._link_path}{self._token()}"

    def _url(self):
        return f"{self.company_id.sudo().get_base_url()}{self._path()}"

    @api.model
    def _by_token(self, token):
        """The record of this link, as the superuser; empty when it is none of ours."""
        number, _dash, _digest = (token or "").partition("-")
        found = self.sudo().browse(int(number) if number.isdecimal() and len(number) < 10 else 0).exists()
        # Compared even when there is nothing to compare with: the time tells nothing.
        known = found._token() if found else self._signed(0, "0" * 32)
        return found if consteq(known, token or "") and found else self.sudo().browse()

    # === MAIL === #

    def _queue_mail(self, subject, body, asker):
        company = self.company_id
        self.env["mail.mail"].sudo().create(
            {
                "subject": subject,
                "body_html": body,
                "recipient_ids": [(4, self.partner_id.id)],
                "author_id": asker.partner_id.id,
                "email_from": company.email_formatted or asker.email_formatted,
                "reply_to": asker.email_formatted or company.email_formatted,
                # The link is a key: it does not stay behind in the outbox.
                "auto_delete": True,
            }
        )

    def _mail(self, is_reminder=False):
        """Queue the mail with the link."""
        raise NotImplementedError

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
        found = self._by_token(token)
        if not found:
            guard._knock("wrong", address)
            return None
        return found._in_their_language()._page()

    @api.model
    def _taken_by_token(self, token, address, take):
        """``take(record)`` what the holder of this link sent.

        :param take: returns what the page says of it (a dict); raises UserError
        :return: the page with that, or with ``error``; None for a wrong link
        """
        wait = self.env["ai.question.guard"]._knock("answer", address)
        if wait:
            return {"wait": wait}
        page = self._page_by_token(token, address)
        if not page or page.get("wait"):
            return page
        record = self._by_token(token)._in_their_language()
        try:
            with self.env.cr.savepoint():
                told = take(record)
        except (UserError, LockError) as error:
            self.env.invalidate_all(flush=False)
            told = {"error": str(error.args[0])}
        return {**record._page(), **told}

    def _in_their_language(self):
        return self.with_context(lang=self.partner_id.lang or self.env.lang)

    def _page_head(self):
        """What every page tells of its company and its reader."""
        company = self.company_id
        return {
            "lang": self.env.lang,
            "company": company.name,
            "company_id": company.id,
            "has_logo": bool(company.logo) and not company.uses_default_logo,
            "person": self.partner_id.name,
            "error": "",
            "path": self._path(),
        }
