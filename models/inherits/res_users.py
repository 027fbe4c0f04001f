"""Taking or losing a role of the addon is logged."""

from odoo import models

ROLES = ("agent", "auditor", "reviewer", "manager")


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = "res.users"

    def _ai_roles(self):
        """{user id: the addon's roles that the user holds, implied ones included}."""
        groups = {role: self.env.ref(f"ai_bookkeeper.ai_bookkeeper_group_{role}", False) for role in ROLES}
        return {
            user.id: {role for role, group in groups.items() if group and group in user.all_group_ids}
            for user in self.sudo()
        }

    def write(self, vals):
        if "group_ids" not in vals:
            return super().write(vals)
        before = self._ai_roles()
        result = super().write(vals)
        after = self._ai_roles()
        changed = self.filtered(lambda user: before[user.id] != after[user.id])
        changes = [
            {"gained": sorted(after[user.id] - before[user.id]), "lost": sorted(before[user.id] - after[user.id])}
            for user in changed
        ]
        if changed:
            self.env["ai.audit.log"]._append("role_changed", changed, changes)
        return result
