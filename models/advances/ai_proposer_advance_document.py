"""Money on account is offered to the document that was just posted."""

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine.advances import Declared, Money, OpenDocument, due, offers
from ...engine.matching.references import reference_keys
from . import advance_queries as queries

#: Documents that money on account pays, and the sign of what they owe.
PAYABLE = {"out_invoice": 1, "in_invoice": -1}
#: Other open documents that are looked at: more than that changes no answer.
RIVALS = 20


class AiProposerAdvance(models.AbstractModel):
    """``proposal["pairs"]``: ``{"move_line_id", "amount", "item_ids"}``: the money, how much of it (decimal string in
    the company's currency), the open items of the document. Its ``lines`` take tax back that was declared on the money,
    and move it where it stands on another account than the document."""

    _name = "ai.proposer.advance"
    _inherit = "ai.proposer.advance"

    def _look_at_documents(self, documents):
        payable = documents.filtered(
            lambda move: move.move_type in PAYABLE and move.company_id.ai_advance_offer and move.amount_residual
        )
        known = self._waiting(documents)
        money = self._open_money(payable)
        for document in payable:
            found = money.get((document.company_id, document.commercial_partner_id, PAYABLE[document.move_type]))
            if found:
                self._offer(document, found)
            elif document.id in known.mapped("res_id"):
                self._suggest(document, [])
        for suggestion in known.filtered(lambda one: one.res_id in (documents - payable).ids):
            suggestion._supersede(self.env._("There is nothing left to book."))

    def _offered(self, moves):
        """Those of these documents that money on account was offered to, and nobody decided."""
        return moves.browse(self._waiting(moves).mapped("res_id"))

    def _waiting(self, moves):
        # It shows nothing: what is touched is looked at anew.
        return self.env["ai.suggestion"].sudo().search(
            [
                ("kind", "=", self._kind),
                ("res_model", "=", "account.move"),
                ("res_id", "in", moves.ids),
                ("state", "in", ("pending", "accepted", "failed")),
            ]
        )  # fmt: skip

    def _open_money(self, documents):
        """{(company, commercial partner, sign): items on account}, in one query."""
        if not documents:
            return {}
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            queries.of_partners(documents.company_id.ids, documents.commercial_partner_id.ids)
        )
        items = self.env["account.move.line"].browse([row[0] for row in rows])
        found = defaultdict(items.browse)
        for item, (_id, partner_id, sign) in zip(items, rows, strict=True):
            found[item.company_id, self.env["res.partner"].browse(partner_id), sign] += item
        return found

    # === THE OFFER === #

    def _offer(self, document, items):
        """Suggest which of ``items`` pay ``document``."""
        money = [self._as_money(item, document) for item in items if item.move_id != document]
        others = self._rivals(document)
        found = offers(self._as_document(document), money, [self._as_document(other) for other in others])
        if not found:
            return self._suggest(document, [])
        pairs = [self._pair(document, items.browse(key)) for key, _amount in found.used]
        try:
            outcome = self._outcome_of(document, pairs)
        except UserError:
            return self._suggest(document, [])
        day = self._entry_day(document.company_id, max([document.date, *items.browse(outcome).mapped("date")]))
        rows, reasons = self._document_rows(document, pairs, outcome)
        values = {
            "case": "advance_used",
            "partner_id": document.commercial_partner_id.id,
            "amount": PAYABLE[document.move_type] * float(sum(used for used, _left in outcome.values())),
            "date": day,
            "label": document.name,
            "journal_id": document.company_id.ai_advance_journal_id.id,
        }
        pairs = [{**pair, "amount": str(outcome[pair["move_line_id"]][0])} for pair in pairs]
        details = {"declared": self._declared_now(pairs)}
        if found.outcome == "asked":
            names = ", ".join(items.browse([pair["move_line_id"] for pair in pairs]).move_id.mapped("name"))
            title = ("advance_pays", {"names": names})
            choice = self._alternative(
                rows, "advance_used", reasons, values["partner_id"], title, extra={"pairs": pairs}
            )
            evidence = {"alternatives": [choice], "reasons": list(found.reasons), "details": details}
            return self._suggest(document, [], **values, evidence=evidence)
        evidence = {"reasons": [*found.reasons, *reasons], "details": details}
        return self._suggest(document, rows, **values, extra={"pairs": pairs}, evidence=evidence)

    def _as_money(self, item, document):
        currency, company = document.currency_id, document.company_id
        amount = abs(item.amount_residual_currency)
        if item.currency_id != currency:
            amount = item.currency_id._convert(amount, currency, company, item.date)
        text = " ".join(filter(None, (item.name, item.move_id.ref, item.move_id.origin_payment_id.memo)))
        return Money(item.id, Decimal(str(amount)), item.date, frozenset(reference_keys(text)))

    def _as_document(self, document):
        texts = (document.name, document.ref, document.payment_reference, document.invoice_origin)
        keys = frozenset(key for text in texts if text for key in reference_keys(text))
        day = document.invoice_date or document.date
        return OpenDocument(document.id, Decimal(str(document.amount_residual)), day, keys)

    def _rivals(self, document):
        return document.search(
            [
                ("company_id", "=", document.company_id.id),
                ("commercial_partner_id", "=", document.commercial_partner_id.id),
                ("move_type", "=", document.move_type),
                ("state", "=", "posted"),
                ("payment_state", "in", ("not_paid", "partial")),
                ("id", "!=", document.id),
            ],
            limit=RIVALS,
        )

    def _pair(self, document, item):
        return {"move_line_id": item.id, "amount": "0", "item_ids": self._term_items(document).ids}

    def _term_items(self, document):
        terms = document.line_ids.filtered(
            lambda item: item.account_id.account_type in ("asset_receivable", "liability_payable")
        )
        return terms.filtered(lambda item: not item.reconciled).sorted("date_maturity")

    # === WHAT IT DOES === #

    def _outcome_of(self, document, pairs):
        """{item id: (what is used of it, what is left), in the company's currency}: as Odoo itself matches them, so
        that other currencies and their exchange differences are right too. Nothing of it stays."""
        items = self.env["account.move.line"].browse([pair["move_line_id"] for pair in pairs])
        before = {item.id: Decimal(str(item.amount_residual)) for item in items}
        with self.env["ai.bank.effects"]._rehearsal():
            same = items.filtered(lambda item: item.account_id in self._term_items(document).account_id)
            self._match([pair for pair in pairs if pair["move_line_id"] in same.ids])
            self.env.flush_all()
            after = {item.id: Decimal(str(item.amount_residual)) for item in items}
        self.env.invalidate_all(flush=False)
        left = abs(Decimal(str(document.amount_residual_signed))) - sum(abs(before[i] - after[i]) for i in same.ids)
        for item in items - same:
            used = min(abs(before[item.id]), max(left, Decimal(0)))
            after[item.id] = before[item.id] + (used if before[item.id] < 0 else -used)
            left -= used
        return {key: (abs(before[key] - after[key]), abs(after[key])) for key in before if before[key] != after[key]}

    def _document_rows(self, document, pairs, outcome):
        """(rows of the entry, reasons)"""
        items = self.env["account.move.line"].browse(outcome)
        declared, rows, reasons = self._declared(items.ids), [], []
        for item in items:
            used, left = outcome[item.id]
            words = {"amount": self._money(document.company_id, used), "date": format_date(self.env, item.date)}
            opened = self._money(document.company_id, used + left)
            reasons.append(("advance_use", {**words, "name": item.move_id.name, "open": opened}))
            missing = due(left, declared.get(item.id, Declared()), document.company_id.currency_id.decimal_places)
            if missing.gross < 0:
                label = self.env._("Tax on advance invoiced by %(name)s", name=document.name)
                rows += self._back_rows(document.company_id, item.id, missing, label)
                reasons.append(("advance_release", {}))
            rows += self._moving_rows(document, item, used)
        return rows, list({str(reason): reason for reason in reasons}.values())

    def _moving_rows(self, document, item, used):
        """Money on another account than the document is moved there by the entry."""
        term = self._term_items(document)[:1]
        if item.account_id == term.account_id:
            return []
        amount = used if item.balance < 0 else -used
        label = self.env._("On account, for %(name)s", name=document.name)
        common = {"partner_id": item.partner_id.id, "label": label}
        return [
            {**common, "account_id": item.account_id.id, "amount": str(amount), "move_line_id": item.id},
            {**common, "account_id": term.account_id.id, "amount": str(-amount), "move_line_id": term.id},
        ]

    def _declared_now(self, pairs):
        declared = self._declared([pair["move_line_id"] for pair in pairs])
        return {str(key): str(found.gross) for key, found in declared.items()}

    # === THE CONTRACT === #

    def _is_empty(self, values):
        return super()._is_empty(values) and not values["proposal"].get("pairs")

    def _settling_rows(self, proposal):
        """The document's items are no promise of it: a bank line may pay them as well."""
        pairs = proposal.get("pairs") or []
        moved = {row["move_line_id"] for row in super()._settling_rows(proposal)}
        return [
            *super()._settling_rows(proposal),
            *({"move_line_id": key, "amount": pair["amount"]} for pair in pairs for key in [pair["move_line_id"]]
              if key not in moved),
        ]  # fmt: skip

    def _moved(self, suggestion):
        why = super()._moved(suggestion)
        pairs = (suggestion.proposal or {}).get("pairs")
        if why or not pairs:
            return why
        items = self.env["account.move.line"].browse([key for pair in pairs for key in pair["item_ids"]])
        if any(item.reconciled or item.parent_state != "posted" for item in items.exists()) or len(
            items.exists()
        ) < len(items):
            return self.env._("%(name)s was partly paid or changed meanwhile.", name=suggestion.label)
        if self._declared_now(pairs) != ((suggestion.evidence or {}).get("details") or {}).get("declared"):
            return self.env._("The tax on the advance was declared or taken back meanwhile.")
        return None

    def _after_booking(self, suggestion, entries):
        result = super()._after_booking(suggestion, entries)
        moved = {row["move_line_id"] for row in suggestion.proposal["lines"] if row.get("move_line_id")}
        self._match([pair for pair in suggestion.proposal.get("pairs") or [] if pair["move_line_id"] not in moved])
        return result

    def _match(self, pairs):
        items = self.env["account.move.line"]
        plan = [items.browse([pair["move_line_id"], *pair["item_ids"]]) for pair in pairs]
        for each in plan:
            open_items = each.filtered(lambda item: not item.reconciled)
            if len(open_items) > 1:
                open_items.reconcile()

    def _apply(self, suggestions):
        """The documents show it too."""
        found = super()._apply(suggestions)
        for suggestion in suggestions:
            items = self._settled(self._settling_rows(suggestion.proposal)).values()
            documents = [item.move_id.id for item in items]
            if suggestion.proposal.get("pairs"):
                documents.append(suggestion.res_id)
            found[suggestion.id] = list(dict.fromkeys([*found[suggestion.id], *documents]))
        return found

    def _made(self, suggestion):
        entries = super()._made(suggestion)
        return entries.filtered(lambda move: move.id != suggestion.res_id)

    # === UNDO === #

    def _partials(self, suggestion):
        """Its matchings that still stand."""
        items = self.env["account.move.line"]
        found = self.env["account.partial.reconcile"]
        for pair in (suggestion.proposal or {}).get("pairs") or []:
            money, terms = items.browse(pair["move_line_id"]).exists(), items.browse(pair["item_ids"]).exists()
            found += (money.matched_debit_ids + money.matched_credit_ids).filtered(
                lambda partial, terms=terms: bool((partial.debit_move_id + partial.credit_move_id) & terms)
            )
        return found

    def _is_gone(self, suggestion):
        return super()._is_gone(suggestion) and not self._partials(suggestion)

    def _before_undoing(self, suggestion):
        result = super()._before_undoing(suggestion)
        partials = self._partials(suggestion)
        locks = self._partial_locks(suggestion, partials)
        if locks:
            template = self.env._("The period of %(name)s is locked, so what it settled stays.")
            raise UserError(template % {"name": format_date(self.env, locks[0])})
        partials.unlink()
        return result

    def _partial_locks(self, suggestion, partials):
        """Days of matchings in a period that is locked now."""
        company = suggestion.company_id
        days = set(partials.mapped("max_date"))
        return sorted(day for day in days if company._get_violated_lock_dates(day, False, suggestion.journal_id))

    def _locked(self, suggestions):
        own = suggestions.filtered(lambda one: self._partial_locks(one, self._partials(one)))
        return super()._locked(suggestions) | own

    def _undo_row(self, suggestion, refusal):
        row = super()._undo_row(suggestion, refusal)
        partials = self._partials(suggestion)
        if not partials:
            return row
        documents = (partials.debit_move_id + partials.credit_move_id).move_id.filtered(lambda move: move.is_invoice())
        row["documents"] = [
            {
                "move_id": move.id,
                "name": move.name,
                "opens": str(sum(self._part(partial, move) for partial in partials)),
                "payment_state": move.payment_state,
            }
            for move in documents
        ]
        if self._partial_locks(suggestion, partials):
            text = self.env._("The period is locked: the matching stays.")
            return {**row, "can_undo": False, "locked": True, "can_transfer": False, "text": text}
        return {**row, "text": refusal or self._undo_sentence(self._made(suggestion), None, row["documents"], None)}

    def _part(self, partial, move):
        """How much of ``move`` the matching keeps closed, in its currency."""
        if partial.debit_move_id.move_id == move:
            amount, currency = partial.debit_amount_currency, partial.debit_currency_id
        elif partial.credit_move_id.move_id == move:
            amount, currency = partial.credit_amount_currency, partial.credit_currency_id
        else:
            return Decimal(0)
        return Decimal(str(amount)).quantize(Decimal(1).scaleb(-currency.decimal_places))
