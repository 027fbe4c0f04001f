"""The bank journal's card leads to its lines."""

from odoo import api, fields, models


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = "account.journal"

    ai_counts = fields.Json(compute="_compute_ai_counts", string="Open Bank Lines by Finding")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_ai_counts(self):
        counts = {journal.id: {} for journal in self}
        banks = self.filtered(lambda journal: journal.type in ("bank", "cash", "credit"))
        groups = self.env["account.bank.statement.line"]._read_group(
            [("journal_id", "in", banks.ids), ("is_reconciled", "=", False), ("state", "!=", "cancel")],
            ["journal_id", "ai_finding"],
            ["__count"],
        )
        for journal, finding, count in groups:
            key = finding or "todo"
            counts[journal.id][key] = counts[journal.id].get(key, 0) + count
        for journal in self:
            journal.ai_counts = counts[journal.id]

    def _get_journal_dashboard_data_batched(self):
        data = super()._get_journal_dashboard_data_batched()
        for journal in self.filtered(lambda journal: journal.type in ("bank", "cash", "credit")):
            data[journal.id]["ai_counts"] = journal.ai_counts
        return data

    def action_ai_open_lines(self):
        """Open this journal's bank lines that are not reconciled."""
        self.ensure_one()
        self.check_access("read")
        self.env["account.bank.statement.line"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.account_bank_statement_line_action")
        return {**action, "context": {"search_default_journal_id": self.id, "default_journal_id": self.id}}

    def action_ai_propose(self):
        """Propose now for the open lines of these journals; many of them go to the scheduled action."""
        self.check_access("read")
        lines = self.env["account.bank.statement.line"].search(
            [("journal_id", "in", self.ids), ("is_reconciled", "=", False)]
        )
        return lines.action_ai_propose()
