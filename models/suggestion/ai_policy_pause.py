"""One switch stops the machine: for a company, or for all."""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

PAUSE_ALL = "ai_bookkeeper.paused"


class AiPolicy(models.Model):
    """While paused no scheduled action proposes, no policy accepts, no batch is signed off and no agent is heard.
    People go on: what they decide and book by hand is their own."""

    _name = "ai.policy"
    _inherit = "ai.policy"

    @api.model
    def pause(self, all_companies: bool = False):
        """Pause the current company, or all of them. Takes effect at once, logged.

        :raise AccessError: for others than managers; for all companies a manager of all companies is needed
        """
        return self._switch_pause(True, all_companies)

    @api.model
    def resume(self, all_companies: bool = False):
        """End the pause of the current company, or the one of all companies."""
        return self._switch_pause(False, all_companies)

    @api.model
    def pause_state(self) -> dict:
        """``{"company": bool, "all": bool, "text": what to show}`` for the current company."""
        self.check_access("read")
        # A request that only shows it has just begun: its own transaction knows.
        every = bool(self._read_here(self._statement_all()))
        company = bool(self._read_here(self._statement_company(self.env.company)))
        text = ""
        if every:
            text = self.env._("Paused for all companies: nothing is proposed or accepted by the machine.")
        elif company:
            template = self.env._("Paused for %(company)s: nothing is proposed or accepted by the machine.")
            text = template % {"company": self.env.company.name}
        return {"company": company, "all": every, "text": text}

    def _switch_pause(self, paused, all_companies):
        self._check_manager()
        if all_companies:
            self._check_reaches_all()
            # A parameter belongs to administrators; this one is the manager's switch.
            self.env["ir.config_parameter"].sudo().set_param(PAUSE_ALL, "1" if paused else False)
            companies = self.env["res.company"].sudo().search([])
        else:
            companies = self.env.company
            companies.sudo().with_context(ai_pause_gate=self.env.registry).write({"ai_paused": paused})
        payloads = [{"all_companies": bool(all_companies)} for _company in companies]
        self.env["ai.audit.log"]._append("paused" if paused else "resumed", companies, payloads)
        return True

    def _check_reaches_all(self):
        if not self.env.su and self.env["res.company"].sudo().search_count([]) > len(self.env.user.company_ids):
            raise UserError(self.env._("Only a manager of all companies pauses all of them."))

    @api.model
    def _is_paused(self, company):
        """Whether ``company`` is paused now: in this transaction, or as committed meanwhile, for the transaction's
        snapshot may be older than the switch."""
        statements = (self._statement_all(), self._statement_company(company))
        if any(self._read_here(statement) for statement in statements):
            return True
        with self.env.registry.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                if cursor.fetchall():
                    return True
        return False

    def _statement_all(self):
        return SQL("SELECT TRUE FROM ir_config_parameter WHERE key = %s AND value = '1'", PAUSE_ALL)

    def _statement_company(self, company):
        companies = (company | company.sudo().parent_ids).ids
        return SQL("SELECT TRUE FROM res_company WHERE id = ANY(%s) AND ai_paused", companies)

    def _read_here(self, statement):
        self.env["res.company"].flush_model(["ai_paused"])
        self.env["ir.config_parameter"].flush_model(["value"])
        return self.env.execute_query(statement)

    @api.model
    def _check_not_paused(self, companies):
        for company in companies:
            if self._is_paused(company):
                raise UserError(
                    self.env._(
                        "AI Bookkeeper is paused for %(company)s. A manager resumes it under Policies.",
                        company=company.sudo().name,
                    )
                )
