"""Cancelling jobs that read history."""

from odoo import models


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    def _after_steering(self, event, jobs):
        result = super()._after_steering(event, jobs)
        if event == "job_cancelled":
            about = jobs.sudo().filtered(lambda job: job.res_model == "ai.learning.history")
            histories = self.env["ai.learning.history"].sudo().browse(about.mapped("res_id")).exists()
            for history in histories.filtered(lambda each: each.state == "running"):
                history._end("stopped")
        return result
