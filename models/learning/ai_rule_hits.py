"""How often a rule spoke, and how often people agreed."""

from odoo import api, fields, models
from odoo.tools import SQL

#: Only what people decided says whether a rule is right: a policy's word counts once somebody signed it off.
HITS = """
    SELECT rule_id, count(*) AS hits, max(date) AS last,
           count(*) FILTER (WHERE state IN ('rejected', 'undone')
                               OR state = 'applied' AND (is_edited OR by_person)) AS decided,
           count(*) FILTER (WHERE state = 'applied' AND NOT COALESCE(is_edited, FALSE) AND by_person) AS right
      FROM (SELECT *, decision = 'person' OR signed_off_by_id IS NOT NULL AS by_person
              FROM ai_suggestion WHERE rule_id = ANY(%s) AND state <> 'superseded') spoken
     GROUP BY rule_id
"""
NONE = {"hits": 0, "last": None, "decided": 0, "right": 0}


class AiRule(models.Model):
    _inherit = "ai.rule"

    hit_count = fields.Integer(compute="_compute_hits", string="Hits", help="How often it was what was proposed.")
    last_hit = fields.Date(compute="_compute_hits", help="Date of the newest payment that it spoke for.")
    decided_count = fields.Integer(compute="_compute_hits", string="Decided")
    right_count = fields.Integer(compute="_compute_hits", string="Accepted as Proposed")
    hit_text = fields.Char(compute="_compute_hit_text", string="So Far")

    @api.depends_context("uid")
    def _compute_hits(self):
        counts = self._origin._hit_counts()
        for rule in self:
            found = counts.get(rule._origin.id, NONE)
            rule.hit_count, rule.last_hit = found["hits"], found["last"]
            rule.decided_count, rule.right_count = found["decided"], found["right"]

    @api.depends("hit_count", "decided_count", "right_count")
    @api.depends_context("lang")
    def _compute_hit_text(self):
        for rule in self:
            if rule.decided_count:
                text = self.env._(
                    "%(right)s of %(decided)s accepted", right=rule.right_count, decided=rule.decided_count
                )
            elif rule.hit_count:
                text = self.env._("%(count)s proposed, none decided", count=rule.hit_count)
            else:
                text = self.env._("not yet")
            rule.hit_text = text

    def _hit_counts(self):
        """{rule id: hits, last, decided, right} of all of these, in one query."""
        self.env["ai.suggestion"].flush_model(["rule_id", "state", "is_edited", "decision", "signed_off_by_id", "date"])
        rows = self.env.execute_query_dict(SQL(HITS, self.ids)) if self.ids else []
        found = {row.pop("rule_id"): row for row in rows}
        return {rule_id: found.get(rule_id, NONE) for rule_id in self.ids}

    def action_open_hits(self):
        """Open what this rule proposed."""
        self.ensure_one()
        self.check_access("read")
        return self.env["ai.suggestion"]._action_for([("rule_id", "=", self.id)], self.name)
