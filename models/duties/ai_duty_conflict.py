"""Who holds duties that should lie in different hands: computed from groups, never stored."""

from odoo import api, fields, models
from odoo.tools import SQL

from .conflicts import CONFLICTS, DUTIES, HIGH, MEDIUM

_DUTY_LABELS = [(duty, name._source) for duty, (name, _groups) in DUTIES.items()]


class AiDutyConflict(models.Model):
    """One row per active person and pair of conflicting duties that they hold, implied groups included."""

    _name = "ai.duty.conflict"
    _description = "Conflicting Duties"
    _auto = False
    _order = "weight, user_id, id"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", readonly=True, string="Person")
    company_id = fields.Many2one("res.company", readonly=True, string="Main Company")
    code = fields.Selection([(row[0], row[0]) for row in CONFLICTS], readonly=True, string="Conflict")
    first_duty = fields.Selection(_DUTY_LABELS, readonly=True, string="One Duty")
    second_duty = fields.Selection(_DUTY_LABELS, readonly=True, string="The Other")
    weight = fields.Selection([(HIGH, "High"), (MEDIUM, "Medium")], readonly=True)
    explanation = fields.Char(compute="_compute_explanation", string="Why It Matters")
    held_by = fields.Char(compute="_compute_explanation", string="Given By")
    one_person_text = fields.Char(compute="_compute_one_person_text", string="Declared")

    @api.depends("code", "user_id")
    @api.depends_context("lang")
    def _compute_explanation(self):
        reasons = {row[0]: row[4] for row in CONFLICTS}
        groups = self._duty_groups()
        for conflict in self:
            template = reasons.get(conflict.code)
            conflict.explanation = self.env._(template) if template else ""
            # Which groups a colleague holds is what this report tells.
            held = conflict.user_id.sudo().all_group_ids & (groups[conflict.first_duty] | groups[conflict.second_duty])
            conflict.held_by = ", ".join(held.mapped("full_name"))

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_one_person_text(self):
        for conflict in self:
            conflict.one_person_text = conflict.company_id._ai_one_person_text() if conflict.company_id else ""

    @api.model
    def _duty_groups(self):
        """{duty: the installed groups that give it}."""
        empty = self.env["res.groups"].sudo()
        return {
            duty: empty.union(*(self.env.ref(name, False) or empty for name in names))
            for duty, (_label, names) in DUTIES.items()
        }

    @property
    def _table_query(self):
        groups = self._duty_groups()
        duties = [(duty, group_id) for duty, found in groups.items() for group_id in found.all_implied_by_ids.ids]
        pairs = [(place, *row[:4]) for place, row in enumerate(CONFLICTS, start=1)]
        return SQL(
            """
            WITH duty (duty, group_id) AS (VALUES %(duties)s),
                 pair (place, code, first_duty, second_duty, weight) AS (VALUES %(pairs)s),
                 held AS (SELECT DISTINCT duty.duty, u.id AS user_id, u.company_id
                            FROM duty JOIN res_groups_users_rel r ON r.gid = duty.group_id
                            JOIN res_users u ON u.id = r.uid AND u.active)
            SELECT one.user_id * 100 + pair.place AS id, one.user_id, one.company_id, pair.code, pair.first_duty,
                   pair.second_duty, pair.weight
              FROM pair
              JOIN held one ON one.duty = pair.first_duty
              JOIN held other ON other.duty = pair.second_duty AND other.user_id = one.user_id
            """,
            duties=SQL(", ").join(SQL("(%s, %s)", *row) for row in duties),
            pairs=SQL(", ").join(SQL("(%s, %s, %s, %s, %s)", *row) for row in pairs),
        )
