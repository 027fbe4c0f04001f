from . import res_company
from . import ai_payment_run, ai_payment_run_line, ai_payment_run_take
from . import ai_facts_bank, ai_bank_entry, ai_proposer_bank, ai_suggestion
from . import ai_audit_erase_runs  # isort: skip
