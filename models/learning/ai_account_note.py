"""What people say of an account: what it is for, or that nothing may be proposed on it."""

from odoo import api, fields, models


class AiAccountNote(models.Model):
    """One account of one company. Without a note an account is proposed as people use it."""

    _name = "ai.account.note"
    _description = "Note on an Account"
    _order = "company_id, id"
    _rec_name = "account_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, ondelete="cascade", default=lambda self: self.env.company
    )
    account_id = fields.Many2one("account.account", required=True, ondelete="cascade", check_company=True)
    is_excluded = fields.Boolean(string="Do Not Use", help="Nothing is proposed on it, whatever people did before.")
    description = fields.Char(
        string="What It Is For", help="Words that payments to it have: they help where nothing was coded to it yet."
    )
    deductible = fields.Float(
        string="Input Tax Claimed (%)",
        default=100.0,
        digits=(5, 2),
        aggregator=False,
        help="Of the input tax on bills, the share that may be claimed; the rest is cost. 100 claims all of it.",
    )

    _deductible_range = models.Constraint(
        "CHECK(deductible >= 0 AND deductible <= 100)", "The share of input tax lies between 0 and 100 percent."
    )
    _account_uniq = models.Constraint("UNIQUE(company_id, account_id)", "There is a note on this account already.")

    @api.model_create_multi
    def create(self, vals_list):
        """What is said counts at once, and in the next snapshot."""
        notes = super().create(vals_list)
        notes._log_notes("created")
        notes._learn_again(notes.company_id)
        return notes

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        self._log_notes("changed")
        self._learn_again(companies | self.company_id)
        return result

    def unlink(self):
        companies = self.company_id
        self._log_notes("deleted")
        result = super().unlink()
        self._learn_again(companies)
        return result

    def _log_notes(self, change):
        payloads = [
            {
                "change": change,
                "account_id": note.account_id.id,
                "is_excluded": note.is_excluded,
                "description": note.description or "",
                "deductible": note.deductible,
            }
            for note in self
        ]
        self.env["ai.audit.log"]._append("setting_changed", self, payloads)

    def _learn_again(self, companies):
        for company in companies:
            # Snapshots are the addon's; the note is the user's.
            self.env["ai.learning.model"].sudo()._ask_for_snapshot(company)
