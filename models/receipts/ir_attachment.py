"""A document that is attached to the entry of a bank line, or taken away, changes what is missing."""

from odoo import api, models

from .ai_receipt import LINE_MODEL

_TARGETS = ("account.move", LINE_MODEL)


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._ai_refresh_receipts()
        return attachments

    def write(self, vals):
        is_moved = not {"res_model", "res_id"}.isdisjoint(vals)
        before = self._ai_receipt_lines() if is_moved else []
        result = super().write(vals)
        if is_moved:
            self._ai_refresh_receipts(before)
        return result

    def unlink(self):
        before = self._ai_receipt_lines()
        result = super().unlink()
        if before:
            self.env["ai.receipt"]._refresh_lines(before)
        return result

    def _ai_receipt_lines(self):
        """Ids of the bank lines that these are attached to; no query where none of them is on an entry."""
        ids = {name: set() for name in _TARGETS}
        # Only where they hang is read, never what they hold.
        for attachment in self.sudo():
            if attachment.res_model in ids and attachment.res_id and not attachment.res_field:
                ids[attachment.res_model].add(attachment.res_id)
        lines = ids[LINE_MODEL]
        if ids["account.move"]:
            entries = self.env[LINE_MODEL].sudo().search([("move_id", "in", list(ids["account.move"]))])
            lines |= set(entries.ids)
        return sorted(lines)

    def _ai_refresh_receipts(self, before=()):
        found = sorted({*self._ai_receipt_lines(), *before})
        if found:
            self.env["ai.receipt"]._refresh_lines(found)
