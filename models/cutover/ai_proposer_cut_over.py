"""The cut-over as a suggestion: entries made by hand become outstanding items, the files are imported."""

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ...engine import cutover

CASH_TYPES = ("asset_cash", "liability_credit_card")


class AiProposerCutOver(models.AbstractModel):
    """The target is an ``ai.cut.over``. A row of the proposal has, beside what ``ai.proposer.entry`` says: ``side``
    (``bank`` or ``outstanding``), ``item_id`` (the entry by hand), ``bank_key`` (the bank line that will match the
    outstanding item) and ``group`` (outstanding items of one group that cancel each other)."""

    _name = "ai.proposer.cut_over"
    _inherit = "ai.proposer.entry"
    _description = "Bank Cut-Overs"

    _kind = "cut_over"
    _card_rows = 20

    # === PROPOSING === #

    def _offer(self, cut_over, found, asked_for=False):
        """The open suggestion for what the engine found."""
        journal = self.env["ai.bank.return.entry"]._journal(cut_over.company_id)
        evidence = {"reasons": cut_over._reasons(), "details": {"cut_over": cut_over.id}}
        values = {
            "case": "cut_over",
            "tier": "match",
            "journal_id": journal.id,
            "amount": cut_over.bank_balance if cut_over.bank_known else cut_over.ledger_balance,
            "currency_id": cut_over.currency_id.id,
            "date": cut_over.date,
            "label": cut_over.name,
            "evidence": evidence,
            # Two files may move the same entries and import other lines.
            "extra": {
                "date": str(cut_over.date),
                "left_out": cut_over.left_out_count,
                "bank_lines": cut_over.line_count,
            },
        }
        if asked_for:
            values["origin"] = "user"
        return self._suggest(cut_over, self._rows(cut_over, found, journal), **values)

    def _withdraw(self, cut_over):
        about = [("kind", "=", self._kind), ("res_model", "=", cut_over._name), ("res_id", "=", cut_over.id)]
        found = self.env["ai.suggestion"].sudo().search([*about, ("state", "in", ("pending", "accepted", "failed"))])
        found._supersede(self.env._("The files that waited are not imported."))

    def _is_empty(self, values):
        """Importing the files is enough to decide about."""
        return False

    def _anew(self, suggestions):
        ids = suggestions.filtered(lambda suggestion: suggestion.state != "undone").mapped("res_id")
        self.env["ai.cut.over"].sudo().browse(ids).exists()._refresh()

    # === ROWS === #

    def _rows(self, cut_over, found, journal):
        """Two rows for each entry that leaves the bank account; two for each amount that is lent to it."""
        ids = [entry.key for fate in found for entry, _day in fate.moves]
        items = {item.id: item for item in self.env["account.move.line"].sudo().browse(ids)}
        partners = self._partners(items.values())
        accounts = self._outstanding_accounts(cut_over.journal_id) if ids else {}
        rows = []
        for number, fate in enumerate(found):
            account = accounts.get((fate.group.bank or fate.group.books) > 0)
            together = number if self._cancels(fate, cut_over) else None
            for movement in fate.bridges:
                rows += self._bridge(cut_over, movement, account, together, journal)
            for entry, day in fate.moves:
                item = items[entry.key]
                shared = {
                    "date": str(self._day(cut_over, day or cut_over.date, journal)),
                    "partner_id": partners.get(item.id),
                    "item_id": item.id,
                    "label": f"{item.move_id.name} {item.name or ''}".strip(),
                }
                rows.append({**shared, **self._off_the_bank(cut_over, item)})
                rows += self._outstanding(fate, item, {**shared, "account_id": account}, together)
        return rows

    def _off_the_bank(self, cut_over, item):
        account = cut_over.journal_id.default_account_id
        settles = (account.reconcile or account.account_type in CASH_TYPES) and not (
            item.matched_debit_ids or item.matched_credit_ids
        )
        return {
            "side": "bank",
            "account_id": account.id,
            **self._money(item, -1),
            **({"move_line_id": item.id} if settles else {}),
        }

    def _outstanding(self, fate, item, shared, together):
        """One item, or one for each bank line that will show a part of the entry."""
        movements = fate.group.movements
        keys = [movement.key for movement in movements]
        values = {"side": "outstanding", **shared, **({"group": together} if together is not None else {})}
        if len(movements) > 1 and len(fate.group.entries) == 1 and not fate.bridges:
            return [
                {**values, "bank_key": movement.key, **part}
                for movement, part in zip(movements, self._parts(item, movements), strict=True)
            ]
        row = {**values, **self._money(item, 1)}
        if len(keys) == 1 and not fate.bridges:
            row["bank_key"] = keys[0]
        return [row]

    def _parts(self, item, movements):
        """The entry's amounts, cut as the bank shows it; the last part takes what rounding leaves."""
        company, own = item.company_currency_id, item.currency_id
        left, left_own = Decimal(str(company.round(item.balance))), Decimal(str(own.round(item.amount_currency)))
        for number, movement in enumerate(movements, 1):
            share = float(movement.amount) / item.amount_currency
            balance = left if number == len(movements) else Decimal(str(company.round(item.balance * share)))
            amount = left_own if number == len(movements) else movement.amount
            left, left_own = left - balance, left_own - amount
            yield {
                "amount": str(balance),
                **({"currency_id": own.id, "amount_currency": str(amount)} if own != company else {}),
            }

    def _money(self, item, sign):
        company, own = item.company_currency_id, item.currency_id
        values = {"amount": str(sign * Decimal(str(company.round(item.balance))))}
        if own != company:
            values |= {
                "currency_id": own.id,
                "amount_currency": str(sign * Decimal(str(own.round(item.amount_currency)))),
            }
        return values

    def _bridge(self, cut_over, movement, account, together, journal):
        """What the bank showed up to the day is on the bank account from that day on, whenever it was booked."""
        company = cut_over.company_id
        day = self._day(cut_over, cut_over.date, journal)
        balance = cut_over.currency_id._convert(float(movement.amount), company.currency_id, company, day)
        rows = []
        for side, place, sign in (("bank", cut_over.journal_id.default_account_id.id, 1), ("outstanding", account, -1)):
            row = {"side": side, "account_id": place, "date": str(day), "label": movement.text or movement.name or "/"}
            row["amount"] = str(sign * Decimal(str(company.currency_id.round(balance))))
            if cut_over.currency_id != company.currency_id:
                row |= {"currency_id": cut_over.currency_id.id, "amount_currency": str(sign * movement.amount)}
            if side == "outstanding" and together is not None:
                row["group"] = together
            rows.append(row)
        return rows

    def _cancels(self, fate, cut_over):
        """Whether nothing of the group is left to wait for: both sides are on the outstanding account."""
        return fate.name == cutover.SOONER or (fate.name == cutover.CANCELLED and fate.moves)

    def _day(self, cut_over, day, journal):
        """The entry's own day, or the first one after it that is open."""
        returns = self.env["ai.bank.return.entry"]
        return returns._open_day(cut_over.company_id, day, journal, self.env["account.move"])

    def _partners(self, items):
        """{item: partner}: its own, else the only one of its entry."""
        found = {}
        for item in items:
            others = item.move_id.line_ids.partner_id
            partner = item.partner_id or (others if len(others) == 1 else others.browse())
            if partner:
                found[item.id] = partner.id
        return found

    def _outstanding_accounts(self, journal):
        """{is it a receipt: account}: of the journal's payment methods, else where Odoo puts its payments."""
        bank = journal.default_account_id
        found = {}
        for is_receipt, methods in (
            (True, journal.inbound_payment_method_line_ids),
            (False, journal.outbound_payment_method_line_ids),
        ):
            account = (methods.payment_account_id - bank)[:1] or self._account_of_chart(journal, is_receipt)
            if not account or not account.reconcile or account == bank:
                raise UserError(
                    self.env._(
                        "%(journal)s has no account for outstanding receipts and payments. Set one that allows "
                        "reconciliation on its payment methods, then look again.",
                        journal=journal.display_name,
                    )
                )
            found[is_receipt] = account.id
        return found

    def _account_of_chart(self, journal, is_receipt):
        kind = "debit" if is_receipt else "credit"
        company = journal.company_id
        chart = self.env["account.chart.template"].with_context(allowed_company_ids=company.root_id.ids)
        found = chart.ref(f"account_journal_payment_{kind}_account_id", raise_if_not_found=False)
        return found or company.transfer_account_id

    # === TELLING === #

    def _card_entry(self, suggestion, items):
        """The first rows only: all of them stand on the cut-over."""
        rows = suggestion.proposal["lines"]
        if len(rows) <= self._card_rows:
            return super()._card_entry(suggestion, items)
        shown = [
            self._card_item(
                suggestion, row["date"], self._row_values(suggestion, row)[0], row.get("move_line_id"), items
            )
            for row in rows[: self._card_rows]
        ]
        total = float(sum(max(Decimal(row["amount"]), 0) for row in rows))
        return {"rows": shown, "total": total, "problem": "", "days": len({row["date"] for row in rows})}

    def _accept_effects(self, suggestions):
        """Nothing on a tax report or in profit and loss. A rehearsal would import the files."""
        return {}, {}

    # === DECIDING === #

    def _cut_over(self, suggestion):
        return self.env["ai.cut.over"].browse(suggestion.res_id).exists()

    def _obstacles(self, suggestions):
        found = {}
        for suggestion in suggestions:
            cut_over = self._cut_over(suggestion).sudo()
            if cut_over.asked_count:
                template = self.env._(
                    "%(count)s bank lines could be several entries, and the day lies between them. Choose on the "
                    "cut-over which it is, or take another day."
                )
                found[suggestion.id] = template % {"count": cut_over.asked_count}
        return found

    def _moved(self, suggestion):
        why = super()._moved(suggestion)
        cut_over = self._cut_over(suggestion).sudo()
        if why or cut_over.state == "open" and not cut_over._is_moved():
            return why
        if cut_over.state != "open":
            return self.env._("It is decided already.")
        return self.env._("Somebody posted to the bank account meanwhile. It was worked out anew: look again.")

    def _after_booking(self, suggestion, entries):
        """Remember what became of each entry, and import."""
        cut_over = self._cut_over(suggestion)
        rows, together = [], defaultdict(self.env["account.move.line"].browse)
        days = self._by_day(suggestion)
        for entry in entries:
            for row, item in zip(days[str(entry.date)], entry.line_ids.sorted("id"), strict=True):
                if row["side"] != "outstanding":
                    continue
                if "group" in row:
                    together[row["group"], row["account_id"]] += item
                elif row.get("item_id"):
                    rows.append((row, item))
        self.env["account.move.line"]._reconcile_plan([items for items in together.values() if len(items) > 1])
        shared = {"company_id": cut_over.company_id.id, "journal_id": cut_over.journal_id.id}
        # Nobody writes these by hand; deciding was checked.
        self.env["ai.cut.over.item"].sudo().create(
            [
                {
                    **shared,
                    "cut_over_id": cut_over.id,
                    "move_line_id": row["item_id"],
                    "outstanding_item_id": item.id,
                    "bank_key": row.get("bank_key") or False,
                    "text": row["label"],
                }
                for row, item in rows
            ]
        )
        cut_over._carry_out()

    # === UNDOING === #

    def _is_gone(self, suggestion):
        return self._cut_over(suggestion).sudo().state != "done"

    def _later_changes(self, suggestions):
        gone, refused = super()._later_changes(suggestions)
        for suggestion in suggestions - gone:
            why = self._cut_over(suggestion)._check_can_undo()
            if why:
                refused[suggestion.id] = why
        return gone, refused

    def _before_undoing(self, suggestion):
        self._cut_over(suggestion)._take_back()
