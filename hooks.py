"""What installing and uninstalling do beyond the module's own records."""


def post_init_hook(env):
    """The installing administrator governs the addon; taking the reviewer's part is their own, logged, step."""
    manager = env.ref("ai_bookkeeper.ai_bookkeeper_group_manager")
    administrators = env.ref("base.group_system").all_user_ids.filtered(lambda user: user.active and user.id != 1)
    manager.sudo().write({"user_ids": [(4, user.id) for user in administrators]})
    env["res.company"].search([("chart_template", "!=", False)])._ai_set_defaults()


def uninstall_hook(env):
    """PostgreSQL functions outlive the tables that used them."""
    env.cr.execute("DROP FUNCTION IF EXISTS ai_bookkeeper_append_only() CASCADE")
    env.cr.execute("DROP FUNCTION IF EXISTS ai_bookkeeper_erase_only() CASCADE")
