"""Odoo's own neutralize command disarms a copied database: nothing of the addon reaches what the original does."""

import os
import subprocess

from ground import templates
from ground.settings import ADDONS, PYTHON, STATE
from harness import database, query, shell

MAKE = """
connection = env["sync.connection"].create({"name": "Files", "kind": "file"})
connection._connect()
paused = env["sync.connection"].create({"name": "Paused", "kind": "file"})
paused._connect()
paused.action_pause()
never = env["sync.connection"].create({"name": "Never connected", "kind": "file"})
webhook = env["sync.webhook"].create({"name": "Shop", "url": "https://shop.example.com/hook"})
connection.action_hook_open()
env.flush_all()
env.cr.execute("UPDATE sync_connection SET watch_folder = '/srv/inbox' WHERE id = %s", [connection.id])
env["sync.secret"]._store(connection, "credential", "TopSecret7731")
partner = env["res.partner"].create({"name": "Somebody"})
env["sync.job"]._enqueue([
    {"kind": "push", "company_id": env.company.id, "connection_id": paused.id, "res_model": "res.partner",
     "res_id": partner.id, "endpoint": f"connection:{paused.id}"},
])
env["ir.config_parameter"].set_param("ai_bookkeeper.anchor_url", "https://archive.example.com")
result = [connection.id, paused.id, never.id, webhook.id]
"""


def neutralize(name):
    """`odoo neutralize`, as people who copy databases call it."""
    subprocess.run(
        [PYTHON, "-m", "odoo", "neutralize", "-d", name, "--addons-path", str(ADDONS)],
        check=True,
        capture_output=True,
        cwd=STATE,
        env=dict(os.environ),
        timeout=300,
    )


def states(name):
    return dict(query(name, "SELECT name, state FROM sync_connection"))


def test_a_neutralized_copy_is_disarmed_and_the_original_is_not():
    with database(templates.addon()) as original:
        shell(original, MAKE)
        with database(original) as copy:
            neutralize(copy)
            assert states(copy) == {"Files": "broken", "Paused": "broken", "Never connected": "draft"}
            assert query(copy, "SELECT 1 FROM sync_connection WHERE armed_uuid IS NOT NULL") == []
            assert (
                query(copy, "SELECT 1 FROM sync_connection WHERE COALESCE(hook_digest, watch_folder) IS NOT NULL") == []
            )
            assert query(copy, _ALIASES) == []
            assert query(copy, "SELECT 1 FROM sync_webhook WHERE active") == []
            assert query(copy, "SELECT 1 FROM sync_secret") == []
            assert query(copy, "SELECT DISTINCT state FROM sync_job") == [("cancelled",)]
            assert query(copy, _CRONS) == []
            assert query(copy, "SELECT 1 FROM ir_config_parameter WHERE key LIKE 'ai_bookkeeper.anchor_%'") == []
            told = shell(copy, 'result = env["sync.connection"].search([("name", "=", "Files")]).health_text')
            assert "copy" in told
        assert states(original) == {"Files": "connected", "Paused": "paused", "Never connected": "draft"}
        assert query(original, "SELECT count(*) FROM sync_secret WHERE value = 'TopSecret7731'") == [(1,)]


_CRONS = """
SELECT cron.id FROM ir_cron cron JOIN ir_model_data known ON known.res_id = cron.id AND known.model = 'ir.cron'
 WHERE known.module = 'ai_bookkeeper' AND cron.active
"""
_ALIASES = """
SELECT 1 FROM sync_connection JOIN mail_alias alias ON alias.id = alias_id WHERE alias.alias_name IS NOT NULL
"""
