"""Originals: kept byte for byte, and for as long as the entry that was made from them."""

from odoo import api, models
from odoo.exceptions import UserError

#: Fields that say what the file is, and where it hangs.
GUARDED = ("raw", "datas", "db_datas", "store_fname", "checksum", "type", "url", "res_model", "res_id", "res_field")


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = "ir.attachment"

    def _ai_documents(self):
        """Documents that are made of these files."""
        if not self.ids:
            return self.env["ai.document"].sudo()
        # Who may not read the draft must not be able to destroy what it was made from either.
        return (
            self.env["ai.document"]
            .sudo()
            .search(
                [
                    "|",
                    "|",
                    ("attachment_id", "in", self.ids),
                    ("mail_id", "in", self.ids),
                    ("picture_id", "in", self.ids),
                ]
            )
        )

    @api.ondelete(at_uninstall=False)
    def _ai_unlink_except_originals(self):
        documents = self._ai_documents()
        if documents:
            raise UserError(self._ai_kept_text(documents))

    def write(self, vals):
        changed = [name for name in GUARDED if name in vals]
        if changed:
            hit = self.filtered(lambda file: any(file._ai_differs(name, vals[name]) for name in changed))
            documents = hit._ai_documents()
            if documents:
                raise UserError(self._ai_kept_text(documents))
        return super().write(vals)

    def _ai_differs(self, name, value):
        if name in ("res_model", "res_id", "res_field", "type", "url"):
            return (self.sudo()[name] or False) != (value or False)
        return True

    def _ai_kept_text(self, documents):
        return self.env._(
            "%(file)s is the original of %(entry)s: it is kept unchanged for as long as the entry lives.",
            file=documents[0].name,
            entry=documents[0].move_id.display_name,
        )

    def _postprocess_contents(self, values):
        """Odoo shrinks large pictures. A bill is kept as it came: what is on an entry, or is about to be."""
        is_free = values.get("res_model") in (None, False, "account.move") and not values.get("res_field")
        is_accountant = self.env.su or self.env.user.has_group("account.group_account_invoice")
        return values if is_free and is_accountant else super()._postprocess_contents(values)
