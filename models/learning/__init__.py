from . import (
    account_reconcile_model,
    ai_account_note,
    ai_learning_event,
    ai_learning_history,
    ai_learning_model,
    ai_rule,
    ai_rule_check,
    ai_rule_engine,
    ai_rule_hits,
    ai_rule_line,
    ai_rule_offer,
    ai_rule_past,
    ai_rule_words,
)

# They extend what the files above define.
from . import ai_learning_check, ai_learning_history_bills, ai_learning_history_reading, ai_rule_bills  # isort: skip
from . import sync_handler_learn, sync_job_learn  # isort: skip
