"""What deciding a bank line does to tax report and side entries, per suggestion."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError, ValidationError

from ...engine.vocabulary import CASH_DISCOUNT


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer.bank"

    # === UNDO === #

    def _undo_effects(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        rejoining = suggestions.filtered(self._has_reopened)
        effects = self.env["ai.bank.effects"]
        plan = effects._of_undo(suggestions - rejoining, lines)
        found = self._read_plan(plan)
        for suggestion in rejoining.filtered(lambda s: s.res_id in lines):
            # What the returned payment had paid is reconciled anew: only Odoo knows what that makes.
            try:
                found[suggestion.id] = self._rehearse(suggestion, "_undo")
            except (UserError, ValidationError):
                found[suggestion.id] = ([], [])
        return found

    def _read_plan(self, plan):
        """From [(move, sign, date) ...] per suggestion to its tax rows and made entries, in two queries for all."""
        effects = self.env["ai.bank.effects"]
        move_ids = list({move.id for rows in plan.values() for move, _sign, _day in rows})
        tax_rows, made = defaultdict(list), {row["move_id"]: row for row in effects._made(move_ids)}
        for row in effects._tax_rows(move_ids):
            tax_rows[row["move_id"]].append(row)
        return {
            suggestion_id: (
                [
                    {**row, "date": day, "balance": sign * row["balance"]}
                    for move, sign, day in rows
                    for row in tax_rows[move.id]
                ],
                [
                    {**made[move.id], "date": day, "amount": sign * made[move.id]["amount"]}
                    for move, sign, day in rows
                    if move.id in made
                ],
            )
            for suggestion_id, rows in plan.items()
        }

    def _has_reopened(self, suggestion):
        return any(row.get("reopens") for row in (suggestion.proposal or {}).get("counterparts") or [])

    # === ACCEPT === #

    def _accept_effects(self, suggestions):
        found, refused = {}, {}
        for suggestion in self._with_effects(suggestions):
            try:
                found[suggestion.id] = self._rehearse(suggestion, "_apply")
            except (UserError, ValidationError) as error:
                refused[suggestion.id] = str(error.args[0] if error.args else error)
        return found, refused

    def _rehearse(self, suggestion, method):
        # Nothing stays of it, so the right to look is enough; locks and their exceptions are still the reader's own.
        proposer = self.sudo()
        lines = proposer._lines(suggestion.sudo())
        return proposer.env["ai.bank.effects"]._rehearsed(
            lines.move_id, lambda: getattr(proposer, method)(suggestion.sudo())
        )

    def _with_effects(self, suggestions):
        """Those that may touch taxes, exchange or locks: all others only move company currency."""
        lines = {line.id: line for line in self._lines(suggestions)}
        rows = {s.id: (s.proposal or {}).get("counterparts") or [] for s in suggestions}
        # Read for the answer only; that the reader may see the suggestion was checked.
        items = self._browse({row["move_line_id"] for found in rows.values() for row in found}).sudo().exists()
        special = {
            item.id
            for item in items
            if not item.move_id.always_tax_exigible or item.currency_id != item.company_id.currency_id
        }

        def is_special(suggestion):
            line = lines.get(suggestion.res_id)
            return bool(line) and (
                bool(special.intersection(row["move_line_id"] for row in rows[suggestion.id]))
                or bool(self._taxed_rows(suggestion))
                or self._has_reopened(suggestion)
                or line.currency_id != line.company_id.currency_id
                or bool(self.env["ai.bank.return.entry"]._locks(line))
            )

        return suggestions.filtered(is_special)

    def _taxed_rows(self, suggestion):
        proposal = suggestion.proposal or {}
        rows = (proposal.get("write_off") or []) + (proposal.get("lines") or [])
        return [
            row
            for row in rows
            if row.get("tax_ids") or (row.get("reason") == CASH_DISCOUNT and row.get("move_line_id"))
        ]

    def _accept_outlook(self, suggestions):
        """The bank line's own taxes, computed without writing: what a card shows of an old line. Entries that Odoo
        makes beside it are dated by Odoo after the locks; the preview rehearses them."""
        taxed = suggestions.filtered(self._taxed_rows)
        lines = {line.id: line for line in self._lines(taxed).sudo()}
        found = {}
        for suggestion in taxed.filtered(lambda s: s.res_id in lines):
            line, proposal = lines[suggestion.res_id], suggestion.proposal
            items = self.sudo()._items([proposal])
            try:
                rows = self.env["ai.bank.entry"].sudo()._rows(line, proposal, items)
            except (UserError, ValidationError):
                continue
            found[suggestion.id] = (self._value_rows(line, rows), [])
        return found

    def _value_rows(self, line, rows):
        """As ``ai.bank.effects._tax_rows``, from values of journal items."""
        company_id, move_id = line.company_id.id, line.move_id.id
        return [each for values in rows for each in self._tax_rows_of(values, line.date, company_id, move_id)]

    def _tax_rows_of(self, values, day, company_id, move_id=False):
        """What one journal item, given as values, tells the tax report."""
        common = {"move_id": move_id, "date": day, "company_id": company_id, "balance": values["balance"]}
        found = [{**common, "part": "base", "key": tax_id} for tax_id in self._ids_of(values.get("tax_ids"))]
        found += [{**common, "part": "tag", "key": tag_id} for tag_id in self._ids_of(values.get("tax_tag_ids"))]
        repartition_id = values.get("tax_repartition_line_id")
        if repartition_id:
            tax = self.env["account.tax.repartition.line"].sudo().browse(repartition_id).tax_id
            found.append({**common, "part": "tax", "key": tax.id})
        return found

    def _ids_of(self, commands):
        """Ids of a value of a many2many: ``Command.set`` and ``Command.link`` are what taxes are written with."""
        ids = []
        for command in commands or []:
            if isinstance(command, int):
                ids.append(command)
            else:
                ids += command[2] if command[0] == 6 else [command[1]]
        return ids
