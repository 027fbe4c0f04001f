"""The journal items that accepting would post: what effects and totals are computed from."""

from odoo import models
from odoo.exceptions import UserError, ValidationError


class AiProposer(models.AbstractModel):
    _name = "ai.proposer"
    _inherit = "ai.proposer"

    def _entry_rows(self, suggestions):
        """What ``_apply`` would post opposite the record, without writing.

        :return: {suggestion id: (rows, problem)}; a row is ``{account_id, partner_id, balance, tax_ids, tax_id}``
            with ``balance`` in the company's currency, ``tax_ids`` on a base row and ``tax_id`` on a tax row;
            ``problem`` is a sentence when it could not be computed
        """
        return {}


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    def _entry_rows(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        items = self._items([suggestion.proposal or {} for suggestion in suggestions])
        existing = self._browse(set(items)).exists()
        items = {item.id: item for item in existing}
        return {s.id: self._rows_of(s, lines.get(s.res_id), items) for s in suggestions}

    def _rows_of(self, suggestion, line, items):
        proposal = suggestion.proposal
        if not line or not proposal:
            return [], None
        if any(row["move_line_id"] not in items for row in proposal.get("counterparts") or []):
            return [], self.env._("A document was deleted or reset meanwhile.")
        try:
            rows = self.env["ai.bank.entry"]._rows(line, proposal, items)
        except (UserError, ValidationError) as error:
            return [], str(error.args[0])
        repartition = self.env["account.tax.repartition.line"]
        return [
            {
                "account_id": row["account_id"],
                "partner_id": row.get("partner_id") or False,
                "balance": row.get("balance") or 0.0,
                "tax_ids": [tax_id for command in row.get("tax_ids") or [] for tax_id in command[2] or []],
                "tax_id": repartition.browse(row.get("tax_repartition_line_id") or []).tax_id.id,
            }
            for row in rows
        ], None
