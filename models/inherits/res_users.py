"""Roles of the addon: every change is logged, and an agent is nothing but an agent."""

from odoo import api, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command

ROLES = ("agent", "auditor", "reviewer", "manager")


class ResUsers(models.Model):
    _name = "res.users"
    _inherit = "res.users"

    def _ai_role_groups(self):
        """{role: its group}; a role is missing while the addon is being installed."""
        groups = {role: self.env.ref(f"ai_bookkeeper.ai_bookkeeper_group_{role}", False) for role in ROLES}
        return {role: group.sudo() for role, group in groups.items() if group}

    def _ai_roles(self):
        """{user id: the addon's roles that the user holds, implied ones included}."""
        groups = self._ai_role_groups()
        return {
            user.id: {role for role, group in groups.items() if group in user.all_group_ids} for user in self.sudo()
        }

    @api.model
    def _ai_holders(self):
        """The same of every user who holds a role, archived ones too."""
        holders = {}
        for role, group in self._ai_role_groups().items():
            for user_id in group.with_context(active_test=False).all_implied_by_ids.user_ids.ids:
                holders.setdefault(user_id, set()).add(role)
        return holders

    @api.model
    def _ai_log_roles(self, before, after):
        """Log whose roles differ. ``before``, ``after``: {user id: roles}."""
        changed = sorted(uid for uid in before | after if before.get(uid, set()) != after.get(uid, set()))
        payloads = [
            {
                "gained": sorted(after.get(user_id, set()) - before.get(user_id, set())),
                "lost": sorted(before.get(user_id, set()) - after.get(user_id, set())),
            }
            for user_id in changed
        ]
        if changed:
            # Who changes roles need not be allowed to read the user's company.
            self.env["ai.audit.log"]._append("role_changed", self.sudo().browse(changed), payloads)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        self._ai_log_roles({}, {user_id: roles for user_id, roles in users._ai_roles().items() if roles})
        return users

    def write(self, vals):
        if "group_ids" not in vals:
            return super().write(vals)
        before = self._ai_roles()
        result = super().write(vals)
        self._ai_log_roles(before, self._ai_roles())
        return result

    def unlink(self):
        self._ai_log_roles(self._ai_roles(), {})
        return super().unlink()

    # === AGENTS === #

    @api.constrains("group_ids")
    def _check_agents_are_nothing_else(self):
        agents = self._ai_role_groups().get("agent")
        for user in self.sudo():
            if not agents or agents not in user.all_group_ids:
                continue
            # Switches such as "several companies", which core sets by itself, give no right.
            others = (user.all_group_ids - agents).filtered(lambda group: group.model_access or group.share)
            if others:
                raise ValidationError(
                    self.env._(
                        "%(name)s is an outside agent and may hold no other group: it proposes and does nothing else. "
                        "Take away: %(others)s. Persons get another role.",
                        name=user.name,
                        others=", ".join(others.mapped("full_name")),
                    )
                )

    def _compute_session_token(self, sid):
        """No session of an agent is valid, however it came about: one from before, a single sign-on, a passkey."""
        token = super()._compute_session_token(sid)
        is_agent = token and self.env["ai.agent"]._is_agent(self.with_user(self))
        return False if is_agent else token

    # === TAKING A ROLE === #

    def action_ai_take_reviewer(self):
        """The installing administrator may decide too; taking the part is a step of its own, and logged.

        :raise AccessError: for anybody but managers who administer users
        """
        user = self.env.user
        if not (
            user.has_group("ai_bookkeeper.ai_bookkeeper_group_manager") and user.has_group("base.group_erp_manager")
        ):
            raise AccessError(self.env._("Ask an administrator of users for the role of a reviewer."))
        group = self._ai_role_groups()["reviewer"]
        # Core lets nobody change their own groups; the checks above stand for its.
        user.sudo().write({"group_ids": [Command.link(group.id)]})
        return {"type": "ir.actions.client", "tag": "reload"}
