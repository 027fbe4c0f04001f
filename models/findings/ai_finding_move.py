"""A bill for another company of the database moves there, file and all."""

from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .ai_finding import OPEN_STATE


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    def action_move_company(self):
        """Make a draft in the company that the bill is for, with the document, and delete the empty one here.

        :raises UserError: when it was decided meanwhile, or the other company has no purchase journal
        :raises AccessError: for who may not work in the other company
        """
        self.ensure_one()
        self._check_person()
        company = self.env["res.company"].browse(self.twin_id) if self.twin_model == "res.company" else None
        if not company or self.code != "buyer_other":
            raise UserError(self.env._("This bill is for no other company of the database."))
        if company not in self.env.user.company_ids:
            raise AccessError(
                self.env._("You do not work in the company that this bill is for. Ask somebody who does to move it.")
            )
        draft = self._moves()
        if self.state != OPEN_STATE or draft.state != "draft" or draft.posted_before or draft.invoice_line_ids:
            raise UserError(self.env._("This bill was decided meanwhile. Open it to see how."))
        draft.check_access("unlink")
        moved = self._draft_in(company)
        self._take_along(draft, moved)
        self._log_decision("company_changed")
        name = company.name
        draft.unlink()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The document moved to %(company)s, where it is read again.", company=name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _draft_in(self, company):
        there = self.env["account.move"].with_context(allowed_company_ids=[company.id]).with_company(company)
        journal = there.env["account.journal"].search(
            [("type", "=", "purchase"), *there.env["account.journal"]._check_company_domain(company)], limit=1
        )
        if not journal:
            raise UserError(self.env._("%(company)s has no purchase journal.", company=company.name))
        return there.create({"move_type": "in_invoice", "journal_id": journal.id})

    def _take_along(self, draft, moved):
        """Documents and files of ``draft`` become those of ``moved``; what was proposed here is of no use there."""
        self.env["ai.suggestion"].sudo()._supersede_open(draft, self.env._("It moved to the company that it is for."))
        # Documents and originals are nobody's to write; the rights on both drafts were checked.
        documents = self.env["ai.document"].sudo().search([("move_id", "=", draft.id)])
        files = self.env["ir.attachment"].sudo().search([("res_model", "=", draft._name), ("res_id", "=", draft.id)])
        files |= documents.attachment_id
        self._hang_on(files, moved)
        documents.write(
            {
                "move_id": moved.id,
                "company_id": moved.company_id.id,
                "journal_id": moved.journal_id.id,
            }
        )
        documents.with_company(moved.company_id)._again()
        moved.message_post(body=self.env._("Moved from %(company)s.", company=draft.company_id.name))

    def _hang_on(self, files, moved):
        """In SQL, as originals refuse every write: their bytes stay as they came, and their entry is the moved one."""
        files.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET res_id = %s, company_id = %s WHERE id = ANY(%s)",
                moved.id,
                moved.company_id.id,
                files.ids,
            )
        )
        files.invalidate_recordset(["res_id", "company_id"], flush=False)
