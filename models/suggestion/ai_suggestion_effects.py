"""What accepting or undoing does to filed periods: VAT by tax and tag, cash basis and exchange entries with dates."""

from collections import defaultdict
from decimal import Decimal

from odoo import api, models
from odoo.tools import format_date

from ...engine.vocabulary import APPLIED, FAILED, OPEN_STATES

NO_EFFECTS = {"vat": [], "tags": [], "exchange": [], "cash_basis": [], "filed": False, "text": ""}


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    # === PUBLIC === #

    def undo_preview(self) -> list[dict]:
        """As before, with ``effects`` (see ``_effects``): what undoing adds to the tax report and to other entries."""
        rows = super().undo_preview()
        undoable = self.filtered(lambda suggestion: suggestion.state == APPLIED)
        effects = undoable._effects_of("_undo_effects")
        return [{**row, "effects": effects.get(row["id"], NO_EFFECTS)} for row in rows]

    def accept_preview(self) -> list[dict]:
        """What ``action_accept`` would do to each of these suggestions; nothing is written.

        :return: ``{id, name, state, date, amount, currency_id, line_id, can_accept, why, effects}``; ``effects`` as in
            ``undo_preview``: ``{vat: [{tax, tax_id, tags, base, amount, date, period, filed}],
            tags: [{tag, tag_id, amount, date, period, filed}],
            exchange: [{move_id, name, amount, date, filed}], cash_basis: [{move_id, name, label, amount, date,
            filed}], filed, text}``. Amounts are decimal strings in the company's currency, what is *added*: of tags
            as the tax report shows them, else sales and tax on sales positive, purchases and their tax positive too,
            an exchange gain positive. ``filed`` is a date on or before the company's tax, fiscal or hard lock.
        """
        self.check_access("read")
        waiting = self.filtered(lambda s: s.state in (*OPEN_STATES, FAILED) and not s.is_question)
        refusals, effects = {}, {}
        for kind, suggestions in waiting.grouped("kind").items():
            stale = self._proposer(kind)._stale(suggestions)
            refusals.update(stale)
            ready = suggestions.filtered(lambda suggestion, stale=stale: suggestion.id not in stale)
            found, refused = self._proposer(kind)._accept_effects(ready)
            effects.update(ready._worded(found))
            refusals.update(refused)
        rows = [suggestion._accept_row(waiting, refusals, effects) for suggestion in self]
        return self._without_hidden_rows(rows)

    def _accept_row(self, waiting, refusals, effects):
        headline = self._undo_headline()
        why = refusals.get(self.id)
        if self not in waiting:
            why = self.env._("Choose one of its answers first.") if self.is_question else self.env._("It is decided.")
        names = ("id", "name", "state", "date", "amount", "currency_id", "line_id")
        return {
            **{name: headline[name] for name in names},
            "can_accept": not why,
            "why": why or "",
            "effects": effects.get(self.id, NO_EFFECTS),
        }

    # === EFFECTS === #

    def _effects_of(self, method):
        found = {}
        for kind, suggestions in self.grouped("kind").items():
            found.update(suggestions._worded(getattr(self._proposer(kind), method)(suggestions)))
        return found

    def _worded(self, found):
        """{suggestion id: effects for people} from {suggestion id: (tax rows, made entries)}, read in sets."""
        rows = [row for tax_rows, _made in found.values() for row in tax_rows]
        # Names of taxes and tags that a booking of the reader's own line has; they need no right of their own.
        taxes = self.env["account.tax"].sudo().browse({row["key"] for row in rows if row["part"] != "tag"})
        tags = self.env["account.account.tag"].sudo().browse({row["key"] for row in rows if row["part"] == "tag"})
        words = {
            "taxes": {tax.id: tax for tax in taxes.with_context(active_test=False)},
            "tags": {tag.id: tag for tag in tags},
            "filed": {company.id: company._ai_filed_until() for company in self.company_id.sudo()},
        }
        return {
            suggestion.id: suggestion._effects(*found[suggestion.id], words)
            for suggestion in self
            if suggestion.id in found
        }

    def _effects(self, tax_rows, made, words):
        """See ``accept_preview``; rows that add up to nothing are left out."""
        filed_until = words["filed"][self.company_id.id]
        vat = self._vat_rows(tax_rows, words["taxes"], words["tags"])
        tags = self._tag_rows(tax_rows, words["tags"])
        entries = {"cash_basis": [], "exchange": []}
        for row in made:
            row = {**row, "amount": self._company_decimal(row["amount"])}
            entries[row.pop("sort")].append(row)
        found = {"vat": vat, "tags": tags, **entries}
        for rows in found.values():
            for row in rows:
                day = row["date"]
                row.update(filed=day <= filed_until, date=str(day), period=str(day)[:7])
                row.pop("company_id", None)
        filed = any(row["filed"] for rows in found.values() for row in rows)
        return {**found, "filed": filed, "text": self._effects_sentence(found)}

    def _vat_rows(self, tax_rows, taxes, tags):
        sums = defaultdict(lambda: {"base": 0, "tax": 0})
        tags_of = defaultdict(set)
        for row in tax_rows:
            if row["part"] != "tag":
                sums[row["date"], row["key"]][row["part"]] += row["balance"]
        for row in tax_rows:
            if row["part"] == "tag":
                tags_of[row["date"]].add(row["key"])
        found = []
        for (day, tax_id), sides in sorted(sums.items()):
            tax = taxes[tax_id]
            sign = 1 if tax.type_tax_use == "purchase" else -1
            base, amount = (self._company_decimal(sign * sides[side]) for side in ("base", "tax"))
            if Decimal(base) or Decimal(amount):
                own = tax.repartition_line_ids.tag_ids.ids
                names = [tags[tag_id].name for tag_id in sorted(tags_of[day].intersection(own))]
                found.append(
                    {"tax": tax.name, "tax_id": tax_id, "tags": names, "base": base, "amount": amount, "date": day}
                )
        return found

    def _tag_rows(self, tax_rows, tags):
        sums = defaultdict(float)
        for row in tax_rows:
            if row["part"] == "tag":
                sums[row["date"], row["key"]] += float(row["balance"])
        found = []
        for (day, tag_id), balance in sorted(sums.items()):
            # As the tax report shows it: a tag may be told to turn the sign.
            amount = self._company_decimal(-balance if tags[tag_id].balance_negate else balance)
            if Decimal(amount):
                found.append({"tag": tags[tag_id].name, "tag_id": tag_id, "amount": amount, "date": day})
        return found

    def _company_decimal(self, amount):
        places = Decimal(1).scaleb(-self.company_id.sudo().currency_id.decimal_places)
        # Not "-0.00".
        return str(Decimal(str(amount)).quantize(places) + 0)

    # === WORDS === #

    def _effects_sentence(self, found):
        """One line: filed periods first, then where else VAT lands."""
        parts = []
        for filed, template in (
            (True, self.env._("Touches filed VAT of %(period)s: %(what)s")),
            (False, self.env._("VAT of %(period)s: %(what)s")),
        ):
            for period, what in self._by_period(found, filed).items():
                parts.append(template % {"period": self._month(period), "what": ", ".join(what)})
        for row in found["exchange"]:
            words = {"amount": row["amount"], "date": format_date(self.env, row["date"])}
            text = self.env._("exchange entry of %(amount)s on %(date)s (filed)", **words)
            parts.append(text if row["filed"] else self.env._("exchange entry of %(amount)s on %(date)s", **words))
        return "; ".join(parts)

    def _by_period(self, found, filed):
        """{month: ["-19.00 on tag 81" ...]}; taxes whose lines carry no tag are named themselves."""
        what = defaultdict(list)
        for row in found["tags"]:
            if row["filed"] == filed:
                what[row["period"]].append(
                    self.env._("%(amount)s on tag %(tag)s", amount=row["amount"], tag=row["tag"])
                )
        for row in found["vat"]:
            if row["filed"] == filed and not row["tags"]:
                words = {"amount": row["amount"], "tax": row["tax"], "base": row["base"]}
                what[row["period"]].append(self.env._("%(amount)s of tax %(tax)s (base %(base)s)", **words))
        return what

    def _month(self, period):
        return format_date(self.env, f"{period}-01", date_format="MMMM yyyy")

    # === THE CARD === #

    @api.depends("proposal", "evidence", "state", "confidence")
    @api.depends_context("lang", "uid")
    def _compute_card(self):
        texts = self._effects_texts()
        result = super()._compute_card()
        for suggestion in self:
            suggestion.card = {**suggestion.card, "effects_text": texts.get(suggestion.id, "")}
        return result

    def _effects_texts(self):
        """{id: the short line of the card}, only for what is dated in a filed period: everything else is free."""
        filed = {company.id: company._ai_filed_until() for company in self.company_id.sudo()}
        old = self.filtered(lambda s: s.date and s.date <= filed[s.company_id.id])
        found = old.filtered(lambda s: s.state == APPLIED)._effects_of("_undo_effects")
        found.update(old.filtered(lambda s: s.state in OPEN_STATES)._effects_of("_accept_outlook"))
        return {suggestion_id: effects["text"] for suggestion_id, effects in found.items()}
