"""A mail as it came, byte for byte, at hand while it is worked on."""

import xmlrpc.client

from odoo import api, models

#: Where the bytes of the mail are kept until it is routed; they leave with the transaction.
RAW_MAIL = "ai_bookkeeper.raw_mail"


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self, model, message, custom_values=None, save_original=False, strip_attachments=False, thread_id=None
    ):
        raw = message.data if isinstance(message, xmlrpc.client.Binary) else message
        kept = self.env.cr.precommit.data
        kept[RAW_MAIL] = raw.encode() if isinstance(raw, str) else bytes(raw)
        try:
            return super().message_process(
                model,
                message,
                custom_values=custom_values,
                save_original=save_original,
                strip_attachments=strip_attachments,
                thread_id=thread_id,
            )
        finally:
            self.env.cr.precommit.data.pop(RAW_MAIL, None)
