"""Tax on money that came before its invoice: declared when it is received, taken back when it is used or paid back."""

import logging
from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ...engine.advances import Declared, Receipt, due, judge
from . import advance_queries as queries

_logger = logging.getLogger(__name__)

#: Ids of entries that are looked at before the transaction ends.
LATER = "ai_bookkeeper.advances"
#: A paid document over the same amount makes a payment look like a second one for so many days.
TWICE_DAYS = 120
#: Entries of one nightly transaction.
BATCH = 200


class AiProposerAdvance(models.AbstractModel):
    """The target is the entry of the receipt (a bank line's, a payment's), or the document that money on account pays
    (see ``ai_proposer_advance_document``).

    Tax is declared by an entry whose base and tax items name the money (``ai_advance_item``); on the account for tax
    on advances the tax itself is left. Nothing else is stored: what is declared is read from the books, so it is right
    whoever books, matches or takes back. See ``engine.advances.tax``.
    """

    _name = "ai.proposer.advance"
    _inherit = "ai.proposer.entry"
    _description = "Tax on Advances, and Money on Account"

    _kind = "advance"
    #: The money is there.
    _tax_is_due = True

    # === WHEN === #

    @api.model
    def _later(self, moves):
        """Look at these entries before the transaction ends, once however often they were touched."""
        if moves:
            waiting = self.env.cr.precommit.data
            if LATER not in waiting:
                waiting[LATER] = set()
                # Looking writes suggestions, which nobody may write by hand.
                self.env.cr.precommit.add(self.sudo().browse()._look_now)
            waiting[LATER].update(moves.ids)

    @api.model
    def _look_now(self):
        """What was touched is looked at; a failure stops nobody from posting, the nightly run tries again."""
        ids = self.env.cr.precommit.data.pop(LATER, set())
        try:
            with self.env.cr.savepoint():
                self._look(self.env["account.move"].sudo().browse(sorted(ids)).exists())
        except Exception:
            self.env.invalidate_all(flush=False)
            _logger.exception("Money on account could not be looked at after entries %s", sorted(ids)[:20])

    @api.model
    def _cron_look(self):
        """What other programs did to money on account, company by company."""
        for company in self.env["res.company"].search([("ai_advance_vat", "=", True)]):
            if self.env["ai.policy"]._is_paused(company):
                continue
            todo = self._astray(company)
            self.env["ir.cron"]._commit_progress(remaining=len(todo))
            for start in range(0, len(todo), BATCH):
                self._look(todo[start : start + BATCH])
                if not self.env["ir.cron"]._commit_progress(len(todo[start : start + BATCH])):
                    return

    @api.model
    def _astray(self, company):
        """Entries of money whose declared tax is not that of what is on account."""
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(queries.astray(company.id, company.ai_advance_from or fields.Date.today()))
        moves = {move_id for _item_id, move_id in rows if move_id}
        gone = [item_id for item_id, move_id in rows if not move_id]
        entries = self.env["account.move.line"].search([("ai_advance_item", "in", gone)]).move_id
        return self.env["account.move"].browse(sorted(moves)) + entries

    @api.model
    def _look(self, moves):
        """Suggest for these entries and documents what is missing."""
        posted = moves.filtered(lambda move: move.state == "posted")
        documents = posted.filtered(lambda move: move.is_invoice())
        self._look_at_documents(documents)
        self._look_at_receipts((posted - documents).filtered(lambda move: move.company_id.ai_advance_vat))

    def _anew(self, suggestions):
        moves = self.env["account.move"].browse(suggestions.mapped("res_id")).exists()
        self._look(moves)

    # === WHAT IS DECLARED === #

    def _declared(self, item_ids):
        """{item id: engine.advances.Declared}"""
        if not item_ids:
            return {}
        self.env["account.move.line"].flush_model(["ai_advance_item", "balance", "parent_state"])
        rows = self.env.execute_query(queries.declared(item_ids))
        return {item_id: Declared(Decimal(str(gross)), Decimal(str(tax))) for item_id, gross, tax in rows}

    def _declared_taxes(self, item_id):
        """The taxes with which it was declared last."""
        items = self.env["account.move.line"].search(
            [("ai_advance_item", "=", item_id), ("tax_ids", "!=", False), ("parent_state", "=", "posted")],
            order="id desc",
            limit=1,
        )
        return items.tax_ids

    # === RECEIPTS === #

    def _look_at_receipts(self, moves):
        waiting = self.env["ai.suggestion"].sudo().search(
            [("kind", "=", self._kind), ("res_model", "=", "account.move"), ("res_id", "in", moves.ids)]
        )  # fmt: skip
        told = set(moves.line_ids.mapped("ai_advance_item")) - {0}
        declared = self._declared({*moves.line_ids.ids, *told})
        items = {move: self._money_of(move, declared) for move in moves}
        for move in moves:
            found = [
                (item_id, missing)
                for item_id in items[move]
                if (missing := self._missing(move, item_id, declared.get(item_id, Declared())))
            ]
            if found:
                self._suggest_receipt(move, found, declared)
            elif move.id in waiting.mapped("res_id"):
                self._suggest(move, [])

    def _money_of(self, move, declared):
        """Ids of the items whose tax is to be looked at: money of this entry, and money that is gone but declared
        here."""
        told = set(move.line_ids.mapped("ai_advance_item")) - {0}
        gone = told - set(self.env["account.move.line"].browse(told).exists().ids)
        own = move.line_ids.filtered(
            lambda item: (
                declared.get(item.id, Declared()).gross
                or (item.account_id.account_type == "asset_receivable" and item.balance < 0)
            )
        )
        return [*(own.ids if move.statement_line_id or move.origin_payment_id else ()), *sorted(gone)]

    def _on_account(self, item):
        """What is still open of money that was received, in the company's currency."""
        if not item or item.account_id.account_type != "asset_receivable" or item.parent_state != "posted":
            return Decimal(0)
        return max(Decimal(str(-item.amount_residual)), Decimal(0))

    def _missing(self, move, item_id, declared):
        item = self.env["account.move.line"].browse(item_id).exists()
        company = move.company_id
        open_now = self._on_account(item)
        found = due(open_now, declared, company.currency_id.decimal_places)
        if found.gross > 0 and (not self._is_taxed(item) or item.date < (company.ai_advance_from or item.date)):
            return None
        return found or None

    def _is_taxed(self, item):
        """Whether tax is due when this customer pays."""
        company = item.company_id
        position = self._position(company, item.partner_id)
        return (position.ai_advance_vat or ("due" if company.ai_advance_vat else "none")) == "due"

    def _position(self, company, partner):
        return self.env["account.fiscal.position"].with_company(company)._get_fiscal_position(partner)

    # === THE SUGGESTION === #

    def _suggest_receipt(self, move, found, declared):
        """``found``: (item id, engine.advances.Due) of this entry."""
        company = move.company_id
        back = [(item_id, missing) for item_id, missing in found if missing.gross < 0]
        if back:
            return self._suggest_back(move, back, declared)
        item = self.env["account.move.line"].browse(found[0][0])
        day = self._entry_day(company, item.date)
        verdict = judge(self._receipt(item))
        options = self._tax_options(company, item.partner_id, item.date)
        if not options:
            return self._suggest(move, [])
        amount = sum(missing.gross for _item_id, missing in found)
        reasons = [("advance_due", {"open": self._money(company, amount)})]
        if day != item.date:
            reasons.append(self._day_reason(day, item.date))
        choices = []
        for taxes, why in options:
            rows = [row for item_id, missing in found for row in self._due_rows(item_id, missing, taxes)]
            title = ("advance_with_tax", {"tax": ", ".join(taxes.mapped("name"))})
            told = [*reasons, *why]
            choices.append(self._alternative(rows, "advance", told, item.partner_id.id, title))
        values = self._receipt_values(move, item, amount, day, "advance")
        said = [list(reason) for reason in verdict.reasons]
        if verdict.outcome == "asked" or len(choices) > 1:
            return self._suggest(move, [], **values, evidence={"alternatives": choices, "reasons": said})
        [choice] = choices
        evidence = {"reasons": said + choice["reasons"]}
        return self._suggest(move, choice["proposal"]["lines"], **values, evidence=evidence)

    def _suggest_back(self, move, back, declared):
        company = move.company_id
        item = self.env["account.move.line"].browse(back[0][0]).exists()
        used = self._used_on(item) or move.date
        day = self._entry_day(company, used)
        rows, reasons = [], []
        for item_id, missing in back:
            rows += self._back_rows(company, item_id, missing)
            was = declared[item_id].gross
            words = {"declared": self._money(company, was), "open": self._money(company, was + missing.gross)}
            reasons.append(("advance_back", words))
        if day != used:
            reasons.append(self._day_reason(day, used))
        amount = sum(missing.gross for _item_id, missing in back)
        values = self._receipt_values(move, item, amount, day, "advance_released")
        return self._suggest(move, rows, **values, evidence={"reasons": reasons})

    def _receipt_values(self, move, item, amount, day, case):
        company = move.company_id
        return {
            "case": case,
            "partner_id": (item.partner_id or move.partner_id).id,
            "amount": float(amount),
            "date": day,
            "label": (item.name or move.ref or move.name or "")[:200],
            "journal_id": company.ai_advance_journal_id.id,
        }

    def _used_on(self, item):
        """The day on which it was used last."""
        partials = item.matched_debit_ids + item.matched_credit_ids
        return max(partials.mapped("max_date"), default=None)

    def _day_reason(self, day, wanted):
        return ("advance_day", {"date": format_date(self.env, day), "day": format_date(self.env, wanted)})

    def _money(self, company, amount):
        return formatLang(self.env, float(amount), currency_obj=company.currency_id)

    def _entry_day(self, company, day):
        """``day``, or the first one after it on which tax may be declared."""
        journal = company.ai_advance_journal_id or self.env["ai.bank.return.entry"]._journal(company)
        while locks := company._get_violated_lock_dates(day, True, journal):
            day = fields.Date.add(locks[-1][0], days=1)
        return day

    # === ROWS === #

    def _due_rows(self, item_id, missing, taxes):
        item = self.env["account.move.line"].browse(item_id)
        account = item.company_id.ai_advance_account_id.id
        label = self.env._("Tax on advance %(entry)s", entry=item.move_id.name)
        common = {"account_id": account, "partner_id": item.partner_id.id, "label": label}
        return [
            {**common, "amount": str(missing.gross)},
            {**common, "amount": str(-missing.gross), "tax_ids": taxes.ids, "advance_item": item_id},
        ]

    def _back_rows(self, company, item_id, missing, label=None):
        """``missing``: what is taken back, negative."""
        item = self.env["account.move.line"].browse(item_id).exists()
        told = self.env["account.move.line"].search([("ai_advance_item", "=", item_id)], limit=1)
        label = label or self.env._("Tax on advance %(entry)s taken back", entry=item.move_id.name or "")
        partner = item.partner_id or told.partner_id
        common = {"account_id": told.account_id.id, "partner_id": partner.id, "label": label}
        common["account_id"] = (self._declared_account(item_id) or company.ai_advance_account_id).id
        return [
            {**common, "amount": str(missing.gross)},
            {
                **common,
                "amount": str(-missing.gross),
                "tax_ids": self._declared_taxes(item_id).ids,
                "tax_amount": str(-missing.tax),
                "reverses": True,
                "advance_item": item_id,
            },
        ]

    def _declared_account(self, item_id):
        """Where the tax stands, which the company may have changed since."""
        return self.env["account.move.line"].search(
            [("ai_advance_item", "=", item_id), ("tax_ids", "!=", False)], order="id desc", limit=1
        ).account_id  # fmt: skip

    def _row_values(self, suggestion, row):
        made = super()._row_values(suggestion, row)
        if row.get("advance_item"):
            made = [{**values, "ai_advance_item": row["advance_item"]} for values in made]
        return made

    # === FACTS === #

    def _receipt(self, item):
        """engine.advances.Receipt"""
        move, documents = item.move_id, self.env["account.move"]
        text = " ".join(filter(None, (item.name, move.ref, move.origin_payment_id.memo)))
        about = [
            ("company_id", "=", item.company_id.id),
            ("commercial_partner_id", "=", item.partner_id.commercial_partner_id.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("invoice_date", "<=", item.date),
        ]
        owed = documents.search([*about, ("payment_state", "in", ("not_paid", "partial"))], limit=4)
        same = documents.search(
            [
                *about,
                ("payment_state", "in", ("paid", "in_payment")),
                ("amount_total_signed", "=", -item.balance),
                ("invoice_date", ">=", fields.Date.subtract(item.date, days=TWICE_DAYS)),
            ],
            limit=4,
        )
        others = move.line_ids.filtered(lambda one: one.account_id.account_type == "asset_receivable")
        whole = not (others.matched_debit_ids or others.matched_credit_ids)
        return Receipt(text, Decimal(str(-item.balance)), whole, tuple(owed.mapped("name")), tuple(same.mapped("name")))

    def _tax_options(self, company, partner, day):
        """[(taxes, reasons)]: that of the customer's invoices, several to choose from, else the company's."""
        taxes = self.env["account.tax"]
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(queries.usual_taxes(company.id, partner.commercial_partner_id.id, day))
        usual = [taxes.browse(ids).exists() for (ids,) in rows]
        usual = [found for found in usual if found and all(found.mapped("active"))]
        if len(usual) == 1:
            return [(usual[0], [("advance_tax_usual", {"tax": ", ".join(usual[0].mapped("name"))})])]
        if usual:
            names = "; ".join(", ".join(found.mapped("name")) for found in usual)
            return [(found, [("advance_tax_several", {"taxes": names})]) for found in usual]
        mapped = self._position(company, partner).map_tax(company.ai_advance_tax_id)
        if not mapped:
            return []
        return [(mapped, [("advance_tax_default", {"tax": ", ".join(mapped.mapped("name"))})])]
