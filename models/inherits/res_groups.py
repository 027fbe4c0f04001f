"""Roles change through groups too: members, and what implies what."""

from odoo import api, models
from odoo.exceptions import ValidationError

#: What is written to ``all_user_ids`` comes as ``user_ids``.
MEMBERS = {"user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    _name = "res.groups"
    _inherit = "res.groups"

    @api.model_create_multi
    def create(self, vals_list):
        if not any(MEMBERS & set(vals) for vals in vals_list):
            return super().create(vals_list)
        users = self.env["res.users"]
        before = users._ai_holders()
        groups = super().create(vals_list)
        users._ai_log_roles(before, users._ai_holders())
        return groups

    def write(self, vals):
        if not MEMBERS & set(vals):
            return super().write(vals)
        users = self.env["res.users"]
        before = users._ai_holders()
        result = super().write(vals)
        users._ai_log_roles(before, users._ai_holders())
        return result

    def unlink(self):
        users = self.env["res.users"]
        before = users._ai_holders()
        result = super().unlink()
        users._ai_log_roles(before, users._ai_holders())
        return result

    @api.constrains("user_ids", "implied_ids", "implied_by_ids")
    def _check_agents_hold_nothing_else(self):
        """Neither may the agents' group imply another, nor another imply it, nor an agent be added to another."""
        agents = self.env["res.users"]._ai_role_groups().get("agent")
        if not agents:
            return
        self.env.registry.clear_cache("groups")
        if agents.all_implied_ids != agents or agents.all_implied_by_ids != agents:
            raise ValidationError(
                self.env._(
                    "The group “%(name)s” implies no group and is implied by none: agents propose and do nothing else.",
                    name=agents.full_name,
                )
            )
        agents.with_context(active_test=False).user_ids._check_agents_are_nothing_else()
