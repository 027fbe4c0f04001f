from . import (
    account_bank_statement,
    account_bank_statement_line,
    account_bank_statement_line_by_hand,
    account_bank_statement_line_oca,
    account_journal,
    account_move,
    account_partial_reconcile,
    account_payment,
    base_partner_merge,
    res_company,
    res_config_settings,
    res_partner,
)
