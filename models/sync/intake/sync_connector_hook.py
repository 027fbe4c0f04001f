"""What every connector does with what comes in to its address, unless it knows better."""

from odoo import models

from ....clients import signature

#: The name under which ``sync.secret`` keeps what senders sign with.
SIGNING = "hook_signing"
#: A key that nobody has: for addresses that are unknown, so that they take the same time.
NOBODY = signature.new_secret()


class SyncConnector(models.AbstractModel):
    _inherit = "sync.connector"

    #: The largest body that its hook takes.
    _most_bytes = 1024 * 1024

    def _verify(self, connection, event):
        """Standard Webhooks, with the secret that the connect screen showed."""
        try:
            signature.verify(self._signing_secrets(connection), event["headers"], event["body"], event["received_at"])
        except (signature.SignatureError, ValueError):
            return False
        return True

    def _signing_secrets(self, connection):
        """The valid secrets, newest first; never none, so that a missing one takes the same time."""
        found = self.env["sync.secret"]._values(connection, SIGNING) if connection else []
        return found or [NOBODY]

    def _message_id(self, connection, event):
        """The sender's id of a verified event; the same for a repetition of it."""
        return event["headers"][signature.ID_HEADER]
