"""Bills that come by mail: archives and forwarded mails are opened, photos count, signatures don't."""

from email.message import EmailMessage

from odoo import models

from ...readers import parcel, upload
from .account_move_documents import IMAGE
from .mail_thread_original import RAW_MAIL

#: A picture in the text of a mail is a document from this many pixels on, and only when nothing else is one.
PHOTO = 600
#: An attached picture below this is a logo, when the mail brings another document.
LOGO = 250


class AccountMove(models.Model):
    _inherit = "account.move"

    def message_new(self, msg_dict, custom_values=None):
        """Draft bills hold nothing but their file: who sent the mail is noted beside them."""
        is_bill = (custom_values or {}).get("move_type") in self.get_purchase_types(include_receipts=True)
        if is_bill:
            msg_dict["attachments"] = self._ai_opened(msg_dict.get("attachments") or [])
        move = super().message_new(msg_dict, custom_values=custom_values)
        if is_bill and move.partner_id:
            move.with_context(skip_is_manually_modified=True).partner_id = False
        return move

    def _ai_opened(self, attachments):
        """The attachments of a mail, archives and forwarded mails replaced by the files in them.

        A parcel without any document stays as it is: the draft then says what is wrong with it.
        """
        found, seen = [], set()
        for attachment in attachments:
            name, content = attachment[0], attachment[1]
            if not content or isinstance(content, EmailMessage):
                # Core has taken the files of a mail in the mail already.
                found.append(attachment)
                continue
            data = content.encode() if isinstance(content, str) else content
            files = parcel.unpack(data, name).files if parcel.kind(data, name) else ()
            # Namedtuple of core: (name, content, info).
            opened = [type(attachment)(*file, {}) for file in files] or [attachment]
            found += [each for each in opened if each[1] not in seen]
            # The same bytes twice in one mail are one bill.
            seen.update(each[1] for each in opened)
        return found

    # === WHICH FILES ARE DOCUMENTS === #

    def _message_post_after_hook(self, new_message, message_values):
        if not (self.env.context.get("from_alias") and self._ai_takes_documents()):
            return super()._message_post_after_hook(new_message, message_values)
        mail = self._ai_keep_mail(new_message)
        skipped = self._ai_no_documents(new_message)
        moves = self.with_context(ai_skipped_files=skipped.ids, ai_parcel_id=mail.id)
        result = super(AccountMove, moves)._message_post_after_hook(new_message, message_values)
        if not self.env["ai.document"].sudo().search_count([("move_id", "=", self.id)], limit=1):
            # Nothing in the mail is a document: its draft says so, and keeps what came.
            rest = new_message.attachment_ids - skipped
            moves._ai_take_rest(rest[:1] or mail)
        return result

    def _ai_take_rest(self, attachment):
        if attachment:
            attachment.sudo().write({"res_model": self._name, "res_id": self.id})
            self.env["ai.document"]._take_in(self, attachment)

    def _ai_keep_mail(self, message):
        """The mail itself as a file on the draft."""
        files = self.env["ir.attachment"].sudo()
        raw = self.env.cr.precommit.data.get(RAW_MAIL)
        if not raw:
            return files
        return files.create(
            {
                "name": upload.safe_name(message.subject or "mail", "eml"),
                "raw": raw,
                "mimetype": "message/rfc822",
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _ai_no_documents(self, message):
        """Pictures of a mail that belong to its text."""
        files = message.attachment_ids
        pictures = files.filtered(lambda file: (file.mimetype or "").startswith("image/"))
        body = str(message.body or "")
        inline = pictures.filtered(lambda file: f"/web/image/{file.id}" in body)
        others = self._ai_file_kinds(files - inline)
        sizes = {picture: min(upload.picture_size(picture.raw or b"")) for picture in pictures}
        has_document = any(kind != IMAGE or sizes.get(file, PHOTO) >= PHOTO for file, kind in others.items())
        logos = (pictures - inline).filtered(lambda file: 0 < sizes[file] < LOGO)
        if has_document:
            return inline | logos
        return inline.filtered(lambda file: 0 < sizes[file] < PHOTO)

    def _ai_file_kinds(self, files):
        """{file: its kind} of those that are documents."""
        kinds = {row["attachment"]: self._ai_file_kind(row) for row in self._to_files_data(files)}
        return {file: kind for file, kind in kinds.items() if kind}

    def _should_attach_to_record(self, attachment):
        """Pictures and e-invoices too: core drops them."""
        if attachment and attachment.id in self.env.context.get("ai_skipped_files", ()):
            return False
        if super()._should_attach_to_record(attachment):
            return True
        is_draft = bool(attachment) and not attachment.res_field and self._ai_takes_documents()
        return is_draft and bool(self._ai_file_kinds(attachment))

    def _assign_attachment_to_group_of_different_type(self, incoming_file_data, groups=None):
        """A photo is a document of its own, also beside a PDF: two receipts of one mail are two bills."""
        if self.env.context.get("from_alias") and self._ai_file_kind(incoming_file_data) == IMAGE:
            groups.append([incoming_file_data])
            return
        super()._assign_attachment_to_group_of_different_type(incoming_file_data, groups)
