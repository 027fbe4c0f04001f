"""Looking at many suggestions at once before deciding them together."""

from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...engine.vocabulary import FAILED, OPEN_STATES

LARGEST = 5
#: Days after which a bank line that still waits is odd.
OLD_AFTER = 60
#: Earlier bookings of a partner from which on its usual amounts are known.
USUAL_FROM = 3
SURE = 0.95


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def batch_preview(self) -> list[dict]:
        """What accepting these together would do, company by company; nothing is written, constant queries.

        :return: one per company: ``{company_id, company, currency_id, count, ids, money_in, money_out,
            accounts: [{account_id, account, debit, credit}], vat: [{tax_id, tax, base, amount}],
            largest: [row], odd: [{**row, why: [text]}], new_partners: [{id, name, count, amount}],
            excluded: [{id, label, amount, currency_id, code, why}]}``; a row is
            ``{id, label, partner, amount, currency_id, date, worth}``; ``worth`` and totals in the company's currency
        """
        self.check_access("read")
        excluded = self._batch_excluded()
        taken = self.filtered(lambda suggestion: suggestion.id not in excluded)
        rows = {}
        for kind, suggestions in taken.grouped("kind").items():
            rows.update(self._proposer(kind)._entry_rows(suggestions))
        for suggestion in taken:
            problem = rows.get(suggestion.id, ([], None))[1]
            if problem:
                excluded[suggestion.id] = ("stale", problem)
        taken = taken.filtered(lambda suggestion: suggestion.id not in excluded)
        known = taken._batch_history()
        return [
            found._batch_of_company(company, taken & found, rows, known, excluded)
            for company, found in self.grouped("company_id").items()
        ]

    def _batch_of_company(self, company, taken, rows, known, excluded):
        entries = {suggestion.id: rows.get(suggestion.id, ([], None))[0] for suggestion in taken}
        worth = {s.id: self._batch_worth(s, entries[s.id]) for s in taken}
        listed = {s.id: s._batch_row(worth[s.id]) for s in taken}
        odd = [{**listed[s.id], "why": why} for s in taken if (why := s._batch_oddities(known))]
        largest = sorted(listed.values(), key=lambda row: -abs(row["worth"]))[:LARGEST]
        rounded = company.currency_id.round
        return {
            "company_id": company.id,
            "company": company.sudo().name,
            "currency_id": company.currency_id.id,
            "count": len(taken),
            "ids": taken.ids,
            "money_in": rounded(sum(value for value in worth.values() if value > 0)),
            "money_out": rounded(-sum(value for value in worth.values() if value < 0)),
            "accounts": self._batch_accounts(company, entries),
            "vat": self._batch_vat(company, entries),
            "largest": largest,
            "odd": sorted(odd, key=lambda row: -abs(row["worth"])),
            "new_partners": taken._batch_new_partners(known, worth),
            "excluded": [
                {
                    "id": s.id,
                    "label": s.label or s.name,
                    "amount": s.amount,
                    "currency_id": s.currency_id.id,
                    "code": excluded[s.id][0],
                    "why": excluded[s.id][1],
                }
                for s in self
                if s.id in excluded
            ],
        }

    def _batch_row(self, worth):
        return {
            "id": self.id,
            "label": self.label or self.name,
            # Names on a line that the reader may see.
            "partner": self.partner_id.sudo().name or "",
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            "date": str(self.date or ""),
            "worth": worth,
        }

    @api.model
    def _batch_worth(self, suggestion, entry):
        """The amount in the company's currency, as the bank line was booked."""
        company = suggestion.company_id
        if suggestion.currency_id == company.currency_id or not entry:
            return suggestion.amount
        return company.currency_id.round(-sum(row["balance"] for row in entry))

    # === TOTALS === #

    @api.model
    def _batch_accounts(self, company, entries):
        totals = defaultdict(lambda: [0.0, 0.0])
        for entry in entries.values():
            for row in entry:
                totals[row["account_id"]][0 if row["balance"] > 0 else 1] += abs(row["balance"])
        # Names of accounts that the reader's own suggestions would book to.
        accounts = self.env["account.account"].sudo().with_company(company).browse(totals)
        found = [
            {
                "account_id": account.id,
                "account": account.display_name,
                "debit": company.currency_id.round(totals[account.id][0]),
                "credit": company.currency_id.round(totals[account.id][1]),
            }
            for account in accounts
        ]
        return sorted(found, key=lambda row: -(row["debit"] + row["credit"]))

    @api.model
    def _batch_vat(self, company, entries):
        base, amount = defaultdict(float), defaultdict(float)
        for entry in entries.values():
            for row in entry:
                for tax_id in row["tax_ids"]:
                    base[tax_id] += row["balance"]
                if row["tax_id"]:
                    amount[row["tax_id"]] += row["balance"]
        taxes = self.env["account.tax"].sudo().browse(dict.fromkeys([*base, *amount]))
        return [
            {
                "tax_id": tax.id,
                "tax": tax.display_name,
                "base": company.currency_id.round(base[tax.id]),
                "amount": company.currency_id.round(amount[tax.id]),
            }
            for tax in taxes
        ]

    # === WHAT STANDS OUT === #

    def _batch_history(self):
        """{(partner id, is receipt, currency id): (count, least, most)} of earlier booked bank lines; two queries."""
        lines = self.env["account.bank.statement.line"]
        found = defaultdict(lambda: (0, 0.0, 0.0))
        partners = self.partner_id.ids
        for is_receipt in (True, False) if partners else ():
            rows = lines._read_group(
                [
                    ("partner_id", "in", partners),
                    ("is_reconciled", "=", True),
                    ("amount", ">" if is_receipt else "<", 0),
                ],
                ["partner_id", "journal_id"],
                ["__count", "amount:min", "amount:max"],
            )
            for partner, journal, count, least, most in rows:
                currency = journal.currency_id or journal.company_id.currency_id
                key = (partner.id, is_receipt, currency.id)
                low, high = sorted((abs(least), abs(most)))
                before = found[key]
                found[key] = (
                    before[0] + count,
                    min(low, before[1]) if before[0] else low,
                    max(high, before[2]),
                )
        return found

    def _batch_key(self):
        return (self.partner_id.id, self.amount > 0, self.currency_id.id)

    def _batch_oddities(self, known):
        """Sentences about what a person should look at before accepting this one among others."""
        found = []
        if self.confidence < SURE and self.origin == "engine":
            found.append(self.env._("less sure than the others"))
        if self.origin == "agent":
            found.append(self.env._("proposed by an outside agent"))
        if self.partner_id:
            count, least, most = known.get(self._batch_key(), (0, 0.0, 0.0))
            if not count:
                found.append(self.env._("the first time for this partner"))
            elif count >= USUAL_FROM and not least / 2 <= abs(self.amount) <= most * 2:
                usual = {"least": f"{least:,.2f}", "most": f"{most:,.2f}"}
                found.append(self.env._("unusual amount: %(least)s to %(most)s so far", **usual))
        if self.date and self.date.weekday() >= 5:
            found.append(self.env._("dated on a weekend"))
        if self.date and self.date < fields.Date.context_today(self) - timedelta(days=OLD_AFTER):
            found.append(self.env._("older than %(days)s days", days=OLD_AFTER))
        if self.state == FAILED:
            found.append(self.env._("could not be booked before"))
        return found

    def _batch_new_partners(self, known, worth):
        """Partners that no bank line was ever booked for, with what they get now."""
        booked = {partner_id for partner_id, _is_receipt, _currency_id in known}
        found = []
        for partner, suggestions in self.grouped("partner_id").items():
            if partner and partner.id not in booked:
                amount = sum(worth[suggestion.id] for suggestion in suggestions)
                row = {"id": partner.id, "name": partner.sudo().name, "count": len(suggestions), "amount": amount}
                found.append(row)
        return found

    # === WHAT STAYS OUT === #

    def _batch_excluded(self):
        """{suggestion id: (code, sentence)} of those that would not be booked; each with the first reason."""
        found = {}
        rest = self
        for obstacles in (
            self._batch_decided,
            self._batch_no_right,
            self._batch_questions,
            self._batch_stale,
            self._batch_locked,
            self._batch_duties,
            self._batch_second_approval,
        ):
            found.update(obstacles(rest))
            rest = rest.filtered(lambda suggestion: suggestion.id not in found)
        return found

    def _batch_decided(self, rest):
        gone = rest.filtered(lambda suggestion: suggestion.state not in (*OPEN_STATES, FAILED))
        return dict.fromkeys(gone.ids, ("gone", self.env._("It was decided before.")))

    def _batch_no_right(self, rest):
        if not (self.env.su or self.env.user.has_group("ai_bookkeeper.ai_bookkeeper_group_reviewer")):
            return dict.fromkeys(rest.ids, ("no_right", self.env._("Only reviewers decide.")))
        allowed = {
            (name, record_id)
            for name, records in rest._targets().items()
            for record_id in records._filtered_access("write").ids
        }
        locked = rest.filtered(lambda suggestion: (suggestion.res_model, suggestion.res_id) not in allowed)
        return dict.fromkeys(locked.ids, ("no_right", self.env._("You may not change this record.")))

    def _batch_questions(self, rest):
        asks = rest.filtered("is_question")
        return dict.fromkeys(asks.ids, ("question", self.env._("A question: choose one of its answers.")))

    def _batch_stale(self, rest):
        found = {}
        for kind, suggestions in rest.grouped("kind").items():
            stale = self._proposer(kind)._stale(suggestions)
            found.update({suggestion_id: ("stale", why) for suggestion_id, why in stale.items()})
        return found

    def _batch_locked(self, rest):
        """Those whose entry lies in a locked period; lock dates are read once for each day and journal."""
        found = {}
        days = rest.grouped(lambda suggestion: (suggestion.company_id, suggestion.journal_id, suggestion.date))
        for (company, journal, date), suggestions in days.items():
            violated = company.sudo(False)._get_violated_lock_dates(date, False, journal) if date else []
            if violated:
                why = self.env._("The period is locked until %(date)s.", date=violated[-1][0])
                found.update(dict.fromkeys(suggestions.ids, ("locked", why)))
        return found

    def _batch_duties(self, rest):
        """Those of vendors whose bill the acting person may not accept."""
        found = {}
        for kind, suggestions in rest.grouped("kind").items():
            conflicts = suggestions._vendor_conflicts(self._proposer(kind))
            found.update({suggestion_id: ("duty", why) for suggestion_id, why in conflicts.items()})
        return self._batch_unless_one_person(found)

    def _batch_second_approval(self, rest):
        """Those that this person's accept would not book yet, or may not book at all."""
        caps = rest._second_caps()
        found = {}
        for suggestion in rest.filtered(lambda suggestion: suggestion.id in caps):
            refusal = suggestion._second_refusal(caps)
            if refusal:
                found[suggestion.id] = ("second", refusal)
            elif not suggestion._has_first():
                why = self.env._("Above %(limit)s two people decide.", limit=f"{caps[suggestion.id]:,.2f}")
                found[suggestion.id] = ("second", why)
        return self._batch_unless_one_person(found)

    def _batch_unless_one_person(self, found):
        """A company of one person has declared that it does both parts."""
        alone = set(self.filtered(lambda suggestion: suggestion.company_id.sudo().ai_one_person).ids)
        return {suggestion_id: why for suggestion_id, why in found.items() if suggestion_id not in alone}
