"""What matching and coding of bank lines share: the target, staleness, booking and undoing."""

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...engine import schema
from ...engine.proposal import fingerprint
from ...engine.vocabulary import TRANSFER

LINE_MODEL = "account.bank.statement.line"


class AiProposerBank(models.AbstractModel):
    _name = "ai.proposer.bank"
    _inherit = "ai.proposer"
    _description = "Proposer for Bank Lines"

    def _models(self):
        return (LINE_MODEL,)

    def _lines(self, suggestions):
        return self.env[LINE_MODEL].browse(suggestions.mapped("res_id")).exists()

    # === VALUES === #

    def _line_values(self, line):
        return {
            "kind": self._kind,
            "res_model": LINE_MODEL,
            "res_id": line.id,
            "company_id": line.company_id.id,
            "journal_id": line.journal_id.id,
            "amount": line.amount,
            "currency_id": line.currency_id.id,
            "date": line.date,
            "label": line.payment_ref,
        }

    def _problems(self, record, proposal):
        found = [
            self.env._("Field '%(path)s': %(code)s.", path=path, code=code.replace("_", " "))
            for code, path in self._shape_problems(proposal)
        ]
        if found:
            return found
        record = record.sudo()
        places = record.currency_id.decimal_places
        for path in schema.too_fine(proposal, places):
            found.append(self.env._("Field '%(path)s' has more than %(places)s decimals.", path=path, places=places))
        if record.is_reconciled:
            return [self.env._("The bank line is reconciled already.")]
        if float_compare(float(schema.total(proposal)), record.amount, precision_digits=6):
            found.append(
                self.env._(
                    "The parts add up to %(total)s, but the bank line is %(amount)s.",
                    total=schema.total(proposal),
                    amount=record.amount,
                )
            )
        found += self._foreign_records(record, proposal)
        # Only once all records are the company's own: what is wrong with another's is none of the caller's business.
        return found or self._item_problems(record, proposal)

    def _normalised(self, record, proposal):
        return schema.normalised(proposal, record.sudo().currency_id.decimal_places)

    def _item_problems(self, record, proposal):
        """What keeps the counterparts from being settled, said now and not when somebody accepts."""
        rows = proposal.get("counterparts") or []
        items = self._browse({row["move_line_id"] for row in rows}).sudo().exists()
        found = []
        if len(items) < len(rows):
            found.append(self.env._("An item is named twice or does not exist."))
        by_id = {item.id: item for item in items}
        for row in rows:
            item = by_id.get(row["move_line_id"])
            problem = item and self._item_problem(record, item, row)
            if problem:
                found.append(problem)
        return found

    def _item_problem(self, record, item, row):
        name = item.move_id.name or item.display_name
        if item.parent_state != "posted":
            return self.env._("%(name)s is not posted.", name=name)
        if item.move_id == record.move_id or not item.account_id.reconcile:
            return self.env._("%(name)s on %(account)s can't be reconciled.", name=name, account=item.account_id.code)
        if row.get("reopens"):
            return None if item.reconciled else self.env._("%(name)s pays nothing that could be reopened.", name=name)
        if item.reconciled:
            return self.env._("%(name)s is paid already.", name=name)
        return self._overdrawn(record, item, row)

    def _overdrawn(self, record, item, row):
        """An item is settled in its own direction and not by more than it is open."""
        settled = float(row["amount"])
        if item.currency_id != record.currency_id:
            settled = float(row.get("item_amount") or 0)
        left = item.amount_residual_currency
        if settled * left < 0 or item.currency_id.compare_amounts(abs(settled), abs(left)) > 0:
            return self.env._(
                "%(name)s is open by %(open)s: %(amount)s is too much or has the wrong sign.",
                name=item.move_id.name,
                open=left,
                amount=settled,
            )
        return None

    def _foreign_records(self, record, proposal):
        """Ids in a proposal are data from outside: they must exist, and belong to the line's company."""
        company = record.company_id
        rows = [row for name in ("counterparts", "write_off", "lines") for row in proposal.get(name) or []]
        wanted = {
            "account.move.line": {row["move_line_id"] for row in rows if row.get("move_line_id")}
            | {item_id for row in rows for item_id in row.get("reopens") or ()},
            "account.account": {row["account_id"] for row in rows if row.get("account_id")},
            "account.tax": {tax_id for row in rows for tax_id in row.get("tax_ids") or []},
            "res.partner": {proposal["partner_id"]} if proposal.get("partner_id") else set(),
            "account.analytic.account": {
                int(part) for row in rows for key in row.get("analytic_distribution") or () for part in key.split(",")
            },
            LINE_MODEL: {row["pair_line_id"] for row in rows if row.get("pair_line_id")},
        }
        found = []
        for model, ids in wanted.items():
            field = {"account.account": "company_ids"}.get(model, "company_id")
            domain = [("id", "in", list(ids))]
            if model in ("res.partner", "account.analytic.account"):
                domain.append((field, "in", (False, company.id, company.root_id.id)))
            else:
                domain.append((field, "parent_of", company.ids))
            if len(self.env[model].sudo().search(domain)) != len(ids):
                found.append(self.env._("A record of %(model)s is unknown in this company.", model=model))
        return found

    def _submitted_values(self, record, proposal):
        record = record.sudo()
        rows = proposal.get("counterparts") or []
        items = self.env["account.move.line"].sudo().browse([row["move_line_id"] for row in rows])
        postings = (proposal.get("write_off") or []) + (proposal.get("lines") or [])
        return {
            **self._line_values(record),
            "case": "manual",
            "partner_id": proposal.get("partner_id"),
            "proposal": {"version": 1, "remainder": "0", **proposal},
            "evidence": {
                "case": "manual",
                "partner_before": record.partner_id.id,
                "open": {str(item.id): str(item.amount_residual_currency) for item in items},
                "taxes": self._tax_rates(postings),
                "alternatives": [],
                "reasons": [],
                "ticks": {},
                "marks": [],
            },
            "fingerprint": fingerprint(proposal),
        }

    def _edited_values(self, suggestion, record, proposal):
        values = self._submitted_values(record, proposal)
        old = suggestion.evidence or {}
        kept = [choice for choice in old.get("alternatives", []) if choice["key_full"] != values["fingerprint"]]
        if not suggestion.is_question and suggestion.proposal:
            kept.insert(0, self._as_choice(suggestion))
        evidence = {
            **values["evidence"],
            "partner_before": old.get("partner_before"),
            "open": {**old.get("open", {}), **values["evidence"]["open"]},
            "alternatives": kept,
        }
        names = ("case", "partner_id", "proposal", "fingerprint")
        # What a person says has no measured confidence.
        return {**{name: values[name] for name in names}, "evidence": evidence, "confidence": 0.0, "margin": 0.0}

    def _as_choice(self, suggestion):
        """What was proposed until now, as an alternative that can be taken back with a click."""
        evidence = suggestion.evidence or {}
        return {
            "key": suggestion.fingerprint[:12],
            "key_full": suggestion.fingerprint,
            "case": suggestion.case,
            "confidence": suggestion.confidence,
            "ticks": evidence.get("ticks") or {},
            "reasons": evidence.get("reasons") or [],
            "marks": evidence.get("marks") or [],
            "support": evidence.get("support") or [0, 0],
            "lost": ["lost_edited", {}],
            "proposal": suggestion.proposal,
        }

    def _tax_rates(self, postings):
        """What a suggestion remembers of the taxes it would book, to notice that one was changed."""
        ids = {tax_id for row in postings for tax_id in row.get("tax_ids") or []}
        return {str(tax.id): str(tax.amount) for tax in self.env["account.tax"].sudo().browse(sorted(ids))}

    # === STALE === #

    def _stale(self, suggestions):
        """The line was edited or reconciled, an item was paid, a tax changed: in a handful of queries."""
        lines = {line.id: line for line in self._lines(suggestions)}
        rows = {s.id: (s.proposal or {}).get("counterparts") or [] for s in suggestions}
        items = (
            self.env["account.move.line"]
            .browse({row["move_line_id"] for found in rows.values() for row in found})
            .exists()
        )
        by_id = {item.id: item for item in items}
        known = {int(tax_id) for suggestion in suggestions for tax_id in (suggestion.evidence or {}).get("taxes") or {}}
        taxes = self.env["account.tax"].browse(known).exists()
        found = {}
        for suggestion in suggestions:
            why = (
                self._line_moved(suggestion, lines.get(suggestion.res_id))
                or next(filter(None, (self._item_moved(suggestion, row, by_id) for row in rows[suggestion.id])), None)
                or self._tax_moved(suggestion, taxes)
            )
            if why:
                found[suggestion.id] = why
        return found

    def _line_moved(self, suggestion, line):
        if not line:
            return self.env._("The bank line was deleted.")
        if line.is_reconciled:
            return self.env._("The bank line was reconciled meanwhile.")
        same = (
            not line.currency_id.compare_amounts(line.amount, suggestion.amount)
            and line.date == suggestion.date
            and (line.payment_ref or "") == (suggestion.label or "")
        )
        if not same:
            return self.env._("The bank line was edited meanwhile.")
        if float_compare(float(schema.total(suggestion.proposal)), self._unexplained(line), precision_digits=6):
            return self.env._("Part of the bank line was booked meanwhile.")
        return None

    def _unexplained(self, line):
        """What is left of the line, in the journal's currency and with the line's sign."""
        _liquidity, suspense, other = line._seek_for_lines()
        if not other:
            return line.amount
        return -sum(suspense.mapped("amount_currency"))

    def _item_moved(self, suggestion, row, items):
        item = items.get(row["move_line_id"])
        if not item or item.parent_state != "posted":
            return self.env._("A document was deleted or reset meanwhile.")
        known = suggestion.evidence.get("open", {}).get(str(item.id))
        if row.get("reopens"):
            return None if item.reconciled else self.env._("The returned payment was undone meanwhile.")
        if item.reconciled:
            return self.env._("%(name)s was paid meanwhile.", name=item.move_id.name)
        if known is not None and item.currency_id.compare_amounts(float(known), item.amount_residual_currency):
            return self.env._("%(name)s was partly paid or changed meanwhile.", name=item.move_id.name)
        return None

    def _tax_moved(self, suggestion, taxes):
        known = (suggestion.evidence or {}).get("taxes") or {}
        for tax in taxes.filtered(lambda tax: str(tax.id) in known):
            if not tax.active or str(tax.amount) != known[str(tax.id)]:
                return self.env._("The tax %(name)s was changed meanwhile.", name=tax.name)
        return None

    # === POLICIES === #

    def _posting_journals(self, suggestions):
        """The bank's, and those of exchange differences and cash-basis taxes that matching may book."""
        found = {}
        for suggestion in suggestions:
            company = suggestion.company_id.sudo()
            journals = suggestion.journal_id.sudo()
            rows = (suggestion.proposal or {}).get("counterparts") or []
            if rows and (suggestion.currency_id != company.currency_id or any(row.get("item_amount") for row in rows)):
                journals |= company.currency_exchange_journal_id
            if rows and company.tax_exigibility:
                journals |= company.tax_cash_basis_journal_id
            found[suggestion.id] = journals
        return found

    # === APPLY === #

    def _apply(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        proposals = {suggestion.id: suggestion.proposal for suggestion in suggestions}
        items = self._items(proposals.values())
        self._reopen(proposals.values(), items)
        simple = suggestions.filtered(lambda s: self._is_simple(lines[s.res_id], s.proposal, items))
        moves = self.env["account.move"].browse([line.move_id.id for line in lines.values()])
        # Accounts and partners change, no amount and no tax: one check of the balance for all instead of one each.
        quiet = self.with_context(skip_invoice_sync=True, check_move_validity=False)
        with moves._check_balanced({"records": moves}):
            same_lines = {line.id: line for line in quiet._lines(suggestions)}
            quiet._set_partners(same_lines, suggestions)
            pairs = quiet._book_simple(simple, same_lines, items)
        pairs = [(self.env["account.move.line"].browse(new.id), item) for new, item in pairs]
        entry = self.env["ai.bank.entry"]
        for suggestion in suggestions - simple:
            pairs += entry._book(lines[suggestion.res_id], suggestion.proposal, items)
        pairs += self._transfer_pairs(suggestions, lines)
        self.env["account.move.line"]._reconcile_plan([new + item for new, item in pairs])
        return {
            suggestion.id: [
                lines[suggestion.res_id].move_id.id,
                *{items[row["move_line_id"]].move_id.id for row in suggestion.proposal.get("counterparts") or []},
            ]
            for suggestion in suggestions
        }

    def _items(self, proposals):
        ids = {row["move_line_id"] for proposal in proposals for row in proposal.get("counterparts") or []}
        return {item.id: item for item in self.env["account.move.line"].browse(ids)}

    def _is_simple(self, line, proposal, items):
        """One item of the company's currency and nothing else: the suspense line itself becomes the counterpart."""
        rows = proposal.get("counterparts") or []
        extra = proposal.get("write_off") or proposal.get("lines") or Decimal(proposal.get("remainder") or "0")
        if len(rows) != 1 or extra or rows[0].get("item_amount") or line.foreign_currency_id:
            return False
        return line.currency_id == items[rows[0]["move_line_id"]].currency_id == line.company_id.currency_id

    def _book_simple(self, suggestions, lines, items):
        """One write per account, and per partner that the line's own isn't, instead of one per line."""
        accounts = defaultdict(lambda: self.env["account.move.line"])
        partners = defaultdict(lambda: self.env["account.move.line"])
        pairs = []
        for suggestion in suggestions:
            item = items[suggestion.proposal["counterparts"][0]["move_line_id"]]
            _liquidity, suspense, _other = lines[suggestion.res_id]._seek_for_lines()
            accounts[item.account_id.id] += suspense
            if suspense.partner_id != item.partner_id:
                partners[item.partner_id.id] += suspense
            pairs.append((suspense, item))
        for account_id, suspense in accounts.items():
            suspense.write({"account_id": account_id})
        for partner_id, suspense in partners.items():
            suspense.write({"partner_id": partner_id})
        return pairs

    def _set_partners(self, lines, suggestions):
        """The partner goes on line and entry before anything is reconciled: later it would undo the coding."""
        wanted = {s.res_id: (s.proposal or {}).get("partner_id") for s in suggestions}
        self._write_partners(lines, {line_id: partner_id for line_id, partner_id in wanted.items() if partner_id})

    def _write_partners(self, lines, wanted):
        """One write per partner. ``wanted``: {line id: partner id or False}; lines that are gone are left out."""
        groups = defaultdict(lambda: self.env[LINE_MODEL])
        for line_id, partner_id in wanted.items():
            if line_id in lines and lines[line_id].partner_id.id != partner_id:
                groups[partner_id] += lines[line_id]
        for partner_id, found in groups.items():
            found.with_context(skip_account_move_synchronization=True).write({"partner_id": partner_id})
            found.move_id.line_ids.write({"partner_id": partner_id})

    def _reopen(self, proposals, items):
        """A returned payment is separated from what it had paid; both must lie in open periods."""
        for proposal in proposals:
            for row in proposal.get("counterparts") or []:
                if row.get("reopens"):
                    self._separate(items[row["move_line_id"]], row["reopens"])

    def _separate(self, payer, reopened_ids):
        payer.move_id._check_fiscal_lock_dates()
        partials = (payer.matched_debit_ids + payer.matched_credit_ids).filtered(
            lambda partial: {partial.debit_move_id.id, partial.credit_move_id.id} & set(reopened_ids)
        )
        if not partials:
            raise UserError(self.env._("The returned payment does not pay that document any more."))
        partials.unlink()

    def _transfer_pairs(self, suggestions, lines):
        """Both sides of a transfer are on the transfer account: they are reconciled with each other."""
        pairs, taken = [], set()
        for suggestion in suggestions:
            for row in suggestion.proposal.get("write_off") or []:
                if row.get("reason") == TRANSFER and row.get("pair_line_id"):
                    here = self._open_on(lines[suggestion.res_id], row["account_id"]) - self._browse(taken)
                    other = self.env[LINE_MODEL].browse(row["pair_line_id"]).exists()
                    there = self._open_on(other, row["account_id"]) - self._browse(taken)
                    if len(here) == 1 and len(there) == 1 and here.account_id.reconcile:
                        pairs.append((here, there))
                        taken |= {here.id, there.id}
        return pairs

    def _browse(self, ids):
        return self.env["account.move.line"].browse(ids)

    def _open_on(self, line, account_id):
        return line.move_id.line_ids.filtered(lambda item: item.account_id.id == account_id and not item.reconciled)

    # === UNDO === #

    def _undo(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        everything = self.env[LINE_MODEL].union(*lines.values())
        self.env["ai.bank.return.entry"]._check_unlocked(everything)
        self._unmatch(everything)
        # Only now: while an item is reconciled, its entry gives its partner back to the bank line.
        before = {s.res_id: (s.evidence or {}).get("partner_before") or False for s in suggestions}
        self._write_partners(lines, before)
        self._align_partners(everything)
        for suggestion in suggestions:
            self._rejoin(suggestion.proposal)

    def _rejoin(self, proposal):
        """What a returned payment had paid is paid by it again."""
        for row in (proposal or {}).get("counterparts") or []:
            if row.get("reopens"):
                items = self.env["account.move.line"].browse([row["move_line_id"], *row["reopens"]]).exists()
                open_items = items.filtered(lambda item: not item.reconciled)
                if len(open_items) > 1:
                    open_items.reconcile()

    def _undo_by_transfer(self, suggestions):
        lines = {line.id: line for line in self._lines(suggestions)}
        returns = self.env["ai.bank.return.entry"]
        return {s.id: returns._make(lines[s.res_id]).id for s in suggestions}
