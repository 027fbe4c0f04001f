"""Taking files in: each becomes a document of its draft, and a job that reads it."""

from odoo import api, models

from .ai_document import QUEUED

#: Endings of job that read nothing else: one document is read by one job at a time.
PRIORITY = 4


class AiDocument(models.Model):
    _inherit = "ai.document"

    @api.model
    def _take_in(self, move, attachment, picture=None):
        """Note ``attachment`` as the original of ``move``, and have it read by the queue.

        :param picture: attachment of what people see of an e-invoice
        """
        # Nobody may write documents by hand: who adds a file to a draft makes one.
        documents = self.sudo()
        known = documents.search([("move_id", "=", move.id), ("attachment_id", "=", attachment.id)], limit=1)
        if known:
            return known
        # The original outlives the rights of who looks at it: its bytes are noted as they are now.
        content = attachment.sudo().raw or b""
        document = documents.create(
            {
                "name": attachment.name,
                "company_id": move.company_id.id,
                "journal_id": move.journal_id.id,
                "move_id": move.id,
                "attachment_id": attachment.id,
                "picture_id": picture.id if picture else False,
                "sha256": self._sha256(content),
                "size": len(content),
                "media_type": attachment.mimetype,
                **self._mail_values(move),
            }
        )
        document._enqueue()
        return document

    @api.model
    def _mail_values(self, move):
        """What is known of the mail that brought it; see ``account_move_mail``."""
        return {"sender": move.sudo().invoice_source_email or False}

    def _enqueue(self):
        """A job for each: what nobody claimed yet is not doubled."""
        for document in self:
            self.env["sync.job"]._enqueue(
                [
                    {
                        "kind": "extract",
                        "company_id": document.company_id.id,
                        "res_model": self._name,
                        "res_id": document.id,
                        "dedup_key": f"extract:{document.id}",
                        "order_key": f"extract:{document.id}",
                        "priority": PRIORITY,
                        "user_id": self.env.uid,
                    }
                ]
            )

    def _again(self):
        """Back to the beginning: read anew by the queue."""
        self.write({"state": QUEUED, "error_code": False, "error_values": False, "is_proposed": False})
        self._enqueue()
