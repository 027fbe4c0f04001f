"""Jobs of kind ``extract``: reading a document, and proposing what it says for its draft."""

import logging

from psycopg2 import OperationalError

from odoo import models
from odoo.exceptions import ConcurrencyError, LockError

from ..sync.queue.sync_handler import NotNowError

_logger = logging.getLogger(__name__)


class SyncHandlerExtract(models.AbstractModel):
    _name = "sync.handler.extract"
    _inherit = "sync.handler"
    _description = "Read a Document"
    _lane = "work"
    _lease = 300
    _stops_on_pause = False

    def _work(self, job, seconds):
        document = self.env["ai.document"].browse(job.res_id).exists()
        if not document:
            # Its draft was deleted.
            return True
        document = document.with_company(document.company_id)
        try:
            return document._carry_on(seconds)
        except LockError as error:
            # Another worker proposes for the company: in a moment it is done.
            raise NotNowError(str(error)) from error
        except (OperationalError, ConcurrencyError):
            # Somebody else changed the same rows: the queue tries again.
            raise
        except Exception as error:
            _logger.exception("Document %s could not be read", document.id)
            self.env.cr.rollback()
            with self.env.registry.cursor() as cr:
                document.with_env(document.env(cr=cr))._break_off(type(error).__name__)
            # What went wrong stands on the document, where a person reads it and may start it again.
            return True

    def _explain(self, job, reason):
        if reason != "lost":
            return ("", "")
        return ("", self.env._("The file is kept. Look at the server's log, then retry, or enter the bill by hand."))
