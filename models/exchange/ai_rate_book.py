"""The table of rates as this addon reads and fills it: what is known on a day, what is missing, what is entered."""

from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_compare, format_date

from ...engine.exchange import lacking, shown
from ...engine.facts import Rate
from ..facts import bank_queries as queries

LINE_MODEL = "account.bank.statement.line"
GROUPS = ("ai_bookkeeper.ai_bookkeeper_group_reviewer", "ai_bookkeeper.ai_bookkeeper_group_manager")
#: No currency is worth more or less than this many of another.
LARGEST = 10**9


class AiRateBook(models.AbstractModel):
    """Rates are units of a currency for one of the company's. Odoo stores them against the currency of rate 1, which
    may be another."""

    _name = "ai.rate.book"
    _description = "Exchange Rates"

    # === READING === #

    @api.model
    def _known(self, company, names, days):
        """{(currency name, day): ``engine.facts.Rate``}, the newest on or before each day."""
        own = company.currency_id.name
        wanted = set(names) - {own, None}
        if not wanted or not days:
            return {}
        self.env["res.currency.rate"].flush_model(["name", "rate", "currency_id", "company_id"])
        rows = self.env.execute_query(queries.rates(company.root_id.id, wanted | {own}, set(days)))
        found = {(name, day): (Decimal(str(rate)), rate_day) for name, day, rate, rate_day in rows}
        base = {day: found.get((own, day), (Decimal(1), None))[0] for day in days}
        return {
            (name, day): Rate(name, rate / base[day], rate_day)
            for (name, day), (rate, rate_day) in found.items()
            if name in wanted
        }

    @api.model
    def _told(self, company, currencies, day, known):
        """What a card says of each currency's table rate on ``day``.

        :param dict currencies: {name: id}

        :return: [{currency, currency_id, rate: text, date, state: "ok"|"rate_missing"|"rate_stale", company_currency}]
        """
        most_days = company.sudo().ai_rate_max_age_days
        told = []
        for name in sorted(set(currencies) - {company.currency_id.name}):
            rate = known.get((name, day))
            told.append(
                {
                    "currency": name,
                    "currency_id": currencies[name],
                    "rate": shown(rate.rate) if rate else "",
                    "date": str(rate.date) if rate else "",
                    "state": lacking(rate, day, most_days) or "ok",
                    "company_currency": company.currency_id.name,
                }
            )
        return told

    # === WRITING === #

    @api.model
    def _check_may_set(self):
        if not (self.env.su or any(self.env.user.has_group(group) for group in GROUPS)):
            raise AccessError(self.env._("Only reviewers and managers of the bookkeeping enter exchange rates."))

    @api.model
    def _enter(self, company, currency, day, rate):
        """A person says what ``currency`` is worth: units of it for one of the company's.

        :return: (the stored rate, bank lines that are valued anew, those that a lock keeps)
        :raises UserError: it is no rate, or somebody entered one for that day
        """
        self._check_may_set()
        company.check_access("read")
        self._check_rate(company, currency, day, rate)
        stored = self._stored(company, currency, [day]).get(day)
        if stored and not stored.ai_provider_id:
            raise UserError(
                self.env._(
                    "%(currency)s has a rate of %(date)s already. It is changed under Configuration / Currencies.",
                    currency=currency.name,
                    date=format_date(self.env, day),
                )
            )
        lines = self._lines_without(company, currency)
        [record] = self._store(company, {(currency, day): rate}, {(currency, day): stored} if stored else {}, None)
        return (record, *self._revalue(lines, company))

    def _check_rate(self, company, currency, day, rate):
        if currency == company.currency_id:
            raise UserError(self.env._("%(name)s is the company's own currency.", name=currency.name))
        if not day or day > fields.Date.context_today(self) + timedelta(days=1):
            raise UserError(self.env._("Enter the day of the rate; it is not in the future."))
        if not isinstance(rate, Decimal) or not rate.is_finite() or not 1 / Decimal(LARGEST) < rate < LARGEST:
            raise UserError(self.env._("Enter the rate as a positive number."))

    @api.model
    def _stored(self, company, currency, days):
        """{day: res.currency.rate} of exactly these days."""
        rates = self.env["res.currency.rate"].search(
            [
                ("currency_id", "=", currency.id),
                ("name", "in", list(days)),
                ("company_id", "in", (company.root_id.id, False)),
            ],
            order="company_id desc",
        )
        return {rate.name: rate for rate in rates}

    @api.model
    def _store(self, company, wanted, stored, provider):
        """Write rates and tell the audit log.

        :param dict wanted: {(res.currency, day): Decimal, units for one of the company's}
        :param dict stored: {(res.currency, day): the record to change}
        :return: res.currency.rate in the order of ``wanted``
        """
        own = company.currency_id.name
        days = {day for _currency, day in wanted}
        rows = self.env.execute_query(queries.rates(company.root_id.id, {own}, days)) if days else []
        base = {day: Decimal(str(rate)) for _name, day, rate, _rate_day in rows}
        # Rates belong to all companies of the group, and Odoo keeps them for accounting managers: who may enter one
        # here was checked, and the log says who did.
        rates = self.env["res.currency.rate"].sudo()
        new, found, payloads = [], {}, []
        for (currency, day), rate in wanted.items():
            values = {
                "rate": float(rate * base.get(day, Decimal(1))),
                "ai_provider_id": provider.id if provider else False,
            }
            record = stored.get((currency, day))
            payload = {"currency": currency.name, "day": str(day), "rate": str(rate)}
            if record:
                payload["before"] = str(record.rate)
                record.sudo().write(values)
                found[currency, day] = record.sudo()
            else:
                new.append({**values, "currency_id": currency.id, "name": day, "company_id": company.root_id.id})
            payloads.append({**payload, "provider_id": provider.id if provider else 0})
        created = iter(rates.create(new))
        records = rates.union(*(found.get(key) or next(created) for key in wanted))
        self.env["ai.audit.log"]._append("rate_set", records, payloads)
        return records

    # === BANK LINES === #

    @api.model
    def _lines_without(self, company, currencies):
        """Open bank lines of journals in these currencies whose worth no fresh rate told, as they stand now."""
        lines = self.env[LINE_MODEL].search(
            [
                ("company_id", "child_of", company.root_id.id),
                ("is_reconciled", "=", False),
                ("journal_id.currency_id", "in", currencies.ids),
                ("move_id.state", "=", "posted"),
            ]
        )
        kept = lines.browse()
        for owner, group in lines.grouped("company_id").items():
            known = self._known(owner, currencies.mapped("name"), set(group.mapped("date")))
            most_days = owner.sudo().ai_rate_max_age_days
            kept += group.filtered(
                lambda line, owner=owner, known=known, most_days=most_days: (
                    line.foreign_currency_id != owner.currency_id
                    and lacking(known.get((line.currency_id.name, line.date)), line.date, most_days)
                )
            )
        return kept

    @api.model
    def _revalue(self, lines, company):
        """Value anew those of ``lines`` that have a fresh rate now and nothing booked against them.

        :return: (the lines that changed or may be looked at again, those that a lock keeps as they are)
        """
        still = self._lines_without(company, lines.journal_id.currency_id)
        fresh = lines - still
        changed, locked = fresh.browse(), fresh.browse()
        for line in fresh:
            liquidity, _suspense, other = line._seek_for_lines()
            worth = line._prepare_move_line_default_vals()[0]
            same = not float_compare(
                worth["debit"] - worth["credit"],
                liquidity.balance,
                precision_rounding=line.company_id.currency_id.rounding,
            )
            if same or other:
                changed += line
            elif self.env["ai.bank.return.entry"]._locks(line):
                locked += line
            else:
                line._synchronize_to_moves({"amount"})
                changed += line
        if changed:
            changed._set_findings(dict.fromkeys(changed.ids, ("todo", None)))
        return changed, locked

    @api.model
    def _look_again(self, company):
        """Lines that could not be read for want of a rate are read again by the next run."""
        self.env[LINE_MODEL].sudo()._look_again(company, ("rate_missing", "rate_stale"))
