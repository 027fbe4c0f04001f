"""Telling the desks of others what was decided, in the deciding transaction: a message a batch, not a line."""

from odoo import models
from odoo.tools import SQL

#: The second half of the bus channel ``(company, LIVE)``: only the server can subscribe somebody to it.
LIVE = "ai_bookkeeper_desk"
MESSAGE = "ai_bookkeeper.desk"
#: More ids than that are not named: the desk then reads its queue anew.
NAMED = 500


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _log(self, event, payloads=None, identities=None):
        result = super()._log(event, payloads, identities)
        self._announce()
        return result

    def _announce(self):
        """Remember that these changed; one message a company goes out with the next flush."""
        if not self:
            return
        waiting = self.env.cr.precommit.data
        if LIVE not in waiting:
            waiting[LIVE] = set()
            # The message names ids and states of a whole company; who receives it may read the company's suggestions.
            self.env.cr.precommit.add(self.sudo().browse()._send_announcements)
        waiting[LIVE].update(self.ids)

    def _send_announcements(self):
        """States as they are by then: what a savepoint takes back is not announced."""
        ids = self.env.cr.precommit.data.pop(LIVE, set())
        found = self.env.execute_query(
            SQL(
                """SELECT company_id, state, count(*), (array_agg(id))[1:%s] FROM ai_suggestion
                    WHERE id = ANY(%s) GROUP BY company_id, state""",
                NAMED,
                list(ids),
            )
        )
        by_company = {}
        for company_id, state, count, named in found:
            message = by_company.setdefault(company_id, {"company_id": company_id, "count": 0, "states": {}})
            message["count"] += count
            message["states"][state] = named
        for company_id, message in by_company.items():
            if message["count"] > NAMED:
                message["states"] = {}
            company = self.env["res.company"].browse(company_id)
            self.env["bus.bus"]._sendone((company, LIVE), MESSAGE, message)
