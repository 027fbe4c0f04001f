"""Who wants the daily mail of the bookkeeping."""

from odoo import fields, models


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = "res.users"

    ai_daily_mail = fields.Boolean(
        string="Daily mail about bookkeeping",
        default=True,
        help="Each morning that something waits: how much, of what kind, and since when.",
    )
    ai_is_reviewer = fields.Boolean(compute="_compute_ai_is_reviewer")

    def _compute_ai_is_reviewer(self):
        roles = self._ai_roles()
        for user in self:
            user.ai_is_reviewer = "reviewer" in roles.get(user.id, ())

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "ai_daily_mail", "ai_is_reviewer"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "ai_daily_mail"]
