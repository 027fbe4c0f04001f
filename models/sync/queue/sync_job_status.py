"""What keeps the chips on records fast when finished jobs pile up."""

from odoo import models


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    _unfinished_record_idx = models.Index(
        "(res_model, res_id) WHERE state IN ('pending', 'running', 'waiting', 'indeterminate', 'failed', 'dead')"
    )
