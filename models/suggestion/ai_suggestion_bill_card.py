"""The card of a bill: what would be booked line by line, what a careful person asks, and findings."""

from collections import defaultdict

from odoo import api, models

from ...engine.vocabulary import OPEN_STATES

MOVE_MODEL = "account.move"


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def bill_card(self) -> dict:
        """Everything that a screen shows about a bill, beside the picture and the fields that were read.

        :return: the card of every suggestion, and ``{document_id, move_id, move_type_label, lines, sums, vendor,
            facts, findings}``: ``lines`` as the proposal has them with the names of their records, ``facts``
            ``[{code, tone, label, text, model, res_id}]`` in a fixed order, ``findings`` ``[{id, code, severity, state,
            text, reason, by, actions}]``
        :raise AccessError: when the caller may not read the draft
        """
        self.ensure_one()
        self.check_access("read")
        return {**self.card, **self._bill_cards()[self.id]}

    def _bills(self):
        """Those that are about an entry: their card is that of a bill."""
        return self.filtered(lambda suggestion: suggestion.res_model == MOVE_MODEL)

    def _bill_cards(self):
        """{suggestion id: what the card of a bill has beyond the common card}; constant queries."""
        moves = {move.id: move for move in self.env[MOVE_MODEL].browse(self.mapped("res_id")).exists()}
        names = self._bill_names()
        findings = self._bill_findings(list(moves))
        facts = self._bill_facts(moves, findings)
        documents = self._bill_documents(list(moves))
        return {
            suggestion.id: {
                "document_id": documents.get(suggestion.res_id, False),
                "move_id": suggestion.res_id,
                "move_type_label": suggestion._bill_type_label(),
                "has_proposal": bool((suggestion.proposal or {}).get("lines")),
                "proposal": suggestion.proposal or {},
                "can_edit": suggestion.state in OPEN_STATES,
                "lines": suggestion._bill_lines(names),
                "sums": suggestion._bill_sums(),
                "vendor": suggestion._bill_vendor(names),
                "facts": facts[suggestion.id],
                "findings": findings.get(suggestion.res_id, []),
            }
            for suggestion in self
        }

    def _bill_type_label(self):
        types = dict(self.env[MOVE_MODEL]._fields["move_type"]._description_selection(self.env))
        return types.get((self.proposal or {}).get("move_type"), "")

    # === LINES === #

    def _bill_names(self):
        """{model: {id: name}} of the records that these proposals name, one query for each model."""
        ids = defaultdict(set)
        for suggestion in self:
            proposal = suggestion.proposal or {}
            ids["res.partner"].add(proposal.get("partner_id"))
            ids["res.partner"].update(row.get("id") for row in suggestion._vendor_alternatives())
            for row in proposal.get("lines") or []:
                ids["account.account"].add(row.get("account_id"))
                ids["product.product"].add(row.get("product_id"))
                ids["account.tax"].update(row.get("tax_ids") or [])
                for key in row.get("analytic_distribution") or {}:
                    ids["account.analytic.account"].update(int(part) for part in key.split(",") if part.isdigit())
        # Names on a card that the reader may see: it follows the entry's access.
        return {
            model: {
                record.id: record.display_name
                for record in self.env[model].sudo().browse([one for one in found if one]).exists()
            }
            for model, found in ids.items()
        }

    def _bill_lines(self, names):
        told = (self.evidence or {}).get("lines") or []
        rows = (self.proposal or {}).get("lines") or []
        return [self._bill_line(row, told[n] if n < len(told) else {}, names) for n, row in enumerate(rows)]

    def _bill_line(self, row, told, names):
        tiers = dict(self._fields["tier"]._description_selection(self.env))
        accounts, taxes = names.get("account.account", {}), names.get("account.tax", {})
        return {
            "source": row,
            "label": row.get("label") or "",
            "account_id": row.get("account_id") or False,
            "account": accounts.get(row.get("account_id"), ""),
            "tax_ids": row.get("tax_ids") or [],
            "taxes": ", ".join(taxes.get(tax_id, "") for tax_id in row.get("tax_ids") or []),
            "analytic": self._bill_analytic(row, names.get("account.analytic.account", {})),
            "quantity": str(row.get("quantity") or ""),
            "price_unit": str(row.get("price_unit") or ""),
            "discount": str(row.get("discount") or ""),
            "amount": str(row.get("amount") or "0"),
            "deductible": row.get("deductible"),
            "tier_label": tiers.get(told.get("tier"), ""),
            "reasons": self._sentences([(code, values) for code, values in told.get("reasons") or []]),
        }

    @api.model
    def _bill_analytic(self, row, accounts):
        """``[{ids: [account ids], name, percent}]`` of a line's distribution."""
        found = []
        for key, percent in (row.get("analytic_distribution") or {}).items():
            ids = [int(part) for part in key.split(",") if part.isdigit()]
            name = " · ".join(accounts.get(one, "") for one in ids)
            found.append({"ids": ids, "name": name, "percent": percent})
        return found

    def _card_difference(self, row, items, accounts, taxes):
        """The amounts of a bill's lines are net of tax."""
        values = super()._card_difference(row, items, accounts, taxes)
        if self.res_model != MOVE_MODEL:
            return values
        net = float(row.get("amount") or 0)
        used = self.env["account.tax"].browse(row.get("tax_ids") or []).sudo().exists()
        gross = used.compute_all(net, currency=self.currency_id, handle_price_include=False)["total_included"]
        tax = self.currency_id.round(gross - net)
        return {**values, "reason_label": "", "net": net, "vat": tax, "amount": self.currency_id.round(gross)}

    def _card_choice(self, choice, items, accounts, taxes, partners):
        """Bills are told apart by their vendor first: what a question about them usually asks."""
        card = super()._card_choice(choice, items, accounts, taxes, partners)
        if self.res_model != MOVE_MODEL:
            return card
        proposal = choice["proposal"]
        new = (proposal.get("partner") or {}).get("name")
        vendor = card["partner"] or (self.env._("New vendor: %(name)s", name=new) if new else "")
        # Under the vendor, where it would be booked.
        return {**card, "title": vendor, "partner": card["title"]} if vendor else card

    # === THE VENDOR === #

    def _vendor_evidence(self):
        found = (self.evidence or {}).get("vendor")
        return found if isinstance(found, dict) else {}

    def _vendor_alternatives(self):
        rows = self._vendor_evidence().get("alternatives") or []
        return [row if isinstance(row, dict) else {"id": row} for row in rows]

    def _bill_vendor(self, names):
        """Who the vendor is in the books, or the one that would be made."""
        partners = names.get("res.partner", {})
        proposal = self.proposal or {}
        evidence = self._vendor_evidence()
        return {
            "id": proposal.get("partner_id") or False,
            "name": partners.get(proposal.get("partner_id"), ""),
            "new": proposal.get("partner") or None,
            # Why the machine found its vendor says nothing of one that a person chose.
            "reasons": [] if self.is_edited else self._sentences(evidence.get("reasons") or []),
            "alternatives": [
                {"id": row["id"], "name": partners[row["id"]]}
                for row in self._vendor_alternatives()
                if row.get("id") in partners and row["id"] != proposal.get("partner_id")
            ],
        }

    # === FINDINGS, DOCUMENTS === #

    @api.model
    def _bill_findings(self, move_ids):
        """{entry id: its findings}, what stops first; dismissed ones stay visible with their reason."""
        findings = self.env["ai.finding"].search(
            [("res_model", "=", MOVE_MODEL), ("res_id", "in", move_ids), ("state", "in", ("open", "dismissed"))]
        )
        found = defaultdict(list)
        for finding in findings.sorted(lambda one: (one.state != "open", one.severity != "stop", one.id)):
            found[finding.res_id].append(finding._screen_row())
        return found

    @api.model
    def _bill_documents(self, move_ids, filed=False):
        """{entry id: the document that its screen shows}: of several files the newest that was read.

        :param filed: also documents that were filed as not bills
        """
        hidden = [] if filed else [("state", "!=", "not_bill")]
        documents = self.env["ai.document"].search([("move_id", "in", move_ids), *hidden], order="id desc")
        found = {}
        for document in documents.sorted(lambda one: (one.state != "read", -one.id)):
            found.setdefault(document.move_id.id, document.id)
        return found
