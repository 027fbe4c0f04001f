"""The chip on records: worst wins, computed from what is, the same in reading, searching, grouping and sorting."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import StatusCase


@tagged("post_install", "-at_install")
class TestStatus(StatusCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls.document(cls.northwind, 100.0)
        cls.env["sync.event"].sudo().search([("seq", "=", False)]).write({"seq": -2})

    # === WHAT IS TRUE === #

    def test_nothing_happened(self):
        self.assertEqual(self.chip(self.move), ("none", ""))

    def test_an_event_waits_for_its_number(self):
        event = self.event(self.move)
        self.assertEqual(self.chip(self.move)[0], "pending")
        event.seq = -3
        self.assertEqual(self.chip(self.move)[0], "none")

    def test_an_event_that_nobody_listens_to(self):
        self.webhook.active = False
        self.event(self.move)
        self.assertEqual(self.chip(self.move)[0], "none")
        elsewhere = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        self.webhook.write({"active": True, "company_id": elsewhere.id})
        self.assertEqual(self.chip(self.move)[0], "none")

    def test_states_of_jobs(self):
        for state in ("pending", "running", "waiting", "indeterminate"):
            job = self.job(self.move, state)
            self.assertEqual(self.chip(self.move)[0], "pending", state)
            job.unlink()
        for state in ("failed", "dead"):
            job = self.job(self.move, state, error="The shop refused it.", fix="Ask the shop.")
            self.assertEqual(self.chip(self.move), ("failed", "The shop refused it. Ask the shop."), state)
            job.unlink()
        for state in ("done", "cancelled"):
            job = self.job(self.move, state)
            self.assertEqual(self.chip(self.move)[0], "none", state)
            job.unlink()

    def test_it_stays_true_when_done_jobs_are_purged(self):
        job = self.job(self.move, "done")
        self.answer(self.move, event_id=1)
        self.assertEqual(self.chip(self.move)[0], "synced")
        job.unlink()
        self.assertEqual(self.chip(self.move)[0], "synced")

    def test_the_worst_wins(self):
        other = self.webhook.copy({"name": "Stock"})
        third = self.webhook.copy({"name": "Till"})
        self.answer(self.move)
        self.assertEqual(self.chip(self.move)[0], "synced")
        self.job(self.move, webhook_id=third.id)
        self.assertEqual(self.chip(self.move)[0], "pending")
        self.answer(self.move, "conflict", webhook=other, error="Both changed it")
        self.assertEqual(self.chip(self.move), ("conflict", "Both changed it"))
        self.job(self.move, "dead", error="No answer for three days")
        self.assertEqual(self.chip(self.move), ("failed", "No answer for three days"))

    def test_a_refusal_shows_without_its_job(self):
        self.answer(self.move, "failed", error="Refused")
        self.assertEqual(self.chip(self.move), ("failed", "Refused"))
        job = self.job(self.move)
        self.assertEqual(self.chip(self.move)[0], "pending", "it is being tried again")
        job.webhook_id = self.webhook.copy({"name": "Stock"})
        self.assertEqual(self.chip(self.move)[0], "failed", "that job goes to somebody else")

    def test_dates(self):
        self.answer(self.move, synced_at="2026-03-05 12:00:00")
        self.assertEqual(str(self.fresh(self.move).sync_date), "2026-03-05 12:00:00")
        self.job(self.move, created_at="2026-03-07 12:00:00")
        self.job(self.move, created_at="2026-03-06 12:00:00", attempts=2, error="No answer")
        self.assertEqual(str(self.fresh(self.move).sync_date), "2026-03-06 12:00:00", "the longest waiting")
        self.assertEqual(self.move.sudo().sync_error, "No answer")
        self.job(self.move, "dead", finished_at="2026-03-08 12:00:00")
        self.assertEqual(str(self.fresh(self.move).sync_date), "2026-03-08 12:00:00")

    # === SEARCHING, GROUPING, SORTING === #

    def many(self):
        partners = [self.make_partner(f"P{number}") for number in range(6)]
        self.event(partners[1], name="partner.changed")
        self.answer(partners[2])
        self.answer(partners[3], "conflict", error="Both changed it")
        self.job(partners[4], "failed", error="Refused")
        self.answer(partners[5])
        self.job(partners[5], "pending", attempts=1, error="No answer")
        records = self.env["res.partner"].union(*partners)
        self.env["sync.event"].sudo().search([("name", "=", "partner.created"), ("seq", "=", False)]).write({"seq": -4})
        states = ("none", "pending", "synced", "conflict", "failed", "pending")
        return self.fresh(records), dict(zip(records.ids, states, strict=True))

    def test_search_and_chip_agree(self):
        records, states = self.many()
        self.assertEqual({record.id: record.sync_state for record in records}, states)
        mine = [("id", "in", records.ids)]
        kinds = ("none", "pending", "synced", "conflict", "failed")
        asked = [{kind} for kind in kinds] + [{"failed", "conflict"}, {"none", "failed"}, {"pending", "synced"}]
        for wanted in asked:
            found = records.search([*mine, ("sync_state", "in", list(wanted))])
            self.assertEqual(set(found.ids), {key for key, state in states.items() if state in wanted}, wanted)
            rest = records.search([*mine, ("sync_state", "not in", list(wanted))])
            self.assertEqual(set(rest.ids), {key for key, state in states.items() if state not in wanted}, wanted)
            either = records.search([*mine, "|", ("sync_state", "in", list(wanted)), ("name", "=", "P0")])
            self.assertEqual(
                set(either.ids),
                {key for key, state in states.items() if state in wanted or key == records[0].id},
            )
        self.assertEqual(records.search([*mine, ("sync_state", "=", False)]), records[0])
        self.assertEqual(len(records.search([*mine, ("sync_state", "!=", False)])), 5)
        self.assertFalse(records.search([*mine, ("sync_state", "=", "unheard of")]))
        self.assertEqual(records.filtered_domain([("sync_state", "=", "failed")]), records[4])

    def test_search_by_message_and_date(self):
        records, _states = self.many()
        mine = [("id", "in", records.ids)]
        self.assertEqual(records.search([*mine, ("sync_error", "ilike", "refus")]), records[4])
        self.assertEqual(len(records.search([*mine, ("sync_error", "!=", False)])), 3)
        self.assertEqual(
            set(records.search([*mine, ("sync_date", "<", "2026-03-02")]).ids), {records[4].id, records[5].id}
        )
        self.assertEqual(records.search([*mine, ("sync_date", "=", False)]), records[0])

    def test_groups(self):
        records, states = self.many()
        mine = [("id", "in", records.ids)]
        groups = dict(records._read_group(mine, ["sync_state"], ["__count"]))
        self.assertEqual(groups, {"none": 1, "pending": 2, "synced": 1, "conflict": 1, "failed": 1})
        shown = records.formatted_read_group(mine, ["sync_state"], ["__count"])
        for group in shown:
            found = records.search([*mine, *group["__extra_domain"]])
            self.assertEqual(len(found), group["__count"], group)
        months = records.formatted_read_group([*mine, ("sync_date", "!=", False)], ["sync_date:month"], ["__count"])
        self.assertEqual(sum(group["__count"] for group in months), 5)
        for name in ("sync_state", "sync_date"):
            description = records.fields_get([name])[name]
            self.assertTrue(description["groupable"] and description["sortable"] and description["searchable"], name)
        self.assertEqual(set(states.values()), set(groups))

    def test_sorted_from_bad_to_good(self):
        records, states = self.many()
        found = records.search([("id", "in", records.ids)], order="sync_state desc, id")
        order = ["failed", "conflict", "pending", "pending", "synced", "none"]
        self.assertEqual([states[record.id] for record in found], order)
        found = records.search([("id", "in", records.ids)], order="sync_date desc, id")
        self.assertEqual(len(found), 6)

    def test_on_payments(self):
        payment = self.pay(self.move)
        self.env["sync.event"].sudo().search([("seq", "=", False)]).write({"seq": -5})
        self.assertEqual(self.chip(payment)[0], "none")
        self.job(payment, "failed", error="Refused")
        self.assertEqual(self.chip(payment), ("failed", "Refused"))
        found = self.fresh(payment).search([("sync_state", "=", "failed"), ("id", "in", payment.ids)])
        self.assertEqual(found, payment)

    # === COST === #

    def test_eighty_chips_are_one_query(self):
        moves = self.env["account.move"].create([{"move_type": "entry"} for _number in range(80)])
        for move in moves[:40]:
            self.answer(move)
        for move in moves[30:50]:
            self.job(move, "failed", error="Refused")
        plain = {"name": {}, "state": {}, "date": {}}
        chips = {name: {} for name in ("sync_state", "sync_date", "sync_error")}
        domain = [("id", "in", moves.ids)]

        def queries(specification):
            records = self.fresh(moves)
            records.web_search_read(domain, specification)
            records = self.fresh(moves)
            before = self.env.cr.sql_log_count
            records.web_search_read(domain, specification)
            return self.env.cr.sql_log_count - before

        self.assertEqual(queries({**plain, **chips}) - queries(plain), 1)

    # === WHO SEES IT === #

    def test_people_without_a_role(self):
        move = self.fresh(self.move, self.accountant)
        self.job(self.move, "failed", error="Refused")
        for attempt in (
            lambda: move.read(["sync_state"]),
            lambda: move.search([("sync_state", "=", "failed")]),
            lambda: move.search([("sync_error", "ilike", "r")]),
            lambda: move.search([], order="sync_state"),
            lambda: move._read_group([], ["sync_state"], ["__count"]),
            move.action_sync_now,
            move.action_sync_retry,
            move.action_sync_open_jobs,
        ):
            with self.assertRaises(AccessError):
                attempt()
        self.assertNotIn("sync_state", move.fields_get())
        self.assertNotIn("sync_state", move.get_view(view_type="form")["arch"])
        self.assertNotIn("sync_state", move.get_view(view_type="list")["arch"])
        self.assertIn("sync_state", self.fresh(self.move, self.auditor).get_view(view_type="list")["arch"])

    def test_a_shared_partner_shows_each_company_its_own(self):
        elsewhere = self.env["res.company"].sudo().create({"name": "Elsewhere"})
        stranger = self.make_other("stranger", elsewhere)
        self.answer(self.northwind)
        self.job(self.northwind, "failed", error="Secret of theirs", company_id=elsewhere.id)
        self.env["sync.event"].sudo().search([("seq", "=", False)]).write({"seq": -6})
        self.assertEqual(self.chip(self.northwind), ("synced", ""))
        self.assertEqual(self.chip(self.northwind, stranger), ("failed", "Secret of theirs"))
        found = self.fresh(self.northwind).search([("id", "=", self.northwind.id), ("sync_state", "=", "failed")])
        self.assertFalse(found)
        groups = self.fresh(self.northwind)._read_group([("id", "=", self.northwind.id)], ["sync_state"], ["__count"])
        self.assertEqual(groups, [("synced", 1)])

    # === ACTING === #

    def test_sync_now(self):
        for user in (self.reviewer, self.manager):
            before = self.env["sync.event"].sudo().search_count([("name", "=", "sync.requested")])
            self.fresh(self.move, user).action_sync_now()
            events = self.env["sync.event"].sudo().search([("name", "=", "sync.requested")])
            self.assertEqual(len(events), before + 1)
            self.assertRecordValues(
                events[:1],
                [{"res_model": "account.move", "res_id": self.move.id, "company_id": self.company.id, "seq": 0}],
            )
        self.assertEqual(self.chip(self.move)[0], "pending")
        with self.assertRaises(AccessError):
            self.fresh(self.move, self.auditor).action_sync_now()

    def test_sync_now_with_nobody_to_send_to(self):
        self.webhook.active = False
        with self.assertRaisesRegex(UserError, "Nothing is connected"):
            self.fresh(self.move).action_sync_now()

    def test_sync_now_while_paused(self):
        self.env["sync.pause"].with_user(self.manager).pause()
        notice = self.fresh(self.move).action_sync_now()
        self.assertIn("paused", notice["params"]["message"])

    def test_the_jobs_of_a_record(self):
        job = self.job(self.move, "failed")
        self.job(self.northwind, "failed")
        action = self.fresh(self.move, self.auditor).action_sync_open_jobs()
        found = self.env["sync.job"].with_user(self.auditor).search(action["domain"])
        self.assertEqual(found, job)
        self.assertEqual(self.fresh(self.move, self.auditor).sync_job_count, 1)
