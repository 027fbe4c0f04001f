"""Telling the desks of others that something was decided, in the deciding transaction: a message a batch, not a line.

Everybody of a company hears it, so it says only that there is news: each desk asks what of it its person may read.
"""

import uuid
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

#: The second half of the bus channel ``(company, LIVE)``: only the server can subscribe somebody to it.
LIVE = "ai_bookkeeper_desk"
MESSAGE = "ai_bookkeeper.desk"
#: More ids than that are not named: the desk then reads its queue anew.
NAMED = 500
#: News that are asked for together.
MOST = 100


class AiDeskNews(models.Model):
    """Which suggestions a message was about. Nobody has rights on it: ``ai.suggestion.desk_news`` answers."""

    _name = "ai.desk.news"
    _description = "News for the Desk"
    _log_access = False

    token = fields.Char(required=True, readonly=True)
    at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    suggestion_ids = fields.Json(readonly=True)

    _token_uniq = models.UniqueIndex("(token)", "News have a name of their own.")

    @api.autovacuum
    def _forget(self):
        """Who comes back after an hour reads the queue anew."""
        self.env.cr.execute(SQL("DELETE FROM ai_desk_news WHERE at < %s", fields.Datetime.now() - timedelta(hours=1)))


class AiSuggestion(models.Model):
    _name = "ai.suggestion"
    _inherit = "ai.suggestion"

    def _log(self, event, payloads=None, identities=None):
        result = super()._log(event, payloads, identities)
        self._announce()
        return result

    def _announce(self):
        """Remember that these changed; one message a company goes out with the next flush."""
        if not self:
            return
        waiting = self.env.cr.precommit.data
        if LIVE not in waiting:
            waiting[LIVE] = set()
            # The acting person has no right to write news.
            self.env.cr.precommit.add(self.sudo().browse()._send_announcements)
        waiting[LIVE].update(self.ids)

    def _send_announcements(self):
        ids = self.env.cr.precommit.data.pop(LIVE, set())
        found = self.env.execute_query(
            SQL("SELECT company_id, array_agg(id) FROM ai_suggestion WHERE id = ANY(%s) GROUP BY company_id", list(ids))
        )
        rows = [{"token": uuid.uuid4().hex, "suggestion_ids": named} for _company, named in found]
        for news, (company_id, _named) in zip(self.env["ai.desk.news"].create(rows), found, strict=True):
            company = self.env["res.company"].browse(company_id)
            self.env["bus.bus"]._sendone((company, LIVE), MESSAGE, {"news": news.token})

    @api.model
    def desk_news(self, tokens: list) -> dict:
        """Which suggestions changed, of those that you may read, as they are now.

        :param tokens: of the messages on the bus
        :return: ``{count, states: {state: ids}}``; no states when there are too many to name
        """
        self.browse().check_access("read")
        tokens = [token for token in tokens[:MOST] if isinstance(token, str)] if isinstance(tokens, list) else []
        # Which ones it was about is no secret to the server; what is told of them is what the caller finds.
        news = self.env["ai.desk.news"].sudo().search([("token", "in", tokens)])
        ids = {suggestion_id for row in news for suggestion_id in row.suggestion_ids}
        groups = self._read_group(Domain("id", "in", list(ids)), ["state"], ["id:array_agg"]) if ids else []
        count = sum(len(found) for _state, found in groups)
        return {"count": count, "states": dict(groups) if count <= NAMED else {}}
