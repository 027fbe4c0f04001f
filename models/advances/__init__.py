from . import account_fiscal_position, account_move, account_move_line, account_partial_reconcile, res_company
from . import ai_suggestion, ai_suggestion_desk_entry, res_partner
from . import ai_proposer_advance, ai_proposer_advance_document, ai_proposer_advance_told
from . import ai_advance, ai_netting, ai_proposer_netting
