{
    "name": "AI Bookkeeper",
    "summary": "Bank reconciliation that proposes itself: with reasons, measured confidence, audit and undo",
    "version": "19.0.1.0.0",
    "license": "LGPL-3",
    "author": "AI Bookkeeper contributors",
    "category": "Accounting/Accounting",
    "website": "https://github.com/ai-bookkeeper/ai_bookkeeper",
    "depends": ["account"],
    "external_dependencies": {"python": ["requests", "phonenumbers", "python-stdnum"]},
    "data": [
        # Security
        "security/ai_bookkeeper_groups.xml",
        "security/ir.model.access.csv",
        "security/ai_bookkeeper_security.xml",
        "security/ai_question_security.xml",
        # Record data
        "data/ir_cron_data.xml",
        "data/ir_cron_import_data.xml",
        "data/ai_policy_data.xml",
        "data/ai_agent_kind_data.xml",
        "data/ir_cron_people_data.xml",
        # Model views
        "views/ai_suggestion_views.xml",
        "views/account_bank_statement_line_views.xml",
        "views/ai_bank_import_views.xml",
        "views/ai_policy_views.xml",
        "views/ai_audit_log_views.xml",
        "views/ai_question_views.xml",
        "views/ai_question_templates.xml",
        "views/ai_waiting_views.xml",
        "views/ai_dashboard_views.xml",
        # Wizard views, which the journal's card names
        "wizards/ai_bank_import_start_views.xml",
        "wizards/ai_agent_create_views.xml",
        # Its list has a button that opens the wizard
        "views/ai_agent_views.xml",
        "wizards/ai_question_ask_views.xml",
        "wizards/ai_park_views.xml",
        # Views of Odoo's own models
        "views/account_journal_views.xml",
        "views/account_move_views.xml",
        "views/account_payment_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/res_config_settings_people_views.xml",
        # Menus name the actions above
        "views/ai_bookkeeper_menus.xml",
    ],
    "assets": {
        "web.assets_backend": ["ai_bookkeeper/static/src/**/*"],
        "web.assets_tests": ["ai_bookkeeper/static/tests/tours/**/*"],
        "web.assets_unit_tests": ["ai_bookkeeper/static/tests/**/*.test.js"],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
