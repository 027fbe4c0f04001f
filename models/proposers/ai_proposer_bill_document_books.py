"""Bills on the books: what accepting writes, what has moved since, and what undoing takes back."""

from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...engine.audit import compare
from ...engine.billing.vendor import resolve
from .ai_proposer_bill_document import MOVE_MODEL

ENTRIES = """
SELECT m.id, m.name, m.state, m.date::text, COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
           'id', aml.id,
           'account_id', aml.account_id,
           'partner_id', aml.partner_id,
           'balance', round(aml.balance, mine.decimal_places)::text,
           'currency_id', aml.currency_id,
           'amount_currency', round(aml.amount_currency, its.decimal_places)::text,
           'tax_ids', (SELECT jsonb_agg(account_tax_id ORDER BY account_tax_id)
                         FROM account_move_line_account_tax_rel WHERE account_move_line_id = aml.id),
           'tax_line_id', aml.tax_line_id,
           'tag_ids', (SELECT jsonb_agg(account_account_tag_id ORDER BY account_account_tag_id)
                         FROM account_account_tag_account_move_line_rel WHERE account_move_line_id = aml.id),
           'analytic', aml.analytic_distribution
       )) ORDER BY aml.id) FILTER (WHERE aml.id IS NOT NULL), '[]')
  FROM account_move m
  LEFT JOIN account_move_line aml ON aml.move_id = m.id
  LEFT JOIN res_currency mine ON mine.id = aml.company_currency_id
  LEFT JOIN res_currency its ON its.id = aml.currency_id
 WHERE m.id = ANY(%s)
 GROUP BY m.id
"""


