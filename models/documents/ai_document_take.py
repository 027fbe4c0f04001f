"""Taking files in: each becomes a document of its draft, and a job that reads it."""

from odoo import api, models

from ...engine.extraction.reading import BOOKED_KINDS, UNKNOWN
from ...readers import parcel
from .ai_document import QUEUED, READ

#: Somebody waits for it: before what nobody waits for.
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
                **self._brought_by(move, attachment),
            }
        )
        document._enqueue()
        return document

    @api.model
    def _brought_by(self, move, attachment):
        """Values about the mail or archive that brought the file; each draft keeps its bytes."""
        parcels = self.env.context.get("ai_parcel_ids") or {}
        parcel_id = parcels.get(attachment.id) or self.env.context.get("ai_parcel_id")
        values = {"sender": move.sudo().invoice_source_email or False}
        brought = self.env["ir.attachment"].sudo().browse(parcel_id or ()).exists()
        if not brought or brought == attachment:
            return values
        if (brought.res_model, brought.res_id) != ("account.move", move.id):
            brought = brought.copy({"res_model": "account.move", "res_id": move.id})
        return {**values, "mail_id": brought.id, "mail_sha256": self._sha256(brought.raw)}

    def _ai_files(self):
        """All files that these documents keep."""
        return self.attachment_id | self.picture_id | self.mail_id

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

    # === ARCHIVES AND MAILS === #

    @api.model
    def _opened(self, attachments):
        """(attachments with archives and mails replaced by the files in them, {attachment id: id of its parcel}).

        A parcel without any document stays as it is: its draft says what is wrong with it.
        """
        found, parcels = attachments.browse(), {}
        for attachment in attachments:
            content = attachment.raw or b""
            files = parcel.unpack(content, attachment.name).files if parcel.kind(content, attachment.name) else ()
            made = attachments.create([{"name": name, "raw": data} for name, data in files])
            parcels.update(dict.fromkeys(made.ids, attachment.id))
            found += made or attachment
        return found, parcels

    @api.model
    def _of_moves(self, moves):
        """{move id: its newest document that was read as something to book}, in one query."""
        found = self.search(
            [
                ("move_id", "in", moves.ids),
                ("state", "=", READ),
                ("kind", "in", [*BOOKED_KINDS, UNKNOWN]),
            ],
            order="id",
        )
        return {document.move_id.id: document for document in found}
