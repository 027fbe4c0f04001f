"""One switch stops the sync desk: for a company, or for all."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
CAUSES = {
    "person": "By a person",
    "restored": "The database was restored",
    "copied": "The database is a copy",
}
#: What is paused now, branches with their parents: (None,) stands for everything.
PAUSED = """
SELECT DISTINCT branch.id FROM sync_pause pause
  LEFT JOIN res_company company ON company.id = pause.company_id
  LEFT JOIN res_company branch ON starts_with(branch.parent_path, company.parent_path)
"""


class SyncPause(models.Model):
    """A row is a pause in force. Written by ``pause`` and ``resume`` only; the runner reads it before each batch.

    While paused nothing is sent and nothing that came in is worked out; events are written and jobs are made as
    ever, so that nothing is lost.
    """

    _name = "sync.pause"
    _description = "Pause of Syncing"
    _log_access = False

    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", help="Empty: all companies.")
    cause = fields.Selection(list(CAUSES.items()), required=True, readonly=True, default="person")
    reason = fields.Char(readonly=True)
    since = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="set null")

    _company_uniq = models.UniqueIndex("(COALESCE(company_id, 0))", "It is paused already.")

    # === THE SWITCH === #

    @api.model
    def pause(self, all_companies: bool = False, reason: str | None = None):
        """Stop syncing for the current company, or for all of them. Takes effect with the next batch; logged.

        :raise AccessError: for others than managers
        :raise UserError: all companies, by a manager of some
        """
        self._check_may_switch(all_companies)
        company = self.env["res.company"] if all_companies else self.env.company
        return self._pause(company, str(reason or "")[:500])

    @api.model
    def resume(self, all_companies: bool = False):
        """End the pause of the current company, or the one of all companies: what waited goes on."""
        self._check_may_switch(all_companies)
        company = self.env["res.company"] if all_companies else self.env.company
        # Nobody has rights to write these rows: managers pass here.
        pauses = self.sudo().search([("company_id", "=", company.id)])
        if not pauses:
            raise UserError(self._not_paused_text(all_companies))
        pauses._end()
        self._log("sync_resumed", company, {})
        return True

    @api.model
    def pause_state(self) -> dict:
        """Whether the current company's syncing is paused, for banners.

        :return: ``{"company": bool, "all": bool, "text": what to show, "reason": str, "since": str,
            "may_switch": bool, "may_switch_all": bool}``
        """
        self.check_access("read")
        # The pause of all companies, and of a parent, concerns everybody.
        pauses = self.sudo().search([("company_id", "in", [False, *self.env.company.parent_ids.ids])], order="id")
        every = pauses.filtered(lambda pause: not pause.company_id)
        pause = (every or pauses)[:1]
        is_manager = self.env.su or self.env.user.has_group(MANAGER)
        return {
            "company": bool(pauses - every),
            "all": bool(every),
            "text": pause._text() if pause else "",
            "reason": pause.reason or "",
            "since": fields.Datetime.to_string(pause.since) or "",
            "may_switch": is_manager,
            "may_switch_all": is_manager and self._reaches_all(),
        }

    def _text(self):
        """What is paused, since when, by whom, in one sentence."""
        scope = self.company_id.name or self.env._("all companies")
        since = self.env["ir.qweb.field.datetime"].value_to_html(self.since, {"format": "short"})
        values = {"scope": scope, "since": since, "name": self.user_id.name, "reason": self.reason or ""}
        if self.cause == "person" and self.user_id:
            text = self.env._(
                "Syncing is paused for %(scope)s by %(name)s since %(since)s: nothing is sent, and what comes in waits."
            )
        else:
            text = self.env._(
                "Syncing is paused for %(scope)s since %(since)s: nothing is sent, and what comes in waits."
            )
        return f"{text % values} {self.reason or ''}".strip()

    def _not_paused_text(self, all_companies):
        if not all_companies and self._is_paused(self.env.company):
            return self.env._("All companies are paused. A manager of all companies resumes them.")
        return self.env._("It is not paused.")

    # === FOR THE MACHINE === #

    @api.model
    def _pause(self, company, reason="", cause="person"):
        """Pause ``company`` (empty: all); doing it twice keeps the first, unless the machine has a graver reason."""
        pauses = self.sudo().search([("company_id", "=", company.id)])
        if pauses and (cause == "person" or pauses.cause == cause):
            return True
        pauses.unlink()
        user = self.env.user if cause == "person" else self.env["res.users"]
        self.sudo().create(
            {
                "company_id": company.id,
                "cause": cause,
                "reason": reason,
                "since": fields.Datetime.now(),
                "user_id": user.id,
            }
        )
        self._log("sync_paused", company, {"cause": cause, "note": reason})
        return True

    def _end(self):
        """The pauses are over. Whoever has to do something then extends this, before calling super."""
        self.unlink()
        self.env["sync.job"]._wake()

    @api.model
    def _is_paused(self, company):
        """Whether syncing of ``company`` (empty: of what belongs to none) is paused, in this transaction."""
        return any(not found or found in company.ids for found in self._paused_ids())

    @api.model
    def _paused_ids(self, cr=None):
        """Ids of the companies that are paused now, None among them when all are; reads one small table.

        :param cr: the short cursor to read on, for the runner before each batch
        """
        if cr is None:
            self.flush_model()
            cr = self.env.cr
        cr.execute(SQL(PAUSED))
        return {row[0] for row in cr.fetchall()}

    # === RIGHTS AND LOG === #

    @api.model
    def _check_may_switch(self, all_companies):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers pause and resume syncing. Ask one of them."))
        if all_companies and not self._reaches_all():
            raise UserError(self.env._("Only a manager of all companies does this for all of them."))

    @api.model
    def _reaches_all(self):
        return self.env.su or self.env["res.company"].sudo().search_count([]) <= len(self.env.user.company_ids)

    @api.model
    def _log(self, event, company, payload):
        companies = company or self.env["res.company"].sudo().search([])
        payloads = [{"all_companies": not company, **payload} for _company in companies]
        self.env["ai.audit.log"]._append(event, companies, payloads)
