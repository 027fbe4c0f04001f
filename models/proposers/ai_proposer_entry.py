"""What kinds share whose suggestions are journal entries of their own: cut-over, settlement, advance, netting."""

import json
from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...engine.proposal import fingerprint
from ...engine.vocabulary import FAILED, OPEN_STATES


class AiProposerEntry(models.AbstractModel):
    """``proposal``: ``{"version": 1, "lines": [row ...], "remainder": "0", "partner_id"}``. A row is one journal item:

    ``account_id``, ``amount`` (decimal string in the company's currency, a debit is positive, tax included if there are
    ``tax_ids``), ``label``; beside them ``partner_id``, ``tax_ids``, ``analytic_distribution``, ``currency_id`` with
    ``amount_currency`` (decimal string), ``date`` (rows of one date make one entry; else the suggestion's),
    ``move_line_id`` (the open item that it settles). The rows of each date add up to zero.

    ``reverses``: the row takes a tax back in the boxes in which it was declared, not in those of credit notes.
    ``tax_amount`` (decimal string, the row's sign): the tax inside ``amount``, where rounding must not say.

    The suggestion's ``res_model`` and ``res_id`` are what the entry is about, ``journal_id`` is where it is posted.
    A kind overrides what it needs: ``_company_of``, ``_anew`` (look again at what was overtaken or undone),
    ``_entry_values`` (more fields of the entry), ``_after_booking``, ``_before_undoing``.
    """

    _name = "ai.proposer.entry"
    _inherit = "ai.proposer"
    _description = "Proposer of Journal Entries"

    # === PROPOSING === #

    def _suggest(self, record, rows, **values):
        """The open suggestion of this kind about ``record``, made or refreshed.

        :param rows: as above; nothing to book and no alternatives: an open suggestion is superseded
        :param values: of the suggestion: ``case``, ``tier``, ``journal_id`` (else the company's first for miscellaneous
            operations), ``partner_id``, ``amount``, ``currency_id``, ``date``, ``label``, ``confidence``,
            ``is_question``, ``evidence`` (``reasons``, ``alternatives`` of ``_alternative``, ``details`` ...),
            ``origin`` ("user": a person asked for it, so an earlier no does not keep it out), ``extra`` (more keys
            of the proposal)
        :return: the suggestion; empty when there is nothing to book or a person rejected just this
        """
        suggestions = self.env["ai.suggestion"].sudo()
        about = [("kind", "=", self._kind), ("res_model", "=", record._name), ("res_id", "=", record.id)]
        known = suggestions.search([*about, ("state", "in", (*OPEN_STATES, FAILED))], order="id")
        values = self._suggested(record, rows, values)
        asked_for = values.get("origin") == "user"
        if self._is_empty(values):
            known._supersede(self.env._("There is nothing left to book."))
            return suggestions
        current = known.filtered(lambda suggestion: suggestion.state in OPEN_STATES)
        if current and (current.fingerprint == values["fingerprint"] or (current.is_edited and not asked_for)):
            return current
        if not asked_for and self._was_rejected(about, values["fingerprint"]):
            known._supersede(self.env._("What it would book was rejected before."))
            return suggestions
        (known - current)._supersede()
        return self._keep(record, current, values)

    def _is_empty(self, values):
        return not (values["proposal"].get("lines") or values["evidence"]["alternatives"])

    def _keep(self, record, current, values):
        if current:
            current._ask_again()
            current.write({**values, "is_edited": False})
            found, event = current, "refreshed"
        else:
            about = {"kind": self._kind, "res_model": record._name, "res_id": record.id}
            about["company_id"] = self._company_of(record).id
            found, event = self.env["ai.suggestion"].sudo().create({**about, **values}), "proposed"
        found._replace_items()
        found._log(event, [{"fingerprint": values["fingerprint"]}])
        found._decide_by_policy()
        return found

    def _suggested(self, record, rows, values):
        """Complete values of the suggestion."""
        values = dict(values)
        company = self._company_of(record)
        proposal = self._proposal(rows, values.get("partner_id"), values.pop("extra", None))
        evidence = values.pop("evidence", None) or {}
        alternatives = evidence.get("alternatives") or []
        proposals = [proposal, *(choice["proposal"] for choice in alternatives)]
        for each in proposals:
            self._check_balanced(each["lines"])
        asks = values.pop("is_question", bool(alternatives) and not rows)
        mark = self._fingerprint(proposal)
        if asks:
            mark = fingerprint({"partner_id": "|".join(sorted(choice["key"] for choice in alternatives))})
        return {
            "tier": "rule",
            "currency_id": company.currency_id.id,
            **values,
            "journal_id": values.get("journal_id") or self.env["ai.bank.return.entry"].sudo()._journal(company).id,
            "is_question": asks,
            "proposal": {} if asks else proposal,
            "fingerprint": mark,
            "evidence": {
                "version": 1,
                "case": values.get("case"),
                "reasons": [],
                "ticks": {},
                "marks": [],
                **evidence,
                "alternatives": alternatives,
                "open": self._open_amounts([row for each in proposals for row in self._settling_rows(each)]),
            },
        }

    def _company_of(self, record):
        return record.company_id

    def _proposal(self, rows, partner_id=None, extra=None):
        return {"version": 1, "lines": rows, "remainder": "0", "partner_id": partner_id or None, **(extra or {})}

    def _alternative(self, rows, case, reasons=(), partner_id=None, title=None, lost=None, extra=None):
        """One answer of a question, for ``evidence["alternatives"]``.

        :param title: (code, values) of what the choice is called, of ``words.REASONS``; its accounts if left out
        :param lost: (code, values): why it is not the first
        """
        proposal = self._proposal(rows, partner_id, extra)
        mark = self._fingerprint(proposal)
        return {
            "key": mark[:12],
            "key_full": mark,
            "case": case,
            "confidence": 0.0,
            "ticks": {},
            "reasons": [list(reason) for reason in reasons],
            "marks": [],
            "support": [0, 0],
            "lost": list(lost) if lost else None,
            "title": list(title) if title else None,
            "proposal": proposal,
        }

    def _reading_values(self, choice):
        return {
            "case": choice["case"],
            "confidence": choice["confidence"],
            "partner_id": choice["proposal"].get("partner_id"),
            "proposal": choice["proposal"],
            "fingerprint": choice["key_full"],
        }

    def _reading_evidence(self, choice):
        return {name: choice[name] for name in ("case", "ticks", "reasons", "marks", "support")}

    def _was_rejected(self, about, mark):
        """A rejected proposal comes back only if its facts changed."""
        domain = [*about, ("state", "=", "rejected"), ("fingerprint", "=", mark)]
        return bool(self.env["ai.suggestion"].sudo().search_count(domain, limit=1))

    def _fingerprint(self, proposal):
        """The same for the same booking: all that is booked, but not how it is called."""
        rows = [{key: row[key] for key in row if key != "label" and row[key]} for row in proposal["lines"]]
        texts = sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
        rest = {key: proposal[key] for key in proposal if key not in ("lines", "version")}
        return fingerprint({"partner_id": [texts, rest]})

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
        # What it settles is read for the comparison only; deciding checks the rights on each.
        ids = [row["move_line_id"] for row in rows if row.get("move_line_id")]
        return {item.id: item for item in self.env["account.move.line"].sudo().browse(ids).exists()}

    # === BEFORE DECIDING === #

    def _stale(self, suggestions):
        found = {}
        for suggestion in suggestions:
            why = self._moved(suggestion)
            if why:
                found[suggestion.id] = why
        return found

    def _moved(self, suggestion):
        """Why the suggestion can't be booked as it stands; None when it can."""
        if not self.env[suggestion.res_model].sudo().browse(suggestion.res_id).exists():
            return self.env._("What this is about was deleted.")
        return self._item_moved(suggestion) or self._lock_moved(suggestion)

    def _item_moved(self, suggestion):
        rows = self._settling_rows(suggestion.proposal or {})
        items, known = self._settled(rows), (suggestion.evidence or {}).get("open") or {}
        for row in rows:
            item = items.get(row["move_line_id"])
            if not item or item.parent_state != "posted":
                return self.env._("A document was deleted or reset meanwhile.")
            was = known.get(str(item.id))
            if was is not None and item.currency_id.compare_amounts(float(was), item.amount_residual_currency):
                return self.env._("%(name)s was partly paid or changed meanwhile.", name=item.move_id.name)
        return None

    def _lock_moved(self, suggestion):
        """Odoo would silently date an entry of a locked period elsewhere."""
        for day, rows in self._by_day(suggestion).items():
            has_tax = any(row.get("tax_ids") for row in rows)
            if suggestion.company_id._get_violated_lock_dates(fields.Date.to_date(day), has_tax, suggestion.journal_id):
                template = self.env._("The period of %(date)s is locked: nothing can be booked there any more.")
                return template % {"date": format_date(self.env, day)}
        return None

    def _by_day(self, suggestion, proposal=None):
        days = defaultdict(list)
        for row in (proposal or suggestion.proposal or {}).get("lines") or []:
            days[row.get("date") or str(suggestion.date)].append(row)
        return days

    def _posting_journals(self, suggestions):
        return {suggestion.id: suggestion.journal_id.sudo() for suggestion in suggestions}

    def _bill_vendors(self, suggestions):
        """The document that it is about was accepted before: nobody's bill is accepted here."""
        return {}

    def _problems(self, record, proposal):
        return [self.env._("This kind of booking is proposed from the books only: it can't be edited or submitted.")]
