"""What was worked on to its end, committed with the work itself."""

from odoo import api, fields, models


class SyncJobReceipt(models.Model):
    """Nobody has rights on it; plain SQL on the working cursor writes it. See ``sync.job`` lane work."""

    _name = "sync.job.receipt"
    _description = "Receipt of a Sync Job"
    _log_access = False
    _rec_name = "job_id"

    job_id = fields.Integer(required=True, readonly=True)

    _job_uniq = models.UniqueIndex("(job_id)", "It was done before.")


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    @api.model
    def _forget_receipts(self):
        """Receipts of jobs that the queue knows to be finished."""
        with self._short_cursor(durable=False) as cr:
            cr.execute(
                """DELETE FROM sync_job_receipt receipt WHERE NOT EXISTS (
                       SELECT FROM sync_job job WHERE job.id = receipt.job_id AND job.state <> 'done')"""
            )
