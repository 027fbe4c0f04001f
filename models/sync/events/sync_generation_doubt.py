"""After a restore or a copy: nothing is sent until a manager has read what happened and resumes."""

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
FACT_LABELS = {
    "system_identifier": "another PostgreSQL cluster",
    "database_oid": "another database in the cluster",
    "database_uuid": "another identifier of the database",
    "base_url": "another address",
    "mark": "the data directory remembers events that the database does not know",
}


class SyncGeneration(models.Model):
    _name = "sync.generation"
    _inherit = "sync.generation"

    differs = fields.Json(readonly=True, help="What told that this is not the database that it was.")
    in_doubt = fields.Boolean(readonly=True, string="Paused", help="Nothing is sent until a manager resumes.")
    doubted_jobs = fields.Integer(
        readonly=True, aggregator=False, string="Jobs in Doubt", help="Open jobs that may have been sent already."
    )
    is_counted = fields.Boolean(readonly=True)
    resumed_at = fields.Datetime(readonly=True)
    resumed_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    story = fields.Text(compute="_compute_story", string="What Happened")

    @api.depends("cause", "differs", "doubted_jobs", "in_doubt")
    @api.depends_context("lang")
    def _compute_story(self):
        for generation in self:
            generation.story = generation._story()

    def _story(self):
        if self.cause == "first":
            return self.env._("Events are numbered since then.")
        if self.cause == "restored":
            what = self.env._("This database was restored from a backup: what happened since then it does not know.")
        else:
            what = self.env._("This database is a copy, or was moved to another place.")
        signs = self.env._("It was noticed by: %(signs)s.", signs=", ".join(self._signs()))
        jobs = self.env._(
            "%(count)s open jobs may have been sent already: the other side is asked for each before it is sent again.",
            count=self.doubted_jobs,
        )
        return "\n".join((what, signs, jobs, self._advice()))

    def _advice(self):
        if not self.in_doubt:
            return ""
        if self.cause == "restored":
            return self.env._("Check that this is the backup that you meant to restore, then resume.")
        return self.env._(
            "If it is for testing, leave it paused, or switch off its webhooks and connections: resuming sends to the "
            "real addresses. If the real database was moved here, resume."
        )

    def _signs(self):
        return [FACT_LABELS.get(name, name) for name in self.differs or []]

    # === NOTICING === #

    def _doubt(self, differs):
        """Pause everything, tell subscribers and managers. Jobs follow when what was committed is handed out."""
        self.write({"differs": differs, "in_doubt": True})
        self.env["sync.pause"]._pause(self.env["res.company"], self._short_reason(), self.cause)
        companies = self.env["res.company"].search([])
        facts = {"cause": self.cause, "generation": self.token}
        self.env["sync.event"]._emit("sync.restored", companies, [facts for _company in companies])
        _logger.error("The sync desk is paused: %s (%s)", self.cause, ", ".join(differs))

    def _short_reason(self):
        if self.cause == "restored":
            return self.env._("The database was restored from a backup.")
        return self.env._("The database is a copy, or was moved.")

    def _settle_doubt(self):
        """Once nothing waits for its number: every open job may have been sent, and managers are told how many."""
        if not self.in_doubt or self.is_counted:
            return
        self.write({"doubted_jobs": self.env["sync.job"]._doubt(), "is_counted": True})
        try:
            with self.env.cr.savepoint():
                self._alarm()
        except Exception:
            _logger.warning("Managers could not be told that the sync desk is paused", exc_info=True)

    def _alarm(self):
        managers = self.env.ref(MANAGER).all_user_ids.filtered(lambda user: user.active and not user.share)
        for user in managers:
            self.activity_schedule(
                "mail.mail_activity_data_todo", summary=self._short_reason(), note=self.story, user_id=user.id
            )
        self.message_notify(partner_ids=managers.partner_id.ids, subject=self._short_reason(), body=self.story)

    # === RESUMING === #

    def action_resume(self):
        """Send again: jobs in doubt are first looked up on the other side."""
        self.ensure_one()
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers pause and resume syncing. Ask one of them."))
        return self.env["sync.pause"].resume(all_companies=True)

    @api.model
    def _resumed(self):
        """The pause of all companies ended: who read what happened takes it over."""
        doubted = self.search([("in_doubt", "=", True)])
        doubted.write({"in_doubt": False, "resumed_at": fields.Datetime.now(), "resumed_by_id": self.env.uid})
        doubted.activity_unlink(["mail.mail_activity_data_todo"])


class SyncPause(models.Model):
    _name = "sync.pause"
    _inherit = "sync.pause"

    def _end(self):
        if any(not pause.company_id for pause in self):
            # Whoever may end the pause answers for the doubt.
            self.env["sync.generation"].sudo()._resumed()
        return super()._end()
