"""What kinds share whose suggestions are journal entries of their own: cut-over, settlement, advance, netting."""

from collections import defaultdict
from decimal import Decimal

from odoo import Command, models
from odoo.exceptions import UserError

from ...engine.proposal import fingerprint


class AiProposerEntry(models.AbstractModel):
    """``proposal``: ``{"version": 1, "lines": [row ...], "remainder": "0", "partner_id"}``. A row is one journal item:

    ``account_id``, ``amount`` (decimal string in the company's currency, a debit is positive, tax included if there are
    ``tax_ids``), ``label``; beside them ``partner_id``, ``tax_ids``, ``analytic_distribution``, ``currency_id`` with
    ``amount_currency`` (decimal string), ``date`` (rows of one date make one entry; else the suggestion's),
    ``move_line_id`` (the open item that it settles). The rows of each date add up to zero.

    The suggestion's ``res_model`` and ``res_id`` are what the entry is about, ``journal_id`` is where it is posted.
    """

    _name = "ai.proposer.entry"
    _inherit = "ai.proposer"
    _description = "Proposer of Journal Entries"

    # === PROPOSING === #

    def _suggest(self, record, rows, **values):
        """The open suggestion of this kind about ``record``, made or refreshed.

        :param rows: as above; none: an open suggestion is superseded
        :param values: of the suggestion: ``case``, ``tier``, ``journal_id``, ``partner_id``, ``amount``,
            ``currency_id``, ``date``, ``label``, ``evidence`` (``reasons``, ``alternatives`` ...), ``confidence``
        """
        suggestions = self.env["ai.suggestion"].sudo()
        known = suggestions.search(
            [
                ("kind", "=", self._kind),
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("state", "=", "pending"),
            ]
        )
        proposal = {"version": 1, "lines": rows, "remainder": "0", "partner_id": values.get("partner_id") or None}
        values = {**values, "proposal": proposal, "fingerprint": self._fingerprint(proposal)}
        if not rows:
            known._supersede(self.env._("There is nothing left to book."))
            return suggestions
        self._check_balanced(rows)
        values["evidence"] = {
            "version": 1,
            "case": values.get("case"),
            "reasons": [],
            "alternatives": [],
            "ticks": {},
            "marks": [],
            **(values.get("evidence") or {}),
            "open": self._open_amounts(rows),
        }
        if known[:1].fingerprint == values["fingerprint"]:
            return known[:1]
        if self._was_rejected(record, values["fingerprint"]):
            return suggestions
        if known:
            known[:1].write(values)
            found, event = known[:1], "refreshed"
        else:
            found = suggestions.create(
                {
                    "kind": self._kind,
                    "res_model": record._name,
                    "res_id": record.id,
                    "company_id": record.company_id.id,
                    **values,
                }
            )
            event = "proposed"
        found._replace_items()
        found._log(event, [{"fingerprint": values["fingerprint"]}])
        found._decide_by_policy()
        return found

    def _was_rejected(self, record, mark):
        """A rejected proposal comes back only if its facts changed."""
        return bool(
            self.env["ai.suggestion"]
            .sudo()
            .search_count(
                [
                    ("kind", "=", self._kind),
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("state", "=", "rejected"),
                    ("fingerprint", "=", mark),
                ],
                limit=1,
            )
        )

    def _fingerprint(self, proposal):
        rows = [{**row, "account_id": f"{row['account_id']}/{row.get('partner_id') or 0}/{row.get('date') or ''}/"
                 f"{row.get('move_line_id') or 0}"} for row in proposal["lines"]]  # fmt: skip
        return fingerprint({**proposal, "lines": rows})

    def _settling_rows(self, proposal):
        return [row for row in proposal.get("lines") or [] if row.get("move_line_id")]

    def _check_balanced(self, rows):
        sums = defaultdict(Decimal)
        for row in rows:
            sums[row.get("date")] += Decimal(row["amount"])
        if any(sums.values()):
            raise UserError(self.env._("The rows of the entry do not add up to zero."))

    def _open_amounts(self, rows):
        return {str(item.id): str(item.amount_residual_currency) for item in self._settled(rows).values()}

    def _settled(self, rows):
        ids = [row["move_line_id"] for row in rows if row.get("move_line_id")]
        return {item.id: item for item in self.env["account.move.line"].sudo().browse(ids).exists()}

    # === DECIDING === #

    def _stale(self, suggestions):
        found = {}
        for suggestion in suggestions:
            why = self._moved(suggestion)
            if why:
                found[suggestion.id] = why
        return found

    def _moved(self, suggestion):
        """Why the suggestion can't be booked as it stands; None when it can."""
        if not self.env[suggestion.res_model].browse(suggestion.res_id).exists():
            return self.env._("What this is about was deleted.")
        rows = suggestion.proposal["lines"]
        items, known = self._settled(rows), (suggestion.evidence or {}).get("open") or {}
        for row in rows:
            item = items.get(row.get("move_line_id"))
            if row.get("move_line_id") and (not item or item.parent_state != "posted"):
                return self.env._("A document was deleted or reset meanwhile.")
            was = known.get(str(row.get("move_line_id")))
            if item and was is not None and item.currency_id.compare_amounts(float(was), item.amount_residual_currency):
                return self.env._("%(name)s was partly paid or changed meanwhile.", name=item.move_id.name)
        return None

    def _posting_journals(self, suggestions):
        return {suggestion.id: suggestion.journal_id.sudo() for suggestion in suggestions}

    def _apply(self, suggestions):
        return {suggestion.id: self._book(suggestion).ids for suggestion in suggestions}

    def _book(self, suggestion):
        """The posted entries, one a date, their rows matched with the items that they settle."""
        rows = suggestion.proposal["lines"]
        self._check_balanced(rows)
        days = defaultdict(list)
        for row in rows:
            days[row.get("date") or str(suggestion.date)].append(row)
        entries, pairs = self.env["account.move"], []
        for day in sorted(days):
            entry, found = self._book_day(suggestion, day, days[day])
            entries += entry
            pairs += found
        self.env["account.move.line"]._reconcile_plan([new + item for new, item in pairs])
        return entries

    def _book_day(self, suggestion, day, rows):
        values, settling = [], []
        for row in rows:
            made = self._row_values(suggestion, row)
            settling += [row.get("move_line_id"), *[None] * (len(made) - 1)]
            values += made
        entry = (
            self.env["account.move"]
            .with_context(skip_invoice_sync=True)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": suggestion.journal_id.id,
                    "date": day,
                    "ref": suggestion.label,
                    "line_ids": [Command.create(row) for row in values],
                }
            )
        )
        entry._post(soft=False)
        items = self._settled(rows)
        made = zip(entry.line_ids.sorted("id"), settling, strict=True)
        return entry, [(new, items[key].with_env(self.env)) for new, key in made if key]

    def _row_values(self, suggestion, row):
        """Journal items of one row: itself, and its taxes."""
        company = suggestion.company_id
        balance = float(row["amount"])
        values = {
            "account_id": row["account_id"],
            "partner_id": row.get("partner_id") or (suggestion.proposal.get("partner_id") or False),
            "name": row.get("label") or suggestion.label,
            "currency_id": row.get("currency_id") or company.currency_id.id,
            "amount_currency": float(row.get("amount_currency") or row["amount"]),
            "balance": balance,
        }
        if row.get("analytic_distribution"):
            values["analytic_distribution"] = row["analytic_distribution"]
        taxes = self.env["account.tax"].browse(row.get("tax_ids") or [])
        return self.env["ai.bank.entry"]._taxed_values(suggestion, values, taxes) if taxes else [values]

    # === UNDOING === #

    def _made(self, suggestion):
        """The entries that it posted and that still stand."""
        return suggestion.move_ids.exists().filtered(lambda move: move.state == "posted" and not move.reversal_move_ids)

    def _later_changes(self, suggestions):
        gone, refused = suggestions.browse(), {}
        for suggestion in suggestions:
            entries = self._made(suggestion)
            if not entries:
                gone += suggestion
                continue
            own = {row["move_line_id"] for row in suggestion.proposal["lines"] if row.get("move_line_id")}
            partials = entries.line_ids.matched_debit_ids + entries.line_ids.matched_credit_ids
            others = (partials.debit_move_id + partials.credit_move_id - entries.line_ids).filtered(
                lambda item, own=own: item.id not in own
            )
            if others:
                refused[suggestion.id] = self.env._(
                    "%(name)s was matched with it since: undo that first.", name=others[:1].move_id.name
                )
        return gone, refused

    def _changed_later(self, suggestions):
        gone, refused = self._later_changes(suggestions)
        if refused:
            raise UserError(next(iter(refused.values())))
        return gone

    def _undo(self, suggestions):
        for suggestion in suggestions:
            for entry in self._made(suggestion):
                self._take_back(entry)

    def _take_back(self, entry):
        """Reversed on its own day, or on the first open one."""
        locks = entry._get_violated_lock_dates(entry.date, entry._affect_tax_report())
        settled = entry.line_ids.filtered(lambda item: item.matched_debit_ids or item.matched_credit_ids)
        if locks and settled:
            raise UserError(self.env._("The period of %(name)s is locked, so what it settled stays.", name=entry.name))
        entry.line_ids.remove_move_reconcile()
        day = self.env["ai.bank.return.entry"]._open_day(entry.company_id, entry.date, entry.journal_id, entry)
        values = {"date": day, "ref": self.env._("Undone: %(entry)s", entry=entry.name)}
        entry._reverse_moves([values], cancel=True)

    def _undo_preview(self, suggestions):
        found = {}
        for suggestion in suggestions:
            entries = self._made(suggestion)
            found[suggestion.id] = {
                "can_undo": bool(entries),
                "reversed": [{"move_id": entry.id, "name": entry.name} for entry in entries],
                "text": self.env._("Reversed: %(names)s", names=", ".join(entries.mapped("name"))),
            }
        return found
