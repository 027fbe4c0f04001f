from .agents import test_agents, test_doc, test_facts
from .approvals import test_approval_page, test_approvals
from .audit import test_anchors, test_erasing, test_exports, test_outside, test_seals
from .backtest import test_backtest, test_no_leak, test_speed
from .autonomy import test_gates, test_samples, test_story
from .bank import (
    test_bank_import,
    test_bank_import_background,
    test_bank_import_checks,
    test_bank_import_real_files,
    test_bank_import_undo,
    test_bank_import_wizard,
)
from .bills import (
    test_bill_accept,
    test_bill_learning,
    test_bill_people,
    test_bill_story,
    test_bill_taxes,
    test_bill_undo,
)
from .coding import test_booking, test_coding_queries, test_proposing
from .cutover import test_cut_over, test_cut_over_cases, test_cut_over_scale, test_cut_over_undo
from .depth import test_business_account, test_generated
from .desk import test_batch_preview, test_desk, test_live
from .statements import test_integrity, test_issued, test_reconciliation
from .documents import test_correct, test_einvoices, test_filing, test_layouts, test_mail, test_originals
from .documents import test_extract_job, test_reading, test_screen
from .duties import test_duties
from .exchange import test_cards, test_currency_transfers, test_foreign_accounts, test_rate_provider
from .expecting import test_cash_view, test_expected_payments, test_expected_runs
from .findings import test_findings, test_vendor_facts
from .learning import (
    test_history,
    test_rule_offers,
    test_learning_runs,
    test_lessons,
    test_rules,
    test_snapshots,
)
from .models import (
    test_audit_of_settings,
    test_booking_currency,
    test_booking_differences,
    test_booking_items,
    test_booking_payments,
    test_deciding,
    test_effects,
    test_locked_periods,
    test_look_again,
    test_policies,
    test_policy_binding,
    test_policy_dry_run,
    test_query_counts,
    test_submit,
    test_two_people,
    test_undo,
    test_words,
)
from .outside import test_model_asking, test_model_rights
from .payouts import test_payout_booking, test_payout_currencies, test_payout_files
from .people import test_ask_page, test_asking, test_dashboard, test_parking, test_waiting
from .receipts import test_expected, test_receipts
from .security import test_every_method, test_hidden_books, test_rights, test_roles
from .sync import (
    test_bindings,
    test_capture,
    test_feed,
    test_generation,
    test_hidden_records,
    test_hook,
    test_hook_test,
    test_intake_file,
    test_job_words,
    test_merged_partners,
    test_metrics,
    test_pause,
    test_queue,
    test_queue_order,
    test_queue_people,
    test_queue_runner,
    test_secrets,
    test_sequencer,
    test_status,
    test_sync_dashboard,
    test_sync_settings,
    test_tally,
    test_watchdog,
    test_webhook_delivery,
    test_webhook_payload,
    test_webhook_tired,
    test_webhooks,
)
from .ui import (
    test_payout_screens,
    test_advance_screens,
    test_counterpart_screens,
    test_agent_screens,
    test_cut_over_screens,
    test_approval_screens,
    test_audit_screens,
    test_backtest_screens,
    test_bill_screens,
    test_business_account_screens,
    test_autonomy_screens,
    test_autonomy_story,
    test_bank_lines,
    test_components,
    test_exchange_screens,
    test_expected_screens,
    test_finding_screens,
    test_reconciliation_screens,
    test_layout_screens,
    test_learning_screens,
    test_payment_file_screens,
    test_people,
    test_policy_screens,
    test_receipt_screens,
    test_review_desk,
    test_review_desk_speed,
    test_rule_screens,
    test_screens,
    test_sync_connections,
    test_sync_screens,
    test_sync_status,
    test_sync_webhooks,
    test_wizards,
)
from .wizards import test_review_wizard, test_undo_wizard
from .advances import test_advances, test_entries, test_netting
from .counterparts import test_counterparts, test_loans, test_settlements
from .runs import test_collections, test_payment_runs, test_wages
