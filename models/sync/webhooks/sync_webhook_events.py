"""Which events become deliveries of which webhooks: a constant number of queries for any number of both."""

from collections import defaultdict

from odoo import api, models

from ...audit.readable import readable

#: Sent whatever was chosen: a person asked for it; everything has to be read anew.
ALWAYS = ("sync.requested", "sync.restored")
#: {model: (field of its journal, of its partner, of its amount in the company's currency)}
FACTS = {
    "account.move": ("journal_id", "commercial_partner_id", "amount_total_signed"),
    "account.payment": ("journal_id", "partner_id", "amount_company_currency_signed"),
    "account.bank.statement.line": ("journal_id", "partner_id", "move_id.amount_total_signed"),
    "ai.suggestion": ("journal_id", "partner_id", None),
    "res.partner": (None, "commercial_partner_id", None),
}


class SyncWebhook(models.Model):
    _name = "sync.webhook"
    _inherit = "sync.webhook"

    @api.model
    def _job_key(self, event_uuid, webhook_id):
        """The webhook-id: one for each event and webhook, the same for every attempt and every resending."""
        return f"msg_{(event_uuid or '').replace('-', '')}_{webhook_id}"

    def _job_values(self, events):
        """Jobs for those of ``events`` (records of ``sync.event``, committed, in order) that these webhooks want.

        :return: a list of dicts for ``sync.job._enqueue``
        """
        webhooks = self.sudo().filtered(lambda webhook: webhook._is_listening())
        webhooks.filtered(lambda webhook: not webhook._has_keeper())._lose_keeper()
        return [{**webhook._job(event), "created_at": event.at} for webhook, event in webhooks._wanted(events)]

    def _wanted(self, events):
        """[(webhook, event)] of what the webhooks want and may tell, in the order of the events."""
        if not self:
            return []
        facts = self._facts(events)
        allowed = self._readable_ids(events, facts)
        return [
            (webhook, event)
            for event in events
            for webhook in self
            if webhook._wants(event, facts.get((event.res_model, event.res_id)))
            and event.res_id in allowed[webhook, event.res_model]
        ]

    def _job(self, event):
        target = f"{event.res_model}:{event.res_id}"
        return {
            "kind": "deliver",
            "company_id": self.company_id.id,
            "res_model": event.res_model,
            "res_id": event.res_id,
            "webhook_id": self.id,
            "event_id": event.id,
            "endpoint": self._endpoint(),
            "order_key": f"{self._endpoint()}:{target}",
            "idempotency_key": self._job_key(event.event_uuid, self.id),
            "correlation_id": event.correlation_id,
        }

    # === WANTED === #

    def _wants(self, event, facts):
        """``facts``: of the record; None when it is gone."""
        company = event.res_id if event.res_model == "res.company" else event.company_id.id
        if company and company != self.company_id.id:
            return False
        if self.events and event.name not in (*self.events, *ALWAYS):
            return False
        journal, partner, amount = facts or (None, None, None)
        if journal and self.journal_ids and journal not in self.journal_ids.ids:
            return False
        if self.partner_ids and partner not in self.partner_ids.commercial_partner_id.ids:
            return False
        return not (self.min_amount and amount is not None and amount < self.min_amount)

    @api.model
    def _facts(self, events):
        """{(model, id): (journal id, commercial partner id, amount without sign)} of records that exist."""
        ids = defaultdict(list)
        for event in events:
            ids[event.res_model].append(event.res_id)
        found = {}
        for name, res_ids in ids.items():
            if name in self.env:
                found.update(self._facts_of(self.env[name].sudo().browse(set(res_ids)).exists()))
        return found

    @api.model
    def _facts_of(self, records):
        journal, partner, amount = FACTS.get(records._name, (None, None, None))
        facts = {}
        for record in records:
            value = record.mapped(amount)[0] if amount and record.mapped(amount) else None
            facts[record._name, record.id] = (
                record[journal].id if journal else None,
                record[partner].commercial_partner_id.id if partner else None,
                abs(value) if value is not None else None,
            )
        return facts if records._name != "ai.suggestion" else self._facts_of_targets(records, facts)

    @api.model
    def _facts_of_targets(self, suggestions, facts):
        """A suggestion is about something that has an amount in the company's currency; its own may be in another."""
        targets = defaultdict(set)
        for suggestion in suggestions:
            if FACTS.get(suggestion.res_model, (None, None, None))[2]:
                targets[suggestion.res_model].add(suggestion.res_id)
        amounts = {}
        for name, ids in targets.items():
            amounts.update(self._facts_of(self.env[name].sudo().browse(ids).exists()))
        for suggestion in suggestions:
            own = facts["ai.suggestion", suggestion.id]
            target = amounts.get((suggestion.res_model, suggestion.res_id))
            facts["ai.suggestion", suggestion.id] = (*own[:2], target[2] if target else None)
        return facts

    # === ALLOWED === #

    def _has_keeper(self):
        """Whether who set it up may still decide what leaves."""
        keeper = self.user_id
        is_manager = keeper.has_group("ai_bookkeeper.ai_bookkeeper_group_manager")
        return keeper._is_superuser() or (is_manager and self.company_id in keeper.company_ids)

    def _lose_keeper(self):
        """Nobody decides what leaves: what happens is kept until another manager looks at it."""
        for webhook in self.filtered(lambda webhook: webhook.state != "paused"):
            reason = self.env._(
                "%(name)s, who set it up, is no bookkeeping manager of this company any more. Another manager looks at "
                "what it sends, and starts it again.",
                name=webhook.user_id.name,
            )
            webhook._stop("paused", reason)

    def _readable_ids(self, events, facts):
        """{(webhook, model): ids that may be told}: what its manager may read, and what is gone."""
        ids = defaultdict(set)
        for event in events:
            ids[event.res_model].add(event.res_id)
        found = {}
        by_keeper = defaultdict(dict)
        for webhook in self:
            for name, res_ids in ids.items():
                key = (webhook.user_id, webhook.company_id, name)
                if key not in by_keeper:
                    by_keeper[key] = webhook._keeper_reads(name, res_ids, facts)
                found[webhook, name] = by_keeper[key]
        return found

    def _readable_of(self, events):
        """Those of ``events`` that may be told."""
        allowed = self._readable_ids(events, self._facts(events))
        return events.filtered(lambda event: event.res_id in allowed[self, event.res_model])

    def _keeper_reads(self, name, res_ids, facts):
        if not self._has_keeper():
            # Asked again when it is sent, with the rights of who starts it.
            return set(res_ids)
        gone = {res_id for res_id in res_ids if (name, res_id) not in facts}
        if name not in self.env:
            return gone
        records = self._as_keeper(name).browse(res_ids - gone)
        return gone | set(readable(records).ids)

    def _as_keeper(self, name):
        """The model with the rights of who set it up, in the webhook's company."""
        model = self.env[name]
        if self.user_id._is_superuser():
            return model.sudo().with_company(self.company_id)
        # Not sudo(): the rules of that person decide.
        return model.with_user(self.user_id).with_context(allowed_company_ids=self.company_id.ids)