class AiProposerBillDocument(models.AbstractModel):
    _name = "ai.proposer.bill_document"
    _inherit = "ai.proposer.bill_document"

    # === STALE === #

    def _stale(self, suggestions):
        """The draft was filled, posted or deleted by hand, a tax changed, the new vendor exists by now."""
        moves = {move.id: move for move in self._moves(suggestions)}
        known = {int(key) for suggestion in suggestions for key in (suggestion.evidence or {}).get("taxes") or {}}
        taxes = self.env["account.tax"].browse(known).exists()
        found = {}
        for suggestion in suggestions:
            why = self._draft_moved(suggestion, moves.get(suggestion.res_id)) or self._tax_moved(suggestion, taxes)
            if why:
                found[suggestion.id] = why
        rest = suggestions.filtered(lambda suggestion: suggestion.id not in found)
        return {**found, **self._known_by_now(rest)}

    def _draft_moved(self, suggestion, move):
        if not move:
            return self.env._("The draft was deleted.")
        if move.state != "draft":
            return self.env._("The bill was posted or cancelled meanwhile.")
        if move.invoice_line_ids:
            return self.env._("The draft was filled by hand meanwhile.")
        before = (suggestion.evidence or {}).get("before") or {}
        moved = [name for name, value in self._header_of(move).items() if name in before and before[name] != value]
        # Days that nobody chose follow the calendar.
        if set(moved) - {"date", "invoice_date_due"}:
            return self.env._("The draft was changed by hand meanwhile.")
        return None

    def _tax_moved(self, suggestion, taxes):
        known = (suggestion.evidence or {}).get("taxes") or {}
        if set(known) - {str(tax.id) for tax in taxes}:
            return self.env._("A tax was deleted meanwhile.")
        for tax in taxes.filtered(lambda tax: str(tax.id) in known):
            if not tax.active or str(tax.amount) != known[str(tax.id)]:
                return self.env._("The tax %(name)s was changed meanwhile.", name=tax.name)
        return None

    def _known_by_now(self, suggestions):
        """A second bill of a new vendor, after the first one made it: nobody is made twice."""
        fresh = suggestions.filtered(lambda s: not s.is_edited and (s.proposal or {}).get("partner"))
        found = {}
        for company, some in fresh.grouped("company_id").items():
            told = {s.id: {f"vendor_{n}": v for n, v in s.proposal["partner"].items() if n != "name"} for s in some}
            for suggestion in some:
                told[suggestion.id]["vendor"] = suggestion.proposal["partner"]["name"]
            vendors = self.env["ai.facts.vendor"].sudo().with_company(company)._collect(company, list(told.values()))
            for suggestion_id, values in told.items():
                choice = resolve(values, vendors)
                if choice.key or choice.alternatives:
                    found[suggestion_id] = self.env._("The vendor, or one much like it, exists meanwhile.")
        return found

    # === POLICIES === #

    def _bill_posts(self, suggestions):
        """{suggestion id: whether accepting posts it}; else it stays a draft."""
        return {
            suggestion.id: suggestion.company_id.sudo()._ai_bill_posts((suggestion.proposal or {}).get("move_type"))
            for suggestion in suggestions
        }

    def _posting_journals(self, suggestions):
        posts = self._bill_posts(suggestions)
        return {suggestion.id: suggestion.journal_id.sudo() for suggestion in suggestions if posts[suggestion.id]}

    def _bill_vendors(self, suggestions):
        """The vendor that is proposed: the draft names none before it is accepted."""
        told = {suggestion.id: (suggestion.proposal or {}).get("partner_id") for suggestion in suggestions}
        vendors = self.env["res.partner"].sudo().browse({key for key in told.values() if key}).exists()
        by_id = {vendor.id: vendor for vendor in vendors}
        applied = suggestions.filtered(lambda suggestion: suggestion.state == "applied")
        made = {move.id: move.partner_id for move in self._moves(applied).sudo()}
        found = {s.id: by_id.get(told[s.id]) or made.get(s.res_id) for s in suggestions}
        return {key: vendor.commercial_partner_id or vendor for key, vendor in found.items() if vendor}

    def _entry_rows(self, suggestions):
        """What accepting would post, or will when the draft is."""
        waiting = suggestions.filtered("proposal")
        obstacles, entry = self._obstacles(waiting), self.env["ai.bill.entry"]
        return {
            suggestion.id: ([], obstacles[suggestion.id])
            if suggestion.id in obstacles
            else (entry._entry_rows(suggestion), None)
            for suggestion in waiting
        }

    # === APPLY === #

    def _apply(self, suggestions):
        moves = {move.id: move for move in self._moves(suggestions)}
        obstacles = self._obstacles(suggestions)
        if obstacles:
            # Something came up since it was accepted first, or a batch was signed off.
            raise UserError("\n".join(obstacles.values()))
        posts = self._bill_posts(suggestions)
        for suggestion in suggestions:
            move = moves[suggestion.res_id].with_company(suggestion.company_id)
            self.env["ai.bill.entry"]._fill(move, suggestion.proposal)
            if posts[suggestion.id]:
                self._post(move, suggestion.proposal)
        return {suggestion.id: [suggestion.res_id] for suggestion in suggestions}

    def _post(self, move, proposal):
        wanted = fields.Date.to_date(proposal.get("date")) or move.date
        move.action_post()
        if move.date != wanted:
            raise UserError(
                self.env._(
                    "%(wanted)s is locked: the bill would be booked on %(date)s. Choose the accounting date.",
                    wanted=wanted,
                    date=move.date,
                )
            )

    # === UNDO === #

    def _undo(self, suggestions):
        moves = {move.id: move for move in self._moves(suggestions)}
        for suggestion in suggestions:
            move = moves[suggestion.res_id].with_company(suggestion.company_id)
            if move.state == "draft":
                self._empty(suggestion, move)
            elif self._why_no_reset(move):
                self._link_credit_note(suggestion, self._credit_note(move))
            else:
                move.button_draft()
                self._empty(suggestion, move)

    def _empty(self, suggestion, move):
        self.env["ai.bill.entry"]._empty(move, (suggestion.evidence or {}).get("before") or {})

    def _why_no_reset(self, move):
        """Why a posted bill can't become a draft again; None when it can."""
        items = move.line_ids
        if move.payment_state not in ("not_paid", "blocked") or items.matched_debit_ids or items.matched_credit_ids:
            return self.env._("it is paid")
        if move.inalterable_hash:
            return self.env._("it is secured by a hash")
        if move.is_move_sent:
            return self.env._("it was sent")
        if move._get_violated_lock_dates(move.date, move._affect_tax_report()):
            return self.env._("its period is locked")
        return None

    def _credit_note(self, move):
        """A credit note over the whole bill, in the first open period; it pays the bill, unless money has already."""
        day = max(self._first_open_day(move), move.date)
        is_open = move.payment_state in ("not_paid", "blocked")
        values = {
            "date": day,
            "invoice_date": day,
            "ref": self.env._("Undone: %(name)s", name=move.ref or move.name),
        }
        reversal = move._reverse_moves([values], cancel=is_open)
        if not is_open:
            reversal._post(soft=False)
        return reversal

    def _first_open_day(self, move):
        locks = move._get_violated_lock_dates(move.date, True)
        today = fields.Date.context_today(self)
        return today if locks else move.date

    def _link_credit_note(self, suggestion, reversal):
        suggestion._link_moves({suggestion.id: reversal.ids})

    def _later_changes(self, suggestions):
        """(those whose bill is gone or empty again, {id: why undoing would hit somebody else's work})"""
        moves = {move.id: move for move in self._moves(suggestions)}
        now = self._entries(suggestions)
        gone, refused = suggestions.browse(), {}
        for suggestion in suggestions:
            move = moves.get(suggestion.res_id)
            if not move or move.state == "cancel" or not move.invoice_line_ids or self._is_reversed(move):
                gone += suggestion
            elif self._is_edited_since(suggestion, now):
                refused[suggestion.id] = self.env._(
                    "%(name)s was changed in Odoo after it was accepted: undoing would lose that. Change it there.",
                    name=suggestion.label or suggestion.name,
                )
        return gone, refused

    def _is_reversed(self, move):
        return any(
            reversal.state == "posted"
            and not move.currency_id.compare_amounts(reversal.amount_total, move.amount_total)
            for reversal in move.reversal_move_ids
        )

    def _is_edited_since(self, suggestion, now):
        booked, standing = (suggestion.after or {}).get("entries"), now[suggestion.id]["entries"]
        return bool(booked) and bool(standing) and compare.is_recoded(booked[0], standing[0])

    def _changed_later(self, suggestions):
        gone, refused = self._later_changes(suggestions)
        if refused:
            raise UserError(next(iter(refused.values())))
        return gone

    def _undo_preview(self, suggestions):
        moves = {move.id: move for move in self._moves(suggestions)}
        gone, refused = self._later_changes(suggestions)
        found = {}
        for suggestion in suggestions:
            move, text = moves.get(suggestion.res_id), refused.get(suggestion.id)
            reversed_moves = []
            if suggestion in gone:
                text = self.env._("It was undone in Odoo before.")
            elif not text and move.state == "posted" and self._why_no_reset(move):
                why = self._why_no_reset(move)
                text = self.env._("%(name)s gets a credit note, because %(why)s.", name=move.name, why=why)
                reversed_moves = [{"move_id": move.id, "name": move.name}]
            elif not text:
                text = self.env._("The bill becomes an empty draft again; its document stays.")
            can_undo = suggestion.id not in refused and suggestion not in gone
            found[suggestion.id] = {"can_undo": can_undo, "reversed": reversed_moves, "text": text}
        return found

    # === WHAT THE BOOKS SAY === #

    def _entries(self, suggestions):
        self.env["account.move.line"].flush_model()
        self.env[MOVE_MODEL].flush_model(["name", "state", "date"])
        rows = self.env.execute_query(SQL(ENTRIES, suggestions.mapped("res_id")))
        entries = {
            move_id: {"move_id": move_id, "name": name, "state": state, "date": date, "items": items}
            for move_id, name, state, date, items in rows
        }
        return {
            suggestion.id: {
                "entries": [entries[suggestion.res_id]] if suggestion.res_id in entries else [],
                "counterparts": [],
            }
            for suggestion in suggestions
        }

    def _compare(self, suggestions):
        """A bill that somebody posts, pays or resets is no change; another coding, or its reversal, is."""
        now = self._entries(suggestions)
        move_ids = suggestions.mapped("res_id")
        who = defaultdict(lambda: (False, False))
        for move in self.env[MOVE_MODEL].sudo().browse(move_ids).exists():
            hands = [(record.write_date, record.write_uid.id) for record in (move, *move.invoice_line_ids)]
            who[move.id] = max(hands)[::-1]
        found = {}
        for suggestion in suggestions:
            entries = now[suggestion.id]["entries"]
            if not entries:
                found[suggestion.id] = (compare.DELETED, suggestion.touched_by_id.id, suggestion.touched_at)
            elif self._is_edited_since(suggestion, now):
                found[suggestion.id] = (compare.RECODED, *who[suggestion.res_id])
            else:
                found[suggestion.id] = (None, False, False)
        return found
