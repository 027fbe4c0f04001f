"""Files on draft bills are read in the queue. Nothing but the file is written on the draft."""

from odoo import api, models

from ...readers.document import DocumentError, kinds

#: Above the decoders of Odoo, whatever the file. An e-invoice leads its picture, a PDF a photo; what was uploaded
#: and is no document is taken in too, to say so.
XML, PDF, IMAGE, OTHER = "xml", "pdf", "image", "other"
PRIORITIES = {XML: 130, PDF: 120, IMAGE: 110, OTHER: 100}
KINDS = {kinds.XML: XML, kinds.PDF: PDF}


class AccountMove(models.Model):
    _inherit = "account.move"

    # === DECODING === #

    def _ai_takes_documents(self):
        """Whether files of this entry are read here: draft documents of vendors."""
        return (
            len(self) == 1
            and self.is_purchase_document(include_receipts=True)
            and self.state == "draft"
            and not self.env.context.get("ai_scratch")
        )

    def _get_import_file_type(self, file_data):
        found = super()._get_import_file_type(file_data)
        if not found and (file_data["mimetype"] or "").startswith("image/"):
            return IMAGE
        return found

    @api.model
    def _ai_file_kind(self, file_data):
        """``xml``, ``pdf`` or ``image``, told by its content; None for what is no document."""
        try:
            media_type = kinds.media_type(file_data["raw"] or b"", file_data["name"] or "")
        except DocumentError:
            return None
        return KINDS.get(media_type, IMAGE)

    def _get_edi_decoder(self, file_data, new=False):
        if not self._ai_takes_documents():
            return super()._get_edi_decoder(file_data, new)
        if not file_data.get("attachment"):
            # What is inside a PDF is read with it, in the job.
            return None
        kind = self._ai_file_kind(file_data) or (OTHER if new else None)
        return {"priority": PRIORITIES[kind], "decoder": decode} if kind else None

    def _extend_with_attachments(self, files_data, new=False):
        if self._ai_takes_documents():
            group = self._from_files_data(files_data)
            moves = self.with_context(ai_file_group=group.ids)
            return super(AccountMove, moves)._extend_with_attachments(files_data, new)
        return super()._extend_with_attachments(files_data, new)

    def _ai_take_file(self, file_data):
        """The file, with the PDF or picture that came in its company, becomes a document that waits to be read."""
        attachment = file_data["attachment"]
        picture = attachment.browse()
        if self._ai_file_kind(file_data) == XML:
            group = attachment.browse(self.env.context.get("ai_file_group") or ()) - attachment
            others = {row["attachment"]: self._ai_file_kind(row) for row in self._to_files_data(group)}
            by_kind = sorted((PRIORITIES[kind], -each.id, each) for each, kind in others.items() if kind)
            picture = by_kind[-1][2] if by_kind and by_kind[-1][0] < PRIORITIES[XML] else picture
        self.env["ai.document"]._take_in(self, attachment, picture)

    def action_ai_read_files(self):
        """Read the files of draft bills that came before this addon did, or without being read."""
        self.env["ai.document"]._check_reviewer()
        self.check_access("write")
        for move in self.filtered(lambda each: each._ai_takes_documents()):
            files = self.env["ir.attachment"].search(
                [("res_model", "=", self._name), ("res_id", "=", move.id), ("res_field", "=", False)], order="id"
            )
            for row in move._to_files_data(files - files._ai_documents()._ai_files()):
                if move._ai_file_kind(row):
                    move._ai_take_file(row)
        return True

    # === ARCHIVES AND MAILS THAT ARE UPLOADED === #

    @api.model
    def _create_records_from_attachments(self, attachments, grouping_method=None):
        if not self._ai_is_for_bills():
            return super()._create_records_from_attachments(attachments, grouping_method)
        opened, parcels = self.env["ai.document"]._opened(attachments)
        moves = self.with_context(ai_parcel_ids=parcels)
        return super(AccountMove, moves)._create_records_from_attachments(opened, grouping_method)

    @api.model
    def _ai_is_for_bills(self):
        """Whether new entries of this context are drafts of vendors' documents."""
        journal = self.env["account.journal"].browse(self.env.context.get("default_journal_id") or ()).exists()
        return journal.type == "purchase"

    # === NOTHING BUT A POLICY POSTS === #

    def _autopost_bill(self):
        """What came in stays a draft until a person, or a policy that a person set, posts it."""
        if not self.is_purchase_document(include_receipts=True):
            return super()._autopost_bill()
        return None

    def _show_autopost_bills_wizard(self):
        """Not offered: it would post around the policies."""
        if self.filtered(lambda move: not move.is_purchase_document(include_receipts=True)):
            return super()._show_autopost_bills_wizard()
        return False

    def unlink(self):
        """Documents go with their draft, with the files in which their words and thumbnails are kept."""
        # Who may delete the draft may not delete documents by themselves.
        self.env["ai.document"].sudo().search([("move_id", "in", self.ids)]).unlink()
        return super().unlink()


def decode(move, file_data, new=False):
    """A decoder of Odoo's import: notes the file and leaves the draft as it is."""
    move._ai_take_file(file_data)
