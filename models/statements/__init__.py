from . import ai_bank_reconciliation  # isort: skip
from . import ai_bank_reconciliation_line
from . import (
    account_journal,
    account_partial_reconcile,
    ai_audit_erase_statements,
    ai_bank_import,
    ai_bank_reconciliation_files,
    ai_bank_reconciliation_issue,
    ai_bank_reconciliation_live,
    ai_bank_reconciliation_screen,
    ai_bank_reconciliation_since,
    ai_finding_statement,
    ai_statement_check,
    ai_suggestion_line_findings,
)
