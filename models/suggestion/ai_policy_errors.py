"""How often what a policy accepted turned out wrong."""

from odoo import models
from odoo.tools import SQL


class AiPolicy(models.Model):
    _name = "ai.policy"
    _inherit = "ai.policy"

    def _error_counts(self, since=None):
        """What became of the suggestions that each of these policies decided on; one query.

        :param since: only those decided from this moment on
        :return: {policy id: {"applied", "undone", "changed_outside"}}; errors are the sum of the last two
        """
        self.env["ai.suggestion"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT policy_id,
                          count(*) FILTER (WHERE state = 'applied' AND changed_outside IS NULL),
                          count(*) FILTER (WHERE state = 'undone'),
                          count(*) FILTER (WHERE state <> 'undone' AND changed_outside IS NOT NULL)
                     FROM ai_suggestion
                    WHERE policy_id = ANY(%s) AND decided_at >= COALESCE(%s, '-infinity'::timestamp)
                    GROUP BY policy_id""",
                self.ids,
                since,
            )
        )
        counts = {row[0]: dict(zip(("applied", "undone", "changed_outside"), row[1:], strict=True)) for row in rows}
        return {policy.id: counts.get(policy.id, {"applied": 0, "undone": 0, "changed_outside": 0}) for policy in self}
