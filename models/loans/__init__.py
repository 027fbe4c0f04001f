from . import ai_loan, ai_loan_change, ai_loan_import, ai_loan_line
