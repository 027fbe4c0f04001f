"""What installing and uninstalling do beyond the module's own records."""

from odoo import Command
from odoo.http import request

#: The functions by which PostgreSQL tells of changes, and their triggers with them: without the addon's tables the
#: books could not be written any more.
UNHOOK = """
DO $$
DECLARE
    hook regprocedure;
BEGIN
    FOR hook IN SELECT oid::regprocedure FROM pg_proc
                 WHERE proname = 'ai_bookkeeper_emit' OR starts_with(proname, 'ai_bookkeeper_sync_')
    LOOP
        EXECUTE 'DROP FUNCTION ' || hook || ' CASCADE';
    END LOOP;
END $$
"""


def post_init_hook(env):
    """The installing administrator governs the addon; taking the reviewer's part is their own, logged, step."""
    manager = env.ref("ai_bookkeeper.ai_bookkeeper_group_manager")
    manager.sudo().write({"user_ids": [Command.link(user.id) for user in _installers(env)]})
    env["res.company"].search([("chart_template", "!=", False)])._ai_set_defaults()


def _installers(env):
    """Who pressed the button; from the command line nobody did: all administrators."""
    administrators = env.ref("base.group_system").all_user_ids.filtered(lambda user: user.active and user.id != 1)
    pressed = administrators.filtered(lambda user: request and user.id == request.session.uid)
    return pressed or administrators


def uninstall_hook(env):
    """What was logged since the export is kept beside the file store; PostgreSQL functions outlive their tables."""
    env["ai.audit.export"]._keep_rest()
    env.cr.execute("DROP FUNCTION IF EXISTS ai_bookkeeper_append_only() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS ai_bookkeeper_erase_only() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS ai_bookkeeper_issued() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS ai_bookkeeper_sync_tally() CASCADE")
    env.cr.execute(UNHOOK)
