from . import ai_agent_create, ai_bank_import_start, ai_park, ai_question_ask
from . import ai_policy_dry_run
from . import ai_rule_offer
from . import ai_suggestion_review, ai_suggestion_undo
from . import ai_duty_declare, ai_settings
from . import ai_payout_start
from . import ai_settings_receipts, ai_settings_sync
from . import sync_webhook_resend, sync_webhook_rotate
from . import ai_audit_check_start, ai_audit_erase, ai_audit_export_start
from . import sync_pause_switch
from . import sync_hook_shown, sync_intake_answer
from . import sync_connect, sync_disconnect
from . import ai_approval_ask, ai_approval_withdraw, ai_settings_approvals
from . import ai_sample_code, ai_settings_autonomy
from . import ai_finding_dismiss, ai_settings_findings
from . import ai_model_key
from . import ai_rate_entry
from . import ai_payment_run_start, ai_settings_runs
from . import ai_cut_over_day, ai_cut_over_pick
from . import ai_loan_import
from . import ai_settings_advances
