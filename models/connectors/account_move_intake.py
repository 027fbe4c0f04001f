"""Documents that came in by themselves become drafts through Odoo's own upload."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...readers import upload
from ...readers.arrival import sort


class AccountMove(models.Model):
    _inherit = "account.move"

    ai_intake_id = fields.Many2one(
        "sync.intake", string="Came In As", readonly=True, copy=False, ondelete="set null", index="btree_not_null"
    )

    @api.model
    def _bills_of_intake(self, connection, intake, data):
        """Make the draft bills of a file that came in, once, however often the job is tried; answers their names.

        Odoo's upload commits before and after it reads an e-invoice. It runs on a cursor of its own, so that the job's
        transaction stays whole; what an earlier, interrupted try left is found again by its intake.
        """
        with self.env.registry.cursor() as cursor:
            moves = self.with_env(self.env(cr=cursor))._upload_intake(connection.id, intake.id, data)
            # The job's own transaction began before they were there, and does not see them.
            return [f"{move.journal_id.display_name}: {move.display_name}" for move in moves]

    @api.model
    def _upload_intake(self, connection_id, intake_id, data):
        found = self.search([("ai_intake_id", "=", intake_id)])
        if found:
            return found
        connection = self.env["sync.connection"].browse(connection_id)
        company = connection.company_id
        journal = connection.document_journal_id or self.env["account.journal"].search(
            [("type", "=", "purchase"), ("company_id", "=", company.id)], limit=1
        )
        if not journal:
            raise UserError(
                self.env._("%(company)s has no purchase journal. Make one, then try again.", company=company.name)
            )
        intake = self.env["sync.intake"].browse(intake_id)
        context = {
            "allowed_company_ids": company.ids,
            "default_move_type": "in_invoice",
            "default_ai_intake_id": intake_id,
            # What a browser would run is stored as text, as for files that come by mail.
            "attachments_mime_plainxml": True,
        }
        name = upload.safe_name(intake.name or "", sort(data, intake.name or "")[1])
        attachment = self.env["ir.attachment"].with_context(**context).create({"name": name, "raw": data})
        # Defaults of the document are not the attachment's.
        return journal.with_context(**context)._create_document_from_attachment(attachment.ids)
