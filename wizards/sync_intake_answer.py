"""To which journal does a file belong that came in by itself?"""

from odoo import fields, models


class SyncIntakeAnswer(models.TransientModel):
    _name = "sync.intake.answer"
    _description = "Choose the Journal of a File"

    intake_id = fields.Many2one("sync.intake", required=True, readonly=True)
    company_id = fields.Many2one(related="intake_id.company_id")
    question = fields.Char(related="intake_id.outcome")
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank Journal",
        required=True,
        domain="[('type', 'in', ('bank', 'cash', 'credit')), ('company_id', '=', company_id)]",
    )

    def action_answer(self):
        """Import the file into the chosen journal."""
        self.ensure_one()
        return self.intake_id.action_answer(self.journal_id.id)
