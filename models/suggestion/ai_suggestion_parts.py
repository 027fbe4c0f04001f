"""The parts of a proposal as a person edits them, and whether they add up: net + VAT = gross, and what is left."""

from decimal import Decimal

from odoo import models
from odoo.exceptions import UserError

from ...engine import schema
from ...engine.proposal import fingerprint
from ...engine.vocabulary import MANUAL

#: Where the rows of a proposal stand in it.
PLACES = ("counterparts", "write_off", "lines")
#: Values of a row that a person edits; everything else is kept as long as these stay.
EDITED = ("move_line_id", "account_id", "amount", "tax_ids", "label")


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def proposal_parts(self, key=None) -> list[dict]:
        """What would be booked, part by part, for editing.

        :param str key: of the alternative whose parts are wanted; else those of the proposal
        :return: ``{sort: item|account, move_line_id, account_id, amount, tax_ids, label, source}``; ``amount`` is a
            decimal string with the line's sign, ``source`` is the proposal's own row
        """
        self.ensure_one()
        self.check_access("read")
        proposal = self.proposal or {}
        if key:
            choices = (self.evidence or {}).get("alternatives", [])
            proposal = next((choice["proposal"] for choice in choices if choice["key"] == key), proposal)
        return [
            {
                "sort": "item" if place == "counterparts" else "account",
                "move_line_id": row.get("move_line_id") if place == "counterparts" else None,
                "account_id": row.get("account_id"),
                "amount": row["amount"],
                "tax_ids": row.get("tax_ids") or [],
                "label": row.get("label") or "",
                "source": row,
            }
            for place in PLACES
            for row in proposal.get(place) or []
        ]

    def proposal_of_parts(self, parts: list[dict], partner_id: int | bool = False) -> dict:
        """The proposal that these parts make; what they don't explain becomes the remainder.

        :param parts: as ``proposal_parts`` gives them; ``source`` may be left out
        :return: complete, in the schema of the suggestion's kind
        """
        self.ensure_one()
        self.check_access("read")
        line = self.env[self.res_model].browse(self.res_id)
        counterparts = [self._part_row(part, line) for part in parts if part.get("move_line_id")]
        postings = [self._part_row(part, line) for part in parts if not part.get("move_line_id")]
        proposal = {"version": 1, "partner_id": partner_id or None}
        if "lines" in (self.proposal or {}) or self._proposer(self.kind)._codes():
            if counterparts:
                raise UserError(self.env._("This is coded to accounts: match open items by hand instead."))
            proposal["lines"] = postings
        else:
            proposal |= {"counterparts": counterparts, "write_off": postings}
        total = sum((Decimal(row["amount"]) for row in [*counterparts, *postings]), Decimal(0))
        left = self._amount_decimal(self.amount) - total
        return {**proposal, "remainder": str(left) if left else "0"}

    def check_parts(self, parts: list[dict], partner_id: int | bool = False) -> dict:
        """Whether these parts may be booked; nothing is written.

        :return: ``{gross, net, vat, remainder, problems: [text], changed}``; decimal strings in the line's currency
        """
        self.ensure_one()
        self.check_access("read")
        zero = [part for part in parts if not float(part.get("amount") or 0)]
        parts = [part for part in parts if part not in zero]
        problems = [self.env._("A part has no amount.")] if zero else []
        if any(not part.get("move_line_id") and not part.get("account_id") for part in parts):
            return self._parts_answer(parts, None, [*problems, self.env._("A part has neither item nor account.")])
        try:
            proposal = self.proposal_of_parts(parts, partner_id)
        except UserError as error:
            return self._parts_answer(parts, None, [*problems, str(error.args[0])])
        left = Decimal(proposal["remainder"])
        if left * self._amount_decimal(self.amount) < 0:
            problems.append(self.env._("The parts are larger than the bank line: %(left)s too much.", left=abs(left)))
        if parts and not problems:
            record = self.env[self.res_model].browse(self.res_id)
            problems += self._proposer(self.kind)._problems(record, proposal)
        return self._parts_answer(parts, proposal, problems)

    def _parts_answer(self, parts, proposal, problems):
        taxes = self.env["account.tax"].browse({tax for part in parts for tax in part.get("tax_ids") or []})
        by_id = {tax.id: tax for tax in taxes.sudo().exists()}
        gross, net = Decimal(0), Decimal(0)
        for part in parts:
            amount = self._amount_decimal(part["amount"])
            used = [by_id[tax_id] for tax_id in part.get("tax_ids") or [] if tax_id in by_id]
            gross += amount
            net += self._amount_decimal(self._net(float(amount), used))
        left = self._amount_decimal(self.amount) - gross
        changed = bool(proposal) and not self._is_proposed(proposal)
        return {
            "gross": str(gross),
            "net": str(net),
            "vat": str(gross - net),
            "remainder": str(left),
            "problems": problems,
            "changed": changed,
        }

    def _is_proposed(self, proposal):
        known = self.proposal or {}
        same = fingerprint({**known, "partner_id": None}) == fingerprint({**proposal, "partner_id": None})
        return same and (proposal.get("partner_id") or None) == (known.get("partner_id") or None)

    def _part_row(self, part, line):
        """A row of the proposal. One that was not touched keeps what else it says: a discount's document, say."""
        source = part.get("source") or {}
        values = {
            "move_line_id": part.get("move_line_id") or None,
            "account_id": part.get("account_id") or None,
            "amount": str(self._amount_decimal(part["amount"])),
            "tax_ids": sorted(part.get("tax_ids") or []),
            "label": part.get("label") or "",
        }
        if source and self._is_untouched(values, source):
            return source
        if values["move_line_id"]:
            row = {"move_line_id": values["move_line_id"], "amount": values["amount"]}
            return line._ai_hand_counterpart(row)
        row = {name: values[name] for name in ("account_id", "amount", "tax_ids", "label")}
        kept = {"reason": source.get("reason") or MANUAL} if "lines" not in (self.proposal or {}) else {}
        if source.get("analytic_distribution"):
            kept["analytic_distribution"] = source["analytic_distribution"]
        return {**row, **kept}

    def _is_untouched(self, values, source):
        is_item = bool(values["move_line_id"])
        names = ("move_line_id", "amount") if is_item else ("account_id", "amount", "tax_ids", "label")
        own = {
            **source,
            "amount": str(self._amount_decimal(source["amount"])),
            "tax_ids": sorted(source.get("tax_ids") or []),
            "label": source.get("label") or "",
        }
        return all(values[name] == own.get(name) for name in names)

    def _amount_decimal(self, amount):
        number = schema.amount(amount) if isinstance(amount, str) else Decimal(str(amount or 0))
        if number is None:
            raise UserError(self.env._("%(amount)s is no amount.", amount=amount))
        return number.quantize(Decimal(1).scaleb(-self.currency_id.decimal_places))
