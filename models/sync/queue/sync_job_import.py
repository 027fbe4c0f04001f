"""Cancelling jobs of imports."""

from odoo import models
from odoo.exceptions import UserError


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    def _after_steering(self, event, jobs):
        result = super()._after_steering(event, jobs)
        if event == "job_cancelled":
            about = jobs.sudo().filtered(
                lambda job: job.kind == "import" and (job.payload or {}).get("task") == "import"
            )
            stopped = self.env["ai.bank.import"].sudo().browse(about.mapped("res_id")).exists()
            error = UserError(self.env._("Its job was cancelled by %(name)s.", name=self.env.user.name))
            for record in stopped.filtered(lambda each: each.state in ("queued", "running") and not each.removing):
                record._give_up(error)
        return result
