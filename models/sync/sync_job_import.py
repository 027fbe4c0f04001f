"""Retrying and cancelling jobs of imports."""

from odoo import api, models
from odoo.exceptions import UserError


class SyncJob(models.Model):
    _name = "sync.job"
    _inherit = "sync.job"

    def _without_right_to_decide(self):
        """What only methods write (imports, suggestions) nobody has the right to write: there the role decides."""
        return super()._without_right_to_decide().filtered(lambda job: not self._is_written_by_methods(job.res_model))

    @api.model
    def _is_written_by_methods(self, model):
        return model in self.env and self.env.registry[model]._original_module == self._original_module

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
