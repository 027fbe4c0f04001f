"""Which accounts codings may use, and the words that describe them."""

from odoo import models
from odoo.tools import SQL

from ...engine.coding import Part, Template

#: Where payments are coded to; money itself, receivables and payables are matched, not coded.
CODED_TYPES = (
    "asset_current",
    "asset_prepayments",
    "equity",
    "expense",
    "expense_other",
    "expense_depreciation",
    "expense_direct_cost",
    "income",
    "income_other",
    "liability_current",
    "liability_non_current",
)


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    def _ai_forbidden_accounts(self):
        """Accounts that nothing is proposed on: those that people excluded, and archived ones. One query.

        :rtype: frozenset
        """
        self.ensure_one()
        self.env["ai.account.note"].flush_model()
        self.env["account.account"].flush_model(["active"])
        rows = self.env.execute_query(
            SQL(
                """SELECT account_id FROM ai_account_note WHERE company_id = %s AND is_excluded
                   UNION SELECT a.id FROM account_account a
                     JOIN account_account_res_company_rel rel ON rel.account_account_id = a.id
                    WHERE rel.res_company_id = ANY(%s) AND a.active IS NOT TRUE""",
                self.id,
                self.sudo().parent_ids.ids,
            )
        )
        return frozenset(row[0] for row in rows)

    def _ai_account_names(self):
        """{label of a coding to one account without taxes: its code, names and description}: what can be gone by before
        anything was coded. One query."""
        self.ensure_one()
        self.env["account.account"].flush_model()
        self.env["account.journal"].flush_model(["suspense_account_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT a.id, a.name, n.description
                     FROM account_account a
                     JOIN account_account_res_company_rel rel ON rel.account_account_id = a.id
                     LEFT JOIN ai_account_note n ON n.account_id = a.id AND n.company_id = %(company)s
                    WHERE rel.res_company_id = ANY(%(parents)s) AND a.active AND a.account_type = ANY(%(types)s)
                      AND n.is_excluded IS NOT TRUE
                      AND NOT EXISTS (SELECT 1 FROM account_journal j WHERE j.suspense_account_id = a.id)
                      AND NOT EXISTS (SELECT 1 FROM account_tax_repartition_line t WHERE t.account_id = a.id)
                      AND a.id <> COALESCE(%(transfer)s, 0)
                    ORDER BY a.id""",
                company=self.id,
                parents=self.sudo().parent_ids.ids,
                types=list(CODED_TYPES),
                transfer=self.sudo().transfer_account_id.id or None,
            )
        )
        return {
            Template((Part(account),)).label: " ".join(filter(None, (*dict.fromkeys(names.values()), description)))
            for account, names, description in rows
        }
