"""A restored or copied database is noticed, and nothing is sent until a manager resumes."""

import json
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.ai_bookkeeper.models.errors import CursorGoneError

from .test_capture import EventCase

DOUBT = "odoo.addons.ai_bookkeeper.models.sync.events.sync_generation_doubt"


@tagged("post_install", "-at_install")
class TestGeneration(EventCase):
    def setUp(self):
        super().setUp()
        self.enterContext(self.enter_registry_test_mode())
        self.root["sync.webhook"].search([]).active = False
        self.root["sync.connection"].search([]).active = False
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.path = Path(folder) / "mark.json"
        generations = type(self.root["sync.generation"])
        self.enterContext(patch.object(generations, "_mark_path", lambda _self: self.path))
        self.tick()
        self.manager = self.make_user("manager", "manager")

    def tick(self):
        self.env.flush_all()
        with mute_logger(DOUBT):
            self.root["sync.event"]._tick()
        self.env.invalidate_all()

    @property
    def generation(self):
        return self.root["sync.generation"].search([], order="id desc", limit=1)

    def mark(self, **values):
        current = self.generation
        mark = {"generation": current.token, "seq": current.head, "database_uuid": current.database_uuid}
        self.path.write_text(json.dumps({**mark, **values}))

    def assertSame(self):
        token = self.generation.token
        self.tick()
        self.assertEqual(self.generation.token, token)

    def assertNoticed(self, cause):
        token = self.generation.token
        self.tick()
        self.assertNotEqual(self.generation.token, token)
        self.assertEqual(self.generation.cause, cause)
        self.assertTrue(self.generation.in_doubt)
        self.assertTrue(self.root["sync.pause"]._is_paused(self.company))

    def test_the_first_one_is_no_alarm(self):
        self.root["sync.generation"].search([]).unlink()
        self.tick()
        self.assertEqual(self.generation.cause, "first")
        self.assertFalse(self.generation.in_doubt)
        self.assertFalse(self.root["sync.pause"]._is_paused(self.company))
        self.assertSame()

    def test_yesterdays_dump_under_the_same_name(self):
        self.mark()
        self.generation.database_oid = "1"
        self.assertNoticed("restored")

    def test_restored_in_place_shows_by_the_mark_alone(self):
        self.mark(seq=self.generation.head + 1)
        self.assertNoticed("restored")

    def test_a_generation_that_the_database_never_knew(self):
        self.mark(generation="0123456789ab")
        self.assertNoticed("restored")
        # A mark that can't be replaced (here: a test never commits) is noticed once.
        self.assertSame()

    def test_restored_from_before_the_first_event(self):
        self.mark(seq=5)
        self.root["sync.generation"].search([]).unlink()
        self.tick()
        self.assertEqual(self.generation.cause, "restored")

    def test_a_server_with_an_old_mark_is_no_alarm(self):
        first = self.generation
        self.mark(generation=first.token, seq=first.head)
        self.generation.database_oid = "1"
        self.assertNoticed("restored")
        self.assertSame()

    def test_a_copy(self):
        self.generation.database_oid = "1"
        self.assertNoticed("copied")

    def test_another_uuid_is_a_copy(self):
        self.mark()
        self.root["ir.config_parameter"].sudo().set_param("database.uuid", "another")
        self.assertNoticed("copied")

    def test_another_host(self):
        parameters = self.root["ir.config_parameter"].sudo()
        # The first address that is told is no change, nor is another port, scheme or www.
        parameters.set_param("web.base.url", "http://localhost:8069")
        self.tick()
        parameters.set_param("web.base.url", "http://books.example.com")
        self.assertSame()
        parameters.set_param("web.base.url", "https://www.books.example.com:8443")
        self.assertSame()
        parameters.set_param("web.base.url", "https://staging.example.com")
        self.assertNoticed("copied")

    def test_the_mark_of_another_database_that_had_the_name_is_no_alarm(self):
        self.mark(generation="0123456789ab", database_uuid="another")
        self.assertSame()

    def test_broken_marks_are_no_alarm(self):
        for text in ("", "{", "[]", '{"generation": 5}', '{"generation": "x", "seq": "y"}'):
            self.path.write_text(text)
            with mute_logger("odoo.addons.ai_bookkeeper.models.sync.events.sync_generation"):
                self.assertSame()

    def test_old_cursors_are_gone_and_the_numbers_go_on(self):
        feed = self.env["sync.event"].with_user(self.manager)
        cursor, head = feed.head(), self.generation.head
        self.mark(seq=head + 100)
        self.assertNoticed("restored")
        with self.assertRaises(CursorGoneError):
            feed.changes(cursor)
        found = feed.changes(None)["events"]
        self.assertEqual(found[-1]["name"], "sync.restored")
        self.assertGreater(found[-1]["seq"], head)

    def test_managers_are_told_and_resume(self):
        self.mark(seq=self.generation.head + 1)
        self.assertNoticed("restored")
        generation = self.generation.with_user(self.manager)
        self.assertIn("restored from a backup", generation.story)
        self.assertIn(self.manager, generation.sudo().activity_ids.user_id)
        for user in (self.reviewer, self.make_user("reader", "auditor")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                generation.with_user(user).action_resume()
        # Resuming is for who may do so for all companies.
        self.manager.company_ids = self.env["res.company"].search([])
        generation.action_resume()
        self.assertFalse(generation.in_doubt)
        self.assertEqual(generation.resumed_by_id, self.manager)
        self.assertFalse(generation.sudo().activity_ids)
        self.assertFalse(self.root["sync.pause"]._is_paused(self.company))
        self.assertSame()
