from . import ai_payment_card, ai_receipt
from . import ai_receipt_ask, ai_receipt_gross, ai_receipt_refresh
from . import ai_proposer_bank, ai_suggestion, ir_attachment, res_company
from . import account_bank_statement_line
