"""The card of a coding: who the payee is, what was booked for them before, and whether a document exists."""

from odoo import api, models
from odoo.tools import SQL

from ...engine.text import core_name
from ...engine.vocabulary import APPLIED

LINE_MODEL = "account.bank.statement.line"
LAST = 3
PARTNER_ACCOUNTS = ("asset_receivable", "liability_payable")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    @api.depends("res_model", "res_id")
    def _compute_card(self):
        result = super()._compute_card()
        coded = self.filtered(lambda s: (s.proposal or {}).get("lines") and s.res_model == LINE_MODEL)
        if coded:
            facts = coded._coding_facts()
            for suggestion in coded:
                # References, amounts and dates of documents say nothing here.
                suggestion.card = {**suggestion.card, "coding": facts.get(suggestion.id), "ticks": None}
        return result

    def _card_choice(self, choice, items, accounts, taxes, partners):
        """A coding is called by its accounts: that is what one chooses between."""
        card = super()._card_choice(choice, items, accounts, taxes, partners)
        if choice["proposal"].get("lines"):
            names = list(dict.fromkeys(row["account"] for row in card["differences"] if row["account"]))
            card["title"] = " + ".join(names[:3]) + (" …" if len(names) > 3 else "")
        return card

    def _card_difference(self, row, items, accounts, taxes):
        """Nobody chose a reason for what the engine codes: the account says it."""
        values = super()._card_difference(row, items, accounts, taxes)
        if self.origin == "engine" and not row.get("reason") and self._codes_lines():
            values["reason_label"] = ""
        return values

    def _codes_lines(self):
        return self._proposer(self.kind)._codes()

    def _coding_facts(self):
        """{suggestion id: what the coding card shows beside the proposal}; constant queries.

        ``{payee, raw, net, vat, gross, bookings: [{date, amount, accounts, who, line_id}],
        usual: {count, least, most} or None, documents: [name], open_items: [{name, partner, amount}],
        balances: [{account, before, after, currency_id}]}``
        """
        lines = self.env[LINE_MODEL].browse(self.mapped("res_id")).exists()._filtered_access("read")
        by_id = {line.id: line for line in lines}
        mine = self.filtered(lambda suggestion: suggestion.res_id in by_id)
        payees = {s.id: self._coding_payee(s, by_id[s.res_id]) for s in mine}
        history = self._coding_history(lines, set(payees.values()) - {None})
        documents = self._coding_documents(lines)
        items = mine._coding_open_items()
        accounts = mine._coding_balance_accounts()
        return {
            s.id: {
                **self._coding_names(s, by_id[s.res_id]),
                **self._coding_sums(s),
                **self._coding_before(s, history.get(payees[s.id]) or []),
                "documents": documents.get(by_id[s.res_id].move_id.id, []),
                "open_items": items.get((s.company_id.id, s.currency_id.id, round(s.amount, 2)), []),
                "balances": s._coding_balances(accounts),
            }
            for s in mine
        }

    def _coding_balance_rows(self):
        return ((self.evidence or {}).get("details") or {}).get("balances") or []

    def _coding_balance_accounts(self):
        """{account id: its name} of the balances that these suggestions settle."""
        ids = {row["account_id"] for suggestion in self for row in suggestion._coding_balance_rows()}
        # Names on a card that the reader may see.
        return {account.id: account.display_name for account in self.env["account.account"].sudo().browse(ids).exists()}

    def _coding_balances(self, accounts):
        """What stood on the balance-sheet accounts when it was proposed, and what stands there once it is booked."""
        return [
            {
                "account": accounts[row["account_id"]],
                "before": float(row["before"]),
                "after": float(row["after"]),
                "currency_id": self.company_id.currency_id.id,
            }
            for row in self._coding_balance_rows()
            if row["account_id"] in accounts
        ]

    @api.model
    def _coding_payee(self, suggestion, line):
        """What the payee is recognised by: partner id, the name that the bank tells, or the key of its lessons."""
        partner_id = (suggestion.proposal or {}).get("partner_id") or line.partner_id.id
        return partner_id or line.partner_name or (suggestion.evidence or {}).get("payee") or None

    @api.model
    def _coding_names(self, suggestion, line):
        partner_id = (suggestion.proposal or {}).get("partner_id") or line.partner_id.id
        raw = line.partner_name or line.payment_ref or ""
        # A name on a card that the reader may see.
        clean = self.env["res.partner"].sudo().browse(partner_id or []).name or " ".join(
            word.title() for word in core_name(raw) if word.isalpha()
        )
        return {"payee": clean or raw, "raw": raw, "is_known": bool(partner_id)}

    @api.model
    def _coding_sums(self, suggestion):
        rows = suggestion.card.get("differences") or []
        net, vat, gross = (sum(row[name] for row in rows) for name in ("net", "vat", "amount"))
        rounded = suggestion.currency_id.round
        return {"net": rounded(net), "vat": rounded(vat), "gross": rounded(gross)}

    @api.model
    def _coding_before(self, suggestion, rows):
        same = [row for row in rows if (row["amount"] > 0) == (suggestion.amount > 0)]
        usual = same[0]["usual"] if same else None
        return {"bookings": [{key: row[key] for key in row if key != "usual"} for row in rows[:LAST]], "usual": usual}

    @api.model
    def _coding_history(self, lines, payees):
        """{payee: last booked lines, newest first}; each with the usual range of its own direction."""
        ids = [payee for payee in payees if isinstance(payee, int)]
        names = [payee for payee in payees if isinstance(payee, str)]
        if not payees:
            return {}
        domain = [
            ("is_reconciled", "=", True),
            ("id", "not in", lines.ids),
            ("company_id", "in", lines.company_id.ids),
            *["|", ("partner_id", "in", ids), "&", ("partner_id", "=", False), ("partner_name", "in", names)],
        ]
        readable = self.env[LINE_MODEL]._search(domain)
        self.env[LINE_MODEL].flush_model(["partner_id", "partner_name", "amount"])
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT * FROM (
                    SELECT st.id, st.partner_id, st.partner_name, st.amount, st.move_id, move.date,
                           row_number() OVER (same ORDER BY move.date DESC, st.id DESC) AS place,
                           count(*) OVER same AS times, min(abs(st.amount)) OVER same AS least,
                           max(abs(st.amount)) OVER same AS most
                      FROM account_bank_statement_line st JOIN account_move move ON move.id = st.move_id
                     WHERE st.id IN %(readable)s
                    WINDOW same AS (PARTITION BY st.partner_id,
                                    CASE WHEN st.partner_id IS NULL THEN st.partner_name END, st.amount > 0)
                ) found WHERE place <= %(last)s ORDER BY date DESC, id DESC
                """,
                readable=readable.subselect(),
                last=LAST,
            )
        )
        return self._coding_bookings(rows + self._coding_lessons(lines, names))

    @api.model
    def _coding_lessons(self, lines, keys):
        """The same of payees that only their lessons know: found in the bank's text."""
        domain = [
            ("is_reconciled", "=", True),
            ("id", "not in", lines.ids),
            ("company_id", "in", lines.company_id.ids),
            ("partner_id", "=", False),
            ("partner_name", "=", False),
        ]
        readable = self.env[LINE_MODEL]._search(domain)
        self.env["ai.learning.event"].flush_model(["payee", "res_model", "res_id"])
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT * FROM (
                    SELECT st.id, NULL AS partner_id, taught.payee AS partner_name, st.amount, st.move_id, move.date,
                           row_number() OVER (same ORDER BY move.date DESC, st.id DESC) AS place,
                           count(*) OVER same AS times, min(abs(st.amount)) OVER same AS least,
                           max(abs(st.amount)) OVER same AS most
                      FROM (SELECT DISTINCT payee, res_id FROM ai_learning_event
                             WHERE payee = ANY(%(keys)s) AND res_model = %(model)s) taught
                      JOIN account_bank_statement_line st ON st.id = taught.res_id
                      JOIN account_move move ON move.id = st.move_id
                     WHERE st.id IN %(readable)s
                    WINDOW same AS (PARTITION BY taught.payee, st.amount > 0)
                ) found WHERE place <= %(last)s ORDER BY date DESC, id DESC
                """,
                keys=keys,
                model=LINE_MODEL,
                readable=readable.subselect(),
                last=LAST,
            )
        )

    @api.model
    def _coding_bookings(self, rows):
        accounts = self._coding_accounts([row["move_id"] for row in rows])
        deciders = self.search(
            [("res_model", "=", LINE_MODEL), ("res_id", "in", [row["id"] for row in rows]), ("state", "=", APPLIED)]
        )
        # Colleagues' names, as the card of each booking tells them.
        who = {s.res_id: s.decided_by_id.sudo().name for s in deciders}
        found = {}
        for row in rows:
            booking = {
                "line_id": row["id"],
                "date": str(row["date"]),
                "amount": float(row["amount"]),
                "accounts": accounts.get(row["move_id"], []),
                "who": who.get(row["id"]) or "",
                "usual": {"count": row["times"], "least": float(row["least"]), "most": float(row["most"])},
            }
            found.setdefault(row["partner_id"] or row["partner_name"], []).append(booking)
        return found

    @api.model
    def _coding_accounts(self, move_ids):
        """{entry id: names of the accounts opposite the bank}; taxes left out."""
        items = self.env["account.move.line"].search(
            [("move_id", "in", move_ids), ("tax_line_id", "=", False), ("display_type", "=", "product")]
        )
        found = {}
        for item in items:
            journal = item.journal_id
            if item.account_id not in (journal.default_account_id, journal.suspense_account_id):
                names = found.setdefault(item.move_id.id, [])
                if item.account_id.display_name not in names:
                    names.append(item.account_id.display_name)
        return found

    @api.model
    def _coding_documents(self, lines):
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "in", lines.move_id.ids), ("res_field", "=", False)]
        )
        return {move_id: found.mapped("name") for move_id, found in attachments.grouped("res_id").items()}

    def _coding_open_items(self):
        """{(company id, currency id, amount): open items over exactly that amount}: what speaks against coding."""
        items = self.env["account.move.line"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("account_type", "in", PARTNER_ACCOUNTS),
                ("amount_residual_currency", "in", list(set(self.mapped("amount")))),
            ],
            limit=100,
        )
        found = {}
        for item in items:
            key = (item.company_id.id, item.currency_id.id, round(item.amount_residual_currency, 2))
            row = {"name": item.move_id.name, "partner": item.partner_id.name or "", "date": str(item.date)}
            found.setdefault(key, []).append(row)
        return {key: rows[:LAST] for key, rows in found.items()}
