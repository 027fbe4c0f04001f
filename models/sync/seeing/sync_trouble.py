"""What is wrong with syncing, from when to when: told once to the managers, and once more when it is over."""

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

MANAGER = "ai_bookkeeper.ai_bookkeeper_group_manager"
REVIEWER = "ai_bookkeeper.ai_bookkeeper_group_reviewer"
KINDS = {
    "still": "Nothing runs",
    "cron_off": "Switched off by Odoo",
    "late": "Waits too long",
    "failing": "Many failures",
    "breaker": "Address can't be reached",
    "webhook_off": "Webhook switched off",
    "broken": "Connection needs attention",
    "laggard": "Events are not passed on",
    "intake": "Asks a person",
}
#: The same trouble again within that time is shown, and not mailed again.
CALM = timedelta(hours=1)
#: Everyday work, no breakdown: reviewers hear of it too, by mail at most once a day, and never that it is over.
DAILY = {"intake": timedelta(days=1)}


class SyncTrouble(models.Model):
    """``sync.watchdog`` opens and ends them. Words are made for the reader: ``_words_<kind>`` of ``facts``."""

    _name = "sync.trouble"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Sync Trouble"
    _order = "ended_at desc, id desc"
    _rec_name = "subject"

    kind = fields.Selection(list(KINDS.items()), required=True, readonly=True)
    subject = fields.Char(required=True, readonly=True, help="What it is about: runner, webhook:7.")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="cascade", help="Empty: all companies.")
    facts = fields.Json(readonly=True)
    since = fields.Datetime(required=True, readonly=True)
    seen_at = fields.Datetime(readonly=True, string="Last Seen")
    told_at = fields.Datetime(readonly=True, string="Managers Told")
    is_told = fields.Boolean(readonly=True, help="That it began was mailed: that it is over will be, too.")
    ended_at = fields.Datetime(readonly=True, string="Over")
    times = fields.Integer(readonly=True, default=1, help="How often it came back within an hour.")
    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    summary = fields.Char(compute="_compute_words", string="Trouble")
    text = fields.Text(compute="_compute_words", string="What Is Wrong")
    fix = fields.Text(compute="_compute_words", string="What To Do")
    fix_label = fields.Char(compute="_compute_words")

    _open_uniq = models.UniqueIndex(
        "(kind, subject, COALESCE(company_id, 0)) WHERE ended_at IS NULL", "It is known already."
    )

    @api.depends("summary")
    def _compute_display_name(self):
        for trouble in self:
            trouble.display_name = trouble.summary

    @api.depends("ended_at")
    def _compute_is_open(self):
        for trouble in self:
            trouble.is_open = not trouble.ended_at

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("ended_at", "=" if True in value else "!=", False)]

    @api.depends("kind", "facts")
    @api.depends_context("lang")
    def _compute_words(self):
        for trouble in self:
            words = getattr(trouble, f"_words_{trouble.kind}")(trouble.facts or {})
            trouble.summary, trouble.text, trouble.fix, trouble.fix_label = words

    # === WORDS: (summary, what is wrong, what to do, label of the button or "") === #

    def _words_still(self, facts):
        name = {
            "sequencer": self.env._("Nothing numbers the events"),
            "runner": self.env._("Nothing sends"),
            "worker": self.env._("Nothing reads or computes"),
        }.get(facts.get("ticker"), self.env._("Nothing runs"))
        text = self.env._("There was no sign of life for %(minutes)s minutes.", minutes=facts.get("minutes", 0))
        fix = self.env._(
            "Odoo's scheduled actions do not run. Ask who administrates the server whether Odoo was started with "
            "scheduled actions (max_cron_threads above 0) and whether one of them hangs. Nothing is lost: what waits "
            "goes out when they run again."
        )
        return name, text, fix, ""

    def _words_cron_off(self, facts):
        summary = self.env._("A scheduled action is switched off")
        text = self.env._(
            '"%(name)s" is inactive. Odoo switches a scheduled action off that failed for a week; people can, too.',
            name=facts.get("name", ""),
        )
        return summary, text, self.env._("Switch it on again."), self.env._("Switch On")

    def _words_late(self, facts):
        summary = self.env._("Jobs wait too long")
        text = self.env._(
            "%(count)s jobs wait for their turn, the oldest for %(minutes)s minutes.",
            count=facts.get("count", 0),
            minutes=facts.get("minutes", 0),
        )
        fix = self.env._(
            "More waits than is worked off: see whether the scheduled actions run, and whether one address is slow."
        )
        return summary, text, fix, self.env._("Show Them")

    def _words_failing(self, facts):
        summary = self.env._("Many jobs failed")
        text = self.env._(
            "%(count)s jobs of the last hour need attention. Most often: %(reason)s.",
            count=facts.get("count", 0),
            reason=facts.get("reason") or "?",
        )
        fix = self.env._("Open one, do what it says, then retry all of them.")
        return summary, text, fix, self.env._("Show Them")

    def _words_breaker(self, facts):
        summary = self.env._("%(name)s can't be reached", name=facts.get("name", ""))
        text = self.env._(
            "Nothing is sent there since %(minutes)s minutes, for every attempt failed. %(error)s",
            minutes=facts.get("minutes", 0),
            error=facts.get("error", ""),
        )
        fix = self.env._(
            "See whether the other side works and whether its address is right. One attempt is made now and then; "
            "what waits goes out after the first that succeeds."
        )
        return summary, text, fix, self.env._("Open")

    def _words_webhook_off(self, facts):
        summary = self.env._("%(name)s is switched off", name=facts.get("name", ""))
        text = facts.get("reason") or self.env._("The receiver asked for no more, or failed too long.")
        fix = self.env._(
            "Ask its owner whether it is still wanted. If so, switch it on again and send what was missed."
        )
        return summary, text, fix, self.env._("Open")

    def _words_broken(self, facts):
        summary = self.env._("%(name)s needs attention", name=facts.get("name", ""))
        text = facts.get("reason") or self.env._("The connection does not work.")
        return summary, text, self.env._("Open it and connect it again."), self.env._("Open")

    def _words_laggard(self, facts):
        summary = self.env._("Events are not passed on")
        text = self.env._(
            "For %(minutes)s minutes nothing could be handed to %(name)s. %(error)s",
            minutes=facts.get("minutes", 0),
            name=facts.get("name", ""),
            error=facts.get("error", ""),
        )
        fix = self.env._("Tell the server's administrator; nothing is lost: it is handed over when the cause is gone.")
        return summary, text, fix, self.env._("Open")

    def _words_intake(self, facts):
        count = facts.get("count", 0)
        summary = self.env._("%(name)s: waits for a person (%(count)s)", name=facts.get("name", ""), count=count)
        text = self.env._(
            "Of what came in: asks a person %(asking)s, could not be worked out %(failed)s.",
            asking=facts.get("asking", 0),
            failed=facts.get("failed", 0),
        )
        fix = self.env._("Open each, read what it says, then answer, try again or put it aside.")
        return summary, text, fix, self.env._("Show Them")

    # === WHAT HELPS === #

    def action_fix(self):
        """Do what the button says: show what it is about, or switch the scheduled action on again."""
        self.ensure_one()
        self.check_access("read")
        act = getattr(self, f"_fix_{self.kind}", None)
        if act is None:
            raise UserError(self.fix)
        return act(self.facts or {})

    def _fix_cron_off(self, facts):
        if not (self.env.su or self.env.user.has_group(MANAGER)):
            raise AccessError(self.env._("Only bookkeeping managers switch it on again. Ask one of them."))
        # Scheduled actions belong to administrators; those of the sync desk may be restarted by its managers.
        cron = self.env["ir.cron"].sudo().with_context(active_test=False).browse(facts.get("cron_id")).exists()
        if not cron or cron not in self.env["sync.watchdog"]._crons():
            raise UserError(self.env._("This scheduled action does not exist any more. Upgrade the addon."))
        cron.active = True
        self.sudo()._end(fields.Datetime.now())
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def _fix_late(self, _facts):
        return self._jobs(self.env._("Waiting Jobs"), [("state", "in", ("pending", "indeterminate"))])

    def _fix_failing(self, _facts):
        return self._jobs(self.env._("Needs Attention"), [("state", "in", ("failed", "dead"))])

    def _jobs(self, name, domain):
        if self.company_id:
            domain = [*domain, ("company_id", "=", self.company_id.id)]
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "sync.job",
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }

    def _open(self, facts):
        if facts.get("res_model") not in ("sync.webhook", "sync.connection"):
            raise UserError(self.fix)
        return {
            "type": "ir.actions.act_window",
            "res_model": facts["res_model"],
            "res_id": facts.get("res_id"),
            "views": [(False, "form")],
        }

    def _fix_intake(self, facts):
        action = self.env["ir.actions.act_window"]._for_xml_id("ai_bookkeeper.sync_intake_action")
        domain = [("connection_id", "=", facts.get("res_id")), ("status", "in", ("asking", "failed"))]
        return {**action, "domain": domain}

    _fix_breaker = _fix_webhook_off = _fix_broken = _fix_laggard = _open

    # === TELLING === #

    def _people(self):
        """Who is told: the managers of its company, or all of them; of everyday work the reviewers too."""
        groups = self.env.ref(MANAGER) | (self.env.ref(REVIEWER) if self.kind in DAILY else self.env["res.groups"])
        users = groups.sudo().all_user_ids.filtered(lambda user: user.active and not user.share)
        return users.filtered(lambda user: not self.company_id or self.company_id in user.company_ids)

    def _calm(self):
        """How long the same is not mailed again."""
        return DAILY.get(self.kind, CALM)

    def _has_news(self, now):
        """Whether more came since the last mail, and that was long enough ago."""
        newest = (self.facts or {}).get("newest") or ""
        return bool(
            self.kind in DAILY
            and self.told_at
            and self.told_at < now - self._calm()
            and newest > fields.Datetime.to_string(self.told_at)
        )

    def _tell(self, now):
        """Activities for who is concerned, and one mail to each about all of ``self``."""
        mails = {}
        for trouble in self:
            is_news = not trouble.told_at or trouble.told_at < now - trouble._calm()
            for user in trouble._people():
                mine = trouble.with_context(lang=user.lang)
                if user not in trouble.activity_ids.user_id:
                    mine._schedule(user)
                if is_news:
                    mails.setdefault(user, self.browse())
                    mails[user] |= trouble
            trouble.is_told = is_news
            if is_news:
                trouble.told_at = now
        for user, troubles in mails.items():
            mine = troubles.with_context(lang=user.lang)
            mine._mail(user, mine.env._("Syncing: %(summary)s", summary=", ".join(mine.mapped("summary"))))

    def _schedule(self, user):
        self.with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo", summary=self.summary, note=self.text, user_id=user.id
        )

    def _mail(self, user, subject, is_over=False):
        paragraphs = [
            Markup("<p><b>%s</b> %s %s</p>")
            % (trouble.summary, "" if is_over else trouble.text, "" if is_over else trouble.fix)
            for trouble in self
        ]
        self[:1].message_notify(partner_ids=user.partner_id.ids, subject=subject, body=Markup().join(paragraphs))

    def _end(self, now):
        """It is over: activities go, and who was told of its beginning hears it once."""
        open_ones = self.filtered(lambda trouble: not trouble.ended_at)
        open_ones.activity_ids.unlink()
        open_ones.write({"ended_at": now})
        mails = {}
        for trouble in open_ones.filtered(lambda trouble: trouble.is_told and trouble.kind not in DAILY):
            for user in trouble._people():
                mails[user] = mails.get(user, self.browse()) | trouble
        for user, troubles in mails.items():
            mine = troubles.with_context(lang=user.lang)
            subject = mine.env._("Syncing is well again: %(summary)s", summary=", ".join(mine.mapped("summary")))
            mine._mail(user, subject, is_over=True)
