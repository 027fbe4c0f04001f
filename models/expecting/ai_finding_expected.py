"""What may be done about findings on expected payments, where they are read."""

from odoo import api, models
from odoo.exceptions import UserError

from ...engine.expecting.watch import AMOUNT
from ..findings.ai_finding import OPEN_STATE

EXPECTED = "ai.expected.payment"


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    @api.model
    def _target_models(self):
        return [*super()._target_models(), EXPECTED]

    def action_open_expected(self):
        """Open the expected payment."""
        self.ensure_one()
        return self._expected()._get_records_action()

    def action_expected_end(self):
        """It ended: nothing is expected any more."""
        self._check_person()
        return self._expected().action_end()

    def action_expected_pause(self):
        """Expect nothing until somebody resumes it."""
        self._check_person()
        return self._expected().action_pause()

    def action_expected_resume(self):
        """It did not end: expect it again."""
        self._check_person()
        return self._expected().action_resume()

    def action_expected_take(self):
        """The amount that came is the amount from now on."""
        self._check_person()
        changed = self.filtered(lambda finding: finding.code == AMOUNT and finding.state == OPEN_STATE)
        if not changed:
            raise UserError(self.env._("Only a changed amount can be taken over."))
        for finding in changed:
            finding._expected().write({"amount": float(finding.values["amount"])})
        changed._expected()._look_again()
        return True

    def _expected(self):
        """The expected payments of these findings, as far as the user may read both."""
        self.check_access("read")
        about = self.filtered(lambda finding: finding.res_model == EXPECTED)
        if not about:
            raise UserError(self.env._("This finding is not about an expected payment."))
        records = self.env[EXPECTED].browse(about.mapped("res_id")).exists()
        records.check_access("read")
        return records
