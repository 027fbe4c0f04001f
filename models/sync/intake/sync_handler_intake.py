"""Working out what came in."""

from odoo import models


class SyncHandlerIntake(models.AbstractModel):
    _name = "sync.handler.intake"
    _inherit = "sync.handler"
    _description = "Work Out What Came In"

    def _work(self, job, seconds):
        # Deleted with its connection, or settled before a crash that the job outlived.
        intake = self.env["sync.intake"].sudo().browse(job.res_id).exists()
        if intake.state == "received":
            connection = intake.connection_id
            connector = connection._connector().with_company(connection.company_id)
            connector._understand(connection, intake)
        return True
