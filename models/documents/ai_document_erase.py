"""Erasing a person's data: what was read goes; the original of an entry is kept as the law wants it."""

from odoo import api, models
from odoo.exceptions import UserError

#: What is emptied: words, fields and pictures. File, SHA-256 and the entry stay.
ERASED = ("reading", "decoded", "pages", "thumbnail", "sender", "page_sizes")


class AiDocument(models.Model):
    _inherit = "ai.document"

    @api.model
    def _of_partners(self, partners):
        """Documents of these vendors' entries that still hold what was read."""
        if not partners:
            return self.browse()
        return self.search(
            [
                "|",
                ("move_id.partner_id", "child_of", partners.ids),
                ("move_id.commercial_partner_id", "in", partners.ids),
                "|",
                ("reading", "!=", False),
                ("sender", "!=", False),
            ]
        )

    def _erase(self):
        """Empty what was read. The file as it came is part of the books and stays with its entry."""
        if self:
            self.page_ids.unlink()
            self.write(dict.fromkeys(ERASED, False))
            self.env["ai.audit.log"]._append("erased", self, [{"what": "document"}] * len(self))


class AiAuditIdentity(models.Model):
    _name = "ai.audit.identity"
    _inherit = "ai.audit.identity"

    @api.model
    def action_erase(
        self,
        reason: str,
        partner_ids: list[int] | None = None,
        user_ids: list[int] | None = None,
        words: list[str] | None = None,
    ) -> int:
        """Empty the names and bank texts of these persons, and what was read from their documents.

        It can't be undone; the chain and the original files of entries stay whole.

        :param reason: why, for example the request's date and number; it is logged
        :return: how many texts and documents were emptied
        :raise UserError: without a reason, or when nothing is found
        """
        documents = self._documents_to_erase(partner_ids)
        try:
            count = super().action_erase(reason, partner_ids, user_ids, words)
        except UserError:
            # The log may keep nothing of who only sent a bill.
            if not documents or not (reason or "").strip() or self._to_erase(partner_ids, user_ids, words):
                raise
            self._log_erasing(reason.strip(), len(documents), partner_ids, user_ids)
            count = 0
        documents._erase()
        return count + len(documents)

    @api.model
    def _documents_to_erase(self, partner_ids):
        self._check_eraser()
        partners = self.env["res.partner"].browse(partner_ids or []).exists()
        partners.check_access("read")
        # The eraser's right was checked; documents have none of their own.
        return self.env["ai.document"].sudo()._of_partners(partners)
