"""Expected payments follow the bank: new ones are learned, what a person set stays, what did not come is found."""

from datetime import date

from odoo import api, fields, models

from ...engine.expecting.recognise import RUN, grouped, recognise
from ...engine.expecting.replay import is_sure, tells_amount
from ...engine.expecting.watch import CODES, LOOKED_AT, Watched, findings, paired
from .ai_expected_payment import AMOUNT_FIELDS, ENDED, PAUSED, RHYTHM_FIELDS, UNSURE, WATCHED

#: Days after which an account without lines is known as far as the others are.
_QUIET = 30


class AiExpectedPayment(models.Model):
    _name = "ai.expected.payment"
    _inherit = "ai.expected.payment"

    @api.model
    def _cron_refresh(self):
        """Companies in which bank lines came or were booked since the last look."""
        for company in self.env["res.company"].sudo().search([]):
            self._refresh(company)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _refresh(self, company):
        """Learn what recurs in ``company`` and look at what came. Two at a time would learn everything twice."""
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtext('ai.expected.payment'), %s)", [company.id])
        self = self.sudo().with_company(company)
        lines = self.env["ai.facts.expected"]._lines(company)
        # Transfers between own accounts are nobody's payments.
        movements = [line.movement for line in lines if not line.is_transfer]
        until = max((movement.day for movement in movements), default=fields.Date.context_today(self))
        # Unbooked lines are payments as well, but what they are for is not sure: they teach nothing.
        booked = [movement for movement in movements if movement.is_booked]
        self._learn(company, recognise(booked, until, also=[m for m in movements if not m.is_booked]))
        self._find(company, movements)

    # === LEARNING === #

    def _learn(self, company, series):
        known = self.search([("company_id", "=", company.id)])
        by_group = known.grouped(lambda expected: (expected.key, expected.direction, expected.currency_id.name))
        new, taken = [], self.browse()
        for each in series:
            mates = by_group.get((each.key, each.direction, each.currency), self.browse()) - taken
            expected = mates._nearest(each)
            if expected:
                taken |= expected
                expected._follow(each)
            else:
                new.append(self._values(company, each))
        names = self._account_names(new)
        for values in new:
            values["name"] = names.get(values["key"]) or values["name"] or self.env._("Unnamed")
        self.create(new)._follow_calendar()

    def _nearest(self, series):
        """The one of these that ``series`` is: most payments in common, then one that a person entered of that
        amount."""
        ids = {number for movement in series.movements for number in movement.ids}
        shared = [(len(ids & set(expected.line_ids_json or [])), expected) for expected in self]
        best = max(shared, key=lambda pair: pair[0], default=(0, self.browse()))
        if best[0]:
            return best[1]
        entered = self.filtered(lambda e: not e.line_ids_json and e.period == series.rhythm.period)
        return entered.filtered(lambda e: e._amounts().holds(series.amounts.expected))[:1]

    def _values(self, company, series):
        partner = series.key.removeprefix("partner:")
        learned = self._learned(series)
        return {
            "company_id": company.id,
            "journal_id": series.journal,
            "key": series.key,
            "name": series.name,
            "partner_id": int(partner) if partner != series.key else False,
            "direction": series.direction,
            "purpose": series.purpose,
            "origin": "learned",
            "state": WATCHED if is_sure(series) else UNSURE,
            **self._effective(learned, RHYTHM_FIELDS, (*AMOUNT_FIELDS, "pattern")),
            **self._record(series, learned),
        }

    def _learned(self, series):
        rhythm, amounts = series.rhythm, series.amounts
        return {
            "period": rhythm.period,
            "day": rhythm.day,
            "shift": rhythm.shift,
            "first_date": rhythm.start.isoformat(),
            "pattern": amounts.pattern,
            "amount": str(amounts.expected),
            "amount_low": str(amounts.low),
            "amount_high": str(amounts.high),
            "since": series.first.isoformat(),
        }

    def _effective(self, learned, *groups):
        names = [name for group in groups for name in group]
        return {name: float(learned[name]) if name in AMOUNT_FIELDS else learned[name] for name in names}

    def _record(self, series, learned):
        return {
            "learned": learned,
            "line_ids_json": [number for movement in series.movements for number in movement.ids],
            "seen": len(series.movements),
            "hits": series.hits,
            "held": series.held,
            "trials": series.trials,
            "last_date": series.last,
        }

    def _follow(self, series):
        """What the bank shows now; what a person set is not touched."""
        learned = self._learned(series)
        values = self._record(series, learned)
        values["journal_id"] = series.journal
        if not self.rhythm_set:
            values |= self._effective(learned, RHYTHM_FIELDS)
        if not self.amount_set:
            values |= self._effective(learned, (*AMOUNT_FIELDS, "pattern"))
        if self.state == UNSURE and is_sure(series):
            values["state"] = WATCHED
        if self.state == ENDED and self.end_date and series.last > self.end_date and not self.set_by_id:
            values |= {"state": WATCHED, "end_date": False}
        changed = {name: value for name, value in values.items() if self._stored(name) != value}
        if changed:
            self.write(changed)
        self._follow_calendar()

    def _stored(self, name):
        value = self[name]
        if isinstance(value, models.BaseModel):
            return value.id
        return value.isoformat() if isinstance(value, date) and name in RHYTHM_FIELDS else value

    def _account_names(self, new):
        """{key: name of the account} of runs, which no single payee names."""
        ids = [int(v["key"].removeprefix(f"{RUN}:")) for v in new if v["key"].startswith(f"{RUN}:")]
        return {f"{RUN}:{account.id}": account.name for account in self.env["account.account"].browse(ids)}

    # === WHAT CAME === #

    def _find(self, company, movements=None):
        """Which of the expected times came, and what is odd: kept as findings."""
        self = self.sudo().with_company(company)
        if movements is None:
            lines = self.env["ai.facts.expected"]._lines(company)
            movements = [line.movement for line in lines if not line.is_transfer]
        self._end_pauses(company)
        records = self.search([("company_id", "=", company.id)])
        days = self.env["ai.facts.expected"]._known_until(company)
        watched = {expected.id: expected._watched(days) for expected in records}
        times = paired(list(watched.values()), grouped(movements))
        found = {}
        for expected in records:
            asked = times[expected.id]
            expected._keep_times(asked)
            if expected.state in (WATCHED, PAUSED, ENDED):
                found[expected.id] = findings(watched[expected.id], asked)
        self.env["ai.finding"]._keep(records, found, CODES)

    def _watched(self, days):
        """:param days: {journal id: day of its newest bank line}"""
        # An account on which nothing else happens is known by the others, a month later.
        others = fields.Date.subtract(max(days.values(), default=self.first_date), days=_QUIET)
        return Watched(
            id=self.id,
            group=(self.key or "", self.direction, self.currency_id.name),
            rhythm=self._rhythm(),
            amounts=self._amounts(),
            since=self._since() or self.first_date,
            known=max(days.get(self.journal_id.id, others), others),
            until=self.end_date or None,
            paused=(self.paused_from, self.paused_until or None) if self.paused_from else None,
            purpose=self.purpose,
            tells_amount=self.amount_set or tells_amount(self.pattern, self.hits, self.held),
        )

    def _since(self):
        """The first payment that is known; what a person entered is asked from the day that they said."""
        learned = self.learned or {}
        return date.fromisoformat(learned["since"]) if learned else None

    def _keep_times(self, times):
        kept = [
            [time.day.isoformat(), time.movement.day.isoformat() if time.movement else None, 1 + len(time.extra)]
            for time in [time for time in times if time.asked][-LOOKED_AT:]
        ]
        last = max((time.movement.day for time in times if time.movement), default=None)
        values = {}
        if kept != (self.times or []):
            values["times"] = kept
        if last and last != self.last_date:
            values["last_date"] = last
        if values:
            self.write(values)
            self._follow_calendar()

    def _end_pauses(self, company):
        today = fields.Date.context_today(self)
        over = self.search([("company_id", "=", company.id), ("state", "=", PAUSED), ("paused_until", "<", today)])
        over.write({"state": WATCHED})
