"""What becomes of a document whose job was cancelled or given up."""

from odoo import api, models
from odoo.tools import SQL

from .ai_document import FAILED, QUEUED, READING


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    def _after_steering(self, event, jobs):
        result = super()._after_steering(event, jobs)
        about = jobs.sudo().filtered(lambda job: job.kind == "extract" and job.res_model == "ai.document")
        documents = self.env["ai.document"].sudo().browse(about.mapped("res_id")).exists()
        if event == "job_cancelled":
            for document in documents.filtered(lambda each: each.state in (QUEUED, READING)):
                document._fail("cancelled", {})
        elif event == "job_retried":
            documents.filtered(lambda each: each.state == FAILED).write(
                {"state": QUEUED, "error_code": False, "error_values": False}
            )
        return result

    @api.model
    def _stop(self, cr, rows, state, sources=("running",)):
        """A file that kills the server again and again is a failed document, not one that waits for ever."""
        ids = super()._stop(cr, rows, state, sources)
        lost = [row[0] for row in rows if row[2] == "lost" and row[0] in set(ids)]
        if lost:
            cr.execute(
                SQL(
                    """UPDATE ai_document SET state = %s, error_code = 'lost', error_values = NULL
                        WHERE state = ANY(%s) AND id IN (
                            SELECT res_id FROM sync_job WHERE id = ANY(%s) AND kind = 'extract'
                               AND res_model = 'ai.document')""",
                    FAILED,
                    [QUEUED, READING],
                    lost,
                )
            )
        return ids
