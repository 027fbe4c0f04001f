"""Who is told that a gate opened or closed: the managers of its company."""

from markupsafe import Markup

from odoo import models

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"


class AiGate(models.Model):
    _name = "ai.gate"
    _inherit = "ai.gate"

    def _managers(self):
        """Managers of this gate's company who may see its journal."""
        users = self.env.ref(MANAGER).sudo().all_user_ids.filtered(lambda user: user.active and not user.share)
        return users.filtered(
            lambda user: (
                self.company_id in user.company_ids
                and self.with_user(user).with_context(allowed_company_ids=self.company_id.ids).has_access("read")
            )
        )

    def _tell_opened(self):
        self.activity_ids.unlink()
        for user in self._managers():
            mine = self.with_context(lang=user.lang)
            mine._mail(user, mine.env._("Autopilot opens: %(gate)s", gate=mine.display_name))

    def _tell_closed(self):
        """A mail, and an activity that stays until a manager has looked."""
        self.activity_ids.unlink()
        for user in self._managers():
            mine = self.with_context(lang=user.lang)
            subject = mine.env._("Autopilot asks again: %(gate)s", gate=mine.display_name)
            mine.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", summary=subject, note=Markup("<p>%s</p>") % mine.text, user_id=user.id
            )
            mine._mail(user, subject)

    def _mail(self, user, subject):
        body = Markup("<p>%s</p>") % (self.text or "")
        self.message_notify(partner_ids=user.partner_id.ids, subject=subject, body=body)
