"""Finding: what checks of other records than bills said, kept beside what people said of it before."""

from odoo import api, models

from .ai_finding import GONE_STATE, OPEN_STATE


class AiFinding(models.Model):
    _name = "ai.finding"
    _inherit = "ai.finding"

    @api.model
    def _keep(self, records, found, codes):
        """Store what the checks ``codes`` said of ``records`` (one model, each with a company).

        New findings open; those of these codes that are not found again close; what somebody dismissed stays so.

        :param found: {record id: ``engine.anomaly.Finding`` of it}; records without findings may be left out
        :return: those that are found now
        """
        # Nobody writes findings by hand.
        stored = self.sudo().search(
            [("res_model", "=", records._name), ("res_id", "in", records.ids), ("code", "in", list(codes))]
        )
        known = {(finding.res_id, finding.key): finding for finding in stored}
        new, seen = [], self.sudo().browse()
        for record in records:
            for each in found.get(record.id, ()):
                current = known.get((record.id, each.key))
                if current:
                    seen |= current
                    current._follow(each)
                else:
                    new.append(self._values(record, each))
        (stored - seen).filtered(lambda finding: finding.state == OPEN_STATE).write({"state": GONE_STATE})
        return seen | self.sudo().create(new)
