"""Fetching rates: through the door, only what is believable, and never over what somebody entered."""

import logging
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...clients.errors import ClientError
from ...clients.rates import RateFileError, fetch, read
from ...engine.exchange import Quote, cross, sane, shown
from ..sync import egress
from .ai_rate_provider import PER_UNIT

_logger = logging.getLogger(__name__)
#: How far back a file's history is taken: the year that is open, and the one before it.
KEPT_DAYS = 400
#: Of the same rate in another spelling nothing is written.
SAME = Decimal("1e-9")
LONGEST_NOTE = 2000


class AiRateProvider(models.Model):
    _name = "ai.rate.provider"
    _inherit = "ai.rate.provider"

    # === FETCHING === #

    def action_fetch(self):
        """Fetch now, also while the daily fetching is off."""
        self.ensure_one()
        self._check_manager()
        self._fetch()
        return self.env["ai.suggestion"]._notice(self.note)

    @api.model
    def _cron_fetch(self):
        """Each provider that is on, in a transaction of its own."""
        providers = self.search([("is_on", "=", True)])
        self.env["ir.cron"]._commit_progress(remaining=len(providers))
        for provider in providers:
            provider.with_company(provider.company_id)._fetch()
            self.env["ir.cron"]._commit_progress(1)

    def _fetch(self):
        """One answer, read, judged and stored. What goes wrong is told in ``note``: a rate that stays missing is asked.

        :raise UserError: it is being fetched right now
        """
        self.ensure_one()
        try:
            rows = read(fetch(self.url, **{**egress.door(), "timeout": float(self.timeout)}))
        except (ClientError, RateFileError) as error:
            return self._failed(error)
        if not self.sudo().try_lock_for_update():
            raise UserError(self.env._("These rates are being fetched right now; try again in a minute."))
        return self._take(rows)

    def _failed(self, error):
        words = {
            "too_large": self.env._("The answer is too long for a file of rates."),
            "unreadable": self.env._("The answer is no readable XML, CSV or JSON."),
            "no_rates": self.env._("No rates are found in the answer: is it the address of the file itself?"),
        }
        text = words.get(getattr(error, "reason", ""), str(error)) if isinstance(error, RateFileError) else str(error)
        self._tell("failed", self.env._("No rates: %(error)s", error=text))

    def _tell(self, state, note):
        # Whoever fetches may not write providers by hand; the outcome is the method's own.
        self.sudo().write({"state": state, "fetched_at": fields.Datetime.now(), "note": note[:LONGEST_NOTE]})

    # === STORING === #

    def _take(self, rows):
        """Store what is new and believable of ``rows`` (``clients.rates.Row``)."""
        today = fields.Date.context_today(self)
        currencies = self.env["res.currency"].search([("id", "!=", self.company_id.currency_id.id)])
        by_name = {currency.name: currency for currency in currencies}
        quotes = [
            quote
            for quote in self._quotes(rows, today)
            if quote.currency in by_name and quote.day > today - timedelta(days=KEPT_DAYS)
        ]
        wanted, stored, kept = self._to_store(quotes, by_name)
        known = self._last_known(wanted)
        percent = Decimal(str(self.max_change))
        taken, refused = sane(wanted, known, percent, today)
        book = self.env["ai.rate.book"]
        before = book._lines_without(self.company_id, currencies) if self.is_revaluing and taken else None
        book._store(
            self.company_id,
            {(by_name[quote.currency], quote.day): quote.rate for quote in taken},
            {(by_name[name], day): record for (name, day), record in stored.items()},
            self,
        )
        if before:
            book._revalue(before, self.company_id)
        if taken:
            book._look_again(self.company_id)
        self._tell("partly" if refused else "done", self._report(quotes, taken, refused, kept))

    def _quotes(self, rows, today):
        """The file's rows as quotes against the company's currency."""
        found = []
        for row in rows:
            rate = row.unit / row.rate if self.direction == PER_UNIT else row.rate / row.unit
            found.append(Quote(row.currency, row.day or today, rate))
        return cross(found, self.base_currency_id.name, self.company_id.currency_id.name)

    def _to_store(self, quotes, by_name):
        """What is not stored as it is: (quotes, {(currency, day): fetched record to change}, how many people keep)."""
        days = {quote.day for quote in quotes}
        rates = self.env["res.currency.rate"].search(
            [
                ("currency_id", "in", [by_name[quote.currency].id for quote in quotes]),
                ("name", "in", list(days)),
                ("company_id", "in", (self.company_id.id, False)),
            ]
        )
        there = {(rate.currency_id.name, rate.name): rate for rate in rates}
        known = self.env["ai.rate.book"]._known(self.company_id, {quote.currency for quote in quotes}, days)
        wanted, kept = [], 0
        for quote in quotes:
            key = (quote.currency, quote.day)
            if key in there and not there[key].ai_provider_id:
                kept += 1
            elif key not in there or abs(known[key].rate / quote.rate - 1) > SAME:
                wanted.append(quote)
        return wanted, {key: rate for key, rate in there.items() if rate.ai_provider_id}, kept

    def _last_known(self, quotes):
        """{currency: (day, rate)} the rate that stood before the first of these quotes."""
        first = {}
        for quote in quotes:
            first[quote.currency] = min(first.get(quote.currency, quote.day), quote.day)
        days = {day - timedelta(days=1) for day in first.values()}
        known = self.env["ai.rate.book"]._known(self.company_id, set(first), days)
        return {
            name: (rate.date, rate.rate)
            for (name, day), rate in known.items()
            if day == first[name] - timedelta(days=1)
        }

    def _report(self, quotes, taken, refused, kept):
        if not quotes:
            return self.env._(
                "The file has no rate of an active currency against %(currency)s: is the base right?",
                currency=self.company_id.currency_id.name,
            )
        lines = [
            self.env._("%(count)s new rates of %(days)s days.", count=len(taken), days=len({q.day for q in taken}))
        ]
        if kept:
            lines.append(self.env._("%(count)s were entered by somebody and stay as they are.", count=kept))
        words = {
            "jump": self.env._("is too far from the last known rate (%(before)s): enter it yourself if it is right"),
            "future": self.env._("is of a day to come"),
            "size": self.env._("can't be a rate"),
        }
        for refusal in refused[:20]:
            quote = refusal.quote
            why = words[refusal.reason]
            if refusal.before:
                why = why % {"before": shown(refusal.before)}
            values = {"currency": quote.currency, "date": format_date(self.env, quote.day), "rate": shown(quote.rate)}
            lines.append(self.env._("Not stored: %(currency)s of %(date)s, %(rate)s", **values) + f": {why}.")
        return "\n".join(lines)
