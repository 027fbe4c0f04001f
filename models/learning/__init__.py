from . import (
    account_reconcile_model,
    ai_learning_event,
    ai_learning_history,
    ai_learning_model,
    ai_rule,
    ai_rule_engine,
    ai_rule_line,
)
